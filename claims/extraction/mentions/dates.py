"""Relative times made absolute in a claim's wording: "on Tuesday" -> "on Tuesday 18 February 2025"."""

from __future__ import annotations

import re
from datetime import date

from claims.extraction.mentions.lexicon import MONTHS
from claims.extraction.times.periods import of_value
from claims.extraction.types import TimeExpression

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PART_OF_DAY = re.compile(r"\b(morning|afternoon|evening|night)\b|\bto(night)\b", re.I)
_HOUR = re.compile(r"T\d\d:\d\d")
#: the time of day as the text has it, what tells its day left out
_CLOCK = re.compile(
    r"""(?:noon|midday|midnight
    |(?:a\ )?(?:half|quarter|five|ten|twenty(?:[-\ ]five)?)(?:\ minutes)?\ (?:past|to)\ [a-z]+
    |\d{1,2}(?:[:.]\d\d){0,2}(?:\s*[ap]\.?m\b\.?)?(?:\s+o['’]clock)?)
    (?:\s+in\ the\ (?:morning|afternoon|evening))?(?:\s+(?!ON\b)[A-Z]{2,4}\b)?""",
    re.X | re.I,
)
_POSSESSIVE = re.compile(r"(?:'s|’s|')$")
_OF_YEAR = re.compile(r" of (?:last|this|next|the|the same|that) year$", re.I)
_EDGE = re.compile(r"^(late|early|mid|the (?:start|beginning|end|middle) of|the whole of)\b", re.I)
_PREPOSITIONS = frozenset(
    """on in by of since until till from before after for to than around about during through over between and
    into at throughout towards within past""".split()
)
_DETERMINERS = frozenset({"the", "a", "an", "this", "that"})
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}


def spell_day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def absolute(time: TimeExpression, before: str, after: str) -> str | None:
    """The wording of ``time`` that needs no publication date, or None if it needs no change or has none.

    ``before`` and ``after`` are the lower-case words around it: they tell whether a preposition is
    missing ("he left yesterday") or would be wrong ("Tuesday's talks").
    """
    text = time.text
    if time.first is None or time.last is None or time.type not in ("DATE", "TIME") or _YEAR.search(text):
        return None
    possessive = _POSSESSIVE.search(text)
    bare = text[: possessive.start()] if possessive else text
    if not bare.strip():
        return None
    attributive = bool(possessive) or after in ("'s", "’s", "'", "’") or before in _DETERMINERS
    spelled = _of_day(time, bare, attributive=attributive) or _spelled(time, bare)
    if spelled is None:
        return None
    phrase, preposition = spelled
    first_word = bare.split(maxsplit=1)[0].lower()
    if attributive or before in _PREPOSITIONS or first_word in _PREPOSITIONS or not preposition:
        return phrase + (possessive.group() if possessive else "")
    return f"{preposition} {phrase}"


def _days(time: TimeExpression) -> tuple[date, date]:
    """The days of the words themselves: not of the interval since then, nor of the whole of a range."""
    assert time.first is not None and time.last is not None
    period = of_value(time.value.partition("T")[0])
    if period is None or time.first == time.last:
        return time.first, time.last
    return period.first, period.last


def _of_day(time: TimeExpression, text: str, *, attributive: bool) -> tuple[str, str] | None:
    """ "noon on Tuesday 10 March 2026", "the night of Friday 6 March 2026"; "a Friday 6 March 2026 night flight"."""
    first, last = _days(time)
    part, lead = _PART_OF_DAY.search(text), _lead(text)
    if text.lower() == "overnight" and time.first != time.last:
        assert time.first is not None and time.last is not None
        return f"overnight on {_range(time.first, time.last)}", ""
    if first != last:
        return None
    day = f"{_DAYS[first.weekday()]} {spell_day(first)}"
    if _HOUR.search(time.value):
        clock = _CLOCK.match(text)
        return (
            (f"{clock.group()} {'' if attributive and ' on ' not in text else 'on '}{day}", "")
            if clock
            else None
        )
    if part is None:
        return f"{lead}{day}", "on"
    word = (part[1] or part[2]).lower()
    return f"{day} {word}" if attributive else f"{lead}the {word} of {day}", "on"


def _lead(text: str) -> str:
    """What stands in front of a period and stays: "by early", "the end of"."""
    head = text.split(maxsplit=1)[0].lower()
    lead = f"{head} " if head in _PREPOSITIONS else ""
    edge = _EDGE.match(text[len(lead) :])
    return lead + (f"{edge.group().lower()} " if edge else "")


def _spelled(time: TimeExpression, text: str) -> tuple[str, str] | None:
    """The absolute phrase for what is longer than a day, and the preposition that it takes if none is there."""
    (first, last), value, lead = _days(time), time.value, _lead(text)
    if "-W" in value:
        unit = "weekend" if value.endswith("WE") else "week"
        return f"{lead}the {unit} of {_range(first, last)}", "in" if unit == "week" else "on"
    if re.fullmatch(r"\d{4}-\d\d", value):
        return f"{lead}{MONTHS[first.month - 1]} {first.year}", "in"
    if re.fullmatch(r"\d{4}", value):
        return f"{lead}{first.year}", "in"
    if re.fullmatch(r"\d{4}-(?:Q|H)\d", value):
        return f"{_OF_YEAR.sub('', text)} of {value[:4]}", ""
    if re.fullmatch(r"\d{4}-(?:SP|SU|FA|WI)", value):
        return f"{lead}{_SEASONS[value[-2:]]} {value[:4]}", "in"
    return None


def _range(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{spell_day(last)}"
    return f"{spell_day(first)} – {spell_day(last)}"
