"""The rules of origin, one function each: where does a voice have it from?

A rule takes a voice and the case it belongs to and returns a :class:`Hang`, or None where it does not
apply. :data:`RULES` is asked in order and the first answer holds. An altered copy comes first because it
takes away what the others would give; a source's source comes before the source that passes it on; a
copied passage before the speaker that it names, because its original names the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from verification.origins import cues
from verification.origins.bodies import BODY_HEADS, OUTLET_HEADS
from verification.origins.case import Case, Hang
from verification.origins.copying import kin
from verification.origins.credits import signature_of
from verification.origins.names import Party, PartyKind
from verification.origins.paraphrase import borrowed_details
from verification.origins.text import content_words
from verification.origins.types import OriginKind, Voice

#: share of a passage's words that the agency's own sentence must have where the article also copies others
LIKE_THE_WIRE = 0.25

Rule = Callable[[Voice, Case], Hang | None]


def altered_copy(voice: Voice, case: Case) -> Hang | None:
    """Rule 9: a copy with another figure has no source, only a voice for its own figure."""
    for original in case.before(voice):
        if original.against == voice.against or kin(case.document(voice), case.document(original)):
            continue
        passage = case.copied(voice, original)
        if passage and passage.altered:
            altered = sorted(passage.altered)
            return Hang(
                OriginKind.COPY,
                passage.words,
                f"altered copy: {', '.join(altered)} is not in the text it was copied from",
                f"altered copy of {case.document(original).outlet}",
                key=("altered", *altered),
                silent=voice.against,
            )
    return None


def source_of_the_source(voice: Voice, case: Case) -> Hang | None:
    """Rules 2 and 3: a source that names its source, or the data it reads, passes it on."""
    for party, words in _passed_on(voice, case):
        if party.kind in (PartyKind.SPEAKER, PartyKind.DATA):
            return _root(party, words, "the source's own source")
        if party.kind is PartyKind.OUTLET and party.name != case.document(voice).outlet:
            return _cited(voice, party, words, case)
    return None


def credited_outlet(voice: Voice, case: Case) -> Hang | None:
    """Rule 4: a credited outlet is the parent: its voice for this claim, or the outlet where it has none."""
    party = case.speaker(voice) or _adjacent(voice, case, cues.OUTLET_REPORTED)
    if party and party.words & cues.PAPERS and (found := cues.OUTLET_REPORTED.search(case.sentence(voice))):
        party = case.directory.resolve(found["source"], case.page(voice))
    if party is None or party.kind is not PartyKind.OUTLET or party.name == case.document(voice).outlet:
        return None
    return _cited(voice, party, case.sentence(voice), case)


def copied_text(voice: Voice, case: Case) -> Hang | None:
    """Rule 5: a copied passage inherits its original's root, credited or not."""
    for original in case.before(voice):
        if original.against == voice.against and (passage := case.copied(voice, original)):
            by_kin = kin(case.document(voice), case.document(original))
            rule = OriginKind.PUBLISHER if by_kin else OriginKind.COPY
            outlet = case.document(original).outlet
            return Hang(rule, passage.words, "copied passage", outlet, parent=original.id)
    return None


def named_source(voice: Voice, case: Case) -> Hang | None:
    """Rules 1 and 3: a named person, body or data set is the root; nobody stands behind a rumour."""
    party = case.speaker(voice) or _adjacent(voice, case, cues.ACCORDING)
    if party is None:
        return None
    if party.kind is PartyKind.RUMOUR:
        why = "rumour: no one stands behind it"
        return Hang(OriginKind.SPEAKER, case.sentence(voice), why, party.name, silent=True)
    if party.kind not in (PartyKind.SPEAKER, PartyKind.DATA):
        return None
    if voice.speaker and (own := case.directory.person(voice.speaker)) in case.witnesses:
        return Hang(
            OriginKind.SPEAKER, case.sentence(voice), "a witness", voice.speaker, key=("party", *sorted(own))
        )
    return _root(party, case.sentence(voice), "the named source")


def wire_credit(voice: Voice, case: Case) -> Hang | None:
    """Rule 5: an agency credited by the article gave the passages that its own text has, and no others."""
    if case.own_reporting(voice):
        return None
    for credit in case.credits(voice):
        outlet = case.directory.outlet(credit.agency)
        if outlet is None and credit.plain:
            words = content_words(credit.agency)
            key = ("party", *sorted(words))
            return Hang(OriginKind.CREDIT, credit.words, "agency credit", credit.agency, key=key)
        for other in case.others(voice):
            if case.document(other).outlet == outlet and _like_the_wire(voice, other, case):
                return Hang(OriginKind.CREDIT, credit.words, "agency credit", str(outlet), parent=other.id)
    return _signed(voice, case)


