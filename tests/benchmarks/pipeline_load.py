"""The whole pipeline under load, as JSON: what is lost, what is doubled, how fast, and whether memory grows.

    DATABASE_URL=postgres://... REDIS_URL=redis://... python -m tests.benchmarks.pipeline_load [--articles 20000]

Starts ``manage.py up`` with ``--workers`` processes on a database and a data directory of its own, hands in generated
short articles, no two alike, and watches the rows. ``analyze`` alone reads the same texts afterwards, one at a time in
one process. Other work on the machine tells on wall-clock figures; ``cpu`` figures are the processor seconds of the
workers and of ``analyze``, and their ratio is what the pipeline costs beyond extraction.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.houses import House, database_of_its_own, wait_for

START = date(2025, 1, 6)
EVERY = 5.0  # seconds between two looks
_SYLLABLES = "ar bel cor dun el far gal hol ir kel lom mar nor or pel quin".split()
_ENDS = ("ford", "ton", "wick", "stead", "by", "mouth", "bury", "dale")
_WHO = (
    "mayor",
    "council",
    "port authority",
    "water board",
    "statistics office",
    "fire service",
    "health board",
)
_WHAT = (
    "schools",
    "bridges",
    "buses",
    "clinics",
    "pumps",
    "houses",
    "ferries",
    "turbines",
    "bakeries",
    "cranes",
)
_TEMPLATES = (
    "The {who} of {town} spent ${n} million on {m} {what} in {year}. Traffic fell by {p} percent, the {who} said.",
    "{town} lost {m} {what} in {year}, the {who} said on Tuesday. Repairs cost ${n} million.",
    "About {p} percent of the {what} of {town} were closed in {year}. The {who} said {m} would open again.",
    "More than {m} people left {town} in {year}, {p} percent more than a year before, the {who} reported.",
)


def articles(count: int, seed: int = 8) -> Iterator[dict[str, str]]:
    """Short reports of invented towns; about one in ten tells another's figure anew."""
    rng = random.Random(seed)
    towns = ["".join(p).capitalize() for p in itertools.product(_SYLLABLES, _SYLLABLES[:8], _ENDS)]
    facts: list[str] = []
    for number in range(count):
        if facts and rng.random() < 0.1:
            fact = rng.choice(facts[-500:])
        else:
            fact = rng.choice(_TEMPLATES).format(
                town=rng.choice(towns), who=rng.choice(_WHO), what=rng.choice(_WHAT), year=rng.randrange(1995, 2025),
                n=rng.randrange(2, 900), m=rng.randrange(3, 5000), p=rng.randrange(2, 98),
            )  # fmt: skip
            facts.append(fact)
        yield {
            "url": f"https://paper{number % 97}.example/{number}",
            "source": f"Paper {number % 97}",
            "published": (START + timedelta(days=number % 300)).isoformat(),
            "text": f"{fact} The report is the {number}th of its kind.",
        }


