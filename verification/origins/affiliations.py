"""Where a document says who speaks for what: "Ann Lee, director of the roads office"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from verification.origins import cues
from verification.origins.bodies import BODY_HEADS, PLACES, ROLES, Words, bare, body_words, speaks_for_himself
from verification.origins.text import Page, content_words, normal, occurrences, of_page

_PERSON = (
    r"(?P<person>[A-Z][\w'-]+(?: (?:(?:van|von|de|der|den|al|bin|el|la) ){0,2}(?:[A-Z]\.|[A-Z][\w'-]+)){1,3})"
)
_BARE_ROLE = rf"(?P<role>(?:(?:{'|'.join(sorted(cues.RANKS))}) )*(?:{ROLES}))"
_ROLE = rf"(?P<role>(?:[\w-]+ ){{0,3}}?(?:{ROLES}))"
_HEADS = "|".join(sorted(cues.BODY_HEADS))
_LOWER = rf"(?!{cues.STOP}\b|(?:the|with|of|from|its|their|an?)\b)[a-z][\w-]+"
_CAPS = r"[A-Z][\w'&-]*(?: (?:(?:of|for|and) (?:the )?)?[A-Z][\w'&-]*){0,5}"
#: a sort of body with the words that say which; a name in capitals; one or two plain words
_BODY = (
    rf"\b(?:the |an? |its )?(?P<body>(?:{_CAPS} )?(?:{_LOWER} ){{0,3}}?(?:{_HEADS})\b(?! (?:{_HEADS})\b)"
    rf"(?: (?:of|for) (?:the )?(?:{_CAPS}|{_LOWER}))?"
    rf"|{_CAPS}|{_LOWER}(?: {_LOWER})?(?=[,.;:()\"“”\n]|$))"
)
#: before a role: a name in capitals, or a sort of body with one word that says which
_TITLED = rf"\b(?P<body>(?:{_CAPS}|(?:{_LOWER} )?(?:{_HEADS}))(?:'s?)?)"
_PLAIN = rf"\b(?P<body>(?!(?:{'|'.join(sorted(cues.RANKS | cues.OFFICE_HOLDERS))})\b){_LOWER})"
_SPEAKS_FOR = r"(?:heads|runs|leads|chairs|directs|manages|speaks for|works for)"

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_PERSON}, (?:who is )?(?:the |an? |its |their )?{_ROLE} (?:of|at|for|with|in) {_BODY}",
        rf"{_PERSON}, (?:the )?{_TITLED} {_ROLE}\b",
        rf"{_PERSON}, (?:the )?(?P<body>[a-z]+) (?P<role>minister)\b",
        rf"{_PERSON}, (?:the )?(?P<role>mayor|[a-z]+ ?master) of {_BODY}",
        rf"{_PERSON}, who {_SPEAKS_FOR} {_BODY}",
        rf"{_TITLED} {_ROLE}, (?:Dr |Prof )?{_PERSON}",
        rf"\b(?:[Tt]he |[Aa]n? |[Ii]ts )?{_ROLE} (?:of|at|for|with) {_BODY}, {_PERSON}",
        rf"{_TITLED} {_ROLE} {_PERSON}",
        rf"{_PLAIN} {_BARE_ROLE} {_PERSON}",
        rf"\b(?P<body>[A-Z][\w'-]+|\b[a-z]+) (?P<role>[Mm]inister) {_PERSON}",
        rf"(?:^|\n|[.!?\"”] ){_PERSON} [^.\n]{{1,200}}\.[\"”]? The (?:[a-z]+ )?{_ROLE} (?:of|at) {_BODY}",
    )
)
#: names a body only if the words say that it is one
_IN = (
    re.compile(rf"{_PERSON} (?:of|from|at) {_BODY}"),
    re.compile(rf"{_PERSON}, (?:who [^,.;\n]{{1,60}}?|[a-z][\w -]{{1,40}}?) (?:of|at|for|with) {_BODY}"),
)
#: "its chairman, Ann Lee" and "Ann Lee, its chairman": the body was named before
_ITS = (
    re.compile(rf"\b(?:[Ii]ts|[Tt]heir) {_ROLE},? {_PERSON}"),
    re.compile(rf"{_PERSON}, (?:its|their) {_ROLE}\b"),
    re.compile(rf"\b(?:[Hh]is|[Hh]er) (?:deputy|colleague|successor|spokes\w+),? {_PERSON}"),
    re.compile(rf"(?:[.;,\n] ?|\b(?:said|says|by|to|and) )(?:[Tt]he )?{_BARE_ROLE} {_PERSON}"),
)
_NO_EMPLOYER = cues.COMPANY_WORDS | cues.NO_BODIES
#: a body that a sentence is about
_ANY_BODY = re.compile(rf"\b[Tt]he {_BODY}")
#: how far back "its chairman" and "chairman Ann Lee" reach, in characters
_REACH = 400
#: and how far from a name its role and its body can stand
_BESIDE = 80


@dataclass(frozen=True, slots=True)
class Affiliation:
    person: Words
    body: Words


def affiliations_of(page: Page, speakers: tuple[str, ...]) -> tuple[Affiliation, ...]:
    """Return the persons who speak for a body, by the document's own words.

    ``speakers`` are names to which "its" may refer. Witnesses and scholars are left out: they speak
    for themselves, whoever employs them.
    """
    stated = _stated(page)
    return (*stated, *_by_reference(page, speakers, stated))


@of_page
def _stated(page: Page) -> tuple[Affiliation, ...]:
    return tuple(dict.fromkeys(_matches(page)))


def _matches(page: Page) -> Iterator[Affiliation]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(page.text):
            role = match.groupdict().get("role") or ""
            body = body_words(match["body"], role)
            if body and not speaks_for_himself(role):
                yield from _affiliation(match["person"], body)
    for pattern in _IN:
        for match in pattern.finditer(page.text):
            body = body_words(match["body"], "")
            if body & BODY_HEADS and not speaks_for_himself(match.group()):
                yield from _affiliation(match["person"], body)


def _by_reference(
    page: Page, speakers: tuple[str, ...], stated: tuple[Affiliation, ...]
) -> Iterator[Affiliation]:
    """Affiliations to the body that was last named before."""
    known = {found.person for found in stated}
    referring = [named for named in _referring(page) if named.person not in known]
    if not referring:
        return
    places: list[tuple[int, Words]] = []
    for speaker in speakers:
        name = normal(speaker).removeprefix("the ").removeprefix("The ")
        at_work = {found.body for found in stated if found.person <= content_words(name)}
        words = at_work.pop() if len(at_work) == 1 else body_words(name, "")
        places += [(at, words) for at in occurrences(name, page.text)]
    places += _bodies_named(page)
    places = sorted((place for place in places if place[1]), key=_at)
    for named in referring:
        first = bisect_right(places, named.at - _REACH, key=_at)
        before = places[first : bisect_left(places, named.at, key=_at)]
        if before:
            yield from _affiliation(named.name, max(before, key=_at)[1])


@dataclass(frozen=True, slots=True)
class _Referring:
    """A person whose body the words around leave to what was named before."""

    at: int
    name: str
    person: Words


@of_page
def _referring(page: Page) -> tuple[_Referring, ...]:
    return tuple(
        _Referring(match.start(), match["person"], bare(content_words(match["person"])))
        for pattern in _ITS
        for match in pattern.finditer(page.text)
        if not speaks_for_himself(match.groupdict().get("role") or "")
    )


def _at(place: tuple[int, Words]) -> int:
    return place[0]


def beside(page: Page, person: str, bodies: Collection[Words]) -> Iterator[Affiliation]:
    """A looser reading, where no pattern tells: a role and one of the bodies stand beside the name."""
    name = normal(person)
    for at in occurrences(name, page.text):
        start, end = page.sentence(at, at + len(name))
        around = page.text[max(start, at - _BESIDE) : min(end, at + len(name) + _BESIDE)]
        words = content_words(around)
        near = [body for body in bodies if body <= bare(words)]
        if len(near) == 1 and words & cues.OFFICE_HOLDERS and not words & cues.OWN_VOICES:
            yield from _affiliation(name, near[0])


@of_page
def _bodies_named(page: Page) -> tuple[tuple[int, Words], ...]:
    named = ((match.start(), body_words(match["body"], "")) for match in _ANY_BODY.finditer(page.text))
    return tuple((at, words) for at, words in named if words & (BODY_HEADS - PLACES))


def _affiliation(person: str, body: Words) -> Iterator[Affiliation]:
    words = bare(content_words(person))
    if words and not words & BODY_HEADS and words != body and not body <= _NO_EMPLOYER:
        yield Affiliation(words, body)
