"""Quarters and halves of a year, and the year of which a company or an office reports."""

from __future__ import annotations

from claims.extraction.quantities.lexer import APOSTROPHES, HYPHENS, Sort, words
from claims.extraction.times.dates import YEARS_AWAY, found
from claims.extraction.times.periods import Period, containing, year_of
from claims.extraction.times.reading import Found, Reader, Tense
from claims.extraction.times.tables import ORDINALS

_IN_YEAR = {"quarter": 4, "half": 2}
_DISTANT = words("earlier ago")
_FOR = words("for during over throughout")
_ACCOUNTS = words(
    "% percent cent £ $ € bn billion revenue sales turnover profit earnings output exports imports gdp"
)
_NEAR = 25  # lexemes
_ENDING = words(", . ; : ) and but as")


def quarter(reader: Reader, i: int) -> Found | None:
    """ "third quarter", "the second half of 2024", "Q3 2024", the year told behind it."""
    number, name, j = _named(reader, i)
    if not number:
        return None
    year, end = _year_behind(reader, j)
    begin = i - 1 if reader.word(i - 1) == "the" else i
    if year is not None:
        return _of_year(end, name, number, year, begin)
    if name == "half" and (reader.word(j) == "of" or not _is_of_accounts(reader, i)):
        return None  # of a match, of a book
    if reader.published is None:
        return Found(j, "DATE", f"XXXX-{name[0].upper()}{number}", begin=begin)
    count = _IN_YEAR[name]
    current = containing(name, reader.published)
    back = ((reader.published.month - 1) * count // 12 + 1 - number) % count
    period = current.shift(-back % count if reader.tense(i) is Tense.FUTURE else -back)
    return Found(j, "DATE", period.value, period, begin=begin) if period else None


def _is_of_accounts(reader: Reader, i: int) -> bool:
    """Whether a half is one of a year: quarters are talked of, or the sentence tells sums and shares."""
    if reader.last_seen("quarter", "half") is not None:
        return True
    near = range(max(0, i - _NEAR), min(len(reader.lexemes), i + _NEAR))
    return any(reader.word(j) in _ACCOUNTS for j in near if reader.page.same_sentence(j, i))


def quarter_of_year(reader: Reader, i: int) -> Found | None:
    """ "last year's third quarter", "the 1988 third quarter": the year told before it."""
    j = i + (reader.word(i) == "the")
    year, away = reader.number(j), YEARS_AWAY.get(reader.word(j))
    if away is not None and reader.word(j + 1) == "year" and reader.published is not None:
        year, j = reader.published.year + away, j + 1
    j += 1
    if reader.word(j) in APOSTROPHES:
        j += 1 + (reader.word(j + 1) == "s")
    number, name, end = _named(reader, j)
    return _of_year(end, name, number, year, i) if number and year in range(1900, 2100) else None


def distant_quarter(reader: Reader, i: int) -> Found | None:
    """ "the year-earlier quarter", "year-ago third quarter": a year before the quarter that the text is about."""
    j = i + (reader.word(i) == "the")
    if not (
        reader.word(j) == "year"
        and reader.word(j + 1) in HYPHENS
        and reader.word(j + 2) in _DISTANT
        and reader.published
    ):
        return None
    about = reader.last_seen("quarter") or containing("quarter", reader.published).shift(-1)
    if about is None:
        return None
    if reader.word(j + 3) == "quarter":
        return found(j + 4, about.shift(-4))
    number, name, end = _named(reader, j + 3)
    return _of_year(end, name, number, about.first.year - 1, i) if number else None


def told_quarter(reader: Reader, i: int) -> Found | None:
    """ "the quarter" of which was spoken, "the latest quarter"."""
    if reader.word(i) not in {"the", "that"}:
        return None
    word, about = reader.word(i + 1), reader.last_seen("quarter")
    if word in {"latest", "current"} and reader.word(i + 2) == "quarter" and reader.published:
        current = containing("quarter", reader.published)
        return found(i + 3, about or (current.shift(-1) if word == "latest" else current))
    if word != "quarter" or about is None or reader.word(i + 2) in HYPHENS | {"of"}:
        return None
    return found(i + 2, about)


def told_year(reader: Reader, i: int) -> Found | None:
    """ "for the year", "for the fiscal year": the one that is on, or just over where January tells it as past."""
    j = i + 2 if reader.word(i + 1) in {"fiscal", "full"} else i + 1
    if reader.word(i) != "the" or reader.word(j) != "year" or reader.word(i - 1) not in _FOR:
        return None
    if reader.published is None or not (reader.word(j + 1) in _ENDING or j + 1 == len(reader.lexemes)):
        return None
    over = reader.published.month < 4 and reader.tense(j) is Tense.PAST
    return found(j + 1, year_of(reader.published.year - over))


def year_end(reader: Reader, i: int) -> Found | None:
    """ "by year-end": the value of the year, its last day."""
    if reader.word(i) != "year" or reader.word(i + 1) not in HYPHENS or reader.word(i + 2) != "end":
        return None
    period = year_of(reader.published.year) if reader.published else None
    return Found(i + 3, "DATE", period.value, period, first=period.last) if period else None


def _of_year(end: int, name: str, number: int, year: int | None, begin: int) -> Found | None:
    months = 12 // _IN_YEAR[name]
    made = year_of(year) if year is not None else None
    if made is None or number > _IN_YEAR[name]:
        return None
    period = Period(name, made.first.replace(month=(number - 1) * months + 1))
    return Found(end, "DATE", period.value, period, begin=begin)


def _named(reader: Reader, i: int) -> tuple[int, str, int]:
    """Which quarter or half is named at ``i``, and where its name ends; 0 where none is."""
    word = reader.word(i)
    if word in {"q", "h"} and reader.glued(i + 1) and reader.capital(i):
        name = "quarter" if word == "q" else "half"
        number = reader.number(i + 1) or 0
        return (number, name, i + 2) if number <= _IN_YEAR[name] else (0, "", i)
    if not 0 <= i < len(reader.lexemes):
        return 0, "", i
    lexeme = reader.lexemes[i]
    number = int(lexeme.value or 0) if lexeme.sort is Sort.ORDINAL else ORDINALS.get(word, 0)
    j = i + 2 if reader.word(i + 1) in HYPHENS else i + 1
    name = reader.word(j)
    fits = 0 < number <= _IN_YEAR.get(name, 0)
    return (number, name, j + 1) if fits else (0, "", i)


def _year_behind(reader: Reader, j: int) -> tuple[int | None, int]:
    """The year behind "third quarter": "of 2024", "2024", "of last year", "of the year"."""
    k = j + 1 if reader.word(j) in {"of", ","} else j
    number = reader.number(k)
    if number is not None and 1900 <= number <= 2100:
        return number, k + 1
    k += reader.word(k) == "the"
    away = YEARS_AWAY.get(reader.word(k))
    if away is not None and reader.word(k + 1) == "year" and reader.published:
        return reader.published.year + away, k + 2
    if reader.word(j) == "of" and reader.word(k) == "year" and reader.published:
        return reader.published.year, k + 1
    return None, j
