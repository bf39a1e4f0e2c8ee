"""How common keys are and who holds them: words of articles and keys of claims together, in one query each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db.models import CharField, DateTimeField, F, Value
from django.db.models.functions import Concat

from verification.models import ArticleWord, BlockingKey, KeyFrequency

#: of each key the articles, with their days, or the claims that have it
Holders = Mapping[str, Sequence[tuple[int, datetime | None]]]
_WORD = "word:"


def frequency_key(word: str) -> str:
    """Under which :class:`KeyFrequency` counts the articles with a word."""
    return f"{_WORD}{word}"


def how_common(keys: Collection[str]) -> dict[str, int]:
    """How many claims have each key, or articles each word (as :func:`frequency_key` has it); none is left out."""
    return dict(KeyFrequency.objects.filter(key__in=keys).values_list("key", "claims"))


def holders(keys: Collection[str]) -> Holders:
    """Who has each of ``keys``, among them words as :func:`frequency_key` has them. Common ones have very many."""
    words = [key.removeprefix(_WORD) for key in keys if key.startswith(_WORD)]
    articles = ArticleWord.objects.filter(word__in=words).values_list(
        Concat(Value(_WORD), "word", output_field=CharField()), "article", "article__published_at"
    )
    claims = BlockingKey.objects.filter(key__in=[key for key in keys if not key.startswith(_WORD)])
    undated = claims.values_list(F("key"), "claim", Value(None, DateTimeField()))
    found: dict[str, list[tuple[int, datetime | None]]] = defaultdict(list)
    for key, holder, day in articles.union(undated, all=True):
        found[key].append((holder, day))
    return found
