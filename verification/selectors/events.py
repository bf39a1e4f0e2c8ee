"""Which articles may tell of the same event: those that share rare words of names, near in time first."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from verification.selectors.keys import Holders, frequency_key

#: a word of more articles tells too little
COMMON = 300
#: so many rows of the table are looked at for one article, those of its rarest words first
FOLLOWED = 600
MOST_ARTICLES = 8
#: the sum of the weights of shared words (in nats) from which on two articles may tell of one event
ONE_EVENT_AT = 3.0
_WEEK = 7 * 86_400


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of in a text: the words of the names in it. ``article`` is its own, None if it has none."""

    words: Collection[str]
    published: datetime | None
    article: int | None = None


class Events:
    """For each of several texts, the articles that likeliest tell of the same event: of those that are stored and of
    those given before it.

    :param count: how many stored articles have a word, under its :func:`frequency_key`.
    """

    def __init__(self, told: Sequence[Told], count: Mapping[str, int]) -> None:
        self._told = told
        given: dict[str, list[Told]] = defaultdict(list)  # before the one that is looked at
        #: for each the words that are followed, with their weights, and who of those before it has them
        self._followed: list[dict[str, float]] = []
        self._beside: list[dict[str, list[Told]]] = []
        for one in told:
            common = {word: count.get(frequency_key(word), 0) + len(given[word]) for word in one.words}
            self._followed.append(_rarest(common))
            self._beside.append({word: list(given[word]) for word in self._followed[-1]})
            if one.article is not None:
                for word in one.words:
                    given[word].append(one)

    @property
    def keys(self) -> set[str]:
        """Of the words whose holders :meth:`near` has to be told."""
        return {frequency_key(word) for words in self._followed for word in words}

    def near(self, holders: Holders) -> list[list[int]]:
        """The articles for each text, best first."""
        return [
            _nearest(one, weights, holders, beside)
            for one, weights, beside in zip(self._told, self._followed, self._beside, strict=True)
        ]


def _rarest(count: Mapping[str, int]) -> dict[str, float]:
    """The weights of the rarest words that lead to ``FOLLOWED`` rows together."""
    left, followed = FOLLOWED, {}
    for word in sorted(count, key=lambda word: (count[word], word)):
        if not 0 < count[word] <= COMMON:
            continue
        left -= count[word]
        if left < 0:
            break
        followed[word] = math.log((COMMON + 1) / count[word])
    return followed


def _nearest(
    one: Told,
    weights: Mapping[str, float],
    holders: Holders,
    beside: Mapping[str, Sequence[Told]],
) -> list[int]:
    weight: dict[int, float] = defaultdict(float)
    when: dict[int, datetime | None] = {}
    for word, worth in weights.items():
        given = [(other.article, other.published) for other in beside[word] if other.article is not None]
        for article, day in (*holders.get(frequency_key(word), ()), *given):
            weight[article] += worth
            when[article] = day
    weight.pop(one.article or 0, None)
    found = [article for article in weight if weight[article] >= ONE_EVENT_AT]
    score = {a: weight[a] - math.log1p(_weeks_apart(one.published, when[a])) for a in found}
    return sorted(found, key=lambda article: (-score[article], article))[:MOST_ARTICLES]


def _weeks_apart(one: datetime | None, other: datetime | None) -> float:
    return abs((one - other).total_seconds()) / _WEEK if one and other else 0.0
