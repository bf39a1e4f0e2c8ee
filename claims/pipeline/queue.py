"""Recording that something is to be done, again or for the first time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from claims.models import Step
from claims.pipeline import doorbell, kinds, metrics
from claims.pipeline.kinds import StepKind

RING_AGAIN = timedelta(seconds=6 * settings.SWEEP_SECONDS)
SWEEP_MOST = 100  # a long backlog is not rung for over and over
AT_ONCE = ("", "lease-expired", "worker-lost", "together")  # what is tried again without a wait
RING_AT_ONCE = 20  # of many steps recorded together
_UNLEASED: dict[str, Any] = {"lease_token": None, "lease_until": None, "leased_by": ""}


def enqueue(kind_name: str, subject_id: int, *, again: bool = False) -> Step:
    """Record one step on a subject and ring on commit; the same step twice is one row.

    With ``again``, a step that has ended is done once more.
    """
    kind = kinds.get(kind_name)
    now = timezone.now()
    step, created = Step.objects.get_or_create(
        kind=kind.name, **{f"{kind.subject}_id": subject_id}, defaults={"due_at": now, "rung_at": now}
    )
    if created:
        _ring_on_commit(step)
    elif again:
        retry(step)
    return step


def enqueue_all(kind_name: str, subject_ids: Iterable[int]) -> None:
    """Record one step on each of many subjects. Rings for the first; the sweep rings for the rest in turn."""
    kind = kinds.get(kind_name)
    now = timezone.now()
    steps = [
        Step(
            kind=kind.name,
            due_at=now,
            rung_at=now if place < RING_AT_ONCE else None,
            **{f"{kind.subject}_id": subject_id},
        )
        for place, subject_id in enumerate(subject_ids)
    ]
    for step in Step.objects.bulk_create(steps, batch_size=1000)[:RING_AT_ONCE]:
        _ring_on_commit(step)


def follow_up(kind: StepKind, revision_ids: Sequence[int], lease: dict[str, Any] | None) -> list[Step]:
    """Record the steps that follow on revisions; those that were there and have begun are done once more.

    Who is doing one loses its lease: it began with what is no longer so. With a ``lease`` they are begun at once:
    returns those, and rings for no more than the others.
    """
    now = timezone.now()
    begun: dict[str, Any] = {"state": Step.State.RUNNING, "attempts": 1, **lease} if lease else {}
    there = Step.objects.select_for_update().filter(kind=kind.name, revision__in=revision_ids).order_by("pk")
    rows = {row.revision_id: row for row in there}
    again = [row for row in rows.values() if row.state != Step.State.PENDING]
    for row in again:
        for field, value in {**_anew(rung_at=now), **begun}.items():
            setattr(row, field, value)
        row.save()
    new = Step.objects.bulk_create(
        Step(kind=kind.name, revision_id=pk, **{"due_at": now, "rung_at": now, **begun})
        for pk in revision_ids
        if pk not in rows
    )
    if not lease:
        for row in [*again, *new]:
            _ring_on_commit(row)
        return []
    return [*again, *new]


def retry(step: Step) -> bool:
    """Do an ended step once more. False if it has not ended."""
    ended = Step.objects.filter(pk=step.pk, state__in=[Step.State.DONE, Step.State.FAILED])
    changed = ended.update(**_anew(rung_at=timezone.now()))
    if changed:
        _ring_on_commit(step)
    return bool(changed)


def retry_all(steps: QuerySet[Step]) -> int:
    """Do those of ``steps`` that failed once more, however many. Returns how many; the sweep rings for them."""
    return steps.filter(state=Step.State.FAILED).update(**_anew(rung_at=None))


def _anew(*, rung_at: datetime | None) -> dict[str, Any]:
    """What is written on a step that is to be done once more."""
    return {
        "state": Step.State.PENDING,
        "attempts": 0,
        "error": "",
        "error_code": "",
        "due_at": timezone.now(),
        "rung_at": rung_at,
        "finished_at": None,
        **_UNLEASED,
    }


def release(*, prefix: str = "", suffix: str = "") -> int:
    """Give back the leases of holders who are gone, by how their names start and end. Returns how many."""
    held = Step.objects.filter(
        state=Step.State.RUNNING, leased_by__startswith=prefix, leased_by__endswith=suffix
    )
    return _free(held, "worker-lost", "the worker process ended in the middle of this step")


def sweep(*, everything: bool = False) -> int:
    """Ring again for steps whose lease ran out or whose ring was lost. Returns how many were rung for.

    ``everything`` also rings for those rung for lately: for the start of a worker, when the messages that
    the one before it had taken are lost.
    """
    now = timezone.now()
    # A time that no clock could have set by now is that of a clock that has been put back since.
    no_lease = Q(lease_until__lt=now) | Q(lease_until__gt=now + 2 * timedelta(seconds=settings.STEP_LEASE))
    expired = Step.objects.filter(no_lease, state=Step.State.RUNNING)
    _free(expired, "lease-expired", "the step took longer than its lease, or its worker was lost")
    # ... and so is that of a step made in a future that has been taken back, which nothing put off.
    ahead = Step.objects.filter(state=Step.State.PENDING, created_at__gt=now + RING_AGAIN, due_at__gt=now)
    ahead.filter(error_code__in=AT_ONCE, note="").update(due_at=now, rung_at=None)
    waiting = Step.objects.filter(state=Step.State.PENDING, due_at__lte=now)
    if not everything:
        waiting = waiting.filter(
            Q(rung_at__isnull=True) | Q(rung_at__lt=now - RING_AGAIN) | Q(rung_at__gt=now + RING_AGAIN)
        )
    with transaction.atomic():  # of two sweeps at once each rings for others
        rung = list(waiting.select_for_update(skip_locked=True).order_by("due_at", "pk")[:SWEEP_MOST])
        Step.objects.filter(pk__in=[step.pk for step in rung]).update(rung_at=now)
        for step in rung:
            _ring_on_commit(step)
    return len(rung)


def ring_at(step: Step, when: datetime) -> None:
    """Ring for a step that is not due yet; where that is far off, the sweep does it when the time has come."""
    wait = (when - timezone.now()).total_seconds()
    if wait < RING_AGAIN.total_seconds():
        Step.objects.filter(pk=step.pk).update(rung_at=timezone.now())
        _ring_on_commit(step, max(wait, 0.0))
    else:
        Step.objects.filter(pk=step.pk).update(rung_at=None)


@transaction.atomic
def _free(steps: QuerySet[Step], code: str, message: str) -> int:
    # Locked in the order in which all lock several, and looked at once more: some may be done meanwhile.
    held = list(steps.select_for_update().order_by("pk").values_list("pk", flat=True))
    steps = Step.objects.filter(pk__in=held, state=Step.State.RUNNING)
    given_up = steps.filter(_spent()).update(
        state=Step.State.FAILED,
        error_code=code,
        error=Concat(Value(f"{message}; given up after "), Cast("attempts", CharField()), Value(" attempts")),
        finished_at=timezone.now(),
        **_UNLEASED,
    )
    freed = given_up + steps.update(
        state=Step.State.PENDING,
        error_code=code,
        error=message,
        rung_at=None,
        **_UNLEASED,
    )
    if freed:
        metrics.LOST.labels(code).inc(freed)
    return freed


def _spent() -> Q:
    """Those that were tried as often as their kind is."""
    own = kinds.with_own_attempts()
    spent = Q(attempts__gte=settings.STEP_ATTEMPTS) & ~Q(kind__in=list(own))
    for name, most in own.items():
        spent |= Q(kind=name, attempts__gte=most)
    return spent


def _ring_on_commit(step: Step, wait: float = 0.0) -> None:
    transaction.on_commit(partial(doorbell.ring, step.pk, kinds.get(step.kind).queue, wait))
