"""The rules of origin, one function each: where does a voice have it from?

A rule takes a voice and the case it belongs to and returns a :class:`Hang`, or None where it does not
apply. :data:`RULES` is asked in order and the first answer holds. An altered copy comes first because it
takes away what the others would give; a source's source comes before the source that passes it on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from verification.origins import cues
from verification.origins.copying import Passage, copied_passage, kin, order
from verification.origins.names import Directory, Party, PartyKind
from verification.origins.text import Page, content_words, figures, singular
from verification.origins.types import OriginKind, Voice

#: details (figures, names) that an unattributed paraphrase must share with the earlier text
DETAILS = 3


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
    """One claim: its voices in order of time, the pages they stand on, and who is who."""

    voices: tuple[Voice, ...]
    pages: dict[str, Page]
    directory: Directory

    def page(self, voice: Voice) -> Page:
        return self.pages[voice.document]

    def sentence(self, voice: Voice) -> str:
        start, end = self.page(voice).sentence(voice.start, voice.end)
        return self.page(voice).text[start:end]

    def before(self, voice: Voice) -> Iterator[Voice]:
        """Voices of other documents that were published earlier, the nearest in time first."""
        mine = order(self.page(voice).document)
        for other in reversed(self.voices):
            if other.document != voice.document and order(self.page(other).document) < mine:
                yield other

    def same_side(self, voice: Voice) -> Iterator[Voice]:
        return (
            other
            for other in self.voices
            if other.against == voice.against and other.document != voice.document
        )

    def copied(self, voice: Voice, original: Voice) -> Passage | None:
        """The passage of ``voice`` if it was copied from the very place where ``original`` stands."""
        page = self.page(original)
        passage = copied_passage(self.page(voice), voice.start, voice.end, page)
        if passage is None:
            return None
        return passage if _overlap(passage.original, page.sentence(original.start, original.end)) else None


Rule = Callable[[Voice, Case], Hang | None]


def altered_copy(voice: Voice, case: Case) -> Hang | None:
    """Rule 9: a copy with another figure has no source: no voice against the original, one of its own for its own."""
    for original in case.before(voice):
        if original.against == voice.against or kin(case.page(voice).document, case.page(original).document):
            continue
        passage = case.copied(voice, original)
        if passage and passage.altered:
            outlet = case.page(original).document.outlet
            return Hang(
                OriginKind.COPY,
                passage.words,
                f"altered copy: {', '.join(sorted(passage.altered))} is not in the text it was copied from",
                f"altered copy of {outlet}",
                key=("altered", original.document, *sorted(passage.altered)),
                silent=voice.against,
            )
    return None


def source_of_the_source(voice: Voice, case: Case) -> Hang | None:
    """Rule 2: a source that names its source passes it on. Rule 3: so does who reads named data."""
    sentence = case.sentence(voice)
    for party, words in _passed_on(sentence, voice, case):
        if party.kind in (PartyKind.SPEAKER, PartyKind.DATA):
            return _named(party, words, "the source's own source")
        if party.kind is PartyKind.OUTLET and party.name != case.page(voice).document.outlet:
            return _cited(voice, party, words, case)
    return None


def credited_outlet(voice: Voice, case: Case) -> Hang | None:
    """Rule 4: a credited outlet is the parent; its voice for this claim where it has one."""
    document = case.page(voice).document
    party = _speaker(voice, case)
    if party is None:
        adjacent = _adjacent(voice, case, cues.OUTLET_REPORTED)
        party = case.directory.resolve(adjacent, case.page(voice)) if adjacent else None
    if party is None or party.kind is not PartyKind.OUTLET or party.name == document.outlet:
        return None
    return _cited(voice, party, case.sentence(voice), case)


def copied_text(voice: Voice, case: Case) -> Hang | None:
    """Rule 5: a copied passage inherits its original's root, credited or not."""
    for original in case.before(voice):
        if original.against != voice.against:
            continue
        if passage := case.copied(voice, original):
            by_kin = kin(case.page(voice).document, case.page(original).document)
            outlet = case.page(original).document.outlet
            rule = OriginKind.PUBLISHER if by_kin else OriginKind.COPY
            return Hang(rule, passage.words, "copied passage", outlet, parent=original.id)
    return None


