"""Doing steps: lease them, compute, then store the results and mark them done in one transaction."""

from __future__ import annotations

import contextlib
import os
import random
import socket
import time
import uuid
from collections import Counter
from collections.abc import Callable, Container, Sequence
from datetime import timedelta
from itertools import accumulate
from typing import Any

import structlog
from billiard.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from claims.fetching import Unreadable
from claims.models import Revision, Step
from claims.pipeline import kinds, metrics, stopping, surroundings
from claims.pipeline.kinds import Done, Later, StepKind
from claims.pipeline.queue import follow_up, ring_at
from claims.writing import set_each

log = structlog.get_logger(__name__)


#: how long :func:`drain` waits for one turn at a web server
PATIENCE = timedelta(minutes=2)


class LeaseLost(Exception):
    """Somebody else holds the step by now: what was computed is dropped, nothing was written."""


def run(step_id: int, worker: str, follow: Container[str] = ()) -> int:
    """Do one step if it is waiting and due, with others of its kind where they may go together.

    What follows is done at once if its queue is one of ``follow``. Returns how many steps were tried; their
    states tell how it went. A worker that was asked to stop begins nothing, and gives back what it has not done.
    """
    if stopping.asked():
        return 0
    early = _Early(follow)
    steps = _lease(step_id, worker)
    tried = 0
    while steps and not stopping.asked():
        tried += len(steps)
        steps = _do(steps, early)
    _give_back(steps)
    return tried


class _Early:
    """These queues, until so much of a task's time is gone that what follows might not be done within the rest."""

    def __init__(self, queues: Container[str]) -> None:
        self._queues = queues
        self._until = time.monotonic() + settings.STEP_SOFT_LIMIT / 4

    def __contains__(self, queue: object) -> bool:
        return queue in self._queues and time.monotonic() < self._until


def _do(steps: Sequence[Step], follow: Container[str]) -> list[Step]:
    """Try steps of one kind that are leased. Returns those that follow and are leased to the same worker."""
    start = time.monotonic()
    kind = kinds.get(steps[0].kind)
    with structlog.contextvars.bound_contextvars(**_named(steps)):
        went, following = _try(steps, kind, follow)
        seconds = time.monotonic() - start
        for outcome, count in went.items():
            log.info("steps were tried", outcome=outcome, steps=count, seconds=round(seconds, 3))
            metrics.STEPS.labels(kind.name, outcome).inc(count)
    for _ in steps:
        metrics.SECONDS.labels(kind.name).observe(seconds / len(steps))
    return following


def _named(steps: Sequence[Step]) -> dict[str, object]:
    """What a line of the log tells of the steps that it is about: a number of each sort, a list where they are many."""
    revisions = [step.revision_id for step in steps if step.revision_id]
    found = Revision.objects.filter(pk__in=revisions).order_by("pk").values_list("article_id", flat=True)
    articles: list[int | None] = list(found) if revisions else [step.article_id for step in steps]
    columns: dict[str, list[int | None]] = {
        "step": [step.pk for step in steps],
        "submission": [step.submission_id for step in steps],
        "revision": [step.revision_id for step in steps],
        "feed": [step.feed_id for step in steps],
        "article": articles,
    }
    told = {name: [pk for pk in ids if pk is not None] for name, ids in columns.items()}
    return {"kind": steps[0].kind} | {n: ids[0] if len(ids) == 1 else ids for n, ids in told.items() if ids}


def drain(
    worker: str = "",
    on_progress: Callable[[int], None] | None = None,
    wait: Callable[[float], None] | None = None,
) -> int:
    """Do all waiting steps in this process, with what follows them, oldest first. Returns how many; ``on_progress``
    is told how many more were tried.

    Steps that wait for a later try are left to the sweep; those that were only told to come again (:class:`Later`)
    within :data:`PATIENCE` are waited for with ``wait``, which takes seconds, if it is given.
    """
    worker = worker or f"{socket.gethostname()}:{os.getpid()}"
    done = 0
    while True:
        due = Step.objects.filter(state=Step.State.PENDING, due_at__lte=timezone.now()).order_by(
            "due_at", "pk"
        )
        batch = list(due.values_list("pk", flat=True)[:200])
        if not batch:
            soon = _soon() if wait else None
            if wait is None or soon is None:
                return done
            wait(soon)
        for step_id in batch:
            tried = run(step_id, worker, kinds.queues())
            done += tried
            if on_progress and tried:
                on_progress(tried)


def _soon() -> float | None:
    """In how many seconds the next step may be done that has not failed yet; None if there is none for long."""
    now = timezone.now()
    told = Step.objects.filter(state=Step.State.PENDING, attempts=0, due_at__lte=now + PATIENCE)
    due = told.order_by("due_at").values_list("due_at", flat=True).first()
    return max((due - now).total_seconds(), 0.0) if due else None


