"""What it costs to cross-check one new claim in a small and in a large store.

    python -m tests.benchmarks.crosscheck_cost [--claims 50] [--seed 7]

Runs on the database of ``DATABASE_URL`` (or ``TWOSOURCE_DATA_DIR``), which ``tests.benchmarks.large_store`` has filled
with another seed. Articles of one claim each, from the same made-up world, are stored as extraction would have done,
and each is cross-checked as the pipeline does. All of it is taken back. Prints one JSON object: the claims stored, p50
and p95 in milliseconds of wall and of processor time, and for each query of the search the database's plan;
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
from typing import Any

import django

#: tables that grow with the store; a plan that reads one of them whole is no plan
LARGE = ("claims_mention", "claims_entitymention", "verification_blockingkey", "verification_articleword",
         "verification_keyfrequency", "claims_claim", "claims_quantity", "claims_timeexpression",
         "verification_comparison")  # fmt: skip


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
        plans = plans_of_the_search()
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
    from verification.services.crosschecking import compare_ahead, crosscheck

    wall, processor = [], []
    for number, revision_id in enumerate(new_revisions(claims + 3, seed)):
        began, spent = time.perf_counter(), time.process_time()
        crosscheck(revision_id, compare_ahead(revision_id))
        if number >= 3:  # the first ones load tables and code
            wall.append(1000 * (time.perf_counter() - began))
            processor.append(1000 * (time.process_time() - spent))
    return {
        "new claims": claims,
        "wall ms": {"p50": percentile(wall, 50), "p95": percentile(wall, 95)},
        "processor ms": {"p50": percentile(processor, 50), "p95": percentile(processor, 95)},
    }


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
        store_mentions(revision, [mention], "measured")
        yield revision.pk
        number -= 1
        if not number:
            return


def plans_of_the_search() -> list[dict[str, str]]:
    """The plan of each query that looks for candidates of one more new claim."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from verification.selectors.candidates import newcomers

    revision_id = next(new_revisions(1, 99))
    with CaptureQueriesContext(connection) as captured:
        newcomers(revision_id)
    asked = [query["sql"] for query in captured if query["sql"].startswith("SELECT")]
    explain: Callable[[str], str] = (
        _plan_on_postgresql if connection.vendor == "postgresql" else _plan_on_sqlite
    )
    return [{"query": _short(sql), "plan": explain(sql)} for sql in asked]


def reads_a_whole_table(plan: str) -> bool:
    """Whether a plan goes through all rows of a table that grows with the store."""
    tables = "|".join(LARGE)
    return bool(re.search(rf"Seq Scan on ({tables})\b|\bSCAN ({tables})\b(?! USING (COVERING )?INDEX)", plan))


def _plan_on_postgresql(sql: str) -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        return "\n".join(line for (line,) in cursor.fetchall())


def _plan_on_sqlite(sql: str) -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(row[3] for row in cursor.fetchall())


def _short(sql: str) -> str:
    """The tables and conditions of a query, lists of values left out."""
    told = re.sub(r"SELECT .*? FROM ", "", sql, count=1, flags=re.DOTALL)
    return re.sub(r"IN \([^()]{40,}\)", "IN (...)", told)[:300]


if __name__ == "__main__":
    main()
