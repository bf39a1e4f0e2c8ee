"""Who is behind a name: persons who speak for a body, other names of one body, outlets, data, nobody.

A :class:`Directory` is read from the documents of one family. Names are compared as sets of lower-case
singulars, so that "the city's traffic counters" and "traffic counters of the city" are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from verification.origins import cues
from verification.origins.affiliations import Affiliation, affiliations_of, beside
from verification.origins.bodies import (
    AGENCY_HEADS,
    BODY_HEADS,
    DATA_HEADS,
    OUTLET_HEADS,
    Words,
    bare,
    body_of_role_phrase,
    same_body,
)
from verification.origins.text import Page, content_words, normal, singular

_NOBODY = frozenset(map(singular, cues.ANONYMOUS_ALONE))
_FULL_NAME = re.compile(r"[A-Z][\w'-]+(?: [A-Z][\w'-]+){1,3}")
_VAGUE = frozenset({"senior", "government", "former", "local", "western", "high-ranking"})


class PartyKind(StrEnum):
    OUTLET = "outlet"
    SPEAKER = "speaker"
    DATA = "data"
    ANONYMOUS = "anonymous"
    RUMOUR = "rumour"


@dataclass(frozen=True, slots=True)
class Party:
    """Who a name stands for. Two names of one party have equal ``words``.

    A body that publishes (its own site is one of the documents) is of the kind ``outlet``. ``known``
    tells a name that the family has elsewhere, or that says what sort of body or data it is.
    """

    kind: PartyKind
    name: str
    words: Words = frozenset()
    known: bool = False


class Directory:
    """The persons, bodies and outlets that a family of documents knows."""

    def __init__(self, pages: Sequence[Page], speakers: Iterable[str]) -> None:
        speakers = sorted(set(speakers))
        self._outlets = {content_words(page.document.outlet): page.document.outlet for page in pages}
        self._publishing = {bare(words): outlet for words, outlet in self._outlets.items()}
        self._acronyms = _acronyms(self._outlets.values())
        told = (found for page in pages for found in affiliations_of(page, tuple(speakers)))
        self._bodies = _employers(
            told, {bare(content_words(speaker)) for speaker in speakers} | set(self._publishing)
        )
        self._bodies |= self._beside(pages, speakers)
        names = {self._own_words(normal(speaker)) for speaker in speakers}
        known = names | set(self._publishing) | set(self._bodies.values())
        self._known = sorted((name for name in known if name), key=sorted)
        self._resolved: dict[tuple[str, Page | None], Party] = {}

    def _beside(self, pages: Sequence[Page], speakers: Sequence[str]) -> dict[Words, Words]:
        """Bodies of speakers of whom no document tells in so many words: only bodies that speak here, too."""
        named = {bare(content_words(speaker)) for speaker in speakers} | set(self._publishing)
        bodies = sorted((name for name in named if name & BODY_HEADS and not name & OUTLET_HEADS), key=sorted)
        people = [name for name in speakers if _FULL_NAME.fullmatch(name)]
        told = (
            found
            for name in people
            if not any(_same_person(bare(content_words(name)), known) for known in self._bodies)
            for page in pages
            for found in beside(page, name, bodies)
        )
        return _employers(told, named)

    def resolve(self, name: str, page: Page | None = None) -> Party:
        """Return whom ``name`` stands for; ``page`` is the document that uses it."""
        if (name, page) not in self._resolved:
            self._resolved[name, page] = self._resolve(name, page)
        return self._resolved[name, page]

    def _resolve(self, name: str, page: Page | None) -> Party:
        name = re.sub(r"^(?:the|an?) ", "", normal(name).strip(' \t"“”.,;'), flags=re.I)
        if cues.RUMOUR.search(name):
            return Party(PartyKind.RUMOUR, name)
        if outlet := self.outlet(name):
            return Party(PartyKind.OUTLET, outlet, bare(content_words(outlet)), known=True)
        own = self._own_words(name)
        if not own or _anonymous(name):
            return Party(PartyKind.ANONYMOUS, name)
        return self._party(name, self._fullest(own, page))

    def outlet(self, name: str) -> str | None:
        """The outlet of the family that a full name, a short name or an acronym stands for."""
        bare_name = re.sub(r"^[Tt]he ", "", name.strip())
        if bare_name in self._acronyms:
            return self._acronyms[bare_name]
        words = content_words(bare_name)
        if words and words <= AGENCY_HEADS:
            found = {outlet for outlet in self._outlets.values() if cues.AGENCY.search(outlet)}
        elif words and bare_name[:1].isupper():
            found = {outlet for full, outlet in self._outlets.items() if words <= full}
            found = {outlet for outlet in found if content_words(outlet) == words} or found
        else:
            return None
        return found.pop() if len(found) == 1 else None

    def person(self, name: str) -> Words:
        """The words of a name itself, whatever body its bearer speaks for."""
        return bare(content_words(name.split(",")[0]))

    def last_body(self, page: Page, offset: int) -> Party | None:
        """The body last named before ``offset``, in the sentence there or the two before it."""
        before = [span for span in page.sentences if span[0] < offset][-3:]
        for start, end in reversed(before):
            words = bare(content_words(page.text[start : min(end, offset)]))
            for head in sorted(words & BODY_HEADS):
                body = self._fullest(frozenset({head}), page)
                if body in self._known:
                    return self._party(" ".join(sorted(body)), body)
        return None

    def _party(self, name: str, words: Words) -> Party:
        known = words in self._known or bool(words & (BODY_HEADS | DATA_HEADS))
        if outlet := self._publishing.get(words):
            return Party(PartyKind.OUTLET, outlet, words, known)
        return Party(PartyKind.DATA if _is_data(name) else PartyKind.SPEAKER, name, words, known)

    def _own_words(self, name: str) -> Words:
        """The words of the person's body, of the body that a role names, or of the name itself."""
        name = re.sub(r"^(?:the|an?) ", "", name, flags=re.I)
        words = bare(content_words(name.split(",")[0])) or bare(content_words(name))
        people = [person for person in self._bodies if _same_person(words, person)]
        bodies = {self._bodies[person] for person in people}
        if len(bodies) == 1:
            return bodies.pop()
        return body_of_role_phrase(name) or words

    def _fullest(self, words: Words, page: Page | None) -> Words:
        """The longest known name that ``words`` abbreviate, if there is only one."""
        wider = [known for known in self._known if words < known and same_body(words, known)]
        if page is not None and len(wider) > 1:
            wider = [known for known in wider if known <= page.content_words] or wider
        fullest = max(wider, key=len, default=words)
        return fullest if all(known <= fullest for known in wider) else words


