"""Cuts a text into numbers, words and signs, independently of the parser's tokens.

Tokenisers differ on "$300bn", "84bn", "27-kilometer" and "15,000–20,000"; the grammar of amounts
and dates needs one reading of them, so it has its own small lexer and only asks the parse about
grammar (is this a noun, what does it depend on).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from math import isfinite


class Sort(Enum):
    NUMBER = "number"  # digits; ``value`` is set
    ORDINAL = "ordinal"  # "21st"; ``value`` is set
    WORD = "word"
    SIGN = "sign"  # one character that is none of the others
    CODE = "code"  # an address, a clock time, a version, a telephone number: digits, but no amount


@dataclass(slots=True)  # frozen takes three times as long to make, and there is one for each word
class Lexeme:
    """``glued`` is true when nothing stands between this lexeme and the one before it."""

    sort: Sort
    text: str
    lower: str
    start: int
    end: int
    glued: bool
    value: float | None = None


VULGAR_FRACTIONS = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5,
    "⅘": 4 / 5, "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8, "⅒": 1 / 10,
}  # fmt: skip
HYPHENS = frozenset("-‐‑")
DASHES = HYPHENS | frozenset("–−")
APOSTROPHES = frozenset("'’ʼ")

# Possessive quantifiers (++) and an end to every run of groups keep it linear on hostile runs of digits: what an
# alternative looked through in vain is looked through again from the next group on.
_LEXEME = re.compile(
    r"""
    (?P<code> (?:https?://|www\.)\S++
      | \d++(?:[./]\d++){2,}+            # 192.168.1.2, 5/17/2018
      | \d{4}-\d{2}-\d{2}(?!\d)          # 2025-02-18
      | \d++(?:-\d++){2,}+               # 555-123-4567
      | \d{1,3}:\d{1,2}(?::\d{2})?+(?!\d)   # 17:45, 2:04:39
    )
    | (?P<ordinal> \d++(?:,\d{3}){0,8}+(?:st|nd|rd|th)(?![^\W_]) )
    | (?P<number>
        (?: \d{1,3}(?:,\d{3}){1,8}+(?!\d)
          | \d{1,2}(?:,\d{2}(?=,)){1,8}+,\d{3}(?!\d)            # 12,34,567
          | \d{1,3}(?:[\u00a0\u202f\u2009]\d{3}){1,8}+(?!\d)
          | \d++ | (?<![\w.])(?=\.\d) )
        (?:\.\d++)?+
        (?: [eE][+-]?\d{1,3}(?![\w.]) | \s?[x×]\s?10\s?\^?\s?[-−+]?\d{1,3}(?!\d) )?+
    )
    | (?P<vulgar> [½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅒] )
    | (?P<word> [^\W\d_½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅒]++ )
    | (?P<sign> \S )
    """,
    re.VERBOSE,
)
_POWER = re.compile(r"\s?[x×]\s?10\s?\^?\s?")
_NOT_DIGITS = re.compile(r"[,\u00a0\u202f\u2009]")


def words(text: str) -> frozenset[str]:
    """A set of words, written as one text: how the tables of the grammars are kept readable."""
    return frozenset(text.split())


def lex(text: str) -> list[Lexeme]:
    """The lexemes of ``text`` in order; white space is left out. Time is linear in the length."""
    lexemes: list[Lexeme] = []
    end = -1
    for match in _LEXEME.finditer(text):
        sort, value = _sort(match)
        surface = match.group()
        lexemes.append(
            Lexeme(sort, surface, surface.lower(), match.start(), match.end(), match.start() == end, value)
        )
        end = match.end()
    return lexemes


def _sort(match: re.Match[str]) -> tuple[Sort, float | None]:
    surface = match.group()
    group = match.lastgroup
    if group == "number" and (value := _value(surface)) is not None:
        return Sort.NUMBER, value
    if group == "ordinal":
        return Sort.ORDINAL, float(surface[:-2].replace(",", ""))
    if group == "vulgar":
        return Sort.NUMBER, VULGAR_FRACTIONS[surface]
    if group == "word":
        return Sort.WORD, None
    return (Sort.SIGN if group == "sign" else Sort.CODE), None


def _value(surface: str) -> float | None:
    """The number that digits stand for, None where it is beyond a float."""
    plain = _NOT_DIGITS.sub("", _POWER.sub("e", surface).replace("−", "-"))
    try:
        value = float(plain)
    except ValueError:  # digits of other scripts that float() does not take together with a sign
        return None
    return value if isfinite(value) else None
