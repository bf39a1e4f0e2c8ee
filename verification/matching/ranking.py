"""Ranking: how likely a candidate is the same claim, by the words and keys that it shares.

BM25 (Robertson and Zaragoza, 2009) over lemmas, concepts, names and numbers: a rare word says more than
a common one. The best are then ordered again with the keys and the wording.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator

from rapidfuzz import fuzz

from claims.extraction.types import Mention
from verification.comparison import lexicon
from verification.comparison.view import View, view
from verification.matching.blocking import keys_of
from verification.matching.types import Key, Match

K1, B = 1.2, 0.4  # BM25: saturation of repeats, penalty for length
CONCEPT = 0.4  # the weight of a shared concept against a shared word
DEEP = 5  # so many times the limit are ordered again
REASONS = 3


def features(seen: View) -> dict[str, float]:
    """The features of a view and their counts: ``w:`` lemmas, ``c:`` concepts, ``n:`` numbers."""
    counts: Counter[str] = Counter()
    for word in seen.words:
        low = lexicon.lemma(word)
        if low not in lexicon.stopwords() and len(low) > 1:
            counts["w:" + low] += 1
    for name in seen.names:
        for part in name.key.split():
            counts.setdefault("w:" + lexicon.lemma(part), 1)
    for term in seen.terms:
        for head in lexicon.concepts(term.lemma) - {term.lemma}:
            counts["c:" + head] = 1
    for amount in seen.amounts:
        if amount.value is not None:
            counts[f"n:{amount.value:g}"] = 1
    return dict(counts)


class Index:
    """Mentions in memory, found again by what they share with a query. Ids may be anything hashable."""

    def __init__(self) -> None:
        self._postings: dict[str, list[tuple[int, float]]] = {}
        self._ids: list[Hashable] = []
        self._views: list[View] = []
        self._lengths: list[float] = []

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, id: Hashable, mention: Mention) -> None:
        """Add a mention. The same id may be added more than once: each is found for itself."""
        seen = view(mention)
        counts = features(seen)
        for feature, count in counts.items():
            self._postings.setdefault(feature, []).append((len(self._ids), count))
        self._ids.append(id)
        self._views.append(seen)
        self._lengths.append(sum(count for name, count in counts.items() if name[0] == "w"))

    def search(self, mention: Mention, limit: int = 20) -> list[Match]:
        """The mentions that share most with this one, best first, at most ``limit``."""
        query = view(mention)
        scores = self._scores(query)
        best = heapq.nsmallest(limit * DEEP, scores.items(), key=lambda item: (-item[1], item[0]))
        wanted = {key: key for key in keys_of(query)}
        ordered = sorted(
            ((self._again(query, wanted, at, score), at) for at, score in best),
            key=lambda item: (-item[0], item[1]),
        )
        return [
            Match(self._ids[at], score, self._reasons(query, wanted, at)) for score, at in ordered[:limit]
        ]

    def _scores(self, query: View) -> dict[int, float]:
        total: dict[int, float] = {}
        average = sum(self._lengths) / max(len(self._lengths), 1) or 1.0
        for feature in sorted(features(query)):
            postings = self._postings.get(feature, [])
            idf = math.log(1 + (len(self._ids) - len(postings) + 0.5) / (len(postings) + 0.5))
            factor = idf * (CONCEPT if feature[0] == "c" else 1.0)
            for at, count in postings:
                norm = count + K1 * (1 - B + B * self._lengths[at] / average)
                total[at] = total.get(at, 0.0) + factor * count * (K1 + 1) / norm
        return total

    def _again(self, query: View, wanted: dict[Key, Key], at: int, score: float) -> float:
        """The score with the keys and the wording taken in."""
        other = self._views[at]
        shared = sum(1 for key in keys_of(other) if key in wanted)
        alike = fuzz.token_set_ratio(" ".join(query.words), " ".join(other.words)) / 100
        return score * (1 + 0.03 * min(shared, 10) + 0.3 * alike)

    def _reasons(self, query: View, wanted: dict[Key, Key], at: int) -> tuple[str, ...]:
        other = self._views[at]
        reasons = [wanted[key].reason for key in keys_of(other) if key in wanted]
        return tuple(dict.fromkeys([*reasons, *self._rare(query, other)]))[:REASONS]

    def _rare(self, query: View, other: View) -> Iterator[str]:
        shared = [name for name in features(query) if name in features(other) and name[0] == "w"]
        for name in sorted(shared, key=lambda one: (len(self._postings.get(one, [])), one)):
            yield f"shares “{name[2:]}”"


def rank(query: Mention, candidates: Iterable[tuple[Hashable, Mention]]) -> list[Match]:
    """All candidates that share anything with the query, best first. Rare words are rare among the candidates."""
    index = Index()
    for id, mention in candidates:
        index.add(id, mention)
    return index.search(query, limit=max(len(index), 1))
