"""What machines ask: alive, ready, metrics; and logs that name what they are about and do not fill the disk."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from claims import pipeline
from claims.models import Step, Submission
from claims.services.submitting import Incoming, submit
from config import supervisor
from tests import factories as make

TOKEN = {"Authorization": "Bearer let me see"}


@pytest.fixture
def _token(settings):
    settings.METRICS_TOKEN = "let me see"


def text(words: str) -> None:
    submit(Incoming(Submission.Kind.TEXT, Submission.Channel.API, "a text", words.encode()))


def test_alive_without_a_database(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_ready_with_a_database_and_not_without(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (200, "ok")

    def gone(*_: object) -> None:
        raise DatabaseError("server closed the connection, password=hunter2")

    monkeypatch.setattr("config.watching.MigrationExecutor", gone)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "hunter2" not in answer.content.decode()


@pytest.mark.django_db
def test_a_silent_broker_is_told_and_takes_nothing_away(client: Client, settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert "does not answer" in answer.json()["broker"]


@pytest.mark.django_db
def test_metrics_are_for_who_knows_the_token(client: Client, settings, _token) -> None:
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer something"}).status_code == 401
    assert client.get("/metrics", headers=TOKEN).status_code == 200
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.django_db
def test_metrics_tell_rate_errors_duration_and_the_age_of_the_queue(client: Client, _token) -> None:
    def figures() -> dict[str, float]:
        lines = client.get("/metrics", headers=TOKEN).content.decode().splitlines()
        return {k: float(v) for k, v in (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))}

    failed = 'twosource_steps_total{kind="fetch",outcome="failed"}'
    done = 'twosource_steps_total{kind="fetch",outcome="done"}'
    before = figures()
    text("   ")
    text("The port handled 1.2 million tonnes of cargo in 2024, the port authority said.")
    pipeline.drain()
    after = figures()
    assert after[failed] - before.get(failed, 0) == 1
    assert after[done] - before.get(done, 0) == 1
    assert after['twosource_step_seconds_count{kind="extract"}'] >= 1
    assert after['twosource_steps_open{error="empty-text",kind="fetch",state="failed"}'] == 1

    due = timezone.now() - timedelta(minutes=7)
    make.StepFactory(submission=make.SubmissionFactory(), state=Step.State.PENDING, due_at=due)
    assert 420 <= figures()['twosource_queue_age_seconds{kind="fetch"}'] < 480


@pytest.mark.django_db
def test_a_log_line_names_step_article_and_what_came_of_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="claims.pipeline.run")
    text("The port handled 1.2 million tonnes of cargo in 2024, the port authority said.")
    pipeline.drain()
    told = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    (extract,) = [one for one in told if one.get("kind") == "extract" and one["event"] == "steps were tried"]
    step = Step.objects.select_related("revision").get(kind="extract")
    assert step.revision is not None
    assert (extract["step"], extract["steps"], extract["article"]) == (step.pk, 1, step.revision.article_id)
    assert extract["outcome"] == "done"
    assert extract["seconds"] >= 0


def test_a_large_log_is_put_aside_and_the_child_writes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "LARGEST_LOG", 10)
    log = tmp_path / "worker.log"
    child = supervisor.Child("worker", ["true"], log, patience=1)
    with log.open("ab", buffering=0) as output:
        for n in range(6):
            output.write(b"line %d of the log\n" % n)
            child.rotate()
        output.write(b"the last\n")
    assert log.read_text() == "the last\n"
    kept = [log.with_name(f"worker.log.{n}").read_text() for n in (1, 2, 3)]
    assert kept == [f"line {n} of the log\n" for n in (5, 4, 3)]
    assert not log.with_name("worker.log.4").exists()
