"""Clock times in words, which are times and no quantities: "ten past four", "half past six", "after five"."""

from __future__ import annotations

from claims.extraction.quantities.lexer import HYPHENS, Sort, words
from claims.extraction.quantities.numbers import TENS, UNITS
from claims.extraction.quantities.parse import Page

_HOURS = frozenset(word for word, value in UNITS.items() if 1 <= value <= 12) | {"midnight", "noon", "midday"}
_MINUTES = words("five ten twenty quarter")
#: lead to a clock time: "at twenty to three", unlike "from twenty to three"
_LEADING = words("at until till before after since around about by nearly almost just only showed past")
_ONLY_TIMES = words("until till")
_TURNING = words("after before since until till")
_GOING_ON = words("on in and or but when that this every yesterday today tomorrow tonight")


def end_of_time(page: Page, i: int) -> int:
    """The lexeme behind the time that starts at lexeme ``i``; ``i`` itself where none does."""
    j = i + (page.word(i) in {"a", "an"})
    if page.word(j) == "half" and page.word(j + 1) == "past" and page.word(j + 2) in _HOURS:
        return j + 3
    minutes = _end_of_minutes(page, j)
    if minutes == j:
        return i
    j, link = minutes + (page.word(minutes) in {"minute", "minutes"}), page.word(minutes)
    link = page.word(j)
    if page.word(j + 1) not in _HOURS or link not in {"past", "to"}:
        return i
    if link == "to" and j == minutes and page.word(i - 1) not in _LEADING:
        return i  # "outnumbered ten to one"
    return j + 2


def is_hour(page: Page, i: int) -> bool:
    """ "nobody came until after five": an hour in words that counts nothing, behind a word of time."""
    before = page.word(i - 1)
    if page.word(i) not in _HOURS or before not in _TURNING:
        return False
    if page.word(i - 2) in {"one", *UNITS, *TENS} or not (before in _ONLY_TIMES or _has_verb(page, i)):
        return False
    following = page.lexemes[i + 1 : i + 2]
    return not following or following[0].sort is Sort.SIGN or following[0].lower in _GOING_ON


def _end_of_minutes(page: Page, i: int) -> int:
    if page.word(i) not in _MINUTES:
        number = page.lexemes[i].value if i < len(page.lexemes) else None
        spelt = page.word(i) in UNITS or (number is not None and 0 < number < 60)
        return i + 1 if spelt and page.word(i + 1) in {"past", "minutes"} else i
    if page.word(i) != "twenty":
        return i + 1
    j = i + 1 + (page.word(i + 1) in HYPHENS)
    return j + 1 if page.word(j) == "five" else i + 1


def _has_verb(page: Page, i: int) -> bool:
    """Whether the word of time hangs on a verb or on another word of time ("until after five")."""
    token = page.token(i - 1)
    return token is not None and (token.head.pos_ in {"VERB", "AUX", "ADP"} or page.word(i - 2) in _TURNING)
