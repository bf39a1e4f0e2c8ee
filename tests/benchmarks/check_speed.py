"""Time of ``check`` against ``analyze`` alone, on the store of ``DATABASE_URL``, as JSON.

    python -m tests.benchmarks.check_speed FOLDER [--words 1000] [--rounds 5]

FOLDER is searched for ``*.txt``; their words make one text, and so does one of wordings of stored claims, which finds
far more than a draft would. Both sides read the same texts in turns. Times are by the clock; ``cpu`` are those of this
process alone, without the database's, for a busy machine. Fill a store with ``tests.benchmarks.large_store``.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import django

_DAY = date(2025, 2, 18)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    clock, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - cpu


def measure(text: str, rounds: int) -> dict[str, object]:
    from claims.extraction import analyze
    from verification.selectors.checking import check

    places = check(text, _DAY)  # loads the model, and warms the database
    pairs = [(_timed(lambda: analyze(text, _DAY)), _timed(lambda: check(text, _DAY))) for _ in range(rounds)]
    told: dict[str, object] = {
        "words": len(text.split()),
        "mentions": len(places),
        "matches": sum(len(place.matches) for place in places),
    }
    for name, at in (("clock", 0), ("cpu", 1)):
        alone, whole = min(a[at] for a, _ in pairs), min(c[at] for _, c in pairs)
        told[name] = {
            "analyze_s": round(alone, 3), "check_s": round(whole, 3), "ratio": round(whole / alone, 2)
        }  # fmt: skip
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--words", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from claims.models import Claim

    written = " ".join(path.read_text("utf-8") for path in sorted(given.folder.rglob("*.txt"))).split()
    if not written:
        parser.error(f"no .txt in {given.folder}")
    wordings = Claim.objects.order_by("-pk").values_list("text", flat=True)[: given.words // 5]
    result = {
        "claims": Claim.objects.count(),
        "text": measure(" ".join(written[: given.words]), given.rounds),
        "known_claims": measure(" ".join(" ".join(wordings).split()[: given.words]), given.rounds),
    }
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