def paraphrase(voice: Voice, case: Case) -> Hang | None:
    """Rule 6: an earlier text has all details of the passage, three or more, and the passage adds none."""
    page = case.page(voice)
    if case.own_reporting(voice) or case.place(voice).is_told:
        return None
    for earlier in case.before(voice):
        source = case.page(earlier)
        if earlier.against != voice.against or kin(page.document, source.document):
            continue
        if details := borrowed_details(page, voice.start, voice.end, source, earlier.start, earlier.end):
            why = f"paraphrase that adds nothing to the earlier text's details ({', '.join(sorted(details))})"
            outlet = source.document.outlet
            return Hang(OriginKind.SPEAKER, case.sentence(voice), why, outlet, parent=earlier.id)
    return None


def same_article(voice: Voice, case: Case) -> Hang | None:
    """Rule 1: a lead takes the attribution of the body, in an article that makes the claim more than once."""
    if voice.speaker or case.own_reporting(voice):
        return None
    for other in case.voices:
        if other.document != voice.document or other.against != voice.against or other.id == voice.id:
            continue
        if case.speaker(other) or copied_text(other, case):
            outlet = case.document(voice).outlet
            why = "the same article says from whom"
            return Hang(OriginKind.SPEAKER, case.sentence(other), why, outlet, parent=other.id)
    return None


def own_account(voice: Voice, case: Case) -> Hang:
    """Rules 7, 8 and 10: the outlet answers for it, and one publisher for all its outlets."""
    document = case.document(voice)
    seen = case.own_reporting(voice)
    why = "own eyes" if seen else "stated on its own account"
    if voice.speaker and not seen:
        why = "a source that is not named"
    key = ("publisher", document.publisher or document.outlet)
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


def _root(party: Party, words: str, why: str) -> Hang:
    rule = OriginKind.DATA if party.kind is PartyKind.DATA else OriginKind.SPEAKER
    return Hang(rule, words, why, party.name, key=("party", *sorted(party.words)))


def _cited(voice: Voice, party: Party, words: str, case: Case) -> Hang:
    """Hang on the outlet's own voice that is most like the citation: an earlier one, if it has any."""
    rule = _kind_of_outlet(party)
    theirs = [other for other in case.others(voice) if case.document(other).outlet == party.name]
    before = {other.id for other in case.before(voice)}
    earlier = [other for other in theirs if other.id in before]
    mine = content_words(words)
    best = max(earlier or theirs, key=lambda other: len(mine & case.place(other).words), default=None)
    if best is not None:
        return Hang(rule, words, "credited outlet", party.name, parent=best.id)
    return Hang(rule, words, "credited outlet", party.name, key=("party", *sorted(party.words)))


def _kind_of_outlet(party: Party) -> OriginKind:
    """An agency is credited, a newspaper cited; a body that publishes itself is a speaker."""
    if cues.AGENCY.search(party.name):
        return OriginKind.CREDIT
    is_body = party.words & BODY_HEADS and not party.words & OUTLET_HEADS
    return OriginKind.SPEAKER if is_body else OriginKind.CITATION


def _passed_on(voice: Voice, case: Case) -> Iterator[tuple[Party, str]]:
    page, place, speaker = case.page(voice), case.place(voice), case.speaker(voice)
    for match in (*place.passed_on, *(place.according if speaker is not None else ())):
        end = place.span[0] + match.end()
        if voice.end <= end and page.text.startswith(" that ", end):
            continue  # it was told something else
        party = case.directory.resolve(match["source"], page)
        if speaker is not None and party.words == speaker.words:
            continue
        if match.re is cues.ACCORDING and party.kind is not PartyKind.DATA:
            continue  # it names the speaker, or another clause's
        if party.known:
            yield party, match.group()


def _adjacent(voice: Voice, case: Case, pattern: re.Pattern[str]) -> Party | None:
    """The source that is named inside the mention, or right before or after it in its sentence."""
    page = case.page(voice)
    for match in pattern.finditer(page.text, *case.place(voice).span):
        after, before = page.text[voice.end : match.start()], page.text[match.end() : voice.start]
        if not (after + before).strip(' ,"”“'):
            return case.directory.resolve(match["source"], page)
    return None


def _like_the_wire(voice: Voice, wire: Voice, case: Case) -> bool:
    mine, theirs = case.place(voice).words, case.place(wire).words
    return len(mine & theirs) >= LIKE_THE_WIRE * len(mine)


def _signed(voice: Voice, case: Case) -> Hang | None:
    """An agency's signature is a credit without its name: another outlet's reporter gives it away."""
    document = case.document(voice)
    signature = signature_of(case.page(voice))
    if signature is None:
        return None
    people, words = signature
    for other in case.before(voice):
        if other.against != voice.against:
            continue
        theirs = signature_of(case.page(other))
        names = content_words(case.document(other).byline or "") | content_words(theirs[0] if theirs else "")
        if not names & content_words(people) or kin(case.document(other), document):
            continue
        if _like_the_wire(voice, other, case):
            outlet = case.document(other).outlet
            return Hang(OriginKind.CREDIT, words, "agency signature", outlet, parent=other.id)
    return None
