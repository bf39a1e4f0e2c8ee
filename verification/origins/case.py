"""One claim, ready for the rules: its voices in order of time, their pages, and who is who."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from verification.origins import cues
from verification.origins.copying import Passage, copied_passage, order
from verification.origins.credits import Credit, credits_of
from verification.origins.names import Directory, Party, PartyKind
from verification.origins.text import Page, content_words
from verification.origins.types import Document, OriginKind, Voice


@dataclass(frozen=True, slots=True)
class Hang:
    """What a voice hangs on: another voice (``parent``) or a named root (``key``, with its ``root`` name)."""

    rule: OriginKind
    words: str
    why: str
    root: str
    parent: str | None = None
    key: tuple[str, ...] = ()
    silent: bool = False


@dataclass(frozen=True)
class Case:
    """``voices`` in order of time, ``pages`` by document id."""

    voices: tuple[Voice, ...]
    pages: dict[str, Page]
    directory: Directory
    _copied: dict[tuple[str, str], Passage | None] = field(default_factory=dict)

    def page(self, voice: Voice) -> Page:
        return self.pages[voice.document]

    def document(self, voice: Voice) -> Document:
        return self.page(voice).document

    def sentence(self, voice: Voice) -> str:
        page = self.page(voice)
        start, end = page.sentence(voice.start, voice.end)
        return page.text[start:end]

    def verbatim(self, voice: Voice, words: str) -> str:
        """The words as the document prints them, typographic apostrophes included."""
        page = self.page(voice)
        at = page.text.find(words)
        return page.document.text[at : at + len(words)] if at >= 0 else words

    def paragraph(self, voice: Voice) -> str:
        page = self.page(voice)
        start, end = page.paragraph(voice.start, voice.end)
        return page.text[start:end]

    def speaker(self, voice: Voice) -> Party | None:
        """Who says it; None for the outlet itself, its reporters included."""
        if not voice.speaker or cues.OWN_REPORTING.search(voice.speaker):
            return None
        party = self.directory.resolve(voice.speaker, self.page(voice))
        if party.kind is PartyKind.ANONYMOUS and content_words(party.name) <= cues.OFFICE_HOLDERS:
            return self.directory.last_body(self.page(voice), voice.start) or party
        return party

    def others(self, voice: Voice) -> Iterator[Voice]:
        """Voices of the same side in other documents."""
        for other in self.voices:
            if other.against == voice.against and other.document != voice.document:
                yield other

    def before(self, voice: Voice) -> Iterator[Voice]:
        """Voices of other documents from which this one can have been copied, the earliest first."""
        mine = self.document(voice)
        for other in self.voices:
            if other.document != voice.document and self._precedes(self.document(other), mine):
                yield other

    def copied(self, voice: Voice, original: Voice) -> Passage | None:
        """The passage of ``voice`` if it was copied from the very place where ``original`` stands."""
        pair = voice.id, original.id
        if pair not in self._copied:
            page = self.page(original)
            passage = copied_passage(self.page(voice), voice.start, voice.end, page)
            if passage and not _overlap(passage.original, page.sentence(original.start, original.end)):
                passage = None
            self._copied[pair] = passage
        return self._copied[pair]

    def credits(self, voice: Voice) -> tuple[Credit, ...]:
        return credits_of(self.page(voice))

    def own_reporting(self, voice: Voice) -> str:
        """The words by which the article claims eyes, ears or papers of its own for the passage, or ""."""
        page = self.page(voice)
        unquoted = page.outside_quotations(*page.sentence(voice.start, voice.end))
        if found := cues.OWN_REPORTING.search(unquoted):
            return found.group()
        for found in cues.SEEN_BY_NAME.finditer(unquoted):
            name = (found.group(1) or found.group(2)).strip().removesuffix("'s")
            if self.directory.outlet(name.split()[-1]) == page.document.outlet:
                return found.group()
            if self.directory.outlet(name) == page.document.outlet:
                return found.group()
        return ""

    def _precedes(self, a: Document, b: Document) -> bool:
        """Whether ``a`` can be the original of ``b``: it is credited there, or else it is the earlier one."""
        if a.outlet in self._credited.get(b.id, ()):
            return True
        if b.outlet in self._credited.get(a.id, ()):
            return False
        return order(a) < order(b)

    @cached_property
    def _credited(self) -> dict[str, frozenset[str]]:
        """The other outlets of the family that each document credits as a whole."""
        found: dict[str, frozenset[str]] = {}
        for key in sorted({voice.document for voice in self.voices}):
            page = self.pages[key]
            named = (self.directory.outlet(credit.agency) for credit in credits_of(page))
            found[key] = frozenset(name for name in named if name and name != page.document.outlet)
        return found


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
