"""Amounts as intervals with the precision that their wording claims.

"58.3%" is what rounds to 58.3, "about 20%" reaches from 18 to 22, "nearly a fifth" stays below 20,
"more than 15,000" has no upper end but does not speak of forty thousand. Two amounts agree when what
one says lies within what the other leaves open; units are converted where that is sound.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from claims.extraction.types import Change, Quantity
from verification.comparison import lexicon

ABOUT = 0.10  # "about", "nearly", "roughly": a tenth of the value either way
ROUND = 0.05  # what a figure said without "about" may have been rounded by, at most
NEAR = 0.10  # a round figure and a finer one this close apart may be one estimate
OVERLAP = 0.34  # two stated ranges that share less are two statements
BEYOND = 0.25  # how far above "more than 15,000" a speaker would still say so


class Fit(StrEnum):
    """How two amounts of the same thing stand."""

    EQUAL = "equal"  # the same value
    WITHIN = "within"  # compatible within the precision that each wording claims
    NEAR = "near"  # a round and a finer figure for what may be one amount
    BOUND = "bound"  # a bound that holds, but says less than the other
    DISJOINT = "disjoint"  # both cannot be right
    DIRECTION = "direction"  # a rise against a fall


@dataclass(frozen=True, slots=True)
class Amount:
    """An interval in a base unit: ``low`` to ``high`` as meant, ``value`` as said (None for a range)."""

    low: float
    high: float
    value: float | None
    unit: str  # the dimension of a convertible unit, else the unit itself; "" for a bare number
    change: Change
    open_low: bool  # a bound: "less than"
    open_high: bool  # a bound: "more than"
    approximate: bool
    round: bool  # at most two significant digits
    words: str
    measure: str
    order: int  # its place in the sentence
    convertible: bool
    standard: bool  # a unit of measurement, no counted thing


@cache
def _units() -> dict[str, tuple[str, float, float]]:
    table = lexicon.rows("units.tsv")
    return {name: (dimension, float(factor), float(offset)) for name, dimension, factor, offset in table}


def _cued(words: str, kind: str) -> bool:
    """Whether the wording of a quantity holds a cue such as "nearly"."""
    return bool(lexicon.find_cues(kind, words.split()))


def _digits(value: float) -> tuple[int, int]:
    """Significant digits of a value and its decimal exponent: 58.3 -> (3, 1), 300e9 -> (1, 11)."""
    mantissa, exponent = f"{abs(value):.9e}".split("e")
    return len(mantissa.replace(".", "").rstrip("0")) or 1, int(exponent)


def _step(value: float) -> float:
    """The place of the last digit that is not a trailing zero: 58.3 -> 0.1, 300e9 -> 1e11, 15,400 -> 100."""
    significant, exponent = _digits(value)
    return math.pow(10, exponent - significant + 1)


def _slack(value: float, quantity: Quantity) -> float:
    """How far the value may lie from what was rounded to it: half its last place, for "about" a tenth.

    A lone digit before zeros is taken to stand for two digits ("$300 billion": 295 to 305), unless the
    zeros are a word of scale ("3 million"). Small counts of things are exact.
    """
    if quantity.approximate or _cued(quantity.text, "approximate"):
        return ABOUT * abs(value)
    unit = quantity.unit or ""
    if float(value).is_integer() and abs(value) < 100 and unit != "%" and not unit.isupper():
        return 0.0
    significant, exponent = _digits(value)
    place = _step(value) / (10 if significant == 1 and exponent % 3 else 1)
    return min(0.49 * place, ROUND * abs(value))


def _stated(quantity: Quantity) -> tuple[float | None, float | None]:
    """The ends that the wording states, the open one None."""
    low, high, value = quantity.low, quantity.high, quantity.value
    if low is None and high is None and value is not None:
        low = None if quantity.change is Change.LESS else value
        high = None if quantity.change is Change.MORE else value
    return low, high


def _ends(quantity: Quantity) -> tuple[float, float]:
    """The interval that the wording means, open ends closed where a speaker would have said more."""
    low, high = _stated(quantity)
    point = quantity.value is not None and (low is None or high is None or low == high)
    if point:
        value = float(quantity.value or 0.0)
        slack = _slack(value, quantity)
        if _cued(quantity.text, "below") or quantity.change is Change.LESS:
            soft = _cued(quantity.text, "below")
            return value - (ABOUT if soft else BEYOND) * abs(value), value
        if _cued(quantity.text, "above"):
            return value, value + ABOUT * abs(value)
        if quantity.change is Change.MORE:
            return value, value + BEYOND * abs(value)
        return value - slack, value + slack
    low = low if low is not None else (high or 0.0) * (1 - BEYOND)
    high = high if high is not None else low * (1 + BEYOND)
    slack = ABOUT / 2 * (abs(low) + abs(high)) / 2 if quantity.approximate else 0.0
    return min(low, high) - slack, max(low, high) + slack


def amount(quantity: Quantity, order: int = 0) -> Amount | None:
    """A quantity as an interval in its base unit; None if it states no number."""
    if quantity.value is None and quantity.low is None and quantity.high is None:
        return None
    low, high = _ends(quantity)
    unit = quantity.unit or ""
    dimension, factor, offset = _units().get(unit, (unit, 1.0, 0.0))
    value = quantity.value
    bound_only = not _cued(quantity.text, "below") and not _cued(quantity.text, "above")
    stated_low, stated_high = _stated(quantity)
    return Amount(
        low=low * factor + offset,
        high=high * factor + offset,
        value=None if value is None else value * factor + offset,
        unit=dimension,
        change=quantity.change,
        open_low=bound_only
        and (quantity.change is Change.LESS or (stated_low is None and stated_high is not None)),
        open_high=bound_only
        and (quantity.change is Change.MORE or (stated_high is None and stated_low is not None)),
        approximate=quantity.approximate or _cued(quantity.text, "approximate"),
        round=value is not None and _digits(value)[0] <= 2 and abs(value) >= 10,
        words=quantity.text,
        measure=quantity.measure,
        order=order,
        convertible=unit in _units() and factor != 1.0,
        standard=unit in _units() or unit == "percentage point",
    )


def in_unit(value: float, unit: str) -> float:
    """A value of a base unit, told in ``unit``: 12,000 metres in km are 12. Unchanged for a unit without a base."""
    _, factor, offset = _units().get(unit, (unit, 1.0, 0.0))
    return float(f"{(value - offset) / factor:.12g}")  # without the noise of the way there and back


def is_of(unit: str, dimension: str) -> bool:
    """Whether amounts of this dimension can be told in ``unit``: lengths in miles."""
    return _units().get(unit, (unit, 1.0, 0.0))[0] == dimension


def _as_change(quantity: Quantity) -> Quantity:
    """A ratio as a change in per cent ("halved": down by 50), and the level of a rate of growth as a rise."""
    if quantity.unit == "ratio" and quantity.value is not None and quantity.low == quantity.high:
        change = (quantity.value - 1) * 100
        way = Change.UP if change >= 0 else Change.DOWN
        return replace(quantity, value=abs(change), low=abs(change), high=abs(change), unit="%", change=way)
    grows = quantity.unit == "%" and quantity.change in (Change.EQUAL, Change.ABOUT)
    if grows and lexicon.find_cues("growing", quantity.measure.split()):
        return replace(quantity, change=Change.UP)
    return quantity


def amounts(quantities: Sequence[Quantity]) -> tuple[Amount, ...]:
    """The amounts of a mention in their order."""
    found = (amount(_as_change(quantity), order) for order, quantity in enumerate(quantities))
    return tuple(one for one in found if one is not None)


def same_unit(a: str, b: str) -> bool | None:
    """Whether two units measure alike: True, False, or None where one is unknown or one is a kind of the other."""
    if a == b:
        return True
    if not a or not b:
        return None
    one, other = lexicon.phrase(a), lexicon.phrase(b)
    if not one or not other:  # "%" against a word
        return False
    if one == other or lexicon.synonymous(one, other):
        return True
    heads = one.split()[-1:], other.split()[-1:]
    if heads[0] and heads[0] == heads[1] and 1 in (len(one.split()), len(other.split())):
        return None
    if {one, other} & {"people", "person"} and {one.split()[-1], other.split()[-1]} <= lexicon.cues("person"):
        return None
    return False


def _moves(change: Change) -> bool:
    return change in (Change.UP, Change.DOWN)


def fit(a: Amount, b: Amount) -> Fit | None:
    """How two amounts in the same unit stand; None where they cannot be compared (a rise and a level)."""
    if _moves(a.change) != _moves(b.change):
        return None
    if _moves(a.change) and a.change is not b.change:
        return Fit.DIRECTION
    if a.value is not None and b.value is not None and math.isclose(a.value, b.value, rel_tol=1e-9):
        opposed = {a.change, b.change} == {Change.MORE, Change.LESS}
        return Fit.DISJOINT if opposed else Fit.EQUAL
    scale = max(abs(a.low), abs(a.high), abs(b.low), abs(b.high)) or 1.0
    gap = (max(a.low, b.low) - min(a.high, b.high)) / scale
    if a.value is None and b.value is None and _overlap(a, b) < OVERLAP:
        return Fit.DISJOINT
    if gap <= (0.01 if a.convertible or b.convertible else 1e-9):
        return Fit.DISJOINT if _both_loose(a, b) else Fit.WITHIN
    if _bounds(a, b) or _bounds(b, a):
        return Fit.BOUND
    if _may_be_rounded(a, b) or _may_be_rounded(b, a):
        return Fit.NEAR
    return Fit.DISJOINT


def _both_loose(a: Amount, b: Amount) -> bool:
    """Whether two rough values lie further apart than one "about" reaches: "about 8", "about 9"."""
    if a.value is None or b.value is None or not (a.approximate and b.approximate):
        return False
    return abs(a.value - b.value) > ABOUT * max(abs(a.value), abs(b.value)) * (1 + 1e-9)


def _overlap(a: Amount, b: Amount) -> float:
    """What two ranges share, as a part of what they span together."""
    span = max(a.high, b.high) - min(a.low, b.low)
    return (min(a.high, b.high) - max(a.low, b.low)) / span if span > 0 else 1.0


def _bounds(bound: Amount, other: Amount) -> bool:
    """Whether one is a bound that the other, no bound of that sort itself, keeps to."""
    if bound.open_high and not other.open_high:
        return other.low >= bound.low
    return bound.open_low and not other.open_low and other.high <= bound.high


def _may_be_rounded(rough: Amount, fine: Amount) -> bool:
    """Whether ``rough`` may be a rounder wording of ``fine``: "$300bn" for $324 billion, but not 12 for 13."""
    if rough.value is None or fine.value is None or not (rough.round or rough.approximate):
        return False
    if rough.unit == "%" or abs(rough.value) < 100 or fine.round:
        return False
    return _step(rough.value) > _step(fine.value) and abs(rough.value - fine.value) <= NEAR * abs(fine.value)


_SCORE = re.compile(r"(?<![\d.,-])(\d{1,3})[-–](\d{1,3})(?![\d-])(?![.,]\d)(?! *%)(?! per)")


def scores(text: str) -> frozenset[str]:
    """The results of matches and votes in a text, the higher number first: "3-1"."""
    pairs = ([int(part) for part in match.groups() if part] for match in _SCORE.finditer(text))
    return frozenset(f"{max(pair)}-{min(pair)}" for pair in pairs)


_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def loose_numbers(text: str) -> tuple[float, ...]:
    """The numbers that stand in a text as digits."""
    found = []
    for match in _NUMBER.finditer(text):
        digits = match.group().replace(",", "")
        if digits.count(".") <= 1:
            found.append(float(digits))
    return tuple(found)
