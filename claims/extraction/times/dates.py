"""Calendar dates: days, months, years, weekdays, holidays."""

from __future__ import annotations

from datetime import date

from claims.extraction.quantities.lexer import DASHES, Sort, words
from claims.extraction.times.periods import (
    Period,
    add_days,
    easter,
    make_day,
    nth_weekday,
)
from claims.extraction.times.reading import Found, Reader, Tense
from claims.extraction.times.tables import (
    COUNT_NOUNS,
    DAY_PARTS,
    EASTER_HOLIDAYS,
    FIXED_HOLIDAYS,
    FLOATING_HOLIDAYS,
    MONTHS,
    SEASONS,
    WEEKDAYS,
)

YEARS = range(1000, 2200)
_LONG_AGO = 270  # days
YEARS_AWAY = {"last": -1, "this": 0, "next": 1}
_NEAR_BY = {Tense.PAST: 75, Tense.FUTURE: 31}  # days
_JOINING = words("and or to through until till") | DASHES
#: what can stand behind the second day of "on Oct. 19 and 20"; a noun would be counted by it
_BEHIND_A_DAY = words(
    'in at on for when where that which who with and but as to by after before , . ; : ) " ” —'
)


def found_day(end: int, day: date) -> Found:
    period = Period("day", day)
    return Found(end, "DATE", period.value, period)


def found(end: int, period: Period | None) -> Found | None:
    return Found(end, "DATE", period.value, period) if period is not None else None


def _month(reader: Reader, i: int) -> tuple[int, int] | None:
    """The month named at ``i`` and where its name ends, a full stop behind an abbreviation included."""
    word = reader.word(i)
    if word not in MONTHS or not reader.capital(i):
        return None
    if (
        len(word) <= 4
        and word not in {"may", "june", "july"}
        and reader.word(i + 1) == "."
        and reader.glued(i + 1)
    ):
        return MONTHS[word], i + 2
    if (
        len(word) == 3
        and word != "may"
        and _day_number(reader, i + 1) is None
        and reader.number(i + 1) is None
    ):
        return None  # "Mar", "Dec" alone are names as often as months
    return MONTHS[word], i + 1


def _day_number(reader: Reader, i: int) -> int | None:
    if not 0 <= i < len(reader.lexemes):
        return None
    lexeme = reader.lexemes[i]
    if lexeme.sort is Sort.ORDINAL and lexeme.value and lexeme.value <= 31:
        return int(lexeme.value)
    number = reader.number(i)
    return number if number is not None and 1 <= number <= 31 and len(lexeme.text) <= 2 else None


def year_at(reader: Reader, i: int) -> int | None:
    number = reader.number(i)
    if number is None or number not in YEARS or len(reader.lexemes[i].text) != 4:
        return None
    glued_word = reader.glued(i + 1) and reader.lexemes[i + 1].sort in (Sort.WORD, Sort.NUMBER)
    return None if glued_word or reader.word(i + 1) == "%" else number


def trailing_year(reader: Reader, i: int) -> tuple[int, int] | None:
    """A year behind a date: ", 2025", "2025", "of 2025", "last year"."""
    told = YEARS_AWAY.get(reader.word(i))
    if told is not None and reader.word(i + 1) == "year" and reader.published is not None:
        counted = reader.published.year + told
        return (counted, i + 2) if counted in YEARS else None
    j = i + 1 if reader.word(i) in {",", "of"} else i
    year = year_at(reader, j)
    return (year, j + 1) if year is not None else None


def calendar_date(reader: Reader, i: int) -> Found | None:
    """ "February 18, 2025", "Feb. 18", "18 February 2025", "18th of February", "February 2025", "May"."""
    month_first = _month(reader, i)
    if month_first is not None:
        month, j = month_first
        day = _day_number(reader, j)
        if day is not None and not _counts(reader, j):
            return _day_of_month(reader, i, j + 1, month, day)
        year = trailing_year(reader, j)
        if year is not None:
            return found(year[1], Period("month", date(year[0], month, 1)))
        if _is_modal(reader, i) or _is_event(reader, i):
            return None
        later = _joined_month(reader, j)
        if later is not None and later.month >= month:
            return found(j, Period("month", later.replace(month=month)))
        return _bare_month(reader, i, j, month)
    day = _day_number(reader, i)
    if day is None:
        return None
    j = i + 2 if reader.word(i + 1) == "of" else i + 1
    named = _month(reader, j)
    return _day_of_month(reader, i, named[1], named[0], day) if named else None


