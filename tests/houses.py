"""A Twosource of its own as a process tree, for tests that kill parts of it and for benchmarks."""

from __future__ import annotations

import contextlib
import json
import os
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

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = float(os.environ.get("TEST_PATIENCE", "240"))  # seconds until what should happen is called missing


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

    def manage(
        self, *arguments: str, check: bool = True, timeout: float = PATIENCE
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            text=True,
            capture_output=True,
            timeout=timeout,
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


@contextlib.contextmanager
def database_of_its_own() -> Iterator[dict[str, str]]:
    """A fresh database on PostgreSQL; nothing on SQLite, where it lies in the data directory."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield {}
        return
    name = f"twosource_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {"DATABASE_URL": url.rsplit("/", 1)[0] + "/" + name}
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


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
