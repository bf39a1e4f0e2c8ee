"""What the trained reader makes of a pair that rules leave open: a step of the trace, a stance.

It never judges numbers: where figures of both sides were compared, it is not asked.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from verification.comparison.levels import evidence
from verification.comparison.stance.model import LABELS, Pair, loaded
from verification.comparison.types import Evidence, Stance

_MOST = 4.0  # bits: no reader of two sentences is surer than that
#: what rules count in a stance beside the model; on development sets, macro-F1 over six of them is 57 without, 60 with
_OF_RULES, _LEAST = 0.3, 0.05
_FIGURES = frozenset({"equal", "within", "near", "disjoint", "direction"})


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


def step_of(a: str, b: str) -> list[Evidence]:
    """What reading both texts both ways adds to a trace; nothing without a model.

    The weight is for *conflict*: the odds of contradicts against supports in bits. What the model makes of neutral
    counts nothing: trained on evidence and claims, it calls most pairs of news claims neutral, related or not.
    """
    model = loaded()
    if model is None:
        return []
    there, back = model.probabilities([(a, b), (b, a)])
    odds = {label: math.sqrt(getattr(there, label) * getattr(back, label)) for label in LABELS}
    level = max(LABELS, key=lambda label: odds[label])
    shares = {label: value / sum(odds.values()) for label, value in odds.items()}
    note = (
        f"A trained reader of sentences (version {model.version}) gives {shares['supports']:.0%} to agreement, "
        f"{shares['contradicts']:.0%} to conflict and {shares['neutral']:.0%} to neither."
    )
    bits = math.log2(max(odds["contradicts"], 1e-6) / max(odds["supports"], 1e-6))
    return [replace(evidence("stance", level, a, b, note), conflict=max(-_MOST, min(_MOST, bits)))]
