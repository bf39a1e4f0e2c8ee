"""Correction and retraction notes: where an article takes back what it said itself, or all of it.

"An earlier version of this article misstated the number of passengers." The wordings are those that newsrooms'
standards prescribe; the note speaks of the article itself, never of another's mistake.
"""

from __future__ import annotations

import re

_OWN = r"(?:this|the|our) (?:article|story|report|piece|post|column|page|headline|dispatch|item|caption)"
_EARLIER = rf"(?:an?|the) (?:earlier|previous|prior|original|initial) (?:version|edition|draft) of {_OWN}"
_WRONG = r"(?:incorrectly|wrongly|mistakenly|erroneously|inaccurately|misstated|misidentified|misreported|in error)"
_SAID = r"(?:said|stated|reported|gave|named|described|put|referred)"
_NOTES = re.compile(
    rf"\b{_EARLIER}\b.{{0,40}}?\b(?:{_WRONG}|{_SAID})\b"
    rf"|\b{_OWN} (?:originally|initially|previously|at first|earlier) (?:{_WRONG} )?(?:{_SAID}|misstated)\b"
    rf"|\b{_OWN} (?:has been|was) (?:amended|corrected|updated) (?:because|after|as) .{{0,60}}\b{_WRONG}\b",
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
_NOTICE = 600  # characters at either end, where a notice about the whole stands


def retracts(title: str, text: str) -> bool:
    """Whether an article says of itself that all of it no longer stands."""
    if _RETRACTED_TITLE.search(title) or _RETRACTED_TITLE.search(text.partition("\n")[0][:120]):
        return True
    return any(_RETRACTS.search(part) for part in (text[:_NOTICE], text[-_NOTICE:]))


def takes_back(sentence: str, start: int, end: int) -> bool:
    """Whether ``sentence[start:end]`` is what a correction note says was wrong.

    What follows the note's turn to what is right ("...; it was 14") is not.
    """
    note = _NOTES.search(sentence)
    if note is None or end <= note.start():
        return False
    turn = _TRUE.search(sentence, note.end())
    return turn is None or start < turn.start()
