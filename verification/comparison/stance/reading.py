"""What the trained reader makes of a pair that rules leave open: a step of the trace, a stance.

It never judges numbers: where figures of both sides were compared, it says nothing of conflict and of stance.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from claims.extraction.types import Mention
from verification.comparison.levels import evidence, table
from verification.comparison.stance.dating import dated
from verification.comparison.stance.model import LABELS, Pair, StanceModel, loaded
from verification.comparison.types import Evidence, Stance

MOST = 4.0  # bits: no reader of two sentences is surer than that
#: what rules count in a stance beside the model: on the first 250 rows of six development sets macro-F1 is 59.2 so
_OF_RULES, _LEAST = 0.1, 0.05
_FIGURES = frozenset({"equal", "within", "near", "disjoint", "direction"})
#: the weights of what the reader says, fitted with those of the rules: see tests.benchmarks.fit_weights
_WEIGHTS, FEATURE = "weights_of_reader.tsv", "reader"
COLUMNS = ("before", "related", "conflict", "shift")


@dataclass(frozen=True, slots=True)
class Read:
    """What the reader says of two claims of news: how likely each relation is, read from either side."""

    agree: float
    conflict: float
    shift: float
    unrelated: float

    @property
    def columns(self) -> tuple[float, float, float, float]:
        """What the weights of COLUMNS are for: odds in bits, each inside the one before."""
        related, one_time = 1 - self.unrelated, self.agree + self.conflict
        return (
            1.0,
            _bits(related, self.unrelated),
            _bits(self.conflict, self.agree),
            _bits(self.shift, one_time),
        )

    def __str__(self) -> str:
        return (
            f"{self.agree:.0%} to agreement, {self.conflict:.0%} to conflict, {self.shift:.0%} to another time and "
            f"{self.unrelated:.0%} to neither"
        )


def settled_by_figures(steps: Sequence[Evidence]) -> bool:
    """Whether rules compared figures of the two sides."""
    return any(step.feature == "quantity" and step.level in _FIGURES for step in steps)


def read(pair: Pair, rules: Stance) -> Stance:
    """How the first text bears on the second: what the model says, pooled with what rules say; these without one.

    A logarithmic pool (Genest and Zidek, 1986). Rules know better that two texts have nothing to do with each
    other; a probability of theirs below a twentieth says no more than that.
    """
    model = loaded()
    if model is None:
        return rules
    (said,) = model.probabilities([pair])
    odds = [getattr(said, one) * max(getattr(rules, one), _LEAST) ** _OF_RULES for one in LABELS]
    return Stance(*(one / sum(odds) for one in odds))


def read_relation(a: Mention, b: Mention, model: StanceModel) -> Read:
    """What a model that tells relations says of two claims, each with how much later it was published."""
    both = model.relations([_one_way(a, b), _one_way(b, a)])
    odds = [math.sqrt(one * other) for one, other in zip(*both, strict=True)]
    return Read(*(one / sum(odds) for one in odds))


def _one_way(a: Mention, b: Mention) -> Pair:
    return (a.claim, dated(b.claim, b.published, a.published))


def _more_to_read(step: Evidence) -> bool:
    return False


def step_of(
    a: Mention, b: Mention, figures: bool, enough: Callable[[Evidence], bool] = _more_to_read
) -> list[Evidence]:
    """What reading both claims both ways adds to a trace; nothing without a model.

    :param figures: figures of both sides were compared; then nothing is said of conflict.
    :param enough: whether what reading them one way adds is all that there is to know.

    A model that tells relations says whether the claims are related, whether they conflict and whether they speak of
    other times. Of any other only its odds of contradicts against supports count, for conflict: trained on evidence
    and claims, it calls most pairs of claims of news neutral, related or not.
    """
    model = loaded()
    if model is None:
        return []
    if model.relates:
        (there,) = model.relations([_one_way(a, b)])
        step = _weighed(a, b, Read(*there), figures, model.version)
        if not enough(step):
            step = _weighed(a, b, read_relation(a, b, model), figures, model.version)
        return [step]
    return [] if figures else [_of_stance(a, b, model)]


def _weighed(a: Mention, b: Mention, said: Read, figures: bool, version: str) -> Evidence:
    weights = [table(_WEIGHTS)[FEATURE, column] for column in COLUMNS]
    slot, conflict, shift = (
        _bounded(sum(getattr(w, sort) * bits for w, bits in zip(weights, said.columns, strict=True)))
        for sort in ("slot", "conflict", "shift")
    )
    level = max(("agree", "conflict", "shift", "unrelated"), key=lambda one: float(getattr(said, one)))
    note = f"A trained reader of claims (version {version}) gives {said}."
    step = evidence(FEATURE, level, a.text, b.text, note)
    return replace(step, weight=slot, conflict=0.0 if figures else conflict, shift=shift)


def _of_stance(a: Mention, b: Mention, model: StanceModel) -> Evidence:
    there, back = model.probabilities([(a.text, b.text), (b.text, a.text)])
    odds = {label: math.sqrt(getattr(there, label) * getattr(back, label)) for label in LABELS}
    level = max(LABELS, key=lambda label: odds[label])
    shares = {label: value / sum(odds.values()) for label, value in odds.items()}
    note = (
        f"A trained reader of sentences (version {model.version}) gives {shares['supports']:.0%} to agreement, "
        f"{shares['contradicts']:.0%} to conflict and {shares['neutral']:.0%} to neither."
    )
    bits = _bounded(_bits(odds["contradicts"], odds["supports"]))
    return replace(evidence("stance", level, a.text, b.text, note), conflict=bits)


def _bits(one: float, other: float) -> float:
    return math.log2(max(one, 1e-6) / max(other, 1e-6))


def _bounded(bits: float) -> float:
    return max(-MOST, min(MOST, bits))
