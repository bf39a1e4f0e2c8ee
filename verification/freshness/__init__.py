"""How long a claim holds: its shelf life by the kind of thing it says. Knows no Django, no database.

A claim that is due is not wrong: it is time to look at it again. What happened, and what is said of a period
that was over when it was said, does not go stale.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path

#: a period that ended so long before it was spoken of is over; "on Monday" still tells of now
OVER_AFTER = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class ShelfLife:
    """A kind of claim and for how many days it holds; 0: for ever. Empty ``kinds`` or ``words`` fit all."""

    name: str
    about: str
    days: int
    kinds: frozenset[str]
    words: frozenset[str]

    def fits(self, kind: str, words: Collection[str]) -> bool:
        return (not self.kinds or kind in self.kinds) and (not self.words or not self.words.isdisjoint(words))


@dataclass(frozen=True, slots=True)
class Said:
    """What a claim says, for its shelf life: its kind, content words (lemmas), the period it is about, when it was
    last said by a source, and when a person last decided on it."""

    kind: str
    words: Sequence[str]
    as_of_last: date | None
    said_at: datetime
    decided_at: datetime | None = None


@cache
def shelf_lives() -> tuple[ShelfLife, ...]:
    """The table as it ships (``shelf_lives.toml``), in its order. The last one fits everything."""
    table = tomllib.loads((Path(__file__).parent / "shelf_lives.toml").read_text(encoding="utf-8"))
    return tuple(
        ShelfLife(
            row["name"],
            row["about"],
            row["days"],
            frozenset(row.get("kinds", ())),
            frozenset(row.get("words", ())),
        )
        for row in table["shelf_life"]
    )


def shelf_life(kind: str, words: Collection[str]) -> ShelfLife:
    """The first of the table that fits."""
    lowered = {word.lower() for word in words}
    return next(life for life in shelf_lives() if life.fits(kind, lowered))


def due_at(said: Said, days_of: Mapping[str, int]) -> datetime | None:
    """When to look at a claim again; None if it does not go stale. ``days_of`` are a newsroom's own shelf lives, by
    name."""
    life = shelf_life(said.kind, said.words)
    days = days_of.get(life.name, life.days)
    if not days:
        return None
    if said.as_of_last is not None:
        if said.kind == "forecast" and said.as_of_last >= said.said_at.date():
            return _morning_after(said.as_of_last)
        if said.as_of_last < (said.said_at - OVER_AFTER).date():
            return None
    last = max(said.said_at, said.decided_at or said.said_at)
    try:
        return last + timedelta(days=days)
    except OverflowError:
        return None


def _morning_after(day: date) -> datetime | None:
    try:
        return datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC)
    except OverflowError:
        return None
