"""Daily counts for the dashboard, kept up to date from the log of events: each event is counted once.

What statuses there were on a day follows from the events before it, so it can be told of any day, and the
counts can be made anew from nothing at any time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Min, Model
from django.utils import timezone

from claims.models import Article, Submission
from claims.services.locks import one_at_a_time
from verification.models import CountedUpTo, DailyCount, Event
from verification.models.words import EventKind, Status, Workflow
from verification.services.sequencing import put_in_order

BATCH = 10_000
#: of what came in, so many days are counted; what came before stands nowhere
DAYS = 400
ARRIVALS: dict[str, type[Model]] = {"submissions": Submission, "articles": Article}
#: what a person did, by the kind of its event
_DEEDS = {EventKind.DECIDED.value: "decided", EventKind.DISMISSED.value: "dismissed"}

Counts = Counter[tuple[date, str]]


def count() -> int:
    """Bring the counts up to date. Returns how many events were counted."""
    while put_in_order():
        pass
    counted = 0
    while batch := _count_events():
        counted += batch
    _count_arrivals()
    return counted


@transaction.atomic
def _count_events() -> int:
    one_at_a_time("counting")
    mark, _ = CountedUpTo.objects.get_or_create(pk=1)
    events = Event.objects.filter(position__gt=mark.position).order_by("position")
    rows = list(events.values_list("position", "created_at", "kind", "before", "after")[:BATCH])
    found: Counts = Counter()
    for _, moment, kind, before, after in rows:
        day = moment.astimezone(UTC).date()
        for name, by in changes(kind, before, after):
            found[day, name] += by
    _add(found)
    if rows:
        mark.position = rows[-1][0] or 0
    mark.save()
    return len(rows)


def changes(kind: str, before: str, after: str) -> Iterator[tuple[str, int]]:
    """What an event adds to the counts of its day. ``before`` and ``after`` are as events have them."""
    if kind == EventKind.DETECTED:
        yield "claims", 1
        yield f"status:{Status.UNVERIFIED.value}", 1
        yield f"workflow:{Workflow.DETECTED.value}", 1
    if kind in _DEEDS:
        yield _DEEDS[kind], 1
    for words, by in ((before, -1), (after, 1)):
        status, _, rest = words.partition(": ")
        if not rest or rest == Workflow.MERGED_INTO:
            continue  # a merged claim stands nowhere
        yield f"status:{status}", by
        if rest in Workflow.values:
            yield f"workflow:{rest}", by


def _add(found: Counts) -> None:
    changed = {key: by for key, by in found.items() if by}
    rows = DailyCount.objects.filter(day__in={day for day, _ in changed})
    known = {(row.day, row.name): row.value for row in rows}
    _write({key: known.get(key, 0) + by for key, by in changed.items()})


def _write(values: dict[tuple[date, str], int]) -> None:
    DailyCount.objects.bulk_create(
        [DailyCount(day=day, name=name, value=value) for (day, name), value in values.items()],
        update_conflicts=True,
        unique_fields=["day", "name"],
        update_fields=["value"],
        batch_size=500,
    )


@transaction.atomic
def _count_arrivals() -> None:
    """Count anew what came in since the day before the last one counted; a day is a range of an index."""
    one_at_a_time("counting")
    today = timezone.now().astimezone(UTC).date()
    for name, model in ARRIVALS.items():
        last = DailyCount.objects.filter(name=name).order_by("-day").values_list("day", flat=True).first()
        first = last - timedelta(days=1) if last else _first_day(model)
        first = max(first or today, today - timedelta(days=DAYS))
        days = [first + timedelta(days=n) for n in range((today - first).days + 1)]
        counts = {(day, name): _on(model, day) for day in days}
        _write({key: value for key, value in counts.items() if value or key[0] == today})


def _first_day(model: type[Model]) -> date | None:
    moment = model._default_manager.aggregate(first=Min("created_at"))["first"]
    return moment.astimezone(UTC).date() if moment else None


def _on(model: type[Model], day: date) -> int:
    start = datetime.combine(day, time.min, tzinfo=UTC)
    return model._default_manager.filter(
        created_at__gte=start, created_at__lt=start + timedelta(days=1)
    ).count()
