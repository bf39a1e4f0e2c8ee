"""How soon one article is known on an idle system, beside ``analyze`` of it, as JSON.

    [DATABASE_URL=postgres://... REDIS_URL=redis://...] python -m tests.benchmarks.latency [--articles 30] [FOLDER...]

Starts ``manage.py up`` with one worker process on a database and a data directory of its own and hands articles in over
the API, one at a time: the ``*.txt`` of the folders, or generated short reports (those of ``pipeline_load``). Each is
watched over the API until it is done; then nothing is sent for a moment. The first ones, in which the worker loads its
models, are not counted. ``analyze`` reads the same text in this process right before. All times are milliseconds by
the clock, and other work on the machine tells on both sides.

``where`` says how the time is spent, at the median: until the request is answered (``posted``), from then until the
worker has taken the article up and read it (``waited_and_fetched``), until the end of the two steps after it, and until
a look over the API shows it (``seen``).
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from tests.benchmarks.pipeline_cost import texts
from tests.houses import House, database_of_its_own, wait_for

WARM_UP = 4
LOOK_EVERY = 0.01  # seconds
REST = 0.3
STEPS = ("fetch", "extract", "crosscheck")
ROOT = "/api/v1/submissions/"


class Client:
    """One connection to the API, kept open."""

    def __init__(self, house: House, token: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=60)
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        self._connection.request(method, path, json.dumps(body) if body else None, self._headers)
        answer = self._connection.getresponse()
        told = answer.read()
        if answer.status not in (200, 202):
            raise SystemExit(f"{method} {path}: {answer.status} {told[:300]!r}")
        found: dict[str, Any] = json.loads(told)
        return found


def one(client: Client, article: dict[str, str]) -> dict[str, float]:
    """Milliseconds from sending it to each mark, the last one when it is seen to be done."""
    begin = time.time()
    sent = client.ask("POST", ROOT, article)
    marks = {"posted": time.time()}
    while sent["state"] not in ("done", "failed"):
        time.sleep(LOOK_EVERY)
        sent = client.ask("GET", f"{ROOT}{sent['id']}/")
    marks["seen"] = time.time()
    if sent["state"] == "failed":
        raise SystemExit(f"not done: {sent['steps']}")
    for step in sent["steps"]:
        marks[step["kind"]] = datetime.fromisoformat(step["finished"]).timestamp()
    return {name: (mark - begin) * 1000 for name, mark in marks.items()}


def measured(client: Client, given: list[dict[str, str]]) -> Iterator[tuple[float, float, dict[str, float]]]:
    from claims.extraction import analyze

    for article in given:
        time.sleep(REST)
        clock, processor = time.perf_counter(), time.process_time()
        analyze(article["text"], datetime.fromisoformat(article["published"]))
        alone = (time.perf_counter() - clock) * 1000, (time.process_time() - processor) * 1000
        yield *alone, one(client, article | {"published": f"{article['published']}T00:00:00Z"})


def told(rows: list[tuple[float, float, dict[str, float]]]) -> dict[str, Any]:
    whole = sorted(marks["seen"] for _, _, marks in rows)
    alone = median(clock for clock, _, _ in rows)
    order = ("posted", *STEPS, "seen")
    where = {
        name: round(median(marks[name] - (marks[before] if before else 0.0) for _, _, marks in rows), 1)
        for before, name in zip(("", *order[:-1]), order, strict=True)
    }
    where["waited_and_fetched"] = where.pop("fetch")
    return {
        "articles": len(rows),
        "analyze_ms": round(alone, 1),
        "analyze_processor_ms": round(median(processor for _, processor, _ in rows), 1),
        "p50_ms": round(median(whole), 1),
        "p95_ms": round(quantiles(whole, n=20)[-1], 1) if len(whole) > 1 else round(whole[0], 1),
        "of_analyze": round(median(marks["seen"] / clock for clock, _, marks in rows), 2),
        "where": where,
    }


def latency(house: House, given: list[dict[str, str]]) -> dict[str, Any]:
    house.up("--no-sample", "--workers", "1")
    wait_for("the site", house.answers)
    token = re.search(r"API key:\S* (\S+)", house.said)
    assert token is not None, house.said
    client = Client(house, token[1])
    rows = list(measured(client, given))
    return told(rows[WARM_UP:])


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=30)
    parser.add_argument("folders", nargs="*")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["STANCE_MODEL"] = os.environ.get("STANCE_MODEL", "none")
    with tempfile.TemporaryDirectory(prefix="twosource-latency-") as folder, database_of_its_own() as extra:
        house = House(Path(folder), extra | {"SWEEP_SECONDS": "10"})  # as it is shipped
        os.environ["TWOSOURCE_DATA_DIR"] = folder
        django.setup()
        articles = texts(given.folders, given.articles + WARM_UP)[: given.articles + WARM_UP]
        try:
            result = latency(house, articles)
        finally:
            house.close()
    sys.stdout.write(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
