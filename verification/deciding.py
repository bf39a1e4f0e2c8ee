"""What cross-checking decides: new mentions and their candidates in, intents out. No Django, no I/O.

Each mention joins the claim that it is most surely the same as, or founds a claim of its own; whatever else
it was found to be to other claims is a relation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from claims.extraction.types import Mention
from verification.comparison import Comparison
from verification.comparison.types import Relation
from verification.matching import Key

#: how sure the engine must be that two mentions make one claim before it joins them
JOIN_AT = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention that stands for its claim. ``claim`` is None while its claim is not yet founded."""

    mention_id: int
    claim: int | None
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


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write. ``lead_of`` maps each newcomer to the mention whose claim it takes: itself, if it founds one."""

    lead_of: dict[int, int]
    findings: tuple[Finding, ...]


Compare = Callable[[int, Mention, int, Mention], Comparison]


def decide(newcomers: Sequence[Newcomer], compare: Compare) -> Plan:
    """Decide for all newcomers of one revision, in order of their place in the text.

    A newcomer that was decided stands as a candidate for those after it where they name it among theirs
    with ``claim=None``.
    """
    lead_of: dict[int, int] = {}
    findings: list[Finding] = []
    for newcomer in newcomers:
        found = [
            Finding(
                newcomer.mention_id,
                candidate.mention_id,
                compare(newcomer.mention_id, newcomer.mention, candidate.mention_id, candidate.mention),
                candidate.reasons,
            )
            for candidate in newcomer.candidates
        ]
        found = [f for f in found if f.comparison.relation != Relation.UNRELATED]
        findings += found
        same = [
            f for f in found if f.comparison.relation == Relation.SAME and f.comparison.confidence >= JOIN_AT
        ]
        best = min(same, key=lambda f: (-f.comparison.confidence, f.other), default=None)
        lead = best.other if best else newcomer.mention_id
        lead_of[newcomer.mention_id] = lead_of.get(lead, lead)
    return Plan(lead_of, tuple(findings))
