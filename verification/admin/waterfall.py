"""A trace as waterfalls: how the weights of evidence, in bits, add up to a judgement.

After Splink's waterfall chart: each bar begins where the one before it ended. A trace answers three
questions, each with a sum of its own; see :mod:`verification.comparison.decide`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: name of the weight in a step, the question its sum answers, what a positive and a negative sum mean
QUESTIONS = (
    ("weight", "Do both speak about the same thing?", "the same", "something else"),
    ("conflict", "Do they exclude each other at one time?", "they do", "both can be true"),
    ("shift", "Do they speak of different times?", "another time", "the same time"),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One step: its words on either side, its weight, and where its bar lies in percent of the width."""

    feature: str
    level: str
    a: str
    b: str
    note: str
    bits: float
    total: float  # the sum up to and with this step
    left: float
    width: float

    @property
    def sign(self) -> str:
        return "for" if self.bits > 0 else "against" if self.bits < 0 else "nothing"

    @property
    def signed(self) -> str:
        return signed(self.bits)

    @property
    def running(self) -> str:
        return signed(self.total)


@dataclass(frozen=True, slots=True)
class Waterfall:
    weight: str  # which of the weights it adds up
    question: str
    answer: str
    bars: tuple[Bar, ...]
    total: float  # bits
    probability: float
    zero: float  # where no evidence either way lies, in percent of the width

    @property
    def signed(self) -> str:
        return signed(self.total)

    @property
    def percent(self) -> str:
        if self.probability > 0.9995:
            return "over 99.9%"
        return "under 0.1%" if self.probability < 0.0005 else f"{self.probability:.1%}"


def signed(bits: float) -> str:
    """``+2.5`` or ``−3``: as short as its value allows."""
    return f"{bits:+.2f}".rstrip("0").rstrip(".").replace("-", "−")


def waterfalls(trace: Sequence[Mapping[str, Any]]) -> tuple[Waterfall, ...]:
    """The waterfalls of a stored trace: always the first question, the others where a step bears on them."""
    found = []
    for number, (weight, question, yes, no) in enumerate(QUESTIONS):
        steps = [step for step in trace if _bits(step, weight)]
        if steps and (number == 0 or any(step.get("feature") != "prior" for step in steps)):
            found.append(_waterfall(steps, weight, question, (yes, no)))
    return tuple(found)


def _waterfall(
    steps: Sequence[Mapping[str, Any]], weight: str, question: str, answers: tuple[str, str]
) -> Waterfall:
    sums = [0.0]
    for step in steps:
        sums.append(sums[-1] + _bits(step, weight))
    low, high = min(sums), max(sums)
    scale = 100 / max(high - low, 1e-6)
    bars = tuple(
        Bar(
            feature=str(step.get("feature", "")),
            level=str(step.get("level", "")),
            a=str(step.get("a", "")),
            b=str(step.get("b", "")),
            note=str(step.get("note", "")),
            bits=_bits(step, weight),
            total=after,
            left=round((min(before, after) - low) * scale, 2),
            width=round(abs(after - before) * scale, 2),
        )
        for step, before, after in zip(steps, sums, sums[1:], strict=False)
    )
    total = sums[-1]
    return Waterfall(
        weight=weight,
        question=question,
        answer=answers[0] if total > 0 else answers[1],
        bars=bars,
        total=total,
        probability=1 / (1 + 2.0 ** -max(-60.0, min(60.0, total))),
        zero=round(-low * scale, 2),
    )


def _bits(step: Mapping[str, Any], weight: str) -> float:
    value = step.get(weight, 0.0)
    return float(value) if isinstance(value, int | float) else 0.0
