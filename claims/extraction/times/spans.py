"""Stretches: durations, repetitions, quarters and halves, clock times."""

from __future__ import annotations

import re
from datetime import date

from claims.extraction.quantities.lexer import HYPHENS, Sort, words
from claims.extraction.times.dates import calendar_date, found, weekday
from claims.extraction.times.periods import Period, add_days, containing, year_of
from claims.extraction.times.reading import Found, Reader, Tense
from claims.extraction.times.relative import amount_at, deictic, shifted, unit_at
from claims.extraction.times.tables import SETS, UNITS, WEEKDAYS

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\Z")
_ZONES = words("est edt cst cdt mst mdt pst pdt et ct pt gmt utc bst cet cest eet msk ist jst")
_OF_DAY = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}
_LASTING = words("day night week weekend month year decade")
_SPOKEN_HALVES = {"in the morning": "a", "in the afternoon": "p", "in the evening": "p"}
_VAGUE = words("several few many some")
_RECENT = words("last past next coming recent previous first final")
_ORDINAL_WORDS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def duration_value(count: float | None, unit: str) -> str:
    """ISO 8601 duration: P3D, PT5H, P2.5Y, PXD; decades and centuries in years, as HeidelTime writes them."""
    if unit == "fortnight" and count is not None:
        unit, count = "week", count * 2
    designator = UNITS[unit][1]
    number = "X" if count is None else f"{count:.4f}".rstrip("0").rstrip(".")
    if designator in {"DE", "CE"}:
        if count is None:
            return f"PX{designator}"
        return f"P{number}{designator}"
    if designator.startswith("T"):
        return f"PT{number}{designator[1]}"
    if designator == "Q" and count is not None:
        return f"P{int(count * 3)}M"
    return f"P{number}{designator}"


def duration(reader: Reader, i: int) -> Found | None:
    """ "three days", "a 16-hour", "the past two months", "several weeks", "recent days", "decades"."""
    begin, j = i, i
    article = reader.word(j) == "the"
    if article:
        j += 1
    framed = reader.word(j) if reader.word(j) in _RECENT else ""
    if framed:
        j += 1
    if (article and not framed) or (framed == "last" and not article and reader.word(j) in UNITS):
        return None
    count, end = _count(reader, j, framed)
    if end is None:
        return None
    unit = unit_at(reader, end)
    if unit == "quarter" and reader.word(end + 1) in HYPHENS | {"of"}:
        return None  # a share: "a quarter of"
    if unit is None or unit == "season" or (unit == "second" and count == 1 and reader.word(j) == "a"):
        return None
    if _is_age(reader, end) or reader.capital(end) or (unit == "night" and not framed and count == 1):
        return None
    if reader.word(j) in {"a", "an"} and reader.word(end + 2) == "long" and reader.word(end + 1) in HYPHENS:
        return None  # "a day-long debate": the article is the debate's
    value = duration_value(count, unit)
    first, last = _framed_span(reader, framed, count, unit)
    return Found(end + 1, "DURATION", value, None, first, last, begin)


def long_lasting(reader: Reader, i: int) -> Found | None:
    """ "a day-long meeting", "a decades-long dispute", "a yearlong search"."""
    unit = unit_at(reader, i)
    if unit is None and reader.word(i).endswith("long"):
        unit = reader.word(i).removesuffix("long")
        return Found(i + 1, "DURATION", duration_value(1.0, unit)) if unit in _LASTING else None
    if unit is None or reader.word(i + 1) not in HYPHENS or reader.word(i + 2) != "long":
        return None
    count = None if reader.word(i).endswith("s") else 1.0
    return Found(i + 3, "DURATION", duration_value(count, unit))


def _count(reader: Reader, j: int, framed: str) -> tuple[float | None, int | None]:
    """How many, and where the unit stands; the second is None where this is no duration."""
    word = reader.word(j)
    if word in _VAGUE or (word == "a" and reader.word(j + 1) in {"few", "couple"}):
        end = j + 1 if word in _VAGUE else j + 2
        return None, end + (reader.word(end) == "of")
    count, end = amount_at(reader, j)
    if count is not None and count < 1e7 and (unit_at(reader, end) is not None):
        return count, end
    if framed in {"recent", "coming", "past", "next"} and reader.word(j).endswith("s") and unit_at(reader, j):
        return None, j
    if framed in {"past", "coming", "last"} and reader.word(j) in UNITS:
        return 1.0, j
    return None, None


