"""Finds the quantities of a text: how much of what, as exactly as the wording says.

A grammar over the text reads numbers, currencies, units, ranges and hedges; the parse is asked
only for what is counted and what is measured. The representation follows CQE (Almasian et al.,
EMNLP 2023): value or interval, unit, change; units bear ISO 4217 codes or SI names.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from claims.extraction.quantities import (
    ages,
    amounts,
    changes,
    clock,
    elision,
    filters,
    implied,
    nouns,
    rates,
    ratios,
    wording,
)
from claims.extraction.quantities.amounts import Amount
from claims.extraction.quantities.parse import Page
from claims.extraction.types import Quantity, TimeExpression

__all__ = ["find"]


def find(page: Page, times: Iterable[TimeExpression] = ()) -> tuple[Quantity, ...]:
    """The quantities of a parsed text in text order, none overlapping.

    ``times`` are the time expressions of the same text: digits of dates, clock times and
    repetitions are no quantities, durations are. Shares of a whole come as percent (a third is
    33.33), "doubled" as 2 with unit ``ratio``; see :class:`claims.extraction.types.Quantity`.
    """
    found = _read(page, sorted((t.start, t.end) for t in times if t.type != "DURATION"))
    found = amounts.join(page.lexemes, found)
    currency = elision.currency_of(found)
    quantities: list[Quantity] = []
    floor = 0
    settled: list[Amount] = []
    for k, amount in enumerate(found):
        if amount.at < floor:  # the "100,000" of "12 per 100,000 people"
            continue
        ceiling = found[k + 1].start if k + 1 < len(found) else len(page.lexemes)
        read = _finish(page, amount, settled, range(floor, ceiling), currency)
        if read is not None:
            quantity, floor = read
            quantities.append(quantity)
            settled.append(amount)
    return tuple(quantities)


def _read(page: Page, dated: list[tuple[int, int]]) -> list[Amount]:
    """The amounts from left to right, without those inside dates and those that are none."""
    found: list[Amount] = []
    i, floor = 0, 0
    while i < len(page.lexemes):
        if (past := clock.end_of_time(page, i)) > i:
            i = past
            continue
        amount = ratios.read_ratio(page, i) or amounts.read_amount(page.lexemes, i)
        if amount is None or amount.start < floor:
            i += 1
            continue
        amount = amounts.one_in_three(page.lexemes, amount) or amount
        if _is_dated(page, amount, dated):
            i = max(amount.end, i + 1)
            continue
        if not filters.is_amount(page, amount):
            i = filters.past_code(page, max(amount.end, i + 1))
            continue
        found.append(amount)
        i = floor = amount.end
    return found


def _is_dated(page: Page, amount: Amount, dated: list[tuple[int, int]]) -> bool:
    start, end = page.lexemes[amount.at].start, page.lexemes[amount.end - 1].end
    k = bisect_left(dated, (page.lexemes[amount.at].end, -1)) - 1
    while k >= 0 and start < dated[k][1]:  # the times overlap nowhere and are in order
        first, last = dated[k]
        if start >= first or end <= last:
            return True
        k -= 1
    return False


def _finish(
    page: Page, amount: Amount, earlier: Sequence[Amount], room: range, currency: str | None
) -> tuple[Quantity, int] | None:
    """Settles unit, hedges and measure of one amount; its wording stays among the lexemes of ``room``.

    ``earlier`` are the amounts before it, whose units it may share. Returns the quantity and the lexeme behind it.
    """
    amount.age = ages.is_age(page, amount, earlier[-1] if earlier else None)
    if amount.unit is None and amount.share:
        _as_percent(amount)
    if amount.unit is None and not implied.told_before(page, amount):
        nouns.count_noun(page, amount)
    if amount.unit is None:
        implied.settle(page, amount)
    if amount.unit is None and (filters.looks_like_year(page, amount) or clock.is_hour(page, amount.at)):
        return None
    if amount.unit is None:
        elision.settle(page, amount, earlier, currency)
    rates.complete(page, amount, earlier)
    before = earlier[-1] if earlier else None
    elision.name_degrees(amount, before, page)
    elision.name_points(amount, before, page)
    behind = amount.measured[1] if amount.measured else amount.end
    start, end, effects = wording.hedge(page, amount, behind)
    start, end = max(start, room.start), min(end, max(room.stop, amount.end))
    approximate = wording.apply(amount, effects)
    amount.change = changes.change_of(page, amount, start, effects, before)
    measure = "age" if amount.age else nouns.measure(page, amount)
    first, last = page.lexemes[start].start, page.lexemes[end - 1].end
    quantity = Quantity(
        start=first,
        end=last,
        text=page.text[first:last],
        value=_tidy(amount.value),
        low=_tidy(amount.low),
        high=_tidy(amount.high),
        unit=amount.unit,
        approximate=approximate,
        change=amount.change,
        measure=measure,
    )
    return quantity, end


def _as_percent(amount: Amount) -> None:
    """Turns a share of a whole into percent, to two places: "two thirds" is 66.67 %."""
    amount.unit, amount.kind = "%", "share"
    for bound in ("value", "low", "high"):
        number = getattr(amount, bound)
        if number is not None:
            setattr(amount, bound, round(100 * number, 2))


def _tidy(number: float | None) -> float | None:
    """Rounds off what floating point adds: 66.67 and not 66.67000000000002."""
    return float(f"{number:.12g}") if number is not None else None