def named_source(voice: Voice, case: Case) -> Hang | None:
    """Rules 1 and 3: a named person, body or data set is the root."""
    party = _speaker(voice, case)
    if party is None:
        adjacent = _adjacent(voice, case, cues.ACCORDING)
        party = case.directory.resolve(adjacent, case.page(voice)) if adjacent else None
    if party is None:
        return None
    if party.kind is PartyKind.RUMOUR:
        return Hang(
            OriginKind.SPEAKER, party.name, "rumour: no one stands behind it", party.name, silent=True
        )
    if party.kind not in (PartyKind.SPEAKER, PartyKind.DATA):
        return None
    sentence = case.sentence(voice)
    if voice.speaker and cues.OWN_SENSES.search(_neighbourhood(voice, case)):
        own = content_words(voice.speaker)
        return Hang(OriginKind.SPEAKER, sentence, "a witness", voice.speaker, key=("party", *sorted(own)))
    return _named(party, sentence, "the named source")


def wire_credit(voice: Voice, case: Case) -> Hang | None:
    """Rule 5, credit lines: an agency credited for the article gave the passages that its own text has."""
    page = case.page(voice)
    if own_reporting(voice, case):
        return None
    for name, line in credits(page):
        party = case.directory.resolve(name, page)
        if party.name == page.document.outlet:
            continue
        texts = [other for other in case.pages.values() if other.document.outlet == party.name]
        if not texts and party.kind is not PartyKind.ANONYMOUS:
            words = content_words(name)
            return Hang(OriginKind.CREDIT, line, "agency credit", name, key=("party", *sorted(words)))
        for other in case.same_side(voice):
            if case.page(other).document.outlet == party.name:
                return Hang(OriginKind.CREDIT, line, "agency credit", party.name, parent=other.id)
    return _signed(voice, case)


def paraphrase(voice: Voice, case: Case) -> Hang | None:
    """Rule 6: an earlier text has all details of the passage, three or more, and the passage adds none."""
    page = case.page(voice)
    start, end = page.sentence(voice.start, voice.end)
    if own_reporting(voice, case) or cues.ACCORDING.search(page.text, start, end):
        return None
    details = _details(page, start, end)
    if len(details) < DETAILS:
        return None
    for earlier in case.before(voice):
        if earlier.against != voice.against or kin(page.document, case.page(earlier).document):
            continue
        source = case.page(earlier)
        for first, last in _surroundings(source, earlier):
            if _has(source.text[first:last], details):
                shared = ", ".join(sorted(details))
                outlet = source.document.outlet
                return Hang(
                    OriginKind.SPEAKER,
                    shared,
                    "paraphrase: all details are in the earlier text",
                    outlet,
                    parent=earlier.id,
                )
    return None


def same_article(voice: Voice, case: Case) -> Hang | None:
    """Rule 1: a lead takes the attribution of the body, in an article that makes the claim more than once."""
    if own_reporting(voice, case):
        return None
    for other in case.voices:
        if other.document == voice.document and other.against == voice.against and other.id != voice.id:
            if other.speaker and not voice.speaker:
                outlet = case.page(voice).document.outlet
                return Hang(
                    OriginKind.SPEAKER,
                    case.sentence(other),
                    "the same article says from whom",
                    outlet,
                    other.id,
                )
    return None


def own_account(voice: Voice, case: Case) -> Hang:
    """Rules 7, 8 and 10: the outlet answers for it, and one publisher for all its outlets."""
    document = case.page(voice).document
    seen = own_reporting(voice, case)
    why = "own eyes" if seen else "stated on its own account"
    if voice.speaker and not seen:
        why = "a source that is not named"
    owner = document.publisher or document.outlet
    bodies = case.directory.resolve(document.outlet).words
    key = (
        ("publisher", owner)
        if document.publisher and document.publisher != document.outlet
        else ("party", *sorted(bodies))
    )
    return Hang(OriginKind.INDEPENDENT, seen or case.sentence(voice), why, document.outlet, key=key)


RULES: tuple[Rule, ...] = (
    altered_copy,
    source_of_the_source,
    credited_outlet,
    copied_text,
    named_source,
    wire_credit,
    paraphrase,
    same_article,
    own_account,
)


def hang(voice: Voice, case: Case) -> Hang:
    """Ask the rules in order; the last one always answers."""
    return next(found for rule in RULES if (found := rule(voice, case)) is not None)


def own_reporting(voice: Voice, case: Case) -> str:
    """The words by which the article claims eyes, ears or papers of its own for the passage, or ""."""
    page = case.page(voice)
    unquoted = "".join(" " if mark else letter for letter, mark in _marked(page, voice))
    if found := cues.OWN_REPORTING.search(unquoted):
        return found.group()
    for found in cues.SEEN_BY_NAME.finditer(unquoted):
        if case.directory.outlet(found.group(1).strip()) == page.document.outlet:
            return found.group()
    return ""


def credits(page: Page) -> Iterator[tuple[str, str]]:
    """The agencies that an article credits for itself, each with the words that do."""
    for pattern in (cues.DATELINE, *cues.CREDIT_LINES):
        for match in pattern.finditer(page.text):
            yield match.group(1).strip(), match.group().strip()
    byline = page.document.byline or ""
    if cues.AGENCY_NAMES.search(byline):
        yield byline, byline


