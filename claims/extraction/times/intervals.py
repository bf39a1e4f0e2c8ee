"""The days of expressions that belong together: "from May to July", "the year to March", "since 1998"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from claims.extraction.quantities.lexer import DASHES, words
from claims.extraction.times.periods import add_days, add_months, of_value
from claims.extraction.times.reading import Reader, Tense
from claims.extraction.times.tables import DAY_PARTS, DEICTIC, MONTHS, SEASONS, UNITS, WEEKDAYS
from claims.extraction.types import TimeExpression

_TO = DASHES | words("to through until till")
_CLOSING = words("to through ending ended")
_OPENING = words("in over for during")
_MODIFIERS = words("early late mid the - ‑")
_MOVING = words("move postpone delay reschedule bring push shift switch change adjourn defer")
_LENGTH = re.compile(r"P(\d{1,3})([DWMY])\Z")
_SINGLE = {"week": (1, "W"), "month": (1, "M"), "quarter": (3, "M"), "year": (1, "Y")}
_COMPARED = frozenset({"JJS", "RBS"})
_FAR = 12  # lexemes
_HOUR = re.compile(r"T\d\d:\d\d\Z")
_RECENT = 3  # times back
_SHORTEST, _LONGEST = 27, 300  # days of what "the same period" takes up
_DEEPEST = 5  # steps from a time up to its verb
_VERBS = frozenset({"VERB", "AUX"})
_CALENDAR = frozenset({*MONTHS, *WEEKDAYS, *SEASONS, *UNITS, *DEICTIC, *DAY_PARTS})


@dataclass(frozen=True, slots=True)
class Placed:
    """A time expression with the lexemes that it takes."""

    time: TimeExpression
    begin: int
    end: int


def since(
    reader: Reader, begin: int, first: date | None, last: date | None
) -> tuple[date | None, date | None]:
    """Behind "since" a period reaches to publication; behind "the lowest since" to the time of what is so low."""
    today = reader.published
    if first is None or today is None or first > today or (j := _since_before(reader, begin)) is None:
        return first, last
    told = reader.just_seen(begin, 0) if _is_compared(reader, j) and _is_of_verb_above(reader, j) else None
    if reader.just_seen(begin, 0) is None and _is_over(reader, j):
        told = reader.last_seen("day")
    end = told.last if told is not None and first < told.first and told.last < today else today
    return first, end


def _is_over(reader: Reader, i: int) -> bool:
    """Whether "since" ends with what was told, not today: "it was the strongest since 1974", "none had won since"."""
    token = reader.token(i)
    for _ in range(_DEEPEST):
        if token is None or token.pos_ in _VERBS or token.head.i == token.i:
            break
        token = token.head
    if token is None or token.pos_ not in _VERBS:
        return False
    auxiliaries = {child.lower_ for child in token.children if child.dep_ in ("aux", "auxpass")}
    return "had" in auxiliaries or (token.tag_ == "VBD" and not auxiliaries and _is_compared(reader, i))


def _since_before(reader: Reader, begin: int) -> int | None:
    """The "since" that opens the interval: "since 1998", "since the cup of May 2016", "since he left in 2009"."""
    near = range(begin - 1, max(-1, begin - _FAR), -1)
    j = next((k for k in near if reader.word(k) == "since"), None)
    if j is None or all(reader.word(k) in _MODIFIERS for k in range(j + 1, begin)):
        return j
    signal, token = reader.token(j), reader.token(begin)
    if signal is None or token is None or not (signal.is_ancestor(token) or signal.head.is_ancestor(token)):
        return None
    if signal.dep_ == "prep":
        return j if signal.is_ancestor(token) else None
    clause = signal.head  # "since" can also tell a reason: only a comparison or "has been" counts from then
    perfect = any(child.lower_ in {"has", "have"} for child in clause.head.children)
    return j if signal.dep_ == "mark" and (perfect or _is_compared(reader, j)) else None


def _is_compared(reader: Reader, i: int) -> bool:
    """Whether a superlative, or "the first", stands before "since" in the same clause."""
    for j in range(i - 1, max(-1, i - _FAR), -1):
        if reader.word(j) in {".", ",", ";"}:
            return False
        token = reader.token(j)
        if reader.word(j) == "first" or (token is not None and token.tag_ in _COMPARED):
            return True
    return False


def _is_of_verb_above(reader: Reader, i: int) -> bool:
    """Whether the time named last stands beside a verb above "since": not so that of "after a defeat on Sunday"."""
    token, signal = reader.token(reader.named[1] - 1) if reader.named else None, reader.token(i)
    for _ in range(_DEEPEST):
        if token is None or signal is None or token.head.i == token.i or token.pos_ in _VERBS:
            break
        if token.pos_ in {"NOUN", "PROPN"} and token.lower_ not in _CALENDAR:
            return False
        token = token.head
    return token is not None and signal is not None and token.is_ancestor(signal)


def joined(reader: Reader, placed: Iterable[Placed]) -> list[TimeExpression]:
    """The expressions in order; both ends of a range, and a length with its closing date, span the whole."""
    done: list[Placed] = []
    for one in placed:
        one = _of_same_period(reader, done, one) or one
        before = done[-1] if done and done[-1].end == one.begin - 1 else None
        whole = _range(reader, before, one) or _up_to(reader, before, one)
        if whole is None:
            if before is not None and _recurs(reader, before, one):
                done[-1], one = _undated(before), _undated(one)
            done.append(one)
            continue
        first, last = whole
        if before is not None:
            done[-1] = replace(before, time=replace(before.time, first=first, last=last))
        done.append(replace(one, time=replace(one.time, first=first, last=last)))
    return [one.time for one in done]


def _of_same_period(reader: Reader, done: Sequence[Placed], one: Placed) -> Placed | None:
    """ "the same period last year", "the same period a year before": the months last told, in that year."""
    j = one.begin - 1 - (reader.word(one.begin - 1) in {"of", "in"})
    year = of_value(one.time.value)
    if (
        reader.word(j) != "period"
        or reader.word(j - 1) != "same"
        or year is None
        or year.granularity != "year"
    ):
        return None
    for told in reversed(done[-_RECENT:]):
        first, last = told.time.first, told.time.last
        if first is None or last is None or not _SHORTEST <= (last - first).days < _LONGEST:
            continue
        away = 12 * (year.first.year - first.year)
        moved = add_months(first, away), add_months(last, away)
        return replace(one, time=replace(one.time, first=moved[0], last=moved[1]))
    return None


def _recurs(reader: Reader, opening: Placed, closing: Placed) -> bool:
    """ "is closed between 11pm and 5am": hours of no day, told of what is so every day or will be."""
    connector = reader.word(closing.begin - 1)
    ranged = connector in _TO or (connector == "and" and reader.word(opening.begin - 1) == "between")
    hours = all(one.time.type == "TIME" and _HOUR.search(one.time.value) for one in (opening, closing))
    dated = any(reader.word(j) in _CALENDAR for one in (opening, closing) for j in range(one.begin, one.end))
    return ranged and hours and not dated and reader.tense(closing.begin) in (Tense.PRESENT, Tense.FUTURE)


def _undated(one: Placed) -> Placed:
    return replace(one, time=replace(one.time, first=None, last=None))


def _range(reader: Reader, opening: Placed | None, closing: Placed) -> tuple[date, date] | None:
    """ "2016 to 2020", "3-9 May", "between Monday and Friday"."""
    if opening is None:
        return None
    connector = reader.word(closing.begin - 1)
    between = connector == "and" and reader.word(opening.begin - 1) == "between"
    first, last = opening.time.first, closing.time.last
    if not (connector in _TO or between) or first is None or last is None or closing.time.first is None:
        return None
    dated = {opening.time.type, closing.time.type} <= {"DATE", "TIME"}
    if (
        dated
        and first > last
        and not any((reader.number(j) or 0) > 31 for j in range(opening.begin, opening.end))
    ):
        first = add_months(first, -12) or first  # "from 1 April to 30 September", told in February
    return (first, last) if dated and first < closing.time.first and not _is_moved(reader, opening) else None


def _is_moved(reader: Reader, opening: Placed) -> bool:
    """ "moved from Tuesday to Thursday": two days, and none between them."""
    token = reader.token(opening.begin)
    if token is None or reader.word(opening.begin - 1) != "from":
        return False
    return any(above.lemma_ in _MOVING for above in islice(token.ancestors, 3))


def _up_to(reader: Reader, length: Placed | None, closing: Placed) -> tuple[date, date] | None:
    """ "the week to 2 March", "the year ended June 30", "in the three months to May"."""
    last = closing.time.last
    if closing.time.type != "DATE" or last is None or reader.word(closing.begin - 1) not in _CLOSING:
        return None
    counted = _counted(reader, length, closing.begin - 1)
    if counted is None:
        return None
    count, unit = counted
    if unit in "DW":
        first = add_days(last, 1 - count * (7 if unit == "W" else 1))
    else:
        following = add_days(last, 1)
        first = add_months(following, -count * (12 if unit == "Y" else 1)) if following else None
    return (first, last) if first is not None else None


def _counted(reader: Reader, length: Placed | None, end: int) -> tuple[int, str] | None:
    if length is None:
        article = reader.word(end - 2) in {"the", "fiscal", "full", "financial"}
        return _SINGLE.get(reader.word(end - 1)) if article else None
    match = _LENGTH.match(length.time.value)
    if match is None or not (reader.word(length.begin) == "the" or reader.word(length.begin - 1) in _OPENING):
        return None
    return int(match[1]), match[2]
