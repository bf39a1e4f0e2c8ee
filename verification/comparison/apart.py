"""How far apart the articles of two mentions were published."""

from __future__ import annotations

import math

from verification.comparison.view import View

#: days at most, and what so many are called
_APART = (
    (0, "same day"),
    (1, "next day"),
    (10, "days later"),
    (40, "weeks later"),
    (150, "months later"),
    (400, "a year later"),
    (math.inf, "long after"),
)
APART = tuple(name for _, name in _APART)


def days_apart(a: View, b: View) -> int | None:
    """How many days lie between the two articles; None where a day is not known."""
    one, other = a.mention.published, b.mention.published
    return None if one is None or other is None else abs((one - other).days)


def apart_in_time(days: int) -> str:
    """So many days in a word or two."""
    return next(name for most, name in _APART if days <= most)
