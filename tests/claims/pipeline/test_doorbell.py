"""A broker that does not answer keeps nobody waiting and loses nothing."""

from __future__ import annotations

import pytest
from kombu.exceptions import OperationalError

from claims import pipeline, tasks
from claims.models import Step
from claims.pipeline import doorbell
from tests import factories as make


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_is_asked_once_and_the_steps_stay(monkeypatch):
    asked = []

    def dead(args, **_):
        asked.append(args)
        raise OperationalError("connection refused")

    monkeypatch.setattr(tasks.run_step, "apply_async", dead)
    monkeypatch.setattr(doorbell, "_pause_until", 0.0)
    doorbell._silent.set(False)
    for _ in range(3):
        pipeline.enqueue("fetch", make.SubmissionFactory().pk)
    assert len(asked) == 1
    assert Step.objects.filter(state="pending").count() == 3
