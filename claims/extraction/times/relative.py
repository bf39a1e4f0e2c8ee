"""Times told from the day of publication or the time last named: "last week", "yesterday", "that autumn"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from claims.extraction.quantities.lexer import HYPHENS, Sort, words
from claims.extraction.times.dates import (
    calendar_date,
    choose,
    found,
    found_day,
    holiday,
    weekday_near,
)
from claims.extraction.times.periods import Period, add_days, containing
from claims.extraction.times.reading import Found, Reader, Tense
from claims.extraction.times.tables import (
    DAY_PARTS,
    DEICTIC,
    LONELY,
    MONTHS,
    NARRATIVE,
    REFERENCES,
    SEASONS,
    SHIFTS,
    UNITS,
    WEEKDAYS,
)

#: behind "in the past" and "at the moment": nothing of the phrase follows
_CLOSING = words("and but or as is was has have had that to for when while because in by with on at")
#: before these a weekend of the present tense lies ahead: "no rain is forecast before the weekend"
_TOWARDS = words("before until till by ahead")
#: what a narrative reckons from, by the unit it counts in
ANCHORS = {
    "day": ("day",),
    "week": ("day", "week"),
    "weekend": ("day", "week"),
    "month": ("day", "month"),
    "year": ("year", "quarter", "half", "season", "month", "day"),
}


def anchor_for(reader: Reader, i: int, granularity: str, *, narrative: bool) -> date | None:
    """The day that is reckoned from: the time last spoken of in a narrative, else the day of publication."""
    if narrative:
        last = reader.last_seen(*ANCHORS.get(granularity, ()), told=i)
        if last is not None:
            return last.first
    return reader.published


def deictic(reader: Reader, i: int) -> Found | None:
    """ "today", "yesterday morning", "tonight", "last night", "this morning", "now", "recently"."""
    word, following = reader.words(i, 2)
    published = reader.published
    if word in DEICTIC:
        day = add_days(published, DEICTIC[word]) if published else None
        end = i + 1
        if following in DAY_PARTS:
            value = day.isoformat() if day else "XXXX-XX-XX"
            return Found(
                i + 2, "TIME", f"{value}T{DAY_PARTS[following]}", Period("day", day) if day else None
            )
        return found_day(end, day) if day else Found(end, "DATE", "XXXX-XX-XX")
    if word in {"tonight", "overnight"} or (word in {"this", "last"} and following in DAY_PARTS):
        return _part_of_day(reader, i, word, following)
    return _reference(reader, i)


def day_beyond(reader: Reader, i: int) -> Found | None:
    """ "the day after tomorrow", "the day before yesterday"."""
    j = i + (reader.word(i) == "the")
    away = {"day after tomorrow": 2, "day before yesterday": -2}.get(" ".join(reader.words(j, 3)))
    day = add_days(reader.published, away) if away and reader.published else None
    return found_day(j + 3, day) if day else None


def _reference(reader: Reader, i: int) -> Found | None:
    """ "now", "recently", "the near future"; "the past" and "the moment" only where nothing hangs on them."""
    for length in (3, 2, 1):
        phrase = " ".join(reader.words(i, length))
        reference = REFERENCES.get(phrase)
        if reference is None or (reader.word(i + length) in HYPHENS and reader.glued(i + length)):
            continue
        after = reader.lexemes[i + length] if i + length < len(reader.lexemes) else None
        if phrase in LONELY and (
            reader.word(i - 1) not in {"in", "at"}
            or not (after is None or after.sort is Sort.SIGN or after.lower in _CLOSING)
        ):
            continue
        return Found(i + length, "DATE", reference)
    return None


def _part_of_day(reader: Reader, i: int, word: str, following: str) -> Found:
    single = word in {"tonight", "overnight"}
    shift = -1 if word == "last" else 0
    day = add_days(reader.published, shift) if reader.published else None
    value = day.isoformat() if day else "XXXX-XX-XX"
    part = "NI" if single else DAY_PARTS[following]
    night = Found(i + (1 if single else 2), "TIME", f"{value}T{part}", Period("day", day) if day else None)
    if word != "overnight" or day is None:
        return night
    ahead = reader.tense(i) is Tense.FUTURE  # the night that ends on the day of publication, or begins on it
    return (
        replace(night, first=day, last=add_days(day, 1))
        if ahead
        else replace(night, first=add_days(day, -1), last=day)
    )


def shifted(reader: Reader, i: int) -> Found | None:
    """ "last week", "next year", "the previous month", "last Wednesday", "next June", "last fall"."""
    word = reader.word(i)
    if word not in SHIFTS and word not in {"that", "same"}:
        return None
    if word == "this" and reader.word(i + 1) in {"past", "coming", "last", "next"}:
        later = _shifted(reader, i + 1, reader.word(i + 1))
        return replace(later, begin=i) if later is not None else None
    inner = _back_reference(reader, i) if word in {"that", "same"} else _shifted(reader, i, word)
    before = reader.word(i - 1)
    with_article = before == "the" or (before == "that" and word == "same")
    return replace(inner, begin=i - 1) if inner is not None and with_article else inner


def _shifted(reader: Reader, i: int, word: str) -> Found | None:
    target, shift = reader.word(i + 1), SHIFTS[word]
    if target in WEEKDAYS and reader.capital(i + 1):
        return _shifted_weekday(reader, i, shift, word)
    if target in MONTHS and reader.capital(i + 1):
        return _shifted_month(reader, i, shift)
    if target in SEASONS:
        return _shifted_season(reader, i, shift)
    if target in DAY_PARTS:
        return None if word in {"last", "this"} else _next_part_of_day(reader, i, shift)
    unit = target if target in UNITS else None
    if unit is None or UNITS[unit][0] in {"second", "minute", "hour"}:
        return None
    return _shifted_unit(reader, i, shift, unit, word)


def _shifted_unit(reader: Reader, i: int, shift: int, unit: str, word: str) -> Found | None:
    granularity = UNITS[unit][0]
    if unit == "season" or _is_stretch(reader, i, word):
        return None
    told = word in NARRATIVE or (word == "next" and reader.word(i - 1) == "the")
    anchor = anchor_for(reader, i, granularity, narrative=told)
    if anchor is None:
        return Found(
            i + 2, "DATE", {"week": "XXXX-WXX", "month": "XXXX-XX", "day": "XXXX-XX-XX"}.get(unit, "XXXX")
        )
    if unit == "weekend" and shift == -1 and anchor.weekday() < 5:
        period: Period | None = containing("weekend", anchor)
        return found(i + 2, period.shift(-1) if period else None)
    return found(i + 2, containing(granularity, anchor).shift(shift))


def _is_stretch(reader: Reader, i: int, word: str) -> bool:
    """ "the past week", "over the last year": a duration up to now, not the calendar's last."""
    if reader.word(i - 1) != "the":
        return False
    return word == "past" or (
        word == "last" and reader.word(i - 2) in {"over", "during", "in", "within", "for"}
    )


