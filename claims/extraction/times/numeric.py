"""Dates in figures, as the headers of agencies write them: "2025-02-18", "11/02/89", "02-13-98 1323EST"."""

from __future__ import annotations

import re
from datetime import date

from claims.extraction.quantities.lexer import Sort
from claims.extraction.times.periods import Period, make_day
from claims.extraction.times.reading import ZONES, Found, Reader

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")
_MONTH_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})\Z|(\d{2})([/-])(\d{2})\5(\d{2})\Z")
_TIME = re.compile(r"([01]?\d|2[0-3]):?([0-5]\d)(:[0-5]\d)?\Z")


def numeric_date(reader: Reader, i: int) -> Found | None:
    """A day, and the clock time behind it; the month comes first where both readings are possible."""
    if reader.lexemes[i].sort is not Sort.CODE:
        return None
    day = _day(reader, reader.lexemes[i].text)
    if day is None:
        return None
    period = Period("day", day)
    time, end = _time(reader, i + 1)
    if not time:
        return Found(i + 1, "DATE", period.value, period)
    return Found(end, "TIME", f"{period.value}T{time}", period)


def _day(reader: Reader, text: str) -> date | None:
    if match := _ISO.match(text):
        return make_day(*map(int, match.groups()))
    match = _MONTH_FIRST.match(text)
    if match is None:
        return None
    month, day, written = (int(part) for part in match.groups() if part and part.isdigit())
    if month > 12:
        month, day = day, month
    return make_day(_with_century(reader, written) if match[7] else written, month, day)


def _with_century(reader: Reader, year: int) -> int:
    """The year with these last two digits that is nearest to publication."""
    around = reader.published.year if reader.published else 2000
    return min((century + year for century in (1900, 2000)), key=lambda full: abs(full - around))


def _time(reader: Reader, i: int) -> tuple[str, int]:
    """The clock time at ``i``, "14:26:00", "T14:26" or "1323EST", and where it ends; "" if there is none."""
    i += reader.word(i) == "t" and reader.glued(i)
    if i >= len(reader.lexemes):
        return "", i
    match = _TIME.match(reader.lexemes[i].text)
    zone = reader.word(i + 1) in ZONES
    if match is None or (":" not in match[0] and not (zone and len(match[0]) == 4)):
        return "", i
    return f"{int(match[1]):02d}:{match[2]}{match[3] or ''}", i + 1 + zone
