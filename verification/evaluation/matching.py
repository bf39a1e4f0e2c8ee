"""Finding the known claim again (CheckThat! 2020), and telling paraphrases from near misses (PAWS, MRPC)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from verification.comparison.types import Relation
from verification.evaluation.reading import Row
from verification.evaluation.scores import Counts, Share, average_precision, mean

#: how far down a ranking is judged: CheckThat! by MAP at 5, the design by the partner among the first 20
MAP_DEPTH = 5
RECALL_DEPTH = 20


@dataclass(frozen=True, slots=True)
class GoldQuery:
    query: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class GoldParaphrase:
    a: str
    b: str
    same: bool


@dataclass(frozen=True, slots=True)
class RankingScores:
    map_at_5: float
    precision_at_1: Share
    found_in_20: Share  # queries with a relevant claim among the first 20


@dataclass(frozen=True, slots=True)
class ParaphraseScores:
    same: Counts
    accuracy: Share


def read_claim(row: Row) -> tuple[str, str]:
    return row.text("id"), row.text("claim")


def read_query(row: Row) -> GoldQuery:
    return GoldQuery(row.text("query"), frozenset(row.texts("relevant")))


def read_paraphrase(row: Row) -> GoldParaphrase:
    return GoldParaphrase(row.text("a"), row.text("b"), row.flag("same"))


def score_rankings(pairs: Iterable[tuple[GoldQuery, Sequence[str]]]) -> RankingScores:
    """``pairs`` of a query and the identifiers that were found for it, best first."""
    precisions, first, found = [], Share(), Share()
    for gold, ranked in pairs:
        hits = [identifier in gold.relevant for identifier in ranked]
        depth = min(len(gold.relevant), MAP_DEPTH)
        precisions.append(average_precision(hits[:MAP_DEPTH], relevant=depth))
        first += Share(any(hits[:1]), 1)
        found += Share(any(hits[:RECALL_DEPTH]), 1)
    return RankingScores(mean(precisions), first, found)


def score_paraphrases(pairs: Iterable[tuple[GoldParaphrase, Relation]]) -> ParaphraseScores:
    """A pair is called the same when its relation is ``same``."""
    counts, accuracy = Counts(), Share()
    for gold, relation in pairs:
        said = relation is Relation.SAME
        counts += Counts(gold.same and said, said and not gold.same, gold.same and not said)
        accuracy += Share(gold.same == said, 1)
    return ParaphraseScores(counts, accuracy)
