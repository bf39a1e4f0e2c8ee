"""Two transactions that touch the same rows at the same time, on PostgreSQL: neither ends the other.

SQLite has one writer at a time. The retry that mends a crossing all the same is taken away here, but for its own test.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, connections, transaction

from claims import extraction, pipeline
from claims.models import Mention, Source, Step, Submission
from claims.pipeline import kinds, surroundings
from claims.services.articles import Reading, store_readings
from claims.services.submitting import Incoming, submit
from claims.steps import Extracted, store_extracted_many
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
crossing = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
WORDS = "The council of Ashford spent $12 million on 9 schools in 2021. The mayor said 300 pupils had moved."


class Other(threading.Thread):
    """Somebody else's transaction, with a connection of its own; :meth:`join` raises what it raised."""

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self.work = work
        self.error: BaseException | None = None
        self.backend = 0
        self.start()

    def run(self) -> None:
        try:
            connection.ensure_connection()
            self.backend = connection.connection.info.backend_pid
            with pipeline.in_process():
                self.work()
        except BaseException as error:
            self.error = error
        finally:
            connections.close_all()

    def join(self, timeout: float | None = None) -> None:
        super().join(timeout)
        if self.error:
            raise self.error

    def until_it_waits_or_ends(self) -> None:
        with psycopg.connect(**_parameters(), autocommit=True) as looking:
            asked = "SELECT 1 FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'"
            while self.is_alive() and not looking.execute(asked, [self.backend]).fetchone():
                time.sleep(0.01)


def _parameters() -> dict[str, Any]:
    given = connection.get_connection_params()
    return {name: given[name] for name in ("dbname", "user", "password", "host", "port") if name in given}


@contextmanager
def after(words: str, work: Callable[[], object]) -> Iterator[list[Other]]:
    """Once this connection has done a statement that begins with ``words``, let ``work`` go as far as it comes."""
    others: list[Other] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        done = execute(sql, params, many, context)
        if sql.startswith(words) and not others:
            others.append(Other(work))
            others[0].until_it_waits_or_ends()
        return done

    with connection.execute_wrapper(watch):
        yield others
    assert others, f"nothing began with {words!r}"
    others[0].join()


@pytest.fixture(autouse=True)
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "PAUSES", ())


def handed_in(*texts: str) -> list[int]:
    """The revisions of articles that were extracted and cross-checked."""
    for number, text in enumerate(texts):
        url = f"https://post.example/{number}"
        given = Incoming(Submission.Kind.TEXT, Submission.Channel.API, url, text.encode(), url, source="Post")
        submit(given)
    pipeline.drain()
    return list(Step.objects.filter(kind="extract").order_by("pk").values_list("revision", flat=True))


@crossing
def test_an_article_is_extracted_anew_while_it_is_cross_checked() -> None:
    (revision,) = handed_in(WORDS)
    extract, check = (Step.objects.get(kind=kind) for kind in ("extract", "crosscheck"))
    Mention.objects.update(claim=None)  # as before it was cross-checked
    pipeline.retry(extract)
    pipeline.retry(check)
    with after("SELECT pg_advisory_xact_lock", lambda: pipeline.run(extract.pk, "other")):
        pipeline.run(check.pk, "this")
    pipeline.drain()
    assert set(Step.objects.values_list("state", "attempts")) == {("done", 1)}
    assert not Mention.objects.filter(revision=revision, claim=None).exists()


def test_what_was_found_anew_while_others_were_compared_is_compared_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever cross-checks began with what is no longer so: its lease is taken."""
    (revision,) = handed_in(WORDS)
    extract, check = (Step.objects.get(kind=kind) for kind in ("extract", "crosscheck"))
    whole = kinds.get("crosscheck")

    def compare(revision_id: int) -> Any:
        ahead = whole.compute(revision_id)
        pipeline.retry(extract)
        pipeline.run(extract.pk, "other")
        return ahead

    Mention.objects.earliest("pk").delete()  # as if extraction had not found it at first
    pipeline.retry(check)
    monkeypatch.setitem(kinds._KINDS, "crosscheck", replace(whole, compute=compare))
    pipeline.run(check.pk, "this")
    monkeypatch.setitem(kinds._KINDS, "crosscheck", whole)
    pipeline.drain()
    assert Mention.objects.filter(revision=revision).count() > 1
    assert not Mention.objects.filter(revision=revision, claim=None).exists()


@crossing
def test_two_workers_name_the_same_sources_in_another_order() -> None:
    def read(*sources: str) -> None:
        pairs = []
        for source in sources:
            given = Incoming(Submission.Kind.TEXT, Submission.Channel.API, "", source.encode(), title=source)
            text = f"{WORDS} {threading.current_thread().name}"
            pairs.append((submit(given)[0], Reading(text, source=source, publisher=f"{source[::-1]} Ltd")))
        with transaction.atomic():
            store_readings(pairs)

    with after('INSERT INTO "claims_source"', lambda: read("Beta Post", "Alpha Post")):
        read("Alpha Post", "Beta Post")
    assert set(Source.objects.values_list("name", "publisher__name")) == {
        ("Alpha Post", "tsoP ahplA Ltd"),
        ("Beta Post", "tsoP ateB Ltd"),
    }


@crossing
def test_two_workers_find_the_same_names_in_another_order() -> None:
    """One has a first text and one that is extracted anew in one batch."""
    known, other = handed_in(WORDS, f"{WORDS} It rained.")
    fresh, more = (make.RevisionFactory(text=f"{WORDS} It was {n}.") for n in range(2))
    zulu, alpha = (
        Extracted(extraction.analyze(f"The {name} spent $12 million on 9 schools in 2021.").mentions, ())
        for name in ("Zulu Bank", "Alpha Bank")
    )

    @transaction.atomic
    def find(pairs: list[tuple[int, Extracted]]) -> None:
        store_extracted_many(pairs)

    with after('INSERT INTO "claims_entity"', lambda: find([(more.pk, alpha), (other, zulu)])):
        find([(fresh.pk, zulu), (known, alpha)])


def test_what_crossed_another_all_the_same_is_stored_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "PAUSES", (0.0,))
    handed_in(WORDS)
    step = Step.objects.get(kind="crosscheck")
    whole, stored = kinds.get("crosscheck"), []

    def store(revision_id: int, work: Any) -> pipeline.Done:
        stored.append(revision_id)
        if len(stored) == 1:
            raise OperationalError("deadlock detected") from psycopg.errors.DeadlockDetected()
        return whole.store(revision_id, work)

    monkeypatch.setitem(kinds._KINDS, "crosscheck", replace(whole, store=store))
    pipeline.retry(step)
    pipeline.run(step.pk, "this")
    step.refresh_from_db()
    assert (step.state, step.attempts, len(stored)) == ("done", 1, 2)
