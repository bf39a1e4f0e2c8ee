"""What Celery calls. A message carries one id; everything else stands in the database."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path
from threading import Timer
from typing import Any

import structlog
from billiard.exceptions import TimeLimitExceeded, WorkerLostError
from billiard.process import active_children
from celery import Task, shared_task
from celery.signals import celeryd_after_setup, task_failure, worker_shutting_down
from django.conf import settings
from django.db import connection

from claims import pipeline
from claims.pipeline import metrics
from claims.services import polling, rechecking
from claims.services.answering import forget

log = structlog.get_logger(__name__)
KEEP_PROCESSED = 600  # seconds that the file broker keeps messages it has delivered


@shared_task(bind=True)
def run_step(self: Task, step_id: int) -> None:
    """Do one step, and what can be done with it; see :func:`claims.pipeline.run`."""
    with structlog.contextvars.bound_contextvars(task=self.request.id):
        holder = _holder(self.request.hostname or "", self.request.id or "")
        pipeline.run(step_id, holder, follow=self.app.amqp.queues.consume_from)


@shared_task
def sweep() -> None:
    """Ring again for lost work; forget old answers, and the file broker's delivered messages."""
    rung = pipeline.sweep()
    metrics.LAST_RUN.labels("sweep").set_to_current_time()
    if rung:
        log.info("rang again", steps=rung)
    forget()
    if not settings.REDIS_URL:
        _prune(settings.BROKER_DIR / "processed", older_than=time.time() - KEEP_PROCESSED)


@shared_task
def start_due() -> None:
    """Start polling the feeds and looking at the articles that are due; costs what falls due, not what is stored."""
    polls, looks = polling.start_due(), rechecking.start_due()
    if polls or looks:
        log.info("due", polls=polls, looks=looks)


@celeryd_after_setup.connect
def take_over(sender: str, **_: Any) -> None:
    """A worker starts: the one that had its name is gone, so what it held and had taken is free."""
    metrics.name_worker(sender)
    freed = pipeline.release(prefix=f"{sender}/")
    rung = pipeline.sweep(everything=True)
    log.info("worker starts", worker=sender, freed=freed, rung=rung)


@task_failure.connect(sender=run_step)
def give_back(sender: Task, task_id: str, exception: BaseException, **_: Any) -> None:
    """A pool process died, or was ended, in the middle of a step (sent by the process that watches the pool)."""
    if isinstance(exception, WorkerLostError | TimeLimitExceeded):
        pipeline.release(suffix=f"/{task_id}")


@worker_shutting_down.connect
def stop(sender: str, **_: Any) -> None:
    """The worker is told to stop: each of its processes ends what it has in hand and gives back the rest.

    What hangs where no signal reaches would keep it for longer than those who told it may wait.
    """
    pipeline.stopping.ask()
    overdue = Timer(settings.STOP_LIMIT, _end_pool, [sender])
    overdue.daemon = True
    overdue.start()


def _end_pool(worker: str) -> None:
    for pid in [process.pid for process in active_children()]:
        with contextlib.suppress(ProcessLookupError):
            if pid is not None:
                os.kill(pid, signal.SIGKILL)
    freed = pipeline.release(prefix=f"{worker}/")
    connection.close()  # this thread's own
    log.warning("ended what did not stop", worker=worker, within=settings.STOP_LIMIT, freed=freed)
    os.kill(os.getpid(), signal.SIGQUIT)  # Celery would wait on for what those processes have to say


def _holder(hostname: str, task_id: str) -> str:
    return f"{hostname}/{task_id}"


def _prune(folder: Path, *, older_than: float) -> None:
    for message in folder.iterdir():
        if message.stat().st_mtime < older_than:
            message.unlink(missing_ok=True)
