"""Which sentences are worth checking (CheckThat! 2019, 2024): F1 of the positive class, MAP over debates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from verification.evaluation.reading import Row
from verification.evaluation.scores import Counts, average_precision, mean

#: a sentence at or above it is worth checking
THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class GoldLine:
    text: str
    worth: bool
    document: str | None = None


@dataclass(frozen=True, slots=True)
class CheckworthinessScores:
    """``mean_average_precision`` is over the documents with a sentence worth checking; without documents the
    whole file is one ranking. ``best_f1`` is what the best threshold on this very file would give: it tells
    how much is lost to the threshold, and is no result."""

    at_threshold: Counts
    best_f1: float
    mean_average_precision: float
    documents: int


def read_line(row: Row) -> GoldLine:
    return GoldLine(row.text("text"), row.flag("checkworthy"), row.optional_text("document"))


def score_checkworthiness(pairs: Iterable[tuple[GoldLine, float]]) -> CheckworthinessScores:
    """``pairs`` of a line and its score, 0 to 1."""
    scored = [(gold.worth, score, gold.document) for gold, score in pairs]
    rankings: dict[str | None, list[tuple[float, bool]]] = {}
    for worth, score, document in scored:
        rankings.setdefault(document, []).append((score, worth))
    precisions = [
        average_precision(_ranked(lines)) for lines in rankings.values() if any(w for _, w in lines)
    ]
    everything = [(score, worth) for worth, score, _ in scored]
    return CheckworthinessScores(
        at_threshold=counts_at(everything, THRESHOLD),
        best_f1=_best_f1(everything),
        mean_average_precision=mean(precisions),
        documents=len(precisions),
    )


def counts_at(lines: Sequence[tuple[float, bool]], threshold: float) -> Counts:
    right = sum(worth and score >= threshold for score, worth in lines)
    said = sum(score >= threshold for score, _ in lines)
    return Counts(right, said - right, sum(worth for _, worth in lines) - right)


def _ranked(lines: Sequence[tuple[float, bool]]) -> list[bool]:
    """Best first; among equal scores in the document's order, which favours nobody."""
    return [worth for _, worth in sorted(lines, key=lambda line: -line[0])]


def _best_f1(lines: Sequence[tuple[float, bool]]) -> float:
    relevant = sum(worth for _, worth in lines)
    best, right = 0.0, 0
    ordered = sorted(lines, key=lambda line: -line[0])
    for said, (score, worth) in enumerate(ordered, start=1):
        right += worth
        if said == len(ordered) or ordered[said][0] < score:  # a threshold cannot divide equal scores
            best = max(best, Counts(right, said - right, relevant - right).f1)
    return best
