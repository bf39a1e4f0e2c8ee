"""Years, decades and centuries by their number: "2014", "2023-24", "the 1990s", "the '60s", "the 19th century"."""

from __future__ import annotations

from datetime import date

from claims.extraction.quantities.lexer import APOSTROPHES, DASHES, HYPHENS, Sort, words
from claims.extraction.times.dates import YEARS, found, year_at
from claims.extraction.times.periods import containing, year_of
from claims.extraction.times.reading import Found, Reader
from claims.extraction.times.tables import COUNT_NOUNS, DECADES, ORDINALS

_ALWAYS_YEARS = range(1900, 2051)  # a bare number in this range is a year unless it counts something
_PREPOSITIONS = words("in of since by from until till before after during between circa around to year")
_COUNTED_ONCE = words(
    "mile kilometer kilometre meter metre foot pound ton tonne acre point strong seat page man"
)
_MODIFIERS = words("the early late mid")


def year_alone(reader: Reader, i: int) -> Found | None:
    """ "2014", "in 1789", "2023-24", "the year 2000"."""
    number = reader.number(i)
    if number is None or (reader.glued(i) and not _behind_a_dash(reader, i)):
        return None
    compound = reader.word(i + 1) in HYPHENS and reader.glued(i + 1) and reader.glued(i + 2)
    if compound and i + 2 < len(reader.lexemes) and reader.lexemes[i + 2].lower in _COUNTED_ONCE:
        return None  # "a 2000-mile trip"
    if year_at(reader, i) is None or _counts_people(reader, i, number):
        return None
    end = _season_years(reader, i, number)
    if end is not None:
        last = date(number + 1, 12, 31)
        return Found(end, "DATE", f"{number:04d}/{number + 1:04d}", None, date(number, 1, 1), last)
    return found(i + 1, year_of(number))


def year_named(reader: Reader, i: int) -> Found | None:
    """ "the year 2000", "fiscal 2024", "fiscal year 2024": a fiscal year's months are not told."""
    j = i
    if reader.word(i) == "the":
        j += 1
    j += reader.word(j) == "fiscal"
    j += reader.word(j) == "year"
    number = reader.number(j)
    if j == i or reader.word(j - 1) == "the" or number is None or number not in _ALWAYS_YEARS:
        return None
    return found(j + 1, year_of(number))


def decade(reader: Reader, i: int) -> Found | None:
    """ "the 1990s", "the '60s", "the sixties", the latest that has begun, or is about to."""
    begin = j = i + (reader.word(i) == "the")
    word = reader.word(j)
    if word in DECADES and reader.word(j - 1) in _MODIFIERS | HYPHENS:
        return _decade(reader, i, j + 1, DECADES[word])
    j += word in APOSTROPHES | {"‘", "`"}
    number = reader.number(j)
    if number is None or number % 10 or not (reader.word(j + 1) == "s" and reader.glued(j + 1)):
        return None
    if number in YEARS and j == begin and not (reader.glued(j) and reader.lexemes[j - 1].sort is Sort.WORD):
        return found(j + 2, containing("decade", date(number, 1, 1)))
    if j > begin and reader.glued(j) and len(reader.lexemes[j].text) == 2:
        return _decade(reader, i, j + 2, number)
    return None


def _decade(reader: Reader, i: int, end: int, number: int) -> Found | None:
    today = reader.published.year if reader.published else 2000
    year = today // 100 * 100 + number
    return found(end, containing("decade", date(year if year <= today + 2 else max(year - 100, 1), 1, 1)))


def century(reader: Reader, i: int) -> Found | None:
    """ "the 20th century", "a nineteenth-century mill"."""
    j = i + (reader.word(i) == "the")
    if j >= len(reader.lexemes):
        return None
    lexeme = reader.lexemes[j]
    number = int(lexeme.value or 0) if lexeme.sort is Sort.ORDINAL else ORDINALS.get(lexeme.lower, 0)
    j += 2 if reader.word(j + 1) in HYPHENS else 1
    if reader.word(j) != "century" or not 2 <= number <= 21:
        return None
    return found(j + 1, containing("century", date(number * 100 - 100, 1, 1)))


def _behind_a_dash(reader: Reader, i: int) -> bool:
    return reader.word(i - 1) in DASHES | {"(", "[", "“", '"', "/", "'", "‘", "—"} and (
        reader.word(i - 1) not in DASHES
        or reader.number(i - 2) in YEARS
        or reader.word(i - 2) in {"mid", "pre", "post"}
    )


def _counts_people(reader: Reader, i: int, number: int) -> bool:
    following, before = reader.word(i + 1), reader.word(i - 1)
    if following in COUNT_NOUNS or before in {"$", "€", "£", "¥", "no", "#"}:
        return True
    return number not in _ALWAYS_YEARS and before not in _PREPOSITIONS


def _season_years(reader: Reader, i: int, number: int) -> int | None:
    """The end of "2023-24", "2013/14"."""
    if reader.word(i + 1) not in DASHES | {"/"} or not reader.glued(i + 1) or not reader.glued(i + 2):
        return None
    following = reader.number(i + 2)
    if following is None or len(reader.lexemes[i + 2].text) != 2:
        return None
    return i + 3 if following == (number + 1) % 100 else None
