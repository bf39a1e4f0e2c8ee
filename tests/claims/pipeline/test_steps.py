"""Steps: each is done once, by whoever holds its lease; what breaks is tried again or says why."""

from __future__ import annotations

import errno
import sqlite3
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
import time_machine
from django.conf import settings
from django.db import DatabaseError
from django.db.models import F
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


def test_a_message_with_nothing_left_to_do_brings_the_oldest_that_waits(work, revision):
    first = pipeline.enqueue("read", revision.pk)
    assert pipeline.run(first.pk, "a")
    waiting = [pipeline.enqueue("read", make.RevisionFactory().pk) for _ in range(2)]
    later = pipeline.enqueue("check", make.RevisionFactory().pk)
    assert pipeline.run(first.pk, "b") == 1
    assert work.stored == [revision.pk, waiting[0].revision_id]
    assert [pipeline.run(first.pk, "c") for _ in range(3)] == [1, 0, 0]
    later.refresh_from_db()
    assert later.state == "pending"  # another queue may serve that kind


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


FAULTS = {
    "the disk is full": OSError(errno.ENOSPC, "No space left on device"),
    "PostgreSQL's disk is full": DatabaseError("could not extend file"),
    "PostgreSQL is stopped": DatabaseError("terminating connection due to administrator command"),
    "SQLite's disk is full": DatabaseError("database or disk is full"),
}
FAULTS["PostgreSQL's disk is full"].__cause__ = psycopg.errors.DiskFull()
FAULTS["PostgreSQL is stopped"].__cause__ = psycopg.errors.AdminShutdown()
FAULTS["SQLite's disk is full"].__cause__ = sqlite3.OperationalError()
FAULTS["SQLite's disk is full"].__cause__.sqlite_errorcode = sqlite3.SQLITE_FULL


@pytest.mark.parametrize("what", FAULTS)
def test_what_the_disk_or_the_database_did_counts_as_no_attempt(work, revision, what):
    work.fails = FAULTS[what]
    pipeline.enqueue("read", revision.pk)
    for _ in range(settings.STEP_ATTEMPTS + 1):
        pipeline.drain()
        row = step()
        assert (row.state, row.attempts, row.lease_token) == ("pending", 0, None)
        assert str(FAULTS[what]) in row.note
        assert row.due_at > timezone.now()
        Step.objects.update(due_at=timezone.now())
    work.fails = None
    pipeline.drain()
    assert (step().state, step().attempts) == ("done", 1)


def test_an_error_of_the_database_that_the_step_brought_about_does_count(work, revision):
    work.fails = DatabaseError("too many SQL variables")
    work.fails.__cause__ = sqlite3.OperationalError("too many SQL variables")
    work.fails.__cause__.sqlite_errorcode = sqlite3.SQLITE_ERROR
    pipeline.enqueue("read", revision.pk)
    pipeline.drain()
    assert (step().attempts, step().error_code) == (1, "unexpected")


@pytest.mark.parametrize("begun", [False, True])
def test_a_step_made_in_a_future_that_is_taken_back_is_done_now(work, revision, begun):
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        pipeline.enqueue("read", revision.pk)
        if begun:
            die_in_the_middle("worker@host/1")
    assert pipeline.drain() == 0
    assert pipeline.sweep() == 1
    assert pipeline.drain() == 2
    assert step().state == "done"


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


@pytest.fixture
def crowd(work, monkeypatch):
    """The same kinds, of which several are done together; ``crowd.broken`` and ``crowd.refused`` are poison."""

    class Crowd:
        together: list[list[int]]
        broken: int | None = None
        refused: int | None = None

    crowd = Crowd()
    crowd.together = []
    alone = kinds.get("read").compute

    def compute(subject_id: int) -> str:
        if subject_id == crowd.broken:
            raise ZeroDivisionError("poison")
        return alone(subject_id)

    def compute_many(subject_ids):
        crowd.together.append(list(subject_ids))
        if crowd.broken in subject_ids:
            raise ZeroDivisionError("poison")
        bad = Unreadable("not-utf-8", "save the file as UTF-8")
        return [bad if subject_id == crowd.refused else "result" for subject_id in subject_ids]

    def store_many(pairs):
        return [kinds.get("read").store(subject_id, result) for subject_id, result in pairs]

    monkeypatch.setattr(kinds, "_KINDS", {})
    together = pipeline.Together(compute_many, store_many, most=4)
    store = work.stored.append

    def keep(subject_id: int, result: str) -> pipeline.Done:
        store(subject_id)
        return pipeline.Done(note=f"{result} of {subject_id}", revisions=(subject_id,))

    pipeline.register(pipeline.StepKind("read", "revision", "nlp", compute, keep, together=together))
    pipeline.register(
        pipeline.StepKind("check", "revision", "late", compute, keep, after=("read",), together=together)
    )
    return crowd


def test_steps_that_wait_are_done_together_and_so_is_what_follows(work, crowd):
    ids = [pipeline.enqueue("read", make.RevisionFactory().pk).revision_id for _ in range(6)]
    assert pipeline.drain() == 12
    assert crowd.together == [ids[:4], ids[:4], ids[4:], ids[4:]]
    assert sorted(work.stored) == sorted(ids * 2)
    assert {(s.state, s.attempts, s.note) for s in Step.objects.all()} == {
        ("done", 1, f"result of {pk}") for pk in ids
    }


