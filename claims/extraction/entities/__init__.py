"""Named things and their canonical names.

The model's recogniser proposes, the gazetteer corrects it, and names are linked within the article:
"U.S.", "American" and "Washington" (where it acts) are the United States, "Dmitriev" is the Kirill
Dmitriev whom the text named before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.symbols import PROPN
from spacy.tokens import Doc, Span, Token

from claims.extraction.entities import kinds, people
from claims.extraction.entities.gazetteer import Entry, Gazetteer, entries
from claims.extraction.entities.people import Person
from claims.extraction.entities.seats import is_government
from claims.extraction.noise import BlockKind
from claims.extraction.types import EntityMention

__all__ = ["Gazetteer", "Named", "Person", "find"]

_KINDS = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
    "EVENT": "event",
    "WORK_OF_ART": "work",
    "LAW": "work",
    "PRODUCT": "other",
}
_LABELS = {"person": "PERSON", "organisation": "ORG", "place": "GPE"}


@dataclass(frozen=True, slots=True)
class Named:
    """A span of tokens and what it names. ``person`` is set where it is one of the article's people."""

    start: int
    end: int
    name: str
    kind: str
    person: Person | None = None

    def mention(self, doc: Doc) -> EntityMention:
        span = doc[self.start : self.end]
        return EntityMention(span.start_char, span.end_char, span.text, self.name, self.kind)


def find(doc: Doc, gazetteer: Gazetteer) -> tuple[Named, ...]:
    """The named things of a parsed doc in text order, none overlapping another."""
    known = list(gazetteer.find(doc))
    recognised = [
        span
        for ent in doc.ents
        if ent.label_ in _KINDS
        for part in _apart(_widened(ent))
        if (span := _trim(part)) is not None
    ]
    recognised += _apposed(doc, recognised)
    recognised += _repeated(doc, [*recognised, *(span for span, _ in known)])
    recognised = _settled(recognised)
    kept = _without_overlaps(known, recognised)
    cast = people.full_names(span for span, entry in kept if _names_person(span, entry))
    found = [_named(span, entry, cast) for span, entry in kept]
    found += _missed_surnames(doc, found, cast)
    found.sort(key=lambda named: named.start)
    for named in found:
        if named.person:
            people.note_office(named.person, doc, named.start, named.end)
    return tuple(found)


def _apposed(doc: Doc, recognised: list[Span]) -> list[Span]:
    """People whom the recogniser missed and their office betrays: "The mayor, Ana Torres"."""
    covered = {token.i for span in recognised for token in span}
    found = []
    for token in doc:
        if token.dep_ != "appos" or token.pos_ != "PROPN" or token.head.lower_ not in people.words("offices"):
            continue
        start = token.i
        while start and doc[start - 1].pos_ == "PROPN" and doc[start - 1].head.i == token.i:
            start -= 1
        if start < token.i and not covered & set(range(start, token.i + 1)):
            found.append(Span(doc, start, token.i + 1, label="PERSON"))
    return found


def _repeated(doc: Doc, covered: list[Span]) -> list[Span]:
    """Single words that the tagger takes for a name in two places at least, and the recogniser for none anywhere."""
    taken = {token.i for span in covered for token in span}
    names = {token.text for span in covered for token in span}
    places: dict[str, list[int]] = {}
    for token in doc:
        if token.tag_ == "NNP" and token.i not in taken and token.is_title and len(token) > 2:
            places.setdefault(token.text, []).append(token.i)
    return [
        Span(doc, i, i + 1, label="PRODUCT")
        for text, found in places.items()
        if len(found) > 1 and text not in names and _is_name(doc, found)
        for i in found
    ]


def _is_name(doc: Doc, places: list[int]) -> bool:
    """Whether the word stands alone, is no title, day or month, and more than the capital of a sentence's start."""
    word = doc[places[0]].lower_
    beside = any(doc[j].tag_ == "NNP" for i in places for j in (i - 1, i + 1) if 0 <= j < len(doc))
    inside = any(not doc[i].is_sent_start for i in places) or not any(
        t.is_lower and t.lower_ == word for t in doc
    )
    listed = (
        word in people.words("titles") or word in people.words("offices") or word in people.words("bodies")
    )
    return inside and not beside and not listed and not doc[places[0]].ent_type_


