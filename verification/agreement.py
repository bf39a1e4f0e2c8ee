"""How often two reviewers agree, beyond what chance would give: Cohen's kappa. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class Agreement:
    """``observed`` and ``expected`` are shares of 1. ``kappa`` is 1 for full agreement, 0 for what chance gives.

    ``kappa``, ``low`` and ``high`` (a 95% interval) are None where both always gave the same one word: then
    chance alone would have them agree, and kappa says nothing.
    """

    count: int
    agreed: int
    observed: float
    expected: float
    kappa: float | None
    low: float | None
    high: float | None


def cohens_kappa(table: Mapping[tuple[str, str], int]) -> Agreement:
    """Agreement of two raters from how often each pair of words was given, the first rater's word first.

    Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20
    (1960), with its standard error sqrt(po (1 - po) / (n (1 - pe)^2)). Raises ValueError for an empty table.
    """
    count = sum(table.values())
    if not count:
        raise ValueError("no pair of verdicts was given: at least one is needed")
    agreed = sum(n for (one, other), n in table.items() if one == other)
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (one, other), n in table.items():
        first[one] += n
        second[other] += n
    observed = agreed / count
    # Whole numbers until the last step: a table with one word must give exactly 1.
    chance = sum(first[word] * second[word] for word in first)
    expected = chance / (count * count)
    if chance == count * count:
        return Agreement(count, agreed, observed, expected, None, None, None)
    kappa = (observed - expected) / (1 - expected)
    error = sqrt(observed * (1 - observed) / (count * (1 - expected) ** 2))
    low, high = max(-1.0, kappa - 1.96 * error), min(1.0, kappa + 1.96 * error)
    return Agreement(count, agreed, observed, expected, kappa, low, high)
