"""Whatever breaks: the state converges, nothing is lost or doubled, and the rows say what happened.

Each test does one thing for real to the processes of one Twosource, amid work, and waits until its articles are
cross-checked; what is poisonous works on in the background. On PostgreSQL and Redis (tests/grown_up.py) the database
and the Redis are of the tests' own, reached through wires that are cut.

Each runs once. ``CHAOS_REPEATS=5 python -m pytest tests/chaos`` does all of it five times, each time in a new house;
with 0 it is left out. ``CHAOS_OUTAGE`` is for how many seconds the broker is gone (3). On a machine that is busy with
other work set ``CHAOS_SOFT_LIMIT`` (15) and ``TEST_PATIENCE`` (240) higher: both are seconds of the clock on the wall.
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
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import psycopg
import pytest
import redis

from claims.extraction import analyze
from tests.chaos.weather import Hand, Redis, Wire, rows
from tests.houses import ROOT, House, database_of_its_own, wait_for

pytestmark = pytest.mark.processes
REPEATS = int(os.environ.get("CHAOS_REPEATS", "1"))
OUTAGE = float(os.environ.get("CHAOS_OUTAGE", "3"))
SOFT_LIMIT = int(os.environ.get("CHAOS_SOFT_LIMIT", "15"))
BATCH = 5
TOWNS = ("Ashford", "Belmont", "Carrick", "Dunmore", "Eastvale", "Farrow", "Glenrock", "Hartley")
POISONS = ("cyanide", "arsenic")
_numbers = itertools.count()


class Place:
    """A running Twosource, its wires, and what was handed in to it."""

    def __init__(
        self, house: House, database: Wire | None, broker: Wire | None, server: Redis | None
    ) -> None:
        self.house, self.database, self.broker, self.redis = house, database, broker, server
        self.hand = Hand(house)
        self.texts: dict[str, str] = {}

    def submit(self, count: int = BATCH, among: Sequence[tuple[str, str]] = ()) -> list[str]:
        """Hand in new articles, with those (text and address) ``among`` them; returns the addresses of the new."""
        new = {}
        for n in itertools.islice(_numbers, count):
            town = TOWNS[n % len(TOWNS)]
            new[f"https://post.example/{n}"] = (
                f"The council of {town} spent ${n + 11} million on {n + 3} schools in {1990 + n % 30}. "
                f"The mayor of {town} said that {n * 7 + 120} pupils had moved to new classrooms."
            )
        self.texts |= new
        given = [(text, url) for url, text in new.items()]
        half = len(given) // 2
        assert self.hand.do(submit=[*given[:half], *among, *given[half:]]) == "ok"
        return list(new)

    def up(self) -> None:
        self.house.up("--no-sample", "--workers", "2")

    def kill(self, command: str, number: int = signal.SIGKILL) -> None:
        for pid in self.house.pids(command):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def forget_messages(self) -> None:
        """The broker loses all that it holds."""
        if self.broker:
            client = redis.Redis.from_url(self.broker.url)
            client.flushdb()
            client.close()
        else:
            for message in (self.house.folder / "broker" / "messages").iterdir():
                message.unlink(missing_ok=True)

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


_EXTRACTING = (
    "claims_step s JOIN claims_revision r ON r.id = s.revision_id JOIN claims_article a ON a.id = r.article_id "
    "WHERE s.kind = 'extract'"
)


@contextlib.contextmanager
def refusing(url: str) -> Iterator[None]:
    """The database ends all its connections and takes no new one, as while it is restarted."""
    name = url.rpartition("/")[2]
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        try:
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            yield
        finally:
            admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


@contextlib.contextmanager
def full(house: House) -> Iterator[None]:
    """The database answers as one whose disk is full to each row of these tables that is added."""
    tables = ("claims_revision", "claims_mention", "verification_assessment")
    rows(
        house,
        "CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
        "'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$",
    )
    for table in tables:
        rows(house, f"CREATE TRIGGER disk_full BEFORE INSERT ON {table} EXECUTE FUNCTION disk_full()")
    try:
        yield
    finally:
        rows(house, "DROP FUNCTION disk_full() CASCADE")


@pytest.fixture(scope="module", params=range(REPEATS))
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder: Path = tmp_path_factory.mktemp("chaos")
    extra = {
        "STEP_SOFT_LIMIT": str(SOFT_LIMIT),
        "STEP_ATTEMPTS": "3",
        "WORKER_MEMORY_MB": "1500",
        "TWOSOURCE_POISON": "1",
        "TWOSOURCE_CLOCK": str(folder / "clock"),
        "PYTHONPATH": str(ROOT / "tests" / "chaos" / "within"),
    }
    with database_of_its_own() as own, contextlib.ExitStack() as after:
        database = broker = server = None
        if own:
            server = Redis(folder)
            after.callback(server.kill)
            database, broker = Wire(own["DATABASE_URL"]), Wire(server.url)
            extra |= {"DATABASE_URL": database.url, "REDIS_URL": broker.url}
            extra["CHAOS_DATABASE_URL"] = own["DATABASE_URL"]
        house = House(folder, extra)
        after.callback(house.close)
        house.manage("migrate", "--verbosity", "0")
        found = Place(house, database, broker, server)
        after.callback(found.hand.close)
        yield found


def test_poison_in_a_batch_spoils_nothing_else(place: Place) -> None:
    """What waits when a worker starts is done together, the poison amid it."""
    poison = [(f"The mayor said {p} was found in 12 wells.", f"https://p/{p}") for p in POISONS]
    urls = place.submit(8, among=poison)
    place.up()
    wait_for("the site", place.house.answers)
    place.converges(urls)
    tries = rows(place.house, f"SELECT a.url, s.attempts FROM {_EXTRACTING}")
    assert any(attempts > 1 for url, attempts in tries if url in urls), "none was in a batch with poison"


def test_any_process_is_killed_at_any_moment(place: Place) -> None:
    urls = place.submit(8)
    for child in ("celery -A config worker", "celery -A config beat", "gunicorn"):
        time.sleep(0.5)  # somewhere in the middle of the work
        place.kill(child)
    place.converges(urls)
    wait_for("the site", place.house.answers)


def test_a_worker_is_killed_in_the_middle_of_a_batch(place: Place) -> None:
    together = (
        "SELECT count(*) FROM claims_step WHERE state = 'running' GROUP BY lease_token HAVING count(*) > 1"
    )
    urls = []
    for victims in (slice(None), slice(-1, None)):  # the worker and all its children; one child
        place.kill("celery -A config worker", signal.SIGSTOP)  # so that several wait
        urls += place.submit(12)
        place.kill("celery -A config worker", signal.SIGCONT)
        wait_for("steps that are done together", lambda: rows(place.house, together))
        for pid in place.house.pids("celery -A config worker")[victims]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    place.converges(urls)


def test_what_keeps_the_processes_is_killed(place: Place) -> None:
    urls = place.submit()
    assert place.house.stop(signal.SIGKILL) == -signal.SIGKILL
    wait_for("an end of its children", lambda: not place.house.pids("gunicorn"))
    place.up()
    place.converges(urls)


def test_the_broker_cannot_be_reached(place: Place) -> None:
    messages = place.house.folder / "broker"
    if place.broker:
        place.broker.cut()
    else:
        messages.rename(messages.with_name("broker-gone"))
    urls = place.submit()  # taken in all the same
    time.sleep(OUTAGE)
    if place.broker:
        place.broker.mend()
    elif not messages.exists():
        messages.with_name("broker-gone").rename(messages)
    else:  # made anew meanwhile: what was in it is lost
        for part in ("messages", "processed", "control"):
            (messages / part).mkdir(parents=True, exist_ok=True)
        messages.with_name("broker-gone").rename(messages.with_name(f"lost-{time.monotonic_ns()}"))
    place.converges(urls)


def test_the_broker_is_killed_and_has_forgotten_all(place: Place) -> None:
    urls = place.submit()
    if place.redis:
        place.redis.kill()
        time.sleep(OUTAGE)
        urls += place.submit()
        place.redis.start()
    else:
        place.forget_messages()
    place.converges(urls)


def test_the_database_is_restarted(place: Place) -> None:
    urls = place.submit()
    if place.database:
        time.sleep(0.5)
        place.database.cut()
        with refusing(place.house.environment["CHAOS_DATABASE_URL"]):
            place.database.mend()
            time.sleep(OUTAGE)
    else:
        with contextlib.closing(
            sqlite3.connect(place.house.folder / "twosource.sqlite3", timeout=30)
        ) as held:
            held.execute("BEGIN EXCLUSIVE")
            time.sleep(OUTAGE)
    place.converges(urls)


def test_the_disk_is_full(place: Place) -> None:
    """No file of a worker's grows: it reads EFBIG where a full disk gives ENOSPC. PostgreSQL's disk is another's: of
    each new row of some tables it says what it says when its own is full."""

    def allow(most: int) -> None:
        for pid in place.house.pids("celery -A config worker"):
            with contextlib.suppress(ProcessLookupError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    with full(place.house) if place.database else contextlib.nullcontext():
        allow(4096)
        urls = place.submit()
        time.sleep(OUTAGE)
        allow(resource.RLIM_INFINITY)
    place.converges(urls)


def test_messages_come_three_times_or_never(place: Place) -> None:
    urls = place.submit()
    steps = [row[0] for row in rows(place.house, "SELECT id FROM claims_step WHERE state <> 'done'")]
    assert place.hand.do(ring=steps * 3) == "ok"
    place.converges(urls)
    urls = place.submit()
    place.forget_messages()
    place.converges(urls)


def test_there_are_two_beats(place: Place) -> None:
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


@pytest.mark.parametrize("hours", [2, -2])
def test_the_clock_jumps(place: Place, hours: int) -> None:
    """That of every process at once, and nothing but the sweep brings the work back."""
    urls = place.submit()
    (place.house.folder / "clock").write_text(str(hours))
    time.sleep(1)
    place.forget_messages()
    place.converges(urls)
    urls = place.submit()  # on the clock that is put right again, by the tests' own clock
    (place.house.folder / "clock").unlink()
    time.sleep(1)
    place.forget_messages()
    place.converges(urls)


def test_poisoned_articles_failed_and_say_why(place: Place) -> None:
    def failed() -> dict[str, str]:
        return dict(
            rows(place.house, f"SELECT a.url, s.error_code FROM {_EXTRACTING} AND s.state = 'failed'")
        )

    wait_for("both poisons given up", lambda: len(failed()) >= len(POISONS))
    assert failed().keys() == {f"https://p/{poison}" for poison in POISONS}
    assert failed()["https://p/cyanide"] in ("lease-expired", "worker-lost", "time-limit")
    assert failed()["https://p/arsenic"] in ("out-of-memory", "worker-lost")


def test_a_deploy_in_the_middle_of_work(place: Place) -> None:
    """It stops within the soft limit, with nothing half done, and the next one goes on."""
    urls = place.submit(24)
    wait_for("work", lambda: rows(place.house, "SELECT 1 FROM claims_step WHERE state = 'running'"))
    start = time.monotonic()
    assert place.house.stop(signal.SIGTERM) == 0
    assert time.monotonic() - start < SOFT_LIMIT
    assert not place.house.pids("config")
    assert not rows(place.house, "SELECT 1 FROM claims_step WHERE state = 'running'")
    place.up()
    place.converges(urls)


def test_nothing_is_left_over(place: Place) -> None:
    """All that was handed in is done, and no step waits or fails but the poison's."""
    place.converges(list(place.texts))
    left = rows(
        place.house, "SELECT kind, error_code FROM claims_step WHERE state <> 'done' AND kind <> 'extract'"
    )
    assert left == []
