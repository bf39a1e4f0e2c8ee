"""Times of the day: "9 a.m. EST Tuesday", "17:45 GMT", "10 o'clock", "the night of Jan. 5"."""

from __future__ import annotations

import re

from claims.extraction.quantities.lexer import APOSTROPHES, HYPHENS, Sort, words
from claims.extraction.times.dates import calendar_date, weekday
from claims.extraction.times.periods import Period
from claims.extraction.times.reading import ZONES, Found, Reader
from claims.extraction.times.relative import deictic, shifted
from claims.extraction.times.tables import DAY_PARTS, WEEKDAYS

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\Z")
_OF_DAY = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}
_HOURS = dict(
    zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True)
)
_MINUTES = {"five": 5, "ten": 10, "quarter": 15, "twenty": 20, "twenty-five": 25, "half": 30}
#: "at ten to twelve" is a time, "ten to twelve people" a range
_CLOSING = words(". , ; : ) on in when as and but that while yesterday today")
_AT = words("at by until till before after about around nearly almost since from")
_SPOKEN_HALVES = {"in the morning": "a", "in the afternoon": "p", "in the evening": "p"}


def part_of_date(reader: Reader, i: int) -> Found | None:
    """ "the morning of Feb. 12", "the night of 5 January"."""
    j = i + (reader.word(i) == "the")
    part = DAY_PARTS.get(reader.word(j))
    if part is None or reader.word(j + 1) != "of":
        return None
    day = calendar_date(reader, j + 2)
    if day is None or day.period is None or day.period.granularity != "day":
        return None
    return Found(day.end, "TIME", f"{day.value}T{part}", day.period)


def clock(reader: Reader, i: int) -> Found | None:
    """ "9 a.m. EST Tuesday", "17:45 GMT"; one without a day of its own is on the day last named."""
    at = _clock_at(reader, i)
    if at is None:
        return None
    time, j = at
    if reader.word(j) in ZONES:
        j += 1
    k = j + (reader.word(j) in {"on", ","})
    day = weekday(reader, k) or calendar_date(reader, k) or deictic(reader, k) or shifted(reader, k)
    if day is not None and day.period is not None and day.period.granularity == "day":
        return Found(day.end, "TIME", f"{day.period.value}T{time}", day.period)
    last = reader.last_seen("day", told=i)
    first = last.first if last else reader.published
    value = first.isoformat() if first else "XXXX-XX-XX"
    return Found(j, "TIME", f"{value}T{time}", Period("day", first) if first else None)


def _spoken_at(reader: Reader, i: int) -> tuple[str, int] | None:
    """ "ten past four", "a quarter to nine", "half past two in the afternoon"."""
    j = i + (reader.word(i) == "a" and reader.word(i + 1) == "quarter")
    word, end = reader.word(j), j + 1
    if word == "twenty" and reader.word(end) in HYPHENS and reader.word(end + 1) == "five":
        word, end = "twenty-five", end + 2
    minute, hour = _MINUTES.get(word), _HOURS.get(reader.word(end + 1 + (reader.word(end) == "minutes")))
    end += reader.word(end) == "minutes"
    if minute is None or hour is None or reader.word(end) not in {"past", "to"}:
        return None
    half, after = _half_of_day(reader, end + 2)
    if reader.word(end) == "to" and (minute == 30 or not (half or _stands_alone(reader, i, after))):
        return None
    hour = hour % 12 + 12 if half == "p" else hour
    minutes = hour * 60 + (minute if reader.word(end) == "past" else -minute)
    return f"{minutes // 60:02d}:{minutes % 60:02d}", after


def _stands_alone(reader: Reader, i: int, end: int) -> bool:
    following = reader.lexemes[end] if end < len(reader.lexemes) else None
    closed = following is None or following.lower in _CLOSING or following.lower in WEEKDAYS
    return reader.word(i - 1) in _AT and closed


def _clock_at(reader: Reader, i: int) -> tuple[str, int] | None:
    if (spoken := _spoken_at(reader, i)) is not None:
        return spoken
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
    if match and match[3] and half is None and not _told_as_hour(reader, i):
        return None  # "she ran it in 2:04:11"
    if hour > 24 or int(minute) > 59 or (half is None and (not match or reader.word(i + 1) in {"-", "to"})):
        return None
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{minute}", end


def _told_as_hour(reader: Reader, i: int) -> bool:
    return reader.word(i - 1) in {"at", "by", "until", "till", "from", "since"} or reader.word(i + 1) in ZONES


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
    if reader.word(i) == "o" and reader.word(i + 1) in APOSTROPHES and reader.word(i + 2) == "clock":
        half, end = _half_of_day(reader, i + 3)
        return half or "", end
    return None, i
