"""The weights of evidence, read from the tables in ``data``, and how sums become probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from verification.comparison import lexicon
from verification.comparison.types import Evidence


@dataclass(frozen=True, slots=True)
class Weight:
    """Bits for: the same slot, a conflict in it, another time."""

    slot: float
    conflict: float
    shift: float


@cache
def table(name: str = "weights.tsv") -> dict[tuple[str, str], Weight]:
    """All weights by feature and level."""
    return {
        (feature, level): Weight(float(slot), float(conflict), float(shift))
        for feature, level, slot, conflict, shift in lexicon.rows(name)
    }


def evidence(feature: str, level: str, a: str = "", b: str = "", note: str = "") -> Evidence:
    """A step of the trace with the weights of its level. Raises KeyError for a level the table does not have."""
    weight = table()[feature, level]
    return Evidence(feature, level, weight.slot, a, b, note, weight.conflict, weight.shift)


#: the level of the first step of a trace that was weighed as fitted to news: so that a reader can tell
FITTED = "fitted to news"
_NEWS = "weights_of_news.tsv"
_BEFORE = "Where the fitted weights begin, before anything of the two is looked at."


def of_news(steps: Sequence[Evidence]) -> list[Evidence]:
    """The steps with the weights that were fitted to claims of news articles; the first one says so."""
    found = _weighed(steps, _NEWS)
    return [replace(step, level=FITTED, note=_BEFORE) if step.feature == "prior" else step for step in found]


def wary(steps: Sequence[Evidence]) -> list[Evidence]:
    """The same steps as wary weights have them. Raises KeyError for a level that they do not know."""
    return _weighed(
        [replace(step, level="prior") if step.feature == "prior" else step for step in steps], "weights.tsv"
    )


def _weighed(steps: Sequence[Evidence], name: str) -> list[Evidence]:
    weights = table(name)
    return [_with(step, weights[step.feature, step.level]) for step in steps]


def _with(step: Evidence, w: Weight) -> Evidence:
    # what dataclasses.replace does, in a fifth of the time: each pair that is compared takes dozens of them
    return Evidence(step.feature, step.level, w.slot, step.a, step.b, step.note, w.conflict, w.shift)


def slot_in_news(steps: Sequence[Evidence]) -> float:
    """How likely the weights that were fitted to news hold it that both speak about the same thing."""
    weights = table(_NEWS)
    return probability(sum(weights[step.feature, step.level].slot for step in steps))


def probability(bits: float) -> float:
    """The probability that odds of 2**bits amount to."""
    return 1.0 / (1.0 + 2.0 ** -max(-60.0, min(60.0, bits)))