def _marked(page: Page, voice: Voice) -> Iterator[tuple[str, bool]]:
    start, end = page.sentence(voice.start, voice.end)
    return ((page.text[at], page.in_quotation(at)) for at in range(start, end))


def _speaker(voice: Voice, case: Case) -> Party | None:
    return case.directory.resolve(voice.speaker, case.page(voice)) if voice.speaker else None


def _named(party: Party, words: str, why: str) -> Hang:
    rule = OriginKind.DATA if party.kind is PartyKind.DATA else OriginKind.SPEAKER
    return Hang(rule, words, why, party.name, key=("party", *sorted(party.words)))


def _cited(voice: Voice, party: Party, words: str, case: Case) -> Hang:
    rule = _kind_of_outlet(party.words, party.name)
    theirs = [other for other in case.same_side(voice) if case.page(other).document.outlet == party.name]
    earlier = [other for other in case.before(voice) if other in theirs]
    mine = content_words(words)
    best = max(
        reversed(earlier or theirs),
        key=lambda other: len(mine & content_words(case.sentence(other))),
        default=None,
    )
    if best is not None:
        return Hang(rule, words, "credited outlet", party.name, parent=best.id)
    return Hang(rule, words, "credited outlet", party.name, key=("party", *sorted(party.words)))


def _kind_of_outlet(words: frozenset[str], name: str) -> OriginKind:
    """An agency is credited, a newspaper cited; a body that publishes itself is a speaker."""
    if cues.AGENCY_NAMES.search(name):
        return OriginKind.CREDIT
    press = {singular(head) for head in cues.OUTLET_HEADS}
    heads = {singular(head) for head in cues.BODY_HEADS}
    return OriginKind.SPEAKER if words & heads and not words & press else OriginKind.CITATION


def _passed_on(sentence: str, voice: Voice, case: Case) -> Iterator[tuple[Party, str]]:
    page = case.page(voice)
    speaker = _speaker(voice, case)
    for pattern in (*cues.PASSED_ON, cues.PASSED_ON_BEFORE):
        for match in pattern.finditer(sentence):
            party = case.directory.resolve(match["source"], page)
            if speaker is None or party.words != speaker.words:
                yield party, match.group()
    if speaker is not None:
        for match in cues.ACCORDING.finditer(sentence):
            party = case.directory.resolve(match["source"], page)
            if party.words != speaker.words and party.kind is PartyKind.DATA:
                yield party, match.group()


def _adjacent(voice: Voice, case: Case, pattern: object) -> str | None:
    """The source that the words directly before or after the mention name, or those in it."""
    page = case.page(voice)
    start, end = page.sentence(voice.start, voice.end)
    for match in pattern.finditer(page.text, start, end):  # type: ignore[attr-defined]
        gap = page.text[min(match.end(), voice.end) : max(match.start(), voice.start)]
        if len(gap.strip(' ,"”')) == 0 or match.start() <= voice.end + 3:
            return str(match["source"])
    return None


def _neighbourhood(voice: Voice, case: Case) -> str:
    page = case.page(voice)
    start, end = page.sentence(voice.start, voice.end)
    first, last = page.paragraph(start, end)
    return page.text[first:last]


def _signed(voice: Voice, case: Case) -> Hang | None:
    """An agency's signature is a credit without its name: another outlet's reporter gives it away."""
    page = case.page(voice)
    if not (match := cues.SIGNATURE.search(page.text)):
        return None
    for other in case.same_side(voice):
        document = case.page(other).document
        if kin(document, page.document) or not document.byline:
            continue
        if content_words(document.byline) & content_words(match.group(1)):
            return Hang(
                OriginKind.CREDIT, match.group(), "agency signature", document.outlet, parent=other.id
            )
    return None


def _details(page: Page, start: int, end: int) -> frozenset[str]:
    """Figures and names of a passage; names that its headline has are the topic, no detail."""
    topic = content_words(page.document.title)
    names = (name.removesuffix("'s") for name in page.names(start, end))
    told = {name for name in names if not content_words(name) <= topic}
    return frozenset(told) | (figures(page.text[start:end]) - {"1"})


def _has(text: str, details: frozenset[str]) -> bool:
    """Whether a text has all of the details."""
    known = figures(text) | content_words(text)
    return all(detail in known or content_words(detail) <= known for detail in details)


def _surroundings(page: Page, voice: Voice) -> Iterator[tuple[int, int]]:
    start, end = page.sentence(voice.start, voice.end)
    yield page.paragraph(start, end)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
