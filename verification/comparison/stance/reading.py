"""What the trained reader makes of a pair that rules leave open: a step of the trace, a stance.

It never judges numbers: where figures of both sides were compared, it is not asked.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from verification.comparison.levels import evidence
from verification.comparison.stance.model import Pair, loaded
from verification.comparison.types import Evidence, Stance

_MOST = 4.0  # bits: no reader of two sentences is surer than that
#: how much of its own odds counts beside the other steps, which partly read the same words
_SLOT, _CONFLICT = 0.5, 0.5
_FIGURES = frozenset({"equal", "within", "near", "disjoint", "direction"})


def settled_by_figures(steps: Sequence[Evidence]) -> bool:
    """Whether rules compared figures of the two sides."""
    return any(step.feature == "quantity" and step.level in _FIGURES for step in steps)


def read(pair: Pair) -> Stance | None:
    """How the first text bears on the second; None without a model."""
    model = loaded()
    return model.probabilities([pair])[0] if model else None


def step_of(a: str, b: str) -> list[Evidence]:
    """What reading both texts both ways adds to a trace; nothing without a model.

    The weights are the model's odds in bits, less those of chance (each label is as frequent in training): supports
    or contradicts against neutral for *slot*, contradicts against supports for *conflict*.
    """
    model = loaded()
    if model is None:
        return []
    there, back = model.probabilities([(a, b), (b, a)])
    supports, contradicts, neutral = (
        math.sqrt(getattr(there, label) * getattr(back, label))
        for label in ("supports", "contradicts", "neutral")
    )
    slot = _bits(supports + contradicts, 2 * neutral)
    conflict = _bits(contradicts, supports)
    level = max(
        (supports, "supports"), (contradicts, "contradicts"), (neutral, "neutral"), key=lambda found: found[0]
    )[1]
    whole = supports + contradicts + neutral
    note = (
        f"A trained reader of sentences (version {model.version}) gives {supports / whole:.0%} to agreement, "
        f"{contradicts / whole:.0%} to conflict and {neutral / whole:.0%} to neither."
    )
    step = evidence("stance", level, a, b, note)
    return [replace(step, weight=_SLOT * slot, conflict=_CONFLICT * conflict)]


def _bits(for_it: float, against: float) -> float:
    return max(-_MOST, min(_MOST, math.log2(max(for_it, 1e-6) / max(against, 1e-6))))