def _shifted_weekday(reader: Reader, i: int, shift: int, word: str) -> Found | None:
    number = WEEKDAYS[reader.word(i + 1)]
    if reader.published is None:
        return Found(i + 2, "DATE", f"XXXX-WXX-{number + 1}")
    if shift == 0:
        week = containing("week", reader.published)
        day = add_days(week.first, number)
    else:
        day = weekday_near(reader.published, number, shift, strict=True)
    if day is None:
        return None
    if (part := DAY_PARTS.get(reader.word(i + 2))) is not None:
        return Found(i + 3, "TIME", f"{day.isoformat()}T{part}", Period("day", day))
    return found_day(i + 2, day)


def _shifted_month(reader: Reader, i: int, shift: int) -> Found | None:
    month = MONTHS[reader.word(i + 1)]
    if reader.published is None:
        return Found(i + 2, "DATE", f"XXXX-{month:02d}")
    anchor = reader.published.replace(day=1)
    years = [anchor.year + y for y in (-1, 0, 1) if 1 < anchor.year < 9998]
    candidates = [date(year, month, 1) for year in years]
    if shift == 0:
        candidates = [day for day in candidates if day.year == anchor.year]
    else:
        candidates = [day for day in candidates if day != anchor]
    chosen = choose(candidates, anchor, Tense(shift or None))
    return found(i + 2, Period("month", chosen)) if chosen else None


def _next_part_of_day(reader: Reader, i: int, shift: int) -> Found | None:
    """ "the next morning", "the previous evening": reckoned from the day last named."""
    anchor = anchor_for(reader, i, "day", narrative=True)
    day = add_days(anchor, shift) if anchor is not None else None
    value = day.isoformat() if day else "XXXX-XX-XX"
    part = DAY_PARTS[reader.word(i + 1)]
    return Found(i + 2, "TIME", f"{value}T{part}", Period("day", day) if day else None)