def _settled(recognised: list[Span]) -> list[Span]:
    """The spans with one kind for each name: what the text shows of it, else what the recogniser made of each."""
    places: dict[str, list[Span]] = {}
    for span in recognised:
        places.setdefault(span.text, []).append(span)
    surnames = _alone(recognised[0].doc) if recognised else frozenset()
    labels = {}
    for name, spans in places.items():
        kind = "person" if _is_full_name(spans[0], surnames) else kinds.by_clues(spans)
        if kind is None and len(spans[0]) > 1 and spans[0][-1].lower_ in people.words("bodies"):
            kind = "organisation" if spans[0].label_ in ("PERSON", "PRODUCT", "WORK_OF_ART") else None
        if kind is not None and _KINDS[spans[0].label_] in (
            "person",
            "organisation",
            "place",
            "work",
            "other",
        ):
            labels[name] = _LABELS[kind]
    return [Span(s.doc, s.start, s.end, label=labels.get(s.text, s.label_)) for s in recognised]


def _alone(doc: Doc) -> frozenset[int]:
    """The words that stand as a name by themselves somewhere."""
    orths, parts = doc.to_array(["ORTH", "POS"]).T.tolist() if len(doc) else ([], [])
    proper = [False, *(pos == PROPN for pos in parts), False]
    return frozenset(
        orth for i, orth in enumerate(orths, start=1) if proper[i] and not proper[i - 1] and not proper[i + 1]
    )


def _is_full_name(span: Span, surnames: frozenset[int]) -> bool:
    """ "Ana Kolberg" where "Kolberg" stands alone: two words, neither of which names a body or a place."""
    return (
        len(span) == 2
        and span[1].orth in surnames
        and all(t.is_title and t.is_alpha for t in span)
        and not any(t.lower_ in people.words("bodies") or entries().get(t.text) for t in span)
    )


def _widened(ent: Span) -> Span:
    """With the words of the name that the recogniser left in front: "Ana" of "Ana Kolberg"."""
    doc, start = ent.doc, ent.start
    while start and _belongs(doc[start - 1], ent):
        start -= 1
    return ent if start == ent.start else Span(doc, start, ent.end, label=ent.label_)


def _belongs(token: Token, ent: Span) -> bool:
    listed = token.lower_ in people.words("titles") or token.lower_ in people.words("offices")
    return (
        token.tag_ == "NNP"
        and token.is_title
        and not token.ent_type_
        and token.dep_ == "compound"
        and ent.start <= token.head.i < ent.end
        and not listed
        and token.text not in entries()
    )


def _apart(ent: Span) -> tuple[Span, ...]:
    """The party and its leader in "Reform Party of Ann Holt", where "Holt" stands alone elsewhere."""
    doc = ent.doc
    for token in ent[2:-2]:
        tail = doc[token.i + 1 : ent.end]
        if ent.label_ != "ORG" or token.lower_ != "of" or any(word.pos_ != "PROPN" for word in tail):
            continue
        last, first = tail[-1], tail[-2]
        if any(t.orth == last.orth and t.i and doc[t.i - 1].orth != first.orth for t in doc):
            head = Span(doc, ent.start, token.i, label="ORG")
            return head, Span(doc, tail.start, tail.end, label="PERSON")
    return (ent,)


def _trim(ent: Span) -> Span | None:
    """The name without article, title, possessor or closing mark; None where nothing is left."""
    doc, start, end = ent.doc, ent.start, ent.end
    for index in range(start, end - 1):
        if doc[index].tag_ == "POS":
            start = index + 1
    if ent.label_ == "PERSON":
        name = people.trim(doc[start:end])
        return Span(doc, name.start, name.end, label="PERSON") if name is not None else None
    while start < end and not _opens_name(doc[start]):
        start += 1
    while end > start and not _closes_name(doc[end - 1]):
        end -= 1
    words = doc[start:end]
    if (
        not words
        or any("\n" in token.text for token in words)
        or _is_title_or_shout(words)
        or _is_common(words)
    ):
        return None
    return Span(doc, start, end, label=ent.label_)


def _opens_name(token: Token) -> bool:
    return not (token.is_space or token.is_punct or token.lower_ in {"the", "a", "an"} or token.tag_ == "POS")


