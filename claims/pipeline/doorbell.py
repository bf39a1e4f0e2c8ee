"""Telling the broker that there is work. A ring may be lost: the sweep rings again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import structlog
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)
_silent: ContextVar[bool] = ContextVar("doorbell_silent", default=False)
#: after a ring that nobody answered, so long none is tried (seconds): each try would keep a caller waiting
PAUSE = 30.0
_pause_until = 0.0


@contextmanager
def in_process() -> Iterator[None]:
    """Ring for nobody: the caller does the steps itself, with :func:`claims.pipeline.drain`."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def ring(step_id: int, queue: str, wait: float = 0.0) -> None:
    """Put the step's id on ``queue``, to be taken up in ``wait`` seconds. A broker that does not
    answer is logged, not raised."""
    global _pause_until
    if _silent.get() or time.monotonic() < _pause_until:
        return
    from claims.tasks import run_step

    try:
        run_step.apply_async(args=(step_id,), queue=queue, countdown=wait)
    except (OperationalError, OSError) as error:
        _pause_until = time.monotonic() + PAUSE
        log.warning("the broker does not answer; the sweep will ring again", step=step_id, error=str(error))
