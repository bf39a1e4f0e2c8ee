"""Reads how an amount is put: about, more than, at most, up by."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from claims.extraction.quantities.amounts import Amount
from claims.extraction.quantities.lexer import Sort, lex, words
from claims.extraction.quantities.lexicon import DOWN_WORDS, UP_WORDS
from claims.extraction.quantities.parse import Page
from claims.extraction.types import Change

_LONGEST = 5
#: with one of these the verb's object need not be the size of a change ("lost 20 men", "cut three trees")
_LOOSE_CHANGES = words("lose shed cut gain add advance slow ease worsen raise lift boost reduce lower")
_NOUNS_OF_CHANGE = {
    "increase": Change.UP, "rise": Change.UP, "growth": Change.UP, "gain": Change.UP, "jump": Change.UP,
    "surge": Change.UP, "more": Change.UP, "higher": Change.UP, "expansion": Change.UP, "hike": Change.UP,
    "raise": Change.UP, "decrease": Change.DOWN, "drop": Change.DOWN, "fall": Change.DOWN, "cut": Change.DOWN,
    "decline": Change.DOWN, "less": Change.DOWN, "lower": Change.DOWN, "fewer": Change.DOWN,
    "reduction": Change.DOWN, "contraction": Change.DOWN, "slump": Change.DOWN, "plunge": Change.DOWN,
}  # fmt: skip


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
        if length:
            end = max(end, place + length)
            effects.add(effect)
            break
    return start, end, frozenset(effects)


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


def change_of(page: Page, amount: Amount, start: int, effects: frozenset[str]) -> Change:
    """The relation of value and world: a rise or fall by it, else a bound, else about, else equal."""
    moved = _movement(page, amount, start)
    if moved is not None:
        return moved
    if effects & {"more", "least"}:
        return Change.MORE
    if effects & {"less", "most"}:
        return Change.LESS
    return Change.ABOUT if "about" in effects else Change.EQUAL


def _movement(page: Page, amount: Amount, start: int) -> Change | None:
    """ "rose (by) 3%", "up 3.4 points", "a 20 per cent increase", "3.5% more than"."""
    following = page.word(amount.end)
    if (
        amount.kind != "time"
        and following in _NOUNS_OF_CHANGE
        and not (following == "more" and not amount.unit)
    ):
        return _NOUNS_OF_CHANGE[following]
    i = start - 1
    while page.word(i) in {"by", "a", "an", "another", "further", "as", "nearly"} or page.word(i).endswith(
        "ly"
    ):
        i -= 1
    if i < 0 or page.lexemes[i].sort is not Sort.WORD:
        return None
    token = page.token(i)
    lemma = token.lemma_.lower() if token is not None else ""
    if (lemma in _LOOSE_CHANGES and amount.kind != "share") or amount.kind == "time":
        return None
    if lemma in UP_WORDS and lemma not in {"more", "higher"}:
        return Change.UP
    return Change.DOWN if lemma in DOWN_WORDS and lemma not in {"less", "fewer"} else None
