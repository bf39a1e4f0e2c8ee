"""Measures a stance model by itself: ``STANCE_MODEL=FOLDER python -m tests.benchmarks.stance_model FILE...``.

Each FILE holds lines of evidence, claim and label, as ``manage.py evaluate stance`` reads them. Prints for
each file the accuracy and macro-F1, beside the accuracy of a reader of the claim alone and of the commonest
label; then the same for generated contrasts of every kind, and the pairs judged in a second.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path

from verification.comparison.stance import loaded, probabilities
from verification.comparison.stance.contrasts import Pair, contrasts
from verification.comparison.stance.rows import claim_only_accuracy
from verification.evaluation.stance import GoldStance, score_stance

UNSEEN = 4242  # a seed that training does not use


def read(path: Path) -> list[Pair]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    return [Pair(row["evidence"], row["claim"], row["label"], path.stem) for row in rows]


def report(name: str, pairs: list[Pair]) -> None:
    start = time.perf_counter()
    stances = probabilities([(pair.evidence, pair.claim) for pair in pairs])
    speed = len(pairs) / (time.perf_counter() - start)
    gold = [GoldStance(pair.evidence, pair.claim, pair.label, pair.source) for pair in pairs]
    scores = score_stance(list(zip(gold, stances, strict=True)))
    most = Counter(pair.label for pair in pairs).most_common(1)[0][1] / len(pairs)
    print(  # noqa: T201
        f"{name:28} {len(pairs):6} accuracy {scores.accuracy:.3f} macro-F1 {scores.macro_f1:.3f}"
        f"  claim only {claim_only_accuracy(pairs):.3f}  commonest {most:.3f}  {speed:.0f} pairs/s"
    )


def main(paths: list[str]) -> None:
    if loaded() is None:
        sys.exit("set STANCE_MODEL to the folder of a model")
    for path in paths:
        report(Path(path).stem, read(Path(path)))
    generated = list(contrasts(2000, UNSEEN))
    for kind in sorted({pair.source for pair in generated}):
        report(kind, [pair for pair in generated if pair.source == kind])


if __name__ == "__main__":
    main(sys.argv[1:])
