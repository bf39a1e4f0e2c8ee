"""How the house does: what came in, what waits and since when, what was decided, how claims stood day by day.

Daily figures come from :class:`verification.models.DailyCount`, so that a page costs the same for any number
of claims; what waits now is read from indexes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, Sum
from django.utils import timezone

from verification import ranking
from verification.models import CountedUpTo, DailyCount, Standing
from verification.models.words import Status, VerdictWord, Workflow

DAYS = 30
STATUSES = (*Status.values, *VerdictWord.values)
#: where a claim is that a person was asked to look at
QUEUE = (Workflow.QUEUED, Workflow.IN_REVIEW, Workflow.SECOND_REVIEW, Workflow.REOPENED)
#: how long something waits, as the columns of a table: label and the least and most of days
AGES = (("under a day", 0, 1), ("1 to 7 days", 1, 7), ("7 to 30 days", 7, 30), ("over 30 days", 30, None))


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one sort, a value a day."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Series over the same days; as rows for a table, the latest day last."""

    days: tuple[date, ...]
    series: tuple[Series, ...]

    @property
    def rows(self) -> list[tuple[date, list[int]]]:
        return [(day, [one.values[n] for one in self.series]) for n, day in enumerate(self.days)]

    @property
    def is_empty(self) -> bool:
        return not any(any(one.values) for one in self.series)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many claims wait at a place of the workflow: by age, all, and since when the oldest does."""

    workflow: Workflow
    ages: tuple[int, ...]
    count: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Dashboard:
    """``counted_at``: how fresh the daily figures are, None before the first count."""

    arrivals: Chart
    decisions: Chart
    queue: Chart
    mix: Chart
    waiting: tuple[Waiting, ...]
    detected: int
    needs_review: int
    counted_at: datetime | None


def dashboard(days: int = DAYS) -> Dashboard:
    """The last ``days`` days with today. Seven queries."""
    today = timezone.now().astimezone(UTC).date()
    window = tuple(today - timedelta(days=days - 1 - n) for n in range(days))
    rows = DailyCount.objects.filter(day__gte=window[0]).values_list("day", "name", "value")
    counts = {(day, name): value for day, name, value in rows}
    before = _before(window[0])
    mark = CountedUpTo.objects.first()

    def each(names: Mapping[str, str]) -> Chart:
        return Chart(
            window,
            tuple(
                Series(label, tuple(counts.get((day, name), 0) for day in window))
                for name, label in names.items()
            ),
        )

    return Dashboard(
        arrivals=each({"submissions": "submissions", "articles": "new articles", "claims": "new claims"}),
        decisions=each({"decided": "decided", "dismissed": "dismissed"}),
        queue=_sums(window, counts, before, "workflow", [state.value for state in QUEUE]),
        mix=_sums(window, counts, before, "status", STATUSES),
        waiting=_waiting(timezone.now()),
        detected=Standing.objects.filter(workflow=Workflow.DETECTED).count(),
        needs_review=Standing.objects.filter(needs_review=True).count(),
        counted_at=mark.at if mark else None,
    )


def _before(first: date) -> Counter[str]:
    """How many claims stood how when ``first`` began."""
    rows = DailyCount.objects.filter(day__lt=first, name__contains=":").order_by()
    return Counter(dict(rows.values_list("name").annotate(sum=Sum("value"))))


def _sums(
    window: Sequence[date],
    counts: Mapping[tuple[date, str], int],
    before: Mapping[str, int],
    axis: str,
    words: Sequence[str],
) -> Chart:
    """How many claims stood how at the end of each day; words that no claim had are left out."""
    series = []
    for word in words:
        name, sum_, values = f"{axis}:{word}", before.get(f"{axis}:{word}", 0), []
        for day in window:
            sum_ += counts.get((day, name), 0)
            values.append(max(sum_, 0))
        if any(values):
            series.append(Series(word.replace("_", " "), tuple(values)))
    return Chart(tuple(window), tuple(series))


def _waiting(now: datetime) -> tuple[Waiting, ...]:
    ages = {f"age{n}": Count("pk", filter=_aged(now, low, high)) for n, (_, low, high) in enumerate(AGES)}
    rows = (
        Standing.objects.filter(workflow__in=QUEUE)
        .order_by()
        .values("workflow")
        .annotate(count=Count("pk"), oldest=Min("waiting_day"), **ages)
    )
    found: dict[str, dict[str, Any]] = {row["workflow"]: dict(row) for row in rows}
    return tuple(
        Waiting(
            state,
            tuple(found[state][f"age{n}"] if state in found else 0 for n in range(len(AGES))),
            found[state]["count"] if state in found else 0,
            ranking.moment(found[state]["oldest"]) if state in found else None,
        )
        for state in QUEUE
    )


def _aged(now: datetime, low: int, high: int | None) -> Q:
    today = ranking.day(now)
    young = Q(waiting_day__lte=today - low) if low else Q()
    return young & Q(waiting_day__gt=today - high) if high else young
