"""Time of ``analyze`` against the bare parse, and memory over many texts, as JSON.

    python -m tests.benchmarks.analyze_speed FOLDER [--rounds 3] [--articles 5000]

FOLDER is searched for ``*.txt``. Both sides read the same texts in turns within one process. Times are
processor time and the ratio is that of the best rounds, so that a busy machine does not tell. With
``--articles N`` a stream of N texts that differ from each other (a serial number in every paragraph) is
read, and the resident memory in MB is given after each tenth, with the peak of the process.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import spacy
from spacy.language import Language

from claims.extraction import analyze_many, pipeline

_DAY = date(2025, 2, 18)


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _bare(nlp: Language, texts: Sequence[str]) -> None:
    with nlp.memory_zone():
        for _doc in nlp.pipe(texts, batch_size=32):
            pass


def _analyzed(texts: Sequence[str]) -> None:
    for _analysis in analyze_many((text, _DAY) for text in texts):
        pass


def speed(texts: Sequence[str], rounds: int) -> dict[str, float]:
    nlp = spacy.load(pipeline.model_name())  # as it comes, without what the pipeline changes about it
    _bare(nlp, texts[:4])
    _analyzed(texts[:4])
    pairs = [(_timed(lambda: _bare(nlp, texts)), _timed(lambda: _analyzed(texts))) for _ in range(rounds)]
    bare, full = min(b for b, _ in pairs), min(f for _, f in pairs)
    return {"nlp_pipe_s": round(bare, 3), "analyze_s": round(full, 3), "ratio": round(full / bare, 3)}


def _novel(texts: Sequence[str], count: int) -> Iterator[tuple[str, date]]:
    for number in range(count):
        text = texts[number % len(texts)]
        yield text.replace("\n\n", f" Serial{number}x{number * 7919 % 104729}.\n\n"), _DAY


def _resident_mb() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def memory(texts: Sequence[str], count: int) -> dict[str, object]:
    marks = []
    for number, _analysis in enumerate(analyze_many(_novel(texts, count)), start=1):
        if number % max(1, count // 10) == 0:
            marks.append(round(_resident_mb(), 1))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"articles": count, "resident_mb": marks, "peak_mb": round(peak, 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--articles", type=int, default=0)
    given = parser.parse_args()
    texts = [path.read_text("utf-8") for path in sorted(given.folder.rglob("*.txt"))]
    if not texts:
        parser.error(f"no .txt in {given.folder}")
    result: dict[str, object] = {"texts": len(texts), **speed(texts, given.rounds)}
    if given.articles:
        result["memory"] = memory(texts, given.articles)
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
