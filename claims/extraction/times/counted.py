"""Times so many units away from another: "two months ago", "a day earlier", "a week from Monday"."""

from __future__ import annotations

from datetime import date

from claims.extraction.quantities.lexer import Sort
from claims.extraction.times.amounts import amount_at, some_at, unit_at
from claims.extraction.times.dates import found, found_day, weekday
from claims.extraction.times.periods import MONTHS_IN, add_days, containing
from claims.extraction.times.reading import Found, Reader, Tense
from claims.extraction.times.relative import ANCHORS, anchor_for, deictic
from claims.extraction.times.tables import UNITS

_AGO = frozenset({"ago", "back"})
_BEFORE = frozenset({"earlier", "before", "previously"})
_AFTER = frozenset({"later", "after"})


def counted(reader: Reader, i: int) -> Found | None:
    """ "two months ago", "a year earlier", "three days later", "a week from now", "the day before"."""
    number, j = amount_at(reader, i)
    if number is None:
        return _uncounted(reader, i)
    unit = unit_at(reader, j)
    if unit is None or (reader.capital(j) and not reader.glued(j)):
        return None
    signal, after = reader.word(j + 1), reader.word(j + 2)
    if (signal in _AGO or signal in _BEFORE) and is_base(reader, i):
        return Found(j + 2, "DATE", _base_value(reader, j + 2, unit, number, narrative=signal in _BEFORE))
    if signal in _AGO and not (signal == "back" and after in {"to", "in", "into"}):
        return _moved(reader, j + 2, unit, -number, narrative=False)
    if signal == "from" and after in {"now", "today"}:
        return _moved(reader, j + 3, unit, number, narrative=False)
    if signal == "from" and unit in {"day", "week"}:
        return _from_day(reader, j + 2, number * (7 if unit == "week" else 1))
    ends = after in {"", ".", ",", ";", ")", "that", "and", "in", "by", "at", "on", "when", "of", "but", "to"}
    if signal in {"earlier", "later"} and after == "than":
        return None  # "three years earlier than planned"
    if signal in _BEFORE and (signal == "earlier" or ends):
        return _moved(reader, j + 2 + (after == "that"), unit, -number, narrative=True)
    if signal in _AFTER and (signal == "later" or (ends and after != "that")):
        return _moved(reader, j + 2, unit, number, narrative=True)
    return None


def _from_day(reader: Reader, i: int, days: float) -> Found | None:
    """ "a week from | Monday", "two days from | tomorrow"."""
    day = weekday(reader, i) or deictic(reader, i)
    if day is None or day.type != "DATE" or day.period is None or days != int(days) or days > 999:
        return None
    moved = add_days(day.period.first, int(days))
    return found_day(day.end, moved) if moved is not None else None


def _uncounted(reader: Reader, i: int) -> Found | None:
    """ "years ago", "several weeks earlier", "a few days later": before or after, nobody says how long."""
    j = some_at(reader, i)
    j = i if j is None else j
    if unit_at(reader, j) is None or not reader.word(j).endswith("s"):
        return None
    signal = reader.word(j + 1)
    if signal in _AGO - {"back"} or signal == "earlier":
        return Found(j + 2, "DATE", "PAST_REF")
    return Found(j + 2, "DATE", "FUTURE_REF") if signal == "later" else None


def is_base(reader: Reader, i: int) -> bool:
    """Whether lexeme ``i`` starts what a figure is compared with, which is not when the claim holds.

    "8% more than a year ago", "from a year earlier", "down from 5.2% a year earlier", "above its level of
    twelve months before".
    """
    before = reader.words(i - 6, 6)
    if before[-2:] in {("more", "than"), ("less", "than")} and not _is_measured(reader, i - 3):
        return False  # "he left more than a year ago"
    if before[-1] in {"than", "from", "with", "on"} or before[-2:] in {("compared", "to"), ("level", "of")}:
        return before[-1] != "from" or reader.word(i - 2) not in {"dating", "date", "dates"}
    near = before[max((k + 1 for k, word in enumerate(before) if word in {".", ";", ","}), default=0) :]
    return "from" in near and any(lexeme.sort is Sort.NUMBER for lexeme in reader.lexemes[max(0, i - 5) : i])


def _is_measured(reader: Reader, i: int) -> bool:
    """Whether an amount ends at lexeme ``i``: "8%", "3.5 per cent", "12 cars"."""
    token = reader.token(i)
    if token is None or reader.lexemes[i].sort is Sort.NUMBER or reader.word(i) in {"%", "cent", "percent"}:
        return token is not None
    return token.tag_ in {"NN", "NNS"} and reader.lexemes[i - 1].sort is Sort.NUMBER


def _base_value(reader: Reader, end: int, unit: str, number: float, *, narrative: bool) -> str:
    moved = _moved(reader, end, unit, -number, narrative=narrative)
    return moved.value if moved is not None else "PAST_REF"


def _moved(reader: Reader, end: int, unit: str, count: float, *, narrative: bool) -> Found | None:
    granularity = UNITS[unit][0]
    if unit == "fortnight":
        count *= 2
    if granularity in {"second", "minute", "hour"}:
        return Found(end, "DATE", "PAST_REF" if count < 0 else "FUTURE_REF")
    if unit == "year" and count == int(count) and abs(count) < 100:
        told = reader.just_seen(end - 1)
        if told is not None and told.granularity in (
            {"quarter", "half", "month"} if narrative else {"quarter", "half"}
        ):
            return found(end, told.shift(int(count) * 12 // MONTHS_IN[told.granularity]))
    long = granularity in {"decade", "century"}
    anchor = anchor_for(reader, end - 1, "year" if long else granularity, narrative=narrative)
    if anchor is None or granularity == "season" or abs(count) > 9999:
        return Found(end, "DATE", "PAST_REF" if count < 0 else "FUTURE_REF")
    if count != int(count):  # "two and a half years ago"
        granularity, count = ("month", 12 * count) if granularity == "year" else ("day", 7 * count)
    if long:
        granularity, count = "year", count * (10 if granularity == "decade" else 100)
    day = add_days(anchor, int(count) * 7) if granularity == "week" else None
    period = containing(granularity, anchor).shift(int(count))
    if period is not None and narrative and count > 0 and _is_still_to_come(reader, end - 1, period.first):
        return Found(end, "DATE", "FUTURE_REF")  # "He restocked in March. Two weeks later ..."
    if (
        period is not None
        and narrative
        and count > 0
        and reader.last_seen(*ANCHORS.get(granularity, ())) is None
    ):
        return Found(end, "DATE", period.value)  # later than what was not told: of its days nothing is known
    if period is not None and day is not None and _is_from_day(reader, end - 1, anchor, narrative=narrative):
        return Found(end, "DATE", period.value, period, day, day)
    return found(end, period)


def _is_still_to_come(reader: Reader, i: int, day: date) -> bool:
    """Whether a day is told as past that lies behind publication: it was reckoned from the wrong one."""
    return reader.published is not None and day > reader.published and reader.tense(i) is Tense.PAST


def _is_from_day(reader: Reader, i: int, anchor: date, *, narrative: bool) -> bool:
    """Whether weeks are counted from a day, so that they lead to one: not from "last week"."""
    last = reader.last_seen(*ANCHORS["week"], told=i) if narrative else None
    return last is None or (last.granularity == "day" and last.first == anchor)
