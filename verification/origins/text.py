"""Reading aids for origin counting: words, sentences, quotations, figures and names, with offsets.

Deliberately small: origin counting asks how two texts are alike, not what they mean, so it needs no
language model. Every pattern here is linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from verification.origins.cues import ABBREVIATIONS, NUMBER_WORDS, SCALES, STOPWORDS
from verification.origins.types import Document

SHINGLE = 5  # words
WORD = re.compile(r"[\w']+")
_TERMINAL = re.compile(r"[.!?][\"'”’)\]]*(?=\s)")
_QUOTED = re.compile(r"\"[^\"\n]{1,2000}\"|“[^”\n]{1,2000}”")
_FIGURE_OR_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
_NAME = re.compile(r"[A-Z][\w'’&-]*(?:[ -](?:of the |of |de |van |von )?[A-Z][\w'’&-]*){0,5}")


@dataclass(frozen=True, slots=True)
class Word:
    lower: str
    start: int
    end: int
    quoted: bool  # inside quotation marks: equal words there prove an equal speaker, not a copy


def normal(text: str) -> str:
    """The text with curly apostrophes straightened; offsets stay as they are."""
    return text.replace("’", "'").replace("‘", "'")


def singular(word: str) -> str:
    """A crude singular, only to compare words with each other: "counters" and "counter" are one."""
    word = word.removesuffix("'s").removesuffix("'")
    if word in ("news", "this", "is", "was", "us", "gas", "bus"):
        return word
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def content_words(text: str) -> frozenset[str]:
    """Lower-case singulars of the words that mean something."""
    words = (match.group().lower() for match in WORD.finditer(normal(text)))
    return frozenset(singular(word) for word in words) - STOPWORDS - {""}


def figures(text: str) -> frozenset[str]:
    """The numbers named in ``text``, in digits or words, in one spelling: "18,000" and "18000" are one."""
    found: list[str] = []
    scalable = False  # the word before was a number, so that "million" belongs to it
    for match in _FIGURE_OR_WORD.finditer(text):
        raw = match.group().lower()
        if scalable and raw in SCALES:
            found[-1] += SCALES[raw]
        elif raw[0].isdigit():
            found.append(raw.replace(",", "").lstrip("0") or "0")
            scalable = True
        elif scalable := raw in NUMBER_WORDS:
            found.append(NUMBER_WORDS[raw])
    return frozenset(found)


class Page:
    """A document prepared for reading: everything is worked out once, on demand."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = normal(document.text)

    @cached_property
    def quotations(self) -> tuple[tuple[int, int], ...]:
        return tuple(match.span() for match in _QUOTED.finditer(self.text))

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(
            Word(match.group().lower(), match.start(), match.end(), self.in_quotation(match.start()))
            for match in WORD.finditer(self.text)
        )

    @cached_property
    def shingles(self) -> tuple[str, ...]:
        """The five words that begin at each word (Broder, 1997, "w-shingling"), the last four left out."""
        lower = [word.lower for word in self.words]
        return tuple(" ".join(lower[at : at + SHINGLE]) for at in range(len(lower) - SHINGLE + 1))

    @cached_property
    def narrative(self) -> frozenset[str]:
        """The shingles that do not lie inside a quotation."""
        words = self.words
        return frozenset(
            shingle
            for at, shingle in enumerate(self.shingles)
            if not (words[at].quoted and words[at + SHINGLE - 1].quoted)
        )

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Spans of sentences; a line break always ends one."""
        cuts = {0, len(self.text)}
        cuts.update(match.end() for match in re.finditer(r"\n", self.text))
        for match in _TERMINAL.finditer(self.text):
            before = self.text[max(0, match.start() - 12) : match.start() + 1].split()
            if before and before[-1].lower().lstrip("(\"'“") not in ABBREVIATIONS:
                cuts.add(match.end())
        edges = sorted(cuts)
        spans = (self._trimmed(first, last) for first, last in zip(edges, edges[1:], strict=False))
        return tuple(span for span in spans if span[0] < span[1])

    @cached_property
    def paragraphs(self) -> tuple[tuple[int, int], ...]:
        return tuple(match.span() for match in re.finditer(r"[^\n]+", self.text))

    def in_quotation(self, offset: int) -> bool:
        at = bisect_right(self.quotations, (offset, len(self.text))) - 1
        return at >= 0 and offset < self.quotations[at][1]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence or sentences around a span; the span itself where it lies outside the text."""
        return _around(self.sentences, start, end)

    def paragraph(self, start: int, end: int) -> tuple[int, int]:
        return _around(self.paragraphs, start, end)

    def words_in(self, start: int, end: int) -> range:
        """Positions in :attr:`words` of the words that begin inside a span."""
        starts = self._starts
        return range(bisect_right(starts, start - 1), bisect_right(starts, end - 1))

    def names(self, start: int, end: int) -> tuple[str, ...]:
        """Capitalised names in a span. One that merely begins a sentence counts if it is seen elsewhere."""
        begins = {first for first, _ in self.sentences}
        found = []
        for match in _NAME.finditer(self.text, start, end):
            name = match.group()
            initial = match.start() in begins or self.text[match.start() - 1 : match.start()] in '"“'
            if initial and " " not in name:
                continue
            if initial:
                first, rest = name.split(" ", 1)
                name = rest if first.lower() in STOPWORDS else name
            found.append(name)
        return tuple(found)

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        piece = self.text[start:end]
        return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _around(spans: tuple[tuple[int, int], ...], start: int, end: int) -> tuple[int, int]:
    inside = [span for span in spans if span[0] < end and start < span[1]]
    return (inside[0][0], inside[-1][1]) if inside else (start, end)
