"""Twosource as a process tree, for real: ``manage.py up``, signals, a killed worker, restarts.

With ``DATABASE_URL`` and ``REDIS_URL`` set (tests/grown_up.py) the same tests run on PostgreSQL and Redis.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

pytestmark = pytest.mark.processes
ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120.0  # seconds until something that should happen is called missing


def wait_for(what: str, happened: Callable[[], object]) -> object:
    """Poll until ``happened`` gives something; the processes under test have clocks of their own."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := happened():
            return found
        time.sleep(0.2)
    pytest.fail(f"not within {PATIENCE:.0f} s: {what}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class House:
    """A Twosource of its own: data directory, database, broker, port."""

    def __init__(self, folder: Path, extra: dict[str, str]) -> None:
        self.folder = folder
        self.port = free_port()
        self.environment = {**os.environ, "TWOSOURCE_DATA_DIR": str(folder), "SWEEP_SECONDS": "1", **extra}
        self.process: subprocess.Popen[str] | None = None

    def manage(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            text=True,
            capture_output=True,
            timeout=PATIENCE,
            check=check,
        )

    def up(self, *options: str) -> None:
        self.log = (self.folder / "up.log").open("a")
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", str(self.port), *options],
            cwd=ROOT,
            env=self.environment,
            text=True,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )

    @property
    def said(self) -> str:
        return (self.folder / "up.log").read_text()

    def answers(self) -> bool:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            address = f"http://127.0.0.1:{self.port}/admin/login/"
            return urllib.request.urlopen(address, timeout=5).status == 200
        return False

    def pids(self, command: str) -> list[int]:
        """The processes of this house whose command line holds ``command``."""
        mine = f"TWOSOURCE_DATA_DIR={self.folder}".encode()
        found = []
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if entry.name.isdigit() and mine in (entry / "environ").read_bytes().split(b"\0"):
                    line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    if command in line:
                        found.append(int(entry.name))
        return sorted(found)

    def export(self, what: str) -> list[dict]:
        return [json.loads(line) for line in self.manage("export", "--what", what).stdout.splitlines()]

    def steps(self) -> dict[str, int]:
        """How many steps are in each state, "kind:state"."""
        script = (
            "import json; from django.db.models import Count; from claims.models import Step;"
            "print(json.dumps({f'{k}:{s}': n for k, s, n in "
            "Step.objects.values_list('kind', 'state').annotate(n=Count('pk'))}))"
        )
        return json.loads(self.manage("shell", "--no-imports", "-c", script).stdout.splitlines()[-1])

    def stop(self, number: int = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE)

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for pid in self.pids("config"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with database_of_its_own() as extra:
        found = House(tmp_path, extra)
        yield found
        found.close()


@contextlib.contextmanager
def database_of_its_own() -> Iterator[dict[str, str]]:
    """A fresh database on PostgreSQL; nothing on SQLite, where it lies in the data directory."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield {}
        return
    name = f"twosource_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
        try:
            yield {"DATABASE_URL": url.rsplit("/", 1)[0] + "/" + name}
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]


def reports(folder: Path, count: int) -> Path:
    """``count`` short reports of two claims each, no two alike."""
    towns = ["Ashford", "Belmont", "Carrick", "Dunmore", "Eastvale", "Farrow", "Glenrock", "Hartley"]
    lines = [
        {
            "url": f"https://ledger.example/{n}",
            "source": f"{towns[n % 8]} Ledger",
            "published": "2025-03-03",
            "text": f"The council of {towns[n % 8]} spent ${n + 11} million on {n + 3} schools in {1990 + n % 30}. "
            f"The mayor of {towns[n % 8]} said that {n * 7 + 120} pupils had moved to new classrooms.",
        }
        for n in range(count)
    ]
    file = folder / "reports.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    return file


def test_up_from_nothing_to_the_samples_table_and_down_again(house: House):
    house.up()
    wait_for("the sample's table", lambda: "cross-checked" in house.said)
    assert house.answers()
    password = re.search(r"admin account: admin / (\S+)", house.said)
    assert password, house.said
    key = re.search(r"API key: (tws_\S+)", house.said)
    assert key, house.said
    claims = f"http://127.0.0.1:{house.port}/api/v1/claims/?status=disputed"
    asked = urllib.request.Request(claims, headers={"Authorization": f"Bearer {key[1]}"})
    assert json.load(urllib.request.urlopen(asked, timeout=5))["results"], (
        "the key that is printed opens the API"
    )
    for status in ("corroborated", "disputed", "unverified", "outdated"):
        assert status in house.said
    assert house.stop(signal.SIGINT) == 0
    assert "stopped" in house.said
    assert not house.pids("config")

    claims = house.export("claims")
    (house.folder / "up.log").write_text("")
    house.up()
    wait_for("the second start", house.answers)
    assert "admin account" not in house.said, "the password is shown once"
    assert "tws_" not in house.said, "and so is the key"
    assert house.stop() == 0
    assert house.export("claims") == claims, "a second start keeps the data"


def test_a_child_that_dies_is_started_again(house: House):
    house.up("--no-sample")
    wait_for("the first start", house.answers)
    for child in ("gunicorn", "celery -A config worker", "celery -A config beat"):
        before = wait_for(child, lambda child=child: house.pids(child))
        os.kill(before[0], signal.SIGKILL)
        wait_for(f"another {child}", lambda child=child, before=before: set(house.pids(child)) - set(before))
    wait_for("the web answers again", house.answers)
    assert house.stop() == 0
    assert not house.pids("config")


def test_a_killed_worker_loses_and_doubles_nothing(house: House):
    count = 24
    house.up("--no-sample")
    wait_for("the first start", house.answers)
    house.manage("ingest", str(reports(house.folder, count)))
    for done in (3, 10):
        wait_for(f"{done} articles extracted", lambda done=done: house.steps().get("extract:done", 0) >= done)
        for pid in house.pids("celery -A config worker"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    wait_for("all is cross-checked", lambda: house.steps().get("crosscheck:done") == count)
    assert house.steps() == {"fetch:done": count, "extract:done": count, "crosscheck:done": count}
    assert house.stop() == 0

    calm = House(house.folder / "calm", {})
    calm.folder.mkdir()
    calm.environment.pop("DATABASE_URL", None)
    calm.environment.pop("REDIS_URL", None)
    calm.manage("migrate", "--verbosity", "0")
    calm.manage("ingest", "--wait", str(house.folder / "reports.jsonl"))
    assert mentions(house) == mentions(calm)
    assert len(house.export("articles")) == count


def mentions(house: House) -> list[tuple[object, ...]]:
    return sorted((m["article"], m["start"], m["end"], m["wording"]) for m in house.export("mentions"))


def test_what_is_wrong_gets_one_clear_line(house: House):
    def refused(*options: str, **environment: str) -> str:
        house.environment |= environment
        done = house.manage("up", *options, check=False)
        assert done.returncode != 0
        assert "Traceback" not in done.stderr
        return done.stderr

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"cannot listen on 127.0.0.1:{port}" in refused("--port", port)
    assert "from 1 to 65535" in refused("--port", "99999")
    assert "STEP_ATTEMPTS" in refused(STEP_ATTEMPTS="many")
    house.environment.pop("STEP_ATTEMPTS")
    nowhere = f"127.0.0.1:{free_port()}"
    assert "check REDIS_URL" in refused(REDIS_URL=f"redis://{nowhere}/0")
    assert "check DATABASE_URL" in refused(DATABASE_URL=f"postgres://someone@{nowhere}/none")


def test_a_second_up_on_the_same_data_is_refused(house: House):
    house.up("--no-sample")
    wait_for("the first start", house.answers)
    done = house.manage("up", "--port", str(free_port()), check=False)
    assert "already up" in done.stderr
    assert house.stop() == 0
