"""In which order claims wait for a person. Pure: figures in, figures and words out.

What a person asked for comes first: claims queued, taken up, reopened, waiting for a second review, or decided
on a ground that moved since. Of these, who waits longest gains. Then comes what the machine found and nobody
has looked at, and of that, news comes before what is old. In each of the two parts the rank is a sum of points:

* 40 x the claim's check-worthiness (0 to 1);
* 30 if independent origins conflict;
* 5 for each independent origin, for or against it, up to six: reach counts origins, never copies;
* 25 if the ground of its verdict moved, 20 if it waits for a second review;
* of what a person asked for, 1 more for each day that it waits, without a limit, so that nothing waits for ever;
  of what the machine found, 1 less for each day since it was first seen.

Because the last goes at one pace for all in a part, the order does not change from day to day and can be stored:
with the day itself in the place of the days until now. ``Standing.rank`` is this sum, kept by the database, with
:data:`FIRST` added for what a person asked for; :func:`parts` tells the same sum in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

WORTH = 40.0
CONFLICT = 30.0
ORIGIN = 5.0
MOST_ORIGINS = 6
GROUND_MOVED = 25.0
SECOND_REVIEW = 20.0
A_DAY = 1.0
#: more than all that the machine's part can come to before the year 2290
FIRST = 200_000.0
#: where a claim waits because a person brought it there
ASKED = ("queued", "in_review", "second_review", "reopened")

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that a claim's rank rests on. ``day`` is when it began to wait, see :func:`day`."""

    checkworthiness: float
    reach: int  # independent origins, for or against
    basis: str
    workflow: str
    needs_review: bool
    day: float

    @property
    def asked_for(self) -> bool:
        """Whether a person asked for it, or waits for it."""
        return self.needs_review or self.workflow != "detected"


@dataclass(frozen=True, slots=True)
class Part:
    """A reason why a claim stands where it does in the queue, and its points."""

    words: str
    points: float


def day(moment: datetime) -> float:
    """A moment as days, with a fraction, since 2020-01-01 UTC."""
    return (moment - _EPOCH) / timedelta(days=1)


def moment(day: float) -> datetime:
    """The moment of such a day."""
    return _EPOCH + timedelta(days=day)


def today() -> float:
    return day(datetime.now(UTC))


def merit(checkworthiness: float, reach: int) -> float:
    """The points that do not depend on a claim's state: what it is worth checking, and its reach."""
    return WORTH * checkworthiness + ORIGIN * min(reach, MOST_ORIGINS)


def parts(waiting: Waiting, now: float) -> tuple[Part, ...]:
    """Why a claim stands where it does in its part of the queue, what weighs most first."""
    found = [
        Part(f"{waiting.checkworthiness:.0%} check-worthy", WORTH * waiting.checkworthiness),
        Part(_counted(waiting.reach, "independent origin"), ORIGIN * min(waiting.reach, MOST_ORIGINS)),
        _age(waiting, now),
    ]
    if waiting.basis == "conflicting":
        found.append(Part("independent origins conflict", CONFLICT))
    if waiting.needs_review:
        found.append(Part("the ground of its verdict moved", GROUND_MOVED))
    if waiting.workflow == "second_review":
        found.append(Part("waits for a second review", SECOND_REVIEW))
    return tuple(sorted((part for part in found if part.points), key=lambda part: -abs(part.points)))


def _age(waiting: Waiting, now: float) -> Part:
    days = max(0.0, now - waiting.day)
    since = _counted(int(days), "day") if days >= 1 else _counted(int(days * 24), "hour")
    if waiting.asked_for:
        return Part(f"waits {since}", A_DAY * days)
    return Part(f"first seen {since} ago", -A_DAY * days)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
