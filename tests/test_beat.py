from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings

from config.beat import Scheduler
from config.celery import app


def test_a_clock_that_is_put_back_does_not_stop_the_sweep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[datetime] = []

    def send(self: Scheduler, entry: object, **_: object) -> None:
        if getattr(entry, "task", "") == "claims.tasks.sweep":
            sent.append(datetime.now(UTC))

    monkeypatch.setattr(Scheduler, "apply_async", send)
    noon = datetime(2025, 1, 3, 12, tzinfo=UTC)
    with time_machine.travel(noon, tick=False) as clock:
        beat = Scheduler(app=app, schedule_filename=str(tmp_path / "schedule"))

        def ticks() -> None:
            while beat.tick() == 0:  # one entry each
                pass

        ticks()
        for back in (timedelta(0), timedelta(hours=2)):
            clock.move_to(datetime.now(UTC) - back)
            ticks()
            clock.shift(timedelta(seconds=settings.SWEEP_SECONDS + 1))
            before = len(sent)
            ticks()
            assert len(sent) == before + 1, f"put back by {back}"
        beat.close()
