"""Which articles may tell of the same event: those that share rare words of names, near in time first."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection
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


def near_articles(
    words: Collection[str], published: datetime | None, *, but_not: int | None = None
) -> list[int]:
    """The articles that likeliest tell of the same event as one with these words, best first."""
    counts = KeyFrequency.objects.filter(key__in=[frequency_key(word) for word in words], claims__lte=COMMON)
    left, followed = FOLLOWED, {}
    for key, count in counts.order_by("claims", "key").values_list("key", "claims"):
        left -= count
        if left < 0:
            break
        followed[key.partition(":")[2]] = math.log((COMMON + 1) / count)
    weight: dict[int, float] = defaultdict(float)
    when: dict[int, datetime | None] = {}
    rows = ArticleWord.objects.filter(word__in=list(followed)).exclude(article=but_not)
    for article, day, word in rows.values_list("article", "article__published_at", "word"):
        weight[article] += followed[word]
        when[article] = day
    far = {article: _weeks_apart(published, when[article]) for article in weight}
    score = {article: weight[article] - math.log1p(far[article]) for article in weight}
    found = [article for article in weight if weight[article] >= ONE_EVENT_AT]
    return sorted(found, key=lambda article: (-score[article], article))[:MOST_ARTICLES]


def _weeks_apart(one: datetime | None, other: datetime | None) -> float:
    return abs((one - other).total_seconds()) / _WEEK if one and other else 0.0