class Watch:
    """What the rows and the worker's processes look like, over time."""

    def __init__(self, house: House) -> None:
        import psycopg

        self.house = house
        self.rows = psycopg.connect(house.environment["DATABASE_URL"], autocommit=True)
        self.resident: list[float] = []
        self.spent: list[tuple[int, float]] = []  # articles done, processor seconds

    def one(self, query: str) -> Any:
        row = self.rows.execute(query).fetchone()  # type: ignore[call-overload]
        return row and row[0]

    def done(self) -> int:
        return int(self.one("SELECT count(*) FROM claims_step WHERE kind = 'crosscheck' AND state = 'done'"))

    def look(self) -> None:
        sizes = [_resident_mb(pid) for pid in self.house.pids("celery -A config worker")]
        self.spent.append((self.done(), self.cpu()))
        self.resident.append(round(max(sizes, default=0.0), 1))

    def cpu_an_article(self) -> list[float]:
        """In each tenth of the time."""
        marks = self.spent[:: max(1, len(self.spent) // 10)]
        pairs = itertools.pairwise(marks)
        return [round((b[1] - a[1]) / (b[0] - a[0]), 3) for a, b in pairs if b[0] > a[0]]

    def cpu(self) -> float:
        return sum(_cpu_seconds(pid) for pid in self.house.pids("celery -A config worker"))


def _resident_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0.0)


def _cpu_seconds(pid: int) -> float:
    """Of the process and of its children that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def load(house: House, count: int, workers: int) -> dict[str, Any]:
    texts = house.folder / "articles.jsonl"
    texts.write_text("".join(json.dumps(one) + "\n" for one in articles(count)))
    house.manage("migrate", timeout=600)
    house.manage("ingest", str(texts), timeout=3600)  # before, so that it takes nothing from what is measured
    house.up("--no-sample", "--workers", str(workers))
    wait_for("the site", house.answers)
    watch = Watch(house)
    cpu, begin = watch.cpu(), time.monotonic()
    while (done := watch.done()) < count:
        watch.look()
        if watch.one("SELECT count(*) FROM claims_step WHERE state = 'failed'"):
            break
        print(f"{done} of {count}, {watch.resident[-1]} MB", file=sys.stderr)  # noqa: T201
        time.sleep(EVERY)
    wall, cpu = time.monotonic() - begin, watch.cpu() - cpu
    finished = watch.rows.execute(
        "SELECT finished_at FROM claims_step WHERE kind = 'crosscheck' AND state = 'done' ORDER BY finished_at"
    ).fetchall()
    found = {
        "articles": count,
        "workers": workers,
        **integrity(watch, count),
        **_rates([row[0] for row in finished]),
        "wall_s": round(wall, 1),
        "cpu_s_an_article": round(cpu / count, 4),
        "cpu_s_an_article_over_time": watch.cpu_an_article(),
        "resident_mb": watch.resident[:: max(1, len(watch.resident) // 10)],
        "database_bytes_an_article": watch.one("SELECT pg_database_size(current_database())") // count,
        "claims": watch.one("SELECT count(*) FROM claims_claim"),
    }
    found["database_bytes_a_claim"] = found["database_bytes_an_article"] * count // max(1, found["claims"])
    found |= latency(house, watch)
    found["seconds_from_sigterm"] = _stop(house)
    watch.rows.close()
    return found


def integrity(watch: Watch, count: int) -> dict[str, Any]:
    """What is there more or less often than once."""
    one = watch.one
    return {
        "lost": count - one("SELECT count(DISTINCT article_id) FROM claims_revision"),
        "doubled_revisions": one("SELECT count(*) FROM claims_revision") - count,
        "doubled_mentions": one(
            'SELECT count(*) FROM (SELECT 1 FROM claims_mention GROUP BY revision_id, start, "end", wording '
            "HAVING count(*) > 1) twice"
        ),
        "steps_not_done": one("SELECT count(*) FROM claims_step WHERE state <> 'done'"),
        "tried_more_than_once": one("SELECT count(*) FROM claims_step WHERE attempts > 1"),
        "mentions": one("SELECT count(*) FROM claims_mention"),
    }


def _rates(finished: list[datetime]) -> dict[str, Any]:
    """Articles a second in each tenth, and of the last two over the second and third (the first warms up)."""
    size = len(finished) // 10
    tenths = [finished[n * size : (n + 1) * size] for n in range(10)] if size > 1 else []
    rates = [(len(t) - 1) / max((t[-1] - t[0]).total_seconds(), 1e-6) for t in tenths]
    ratio = (rates[8] + rates[9]) / (rates[1] + rates[2]) if rates else None
    return {"articles_a_second": [round(r, 2) for r in rates], "end_over_start": ratio and round(ratio, 2)}


def latency(house: House, watch: Watch, rounds: int = 7) -> dict[str, Any]:
    """From the end of ``submit`` to all steps done, one article on an idle system; the median in seconds."""
    times = []
    script = (
        "import time\nfrom claims.models import *\nfrom claims.services.submitting import *\n"
        "from claims.models import Step\nfor n in range({rounds}):\n"
        "    body = (chr(65 + n) + {text!r}).encode()\n"
        "    s, _ = submit(Incoming(Submission.Kind.TEXT, Submission.Channel.API, 'one', body))\n"
        "    start = time.monotonic()\n"
        "    while not Step.objects.filter(kind='crosscheck', state='done', revision__submissions=s).exists():\n"
        "        time.sleep(0.005)\n"
        "    print('LATENCY', time.monotonic() - start)\n    time.sleep(0.3)\n"
    )
    text = ". " + " ".join(a["text"] for a in articles(12, seed=9))
    said = house.manage(
        "shell", "--no-imports", "-c", script.format(rounds=rounds, text=text), timeout=600
    ).stdout
    times = sorted(float(line.split()[1]) for line in said.splitlines() if line.startswith("LATENCY"))
    alone = sorted(_analyze_seconds(chr(65 + n) + text)[1] for n in range(rounds))
    median, bare = times[rounds // 2], alone[rounds // 2]
    return {
        "one_article_s": round(median, 3),
        "one_article_analyze_s": round(bare, 3),
        "one_article_over_analyze": round(median / bare, 2),
    }


def _analyze_seconds(text: str) -> tuple[float, float]:
    from claims.extraction import analyze

    cpu, wall = time.process_time(), time.monotonic()
    analyze(text, START)
    return time.process_time() - cpu, time.monotonic() - wall


def alone(count: int) -> float:
    """Processor seconds that ``analyze`` takes for an article."""
    _analyze_seconds("A town lost 12 bridges.")
    return sum(_analyze_seconds(one["text"])[0] for one in articles(count)) / count


def _stop(house: House) -> float:
    start = time.monotonic()
    house.stop(signal.SIGTERM)
    return round(time.monotonic() - start, 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    if not os.environ.get("DATABASE_URL", "").startswith("postgres") or not os.environ.get("REDIS_URL"):
        parser.error("set DATABASE_URL (PostgreSQL) and REDIS_URL")
    with tempfile.TemporaryDirectory(prefix="twosource-load-") as folder, database_of_its_own() as extra:
        house = House(Path(folder), extra | {"SWEEP_SECONDS": "10"})  # as it is shipped
        try:
            result = load(house, given.articles, given.workers)
        finally:
            house.close()
        result["analyze_cpu_s_an_article"] = round(alone(min(given.articles, 500)), 4)
        result["of_analyze_alone"] = round(result["analyze_cpu_s_an_article"] / result["cpu_s_an_article"], 2)
        sys.stdout.write(json.dumps(result, indent=1) + "\n")  # before the database goes, which may fail


if __name__ == "__main__":
    main()
