"""The command; see the package."""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import django

WARM_UP = 20  # requests of each kind that are not counted
PATIENCE = 60.0  # seconds for the server to start


def main() -> None:
    parser = argparse.ArgumentParser(prog="api_speed", description="Measure how fast the API reads.")
    parser.add_argument("--requests", type=int, default=300, help="of each kind (300)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    with key() as token, served() as port:
        times = measure(port, token, addresses(options.requests + WARM_UP, random.Random(options.seed)))
    told: dict[str, object] = {kind: summary(spent) for kind, spent in times.items()}
    ratio = statistics.median(times["detail"]) / statistics.median(times["bare"])
    print(json.dumps({**database(), **told, "detail_to_bare": round(ratio, 2)}))  # noqa: T201


def addresses(count: int, chance: random.Random) -> dict[str, list[str]]:
    """``count`` requests of each kind, for random claims."""
    from claims.models import Claim

    last = Claim.objects.latest("pk").pk
    some = list(
        Claim.objects.filter(pk__in=[chance.randint(1, last) for _ in range(4 * count)], merged_into=None)
    )
    picked = [chance.choice(some) for _ in range(count)]
    words = [re.findall(r"[A-Za-z]{3,}", claim.text) for claim in picked]
    searched = [" ".join(chance.sample(found, min(len(found), 1 + n % 3))) for n, found in enumerate(words)]
    return {
        "bare": [f"/bare/{claim.pk}/" for claim in picked],
        "detail": [f"/api/v1/claims/{claim.pk}/" for claim in picked],
        "list": [f"/api/v1/claims/?page_size=50&status={chance.choice(STATUSES)}" for _ in picked],
        "search": [f"/api/v1/claims/?page_size=50&q={quote(q)}" for q in searched],
    }


STATUSES = ("unverified", "corroborated", "disputed")


def measure(port: int, token: str, wanted: dict[str, list[str]]) -> dict[str, list[float]]:
    """Seconds of each request, after the warm-up, by kind; the kinds take turns."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    times: dict[str, list[float]] = {kind: [] for kind in wanted}
    for turn, of_each in enumerate(zip(*wanted.values(), strict=True)):
        for kind, address in zip(wanted, of_each, strict=True):
            began = time.perf_counter()
            connection.request("GET", address, headers={"Authorization": f"Bearer {token}"})
            answer = connection.getresponse()
            body = answer.read()
            spent = time.perf_counter() - began
            if answer.status != 200:
                sys.exit(f"{address}: {answer.status} {body[:500]!r}")
            if turn >= WARM_UP:
                times[kind].append(spent)
    return times


def summary(spent: list[float]) -> dict[str, float]:
    ordered = sorted(spent)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    return {"p50_ms": round(1000 * statistics.median(ordered), 2), "p95_ms": round(1000 * p95, 2)}


def database() -> dict[str, object]:
    from django.db import connection

    from claims.models import Claim

    return {"database": connection.vendor, "claims": Claim.objects.count()}


@contextmanager
def key() -> Iterator[str]:
    """A key of an account that may read all; both are gone afterwards."""
    from django.contrib.auth.models import Group, User

    from claims.services.keys import create

    owner = User.objects.create(username=f"api_speed_{os.getpid()}")
    owner.groups.add(Group.objects.get(name="lead"))
    row, token = create(owner=owner, name="api_speed", scopes=["read"])
    yield token
    row.delete()
    owner.delete()


@contextmanager
def served(application: str = "tests.benchmarks.api_speed.server:application") -> Iterator[int]:
    """``application``, until the end: the port at which it listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "-c", "python:config.serving"]
    options = [
        application,
        "--bind",
        f"127.0.0.1:{port}",
        "--threads",
        "8",
        "--keep-alive",
        "60",
        "--log-level",
        "warning",
    ]
    server = subprocess.Popen([*command, *options])
    try:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if time.monotonic() > deadline or server.poll() is not None:
                    sys.exit("the server did not start")
                time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
