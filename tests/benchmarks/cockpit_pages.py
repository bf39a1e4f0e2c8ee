"""Server time and queries of every page of the cockpit: ``python -m tests.benchmarks.cockpit_pages``.

On the store of ``DATABASE_URL`` (or ``TWOSOURCE_DATA_DIR``), which is filled with ``--claims`` generated claims if it
is empty (see :mod:`tests.benchmarks.large_store`). Prints one JSON object: for each page the quickest of
``--repeat`` requests in milliseconds after one that warms caches, its queries, and its size. Server time is that of
the whole Django stack without a network: ``ms`` by the clock, ``cpu_ms`` what this process took, which on SQLite is
all there is and on a busy machine the truer figure. What is written to measure is rolled back. Exit status 1 if
a page takes longer than ``--most`` by ``--clock``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import django


def main() -> int:
    parser = argparse.ArgumentParser(prog="cockpit_pages", description=__doc__.splitlines()[0])
    parser.add_argument("--claims", type=int, default=100_000, help="of a store that has to be made (100000)")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--most", type=float, default=100.0, help="milliseconds a page may take (100)")
    parser.add_argument("--clock", choices=["ms", "cpu_ms"], default="ms")
    parser.add_argument("--no-work", action="store_true", help="pages only, no bulk change and exports")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    django.setup()
    prepare(options.claims)
    from django.db import connection

    from claims.models import Claim

    pages = [measure(name, path, options.repeat) for name, path in paths() if options.only in name]
    report = {
        "claims": Claim.objects.count(),
        "database": connection.vendor,
        "python": platform.python_version(),
        "pages": pages,
        "work": [] if options.only or options.no_work else [export("csv"), export("jsonl"), bulk_start()],
        "over": [page["page"] for page in pages if page[options.clock] > options.most],
    }
    print(json.dumps(report, indent=1))  # noqa: T201
    return 1 if report["over"] else 0


def prepare(claims: int) -> None:
    from django.core.management import call_command

    from claims.models import Claim
    from tests.benchmarks.large_store import build
    from verification.services.counting import count

    call_command("migrate", verbosity=0)
    if not Claim.objects.exists():
        build(claims)
    count()


def client() -> Any:
    from django.contrib.auth.models import User
    from django.test import Client

    user, _ = User.objects.get_or_create(
        username="cockpit-benchmark", defaults={"is_staff": True, "is_superuser": True}
    )
    found = Client(SERVER_NAME="localhost")
    found.force_login(user)
    return found


def paths() -> Iterator[tuple[str, str]]:
    """Every page by name; of pages about one row, one that has as much as most, and one that has the most."""
    from django.db.models import Count
    from django.urls import reverse

    from claims.models import Article, Claim, Entity, Job, Mention, Revision, Source
    from verification.models import Relation

    yield "front page", reverse("admin:index")
    yield "dashboard", reverse("admin:dashboard")
    queue = reverse("admin:verification_waiting_changelist")
    yield from (("queue", queue), ("queue, words", f"{queue}?words=percent"))
    yield from (("queue, conflicting", f"{queue}?basis=conflicting"), ("queue, kind", f"{queue}?kind=event"))
    claims = reverse("admin:claims_claim_changelist")
    source, name = Source.objects.order_by("pk")[5].pk, Entity.objects.order_by("pk")[50].name.split()[0]
    for words, query in (
        ("", ""),
        (", page 2", "?p=2"),
        (", last page", f"?p={max(Claim.objects.count() // 50, 1)}"),
        (", disputed", "?standing__status=disputed"),
        (", unverified", "?standing__status=unverified"),
        (", detected", "?standing__workflow=detected"),
        (", kind", "?kind=quantity"),
        (", source", f"?source={source}"),
        (", words", f"?q={name}"),
        (", today", "?created_at__gte=2024-01-01+00:00:00%2B00:00"),
    ):
        yield f"claims{words}", claims + query
    bulk = reverse("admin:claims_claim_bulk")
    yield from (("bulk preview, all", bulk), ("bulk preview, kind", f"{bulk}?kind=event"))
    for model in ("article", "entity", "job", "mention", "publisher", "source", "step", "submission"):
        yield f"{model}s", reverse(f"admin:claims_{model}_changelist")
    for model in ("event", "judgement", "relation", "verdict"):
        yield f"{model}s", reverse(f"admin:verification_{model}_changelist")
    yield "submissions, failed", reverse("admin:claims_submission_changelist") + "?state=failed"
    yield "submissions, done", reverse("admin:claims_submission_changelist") + "?state=done"
    yield "steps, failed", reverse("admin:claims_step_changelist") + "?state__exact=failed"
    most = Mention.objects.values("claim").annotate(n=Count("pk")).order_by("-n")[0]["claim"]
    for words, pk in (("", Claim.objects.order_by("pk")[1000].pk), (", most mentions", most)):
        yield f"dossier{words}", reverse("admin:claims_claim_change", args=[pk])
    longest = Revision.objects.order_by("-length").values_list("article", flat=True)[0]
    fullest = Mention.objects.values("revision__article").annotate(n=Count("pk")).order_by("-n")[0]
    for words, pk in (
        ("", Article.objects.order_by("pk")[1000].pk),
        (", longest", longest),
        (", most mentions", fullest["revision__article"]),
    ):
        yield f"article{words}", reverse("admin:claims_article_change", args=[pk])
    relation = Relation.objects.order_by("pk").first()
    if relation is not None:
        yield "compare", reverse("admin:verification_relation_change", args=[relation.pk])
    job = Job.objects.first()
    if job is not None:
        yield "bulk change", reverse("admin:claims_job_change", args=[job.pk])


def measure(name: str, path: str, repeat: int) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    visitor = client()
    with CaptureQueriesContext(connection) as queries:
        answer = visitor.get(path)
    told = [query["sql"] for query in queries.captured_queries]
    if answer.status_code != 200:
        raise SystemExit(f"{name} ({path}) answers {answer.status_code}")
    times = [_timed(lambda: visitor.get(path)) for _ in range(repeat)]
    return {
        "page": name,
        "ms": round(min(wall for wall, _ in times), 1),
        "cpu_ms": round(min(cpu for _, cpu in times), 1),
        "queries": len(told),
        "kilobytes": round(len(answer.content) / 1024),
    }


def bulk_start() -> dict[str, Any]:
    """To begin to flag all claims there are; taken back."""
    from django.contrib.auth.models import User
    from django.db import transaction

    from claims import pipeline
    from claims.models import Claim
    from verification.services import bulk

    actor = User.objects.get(username="cockpit-benchmark")
    found: dict[str, Any] = {"work": "bulk start, all claims"}
    with transaction.atomic(), pipeline.in_process():
        began = time.perf_counter()
        job = bulk.start(Claim.objects.all(), bulk.ACTIONS["flag"], actor=actor, reason="to measure")
        found |= {"ms": round((time.perf_counter() - began) * 1000), "claims": job.total}
        part = job.parts.first()
        assert part is not None
        began = time.perf_counter()
        bulk.do_part(part.pk, None)
        found["ms_a_claim"] = round((time.perf_counter() - began) * 1000 / len(part.rows), 2)
        transaction.set_rollback(True)
    return found


def export(name: str) -> dict[str, Any]:
    """All claims as a file: time to the first bytes, rows a second, and by how much memory grew at most."""
    from django.urls import reverse

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    answer = client().get(reverse(f"admin:claims_claim_export_{name}"))
    chunks = iter(answer.streaming_content)
    written = len(next(chunks))
    first = time.perf_counter() - began
    written += sum(len(chunk) for chunk in chunks)
    from claims.models import Claim

    seconds = time.perf_counter() - began
    return {
        "work": f"export all claims, {name}",
        "ms_to_first_bytes": round(first * 1000),
        "seconds": round(seconds, 1),
        "rows_a_second": round(Claim.objects.count() / seconds),
        "megabytes": round(written / 1024**2, 1),
        "memory_grew_mb": round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, 1),
    }


def _timed(call: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock, and of this process."""
    began, cpu = time.perf_counter(), time.process_time()
    call()
    return (time.perf_counter() - began) * 1000, (time.process_time() - cpu) * 1000


if __name__ == "__main__":
    sys.exit(main())
