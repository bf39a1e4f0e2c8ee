"""Celery's beat, for a clock that may be put back and for a machine that may stop at any moment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import celery.beat


class Scheduler(celery.beat.Scheduler):
    """Remembers nothing from one start to the next: all that is periodic is due once when it starts.

    Celery's own keeps in a file when each was run last. Nothing here is so rare that it would matter, and a file that
    is not whole, from a beat that was killed or a disk that was full, would keep every later beat from starting.
    Where the clock was put back, Celery's own runs nothing until it has reached the time of the last run again.
    """

    def setup_schedule(self) -> None:
        super().setup_schedule()
        for entry in self.schedule.values():
            entry.last_run_at = entry.default_now() - timedelta(days=1)

    def tick(self, *arguments: Any, **named: Any) -> float:
        ahead = [
            entry
            for entry in self.schedule.values()
            if entry.last_run_at and entry.last_run_at > entry.default_now()
        ]
        for entry in ahead:
            entry.last_run_at = entry.default_now()
        if ahead:
            self.populate_heap()
        return float(super().tick(*arguments, **named))
