"""How the reader is told when a claim was published: by how long after the other one."""

from __future__ import annotations

from datetime import date

_UNITS = ((365, "year"), (30, "month"), (7, "week"), (1, "day"))


def dated(claim: str, published: date | None, other: date | None) -> str:
    """The claim behind words that say how much later or earlier than the other it was published, if known."""
    if published is None or other is None:
        return claim
    apart = (published - other).days
    if apart == 0:
        return f"The same day: {claim}"
    days, unit = next((days, unit) for days, unit in _UNITS if abs(apart) >= 2 * days or days == 1)
    number = round(abs(apart) / days)
    return f"{number} {unit}{'s' * (number > 1)} {'later' if apart > 0 else 'earlier'}: {claim}"