def _is_age(reader: Reader, unit: int) -> bool:
    """ "44-year-old", "five years old", "years of age"."""
    following = [word for word in reader.words(unit + 1, 3) if word not in HYPHENS]
    return following[:1] == ["old"] or following[:2] == ["of", "age"] or following[:1] == ["olds"]


def _framed_span(
    reader: Reader, framed: str, count: float | None, unit: str
) -> tuple[date | None, date | None]:
    """The days of "the past two months" and "the next five years", as seen from the day of publication."""
    designator = UNITS[unit][1]
    if reader.published is None or count is None or designator.startswith("T") or designator in {"E", "Q"}:
        return None, None
    days = {"D": 1.0, "W": 7.0, "M": 30.4375, "Y": 365.25, "DE": 3652.5, "CE": 36525.0}[designator] * count
    if unit == "fortnight":
        days *= 2
    if days > 10**6:
        return None, None
    if framed in {"last", "past", "recent"}:
        return add_days(reader.published, -round(days)), reader.published
    if framed in {"next", "coming"}:
        return reader.published, add_days(reader.published, round(days))
    return None, None


def bare_units(reader: Reader, i: int) -> Found | None:
    """ "decades", "for years", "in the weeks before": a stretch of unknown length."""
    word = reader.word(i)
    unit = unit_at(reader, i)
    if (
        unit is None
        or not word.endswith("s")
        or UNITS[unit][1].startswith("T")
        or unit in {"season", "quarter", "night"}
    ):
        return None
    if reader.word(i - 1) in {
        "for",
        "in",
        "within",
        "after",
        "over",
        "the",
        "of",
        "take",
        "took",
        "last",
        "lasted",
    }:
        return Found(i + 1, "DURATION", duration_value(None, unit))
    return None


def repetition(reader: Reader, i: int) -> Found | None:
    """ "daily", "every day", "each Tuesday", "every two weeks"."""
    word = reader.word(i)
    if word in SETS and not (reader.glued(i) and reader.word(i - 1) in HYPHENS):
        return Found(i + 1, "SET", SETS[word])
    if word not in {"every", "each"}:
        return None
    if reader.word(i + 1) in WEEKDAYS and reader.capital(i + 1):
        return Found(i + 2, "SET", f"XXXX-WXX-{WEEKDAYS[reader.word(i + 1)] + 1}")
    unit = reader.word(i + 1)
    if unit in UNITS and unit != "second":
        return Found(i + 2, "SET", duration_value(1.0, unit))
    count, end = amount_at(reader, i + 1)
    if count is not None and (named := unit_at(reader, end)) is not None:
        return Found(end + 1, "SET", duration_value(count, named))
    return None


