"""Trains the check-worthiness weights.

``python -m claims.extraction.checkworthiness.train FILE... [--out FILE]``

Each FILE holds JSON Lines ``{"text", "checkworthy"}``. The fit is L2-penalised logistic regression by
Newton's method (iteratively reweighted least squares), so the same data gives the same weights.
Rare features are dropped; the threshold that gives the best F1 in cross-validation moves the bias,
so that 0.5 divides.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from claims.extraction import pipeline
from claims.extraction.checkworthiness import features
from claims.extraction.checkworthiness.model import WEIGHTS
from claims.extraction.parts import Parts

Matrix = NDArray[np.float64]
_BATCH = 200


def _whole(doc: Doc, parts: Parts) -> dict[str, float]:
    return features.read(doc, 0, len(doc), parts, features.Reported(parts))


def read_rows(path: Path) -> tuple[list[dict[str, float]], Matrix]:
    """The features and the labels (1 or 0) of a JSON Lines file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    read: list[dict[str, float]] = []
    for at in range(0, len(rows), _BATCH):
        read += pipeline.read([(row["text"], None) for row in rows[at : at + _BATCH]], _whole)
    return read, np.array([float(row["checkworthy"]) for row in rows])


def matrix(rows: Sequence[dict[str, float]], names: Sequence[str]) -> Matrix:
    """A row for each sentence, a column for each name, and a last column of ones."""
    column = {name: i for i, name in enumerate(names)}
    table = np.zeros((len(rows), len(names) + 1))
    table[:, -1] = 1.0
    for i, row in enumerate(rows):
        for name, value in row.items():
            if name in column:
                table[i, column[name]] = value
    return table


def fit(table: Matrix, labels: Matrix, penalty: float, rounds: int = 12) -> Matrix:
    """Weights by Newton's method; the bias (last column) is not penalised."""
    weights = np.zeros(table.shape[1])
    ridge = np.full(table.shape[1], penalty)
    ridge[-1] = 1e-6
    for _ in range(rounds):
        chance = 1.0 / (1.0 + np.exp(-np.clip(table @ weights, -30, 30)))
        gradient = table.T @ (labels - chance) - ridge * weights
        curvature = (table * (chance * (1 - chance))[:, None]).T @ table + np.diag(ridge)
        step = np.linalg.solve(curvature, gradient)
        weights += step
        if float(np.abs(step).max()) < 1e-5:
            break
    return weights


def best_threshold(scores: Matrix, labels: Matrix) -> tuple[float, float]:
    """The log-odds above which F1 of the positive class is best, and that F1."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(labels[order])
    f1 = 2 * hits / (np.arange(1, len(labels) + 1) + labels.sum())
    best = int(np.argmax(f1))
    following = scores[order[min(best + 1, len(order) - 1)]]
    return float((scores[order[best]] + following) / 2), float(f1[best])


def cross_validated(table: Matrix, labels: Matrix, penalty: float, folds: int = 5) -> Matrix:
    """The log-odds of each row from weights that did not see it; folds are contiguous."""
    scores = np.zeros(len(labels))
    for held in np.array_split(np.arange(len(labels)), folds):
        seen = np.setdiff1d(np.arange(len(labels)), held)
        scores[held] = table[held] @ fit(table[seen], labels[seen], penalty)
    return scores


def train(
    rows: Sequence[dict[str, float]], labels: Matrix, *, penalty: float, least: int
) -> dict[str, object]:
    """The model as it is stored, from the features and labels of all rows."""
    seen = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in seen.items() if count >= least)
    table = matrix(rows, names)
    threshold, f1 = best_threshold(cross_validated(table, labels, penalty), labels)
    weights, means = fit(table, labels, penalty), table.mean(axis=0)
    return {
        "rows": len(rows),
        "positives": int(labels.sum()),
        "penalty": penalty,
        "f1_cross_validated": round(f1, 4),
        "bias": round(float(weights[-1]) - threshold, 4),
        "features": {
            name: [round(float(weights[i]), 4), round(float(means[i]), 4)] for i, name in enumerate(names)
        },
    }


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path, help='JSON Lines {"text", "checkworthy"}')
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--penalty", type=float, default=20.0, help="strength of the L2 penalty")
    parser.add_argument("--least", type=int, default=15, help="drop features in fewer rows than this")
    chosen = parser.parse_args(arguments)
    read = [read_rows(path) for path in chosen.files]
    rows = [row for part, _ in read for row in part]
    labels = np.concatenate([part for _, part in read])
    model = train(rows, labels, penalty=chosen.penalty, least=chosen.least)
    chosen.out.write_text(
        json.dumps(model, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )
    sys.stdout.write(f"{model['rows']} rows, F1 cross-validated {model['f1_cross_validated']}\n")


if __name__ == "__main__":
    main()
