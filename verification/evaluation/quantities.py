"""Numbers in sentences: F1 of the values, and of the values with their units (CQE, Almasian et al., 2023)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.extraction.types import Quantity
from verification.evaluation.reading import Row
from verification.evaluation.scores import Counts, Share, multiset_counts
from verification.evaluation.units import unit_key

_SI_PREFIXES = ("pico", "nano", "micro", "milli", "centi", "deci", "kilo", "mega", "giga", "tera", "peta")

Ends = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class GoldQuantity:
    ends: Ends | None  # None: annotated without a value that can be compared
    unit: str
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """``complete`` is False where only one kind of quantity was annotated: then the rest is not judged."""

    text: str
    quantities: tuple[GoldQuantity, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class GoldUnit:
    text: str
    unit: str


@dataclass(frozen=True, slots=True)
class QuantityScores:
    value: Counts
    value_and_unit: Counts


def read_sentence(row: Row) -> GoldSentence | GoldUnit:
    """A row of either format: all quantities of a sentence, or the unit that one sentence is about."""
    if not row.has("quantities") and row.has("unit"):
        return GoldUnit(row.text("text"), unit_key(row.text("unit")))
    quantities = tuple(read_quantity(item) for item in row.rows("quantities"))
    return GoldSentence(row.text("text"), quantities, complete=not row.has("model"))


def read_quantity(row: Row) -> GoldQuantity:
    """``value`` a number, a pair of ends, or null beside ``low`` and ``high``; ``unit`` a name or null."""
    span = (row.whole("start"), row.whole("end")) if row.has("start") else None
    money = row.optional_text("kind") == "currency"
    return GoldQuantity(_gold_ends(row), unit_key(row.optional_text("unit"), money=money), span)


def _gold_ends(row: Row) -> Ends | None:
    value = row.values.get("value")
    if isinstance(value, list):
        if len(value) != 2 or not all(isinstance(end, int | float) for end in value):
            raise row.wrong("value", "a number, [low, high] or null")
        return _rounded(value[0]), _rounded(value[1])
    if row.has("value"):
        return _rounded(row.number("value")), _rounded(row.number("value"))
    if row.has("low") or row.has("high"):
        return _rounded(row.optional_number("low")), _rounded(row.optional_number("high"))
    return None


def ends(quantity: Quantity) -> Ends:
    """The ends as the gold writes them: a bound is its value, a range its two ends."""
    if quantity.value is not None:
        return _rounded(quantity.value), _rounded(quantity.value)
    return _rounded(quantity.low), _rounded(quantity.high)


def score_sentences(pairs: Iterable[tuple[GoldSentence, Sequence[Quantity]]]) -> QuantityScores:
    """Values are matched within their sentence, whatever their order; both ends of an interval must match."""
    value, both = Counts(), Counts()
    for gold, found in pairs:
        judged = [quantity for quantity in found if _is_judged(gold, quantity)]
        wanted = [(quantity.ends, quantity.unit) for quantity in gold.quantities if quantity.ends is not None]
        given = [(ends(quantity), unit_key(quantity.unit)) for quantity in judged]
        value += multiset_counts((v for v, _ in wanted), (v for v, _ in given))
        both += multiset_counts(wanted, given)
    return QuantityScores(value, both)


def score_units(pairs: Iterable[tuple[GoldUnit, Sequence[Quantity]]]) -> Share:
    """In how many sentences one of the quantities found has the unit asked for.

    The gold names base units: a megabyte per second is a unit of the byte.
    """
    outcomes = [any(_is_unit(unit_key(q.unit), gold.unit) for q in found) for gold, found in pairs]
    return Share(sum(outcomes), len(outcomes))


def differences(gold: GoldSentence, found: Sequence[Quantity]) -> list[str]:
    """A line for each quantity of a sentence that was missed or is spurious, value and unit together."""
    wanted = Counter((quantity.ends, quantity.unit) for quantity in gold.quantities if quantity.ends)
    given = Counter((ends(q), unit_key(q.unit)) for q in found if _is_judged(gold, q))
    wrong = [("missed", item) for item in wanted - given] + [("spurious", item) for item in given - wanted]
    return [f"{what} {low}..{high} {unit!r} in {gold.text!r}" for what, ((low, high), unit) in wrong]


def _is_unit(unit: str, base: str) -> bool:
    counted = unit.partition(" per ")[0]
    return counted == base or any(counted == prefix + base for prefix in _SI_PREFIXES)


def _is_judged(gold: GoldSentence, quantity: Quantity) -> bool:
    overlapped = [
        other for other in gold.quantities
        if other.span is not None and other.span[0] < quantity.end and other.span[1] > quantity.start
    ]  # fmt: skip
    if any(other.ends is None for other in overlapped):
        return False
    return gold.complete or bool(overlapped)


def _rounded(value: float | None) -> float | None:
    """Nine significant digits: 1.2 million may be 1200000.0000000002 by multiplication."""
    return None if value is None else float(f"{value:.9g}")
