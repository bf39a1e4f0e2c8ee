"""How many of which unit: "three weeks", "a year", "several days", "two-and-a-half hours"."""

from __future__ import annotations

from claims.extraction.quantities.lexer import words
from claims.extraction.quantities.numbers import Number, read
from claims.extraction.times.reading import Reader
from claims.extraction.times.tables import IRREGULAR_PLURALS, ORDINALS, UNIT_ABBREVIATIONS, UNITS

#: what can stand between a number and the unit it counts: "ten more days", "three straight years"
_BETWEEN = words(
    "- ‑ more full straight consecutive successive whole additional long trading working business"
)
_VAGUE = words("several few many some")


def unit_at(reader: Reader, i: int) -> str | None:
    """The singular of the unit of time at ``i``."""
    word = reader.word(i)
    word = UNIT_ABBREVIATIONS.get(word, IRREGULAR_PLURALS.get(word, word))
    singular = word if word in UNITS else word.removesuffix("s")
    return singular if singular in UNITS else None


def amount_at(reader: Reader, i: int) -> tuple[float | None, int]:
    """A number before a unit of time, or the article that stands for one; and where it ends."""
    word = reader.word(i)
    if word in {"a", "an", "the"} and unit_at(reader, i + 1):
        return (1.0, i + 1) if word == "the" or not reader.word(i + 1).endswith("s") else (None, i)
    number: Number | None = read(reader.lexemes, i)
    if number is None or number.without is not None or reader.word(number.end - 1) in ORDINALS:
        return None, i  # "a third" of something, a "nineteenth-century" house
    if reader.words(number.end, 6) == ("-", "and", "-", "a", "-", "half"):
        return number.value + 0.5, number.end + 6 + (reader.word(number.end + 6) in _BETWEEN)
    end = number.end + 1 if reader.word(number.end) in _BETWEEN else number.end
    year = number.value >= 1000 and end == i + 1 and len(reader.lexemes[i].text) == 4
    return (None, i) if year and reader.word(end) == "quarter" else (number.value, end)


def some_at(reader: Reader, i: int) -> int | None:
    """Where the unit stands behind "several", "a few", "a couple of"."""
    word = reader.word(i)
    if word not in _VAGUE and not (word == "a" and reader.word(i + 1) in {"few", "couple"}):
        return None
    end = i + (1 if word in _VAGUE else 2)
    return end + (reader.word(end) == "of")
