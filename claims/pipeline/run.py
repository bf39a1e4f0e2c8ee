"""Doing a step: lease it, compute, then store the result and mark it done in one transaction."""

from __future__ import annotations

import contextlib
import os
import socket
import time
import uuid
from collections.abc import Callable
from datetime import timedelta

import structlog
from billiard.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from claims.fetching import Unreadable
from claims.models import Revision, Step
from claims.pipeline import kinds, metrics
from claims.pipeline.kinds import Later, StepKind
from claims.pipeline.queue import enqueue, ring_at

log = structlog.get_logger(__name__)


#: how long :func:`drain` waits for one turn at a web server
PATIENCE = timedelta(minutes=2)


class LeaseLost(Exception):
    """Somebody else holds the step by now: what was computed is dropped, nothing was written."""


def run(step_id: int, worker: str) -> bool:
    """Do one step if it is waiting and due. Returns whether it was tried; its state tells how it went."""
    step = _lease(step_id, worker)
    if step is None:
        return False
    article = step.article_id
    if step.revision_id:
        article = Revision.objects.filter(pk=step.revision_id).values_list("article_id", flat=True).first()
    start = time.monotonic()
    with structlog.contextvars.bound_contextvars(
        step=step.pk,
        kind=step.kind,
        submission=step.submission_id,
        revision=step.revision_id,
        feed=step.feed_id,
        article=article,
    ):
        outcome = _try(step, kinds.get(step.kind))
        seconds = time.monotonic() - start
        log.info("a step was tried", outcome=outcome, seconds=round(seconds, 3))
    metrics.STEPS.labels(step.kind, outcome).inc()
    metrics.SECONDS.labels(step.kind).observe(seconds)
    return True


def drain(
    worker: str = "",
    on_step: Callable[[Step], None] | None = None,
    wait: Callable[[float], None] | None = None,
) -> int:
    """Do all waiting steps in this process, with what follows them, oldest first. Returns how many.

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
            done += run(step_id, worker)
            if on_step:
                on_step(Step.objects.get(pk=step_id))


def _soon() -> float | None:
    """In how many seconds the next step may be done that has not failed yet; None if there is none for long."""
    now = timezone.now()
    told = Step.objects.filter(state=Step.State.PENDING, attempts=0, due_at__lte=now + PATIENCE)
    due = told.order_by("due_at").values_list("due_at", flat=True).first()
    return max((due - now).total_seconds(), 0.0) if due else None


def _lease(step_id: int, worker: str) -> Step | None:
    now = timezone.now()
    with transaction.atomic():
        step = (
            Step.objects.select_for_update()
            .filter(pk=step_id, state=Step.State.PENDING, due_at__lte=now)
            .first()
        )
        if step is None:
            return None
        step.state = Step.State.RUNNING
        step.attempts += 1
        step.lease_token = uuid.uuid4()
        step.lease_until = now + timedelta(seconds=settings.STEP_LEASE)
        step.leased_by = worker
        step.save()
    return step


def _try(step: Step, kind: StepKind) -> str:
    """Do the step and record how it went. Returns that in a word."""
    subject_id = step.subject_id
    try:
        work = kind.compute(subject_id)
        _finish(step, kind, subject_id, work)
    except LeaseLost:
        log.warning("the lease ran out; what was computed is dropped")
        return "dropped"
    except Later as later:
        _postpone(step, later)
        return "postponed"
    except Unreadable as error:
        return _fail(
            step, error.code, error.message, transient=error.transient, wait=error.retry_after or 0.0
        )
    except SoftTimeLimitExceeded:
        return _fail(
            step,
            "time-limit",
            f"not done within {settings.STEP_SOFT_LIMIT} seconds",
            transient=step.attempts < 2,
        )
    except MemoryError:
        return _fail(
            step,
            "out-of-memory",
            "it needs more memory than a worker may have (WORKER_MEMORY_MB)",
            transient=step.attempts < 2,
        )
    except Exception as error:
        log.exception("a step broke")
        return _fail(step, "unexpected", f"{type(error).__name__}: {error}", transient=True)
    return "done"


@transaction.atomic
def _finish(step: Step, kind: StepKind, subject_id: int, work: object) -> None:
    _hold(step)
    done = kind.store(subject_id, work)
    _end(step, state=Step.State.DONE, note=done.note, error="", error_code="", finished_at=timezone.now())
    for follower in kinds.followers(kind.name):
        for revision_id in done.revisions:
            enqueue(follower.name, revision_id, again=True)


def _postpone(step: Step, later: Later) -> None:
    """Put the step back until then, as if it had not been tried."""
    with contextlib.suppress(LeaseLost), transaction.atomic():
        _hold(step)
        _end(step, state=Step.State.PENDING, attempts=step.attempts - 1, due_at=later.until, note=later.why)
        ring_at(step, later.until)


def _fail(step: Step, code: str, message: str, *, transient: bool, wait: float = 0.0) -> str:
    """Record the error; a transient one is due again after 10, 30, 90, ... seconds, or after ``wait``."""
    again = transient and step.attempts < (kinds.get(step.kind).attempts or settings.STEP_ATTEMPTS)
    log.info("a step was not done", code=code, error=message, transient=transient, attempt=step.attempts)
    try:
        with transaction.atomic():
            _hold(step)
            if again:
                due = timezone.now() + timedelta(seconds=max(10 * 3 ** (step.attempts - 1), wait))
                _end(step, state=Step.State.PENDING, error_code=code, error=message, due_at=due, rung_at=None)
            else:
                _end(
                    step,
                    state=Step.State.FAILED,
                    error_code=code,
                    error=message,
                    finished_at=timezone.now(),
                )
    except LeaseLost:
        log.warning("the lease ran out before the error could be recorded")
    return "retried" if again else "failed"


def _hold(step: Step) -> None:
    """Lock the step's row for the transaction; raise LeaseLost if its lease is no longer ours."""
    mine = Step.objects.select_for_update().filter(pk=step.pk, lease_token=step.lease_token)
    if not mine.exists():
        raise LeaseLost(step.pk)


def _end(step: Step, **fields: object) -> None:
    Step.objects.filter(pk=step.pk).update(lease_token=None, lease_until=None, leased_by="", **fields)
