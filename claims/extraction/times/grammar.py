"""Puts the rules in order and reads a text with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from claims.extraction.quantities.lexer import DASHES, Sort
from claims.extraction.times import (
    amounts,
    clock,
    counted,
    dates,
    intervals,
    numeric,
    parts,
    quarters,
    relative,
    sets,
    spans,
    years,
)
from claims.extraction.times.periods import add_days, containing
from claims.extraction.times.reading import Found, Reader, Rule
from claims.extraction.times.tables import BOUNDS, EDGES, PARTS_OF_PERIOD, STARTERS
from claims.extraction.types import TimeExpression

#: what names a period of the calendar; ``early`` and ``the end of`` can stand before these
_PERIODS: tuple[Rule, ...] = (
    numeric.numeric_date,
    dates.calendar_date,
    dates.further_day,
    dates.weekday,
    dates.season_of_year,
    dates.holiday,
    quarters.quarter,
    quarters.quarter_of_year,
    quarters.distant_quarter,
    quarters.told_quarter,
    quarters.told_year,
    quarters.year_end,
    years.year_alone,
    years.year_named,
    years.decade,
    years.century,
    relative.shifted,
    relative.shifted_date,
    relative.deictic,
    relative.day_beyond,
    relative.weekend,
    parts.bare_season,
    parts.week_of,
    parts.nth_weekday_of,
    parts.then,
)
_OTHERS: tuple[Rule, ...] = (
    clock.clock,
    clock.part_of_date,
    counted.counted,
    spans.fraction,
    spans.duration,
    sets.repetition,
    sets.frequency,
    spans.bare_units,
    spans.long_lasting,
)
_BOUND_STARTERS = frozenset(phrase[0] for phrase in BOUNDS)


def expressions(reader: Reader) -> list[TimeExpression]:
    """The time expressions from left to right, the longest at each place."""
    return intervals.joined(reader, _placed(reader))


def _placed(reader: Reader) -> Iterator[intervals.Placed]:
    i = 0
    while i < len(reader.lexemes):
        found = _longest(reader, i)
        if found is None:
            i += 1
            continue
        begin = i if found.begin is None else found.begin
        yield intervals.Placed(_expression(reader, begin, found), begin, found.end)
        reader.see(found)
        i = found.end


def _may_start(reader: Reader, i: int) -> bool:
    """Whether a time expression can start here at all: most words are told apart by this alone."""
    lexeme = reader.lexemes[i]
    if lexeme.sort in (Sort.NUMBER, Sort.ORDINAL, Sort.CODE):
        return True
    if lexeme.lower in {"the", "a", "an"}:
        i += 1
        return i < len(reader.lexemes) and (
            reader.lexemes[i].lower in STARTERS or reader.lexemes[i].sort is not Sort.WORD
        )
    return lexeme.lower in STARTERS


def _longest(reader: Reader, i: int) -> Found | None:
    """The longest reading at ``i``, the earliest rule among equals."""
    if reader.word(i) in _BOUND_STARTERS:
        return _with_bound(reader, i)
    if not _may_start(reader, i):
        return None
    best: Found | None = None
    for rule in (sets.of_any_year, _with_edge, _with_part, _part_of_period, *_PERIODS, *_OTHERS):
        found = rule(reader, i)
        if found is not None and (best is None or found.end > best.end):
            best = found
    return best


def _period(reader: Reader, i: int) -> Found | None:
    """The longest period of the calendar named at ``i``."""
    if i >= len(reader.lexemes):
        return None
    best: Found | None = None
    for rule in _PERIODS:
        found = rule(reader, i)
        if found is not None and found.period is not None and (best is None or found.end > best.end):
            best = found
    return best


def _part_of_period(reader: Reader, i: int) -> Found | None:
    return parts.part_of_period(reader, i, _period)


def _with_bound(reader: Reader, i: int) -> Found | None:
    """ "more than a year ago", "almost four years ago": TIMEX3 takes in what limits the number (its ``mod``).

    Annotators leave it out of durations as often as not ("for nearly five months"), and so do we.
    """
    length = next((n for n in (3, 2, 1) if reader.words(i, n) in BOUNDS), 0)
    if not length or (reader.word(i) in {"more", "less"} and counted.is_base(reader, i + length)):
        return None
    j = i + length
    if amounts.amount_at(reader, j)[0] is None:
        return None
    inner = counted.counted(reader, j)
    return replace(inner, begin=i) if inner is not None else None


def _with_edge(reader: Reader, i: int) -> Found | None:
    """ "the end of March 2022", "the beginning of the year": the value of the whole, the days of the edge."""
    begin = i
    if reader.word(i) == "the":
        i += 1
    edge = EDGES.get(reader.word(i))
    if edge is None or reader.word(i + 1) != "of":
        return None
    j = i + 2
    inner = _period(reader, j) or _this_period(reader, j)
    if inner is None or inner.period is None:
        return None
    first, last = _part(inner.period.first, inner.period.last, edge)
    return replace(inner, first=first, last=last, begin=begin)


def _this_period(reader: Reader, i: int) -> Found | None:
    """ "the year", "the month" behind "the end of": the one the text is in."""
    if reader.word(i) != "the" or reader.published is None:
        return None
    word = reader.word(i + 1)
    if word not in {"week", "month", "quarter", "year", "decade", "century"}:
        return None
    return dates.found(i + 2, containing(word, reader.published))


def _with_part(reader: Reader, i: int) -> Found | None:
    """ "early December", "late-November", "the mid-1990s", "earlier this year", "later that week"."""
    begin = i
    i += reader.word(i) == "the"
    word = reader.word(i)
    if word not in PARTS_OF_PERIOD:
        return None
    j = i + 2 if reader.word(i + 1) in DASHES and reader.glued(i + 1) else i + 1
    inner = _period(reader, j)
    if inner is None or inner.period is None:
        return None
    period = inner.period
    if begin < i and period.granularity not in {"decade", "century"}:
        return None  # "the | early March vote": the article is the vote's
    if period.granularity == "day":
        # "early Friday" is still Friday; "later today" is one expression
        return inner if reader.word(j) in {"today", "that", "this", "the"} else None
    part = PARTS_OF_PERIOD[word]
    if part:
        first, last = _part(period.first, period.last, part)
    else:
        first, last = _side(reader, word, period.first, period.last)
    return replace(inner, first=first, last=last, begin=begin)


def _side(reader: Reader, word: str, first: date, last: date) -> tuple[date, date]:
    """ "earlier this year" ends at publication, "later this year" begins there."""
    today = reader.published
    if today is None or not first <= today <= last:
        return first, last
    return (first, today) if word == "earlier" else (today, last)


def _part(first: date, last: date, part: str) -> tuple[date, date]:
    """The days of a period that "the start of", "early", "mid" or "late" picks; thirds for the last three."""
    third = (last - first).days // 3
    if part == "start":
        return first, first
    if part == "end":
        return last, last
    if part == "early":
        return first, add_days(first, third) or last
    if part == "late":
        return add_days(last, -third) or first, last
    return add_days(first, third) or first, add_days(last, -third) or last


def _expression(reader: Reader, begin: int, found: Found) -> TimeExpression:
    start, end = reader.lexemes[begin].start, reader.lexemes[found.end - 1].end
    first = found.first or (found.period.first if found.period else None)
    last = found.last or (found.period.last if found.period else None)
    first, last = intervals.since(reader, begin, first, last)
    return TimeExpression(start, end, reader.page.text[start:end], found.type, found.value, first, last)
