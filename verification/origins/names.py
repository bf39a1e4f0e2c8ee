"""Who is behind a name: persons who speak for a body, other names of one body, outlets, data, nobody.

A :class:`Directory` is read from the documents of one family. Names are compared as sets of lower-case
singulars, so that "the city's traffic counters" and "traffic counters of the city" are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from verification.origins import cues
from verification.origins.text import Page, content_words, normal, singular

_PERSON = r"(?P<person>[A-Z][\w'-]+(?: (?:[A-Z]\.|van|von|de|der|den|al|bin|el|la|[A-Z][\w'-]+)){1,3})"
_ROLES = "|".join(sorted(cues.OFFICE_HOLDERS | cues.OWN_VOICES, key=lambda role: (-len(role), role)))
_ROLE = rf"(?P<role>(?:[\w-]+ ){{0,3}}?(?:{_ROLES}))"
_END = (
    r"(?=[,.;:()\"“”\n]| (?:said|says|say|told|tells|who|whom|which|that|when|while|after|before|and|but|was|is|are"
    r"|has|had|will|would|on|in|as|to|wrote|called|put|expects|warned|added|confirmed|denied|rejected)\b|$)"
)
_BODY = rf"(?P<body>[A-Za-z][^,.;:()\"“”\n]{{1,60}}?){_END}"
_TITLED = r"(?P<body>(?:[A-Z][\w'&-]*(?: (?:of |for )?(?:the )?[A-Z][\w'&-]*){0,4}|(?:the |[Tt]he )?[a-z][\w-]+(?: [a-z][\w-]+)?)(?:'s)?)"

#: where the documents say who speaks for what
_AFFILIATIONS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_PERSON}, (?:the |a |an |its |their |who is (?:the |a |an )?)?{_ROLE} (?:of|at|for|with|in) {_BODY}",
        rf"{_PERSON}, (?:the )?{_TITLED} {_ROLE}\b",
        rf"{_PERSON}, who (?:heads|runs|leads|chairs|directs|manages|speaks for|works for) {_BODY}",
        rf"{_PERSON} (?:of|from|at) {_BODY}",
        rf"\b(?:[Tt]he |[Aa]n? |[Ii]ts )?{_ROLE} (?:of|at|for|with) {_BODY}, {_PERSON}",
        rf"{_TITLED} {_ROLE} {_PERSON}",
        rf"\b(?P<body>[A-Z][\w'-]+) (?P<role>[Mm]inister) {_PERSON}",
        rf"(?:^|\n|[.!?\"”] ){_PERSON} [^.\n]{{1,200}}\.[\"”]? The (?:[a-z]+ )?{_ROLE} (?:of|at) {_BODY}",
    )
)
_ROLE_STRINGS = (
    re.compile(rf"^(?:the |an? )?{_ROLE} (?:of|at|for|with|from) (?P<body>.+)$", re.I),
    re.compile(
        rf"^(?P<body>.+?)(?:'s)? (?P<role>(?:deputy |managing |press |chief |senior |acting )*(?:{_ROLES}))s?$",
        re.I,
    ),
)
_HONORIFICS = frozenset(
    ["mr", "mrs", "ms", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "king", "queen", "prince", "princess", "general", "colonel"]
)
_RANKS = frozenset(
    ["deputy", "managing", "executive", "chief", "general", "senior", "acting", "vice", "former", "new", "press", "first", "interim", "assistant", "then", "current", "longtime", "long-time"]
)


_BODY_HEADS = frozenset(map(singular, cues.BODY_HEADS))
_OUTLET_HEADS = frozenset(map(singular, cues.OUTLET_HEADS | cues.AGENCY_HEADS))
_AGENCY_HEADS = frozenset(map(singular, cues.AGENCY_HEADS))
_DATA_HEADS = frozenset(map(singular, cues.DATA_HEADS))
_NOBODY = frozenset(map(singular, cues.ANONYMOUS_ALONE))


class PartyKind(StrEnum):
    OUTLET = "outlet"
    SPEAKER = "speaker"
    DATA = "data"
    ANONYMOUS = "anonymous"
    RUMOUR = "rumour"


@dataclass(frozen=True, slots=True)
class Party:
    """Who a name stands for. Two names of one party have equal ``words``.

    A body that publishes (its own site is one of the documents) is of the kind ``outlet``.
    """

    kind: PartyKind
    name: str
    words: frozenset[str] = frozenset()


class Directory:
    """The persons, bodies and outlets that a family of documents knows."""

    def __init__(self, pages: Sequence[Page], speakers: Iterable[str]) -> None:
        self._outlets = _outlets(pages)
        self._acronyms = _acronyms(pages)
        self._bodies = _affiliations(pages)
        names = [self.outlet_words(page.document.outlet) for page in pages]
        names += [self._own_words(normal(speaker)) for speaker in speakers]
        self._known = sorted({name for name in names if name} | set(self._bodies.values()), key=sorted)

    @staticmethod
    def outlet_words(outlet: str) -> frozenset[str]:
        return content_words(outlet)

    def resolve(self, name: str, page: Page | None = None) -> Party:
        """Return whom ``name`` stands for; ``page`` is the document that uses it."""
        name = normal(name).strip(' \t"“”.,;')
        if cues.RUMOUR.search(name):
            return Party(PartyKind.RUMOUR, name)
        if outlet := self.outlet(name):
            return Party(PartyKind.OUTLET, outlet, self.outlet_words(outlet))
        if _anonymous(name):
            return Party(PartyKind.ANONYMOUS, name)
        words = self._fullest(self._own_words(name), page)
        if not words:
            return Party(PartyKind.ANONYMOUS, name)
        if outlet := self._outlets.get(words):
            return Party(PartyKind.OUTLET, outlet, words)
        kind = PartyKind.DATA if _is_data(name) else PartyKind.SPEAKER
        return Party(kind, name.removeprefix("the ").removeprefix("The "), words)

    def outlet(self, name: str) -> str | None:
        """The outlet of the family that a full name, a short name or an acronym stands for."""
        bare = re.sub(r"^[Tt]he ", "", name.strip())
        if bare in self._acronyms:
            return self._acronyms[bare]
        words = content_words(bare)
        if not words or not bare[:1].isupper():
            return None
        found = {
            outlet for outlet_words, outlet in self._outlets.items() if _outlet_called(words, outlet_words)
        }
        return found.pop() if len(found) == 1 else None

    def _own_words(self, name: str) -> frozenset[str]:
        """The words of the person's body, of the body that a role names, or of the name itself."""
        words = content_words(name)
        for person, body in sorted(self._bodies.items(), key=lambda item: sorted(item[0])):
            if _same_person(words, person):
                return body
        for pattern in _ROLE_STRINGS:
            if (match := pattern.match(name)) and not _speaks_for_himself(match["role"]):
                if body := _body_words(match["body"], match["role"]):
                    return body
        return _bare(words)

    def _fullest(self, words: frozenset[str], page: Page | None) -> frozenset[str]:
        """The longest known name that ``words`` abbreviate, if there is only one."""
        wider = [known for known in self._known if words < known and _same_body(words, known)]
        if page is not None and len(wider) > 1:
            here = content_words(page.text)
            wider = [known for known in wider if known <= here] or wider
        fullest = max(wider, key=len, default=words)
        return fullest if all(known <= fullest for known in wider) else words