def _joined_month(reader: Reader, i: int) -> date | None:
    """The month of "and June 2011" behind "May": it tells the year of both."""
    if reader.word(i) not in _JOINING:
        return None
    named = _month(reader, i + 1)
    if named is None:
        return None
    day = _day_number(reader, named[1])
    year = trailing_year(reader, named[1] + (day is not None))
    return date(year[0], named[0], 1) if year is not None else None


def further_day(reader: Reader, i: int) -> Found | None:
    """The second day of "Oct. 19 and 20", "December 12-15", "May 3, 4 and 5"."""
    day, comma = _day_number(reader, i), reader.word(i - 1) == ","
    before, end = reader.named or (None, 0)
    if day is None or before is None or before.granularity != "day" or end != i - 1:
        return None
    if not (reader.word(i - 1) in _JOINING or (comma and reader.word(i + 1) in {"and", "or"})):
        return None
    if day <= before.first.day or _day_number(reader, end - 1) != before.first.day:
        return None
    if (year := trailing_year(reader, i + 1)) is not None:
        made = make_day(year[0], before.first.month, day)
        return found_day(year[1], made) if made else None
    made = make_day(before.first.year, before.first.month, day)
    span = reader.word(i - 1) in DASHES and reader.glued(i)  # "the Oct. 11-20 sale"
    closed = span or i + 1 == len(reader.lexemes) or reader.word(i + 1) in _BEHIND_A_DAY
    return found_day(i + 1, made) if made and closed else None


def season_of_year(reader: Reader, i: int) -> Found | None:
    """ "the fall of 2007", "summer 2024"; with a month's rules for the year behind it."""
    j = i + 1 if reader.word(i) == "the" else i
    if reader.word(j) not in SEASONS:
        return None
    year = trailing_year(reader, j + 1)
    if year is None or reader.word(j + 1) == ",":
        return None
    return found(year[1], Period("season", date(year[0], SEASONS[reader.word(j)][0], 1)))


def _counts(reader: Reader, i: int) -> bool:
    """Whether the number behind a month counts something: "In May 12 people", "by March 20%"."""
    following = reader.word(i + 1)
    decimal = (
        following in {":", "."}
        and reader.glued(i + 1)
        and reader.number(i + 2) is not None
        and reader.glued(i + 2)
    )
    return following in COUNT_NOUNS or following == "%" or decimal


def _is_modal(reader: Reader, i: int) -> bool:
    if reader.word(i) not in {"may", "march"}:
        return False
    token = reader.token(i)
    return token is not None and token.pos_ in {"AUX", "VERB"}


def _is_event(reader: Reader, i: int) -> bool:
    """ "the annual March for Life", "the March on the capital"."""
    if reader.word(i) != "march" or reader.word(i + 1) not in {"for", "of", "on", "against"}:
        return False
    return (
        reader.word(i - 1) in {"the", "annual", "a", "this"}
        or reader.capital(i + 2)
        or reader.word(i - 1) == ""
    )


def _day_of_month(reader: Reader, i: int, end: int, month: int, day: int) -> Found | None:
    year = trailing_year(reader, end)
    if year is not None:
        made = make_day(year[0], month, day)
        return found_day(year[1], made) if made else None
    if reader.word(end) in _JOINING and _day_number(reader, end + 1) is not None:
        year = trailing_year(reader, end + 2)  # "Oct. 19 and 20, 1989"
        if year is not None and (made := make_day(year[0], month, day)):
            return found_day(end, made)
    if reader.published is None:
        return Found(end, "DATE", f"XXXX-{month:02d}-{day:02d}")
    candidates = [made for y in (-1, 0, 1) if (made := make_day(reader.published.year + y, month, day))]
    named = _weekday_before(reader, i)
    if named is not None:
        candidates = [made for made in candidates if made.weekday() == named] or candidates
    chosen = choose(candidates, reader.published, reader.tense(i))
    return found_day(end, chosen) if chosen else None


def _weekday_before(reader: Reader, i: int) -> int | None:
    """The weekday in front of a date, "Monday, Oct. 26": it tells the year."""
    j = i - 1
    while reader.word(j) in {",", "."}:
        j -= 1
    return WEEKDAYS.get(reader.word(j))


def _bare_month(reader: Reader, i: int, end: int, month: int) -> Found | None:
    if reader.published is None:
        return Found(end, "DATE", f"XXXX-{month:02d}")
    anchor = reader.published.replace(day=1)
    candidates = [date(anchor.year + y, month, 1) for y in (-1, 0, 1) if 1 < anchor.year < 9998]
    tense = reader.tense(i)
    if tense in (Tense.UNKNOWN, Tense.PRESENT):
        back = min(((anchor - day).days for day in candidates if day <= anchor), default=0)
        tense = Tense.PAST if back < _LONG_AGO else Tense.UNKNOWN
    chosen = choose(candidates, anchor, tense)
    return found(end, Period("month", chosen)) if chosen else None