def quarter(reader: Reader, i: int) -> Found | None:
    """ "third quarter", "the second half of 2024", "Q3 2024"."""
    number, name, j = _quarter_name(reader, i)
    if not number:
        return None
    year, end = _quarter_year(reader, j)
    if name == "half" and year is None:
        return None  # of a match, of a book
    granularity, months = ("quarter", 3) if name == "quarter" else ("half", 6)
    begin = i - 1 if reader.word(i - 1) == "the" else i
    if number * months > 12:
        return None
    if year is not None:
        made = year_of(year)
        period = Period(granularity, made.first.replace(month=(number - 1) * months + 1)) if made else None
        return Found(end, "DATE", period.value, period, begin=begin) if period else None
    if reader.published is None:
        return Found(j, "DATE", f"XXXX-Q{number}", begin=begin)
    current = containing(granularity, reader.published)
    back = ((reader.published.month - 1) // months + 1 - number) % (12 // months)
    period = current.shift((-back) % (12 // months) if reader.tense(i) is Tense.FUTURE else -back)
    return Found(j, "DATE", period.value, period, begin=begin) if period else None


def _quarter_name(reader: Reader, i: int) -> tuple[int, str, int]:
    word = reader.word(i)
    if word in {"q", "h"} and reader.glued(i + 1) and reader.capital(i):
        return reader.number(i + 1) or 0, "quarter" if word == "q" else "half", i + 2
    lexeme = reader.lexemes[i]
    number = int(lexeme.value or 0) if lexeme.sort is Sort.ORDINAL else _ORDINAL_WORDS.get(word, 0)
    j = i + 2 if reader.word(i + 1) in HYPHENS else i + 1
    name = reader.word(j)
    return (number, name, j + 1) if number and name in {"quarter", "half"} else (0, "", i)


def _quarter_year(reader: Reader, j: int) -> tuple[int | None, int]:
    """The year behind "third quarter": "of 2024", "2024", "of last year", "of the year"."""
    k = j + 1 if reader.word(j) in {"of", ","} else j
    number = reader.number(k)
    if number is not None and 1900 <= number <= 2100:
        return number, k + 1
    k += reader.word(k) == "the"
    if reader.word(k) in {"last", "this", "next"} and reader.word(k + 1) == "year" and reader.published:
        return reader.published.year + {"last": -1, "this": 0, "next": 1}[reader.word(k)], k + 2
    if reader.word(j) == "of" and reader.word(k) == "year" and reader.published:
        return reader.published.year, k + 1
    return None, j


def clock(reader: Reader, i: int) -> Found | None:
    """ "9 a.m. EST Tuesday", "17:45 GMT"; one without a day of its own is on the day last named."""
    at = _clock_at(reader, i)
    if at is None:
        return None
    time, j = at
    if reader.word(j) in _ZONES:
        j += 1
    k = j + (reader.word(j) in {"on", ","})
    day = weekday(reader, k) or calendar_date(reader, k) or deictic(reader, k) or shifted(reader, k)
    if day is not None and day.period is not None and day.period.granularity == "day":
        return Found(day.end, "TIME", f"{day.period.value}T{time}", day.period)
    last = reader.last_seen("day")
    first = last.first if last else reader.published
    value = first.isoformat() if first else "XXXX-XX-XX"
    return Found(j, "TIME", f"{value}T{time}", Period("day", first) if first else None)


def _clock_at(reader: Reader, i: int) -> tuple[str, int] | None:
    if reader.word(i) in _OF_DAY:
        return _OF_DAY[reader.word(i)], i + 1
    lexeme = reader.lexemes[i]
    match = _CLOCK.match(lexeme.text) if lexeme.sort is Sort.CODE else None
    if match:
        hour, minute = int(match[1]), match[2]
    elif lexeme.sort is Sort.NUMBER and re.fullmatch(r"\d{1,2}(?:\.\d{2})?", lexeme.text):
        whole, _, rest = lexeme.text.partition(".")
        hour, minute = int(whole), rest or "00"
    else:
        return None
    half, end = _half_of_day(reader, i + 1)
    if hour > 24 or int(minute) > 59 or (half is None and (not match or reader.word(i + 1) in {"-", "to"})):
        return None
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{minute}", end


def _half_of_day(reader: Reader, i: int) -> tuple[str | None, int]:
    if (half := _SPOKEN_HALVES.get(" ".join(reader.words(i, 3)))) is not None:
        return half, i + 3
    if reader.word(i) in {"am", "pm"}:
        return reader.word(i)[0], i + 1
    if (
        reader.words(i, 3) in {("a", ".", "m"), ("p", ".", "m")}
        and reader.glued(i + 1)
        and reader.glued(i + 2)
    ):
        return reader.word(i), i + 3 + (reader.word(i + 3) == "." and reader.glued(i + 3))
    return None, i


def year_to(reader: Reader, i: int) -> Found | None:
    """ "fiscal 2024", "fiscal year 2024": taken as the calendar year, for the fiscal one is not told."""
    if reader.word(i) != "fiscal":
        return None
    j = i + 2 if reader.word(i + 1) == "year" else i + 1
    number = reader.number(j)
    return found(j + 1, year_of(number)) if number is not None and 1900 <= number <= 2100 else None
