"""The words of two sentences that a trace rests on, found in them again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from claims.admin.highlighting import Mark, Segment, segments

Side = Literal["a", "b"]
_WORDS = re.compile(r"\w[\w.%$€£-]*|[$€£%]")


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a word is marked: the feature it bears on, and whether it speaks for or against the two being one."""

    feature: str
    sign: Literal["for", "against"]
    note: str


def grounds(sentence: str, trace: Iterable[Mapping[str, Any]], side: Side) -> tuple[Segment[Ground], ...]:
    """``sentence`` with the words that the steps of ``trace`` rest on marked, each by what it says."""
    marks = [
        Mark(start, end, ground)
        for step in trace
        if (ground := _ground(step)) is not None
        for start, end in _places(sentence, str(step.get(side, "")))
    ]
    return segments(sentence, marks)


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
    for part in words.split(", "):
        phrase = _find(folded, part.strip().lower())
        if phrase:
            places.append(phrase)
        else:
            places += [p for word in _WORDS.findall(part.lower()) if (p := _find(folded, word))]
    return places


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
