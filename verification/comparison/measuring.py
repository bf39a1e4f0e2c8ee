"""Which figures of other mentions measure what a figure of one mention measures: the points of one series."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from claims.extraction.types import Change, Mention
from verification.comparison import figures
from verification.comparison.figures import Paired
from verification.comparison.quantities import Amount, in_unit, is_of
from verification.comparison.view import View

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as a point of a series, in the unit of the series; a fall is negative.

    ``value`` is None for a range. ``low`` and ``high`` are what the wording leaves open: "about 20%" reaches from
    18 to 22. ``bound`` is ">" or "<" where the text gives only a bound; then the open end is a guess.
    """

    value: float | None
    low: float
    high: float
    bound: str
    words: str


@dataclass(frozen=True, slots=True)
class Series(Generic[K]):
    """The figures of mentions that measure one thing, by the key of the mention."""

    unit: str
    measure: str
    words: str  # the figure of the leading mention, as it stands in the text
    readings: Mapping[K, Reading]


def series(lead: Mention, others: Mapping[K, Mention]) -> Series[K] | None:
    """The figures of ``others`` that measure what a figure of ``lead`` measures; None if ``lead`` has no figure.

    Two figures belong together as comparison pairs them (:func:`verification.comparison.figures.pair`): in one
    unit or one convertible into the other, neither a change against a level, nor measuring different things.
    Where ``lead`` has several figures it is the one that most of the others answer; of equals the first.
    """
    own = View(lead)
    if not own.amounts:
        return None
    answers = {key: _answers(own, theirs) for key, theirs in _views(others).items()}
    counted = Counter(order for found in answers.values() for order in found)
    order = min(own.amounts, key=lambda one: (-counted[one.order], one.order)).order
    chosen = next(one for one in own.amounts if one.order == order)
    unit = _unit(chosen, lead)
    return Series(
        unit=unit,
        measure=chosen.measure,
        words=chosen.words,
        readings={key: _reading(found[order], unit) for key, found in answers.items() if order in found},
    )


def _views(mentions: Mapping[K, Mention]) -> dict[K, View]:
    """Each mention's view; copies, that say it in the same words, share one."""
    known: dict[object, View] = {}
    found = {}
    for key, mention in mentions.items():
        same = (mention.claim, mention.text, mention.quantities)
        if same not in known:
            known[same] = View(mention)
        found[key] = known[same]
    return found


def _answers(own: View, theirs: View) -> dict[int, Amount]:
    return {p.a.order: p.b for p in figures.pair(own, theirs) if _measures_the_same(p)}


def _measures_the_same(paired: Paired) -> bool:
    if paired.fit is None or paired.measure == "different":
        return False
    return paired.unit is True or (paired.unit is None and paired.measure != "missing")


def _unit(amount: Amount, mention: Mention) -> str:
    """The unit as the text has it, where values can be told in it: kilometres, not the metres behind them."""
    said = next((q.unit for q in mention.quantities if q.text == amount.words), "") or ""
    return said if is_of(said, amount.unit) else amount.unit


def _reading(amount: Amount, unit: str) -> Reading:
    low, high = sorted((in_unit(amount.low, unit), in_unit(amount.high, unit)))
    value = None if amount.value is None else in_unit(amount.value, unit)
    bound = ">" if amount.open_high else "<" if amount.open_low else ""
    if amount.change is Change.DOWN:
        turned = {">": "<", "<": ">"}.get(bound, "")
        return Reading(None if value is None else -value, -high, -low, turned, amount.words)
    return Reading(value, low, high, bound, amount.words)
