"""What cross-checking finds: new mentions and their candidates in, findings out. No Django, no I/O.

Which mentions then make one claim is decided over all that was found, by :mod:`verification.grouping`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from claims.extraction.types import Attribution, Mention
from verification.comparison import Comparison
from verification.comparison.view import View
from verification.matching import in_common

#: of a claim's mentions, so many are compared; the others only if one of those is not unrelated
LEADS = 2


def told_together(a: Mention, b: Mention) -> bool:
    """Whether two mentions of one text are of one sentence, which says neither the same twice nor contradicts itself.

    What it quotes in order to reject it may well be both.
    """
    return a.sentence == b.sentence and Attribution.DENIED not in (a.attribution, b.attribution)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention worth comparing with."""

    mention_id: int
    view: View


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A mention without a claim, and what is worth comparing it with: mentions of one claim after the other."""

    mention_id: int
    view: View
    candidates: tuple[tuple[Candidate, ...], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A comparison that was more than "unrelated"; ``newcomer`` is its a-side, ``other`` its b-side."""

    newcomer: int
    other: int
    comparison: Comparison
    reasons: tuple[str, ...]


Compare = Callable[[int, View, int, View], Comparison | None]


def decide(newcomers: Sequence[Newcomer], compare: Compare) -> tuple[Finding, ...]:
    """Compare each newcomer with its candidates, in order; what is unrelated, None, leaves nothing behind."""
    return tuple(
        finding
        for newcomer in newcomers
        for of_claim in newcomer.candidates
        for finding in _with_claim(newcomer, of_claim, compare)
    )


def _with_claim(newcomer: Newcomer, of_claim: Sequence[Candidate], compare: Compare) -> Iterator[Finding]:
    related = False
    for place, candidate in enumerate(of_claim):
        if place >= LEADS and not related:
            return
        found = compare(newcomer.mention_id, newcomer.view, candidate.mention_id, candidate.view)
        if found is not None:
            related = True
            reasons = in_common(newcomer.view, candidate.view)
            yield Finding(newcomer.mention_id, candidate.mention_id, found, reasons)
