"""What goes wrong around a Twosource: wires that are cut, and a hand that goes on submitting."""

from __future__ import annotations

import contextlib
import json
import selectors
import socket
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.houses import ROOT, House, free_port

_HAND = """
import json, sys
from django.db import connection
from claims.models import Submission
from claims.services.submitting import Incoming, submit
from claims.tasks import run_step
for line in sys.stdin:
    order = json.loads(line)
    connection.close()  # as between two requests: the one of before may be dead
    try:
        if "ring" in order:
            for step in order["ring"]:
                run_step.apply_async(args=(step,), queue="nlp")
        for text, url in order.get("submit", []):
            given = Incoming(Submission.Kind.TEXT, Submission.Channel.API, url, text.encode(), url=url, source="Post")
            submit(given)
        answer = "ok"
    except Exception as error:
        answer = repr(error)
    print("ANSWER", answer, flush=True)
"""


class Wire:
    """A TCP connection to a server through this process, which can be cut and mended."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        default = 6379 if parts.scheme == "redis" else 5432
        self._target = (parts.hostname or "127.0.0.1", parts.port or default)
        self._listener = socket.create_server(("127.0.0.1", 0))
        port = self._listener.getsockname()[1]
        user = f"{parts.username}:{parts.password}@" if parts.username else ""
        self.url = urlunsplit(parts._replace(netloc=f"{user}127.0.0.1:{port}"))
        self._open: set[socket.socket] = set()
        self._cut = False
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self._cut = True
        for one in list(self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self._cut = False

    def _accept(self) -> None:
        while True:
            near, _ = self._listener.accept()
            try:
                far = None if self._cut else socket.create_connection(self._target)
            except OSError:
                far = None
            if far is None:
                near.close()
                continue
            self._open |= {near, far}
            threading.Thread(target=self._carry, args=(near, far), daemon=True).start()

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        with selectors.DefaultSelector() as watching, contextlib.suppress(OSError):
            watching.register(near, selectors.EVENT_READ, far)
            watching.register(far, selectors.EVENT_READ, near)
            while True:
                for key, _ in watching.select():
                    data = key.fileobj.recv(65536)  # type: ignore[union-attr]
                    if not data:
                        raise OSError
                    key.data.sendall(data)
        for one in (near, far):
            self._open.discard(one)
            one.close()


class Redis:
    """A Redis of its own, which keeps nothing when it is killed."""

    def __init__(self, folder: Path) -> None:
        self._port = free_port()
        self._folder = folder
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self.start()

    def start(self) -> None:
        options = ["--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self._folder)]
        self._process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


class Hand:
    """Submits articles and rings for steps, in a process of its own, as the site would."""

    def __init__(self, house: House) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", _HAND],
            cwd=ROOT,
            env=house.environment,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def do(self, **order: Any) -> str:
        """ "ok", or what came in the way."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            if line.startswith("ANSWER "):
                return line.removeprefix("ANSWER ").strip()
        raise AssertionError("the hand is gone")

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


def rows(house: House, query: str) -> list[tuple[Any, ...]]:
    """Ask the house's database directly."""
    url = house.environment.get("CHAOS_DATABASE_URL")
    if url:
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(query)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []
    with contextlib.closing(sqlite3.connect(house.folder / "twosource.sqlite3", timeout=30)) as connection:
        found = connection.execute(query).fetchall()
        connection.commit()
        return found
