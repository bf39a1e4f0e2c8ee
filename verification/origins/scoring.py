"""How well origins are counted, against a partition made by hand. Pure.

The error that matters is the false corroboration: two or more origins are counted where there is at
most one. Article pairs that are put together are scored by precision and recall, as for clusterings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from verification.origins.types import Copy

Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over claims, and precision and recall of pairs of articles (1.0 where there are none)."""

    claims: int
    exact: int
    false_corroborations: int
    missed_corroborations: int
    against_exact: int
    precision: float
    recall: float


def score(gold: Iterable[Mapping[str, Any]], answers: Iterable[Mapping[str, Any]]) -> Score:
    """Score the answers of the ``origins`` contract against the gold of a family, claim by claim.

    A claim without an answer counts as one for which no origin was found.
    """
    found = {answer["id"]: answer for answer in answers}
    claims = list(gold)
    pairs: list[tuple[set[Pair], set[Pair]]] = []
    exact = false = missed = against = 0
    for claim in claims:
        answer = found.get(claim["id"], {})
        right, given = len(claim["origins"]), len(answer.get("origins", ()))
        exact += right == given
        false += right < 2 <= given
        missed += given < 2 <= right
        against += len(claim.get("against_origins") or ()) == len(answer.get("against_origins", ()))
        pairs.append((_together(claim["origins"]), _together(answer.get("origins", ()))))
    both = sum(len(right & given) for right, given in pairs)
    return Score(
        claims=len(claims),
        exact=exact,
        false_corroborations=false,
        missed_corroborations=missed,
        against_exact=against,
        precision=_share(both, sum(len(given) for _, given in pairs)),
        recall=_share(both, sum(len(right) for right, _ in pairs)),
    )


def score_copies(gold: Iterable[Mapping[str, Any]], found: Collection[Copy]) -> tuple[float, float]:
    """Precision and recall of the pairs of articles with reused text, whichever is the original."""
    right = {frozenset((pair["a"], pair["b"])) for pair in gold}
    given = {frozenset((copy.a, copy.b)) for copy in found}
    return _share(len(right & given), len(given)), _share(len(right & given), len(right))


def _together(origins: Iterable[Mapping[str, Any]]) -> set[Pair]:
    return {frozenset(pair) for origin in origins for pair in combinations(set(origin["articles"]), 2)}


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
