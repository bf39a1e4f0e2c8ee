"""What each step of the pipeline costs beside ``analyze`` alone, in one process, as JSON.

    DATABASE_URL=... python -m tests.benchmarks.pipeline_cost [--articles 300] [FOLDER...]

On an empty database: generated short reports (those of ``pipeline_load``), or the ``*.txt`` of the folders. Processor
time in milliseconds and queries, an article; the time that the database itself takes is not in it on PostgreSQL.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

KINDS = ("fetch", "extract", "crosscheck")


def texts(folders: list[str], count: int) -> list[dict[str, str]]:
    from tests.benchmarks.pipeline_load import articles

    if not folders:
        return list(articles(count))
    files = [file for folder in folders for file in sorted(Path(folder).glob("*.txt"))]
    return [
        {
            "url": f"https://{file.parent.name}.example/{file.stem}",
            "source": file.stem,
            "published": "2025-03-03",
            "text": file.read_text(),
        }
        for file in files
    ]


def alone(given: list[dict[str, str]]) -> float:
    """Milliseconds that ``analyze`` takes for one of them, one at a time."""
    from claims.extraction import analyze

    for one in given[:20]:
        analyze(one["text"])
    start = time.process_time()
    for one in given[:300]:
        analyze(one["text"], datetime.fromisoformat(one["published"]))
    return (time.process_time() - start) / len(given[:300]) * 1000


def measure(given: list[dict[str, str]]) -> dict[str, Any]:
    from django.db import connection

    from claims import pipeline
    from claims.models import Step, Submission
    from claims.pipeline import kinds
    from claims.services.submitting import Incoming, submit
    from verification.comparison.stance import model as stance

    spent: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    kind = "fetch"

    def count(execute: Any, *query: Any) -> Any:
        asked[kind] += 1
        return execute(*query)

    bare = alone(given)
    stance.loaded()  # as the models of extraction are by now
    with pipeline.in_process():
        for one in given:
            day = datetime.fromisoformat(one["published"]).replace(tzinfo=UTC)
            submit(
                Incoming(
                    Submission.Kind.TEXT, Submission.Channel.CLI, one["url"], one["text"].encode(),
                    url=one["url"], source=one["source"], published=day,
                )
            )  # fmt: skip
        with connection.execute_wrapper(count):
            for kind in KINDS:
                ids = list(Step.objects.filter(kind=kind).order_by("pk").values_list("pk", flat=True))
                together = kinds.get(kind).together
                if (
                    kind != "fetch" and together
                ):  # of what follows only the first of those done at once is rung for
                    ids = ids[:: together.most]
                start = time.process_time()
                for step_id in ids:
                    pipeline.run(step_id, "measured")
                spent[kind] = time.process_time() - start
    each = {kind: spent[kind] / len(given) * 1000 for kind in KINDS}
    whole = sum(each.values())
    return {
        "articles": len(given),
        "not_done": Step.objects.exclude(state=Step.State.DONE).count(),
        "analyze_ms": round(bare, 2),
        "ms": {kind: round(value, 2) for kind, value in each.items()},
        "queries": {kind: round(asked[kind] / len(given), 2) for kind in KINDS},
        "of_analyze_alone": round(bare / whole, 2),
        "cross_checked_of_extracted": round((each["fetch"] + each["extract"]) / whole, 2),
    }


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("folders", nargs="*")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    logging.disable(logging.INFO)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    sys.stdout.write(json.dumps(measure(texts(given.folders, given.articles)), indent=1) + "\n")


if __name__ == "__main__":
    main()
