"""Correction and retraction notes: where an article takes back what it said itself, or all of it.

"An earlier version of this article misstated the number of passengers." The wordings are those that newsrooms'
standards prescribe; the note speaks of the article itself, never of another's mistake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from verification.origins.text import Span, content_words

_OWN = r"(?:this|the|our) (?:article|story|report|piece|post|column|page|headline|dispatch|item|caption)"
_EARLIER = rf"(?:an?|the) (?:earlier|previous|prior|original|initial) (?:version|edition|draft) of {_OWN}"
_WRONG = r"(?:incorrectly|wrongly|mistakenly|erroneously|inaccurately|misstated|misidentified|misreported|in error)"
_SAID = r"(?:said|stated|reported|gave|named|described|put|referred)"
#: before a note on an article that appeared before, "Correction: our report of 9 March said"
_LABEL = r"\b(?:correct(?:ion|s)|clarifi(?:cation|es)|erratum|corrigendum)\b"
_DATED = r"(?: (?:of|on|from|dated|published) [\w ,]{3,40}?)?"
_NOTES = re.compile(
    rf"\b{_EARLIER}\b.{{0,40}}?\b(?:{_WRONG}|{_SAID})\b"
    rf"|\b{_OWN} (?:originally|initially|previously|at first|earlier) (?:{_WRONG} )?(?:{_SAID}|misstated)\b"
    rf"|\b{_OWN} (?:has been|was) (?:amended|corrected|updated) (?:because|after|as) .{{0,60}}\b{_WRONG}\b"
    rf"|{_LABEL}[^.!?\n]{{0,80}}?\b{_OWN}{_DATED},? (?:{_WRONG} )?(?:{_SAID}|misstated)\b",
    re.IGNORECASE | re.DOTALL,
)
_TRUE = re.compile(
    r"[;.:] (?=(?:it|they|he|she|there|the|in fact|the correct)\b)|, (?=not\b)|\bin fact\b"
    r"|\bthe correct \w+ (?:is|was|are|were)\b|\bit should have\b",
    re.IGNORECASE,
)

#: COPE's retraction guidelines and newsrooms' own: the title or the first or last lines say it
_THIS = r"(?:this|our) (?:(?:news|wire) )?(?:article|story|piece|post|column|page|dispatch)"
_TAKE = r"(?:retract(?:s|ed|ing)?|withdr(?:aws?|awn|ew|awing)|unpublish(?:es|ed|ing)?)"
_RETRACTS = re.compile(
    rf"\b{_THIS} (?:has been|was|is|is being) (?:retracted|withdrawn|taken down|unpublished)\b"
    rf"|\b{_TAKE} {_THIS}\b|\bretraction of {_THIS}\b",
    re.IGNORECASE,
)
_RETRACTED_TITLE = re.compile(
    r"^\W*(?:retract(?:ed|ion)|withdrawn)\b\W*(?:[:\u2013\u2014-]|notice\b|$)", re.IGNORECASE
)
_LONGEST_LABEL = 80
_LABEL_BEFORE = re.compile(rf"{_LABEL}[^.!?\n]{{0,60}}[:\u2013\u2014-]\s*$", re.IGNORECASE)
_NOTICE = 600  # characters at either end, where a notice about the whole stands


def retracts(title: str, text: str) -> bool:
    """Whether an article says of itself that all of it no longer stands."""
    if _RETRACTED_TITLE.search(title) or _RETRACTED_TITLE.search(text.partition("\n")[0][:120]):
        return True
    return any(_RETRACTS.search(part) for part in (text[:_NOTICE], text[-_NOTICE:]))


def with_label(text: str, start: int) -> int:
    """Where the sentence at ``start`` begins with the label of a correction before it: "Correction: our report"."""
    label = _LABEL_BEFORE.search(text, max(0, start - _LONGEST_LABEL), start)
    return label.start() if label else start


def takes_back(sentence: str, start: int, end: int) -> bool:
    """Whether ``sentence[start:end]`` is what a correction note says was wrong.

    What follows the note's turn to what is right ("...; it was 14") is not.
    """
    note = _NOTES.search(sentence)
    if note is None or end <= note.start():
        return False
    turn = _TRUE.search(sentence, note.end())
    return turn is None or start < turn.start()


#: "It was 12, not 21." in the sentence behind a note, or in the note itself
_EXCHANGE = re.compile(
    r"(?P<right>[^.!?;\n]{1,120}?),? (?:not|rather than|instead of) "
    r"(?P<wrong>[^,;!?\n]{1,80}?)(?=[,;!?\n]|\.(?:\s|$)|$)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*(?=\s|$)")
_SAYS_MUCH = re.compile(r"\d[\d.,]*\d|\d|[A-Z][\w'-]+")
_REACH = 400  # characters behind the beginning of a note


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a note of two sentences takes back: the wrong figure or name, the right one, and what it is about."""

    wrong: str
    right: str
    about: frozenset[str]
    note: Span


def superseded(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` says what a correction note elsewhere in the same text takes back.

    "An earlier version of this article misstated the number of dead. It was 12, not 21." takes back the one place
    that says 21; where several do, those that share a word with what the note is about.
    """
    return any(_is_withdrawn(found, text, start, end) for found in withdrawn(text))


def _is_withdrawn(found: Withdrawn, text: str, start: int, end: int) -> bool:
    first, last = found.note
    words = text[start:end]
    if (start < last and first < end) or not _says(found.wrong, words) or _says(found.right, words):
        return False
    places = len(_places(found.wrong, text[:first])) + len(_places(found.wrong, text[last:]))
    return places == 1 or bool(found.about & content_words(words))


@lru_cache(maxsize=1024)
def withdrawn(text: str) -> tuple[Withdrawn, ...]:
    """What the correction notes of a text take back with a figure or a name set against another."""
    found = []
    for note in _NOTES.finditer(text):
        stop = _SENTENCE_END.search(text, note.end())
        own_end = stop.end() if stop else len(text)
        behind = _SENTENCE_END.search(text, own_end)
        last = min(behind.end() if behind else len(text), note.start() + _REACH)
        exchange = _EXCHANGE.search(text, note.end(), last)
        wrong, right = (_telling(exchange[side]) if exchange else "" for side in ("wrong", "right"))
        if wrong and right and wrong != right:
            about = content_words(text[note.end() : own_end])
            found.append(Withdrawn(wrong, right, about, (note.start(), last)))
    return tuple(found)


def _telling(words: str) -> str:
    """The last figure or name in words, "" if there is none."""
    figures = _SAYS_MUCH.findall(words)
    return figures[-1] if figures else ""


def _places(word: str, text: str) -> list[str]:
    return re.findall(rf"(?<![\w.,]){re.escape(word)}(?![\w]|[.,]\d)", text)


def _says(word: str, text: str) -> bool:
    return bool(_places(word, text))
