"""What cross-checking finds: new mentions and their candidates in, findings out. No Django, no I/O.

Which mentions then make one claim is decided over all that was found, by :mod:`verification.grouping`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from claims.extraction.types import Mention
from verification.comparison import Comparison
from verification.comparison.types import Relation
from verification.matching import Key


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention worth comparing with, and why."""

    mention_id: int
    mention: Mention
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A mention without a claim, its blocking keys, and what is worth comparing it with, best first."""

    mention_id: int
    mention: Mention
    candidates: tuple[Candidate, ...]
    keys: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A comparison that was more than "unrelated"; ``newcomer`` is its a-side, ``other`` its b-side."""

    newcomer: int
    other: int
    comparison: Comparison
    reasons: tuple[str, ...]


Compare = Callable[[int, Mention, int, Mention], Comparison]


def decide(newcomers: Sequence[Newcomer], compare: Compare) -> tuple[Finding, ...]:
    """Compare each newcomer with its candidates, in order; what is unrelated leaves nothing behind."""
    found = (
        Finding(
            newcomer.mention_id,
            candidate.mention_id,
            compare(newcomer.mention_id, newcomer.mention, candidate.mention_id, candidate.mention),
            candidate.reasons,
        )
        for newcomer in newcomers
        for candidate in newcomer.candidates
    )
    return tuple(f for f in found if f.comparison.relation != Relation.UNRELATED)
