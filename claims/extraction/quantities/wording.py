"""Reads how an amount is put: about, more than, at most."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from claims.extraction.quantities.amounts import Amount
from claims.extraction.quantities.lexer import Sort, lex
from claims.extraction.quantities.parse import Page

_LONGEST = 5


@cache
def _cues() -> tuple[Mapping[tuple[str, ...], str], Mapping[tuple[str, ...], str]]:
    """Phrases before and behind an amount, as lower-case lexemes, each to its effect."""
    before: dict[tuple[str, ...], str] = {}
    after: dict[tuple[str, ...], str] = {}
    lines = (Path(__file__).parent / "cues.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("#") or not line.strip():
            continue
        effect, side, phrases = line.split("\t")
        for phrase in phrases.split(";"):
            key = tuple(lexeme.lower for lexeme in lex(phrase.strip()))
            (before if side == "before" else after)[key] = effect
    return before, after


def hedge(page: Page, amount: Amount, behind: int) -> tuple[int, int, frozenset[str]]:
    """The cues around an amount whose noun ends before lexeme ``behind``.

    Returns where the wording starts and ends, and the effects of its cues.
    """
    start, end, effects = amount.start, max(amount.end, behind), set[str]()
    for _ in range(2):
        length, effect = _longest_before(page, start)
        if not length or _means_something_else(page, amount, start - length, start):
            break
        start -= length
        effects.add(effect)
    for place in dict.fromkeys((amount.end, behind)):
        length, effect = _longest_after(page, place)
        if length and not (page.word(place) == "plus" and _adds(page, amount, place + length)):
            end = max(end, place + length)
            effects.add(effect)
            break
    return start, end, frozenset(effects)


def _adds(page: Page, amount: Amount, i: int) -> bool:
    """ "€45m plus €10m in add-ons", "$5 an hour plus tips": a sum, and not "200 plus"."""
    following = page.lexemes[i : i + 1]
    if amount.kind == "money" or not following:
        return bool(following) and following[0].text not in {".", ","}
    return following[0].sort is Sort.NUMBER


def _longest_before(page: Page, end: int) -> tuple[int, str]:
    table = _cues()[0]
    for length in range(min(_LONGEST, end), 0, -1):
        effect = table.get(tuple(page.word(j) for j in range(end - length, end)))
        if effect:
            return length, effect
    return 0, ""


def _longest_after(page: Page, start: int) -> tuple[int, str]:
    table = _cues()[1]
    for length in range(_LONGEST, 0, -1):
        effect = table.get(tuple(page.word(j) for j in range(start, start + length)))
        if effect and (page.word(start) not in {"+", "-"} or page.glued(start)):
            return length, effect
    return 0, ""


def _means_something_else(page: Page, amount: Amount, start: int, end: int) -> bool:
    """ "over three years" is during them; "c." needs its full stop to touch; "down to" no bound."""
    phrase = [page.word(j) for j in range(start, end)]
    if phrase == ["over"] and amount.kind == "time":
        return page.word(start - 1) not in {
            "for",
            "is",
            "was",
            "just",
            "well",
            "are",
            "were",
            "now",
            "of",
        } and page.word(amount.end) not in {"old", "ago", "-"}
    if phrase == ["about"]:  # "care about two things"
        token = page.token(start)
        return (
            token is not None
            and token.dep_ == "prep"
            and token.head.pos_ == "VERB"
            and token.head.i == token.i - 1
        )
    if phrase == ["up", "to"]:
        token = page.token(start - 1)
        return token is not None and token.lemma_ in {"go", "bring", "move"}
    if phrase in (["near"], ["beyond"]) and not amount.unit:
        return True
    return phrase == ["some"] and page.word(start - 1) in {"in", "than"} and amount.share


def apply(amount: Amount, effects: frozenset[str]) -> bool:
    """Sets the bounds that the wording states; returns whether it is approximate."""
    if amount.value is None:
        return "about" in effects
    if effects & {"more", "least"}:
        amount.low = amount.value
    elif effects & {"less", "most"}:
        amount.high = amount.value
    return bool(effects & {"about", "more", "less"})