def test_what_follows_is_left_to_those_who_serve_its_queue(work, crowd):
    first, *_ = [pipeline.enqueue("read", make.RevisionFactory().pk) for _ in range(3)]
    assert pipeline.run(first.pk, "reader", follow=["nlp"]) == 3
    assert {(s.state, s.attempts) for s in Step.objects.filter(kind="check")} == {("pending", 0)}
    assert pipeline.run(Step.objects.filter(kind="check").first().pk, "checker", follow=["late"]) == 3


def test_what_takes_long_is_done_with_fewer_others(work, crowd, monkeypatch):
    whole = kinds.get("read")
    together = replace(whole.together, size=F("revision__length"), enough=2 * len(make.TEXT) + 1)
    monkeypatch.setitem(kinds._KINDS, "read", replace(whole, together=together))
    ids = [pipeline.enqueue("read", make.RevisionFactory().pk).revision_id for _ in range(4)]
    assert pipeline.drain() == 8
    assert crowd.together == [ids[:2], ids[:2], ids[2:], ids[2:]]


def test_what_follows_is_not_begun_with_little_time_left(work, crowd, settings):
    settings.STEP_SOFT_LIMIT = 0
    first, *_ = [pipeline.enqueue("read", make.RevisionFactory().pk) for _ in range(3)]
    assert pipeline.run(first.pk, "a", kinds.queues()) == 3
    assert {(s.state, s.attempts) for s in Step.objects.filter(kind="check")} == {("pending", 0)}
    assert pipeline.drain() == 3


def test_one_that_breaks_costs_the_others_one_attempt(work, crowd):
    ids = [pipeline.enqueue("read", make.RevisionFactory().pk).revision_id for _ in range(3)]
    crowd.broken = ids[1]
    pipeline.drain()
    states = dict(Step.objects.filter(kind="read").values_list("revision", "state"))
    assert states == {ids[0]: "done", ids[1]: "pending", ids[2]: "done"}
    assert Step.objects.get(kind="read", revision=ids[1]).error == "ZeroDivisionError: poison"
    assert set(Step.objects.filter(kind="read").values_list("attempts", flat=True)) == {2}
    assert sorted(Step.objects.filter(kind="check", state="done").values_list("revision", flat=True)) == [
        ids[0],
        ids[2],
    ]


def test_one_that_cannot_be_read_costs_the_others_nothing(work, crowd):
    ids = [pipeline.enqueue("read", make.RevisionFactory().pk).revision_id for _ in range(3)]
    crowd.refused = ids[1]
    pipeline.drain()
    states = dict(Step.objects.filter(kind="read").values_list("revision", "state"))
    assert states == {ids[0]: "done", ids[1]: "failed", ids[2]: "done"}
    assert set(Step.objects.filter(kind="read").values_list("attempts", flat=True)) == {1}


def test_who_lost_one_of_several_leases_writes_nothing_of_any(work, crowd, monkeypatch):
    rows = [pipeline.enqueue("read", make.RevisionFactory().pk) for _ in range(3)]
    whole = kinds.get("read").together

    def compute_slowly(subject_ids):
        Step.objects.filter(pk=rows[1].pk).update(lease_until=timezone.now() - timedelta(seconds=1))
        pipeline.sweep()
        assert pipeline.run(rows[1].pk, "quicker")
        return whole.compute(subject_ids)

    kind = replace(kinds.get("read"), together=replace(whole, compute=compute_slowly))
    monkeypatch.setitem(kinds._KINDS, "read", kind)
    pipeline.run(rows[0].pk, "slow")
    assert work.stored == [rows[1].revision_id]
    pipeline.drain()
    assert Counter(work.stored) == {row.revision_id: 2 for row in rows}
    assert set(Step.objects.values_list("state", flat=True)) == {"done"}


@pytest.fixture
def told_to_stop():
    """Tells this worker to stop, for the length of a test."""
    yield pipeline.stopping.ask
    pipeline.stopping.ask(yes=False)


def test_who_is_told_to_stop_begins_nothing(work, revision, told_to_stop):
    row = pipeline.enqueue("read", revision.pk)
    told_to_stop()
    assert pipeline.run(row.pk, "worker") == 0
    assert (step().state, step().attempts) == ("pending", 0)


def test_who_is_told_to_stop_ends_what_is_in_hand_and_gives_back_the_rest(work, revision, told_to_stop):
    row = pipeline.enqueue("read", revision.pk)
    work.before_storing = told_to_stop
    assert pipeline.run(row.pk, "worker", kinds.queues()) == 1
    assert (step().state, step().attempts) == ("done", 1)
    follower = step("check")
    assert (follower.state, follower.attempts, follower.error, follower.lease_token) == (
        "pending",
        0,
        "",
        None,
    )
    pipeline.stopping.ask(yes=False)
    assert pipeline.drain() == 1


def test_who_is_told_to_stop_amid_several_gives_them_back_as_if_not_tried(
    work, crowd, monkeypatch, told_to_stop
):
    whole = kinds.get("read")

    def compute_until_told(subject_ids):
        told_to_stop()
        pipeline.stopping.check()

    together = replace(whole.together, compute=compute_until_told)
    monkeypatch.setitem(kinds._KINDS, "read", replace(whole, together=together))
    first, *_ = [pipeline.enqueue("read", make.RevisionFactory().pk) for _ in range(3)]
    pipeline.run(first.pk, "worker")
    told = Step.objects.values_list("state", "attempts", "error", "lease_token")
    assert set(told) == {("pending", 0, "", None)}
    pipeline.stopping.ask(yes=False)
    monkeypatch.setitem(kinds._KINDS, "read", whole)
    assert pipeline.drain() == 6
