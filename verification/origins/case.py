"""One claim, ready for the rules: its voices in order of time, their pages, and who is who."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from verification.origins import cues
from verification.origins.bodies import Words
from verification.origins.copying import Passage, copied_passage, place_in_time
from verification.origins.credits import Credit, credits_of
from verification.origins.names import Directory, Party, PartyKind
from verification.origins.places import Place, place_of
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
    _speakers: dict[str, Party | None] = field(default_factory=dict)
    _before: dict[str, tuple[Voice, ...]] = field(default_factory=dict)

    def page(self, voice: Voice) -> Page:
        return self.pages[voice.document]

    def document(self, voice: Voice) -> Document:
        return self.page(voice).document

    def place(self, voice: Voice) -> Place:
        return place_of(self.page(voice), voice.start, voice.end)

    def sentence(self, voice: Voice) -> str:
        return self.place(voice).sentence

    def verbatim(self, voice: Voice, words: str) -> str:
        """The words as the document prints them, typographic apostrophes included."""
        page = self.page(voice)
        at = page.text.find(words)
        return page.document.text[at : at + len(words)] if at >= 0 else words

    def speaker(self, voice: Voice) -> Party | None:
        """Who says it; None for the outlet itself, its reporters included."""
        if voice.id not in self._speakers:
            self._speakers[voice.id] = self._speaker(voice)
        return self._speakers[voice.id]

    def _speaker(self, voice: Voice) -> Party | None:
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

    def before(self, voice: Voice) -> tuple[Voice, ...]:
        """Voices of other documents from which this one can have been copied, the earliest first."""
        if voice.document not in self._before:
            mine = self.page(voice)
            others = {other.document for other in self.voices} - {voice.document}
            earlier = {key for key in others if self._precedes(self.pages[key], mine)}
            self._before[voice.document] = tuple(v for v in self.voices if v.document in earlier)
        return self._before[voice.document]

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
        place = self.place(voice)
        if place.own_reporting:
            return place.own_reporting
        outlet = self.document(voice).outlet
        for name, words in place.seen_by:
            if outlet in (self.directory.outlet(name.split()[-1]), self.directory.outlet(name)):
                return words
        return ""

    @cached_property
    def witnesses(self) -> frozenset[Words]:
        """Those who say, in one mention of the claim, that they saw it themselves."""
        spoken = (voice for voice in self.voices if voice.speaker and self.place(voice).own_senses)
        return frozenset(self.directory.person(voice.speaker or "") for voice in spoken)

    def _precedes(self, a: Page, b: Page) -> bool:
        """Whether ``a`` can be the original of ``b``: it is credited there, or else it is the earlier one."""
        if a.document.outlet in self._credited.get(b.document.id, ()):
            return True
        if b.document.outlet in self._credited.get(a.document.id, ()):
            return False
        return place_in_time(a) < place_in_time(b)

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
