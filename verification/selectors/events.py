"""Which articles may tell of the same event: those that share rare words of names, near in time first."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from verification.models import ArticleWord, KeyFrequency

#: a word of more articles tells too little
COMMON = 300
#: so many rows of the table are looked at for one article, those of its rarest words first
FOLLOWED = 600
MOST_ARTICLES = 8
#: the sum of the weights of shared words (in nats) from which on two articles may tell of one event
ONE_EVENT_AT = 3.0
_WEEK = 7 * 86_400


def frequency_key(word: str) -> str:
    """Under which :class:`KeyFrequency` counts the articles with a word."""
    return f"word:{word}"


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of in a text: the words of the names in it. ``article`` is its own, None if it has none."""

    words: Collection[str]
    published: datetime | None
    article: int | None = None


def near_articles(told: Sequence[Told]) -> list[list[int]]:
    """For each, the articles that likeliest tell of the same event, best first: of those that are stored and of
    those given before it. Two queries, however many are given."""
    stored = _stored_counts({word for one in told for word in one.words})
    given: dict[str, list[Told]] = defaultdict(list)  # before the one that is looked at
    followed: list[dict[str, float]] = []
    beside: list[dict[str, list[Told]]] = []
    for one in told:
        count = {word: stored.get(word, 0) + len(given[word]) for word in one.words}
        followed.append(_rarest(count))
        beside.append({word: list(given[word]) for word in followed[-1]})
        if one.article is not None:
            for word in one.words:
                given[word].append(one)
    holders: dict[str, list[tuple[int, datetime | None]]] = defaultdict(list)
    rows = ArticleWord.objects.filter(word__in={word for words in followed for word in words})
    for article, day, word in rows.values_list("article", "article__published_at", "word"):
        holders[word].append((article, day))
    return [
        _nearest(one, weights, holders, near)
        for one, weights, near in zip(told, followed, beside, strict=True)
    ]


def _stored_counts(words: Collection[str]) -> dict[str, int]:
    counts = KeyFrequency.objects.filter(key__in=[frequency_key(word) for word in words])
    return {key.partition(":")[2]: count for key, count in counts.values_list("key", "claims")}


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
    holders: Mapping[str, Sequence[tuple[int, datetime | None]]],
    beside: Mapping[str, Sequence[Told]],
) -> list[int]:
    weight: dict[int, float] = defaultdict(float)
    when: dict[int, datetime | None] = {}
    for word, worth in weights.items():
        given = [(other.article, other.published) for other in beside[word] if other.article is not None]
        for article, day in (*holders.get(word, ()), *given):
            weight[article] += worth
            when[article] = day
    weight.pop(one.article or 0, None)
    found = [article for article in weight if weight[article] >= ONE_EVENT_AT]
    score = {a: weight[a] - math.log1p(_weeks_apart(one.published, when[a])) for a in found}
    return sorted(found, key=lambda article: (-score[article], article))[:MOST_ARTICLES]


def _weeks_apart(one: datetime | None, other: datetime | None) -> float:
    return abs((one - other).total_seconds()) / _WEEK if one and other else 0.0
