"""Relative times made absolute in a claim's wording: "on Tuesday" -> "on Tuesday 18 February 2025"."""

from __future__ import annotations

import re
from datetime import date

from claims.extraction.mentions.lexicon import MONTHS
from claims.extraction.types import TimeExpression

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PART_OF_DAY = re.compile(r"\b(morning|afternoon|evening|night|noon|midnight)\b", re.I)
_POSSESSIVE = re.compile(r"(?:'s|’s|')$")
_EDGE = re.compile(r"^(late|early|mid|the (?:start|beginning|end|middle) of|the whole of)\b", re.I)
_DAY_VALUE = re.compile(r"^\d{4}-\d\d-\d\d")
_PREPOSITIONS = frozenset(
    """on in by of since until till from before after for to than around about during through over between and
    into""".split()
)


def spell_day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def absolute(time: TimeExpression, before: str, after: str) -> str | None:
    """The wording of ``time`` that needs no publication date, or None if it needs no change or has none.

    ``before`` and ``after`` are the lower-case words around it: they tell whether a preposition is
    missing ("he left yesterday") or would be wrong ("Tuesday's talks").
    """
    text, first, last = time.text, time.first, time.last
    if first is None or last is None or time.type not in ("DATE", "TIME") or _YEAR.search(text):
        return None
    possessive = _POSSESSIVE.search(text)
    bare = text[: possessive.start()] if possessive else text
    if not bare.strip():
        return None
    spelled = _spelled(bare, first, last, time.value)
    if spelled is None:
        return None
    phrase, preposition = spelled
    first_word = bare.split(maxsplit=1)[0].lower()
    attributive = after in ("'s", "’s", "'", "’") or before in ("the", "a", "this", "that")
    if possessive or attributive or before in _PREPOSITIONS or first_word in _PREPOSITIONS or not preposition:
        return phrase + (possessive.group() if possessive else "")
    return f"{preposition} {phrase}"


def _spelled(text: str, first: date, last: date, value: str) -> tuple[str, str] | None:
    """The absolute phrase, and the preposition that it takes if none is there."""
    head = text.split(maxsplit=1)[0].lower()
    lead = f"{head} " if head in _PREPOSITIONS else ""
    edge = _EDGE.match(text[len(lead) :])
    lead += f"{edge.group().lower()} " if edge else ""
    if first == last and _DAY_VALUE.match(value):
        part = _PART_OF_DAY.search(text)
        hour = f"the {part.group().lower()} of " if part else ""
        return f"{lead}{hour}{_DAYS[first.weekday()]} {spell_day(first)}", "on" if not part else "in"
    if "-W" in value:
        return f"{lead}the week of {_range(first, last)}", "in"
    if re.fullmatch(r"\d{4}-\d\d", value):
        return f"{lead}{MONTHS[first.month - 1]} {first.year}", "in"
    if re.fullmatch(r"\d{4}", value):
        return f"{lead}{first.year}", "in"
    if re.fullmatch(r"\d{4}-(?:Q|H)\d", value):
        return f"{text} of {value[:4]}", ""
    if re.fullmatch(r"\d{4}-(?:SP|SU|FA|WI)", value):
        season = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}[value[-2:]]
        return f"{lead}{season} {value[:4]}", "in"
    return None


def _range(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{spell_day(last)}"
    return f"{spell_day(first)} – {spell_day(last)}"
