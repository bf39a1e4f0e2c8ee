"""Times that come again: "every day", "each Friday", "twice a week", "Mondays", "annual" (TIMEX3 type SET)."""

from __future__ import annotations

from claims.extraction.quantities.lexer import HYPHENS
from claims.extraction.times.amounts import amount_at, unit_at
from claims.extraction.times.reading import Found, Reader
from claims.extraction.times.spans import duration_value
from claims.extraction.times.tables import MONTHS, SEASONS, SETS, UNITS, WEEKDAY_PLURALS, WEEKDAYS


def repetition(reader: Reader, i: int) -> Found | None:
    """ "daily", "every day", "each Tuesday", "every two weeks", "every other month", "Fridays"."""
    word = reader.word(i)
    if word in SETS:
        return Found(i + 1, "SET", SETS[word]) if _recurs(reader, i) else None
    if word in WEEKDAY_PLURALS and reader.capital(i):
        return Found(i + 1, "SET", f"XXXX-WXX-{WEEKDAY_PLURALS[word] + 1}")
    if word not in {"every", "each"}:
        return None
    return _every(reader, i)


def _recurs(reader: Reader, i: int) -> bool:
    """Not in a compound ("bi-weekly"), a name ("the Daily Herald") or as the noun for a newspaper."""
    if (reader.glued(i) and reader.word(i - 1) in HYPHENS) or (reader.capital(i) and reader.capital(i + 1)):
        return False
    token = reader.token(i)
    return token is None or not (token.tag_ == "NN" and reader.capital(i + 1))


def _every(reader: Reader, i: int) -> Found | None:
    named = reader.word(i + 1)
    if named in WEEKDAYS and reader.capital(i + 1):
        return Found(i + 2, "SET", f"XXXX-WXX-{WEEKDAYS[named] + 1}")
    if named in MONTHS and reader.capital(i + 1):
        return Found(i + 2, "SET", f"XXXX-{MONTHS[named]:02d}")
    if named in SEASONS:
        return Found(i + 2, "SET", f"XXXX-{SEASONS[named][1]}")
    if named in UNITS and named != "second":
        return Found(i + 2, "SET", duration_value(1.0, named))
    if named in {"other", "second"} and reader.word(i + 2) in UNITS:
        return Found(i + 3, "SET", duration_value(2.0, reader.word(i + 2)))
    count, end = amount_at(reader, i + 1)
    if count is not None and (unit := unit_at(reader, end)) is not None:
        return Found(end + 1, "SET", duration_value(count, unit))
    return None


_COMPARED = frozenset({"ever", "never"})
_USUAL = frozenset("record records average averages norm normal usual".split())
_REACH = 10  # lexemes


def of_any_year(reader: Reader, i: int) -> Found | None:
    """ "the highest ever measured in August", "the coldest March night", "a record for May": not that of one year."""
    month = MONTHS.get(reader.word(i))
    if month is None or not reader.capital(i):
        return None
    before = reader.token(i - 1)
    superlative = before is not None and before.tag_ in ("JJS", "RBS")
    compared = any(
        reader.word(j) in _COMPARED and reader.page.same_sentence(j, i) for j in range(max(0, i - _REACH), i)
    )
    usual = reader.word(i + 1) in _USUAL or (reader.word(i - 1) == "for" and reader.word(i - 2) in _USUAL)
    return Found(i + 1, "SET", f"XXXX-{month:02d}") if superlative or compared or usual else None


def frequency(reader: Reader, i: int) -> Found | None:
    """ "once a week", "twice a year", "three times per month": how often is TimeML's ``freq``."""
    if reader.word(i) in {"once", "twice"}:
        j = i + 1
    elif reader.word(i + 1) == "times":
        j = i + 2
    else:
        return None
    if reader.word(j) not in {"a", "an", "per", "each", "every"} or reader.word(j + 1) not in UNITS:
        return None
    return Found(j + 2, "SET", duration_value(1.0, reader.word(j + 1)))
