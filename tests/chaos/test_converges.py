"""Whatever breaks: the state converges, nothing is lost or doubled, and the rows say what happened.

Each test does one thing for real to the processes of one Twosource, amid work, and waits until its articles are
cross-checked. On PostgreSQL and Redis (tests/grown_up.py) both are reached through wires that are cut.
``CHAOS_REPEATS=5 python -m pytest tests/chaos`` does each five times; without it they are skipped, since they take
minutes on a machine that is busy with other work.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from claims.extraction import analyze
from tests.chaos.weather import Hand, Wire, rows
from tests.houses import ROOT, House, database_of_its_own, wait_for

pytestmark = [
    pytest.mark.processes,
    pytest.mark.parametrize("_time", range(int(os.environ.get("CHAOS_REPEATS", "0")))),
]
SOFT_LIMIT = 15
BATCH = 5
TOWNS = ("Ashford", "Belmont", "Carrick", "Dunmore", "Eastvale", "Farrow", "Glenrock", "Hartley")
_numbers = itertools.count()


class Place:
    """A running Twosource, its wires, and what was handed in to it."""

    def __init__(self, house: House, database: Wire | None, broker: Wire | None) -> None:
        self.house, self.database, self.broker = house, database, broker
        self.hand = Hand(house)
        self.texts: dict[str, str] = {}

    def submit(self, count: int = BATCH) -> list[str]:
        """Hand in new articles; returns their addresses."""
        new = {}
        for n in itertools.islice(_numbers, count):
            town = TOWNS[n % len(TOWNS)]
            new[f"https://post.example/{n}"] = (
                f"The council of {town} spent ${n + 11} million on {n + 3} schools in {1990 + n % 30}. "
                f"The mayor of {town} said that {n * 7 + 120} pupils had moved to new classrooms."
            )
        self.texts |= new
        assert self.hand.do(submit=[(text, url) for url, text in new.items()]) == "ok"
        return list(new)

    def kill(self, command: str, number: int = signal.SIGKILL) -> None:
        for pid in self.house.pids(command):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def done(self) -> set[str]:
        with contextlib.suppress(Exception):  # the database may be what is broken
            return {row[0] for row in rows(self.house, _DONE)}
        return set()

    def converges(self, urls: list[str]) -> None:
        """All are cross-checked, each once, with the mentions that reading them here gives."""
        wait_for(f"{len(urls)} articles cross-checked", lambda: set(urls) <= self.done())
        mentions = rows(self.house, _MENTIONS)
        for url in urls:
            found = Counter(
                (start, end, wording) for address, start, end, wording in mentions if address == url
            )
            read = analyze(self.texts[url], date.today()).mentions
            assert found == Counter((m.start, m.end, m.claim) for m in read), url
        assert not rows(self.house, "SELECT 1 FROM claims_revision GROUP BY article_id HAVING count(*) > 1")


_DONE = (
    "SELECT a.url FROM claims_step s JOIN claims_revision r ON r.id = s.revision_id "
    "JOIN claims_article a ON a.id = r.article_id WHERE s.kind = 'crosscheck' AND s.state = 'done'"
)
_MENTIONS = (
    'SELECT a.url, m.start, m."end", m.wording FROM claims_mention m JOIN claims_revision r ON r.id = m.revision_id '
    "JOIN claims_article a ON a.id = r.article_id"
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder: Path = tmp_path_factory.mktemp("chaos")
    extra = {
        "STEP_SOFT_LIMIT": str(SOFT_LIMIT),
        "STEP_ATTEMPTS": "3",
        "WORKER_MEMORY_MB": "1500",
        "TWOSOURCE_POISON": "1",
        "PYTHONPATH": str(ROOT / "tests" / "chaos" / "poison"),
    }
    with database_of_its_own() as own:
        database = broker = None
        if own:
            database, broker = Wire(own["DATABASE_URL"]), Wire(os.environ["REDIS_URL"])
            extra |= {"DATABASE_URL": database.url, "REDIS_URL": broker.url}
            extra["CHAOS_DATABASE_URL"] = own["DATABASE_URL"]
        house = House(folder, extra)
        house.up("--no-sample", "--workers", "2")
        wait_for("the site", house.answers)
        found = Place(house, database, broker)
        # the poison works in the background of all that follows
        found.hand.do(
            submit=[(f"The mayor said {p} was found in 12 wells.", f"https://p/{p}") for p in POISONS]
        )
        yield found
        found.hand.close()
        house.close()


POISONS = ("cyanide", "arsenic")


def test_any_process_is_killed_at_any_moment(place: Place, _time: int) -> None:
    urls = place.submit(8)
    for child in ("celery -A config worker", "celery -A config beat", "gunicorn"):
        time.sleep(0.5)  # somewhere in the middle of the work
        place.kill(child)
    place.converges(urls)
    wait_for("the site", place.house.answers)


def test_the_broker_is_gone(place: Place, _time: int) -> None:
    messages = place.house.folder / "broker"
    if place.broker:
        place.broker.cut()
    else:
        messages.rename(messages.with_name("broker-gone"))
    urls = place.submit()  # taken in all the same
    time.sleep(3)
    if place.broker:
        place.broker.mend()
    elif not messages.exists():
        messages.with_name("broker-gone").rename(messages)
    else:  # made anew meanwhile: what was in it is lost
        for part in ("messages", "processed", "control"):
            (messages / part).mkdir(parents=True, exist_ok=True)
        messages.with_name("broker-gone").rename(messages.with_name(f"lost-{time.monotonic_ns()}"))
    place.converges(urls)


def test_the_database_is_restarted(place: Place, _time: int) -> None:
    urls = place.submit()
    if place.database:
        for _ in range(2):
            time.sleep(0.5)
            place.database.cut()
            time.sleep(1)
            place.database.mend()
    else:
        with contextlib.closing(
            sqlite3.connect(place.house.folder / "twosource.sqlite3", timeout=30)
        ) as held:
            held.execute("BEGIN EXCLUSIVE")
            time.sleep(2)
    place.converges(urls)


def test_the_disk_is_full(place: Place, _time: int) -> None:
    def allow(most: int) -> None:
        for pid in place.house.pids("celery -A config worker"):
            with contextlib.suppress(ProcessLookupError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    allow(4096)  # no file of a worker's grows beyond; it reads EFBIG where a full disk gives ENOSPC
    urls = place.submit()
    time.sleep(2)
    allow(resource.RLIM_INFINITY)
    place.converges(urls)


def test_messages_come_three_times_or_never(place: Place, _time: int) -> None:
    urls = place.submit()
    steps = [row[0] for row in rows(place.house, "SELECT id FROM claims_step WHERE state <> 'done'")]
    assert place.hand.do(ring=steps * 3) == "ok"
    if not place.broker:
        for message in (place.house.folder / "broker" / "messages").iterdir():
            if hash(message.name) % 2:  # every other one
                message.unlink(missing_ok=True)
    place.converges(urls)


def test_there_are_two_beats(place: Place, _time: int) -> None:
    command = [sys.executable, "-m", "celery", "-A", "config", "beat", "--pidfile", "", "-s"]
    second = subprocess.Popen(
        [*command, str(place.house.folder / "second-beat")],
        cwd=ROOT,
        env=place.house.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        place.converges(place.submit())
    finally:
        second.kill()
        second.wait()


@pytest.mark.parametrize("hours", [-2, 2])
def test_the_clock_jumps(place: Place, _time: int, hours: int) -> None:
    """The clock put on or back is the times in the rows put back or on."""
    urls = place.submit()
    for column, state in (("lease_until", "running"), ("rung_at", "pending")):
        moved = (
            f"{column} + interval '{hours} hours'"
            if place.database
            else f"datetime({column}, '{hours} hours')"
        )
        rows(place.house, f"UPDATE claims_step SET {column} = {moved} WHERE state = '{state}'")
    place.converges(urls)


def test_a_deploy_in_the_middle_of_work(place: Place, _time: int) -> None:
    urls = place.submit(8)
    time.sleep(0.5)
    start = time.monotonic()
    assert place.house.stop(signal.SIGTERM) == 0
    assert time.monotonic() - start < SOFT_LIMIT + 20  # a poisoned step is waited for, and then killed
    assert not place.house.pids("celery -A config")
    place.house.up("--no-sample", "--workers", "2")
    place.converges(urls)


def test_poisoned_articles_failed_and_say_why(place: Place, _time: int) -> None:
    def failed() -> dict[str, str]:
        query = (
            "SELECT a.url, s.error_code FROM claims_step s JOIN claims_revision r ON r.id = s.revision_id "
            "JOIN claims_article a ON a.id = r.article_id WHERE s.state = 'failed'"
        )
        return dict(rows(place.house, query))

    wait_for("both poisons given up", lambda: len(failed()) >= len(POISONS))
    assert failed().keys() == {f"https://p/{poison}" for poison in POISONS}
    assert failed()["https://p/cyanide"] in ("lease-expired", "worker-lost", "time-limit")
    assert failed()["https://p/arsenic"] in ("out-of-memory", "worker-lost")
    open_steps = rows(
        place.house, "SELECT kind, state FROM claims_step WHERE state IN ('pending', 'running')"
    )
    assert open_steps == []
