"""Celery's beat, for a clock that may be put back."""

from __future__ import annotations

from typing import Any

from celery.beat import PersistentScheduler


class Scheduler(PersistentScheduler):
    """Where the clock was put back, Celery's own runs nothing until it has reached the time of the last run again."""

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
