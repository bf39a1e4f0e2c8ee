"""Stretches of time: "three days", "the past two months", "half an hour", "a decades-long dispute"."""

from __future__ import annotations

from datetime import date

from claims.extraction.quantities.lexer import HYPHENS, words
from claims.extraction.times.amounts import amount_at, some_at, unit_at
from claims.extraction.times.periods import MONTHS_IN, add_days, add_months
from claims.extraction.times.reading import Found, Reader
from claims.extraction.times.tables import UNITS

_LASTING = words("day night week weekend month year decade")
_BEFORE_BARE = words("for in within after over the of take took last lasted")
_DAYS = {"day": 1, "night": 1, "weekend": 7, "week": 7, "fortnight": 14}
#: the ISO 8601 value of half a unit and of a quarter of it
_HALVES = {
    "hour": "PT30M",
    "minute": "PT30S",
    "day": "PT12H",
    "year": "P6M",
    "decade": "P5Y",
    "century": "P50Y",
}
_QUARTERS = {"hour": "PT15M", "century": "P25Y"}
_RECENT = words("last past next coming recent previous first final")


def duration_value(count: float | None, unit: str) -> str:
    """ISO 8601 duration: P3D, PT5H, P2.5Y, PXD; decades and centuries in years, as HeidelTime writes them."""
    if unit == "fortnight" and count is not None:
        unit, count = "week", count * 2
    designator = UNITS[unit][1]
    number = "X" if count is None else f"{count:.4f}".rstrip("0").rstrip(".")
    if designator in {"DE", "CE"}:
        if count is None:
            return "PXY"
        return f"P{count * (10 if designator == 'DE' else 100):g}Y"
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
    framed = reader.word(j) if reader.word(j) in _RECENT and not _lasts(reader, j) else ""
    if framed:
        j += 1
    if framed == "last" and not article and reader.word(j) in UNITS:
        return None
    count, end = _count(reader, j, framed)
    if end is None or (article and not framed and not _is_counted_whole(reader, count, end)):
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


def _lasts(reader: Reader, j: int) -> bool:
    """ "is due to open on Monday and last six weeks": the verb."""
    token = reader.token(j)
    return reader.word(j) == "last" and token is not None and token.pos_ == "VERB"


def _is_counted_whole(reader: Reader, count: float | None, unit: int) -> bool:
    """ "the nine months", but "the | 10-year note": there the article is the note's."""
    return (
        bool(count and count > 1) and reader.word(unit).endswith("s") and reader.word(unit - 1) not in HYPHENS
    )


def fraction(reader: Reader, i: int) -> Found | None:
    """ "half an hour", "a half-century", "a quarter of a century"."""
    j = i + (reader.word(i) in {"a", "the"})
    values = {"half": _HALVES, "quarter": _QUARTERS}.get(reader.word(j))
    if values is None:
        return None
    k = j + 1 + (reader.word(j + 1) == "of" or reader.word(j + 1) in HYPHENS)
    k += reader.word(k) in {"a", "an"}
    value = values.get(reader.word(k))
    return Found(k + 1, "DURATION", value) if value and not _is_age(reader, k) else None


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
    if (end := some_at(reader, j)) is not None:
        return None, end
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
    today = reader.published
    if today is None or count is None or not framed:
        return None, None
    if framed in {"last", "past", "recent"}:
        return _away(today, -count, unit), today
    if framed in {"next", "coming"}:
        end = _away(today, count, unit)
        return today, add_days(end, -1) if end is not None and end > today else end
    return None, None


def _away(day: date, count: float, unit: str) -> date | None:
    """The day ``count`` units away; None for hours and for what the calendar does not hold."""
    if abs(count) > 10**5:
        return None
    if (days := _DAYS.get(unit)) is not None:
        return add_days(day, round(count * days))
    months = MONTHS_IN.get(unit) if unit != "season" else None
    return add_months(day, round(count * months)) if months is not None else None


def bare_units(reader: Reader, i: int) -> Found | None:
    """ "decades", "for years", "in the weeks before": a stretch of unknown length."""
    word = reader.word(i)
    unit = unit_at(reader, i)
    if unit is None or not word.endswith("s") or unit in {"second", "season", "quarter", "night"}:
        return None
    if reader.word(i - 1) in _BEFORE_BARE and (
        reader.word(i - 1) == "for" or not UNITS[unit][1].startswith("T")
    ):
        return Found(i + 1, "DURATION", duration_value(None, unit))
    return None