def choose(candidates: list[date], anchor: date, tense: Tense) -> date | None:
    """The candidate nearest to ``anchor`` on the side that ``tense`` asks for, the anchor itself included.

    The tense is overruled where it would lead most of a year away while the other side is near:
    verbs often belong to something else than the date ("is investigating the August 7 bombings").
    """
    nearest = min(candidates, key=lambda day: abs((day - anchor).days), default=None)
    if tense in (Tense.PRESENT, Tense.UNKNOWN) or nearest is None:
        return nearest
    side = [day for day in candidates if (day - anchor).days * (tense.value or 0) >= 0]
    chosen = min(side or candidates, key=lambda day: abs((day - anchor).days))
    far, near = abs((chosen - anchor).days), abs((nearest - anchor).days)
    return nearest if far > _LONG_AGO and near < _NEAR_BY[tense] else chosen


def weekday(reader: Reader, i: int) -> Found | None:
    """ "Tuesday", "Friday night", "Friday, Oct. 23": by the tense of the verb, past if it tells nothing."""
    if reader.word(i) not in WEEKDAYS or not reader.capital(i):
        return None
    end = i + 1
    if len(reader.word(i)) <= 5:  # "Fri." and "Mon" only with a date behind them
        end += reader.word(end) == "."
    dated = calendar_date(reader, end + (reader.word(end) == ","))
    if dated is not None and dated.period is not None and dated.period.granularity == "day":
        return dated
    if (len(reader.word(i)) <= 5 and reader.word(i) not in {"monday", "friday", "sunday"}) or end > i + 1:
        return None
    if reader.published is None:
        return Found(end, "DATE", f"XXXX-WXX-{WEEKDAYS[reader.word(i)] + 1}")
    ahead = reader.tense(i) in (Tense.FUTURE, Tense.PRESENT)
    day = weekday_near(reader.published, WEEKDAYS[reader.word(i)], 1 if ahead else -1)
    return _with_day_part(reader, found_day(end, day)) if day else None


def _with_day_part(reader: Reader, day: Found) -> Found:
    part = DAY_PARTS.get(reader.word(day.end))
    if part is None or day.period is None:
        return day
    return Found(day.end + 1, "TIME", f"{day.value}T{part}", day.period)


def weekday_near(anchor: date, number: int, direction: int, *, strict: bool = False) -> date | None:
    """The last (-1) or next (1) such weekday, the anchor's own day included unless ``strict``."""
    distance = (number - anchor.weekday()) % 7 if direction > 0 else -((anchor.weekday() - number) % 7)
    if strict and distance == 0:
        distance = 7 * direction
    return add_days(anchor, distance)


def holiday(reader: Reader, i: int) -> Found | None:
    """Feasts and election days, by the tense of the verb: "before Christmas", "on Thanksgiving Day"."""
    if not reader.capital(i) and reader.word(i) != "midsummer":
        return None
    for length in range(5, 0, -1):
        if i + length > len(reader.lexemes):
            continue
        lexemes = reader.lexemes[i : i + length]
        name = "".join(("" if x.glued or k == 0 else " ") + x.lower for k, x in enumerate(lexemes)).replace(
            "’", "'"
        )
        if _holiday_in(name, 2000) is None:
            continue
        year = trailing_year(reader, i + length)
        if year is not None:
            day = _holiday_in(name, year[0])
            return found_day(year[1], day) if day else None
        if reader.published is None:
            return None
        around = [reader.published.year + y for y in (-1, 0, 1) if 1 < reader.published.year < 9998]
        days = [day for y in around if (day := _holiday_in(name, y))]
        chosen = choose(days, reader.published, reader.tense(i))
        return found_day(i + length, chosen) if chosen else None
    return None


def _holiday_in(name: str, year: int) -> date | None:
    if name in FIXED_HOLIDAYS:
        return date(year, *FIXED_HOLIDAYS[name])
    if name in FLOATING_HOLIDAYS:
        month, weekday_number, n, plus = FLOATING_HOLIDAYS[name]
        return add_days(nth_weekday(year, month, weekday_number, n), plus)
    if name in EASTER_HOLIDAYS:
        return add_days(easter(year), EASTER_HOLIDAYS[name])
    return None
