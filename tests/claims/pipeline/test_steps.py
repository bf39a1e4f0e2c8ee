"""Steps: each is done once, by whoever holds its lease; what breaks is tried again or says why."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from claims import pipeline
from claims.fetching import Unreadable
from claims.models import Step
from claims.pipeline import kinds
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(monkeypatch):
    """A kind of step whose behaviour a test sets, and a kind that follows it."""

    class Work:
        stored: list[int]
        computed: list[int]
        fails: Exception | None = None
        before_storing = staticmethod(lambda: None)

    work = Work()
    work.stored, work.computed = [], []

    def compute(subject_id: int) -> str:
        work.computed.append(subject_id)
        if work.fails:
            raise work.fails
        work.before_storing()
        return "result"

    def store(subject_id: int, result: str) -> pipeline.Done:
        work.stored.append(subject_id)
        return pipeline.Done(note=result, revisions=(subject_id,))

    monkeypatch.setattr(kinds, "_KINDS", {})
    pipeline.register(pipeline.StepKind("read", "revision", "nlp", compute, store))
    pipeline.register(pipeline.StepKind("check", "revision", "nlp", compute, store, after=("read",)))
    return work


@pytest.fixture
def revision():
    return make.RevisionFactory()


def step(kind: str = "read") -> Step:
    return Step.objects.get(kind=kind)


def test_a_step_is_done_and_its_follower_comes_after(work, revision):
    pipeline.enqueue("read", revision.pk)
    assert pipeline.drain() == 2
    assert (step().state, step().note, step("check").state) == ("done", "result", "done")
    assert work.stored == [revision.pk, revision.pk]


def test_the_same_step_twice_is_one_row_done_once(work, revision):
    first, second = pipeline.enqueue("read", revision.pk), pipeline.enqueue("read", revision.pk)
    assert first.pk == second.pk
    assert pipeline.run(first.pk, "a") and not pipeline.run(first.pk, "b")
    assert work.computed == [revision.pk]


def test_a_message_for_a_step_that_runs_elsewhere_does_nothing(work, revision):
    row = pipeline.enqueue("read", revision.pk)
    work.before_storing = lambda: pytest.fail("run twice at once") if pipeline.run(row.pk, "b") else None
    assert pipeline.run(row.pk, "a")
    assert work.stored == [revision.pk]


def test_a_bad_input_fails_at_once_and_says_why(work, revision):
    work.fails = Unreadable("not-utf-8", "byte 7 is no UTF-8: save the file as UTF-8")
    pipeline.enqueue("read", revision.pk)
    pipeline.drain()
    row = step()
    assert (row.state, row.attempts, row.error_code) == ("failed", 1, "not-utf-8")
    assert "save the file as UTF-8" in row.error
    assert not Step.objects.filter(kind="check").exists()


def test_a_passing_trouble_is_tried_again_later_and_given_up_in_the_end(work, revision):
    work.fails = Unreadable("timeout", "no answer", transient=True)
    pipeline.enqueue("read", revision.pk)
    for attempt in range(1, settings.STEP_ATTEMPTS):
        pipeline.drain()
        assert (step().state, step().attempts) == ("pending", attempt)
        assert step().due_at > timezone.now()
        Step.objects.update(due_at=timezone.now())
    pipeline.drain()
    assert (step().state, step().error_code) == ("failed", "timeout")


def test_a_bug_is_recorded_and_a_retry_repairs_it(work, revision):
    work.fails = ZeroDivisionError("division by zero")
    pipeline.enqueue("read", revision.pk)
    for _ in range(settings.STEP_ATTEMPTS):
        pipeline.drain()
        Step.objects.update(due_at=timezone.now())
    assert (step().state, step().error) == ("failed", "ZeroDivisionError: division by zero")
    work.fails = None
    assert pipeline.retry(step())
    pipeline.drain()
    assert (step().state, step().error, step().attempts) == ("done", "", 1)
    assert not pipeline.retry(make.StepFactory(kind="check", revision=make.RevisionFactory()))


def test_who_lost_the_lease_writes_nothing(work, revision):
    row = pipeline.enqueue("read", revision.pk)

    def lease_runs_out() -> None:
        work.before_storing = lambda: None
        Step.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        pipeline.sweep()
        assert pipeline.run(row.pk, "quicker")

    work.before_storing = lease_runs_out
    pipeline.run(row.pk, "slow")
    assert work.computed == [revision.pk] * 2
    assert work.stored == [revision.pk]
    assert step().state == "done"


def test_a_step_that_always_kills_its_worker_is_given_up(work, revision):
    pipeline.enqueue("read", revision.pk)
    for _ in range(settings.STEP_ATTEMPTS):
        die_in_the_middle("worker@host/1")
        pipeline.release(prefix="worker@host/")
    assert (step().state, step().error_code) == ("failed", "worker-lost")
    assert f"after {settings.STEP_ATTEMPTS} attempts" in step().error


def test_only_the_leases_of_the_dead_are_released(work, revision):
    pipeline.enqueue("read", revision.pk)
    die_in_the_middle("worker@here/1")
    assert pipeline.release(prefix="worker@there/") == 0
    assert pipeline.release(suffix="/1") == 1
    assert step().state == "pending"


def test_the_sweep_rings_for_lost_messages_only(work, revision):
    pipeline.enqueue("read", revision.pk)
    assert pipeline.sweep() == 0, "rung for a moment ago"
    Step.objects.update(rung_at=timezone.now() - timedelta(minutes=2))
    assert pipeline.sweep() == 1
    assert pipeline.sweep() == 0
    assert pipeline.sweep(everything=True) == 1


def die_in_the_middle(worker: str) -> None:
    Step.objects.filter(state="pending").update(
        state="running",
        leased_by=worker,
        lease_token="7f8a2f46-9a0c-4f0e-9d6b-1c65d9a1a001",
        lease_until=timezone.now() + timedelta(minutes=3),
        attempts=step().attempts + 1,
    )


def test_what_comes_too_early_is_put_back_and_counts_as_no_attempt(work, revision):
    until = timezone.now() + timedelta(minutes=5)
    work.fails = pipeline.Later(until, "waits for its turn at post.example")
    pipeline.enqueue("read", revision.pk)
    pipeline.drain()
    row = step()
    assert (row.state, row.attempts, row.error, row.due_at) == ("pending", 0, "", until)
    assert row.note == "waits for its turn at post.example"
    assert row.lease_token is None
    with time_machine.travel(until, tick=False):
        work.fails = None
        assert pipeline.sweep() == 1
        pipeline.drain()
    assert (step().state, step().attempts) == ("done", 1)


def test_who_does_all_steps_itself_waits_for_those_that_were_told_to_come_again(work, revision):
    pipeline.enqueue("read", revision.pk)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        work.fails = pipeline.Later(timezone.now() + timedelta(seconds=20), "its turn")
        waited = []

        def wait(seconds: float) -> None:
            waited.append(seconds)
            work.fails = None
            clock.shift(seconds)

        pipeline.drain(wait=wait)
    assert waited == [20.0]
    assert step().state == "done"


def test_a_server_that_names_a_time_is_not_asked_before(work, revision):
    work.fails = Unreadable("http-503", "busy", True, retry_after=3600)
    pipeline.enqueue("read", revision.pk)
    with time_machine.travel(timezone.now(), tick=False):
        pipeline.drain()
        assert step().due_at == timezone.now() + timedelta(hours=1)
