"""The words of two sentences that answer each other, found in them again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from claims.admin.highlighting import Mark, Segment, segments
from verification.comparison.alignment import Aligned, Match

Side = Literal["a", "b"]
_WORDS = re.compile(r"\w[\w.%$€£-]*|[$€£%]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence: unmarked without ``match``. ``row`` is its place in the alignment, from 1."""

    text: str
    match: Match | None = None
    why: str = ""
    row: int = 0


def pieces(sentence: str, rows: Iterable[Aligned], side: Side) -> tuple[Piece, ...]:
    """``sentence`` with its words marked by whether the other side answers them."""
    marks = [
        Mark(start, end, (number, row))
        for number, row in enumerate(rows, start=1)
        for start, end in _places(sentence, row.a if side == "a" else row.b)
    ]
    return tuple(_piece(segment, side) for segment in segments(sentence, marks))


def _piece(segment: Segment[tuple[int, Aligned]], side: Side) -> Piece:
    if segment.innermost is None:
        return Piece(segment.text)
    number, row = segment.innermost
    return Piece(segment.text, row.match, _why(row, row.b if side == "a" else row.a), number)


def _why(row: Aligned, other: str) -> str:
    if row.match is Match.ONLY:
        return "nothing on the other side answers it"
    said = {Match.EQUAL: "as", Match.ALIKE: "answers", Match.DIFFERS: "against"}[row.match]
    return f"{said} “{other}”" + (f": {row.note}" if row.note else "")


def _places(sentence: str, words: str) -> list[tuple[int, int]]:
    """Where the words stand: each part of a list ("Russia, Ukraine") as a phrase, else word for word."""
    folded = sentence.lower()
    if len(folded) != len(sentence):  # a letter whose small form is longer: offsets would be off
        folded = sentence
    places = []
    for part in re.split("[,;] ", words):
        phrase = _find(folded, part.strip().lower())
        if phrase:
            places.append(phrase)
        else:
            telling = [word for word in _WORDS.findall(part.lower()) if _telling(word)]
            places += [p for word in telling if (p := _find(folded, word))]
    return places


def _telling(word: str) -> bool:
    """Not one of the short words that stand everywhere ("to", "of"), unless it is a figure."""
    return len(word) > 3 or any(letter.isdigit() for letter in word)


def _find(sentence: str, words: str) -> tuple[int, int] | None:
    """The first place where ``words`` stand as whole words."""
    start = sentence.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        before = start == 0 or not (sentence[start - 1].isalnum() and words[0].isalnum())
        after = end == len(sentence) or not (sentence[end].isalnum() and words[-1].isalnum())
        if before and after:
            return (start, end)
        start = sentence.find(words, start + 1)
    return None
