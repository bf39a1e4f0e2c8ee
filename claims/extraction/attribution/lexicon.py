"""The cues of attribution, from ``data/attribution.toml``."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from claims.extraction import resources
from claims.extraction.types import Attitude


@cache
def cues(frame: str) -> dict[str, Attitude]:
    """Lemma to attitude for a frame (a table of the file); the last list wins.

    Keys are "rely on" in ``preposition``, and may hold a verb's particle in any frame of verbs: "lay out".
    """
    table = resources.toml("attribution")[frame]
    return {lemma: Attitude(attitude) for attitude, lemmas in table.items() for lemma in lemmas}


def lemma(token: Token) -> str:
    """The lower-case lemma, right also where the lemmatizer is known to err."""
    return _misread().get(token.lower_) or token.lemma_.lower()


def particle(verb: Token) -> str:
    """The "out" of "lash out" and the "it" of "put it", "" where there is none."""
    return next((c.lower_ for c in verb.rights if c.dep_ == "prt" or c.lower_ in _particles()), "")


@cache
def _misread() -> dict[str, str]:
    words: dict[str, str] = resources.toml("attribution")["misread"]
    return words


@cache
def _particles() -> frozenset[str]:
    return frozenset(resources.toml("attribution")["particles"])


@cache
def distancing() -> frozenset[str]:
    return frozenset(resources.toml("attribution")["distancing"])


@cache
def accounts() -> frozenset[str]:
    """Nouns for an account of things, as in "by one estimate"."""
    return frozenset(resources.toml("attribution")["accounts"])


@cache
def documents() -> frozenset[str]:
    """Nouns for what tells things without speaking: polls, reports, figures."""
    return frozenset(resources.toml("attribution")["documents"])


@cache
def bodies() -> frozenset[str]:
    """Nouns for bodies that speak without having a name."""
    return frozenset(resources.toml("attribution")["bodies"])


@cache
def generic() -> frozenset[str]:
    """Nouns for an organisation of any sort, as in "the company"."""
    return frozenset(resources.toml("attribution")["generic"])


@cache
def issued() -> frozenset[str]:
    """Documents that a body speaks through, as in "the statement said"."""
    return frozenset(resources.toml("attribution")["issued"])


@cache
def speaking() -> frozenset[str]:
    """Nouns for bodies and people that speak without having a name."""
    return bodies() | frozenset(resources.toml("entities")["offices"])
