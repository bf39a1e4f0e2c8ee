"""Correction notes: where an article takes back what it said itself.

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


def takes_back(sentence: str, start: int, end: int) -> bool:
    """Whether ``sentence[start:end]`` is what a correction note says was wrong.

    What follows the note's turn to what is right ("...; it was 14") is not.
    """
    note = _NOTES.search(sentence)
    if note is None or end <= note.start():
        return False
    turn = _TRUE.search(sentence, note.end())
    return turn is None or start < turn.start()
