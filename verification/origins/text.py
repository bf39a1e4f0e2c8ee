"""Reading aids for origin counting: words, sentences, quotations, figures and names, with offsets.

Deliberately small: origin counting asks how two texts are alike, not what they mean, so it needs no
language model. Every pattern here is linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, wraps
from itertools import pairwise
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from verification.origins.cues import ABBREVIATIONS, LABEL, NUMBER_WORDS, SCALES, STOPWORDS
from verification.origins.types import Document

SHINGLE = 5  # words
WORD = re.compile(r"[\w']+")
#: No word is that long; what looks for names would look through it once more from each of its characters.
_OVERLONG = re.compile(r"\S{101,}")
_TERMINAL = re.compile(r"[.!?][\"'”’)\]]*(?=\s)")
_QUOTED = re.compile(r"\"[^\"\n]{1,2000}\"|“[^“”\n]{1,2000}”")
_FIGURE_OR_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
_NAME = re.compile(r"[A-Z][\w'&-]*(?:[ -](?:of the |of |de |van |von )?[A-Z][\w'&-]*){0,5}")
#: a longer text is read anew each time: names and sentences come again and again, and whole articles would fill memory
_SHORT = 300
#: characters of pages that are kept; what is worked out of one takes some eighty bytes each
_MOST = 600_000
#: words on -s that are no plurals
_NO_PLURALS = frozenset({"news", "this", "is", "was", "us", "gas", "bus", "series"})


@dataclass(frozen=True, slots=True)
class Word:
    lower: str
    start: int
    end: int
    quoted: bool  # inside quotation marks: equal words there prove an equal speaker, not a copy


Span = tuple[int, int]


def normal(text: str) -> str:
    """The text with curly apostrophes straightened; offsets stay as they are."""
    return text.replace("’", "'").replace("‘", "'")


def singular(word: str) -> str:
    """A crude singular, only to compare words with each other: "counters" and "counter" are one."""
    word = word.removesuffix("'s").removesuffix("'")
    if word in _NO_PLURALS:
        return word
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def content_words(text: str) -> frozenset[str]:
    """Lower-case singulars of the words that mean something."""
    return _short_content_words(text) if len(text) <= _SHORT else _content_words(text)


def _content_words(text: str) -> frozenset[str]:
    words = WORD.findall(normal(text).lower())
    return frozenset([singular(word) for word in words if word not in STOPWORDS]) - STOPWORDS - {""}


_short_content_words = lru_cache(maxsize=8192)(_content_words)


def occurrences(name: str, text: str) -> Iterator[int]:
    """Where ``name`` stands in ``text``, one after the other."""
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + max(len(name), 1))


def figures(text: str) -> frozenset[str]:
    """The numbers named in ``text``, in digits or words, in one spelling.

    "18,000" and "18000" are one, "twenty-three" and "23" are, and "3 million" is not "3".
    """
    found: list[str] = []
    before = ""  # the kind of word before: "digits", "tens", "units" or none of them
    for match in _FIGURE_OR_WORD.finditer(text):
        raw = match.group().lower()
        if raw in SCALES and before:
            found[-1] += SCALES[raw]
        elif raw[0].isdigit():
            found.append(raw.replace(",", "").lstrip("0") or "0")
            before = "digits"
        elif raw not in NUMBER_WORDS:
            before = ""
        elif before == "tens" and 0 < NUMBER_WORDS[raw] < 10:
            found[-1] = str(int(found[-1]) + NUMBER_WORDS[raw])
            before = "units"
        else:
            found.append(str(NUMBER_WORDS[raw]))
            before = "tens" if NUMBER_WORDS[raw] >= 20 else "units"
    return frozenset(found)


class Page:
    """A document prepared for reading: everything is worked out once, on demand.

    ``text`` is the document's, offset for offset, with plain apostrophes and blanks for what is too long for a word.
    ``kept`` is what others have worked out of it (:func:`of_page`), ``beside`` what of it and another page: both go
    when the page goes.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = _OVERLONG.sub(lambda run: " " * len(run.group()), normal(document.text))
        self.kept: dict[object, Any] = {}
        self.beside: WeakKeyDictionary[Page, Any] = WeakKeyDictionary()

    @cached_property
    def content_words(self) -> frozenset[str]:
        return content_words(self.text)

    @cached_property
    def quotations(self) -> tuple[Span, ...]:
        return tuple(match.span() for match in _QUOTED.finditer(self.text))

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All words but those of a closing line that only labels the text as a sample."""
        end = self._label
        return tuple(
            Word(match.group().lower(), match.start(), match.end(), self.in_quotation(match.start()))
            for match in WORD.finditer(self.text, 0, end)
        )

    @cached_property
    def shingles(self) -> tuple[str, ...]:
        """The five words that begin at each word (Broder, 1997, "w-shingling"), the last four left out."""
        lower = [word.lower for word in self.words]
        return tuple(" ".join(lower[at : at + SHINGLE]) for at in range(len(lower) - SHINGLE + 1))

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each shingle stands first, as a position in :attr:`words`."""
        found: dict[str, int] = {}
        for at, shingle in enumerate(self.shingles):
            found.setdefault(shingle, at)
        return found

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
    def sentences(self) -> tuple[Span, ...]:
        """Spans of sentences; a line break always ends one."""
        cuts = {0, len(self.text)}
        cuts.update(match.end() for match in re.finditer(r"\n", self.text))
        for match in _TERMINAL.finditer(self.text):
            before = self.text[max(0, match.start() - 12) : match.start() + 1].split()
            if before and before[-1].lower().lstrip("(\"'“") not in ABBREVIATIONS:
                cuts.add(match.end())
        spans = (self._trimmed(first, last) for first, last in pairwise(sorted(cuts)))
        return tuple(span for span in spans if span[0] < span[1])

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        return tuple(match.span() for match in re.finditer(r"[^\n]+", self.text))

    def in_quotation(self, offset: int) -> bool:
        at = bisect_right(self.quotations, (offset, len(self.text))) - 1
        return at >= 0 and offset < self.quotations[at][1]

    def sentence(self, start: int, end: int) -> Span:
        """The sentence or sentences around a span; the span itself where there is none."""
        return _around(self.sentences, start, end)

    def paragraph(self, start: int, end: int) -> Span:
        return _around(self.paragraphs, start, end)

    def words_in(self, start: int, end: int) -> range:
        """Positions in :attr:`words` of the words that begin inside a span."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    def outside_quotations(self, start: int, end: int) -> str:
        """The text of a span with quotations blanked."""
        parts, done = [], start
        at = max(0, bisect_right(self.quotations, (start, len(self.text))) - 1)
        for first, last in self.quotations[at:]:
            first, last = max(first, start), min(last, end)
            if first >= end:
                break
            if first < last:
                parts += [self.text[done:first], " " * (last - first)]
                done = last
        return "".join((*parts, self.text[done:end]))

    def names(self, start: int, end: int) -> tuple[str, ...]:
        """Capitalised names in a span. A single word that begins a sentence or a quotation is no name."""
        begins = self._beginnings
        found = []
        for match in _NAME.finditer(self.text, start, end):
            name = match.group().removesuffix("'s")
            if match.start() in begins or self.text[match.start() - 1 : match.start()] in ('"', "“"):
                first, _, rest = name.partition(" ")
                name = rest if first.lower() in STOPWORDS or not rest else name
            if name:
                found.append(name)
        return tuple(found)

    @cached_property
    def _beginnings(self) -> frozenset[int]:
        return frozenset(first for first, _ in self.sentences)

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    @property
    def _label(self) -> int:
        body = self.text.rstrip()
        last = body.rfind("\n") + 1
        return last if last and LABEL.match(body, last) else len(self.text)

    def _trimmed(self, start: int, end: int) -> Span:
        piece = self.text[start:end]
        return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


_Found = TypeVar("_Found")


def of_page(work: Callable[[Page], _Found]) -> Callable[[Page], _Found]:
    """Let what ``work`` finds in a page be kept with the page."""

    @wraps(work)
    def found(page: Page) -> _Found:
        if work not in page.kept:
            page.kept[work] = work(page)
        kept: _Found = page.kept[work]
        return kept

    return found


class _Pages:
    """The pages last asked for, as many as have ``most`` characters together."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pages: OrderedDict[Document, Page] = OrderedDict()
        self._characters = 0
        self._lock = Lock()

    def __call__(self, document: Document) -> Page:
        with self._lock:
            if (page := self._pages.pop(document, None)) is None:
                page = Page(document)
                self._characters += len(page.text)
            self._pages[document] = page
            while self._characters > self._most and len(self._pages) > 1:
                _, gone = self._pages.popitem(last=False)
                self._characters -= len(gone.text)
        return page


_pages = _Pages(_MOST)


def page_of(document: Document) -> Page:
    """The page of a document, kept because one article stands behind many claims."""
    return _pages(document)


def _around(spans: tuple[Span, ...], start: int, end: int) -> Span:
    """From the first to the last of the sorted, disjoint ``spans`` that overlap ``start`` to ``end``."""
    first = max(0, bisect_right(spans, (start, start)) - 1)
    if first < len(spans) and spans[first][1] <= start:
        first += 1
    last = bisect_left(spans, (max(end, start + 1), 0)) - 1
    return (spans[first][0], spans[last][1]) if first <= last else (start, end)