def _outlets(pages: Sequence[Page]) -> dict[frozenset[str], str]:
    return {content_words(page.document.outlet): page.document.outlet for page in pages}


def _acronyms(pages: Sequence[Page]) -> dict[str, str]:
    """Initials of outlets: those that they use for themselves, and those that their names make."""
    found: dict[str, set[str]] = {}
    for outlet in {page.document.outlet for page in pages}:
        initials = "".join(word[0] for word in outlet.split() if word[0].isupper())
        if len(initials) > 1:
            found.setdefault(initials, set()).add(outlet)
    return {initials: outlets.pop() for initials, outlets in found.items() if len(outlets) == 1}


def _outlet_called(words: frozenset[str], outlet: frozenset[str]) -> bool:
    """Whether "the Journal" or "Pennant" can be short for the outlet."""
    return words == outlet or (words < outlet and bool(words - _AGENCY_HEADS))


def _affiliations(pages: Sequence[Page]) -> dict[frozenset[str], frozenset[str]]:
    """Persons who speak for a body, as words of the name -> words of the body."""
    found: dict[frozenset[str], frozenset[str]] = {}
    for page in pages:
        for pattern in _AFFILIATIONS:
            for match in pattern.finditer(page.text):
                role = match.groupdict().get("role") or ""
                person, body = content_words(match["person"]), _body_words(match["body"], role)
                if (
                    body
                    and not _speaks_for_himself(role)
                    and not person & _BODY_HEADS
                    and (role or _is_body(body))
                ):
                    found[person] = max(
                        body, found.get(person, body), key=lambda words: (len(words), sorted(words))
                    )
    return found


def _body_words(name: str, role: str) -> frozenset[str]:
    words = content_words(name)
    for title in re.findall(r"[\w-]+", role.lower()):
        if title in cues.BODY_OF_ROLE:
            words |= {cues.BODY_OF_ROLE[title]}
    words |= {singular(word) for word in role.lower().split() if word in _BODY_HEADS}
    return _bare(words)


def _bare(words: frozenset[str]) -> frozenset[str]:
    """A name without titles, ranks and company forms; a role that is part of it becomes the body."""
    kept = words - _HONORIFICS - _RANKS - cues.COMPANY_FORMS - cues.DATA_FILLERS
    offices = kept & cues.OFFICE_HOLDERS
    return (kept - offices) | {cues.BODY_OF_ROLE[role] for role in offices if role in cues.BODY_OF_ROLE}


def _speaks_for_himself(role: str) -> bool:
    return bool(set(role.lower().split()) & cues.OWN_VOICES)


def _same_person(words: frozenset[str], person: frozenset[str]) -> bool:
    return words == person or (len(words) == 1 and words < person) or person < words


def _same_body(shorter: frozenset[str], longer: frozenset[str]) -> bool:
    """Whether the shorter name can abbreviate the longer: both are the same sort of body."""
    heads = shorter & _BODY_HEADS
    return heads == longer & _BODY_HEADS and not (longer - shorter) & _OUTLET_HEADS


def _is_body(words: frozenset[str]) -> bool:
    return bool(words & _BODY_HEADS)


def _is_data(name: str) -> bool:
    words = {singular(word) for word in normal(name).lower().split()}
    return bool(words & _DATA_HEADS)


def _anonymous(name: str) -> bool:
    if cues.ANONYMOUS.search(name):
        return True
    words = content_words(name) - {"senior", "government", "former", "local", "western", "city"}
    return not re.search(r"[A-Z]", name.removeprefix("The ").removeprefix("A ").removeprefix("An ")) and (
        not words or words <= _NOBODY
    )