def _lease(step_id: int, worker: str) -> list[Step]:
    """Lease a step that waits, and others that may be done together with it.

    If it went together with another, as most do of a backlog, the oldest of its kind that waits is taken in its place:
    or what comes in next would wait until all those messages have been looked at. Empty if none waits.
    """
    waiting = Step.objects.filter(state=Step.State.PENDING, due_at__lte=timezone.now())
    # Nothing is locked for a message that has nothing left to do.
    if not waiting.filter(pk=step_id).exists():
        alike = waiting.filter(kind__in=Step.objects.filter(pk=step_id).values("kind"))
        step_id = alike.order_by("due_at", "pk").values_list("pk", flat=True).first() or 0
    if not step_id:
        return []
    with transaction.atomic():
        step = waiting.select_for_update(skip_locked=True).filter(pk=step_id).first()
        if step is None:
            return []
        steps = [step, *_companions(step, waiting)]
        lease = _lease_of(worker)
        held = [each.pk for each in steps]
        Step.objects.filter(pk__in=held).update(state=Step.State.RUNNING, attempts=F("attempts") + 1, **lease)
    for each in steps:
        each.attempts += 1
        each.lease_token = lease["lease_token"]
        each.leased_by = worker
    return steps


def _companions(step: Step, waiting: QuerySet[Step]) -> list[Step]:
    """Of the steps that wait, those that may be done together with ``step``, oldest first."""
    together = kinds.get(step.kind).together
    if together is None or step.attempts:
        return []
    alike = waiting.filter(together.fit, kind=step.kind, attempts=0).annotate(size=together.size)
    own = alike.filter(pk=step.pk).first()
    if own is None:
        return []
    found = alike.exclude(pk=step.pk).order_by("due_at", "pk")
    locked = found.select_for_update(skip_locked=True, of=("self",))[: together.most - 1]
    sizes = accumulate((other.size or 0 for other in locked), initial=own.size or 0)
    next(sizes)
    return [other for other, size in zip(locked, sizes, strict=True) if size <= together.enough]


def _lease_of(worker: str) -> dict[str, Any]:
    return {
        "lease_token": uuid.uuid4(),
        "lease_until": timezone.now() + timedelta(seconds=settings.STEP_LEASE),
        "leased_by": worker,
    }


Went = tuple[Counter[str], list[Step]]


def _try(steps: Sequence[Step], kind: StepKind, follow: Container[str]) -> Went:
    """Do the steps and record how it went. Returns that in words, and the steps that follow."""
    if len(steps) == 1:
        outcome, following = _try_alone(steps[0], kind, follow)
        return Counter([outcome]), following
    try:
        return _try_together(steps, kind, follow)
    except stopping.Stopping:
        _give_back(steps)
        return Counter({"postponed": len(steps)}), []
    except Exception as error:
        if surroundings.at_fault(error):
            for step in steps:
                _wait_out(step, error)
            return Counter({"postponed": len(steps)}), []
        log.warning(
            "steps done together broke; each is tried alone", error=f"{type(error).__name__}: {error}"
        )
        _part(steps, error)
        return Counter({"retried": len(steps)}), []


def _try_together(steps: Sequence[Step], kind: StepKind, follow: Container[str]) -> Went:
    together = kind.together
    assert together is not None
    work = together.compute([step.subject_id for step in steps])
    found = list(zip(steps, work, strict=True))
    good = [(step, one) for step, one in found if not isinstance(one, Unreadable)]
    following = []
    if good:
        pairs = [(step.subject_id, one) for step, one in good]
        following = _finish([step for step, _ in good], kind, lambda: together.store(pairs), follow)
    went = Counter({"done": len(good)} if good else {})
    for step, error in found:
        if isinstance(error, Unreadable):
            went[_refused(step, error)] += 1
    return went, following


def _try_alone(step: Step, kind: StepKind, follow: Container[str]) -> tuple[str, list[Step]]:
    following: list[Step] = []
    subject_id = step.subject_id
    try:
        work = kind.compute(subject_id)
        following = _finish([step], kind, lambda: [kind.store(subject_id, work)], follow)
    except LeaseLost:
        log.warning("the lease ran out; what was computed is dropped")
        return "dropped", []
    except Later as later:
        _postpone(step, later)
        return "postponed", []
    except Unreadable as error:
        return _refused(step, error), []
    except SoftTimeLimitExceeded:
        why = f"not done within {settings.STEP_SOFT_LIMIT} seconds"
        return _fail(step, "time-limit", why, transient=step.attempts < 2), []
    except MemoryError:
        why = "it needs more memory than a worker may have (WORKER_MEMORY_MB)"
        return _fail(step, "out-of-memory", why, transient=step.attempts < 2), []
    except Exception as error:
        if surroundings.at_fault(error):
            _wait_out(step, error)
            return "postponed", []
        log.exception("a step broke")
        return _fail(step, "unexpected", f"{type(error).__name__}: {error}", transient=True), []
    return "done", following


def _refused(step: Step, error: Unreadable) -> str:
    return _fail(step, error.code, error.message, transient=error.transient, wait=error.retry_after or 0.0)


