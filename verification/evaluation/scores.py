"""The arithmetic of measuring: counts, classes, rankings. No I/O and nothing of the domain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, false positives, false negatives. Ratios are 0 where nothing could be right."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.spurious + other.spurious, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return ratio(self.right, self.right + self.spurious)

    @property
    def recall(self) -> float:
        return ratio(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        return ratio(2 * self.right, 2 * self.right + self.spurious + self.missed)


@dataclass(frozen=True, slots=True)
class Share:
    """So many right of so many asked."""

    right: int = 0
    of: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.of + other.of)

    @property
    def value(self) -> float:
        return ratio(self.right, self.of)


@dataclass(frozen=True, slots=True)
class ClassScores:
    """A classification: pairs of gold and predicted label, counted."""

    labels: tuple[str, ...]
    confusion: tuple[tuple[tuple[str, str], int], ...]  # ((gold, predicted), how often), sorted

    @property
    def size(self) -> int:
        return sum(count for _, count in self.confusion)

    @property
    def accuracy(self) -> float:
        return ratio(sum(n for (gold, said), n in self.confusion if gold == said), self.size)

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the labels that occur in the gold."""
        present = [label for label in self.labels if any(gold == label for (gold, _), _n in self.confusion)]
        return ratio(sum(self.of(label).f1 for label in present), len(present))

    def of(self, label: str) -> Counts:
        """The counts of one label against the rest."""
        right = sum(n for pair, n in self.confusion if pair == (label, label))
        said = sum(n for (_, predicted), n in self.confusion if predicted == label)
        gold = sum(n for (truth, _), n in self.confusion if truth == label)
        return Counts(right, said - right, gold - right)


def classify(labels: Sequence[str], pairs: Iterable[tuple[str, str]]) -> ClassScores:
    """Scores of ``pairs`` (gold, predicted)."""
    return ClassScores(tuple(labels), tuple(sorted(Counter(pairs).items())))


def average_precision(ranked: Sequence[bool], relevant: int | None = None) -> float:
    """Mean of the precisions at each hit of a ranking (best first), over ``relevant`` items in all.

    Without ``relevant`` the ranking is taken to hold them all. 0 if there are none.
    """
    hits, total = 0, 0.0
    for rank, hit in enumerate(ranked, start=1):
        if hit:
            hits += 1
            total += hits / rank
    return ratio(total, hits if relevant is None else relevant)


def mean(values: Sequence[float]) -> float:
    return ratio(sum(values), len(values))


def ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def multiset_counts(gold: Iterable[Hashable], system: Iterable[Hashable]) -> Counts:
    """How two bags agree."""
    wanted, given = Counter(gold), Counter(system)
    right = (wanted & given).total()
    return Counts(right, given.total() - right, wanted.total() - right)