def _acronyms(outlets: Iterable[str]) -> dict[str, str]:
    """The initials of outlets that only one of them has."""
    found: dict[str, set[str]] = {}
    for outlet in set(outlets):
        if len(initials := _initials(outlet)) > 1:
            found.setdefault(initials, set()).add(outlet)
    return {initials: names.pop() for initials, names in found.items() if len(names) == 1}


@lru_cache(maxsize=1024)
def _initials(outlet: str) -> str:
    return "".join(word[0] for word in re.findall(r"[\w']+", outlet) if word[0].isupper())


def _employers(told: Iterable[Affiliation], names: set[Words]) -> dict[Words, Words]:
    """One body for each person: best one that is named elsewhere, too, and told most closely."""
    bodies: dict[Words, set[Words]] = {}
    for affiliation in told:
        bodies.setdefault(affiliation.person, set()).add(affiliation.body)

    def rank(body: Words) -> tuple[bool, int, list[str]]:
        return any(body <= name for name in names), len(body), sorted(body)

    return {person: max(found, key=rank) for person, found in bodies.items()}


def _same_person(words: Words, person: Words) -> bool:
    return bool(words) and (words == person or (len(words) == 1 and words < person) or person < words)


def _is_data(name: str) -> bool:
    return bool({singular(word) for word in normal(name).lower().split()} & DATA_HEADS)


def _anonymous(name: str) -> bool:
    if cues.ANONYMOUS.search(name):
        return True
    words = content_words(name) - _VAGUE
    return name == name.lower() and words <= _NOBODY