def _closes_name(token: Token) -> bool:
    return not (token.is_space or token.is_quote or token.tag_ == "POS" or token.text in {",", "'", "’"})


def _is_common(words: Span) -> bool:
    """ "Shoppers crowded": a common noun that only opens its sentence."""
    return len(words) == 1 and words[0].tag_ == "NNS" and bool(words[0].is_sent_start)


def _is_title_or_shout(words: Span) -> bool:
    """The "State" of "Secretary of State"; words of a heading in capitals, where all look like names."""
    if all(token.lower_ in people.words("titles") for token in words):
        return True
    return words.text.isupper() and any(
        block.kind in {BlockKind.HEADING, BlockKind.DATELINE} and block.start <= words.start_char < block.end
        for block in words.doc._.blocks
    )


def _without_overlaps(
    known: list[tuple[Span, Entry]], recognised: Iterable[Span]
) -> list[tuple[Span, Entry | None]]:
    """The gazetteer wins, save over a longer name with its words in it ("Bank of Ireland", "Jordan Holt")."""
    kept: list[tuple[Span, Entry | None]] = []
    taken: dict[int, int] = {}
    for index, (span, _) in enumerate(known):
        for token in span:
            taken[token.i] = index
    dropped: set[int] = set()
    for span in recognised:
        inside = {taken[token.i] for token in span if token.i in taken}
        if not inside:
            kept.append((span, None))
        elif _is_longer_name(span, [known[index][0] for index in inside]):
            dropped |= inside
            kept.append((span, None))
    kept += [pair for index, pair in enumerate(known) if index not in dropped]
    return sorted(kept, key=lambda pair: pair[0].start)


def _is_longer_name(span: Span, parts: list[Span]) -> bool:
    if any(part.start < span.start or part.end > span.end for part in parts) or span.label_ == "NORP":
        return False
    covered = sum(len(part) for part in parts)
    rest = [t for t in span if not any(p.start <= t.i < p.end for p in parts) and t.text[0].isupper()]
    return covered < len(span) and bool(rest)


def _names_person(span: Span, entry: Entry | None) -> bool:
    return entry.kind == "person" if entry else span.label_ == "PERSON"


def _named(span: Span, entry: Entry | None, cast: list[Person]) -> Named:
    if entry and entry.kind != "person":
        if not entry.seat:
            return Named(span.start, span.end, entry.name, entry.kind)
        if is_government(span):
            return Named(span.start, span.end, entry.name, "government")
        return Named(span.start, span.end, span.text, "place")
    if entry is None and (other := entries().get(span.text)) is not None and not other.seat:
        return Named(span.start, span.end, other.name, other.kind)
    person = people.resolve(entry.name if entry else span.text, cast, span.start)
    if person and (entry or span.label_ == "PERSON" or len(span) == 1):
        return Named(span.start, span.end, person.name, "person", person)
    kind = "person" if entry else _KINDS[span.label_]
    if kind == "person" and len(span) == 1 and _is_located(span):
        kind = "place"
    return Named(span.start, span.end, span.text, kind, _lone(span, kind, cast))


def _lone(span: Span, kind: str, cast: list[Person]) -> Person | None:
    """A person who is only ever called by one name joins the cast by it."""
    if kind != "person":
        return None
    person = Person(name=span.text, surname=span.text.split()[-1], first=span.start)
    cast.append(person)
    return person


def _is_located(span: Span) -> bool:
    """As in "in Kherson": the recogniser takes unknown towns for people."""
    root = span.root
    return root.dep_ == "pobj" and root.head.lower_ in {"in", "near", "at", "around", "outside", "across"}


def _missed_surnames(doc: Doc, found: list[Named], cast: list[Person]) -> list[Named]:
    """The surnames of the cast where the recogniser saw nothing."""
    covered = {i for named in found for i in range(named.start, named.end)}
    surnames = {person.surname for person in cast if len(person.surname) > 2}
    missed = []
    for token in doc:
        if token.i not in covered and token.text in surnames and token.pos_ == "PROPN":
            person = people.resolve(token.text, cast, token.i)
            if person:
                missed.append(Named(token.i, token.i + 1, person.name, "person", person))
    return missed
