"""In which order claims wait for a person. Pure: figures in, figures and words out.

A claim's rank is a sum of points, the greatest first:

* 40 x its check-worthiness (0 to 1);
* 5 for each independent origin, for or against it, up to six: reach counts origins, never copies;
* 30 if independent origins conflict;
* 25 if the ground of its verdict moved, 20 if it waits for a second review, 15 if a person asked for it
  (queued, taken up, reopened);
* 1 for each day that it waits, without a limit, so that nothing waits for ever.

All claims gain the last at the same pace, so that their order does not change with time: what is stored is
the sum less the day on which the wait began (:func:`merit`), and :func:`points` adds the days until now.
``Standing.rank`` adds what follows from a claim's state in the database itself; the sum there and here is
the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

WORTH = 40.0
ORIGIN = 5.0
MOST_ORIGINS = 6
CONFLICT = 30.0
GROUND_MOVED = 25.0
SECOND_REVIEW = 20.0
ASKED_FOR = 15.0
A_DAY = 1.0
#: states that a person brought a claim to
ASKED = ("queued", "in_review", "reopened")

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that a claim's rank rests on."""

    checkworthiness: float
    reach: int  # independent origins, for or against
    basis: str
    workflow: str
    needs_review: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """A reason why a claim stands where it does in the queue, and its points."""

    words: str
    points: float


def merit(checkworthiness: float, reach: int, since: datetime) -> float:
    """What does not depend on a claim's state: points for worth and reach, less the day the wait began."""
    return WORTH * checkworthiness + ORIGIN * min(reach, MOST_ORIGINS) - A_DAY * _days(_EPOCH, since)


def waiting_anew(merit: float, since: datetime, now: datetime) -> float:
    """The merit of a claim that begins to wait once more at ``now``."""
    return merit - A_DAY * _days(since, now)


def points(rank: float, now: datetime) -> float:
    """A stored rank as the points that it is worth ``now``."""
    return rank + A_DAY * _days(_EPOCH, now)


def parts(waiting: Waiting, now: datetime) -> tuple[Part, ...]:
    """Why a claim stands where it does, in words, what weighs most first. The points add up to its rank's."""
    days = _days(waiting.since, now)
    found = [
        Part(f"{waiting.checkworthiness:.0%} check-worthy", WORTH * waiting.checkworthiness),
        Part(_origins(waiting.reach), ORIGIN * min(waiting.reach, MOST_ORIGINS)),
        Part(_waits(days), A_DAY * days),
    ]
    if waiting.basis == "conflicting":
        found.append(Part("independent origins conflict", CONFLICT))
    if waiting.needs_review:
        found.append(Part("the ground of its verdict moved", GROUND_MOVED))
    if waiting.workflow == "second_review":
        found.append(Part("waits for a second review", SECOND_REVIEW))
    if waiting.workflow in ASKED:
        found.append(Part(f"a person asked for it ({waiting.workflow.replace('_', ' ')})", ASKED_FOR))
    return tuple(sorted((part for part in found if part.points), key=lambda part: -part.points))


def _days(since: datetime, until: datetime) -> float:
    return (until - since).total_seconds() / 86_400


def _origins(reach: int) -> str:
    return f"{reach} independent origin{'' if reach == 1 else 's'}"


def _waits(days: float) -> str:
    if days < 1:
        hours = int(days * 24)
        return f"waits {hours} hour{'' if hours == 1 else 's'}" if hours else "waits since just now"
    return f"waits {int(days)} day{'' if int(days) == 1 else 's'}"
