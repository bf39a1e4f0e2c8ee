"""Parts of a period told by their place in it, bare seasons, and "then".

"the last three months of the year", "the opening week of March", "by the summer", "she said then that".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from claims.extraction.quantities.lexer import Sort, words
from claims.extraction.times.amounts import amount_at, unit_at
from claims.extraction.times.dates import calendar_date, found
from claims.extraction.times.periods import Period, add_days, containing, nth_weekday
from claims.extraction.times.reading import Found, Reader, Tense
from claims.extraction.times.spans import duration_value
from claims.extraction.times.tables import ORDINALS, SEASONS, WEEKDAYS

_FIRST = words("first opening initial")
_LAST = words("last final closing")
_INNER = words("day week month quarter")
_WHOLE = words("week month quarter half season year decade century")
_IN = words("in by over during until till since before after through throughout for of from")
#: a season with these names is also something else: "the fall of Kabul", "the spring in his step"
_HOMONYMS = words("fall spring")
_AFTER_START = words("after since following from under as at with")  # "the first six months after the sale"
_THEN = words("since by until till back from")

Named = Callable[[Reader, int], Found | None]


def part_of_period(reader: Reader, i: int, named: Named) -> Found | None:
    """ "the last three months of the year", "the first two weeks of March", "the opening month of 2024".

    ``named`` reads the whole behind "of". Several units keep the value of a duration, one is a period.
    """
    j = i + 1 if reader.word(i) == "the" else i
    if j == i or reader.word(j) not in _FIRST | _LAST:
        return None
    at_start = reader.word(j) in _FIRST
    number, k = (1.0, j + 1) if reader.word(j + 1) in _INNER else amount_at(reader, j + 1)
    unit = unit_at(reader, k)
    if number is None or unit not in _INNER or number != int(number) or not 0 < number < 1000:
        return None
    if reader.word(k + 1) not in {"of", "in"}:
        return _of_this_year(reader, i, k + 1, int(number)) if unit == "month" and at_start else None
    whole = named(reader, k + 2) or _the_period(reader, k + 2)
    if whole is None or whole.period is None or whole.period.granularity not in _WHOLE:
        return None
    return _cut(whole, unit, int(number), at_start=at_start)


def _of_this_year(reader: Reader, i: int, end: int, months: int) -> Found | None:
    """ "rose 7.7% in the first six months": of the year that is on, or of the one before where they are not over."""
    if reader.published is None or not 1 < months < 12 or reader.word(i - 1) not in _IN:
        return None
    if reader.word(end) in _AFTER_START:
        return None
    year = containing("year", reader.published)
    over = Period("month", year.first.replace(month=months)).last <= reader.published
    if not over and reader.tense(i) is not Tense.FUTURE:
        year = year.shift(-1) or year
    return _cut(Found(end, "DATE", year.value, year), "month", months, at_start=True)


def _cut(whole: Found, unit: str, number: int, *, at_start: bool) -> Found | None:
    """The first or the last ``number`` units of a period."""
    assert whole.period is not None
    first, last = whole.period.first, whole.period.last
    if unit in {"day", "week"}:
        days = number * (7 if unit == "week" else 1) - 1
        near = add_days(first, days) if at_start else add_days(last, -days)
        if near is None or not first <= near <= last:
            return None
        span = (first, near) if at_start else (near, last)
        if number == 1 and unit == "day":
            return found(whole.end, Period("day", near))
        return Found(whole.end, "DURATION", duration_value(number, unit), None, *span)
    outermost = containing(unit, first if at_start else last)
    other = outermost.shift((number - 1) * (1 if at_start else -1))
    if other is None or other.first < first or other.last > last:
        return None
    if number == 1:
        return found(whole.end, outermost)
    span = (first, other.last) if at_start else (other.first, last)
    return Found(whole.end, "DURATION", duration_value(number, unit), None, *span)


def _the_period(reader: Reader, i: int) -> Found | None:
    """ "the year" of "the last months of the year": the one that is on, or the one just over if it is told as past.

    In February, with a verb in the past, the last three months of the year are those of the year before.
    """
    if reader.word(i) != "the" or reader.word(i + 1) not in {"month", "quarter", "year", "decade", "century"}:
        return None
    if reader.published is None:
        return None
    now = containing(reader.word(i + 1), reader.published)
    closing = any(reader.word(j) in _LAST for j in range(max(0, i - 5), i))
    if closing and reader.tense(i + 1) is Tense.PAST:
        return found(i + 2, now.shift(-1))
    return found(i + 2, now)


def week_of(reader: Reader, i: int) -> Found | None:
    """ "the week of March 6": the week in which that day lies."""
    if reader.words(i, 3) != ("the", "week", "of"):
        return None
    day = calendar_date(reader, i + 3)
    if day is None or day.period is None or day.period.granularity != "day":
        return None
    return found(day.end, containing("week", day.period.first))


def nth_weekday_of(reader: Reader, i: int) -> Found | None:
    """ "the last Friday of March", "the first Monday in September 2024", "the second Tuesday of the month"."""
    j = i + (reader.word(i) == "the")
    place, number = reader.word(j), WEEKDAYS.get(reader.word(j + 1))
    n = -1 if place == "last" else ORDINALS.get(place, 0)
    if (
        number is None
        or not reader.capital(j + 1)
        or n not in (-1, 1, 2, 3, 4)
        or reader.word(j + 2) not in {"of", "in"}
    ):
        return None
    month = calendar_date(reader, j + 3) or _the_period(reader, j + 3)
    if month is None or month.period is None or month.period.granularity != "month":
        return None
    return found(
        month.end, Period("day", nth_weekday(month.period.first.year, month.period.first.month, number, n))
    )


def bare_season(reader: Reader, i: int) -> Found | None:
    """ "in the summer", "by autumn": the last one or the next, by the tense of the verb."""
    j = i + (reader.word(i) == "the")
    name = reader.word(j)
    if name not in SEASONS or reader.word(i - 1) not in _IN:
        return None
    following = reader.word(j + 1)
    if following in {"season", "-"} or ((name in _HOMONYMS or i == j) and not _ends_phrase(reader, j + 1)):
        return None
    if reader.published is None:
        return Found(j + 1, "DATE", f"XXXX-{SEASONS[name][1]}")
    ahead = reader.tense(j) is Tense.FUTURE or reader.word(i - 1) in {"until", "till"}
    around = [reader.published.year + y for y in (-1, 0, 1) if 1 < reader.published.year < 9998]
    seasons = [Period("season", date(year, SEASONS[name][0], 1)) for year in around]
    if ahead:
        fitting = [one for one in seasons if one.last >= reader.published]
        return found(j + 1, min(fitting, key=lambda one: one.first, default=None))
    fitting = [one for one in seasons if one.first <= reader.published]
    return found(j + 1, max(fitting, key=lambda one: one.first, default=None))


def _ends_phrase(reader: Reader, i: int) -> bool:
    """Whether the phrase is over at ``i``: a full stop, a comma, a year or the next clause."""
    if i >= len(reader.lexemes) or reader.lexemes[i].sort is Sort.SIGN:
        return True
    return reader.word(i) in {"and", "but", "when", "after", "before", "while", "with", "to", "at"}


def then(reader: Reader, i: int) -> Found | None:
    """ "she said then that", "since then": the time last named; never "then" for "next"."""
    last = reader.last_seen("day", "week", "weekend", "month", "quarter", "half", "season", "year")
    if reader.word(i) != "then" or last is None:
        return None
    signal, token = reader.word(i - 1), reader.token(i - 1)
    if signal in _THEN:
        return found(i + 1, last)
    said = token is not None and token.tag_ == "VBD" and token.lemma_ != "be"
    return found(i + 1, last) if said and reader.word(i + 1) in {"that", ".", ",", "”", '"'} else None
