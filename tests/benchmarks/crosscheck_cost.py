"""What it costs to cross-check one new claim in a small and in a large store.

    python -m tests.benchmarks.crosscheck_cost [--claims 50] [--seed 7]

Runs on the database of ``DATABASE_URL`` (or ``TWOSOURCE_DATA_DIR``), which ``tests.benchmarks.large_store`` has filled
with another seed. Articles of one claim each, from the same made-up world, are stored as extraction would have done,
and each is cross-checked as the pipeline does. All of it is taken back. Prints one JSON object: the claims stored, p50
and p95 in milliseconds of wall time, of processor time (of this process, and of PostgreSQL's for it) and of time in the
database, and the plan of each query;
exit status 1 if one of them reads a whole table. Compare two stores that were measured one after the other on one
machine.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import django

#: tables that grow with the store; a plan that reads one of them whole is no plan
LARGE = (
    "claims_article", "claims_claim", "claims_entity", "claims_entitymention", "claims_mention", "claims_quantity",
    "claims_revision", "claims_step", "claims_submission", "claims_timeexpression", "verification_articleword",
    "verification_assessment", "verification_blockingkey", "verification_comparison", "verification_event",
    "verification_keyfrequency", "verification_origin", "verification_originmember", "verification_relation",
    "verification_standing",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="crosscheck_cost", description=__doc__.partition("\n")[0])
    parser.add_argument("--claims", type=int, default=50, help="how many new claims (50)")
    parser.add_argument("--seed", type=int, default=7, help="another than the store's (7)")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.db import connection, transaction

    from claims.models import Claim

    with transaction.atomic():
        told = measure(options.claims, options.seed)
        plans = plans_of_a_crosscheck()
        transaction.set_rollback(True)
    whole = [plan for plan in plans if reads_a_whole_table(plan["plan"])]
    told |= {
        "database": connection.vendor,
        "stored": Claim.objects.count(),
        "plans": plans,
        "whole tables": len(whole),
    }
    print(json.dumps(told, indent=1))  # noqa: T201
    sys.exit(1 if whole else 0)


def measure(claims: int, seed: int) -> dict[str, Any]:
    """Cross-check ``claims`` articles of one claim each. Within a transaction, which the caller takes back."""
    from django.db import connection

    from verification.services.crosschecking import compare_ahead, crosscheck

    wall, processor, database, server = [], [], [], []
    asked = Asked()
    for number, revision_id in enumerate(new_revisions(claims + 3, seed)):
        asked.seconds, asked.queries = 0.0, 0
        began, spent, worked = time.perf_counter(), time.process_time(), server_seconds()
        with connection.execute_wrapper(asked):
            crosscheck(revision_id, compare_ahead(revision_id))
        if number >= 3:  # the first ones load tables and code
            wall.append(1000 * (time.perf_counter() - began))
            processor.append(1000 * (time.process_time() - spent))
            database.append(1000 * asked.seconds)
            server.append(1000 * (server_seconds() - worked))
    return {
        "new claims": claims,
        "queries of the last": asked.queries,
        **{
            name: {"p50": percentile(values, 50), "p95": percentile(values, 95)}
            for name, values in (
                ("wall ms", wall),
                ("processor ms", processor),
                ("processor ms of the server", server),
                ("ms in the database", database),
            )
        },
    }


def server_seconds() -> float:
    """Processor time so far of PostgreSQL's process for this connection, if it runs on this (Linux) machine; else 0."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    try:
        told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
    except OSError:
        return 0.0
    return int(told.split()[0]) / 1e9


class Asked:
    """Counts queries and how long the database took for them, by the clock."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.queries = 0

    def __call__(self, execute: Callable[..., Any], *call: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*call)
        finally:
            self.seconds += time.perf_counter() - began
            self.queries += 1


def percentile(values: list[float], which: int) -> float:
    return round(statistics.quantiles(values, n=100, method="inclusive")[which - 1], 1)


def new_revisions(number: int, seed: int) -> Iterator[int]:
    """Revisions of one mention each, stored as extraction stores them."""
    from claims.models import Article, Revision, Source
    from claims.services.mentions import store_mentions
    from tests.benchmarks.large_store.rows import OUTLETS
    from tests.benchmarks.large_store.stories import stories

    ids = count(1)
    for story in stories(number * 30, OUTLETS, seed):
        told = story.articles[0]
        mention = told.tellings[0].mention
        url = f"https://outlet-{told.outlet + 1}.example/measured/{next(ids)}"
        article = Article.objects.create(
            url=url, source=Source.objects.get(name=f"Outlet {told.outlet + 1}"), published_at=told.published
        )
        digest = hashlib.sha256(url.encode()).hexdigest()
        revision = Revision.objects.create(
            article=article, number=1, text=told.text, length=len(told.text), sha256=digest
        )
        store_mentions({revision.pk: [mention]}, "measured")
        yield revision.pk
        number -= 1
        if not number:
            return


def plans_of_a_crosscheck() -> list[dict[str, str]]:
    """The plan of each query by which one more new claim is cross-checked, each sort of query once."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from verification.services.crosschecking import compare_ahead, crosscheck

    revision_id = next(new_revisions(1, 99))
    with CaptureQueriesContext(connection) as captured:
        crosscheck(revision_id, compare_ahead(revision_id))
    asked = {
        _short(query["sql"]): query["sql"]
        for query in captured
        if query["sql"].startswith(("SELECT", "UPDATE", "DELETE"))
    }
    explain: Callable[[str], str] = (
        _plan_on_postgresql if connection.vendor == "postgresql" else _plan_on_sqlite
    )
    return [{"query": short, "plan": explain(sql)} for short, sql in asked.items()]


def reads_a_whole_table(plan: str) -> bool:
    """Whether a plan goes through all rows, or a whole index, of a table that grows with the store."""
    tables = "|".join(LARGE)
    if re.search(rf"\bSCAN ({tables})\b|Seq Scan on ({tables})\b", plan):
        return True
    lines = plan.splitlines()
    through = re.compile(rf"Index (?:Only )?Scan using \S+ on ({tables})\b")
    return any(
        through.search(line) and not any("Cond:" in below for below in _details(lines[place + 1 :]))
        for place, line in enumerate(lines)
    )


def _details(lines: list[str]) -> Iterator[str]:
    """What PostgreSQL tells of a step of a plan: the lines up to the next step."""
    for line in lines:
        if "->" in line:
            return
        yield line


def _plan_on_postgresql(sql: str) -> str:
    """The plan as it would be if no table were small enough to be read whole."""
    from django.db import connection

    ways = ("seqscan", "hashjoin", "mergejoin")
    with connection.cursor() as cursor:
        for way in ways:
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN {sql}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
        for way in ways:
            cursor.execute(f"SET LOCAL enable_{way} = on")
    return plan


def _plan_on_sqlite(sql: str) -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(row[3] for row in cursor.fetchall())


def _short(sql: str) -> str:
    """The tables and conditions of a query, values left out."""
    told = re.sub(r"SELECT .*? FROM ", "", sql, count=1, flags=re.DOTALL)
    told = re.sub(r"IN \([^()]*\)", "IN (...)", told)
    return re.sub(r"= (?:\d[\d.]*|'[^']*')", "= ...", told)[:300]


if __name__ == "__main__":
    main()