def shifted_date(reader: Reader, i: int) -> Found | None:
    """ "last Thanksgiving", "last Oct. 23", "next Christmas": the word only says on which side it lies."""
    shift, published = SHIFTS.get(reader.word(i)), reader.published
    if not shift or reader.word(i) in NARRATIVE or published is None:
        return None
    day = holiday(reader, i + 1) or calendar_date(reader, i + 1)
    if day is None or day.period is None or day.period.granularity != "day":
        return None
    return day if (day.period.first < published) == (shift < 0) else None


def _shifted_season(reader: Reader, i: int, shift: int) -> Found | None:
    month, code = SEASONS[reader.word(i + 1)]
    if reader.published is None:
        return Found(i + 2, "DATE", f"XXXX-{code}")
    year = reader.published.year
    candidates = [Period("season", date(year + y, month, 1)) for y in (-2, -1, 0, 1) if 3 < year < 9990]
    if shift < 0:
        over = [season for season in candidates if season.last < reader.published]
        return found(i + 2, max(over, key=lambda season: season.first, default=None))
    if shift > 0:
        ahead = [season for season in candidates if season.first > reader.published]
        return found(i + 2, min(ahead, key=lambda season: season.first, default=None))
    if code == "WI" and reader.published.month < 6 and reader.tense(i) is not Tense.FUTURE:
        year -= 1  # said in March, "this winter" began in December
    return found(i + 2, next((season for season in candidates if season.first.year == year), None))


def _back_reference(reader: Reader, i: int) -> Found | None:
    """ "that year", "the same day", "that morning", "the same hour": the period last named that can hold it."""
    target, end = reader.word(i + 1), i + 2
    if target in SEASONS:
        last = reader.last_seen("year", "month", "day", "season")
        return found(end, Period("season", date(last.first.year, SEASONS[target][0], 1))) if last else None
    if target in DAY_PARTS:
        last = reader.last_seen("day", told=i)
        day = last.first if last else reader.published
        value = day.isoformat() if day else "XXXX-XX-XX"
        return Found(end, "TIME", f"{value}T{DAY_PARTS[target]}", Period("day", day) if day else None)
    if target in {"hour", "minute"}:
        return replace(reader.hour, end=end, begin=None) if reader.hour is not None else None
    if target in WEEKDAYS and reader.published:
        last = reader.last_seen("day")
        day = weekday_near(last.first if last else reader.published, WEEKDAYS[target], -1)
        return found_day(end, day) if day else None
    if target not in {"day", "week", "month", "year", "quarter", "decade", "century", "weekend"}:
        return None
    if target in {"quarter", "month"} and (away := _year_named(reader, end)) is not None:
        last = reader.last_seen(target)
        year, end = away
        return (
            found(end, Period(target, last.first.replace(year=year)))
            if last and last.first.day < 29
            else None
        )
    finer = {"day": ("day",), "week": ("day", "week"), "month": ("day", "month")}
    last = reader.last_seen(*finer.get(target, ("day", "month", "quarter", "season", "year")), told=i)
    day = last.first if last else reader.published
    return found(end, containing(target, day)) if day else None


def _year_named(reader: Reader, i: int) -> tuple[int, int] | None:
    """The year behind "the same quarter" and where it ends: "of 2025", "in 2025", "last year", "a year earlier"."""
    j = i + (reader.word(i) in {"of", "in"})
    number = reader.number(j)
    if number is not None and 1900 <= number <= 2100:
        return number, j + 1
    last = reader.last_seen("year", "quarter", "month")
    about = last.first if last is not None else reader.published
    if reader.words(j, 2) in {("last", "year"), ("previous", "year")} and reader.published is not None:
        return reader.published.year - 1, j + 2
    earlier = reader.words(j, 3) in {("a", "year", "earlier"), ("a", "year", "before"), ("a", "year", "ago")}
    earlier = (
        earlier
        or reader.words(j, 3) == ("the", "previous", "year")
        or reader.words(j, 3) == ("the", "year", "before")
    )
    return (about.year - 1, j + 3) if earlier and about is not None else None


def weekend(reader: Reader, i: int) -> Found | None:
    """ "the weekend", "at the weekend": the last one or the next, by the tense of the verb."""
    if reader.words(i, 2) != ("the", "weekend") or reader.published is None:
        return None
    nearest = containing("weekend", reader.published)
    ahead = reader.tense(i + 1) is Tense.FUTURE or reader.word(i - 1) in _TOWARDS
    if not ahead and nearest.first > reader.published:
        return found(i + 2, nearest.shift(-1))
    return found(i + 2, nearest)
