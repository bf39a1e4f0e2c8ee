"""A trace as waterfalls: how the weights of evidence, in bits, add up to a judgement.

After Splink's waterfall chart: each bar begins where the one before it ended. A trace answers three
questions, each with a sum of its own; see :mod:`verification.comparison.decide`. What was judged by weights fitted
to news shows beside them what wary weights say of the same steps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verification.comparison.levels import FITTED
from verification.comparison.slots import as_wary
from verification.comparison.types import Evidence

#: name of the weight in a step, the question its sum answers, what a positive and a negative sum mean
QUESTIONS = (
    ("weight", "Do both speak about the same thing?", "the same", "something else"),
    ("conflict", "Do they exclude each other at one time?", "they do", "both can be true"),
    ("shift", "Do they speak of different times?", "another time", "the same time"),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One step: its words on either side, its weight, and where its bar lies in percent of the width.

    ``wary`` is what wary weights give for it, None where they were the ones that decided.
    """

    feature: str
    level: str
    a: str
    b: str
    note: str
    bits: float
    total: float  # the sum up to and with this step
    left: float
    width: float
    wary: float | None = None

    @property
    def sign(self) -> str:
        return "for" if self.bits > 0 else "against" if self.bits < 0 else "nothing"

    @property
    def signed(self) -> str:
        return signed(self.bits)

    @property
    def running(self) -> str:
        return signed(self.total)

    @property
    def signed_wary(self) -> str:
        return "" if self.wary is None else signed(self.wary)


@dataclass(frozen=True, slots=True)
class Waterfall:
    weight: str  # which of the weights it adds up
    question: str
    answer: str
    bars: tuple[Bar, ...]
    total: float  # bits
    zero: float  # where no evidence either way lies, in percent of the width
    wary: float | None = None  # what wary weights add up to, where others decided

    @property
    def signed(self) -> str:
        return signed(self.total)

    @property
    def percent(self) -> str:
        return percent(self.total)

    @property
    def signed_wary(self) -> str:
        return "" if self.wary is None else signed(self.wary)

    @property
    def percent_wary(self) -> str:
        return "" if self.wary is None else percent(self.wary)


def signed(bits: float) -> str:
    """``+2.5`` or ``−3``, ``0`` without a sign: as short as its value allows."""
    return "0" if round(bits, 2) == 0 else f"{bits:+.2f}".rstrip("0").rstrip(".").replace("-", "−")


def percent(bits: float) -> str:
    """The probability that odds of 2**bits amount to."""
    probability = 1 / (1 + 2.0 ** -max(-60.0, min(60.0, bits)))
    if probability > 0.9995:
        return "over 99.9%"
    return "under 0.1%" if probability < 0.0005 else f"{probability:.1%}"


def is_fitted(trace: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the weights that decided are those fitted to news."""
    return any(step.get("level") == FITTED for step in trace)


def waterfalls(trace: Sequence[Mapping[str, Any]]) -> tuple[Waterfall, ...]:
    """The waterfalls of a stored trace: always the first question, the others where a step bears on them."""
    wary = _wary(trace)
    found = []
    for number, (weight, question, yes, no) in enumerate(QUESTIONS):
        cautious: list[float | None] = (
            [getattr(step, weight) for step in wary] if wary else [None] * len(trace)
        )
        steps = [(step, c) for step, c in zip(trace, cautious, strict=True) if _bits(step, weight) or c]
        if steps and (number == 0 or any(step.get("feature") != "prior" for step, _ in steps)):
            found.append(_waterfall(steps, weight, question, (yes, no)))
    return tuple(found)


def _wary(trace: Sequence[Mapping[str, Any]]) -> list[Evidence] | None:
    """What wary weights say of the steps of a trace that others decided; None where that cannot be told."""
    if not is_fitted(trace):
        return None
    try:
        return as_wary([Evidence(**step) for step in trace])
    except (KeyError, TypeError):  # of an engine that knew other levels
        return None


def _waterfall(
    steps: Sequence[tuple[Mapping[str, Any], float | None]],
    weight: str,
    question: str,
    answers: tuple[str, str],
) -> Waterfall:
    sums = [0.0]
    for step, _ in steps:
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
            wary=wary,
        )
        for (step, wary), before, after in zip(steps, sums, sums[1:], strict=False)
    )
    total = sums[-1]
    known = [wary for _, wary in steps if wary is not None]
    return Waterfall(
        weight=weight,
        question=question,
        answer=answers[0] if total > 0 else answers[1],
        bars=bars,
        total=total,
        zero=round(-low * scale, 2),
        wary=sum(known) if known else None,
    )


def _bits(step: Mapping[str, Any], weight: str) -> float:
    value = step.get(weight, 0.0)
    return float(value) if isinstance(value, int | float) else 0.0
