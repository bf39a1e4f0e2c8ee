"""Names of bodies as sets of words: what is part of the name and what is title, rank or legal form."""

from __future__ import annotations

import re
from functools import lru_cache

from verification.origins import cues
from verification.origins.text import content_words, singular

Words = frozenset[str]

BODY_HEADS = frozenset(map(singular, cues.BODY_HEADS))
PLACES = frozenset(map(singular, cues.PLACES))
OUTLET_HEADS = frozenset(map(singular, cues.OUTLET_HEADS))
DATA_HEADS = frozenset(map(singular, cues.DATA_HEADS))
AGENCY_HEADS = frozenset({"agency", "news", "wire", "newswire"})
ROLES = "|".join(sorted(cues.OFFICE_HOLDERS | cues.OWN_VOICES, key=lambda role: (-len(role), role)))

#: of a body that has a sort, these only say where: "the county's veterinary office"
_WHERE = frozenset({"city", "county"})

_ROLE_OF_BODY = re.compile(
    rf"^(?P<role>(?:[\w-]+ ){{0,3}}?(?:{ROLES})s?) (?:of|at|for|with|from) (?P<body>.+)$", re.I
)
_BODY_ROLE = re.compile(rf"^(?P<body>.+?)(?:'s)? (?P<role>(?:{'|'.join(cues.RANKS)} )*(?:{ROLES})s?)$", re.I)


@lru_cache(maxsize=8192)
def bare(words: Words) -> Words:
    """A name without titles, ranks and legal forms; a role in it becomes its body, synonyms one word."""
    kept = words - cues.CALENDAR - cues.HONORIFICS - cues.RANKS - cues.FORMS
    for head, others in cues.BODY_SYNONYMS:
        if head <= kept:
            kept -= others
    kept = frozenset(cues.SAME_WORD.get(word, word) for word in kept)
    if kept & DATA_HEADS:
        kept = (kept - cues.DATA_FILLERS) or kept
    offices = kept & (cues.OFFICE_HOLDERS | cues.OWN_VOICES)
    return (kept - offices) | {cues.BODY_OF_ROLE[role] for role in offices & cues.BODY_OF_ROLE.keys()}


def body_words(name: str, role: str) -> Words:
    """The words of the body that a name and a role tell: "roads" and "minister" are the roads ministry."""
    words = set(content_words(name))
    for title in re.findall(r"[\w-]+", role.lower()):
        if title in cues.BODY_OF_ROLE:
            words.add(cues.BODY_OF_ROLE[title])
        if title in cues.BODY_HEADS:
            words.add(singular(title))
    return bare(frozenset(words))


def body_of_role_phrase(name: str) -> Words:
    """The body in "director of the roads office" or "roads office spokesman"; empty where there is none."""
    for pattern in (_ROLE_OF_BODY, _BODY_ROLE):
        if (match := pattern.match(name)) and not speaks_for_himself(match["role"]):
            return body_words(match["body"], match["role"])
    return frozenset()


def speaks_for_himself(role: str) -> bool:
    return bool(set(role.lower().split()) & cues.OWN_VOICES)


def same_body(shorter: Words, longer: Words) -> bool:
    """Whether the shorter name can abbreviate the longer: both are the same sort of body, or one data set."""
    more = longer - shorter
    if shorter & DATA_HEADS and len(shorter) > 1:
        return True
    if more & OUTLET_HEADS:
        return False
    heads = shorter & BODY_HEADS
    return more & BODY_HEADS <= (_WHERE if heads else frozenset())
