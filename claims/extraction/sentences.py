"""Where sentences may and must begin, decided before the parser runs.

The parser of the small model breaks sentences at closing quotes, after "U.S." and inside headings.
What punctuation, quotes and blocks settle is settled before it; only after an ambiguous abbreviation
or an ellipsis is the parser left to choose.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

import numpy
from spacy.attrs import SENT_START
from spacy.tokens import Doc

from claims.extraction import noise, resources
from claims.extraction.noise import BlockKind
from claims.extraction.types import Span

_CLOSERS = frozenset("”’»)]}")
_STRAIGHT = frozenset("\"'")
_STOPS = frozenset({".", "!", "?", "..", "!!", "??", "?!", "!?", "。"})
_ELLIPSES = frozenset({"...", "…", "....", ". . ."})
_OPENERS = frozenset("“‘«([{\"'")
_QUOTES = frozenset({'"', "“", "”", "''", "``"})
_HOURS = frozenset({"a.m.", "p.m."})  # "4 p.m. Tuesday"
_LONGEST_ABBREVIATION = 6
#: In tokens. Longer runs are no sentences, and what looks for claims takes the square of a sentence's length.
_LONGEST = 300
_STARTS = {True: 1, False: -1, None: 0}

Doc.set_extension("blocks", default=(), force=True)


@cache
def _never_last() -> frozenset[str]:
    return frozenset(resources.toml("sentences")["never_last"])


@cache
def _measuring() -> frozenset[str]:
    return frozenset(resources.toml("sentences")["measuring"])


def limit(doc: Doc) -> None:
    """Set ``is_sent_start`` on the tokens of a doc that is not parsed yet, and ``doc._.blocks``."""
    doc._.blocks = noise.blocks(doc.text)
    line = _Line([token.text for token in doc], [bool(token.whitespace_) for token in doc])
    offsets = [token.idx for token in doc]
    starts = numpy.zeros(len(doc), dtype=numpy.int64)
    for block in doc._.blocks:
        first = max(0, bisect_right(offsets, block.start) - 1)
        for index, begins in line.limits(first, bisect_left(offsets, block.end)):
            if begins or index - first >= _LONGEST:
                begins, first = True, index
            starts[index] = _STARTS[begins]
    doc.from_array([SENT_START], starts.astype(numpy.uint64))  # type: ignore[arg-type]


def prose(doc: Doc) -> tuple[Span, ...]:
    """The sentences of a parsed ``doc`` that can bear a claim, without outer blanks."""
    text = doc.text  # put together from the tokens at every call
    ends = sorted((block.start, block.end) for block in doc._.blocks if block.kind is BlockKind.PROSE)
    found = []
    position = 0
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        if not words:
            continue
        start = words[0].idx
        while position < len(ends) and ends[position][1] <= start:
            position += 1
        if position == len(ends) or ends[position][0] > start:
            continue
        words = [word for word in words if word.idx < ends[position][1]]  # not the bullet of the next line
        end = words[-1].idx + len(words[-1])
        if any(word.is_alpha for word in words) and not noise.is_boilerplate(text[start:end]):
            found.append(Span(start, end))
    return tuple(found)


class _Line:
    """The words of a doc, and which of them have a blank behind them."""

    def __init__(self, words: list[str], spaced: list[bool]) -> None:
        self._words = words
        self._spaced = spaced

    def limits(self, first: int, last: int) -> Iterator[tuple[int, bool | None]]:
        """Whether each word of a block begins a sentence; None: the parser shall decide."""
        stop: int | None = None  # the sentence's end, if the words since were only what closes it
        quoting = False
        for index in range(first, last):
            word = self._words[index]
            if index == first:
                yield index, True
            elif word.isspace():
                yield index, False
                continue
            elif stop is not None and self._closes(index, quoting):
                yield index, False
            else:
                yield index, False if stop is None else self._begins(stop, index)
                stop = None
            if word in _QUOTES:
                quoting = word in {"“", "``"} or (word == '"' and not quoting)
            if word[-1] in ".!?…。":
                stop = index

    def _closes(self, index: int, quoting: bool) -> bool:
        """Whether the word closes a quotation or a bracket that ends with the sentence."""
        word = self._words[index]
        if word == "''" or (word[0] in _CLOSERS and len(word) == 1):
            return True
        touches = not self._spaced[index - 1] and not self._words[index - 1].isspace()
        return word in _STRAIGHT and (touches or (quoting and word == '"' and self._spaced[index]))

    def _begins(self, stop: int, index: int) -> bool | None:
        following = index
        while self._words[following][0] in _OPENERS and following + 1 < len(self._words):
            following += 1
        next_character = self._words[following][0]
        if next_character.islower() or next_character in ",;:-–—%":
            return False
        end = self._words[stop]
        if end in _ELLIPSES:
            return None
        if end in _STOPS:
            return None if end != "." and index - 1 != stop else True  # “Why?” Smith asked.
        if end.lower() in _measuring() and stop and self._words[stop - 1][0].isdigit():
            quoted = following > index and self._words[index] in _QUOTES
            return True if end.lower() not in _HOURS or quoted else None  # "a profit of £205m. Sales"
        if end.lower() in _never_last() or (len(end) == 2 and end[0].isupper()):  # "A." in a name
            return False
        return None if "." in end[:-1] or len(end) <= _LONGEST_ABBREVIATION else True
