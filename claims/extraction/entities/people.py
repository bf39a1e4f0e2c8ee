"""Who is who within one article: full name first, surname later, the office in between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz.distance import DamerauLevenshtein
from spacy.tokens import Doc, Span, Token

from claims.extraction import resources
from claims.extraction.entities.gazetteer import entries


@cache
def words(name: str) -> frozenset[str]:
    """A list of ``data/entities.toml``."""
    return frozenset(resources.toml("entities")[name])


@dataclass(slots=True)
class Person:
    """One person of one article. ``offices`` are lemmas, ``gender`` is "f", "m" or ""."""

    name: str
    surname: str
    first: int  # token at which the full name first stands
    offices: set[str] = field(default_factory=set)
    gender: str = ""


def trim(span: Span) -> Span | None:
    """The name in a span: without titles before it, and without what follows a comma or a possessive."""
    start, end = span.start, span.end
    doc = span.doc
    while start < end and (
        doc[start].lower_ in words("titles") or _is_nation(doc[start]) or not doc[start].text[0].isalnum()
    ):
        start += 1
    stop = start
    while (stop < end and doc[stop].text[0].isalpha() and doc[stop].text[0] == doc[stop].text[0].upper()) or (
        stop < end and stop > start and doc[stop].lower_ in _PARTICLES
    ):
        stop += 1
    while stop > start and doc[stop - 1].lower_ in _PARTICLES | {"'s", "’s"}:
        stop -= 1
    return doc[start:stop] if stop > start else None


_PARTICLES = frozenset(
    [
        "von",
        "van",
        "der",
        "den",
        "de",
        "la",
        "le",
        "da",
        "di",
        "du",
        "dos",
        "del",
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "ter",
        "und",
        "-",
    ]
)


def _is_nation(token: Token) -> bool:
    entry = entries().get(token.text)
    return entry is not None and entry.kind == "country"


def full_names(spans: Iterable[Span]) -> list[Person]:
    """The people that the text names in full, in order of appearance, spellings of one name put together."""
    people: list[Person] = []
    for span in spans:
        known = entries().get(span.text)
        name = known.name if known and known.kind == "person" else span.text
        if len(span) < 2 and name == span.text:
            continue
        if not any(_same_name(name, person.name) for person in people):
            people.append(Person(name=name, surname=_surname(name), first=span.start, gender=gender_of(name)))
    return people


def _surname(name: str) -> str:
    parts = [part for part in name.split() if part.rstrip(".").lower() not in {"jr", "sr", "ii", "iii", "iv"}]
    return parts[-1] if parts else name


@cache
def _given_names() -> dict[str, str]:
    table = resources.toml("given_names")
    return {
        name: sex for sex, names in (("f", table["female"]), ("m", table["male"])) for name in names.split()
    }


def gender_of(name: str) -> str:
    """What the first of several names tells: "f", "m", or "" where it tells nothing."""
    given, _, rest = name.partition(" ")
    return _given_names().get(given.lower(), "") if rest else ""


def _same_name(a: str, b: str) -> bool:
    if a == b:
        return True
    left, right = a.split(), b.split()
    return len(left) > 1 and len(right) > 1 and alike(left[0], right[0]) and alike(left[-1], right[-1])


def alike(a: str, b: str) -> bool:
    """Spellings of one surname: "Zelenskiy", "Zelensky", "Zelenskyy"; long enough not to be two people."""
    if a == b:
        return True
    if min(len(a), len(b)) < 5 or a[:3] != b[:3]:
        return False
    return DamerauLevenshtein.distance(a, b, score_cutoff=2) <= (2 if min(len(a), len(b)) >= 7 else 1)


def resolve(text: str, people: list[Person], at: int) -> Person | None:
    """The person a short name means: the nearest named before ``at``, else the first named after."""
    last = _surname(text)
    fitting = [
        p for p in people if alike(last, p.surname) or (text.count(" ") == 0 and text == p.name.split()[0])
    ]
    exact = [p for p in fitting if p.surname == last] or fitting
    before = [p for p in exact if p.first <= at]
    return before[-1] if before else exact[0] if exact else None


def meant_by_next_pronoun(subject: Token) -> Token:
    """Whom "he" behind a sentence means: its subject, or whom that accused, praised or sacked."""
    verb = subject.head
    if subject.dep_ == "nsubj" and verb.lemma_.lower() in words("done_to_somebody"):
        return next((child for child in verb.children if child.dep_ in {"dobj", "obj"}), subject)
    return subject


def note_office(person: Person, doc: Doc, start: int, end: int) -> None:
    """Learn from the words before the name and from the apposition behind it."""
    for token in reversed(doc[max(0, start - 8) : start]):
        if not (
            token.lower_ in words("titles")
            or token.ent_type_
            or token.pos_ in {"NOUN", "ADJ", "PROPN", "PART"}
        ):
            break
        if token.text in {",", "."}:
            break
        _learn(person, token)
    root = doc[end - 1]
    if root.dep_ == "appos":  # "the mayor of Lund, Ana Torres"
        _learn(person, root.head)
    if end < len(doc) and doc[end].text == ",":
        for token in doc[end + 1 : end + 12]:
            if token.text in {",", ".", ";"} or token.dep_ == "ROOT":
                break
            _learn(person, token)


def _learn(person: Person, token: Token) -> None:
    lower = token.lower_
    if lower in words("offices"):
        person.offices.add(lower)
    if lower in words("female_titles") or lower in words("female_offices"):
        person.gender = "f"
    elif lower in words("male_titles") or lower in words("male_offices"):
        person.gender = "m"