def _finish(
    steps: Sequence[Step], kind: StepKind, store: Callable[[], Sequence[Done]], follow: Container[str]
) -> list[Step]:
    """:func:`_store`, again where another transaction waited for this one as this one did for it."""
    for pause in surroundings.PAUSES:
        try:
            return _store(steps, kind, store, follow)
        except OperationalError as error:
            if not surroundings.crossed(error):
                raise
            log.warning("crossed another transaction; stored again", error=str(error))
            time.sleep(random.uniform(0, pause))  # noqa: S311 - so that the two do not meet again
    return _store(steps, kind, store, follow)


@transaction.atomic
def _store(
    steps: Sequence[Step], kind: StepKind, store: Callable[[], Sequence[Done]], follow: Container[str]
) -> list[Step]:
    """Store and mark done. Returns the steps that follow and are leased to the same worker."""
    _hold(steps, kinds.followers(kind.name) if kind.subject == "revision" else ())
    done = store()
    _end(steps, state=Step.State.DONE, error="", error_code="", finished_at=timezone.now())
    set_each(Step, ["note"], {step.pk: [came.note] for step, came in zip(steps, done, strict=True)})
    revisions = list(dict.fromkeys(revision for came in done for revision in came.revisions))
    following: list[Step] = []
    for follower in kinds.followers(kind.name) if revisions else ():
        at_once = follower.queue in follow and (follower.together or len(revisions) == 1) and not following
        following += follow_up(follower, revisions, _lease_of(steps[0].leased_by) if at_once else None)
    return following


def _part(steps: Sequence[Step], error: Exception) -> None:
    """Put steps that broke together back, each to be tried alone: a step that has been tried once goes alone."""
    for step in steps:
        with contextlib.suppress(LeaseLost), transaction.atomic():
            _hold([step])
            why = f"it broke together with others: {type(error).__name__}: {error}"
            _end([step], state=Step.State.PENDING, error_code="together", error=why)
            ring_at(step, timezone.now())


def _give_back(steps: Sequence[Step]) -> None:
    """Put steps back that are leased and not done, as if they had not been tried, for whoever comes next."""
    for step in steps:
        _postpone(step, Later(timezone.now(), ""))


def _postpone(step: Step, later: Later) -> None:
    """Put the step back until then, as if it had not been tried."""
    with contextlib.suppress(LeaseLost), transaction.atomic():
        _hold([step])
        _end([step], state=Step.State.PENDING, attempts=step.attempts - 1, due_at=later.until, note=later.why)
        ring_at(step, later.until)


def _wait_out(step: Step, error: Exception) -> None:
    """Put the step back until the disk or the database may be there again: no attempt of its own, however long."""
    log.warning("what a step runs in failed", error=f"{type(error).__name__}: {error}")
    why = f"waits for the disk or the database: {error}"
    _postpone(step, Later(timezone.now() + timedelta(seconds=surroundings.PAUSE), why))


def _fail(step: Step, code: str, message: str, *, transient: bool, wait: float = 0.0) -> str:
    """Record the error; a transient one is due again after 10, 30, 90, ... seconds, or after ``wait``."""
    again = transient and step.attempts < (kinds.get(step.kind).attempts or settings.STEP_ATTEMPTS)
    log.info("a step was not done", code=code, error=message, transient=transient, attempt=step.attempts)
    try:
        with transaction.atomic():
            _hold([step])
            if again:
                due = timezone.now() + timedelta(seconds=max(10 * 3 ** (step.attempts - 1), wait))
                _end(
                    [step], state=Step.State.PENDING, error_code=code, error=message, due_at=due, rung_at=None
                )
            else:
                _end(
                    [step],
                    state=Step.State.FAILED,
                    error_code=code,
                    error=message,
                    finished_at=timezone.now(),
                )
    except LeaseLost:
        log.warning("the lease ran out before the error could be recorded")
    return "retried" if again else "failed"


def _hold(steps: Sequence[Step], followers: Sequence[StepKind] = ()) -> None:
    """Lock the steps' rows for the transaction; raise LeaseLost if the lease of one is no longer ours.

    With them those of ``followers`` on the same revisions: who does one of these holds it, and waits for what this
    transaction is about to write.
    """
    held = Q(pk__in=[step.pk for step in steps], lease_token=steps[0].lease_token)
    if followers:
        after = [kind.name for kind in followers]
        held |= Q(kind__in=after, revision__in=[step.revision_id for step in steps])
    rows = Step.objects.select_for_update().filter(held).order_by("pk")  # as whoever else locks several
    if len(set(rows.values_list("pk", flat=True)) & {step.pk for step in steps}) < len(steps):
        raise LeaseLost([step.pk for step in steps])


def _end(steps: Sequence[Step], **fields: object) -> None:
    held = Step.objects.filter(pk__in=[step.pk for step in steps])
    held.update(lease_token=None, lease_until=None, leased_by="", **fields)
