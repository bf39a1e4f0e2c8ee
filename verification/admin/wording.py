"""The words of two sentences that a trace rests on, found in them again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from claims.admin.highlighting import Mark, Segment, segments

Side = Literal["a", "b"]
_WORDS = re.compile(r"\w[\w.%$€£-]*|[$€£%]")


Sign = Literal["for", "against"]


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a word is marked: the feature it bears on, and whether it brings the two together or apart."""

    feature: str
    sign: Sign
    note: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence: unmarked without ``sign``; "against" if anything in it sets the two apart."""

    text: str
    sign: Sign | None = None
    why: str = ""


def pieces(sentence: str, trace: Iterable[Mapping[str, Any]], side: Side) -> tuple[Piece, ...]:
    """``sentence`` with the words that the steps of ``trace`` rest on marked, each by what it says."""
    marks = [
        Mark(start, end, ground)
        for step in trace
        if (ground := _ground(step)) is not None
        for start, end in _places(sentence, str(step.get(side, "")))
    ]
    return tuple(_piece(segment) for segment in segments(sentence, marks))


def _piece(segment: Segment[Ground]) -> Piece:
    if not segment.over:
        return Piece(segment.text)
    apart = any(ground.sign == "against" for ground in segment.over)
    why = "\n".join(f"{g.feature}: {g.note}" if g.note else g.feature for g in segment.over)
    return Piece(segment.text, "against" if apart else "for", why)


def _ground(step: Mapping[str, Any]) -> Ground | None:
    weight, conflict = float(step.get("weight") or 0), float(step.get("conflict") or 0)
    shift = float(step.get("shift") or 0)
    if step.get("feature") == "prior" or not (weight or conflict or shift):
        return None
    apart = weight < 0 or conflict > 0 or shift > 0
    return Ground(str(step.get("feature", "")), "against" if apart else "for", str(step.get("note", "")))


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
