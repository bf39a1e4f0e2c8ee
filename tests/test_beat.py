from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings

from config.beat import Scheduler
from config.celery import app

NOON = datetime(2025, 1, 3, 12, tzinfo=UTC)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tasks that a beat sent."""
    found: list[str] = []

    def send(self: Scheduler, entry: object, **_: object) -> None:
        found.append(getattr(entry, "task", ""))

    monkeypatch.setattr(Scheduler, "apply_async", send)
    return found


def test_all_that_is_periodic_is_due_once_when_a_beat_starts(sent: list[str]) -> None:
    for _ in range(2):  # it may have been away for long, so whatever another one did does not count
        sent.clear()
        with time_machine.travel(NOON, tick=False):
            beat = Scheduler(app=app)
            while beat.tick() == 0:
                pass
        assert set(sent) >= {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
        assert len(sent) == len(set(sent))


def test_a_clock_that_is_put_back_does_not_stop_the_sweep(sent: list[str]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        beat = Scheduler(app=app)

        def ticks() -> None:
            while beat.tick() == 0:  # one entry each
                pass

        ticks()
        for back in (timedelta(0), timedelta(hours=2)):
            clock.move_to(datetime.now(UTC) - back)
            ticks()
            clock.shift(timedelta(seconds=settings.SWEEP_SECONDS + 1))
            before = sent.count("claims.tasks.sweep")
            ticks()
            assert sent.count("claims.tasks.sweep") == before + 1, f"put back by {back}"
