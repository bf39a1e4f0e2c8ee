"""What follows for a claim from its origins and relations: pure, so that it can always be recomputed.

Basis counts independent origins, never articles. The confidence is that of the weakest comparison it rests
on: a chain holds no more than its weakest link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from verification.origins.types import Origin

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Update:
    """Another claim says the same of another time. ``newer``: it is the later one."""

    claim_id: int
    text: str
    newer: bool


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that an assessment rests on. ``link_confidences`` are those of the comparisons that tie it together."""

    origins: Sequence[Origin]
    updates: Sequence[Update] = ()
    link_confidences: Sequence[float] = ()
    mentions_now: int = 0
    mentions_ever: int = 0
    due_at: datetime | None = None  # when its shelf life ends
    moved: bool = False  # a source of it changed since a person decided


@dataclass(frozen=True, slots=True)
class Conclusion:
    basis: str
    freshness: str
    confidence: float
    origins_for: int
    origins_against: int
    explanation: dict[str, object]


def conclude(grounds: Grounds) -> Conclusion:
    """Derive the two machine axes, how sure they are, and why."""
    speaks_for = [o for o in grounds.origins if not o.against]
    against = [o for o in grounds.origins if o.against]
    # A source that contradicts itself is no second voice: only roots of their own make a conflict.
    independent_against = {o.root for o in against} - {o.root for o in speaks_for}
    basis = _basis(len(speaks_for), len(independent_against))
    freshness = _freshness(grounds)
    return Conclusion(
        basis=basis,
        freshness=freshness,
        confidence=round(min(grounds.link_confidences, default=1.0), 4),
        origins_for=len(speaks_for),
        origins_against=len(against),
        explanation={
            "for": [o.reason for o in speaks_for],
            "against": [o.reason for o in against],
            "newer": [asdict(u) for u in grounds.updates if u.newer],
            "older": [asdict(u) for u in grounds.updates if not u.newer],
            "missing": _missing(basis),
            "flip": _flip(basis, len(speaks_for), len(against)),
        },
    )


def _basis(speaking_for: int, against: int) -> str:
    if not speaking_for:
        return "none"
    if against:
        return "conflicting"
    return "multi_origin" if speaking_for > 1 else "single_origin"


#: how many origins speak for a claim of each basis, at least and at most; None: any number
ORIGINS_FOR: Mapping[str, tuple[int, int | None]] = {
    "none": (0, 0),
    "single_origin": (1, 1),
    "multi_origin": (2, None),
    "conflicting": (1, None),
}


def _freshness(grounds: Grounds) -> str:
    if any(update.newer for update in grounds.updates):
        return "superseded"
    if grounds.moved or (grounds.mentions_ever and not grounds.mentions_now):
        return "source_changed"
    return "current"


def _missing(basis: str) -> str:
    return {
        "none": "a source that says so",
        "single_origin": "a second origin that does not depend on the first",
        "multi_origin": "",
        "conflicting": "what settles which side is right",
    }[basis]


def _flip(basis: str, speaking_for: int, against: int) -> str:
    """The single change that would make the basis another one."""
    if basis == "none":
        return "one source that says so would give it a first origin"
    if basis == "single_origin":
        return "one more independent origin would corroborate it; one against would make it disputed"
    if basis == "multi_origin":
        if speaking_for == 2:
            return "it would fall back to one origin if the two were shown to depend on each other"
        return "one independent origin against would make it disputed"
    if against == 1:
        return "it would no longer be disputed without the one origin against"
    return f"it would no longer be disputed without the {against} origins against"
