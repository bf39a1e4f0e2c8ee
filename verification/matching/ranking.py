"""Ranking: how likely a candidate is the same claim, by the words and keys that it shares.

BM25 (Robertson and Zaragoza, 2009) over lemmas, concepts, names and numbers: a rare word says more than
a common one. The best are then ordered again with the keys and the wording.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from claims.extraction.types import Mention
from verification.comparison import lexicon
from verification.comparison.view import View, once_a_view
from verification.matching.blocking import buckets, keys_of, unit_of
from verification.matching.types import Key, Match

K1, B = 1.2, 0.4  # BM25: saturation of repeats, penalty for length
#: of a shared lemma, number, stem, concept, where texts of all sorts are searched
WEIGHTS = {"w": 1.0, "n": 1.0, "s": 0.4, "c": 0.1}
#: where most tell of one event: also of one unit, near figures, one speaker, predicate, day; of being of one kind,
#: and of giving a figure, or none, as the other does
WITHIN_EVENTS = {
    "w": 1.0, "n": 1.0, "s": 0.4, "c": 0.3, "u": 0.8, "b": 0.3, "p": 0.3, "v": 0.2, "d": 0.3, "k": 0.5, "q": 1.0,
}  # fmt: skip
#: what is shared by too many to be a reason to look: being of one kind, with or without a figure, of one unit, day
CIRCUMSTANCES = frozenset("kqud")
STEM = (
    5  # letters of a word that its relatives share ("invade", "invasion" do not; "protest", "protester" do)
)
DEEP = 5  # so many times the limit are ordered again
SHARED_KEY, MOST_KEYS = 0.03, 10  # what a shared blocking key adds to the score, and how many count
REASONS = 3

Id = TypeVar("Id", bound=Hashable)
_LINK = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/)\S+")
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


def _lemmas(text: str) -> Iterator[str]:
    """The lemmas of a text; links are left out, "#BillClinton" is read as two words."""
    for word in lexicon.WORD.findall(_LINK.sub(" ", text)):
        parts = _CAMEL.findall(word) if not word.isupper() and not word.istitle() else []
        for piece in [word, *(parts if len(parts) > 1 else [])]:
            yield lexicon.lemma(piece)


@once_a_view
def features(seen: View) -> Mapping[str, float]:
    """The features of a view and their counts, by the letters of :data:`WITHIN_EVENTS`."""
    counts: Counter[str] = Counter()
    for low in _lemmas(seen.mention.claim or seen.mention.text):
        if low not in lexicon.stopwords() and len(low) > 1:
            counts["w:" + low] += 1
            if len(low) > STEM:
                counts["s:" + low[:STEM]] = 1
    for name in seen.names:
        for part in name.key.split():
            counts.setdefault("w:" + lexicon.lemma(part), 1)
    for term in seen.terms:
        for head in lexicon.concepts(term.lemma) - {term.lemma}:
            counts["c:" + head] = 1
    for amount in seen.amounts:
        if amount.value is not None:
            counts[f"n:{amount.value:g}"] = 1
        counts[f"u:{unit_of(amount)}"] = 1
        for bucket in buckets(amount):
            counts |= {f"b:{near}": 1 for near in (bucket - 1, bucket, bucket + 1)}
    return dict(counts) | dict.fromkeys(_circumstances(seen), 1.0)


def features_of(seen: View, weights: Mapping[str, float]) -> dict[str, float]:
    """Those of the features that weigh anything."""
    return {name: count for name, count in features(seen).items() if name[0] in weights}


def _circumstances(seen: View) -> Iterator[str]:
    """Who says it, what is done, when, and what sort of claim it is."""
    for part in seen.speaker.split():
        yield f"p:{part}"
    if seen.predicate:
        yield from (f"v:{head}" for head in lexicon.concepts(seen.predicate))
    yield from (f"d:{day}" for day in (seen.first, seen.last) if day)
    yield f"k:{seen.mention.kind}"
    yield f"q:{bool(seen.mention.quantities)}"


class Index(Generic[Id]):
    """Mentions in memory, found again by what they share with a query. Ids may be anything hashable."""

    def __init__(self, weights: Mapping[str, float] = WEIGHTS) -> None:
        self._weights = weights
        self._postings: dict[str, list[tuple[int, float]]] = {}
        self._ids: list[Id] = []
        self._views: list[View] = []
        self._lengths: list[float] = []
        self._keys: dict[int, tuple[Key, ...]] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, id: Id, mention: Mention | View, features: Mapping[str, float] | None = None) -> None:
        """Add a mention. The same id may be added more than once: each is found for itself.

        ``features`` are those of :func:`features_of`, where they are known.
        """
        seen = mention if isinstance(mention, View) else View(mention)
        counts = self._features(seen) if features is None else features
        for feature, count in counts.items():
            self._postings.setdefault(feature, []).append((len(self._ids), count))
        self._ids.append(id)
        self._views.append(seen)
        self._lengths.append(sum(count for name, count in counts.items() if name[0] == "w"))

    def _features(self, seen: View) -> dict[str, float]:
        return features_of(seen, self._weights)

    def search(self, mention: Mention | View, limit: int = 20) -> list[Match]:
        """The mentions that share most with this one, best first, at most ``limit``."""
        query = mention if isinstance(mention, View) else View(mention)
        scores = self._scores(query)
        best = _best(scores, limit * DEEP)
        wanted = frozenset(keys_of(query))
        ranked = []
        for at, score in best:
            shared = tuple(key for key in self._keys_at(at) if key in wanted)
            ranked.append((score * (1 + SHARED_KEY * min(len(shared), MOST_KEYS)), at, shared))
        ranked.sort(key=lambda item: (-item[0], item[1]))
        return [
            Match(self._ids[at], score, self._reasons(query, shared, at))
            for score, at, shared in ranked[:limit]
        ]

    def nearest(self, mention: View, limit: int) -> list[tuple[Id, float]]:
        """Like :meth:`search`, with ids and scores only and without ordering the best again."""
        return [(self._ids[at], score) for at, score in _best(self._scores(mention), limit)]

    def _scores(self, query: View) -> dict[int, float]:
        """Of what shares more than :data:`CIRCUMSTANCES`."""
        total: dict[int, float] = {}
        average = sum(self._lengths) / max(len(self._lengths), 1) or 1.0
        for feature in sorted(self._features(query), key=lambda one: (one[0] in CIRCUMSTANCES, one)):
            postings = self._postings.get(feature, [])
            if feature[0] in CIRCUMSTANCES:
                postings = [(at, count) for at, count in postings if at in total]
            idf = math.log(1 + (len(self._ids) - len(postings) + 0.5) / (len(postings) + 0.5))
            factor = idf * self._weights[feature[0]]
            for at, count in postings:
                norm = count + K1 * (1 - B + B * self._lengths[at] / average)
                total[at] = total.get(at, 0.0) + factor * count * (K1 + 1) / norm
        return total

    def _keys_at(self, at: int) -> tuple[Key, ...]:
        if at not in self._keys:
            self._keys[at] = keys_of(self._views[at])
        return self._keys[at]

    def _reasons(self, query: View, shared: tuple[Key, ...], at: int) -> tuple[str, ...]:
        """Shared keys, then the rarest shared words."""
        both = features(query).keys() & features(self._views[at]).keys()
        rare = sorted((len(self._postings[one]), one) for one in both if one[0] == "w")
        reasons = [key.reason for key in shared] + [f"shares “{one[2:]}”" for _, one in rare]
        return tuple(dict.fromkeys(reasons))[:REASONS]


def _best(scores: Mapping[int, float], limit: int) -> list[tuple[int, float]]:
    return heapq.nsmallest(limit, scores.items(), key=lambda item: (-item[1], item[0]))


def rank(query: Mention, candidates: Iterable[tuple[Hashable, Mention]]) -> list[Match]:
    """All candidates that share anything with the query, best first. Rare words are rare among the candidates."""
    index: Index[Hashable] = Index()
    for id, mention in candidates:
        index.add(id, mention)
    return index.search(query, limit=max(len(index), 1))
