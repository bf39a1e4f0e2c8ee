"""The cues of attribution, from ``data/attribution.toml``."""

from __future__ import annotations

from functools import cache

from claims.extraction import resources
from claims.extraction.types import Attitude


@cache
def cues(frame: str) -> dict[str, Attitude]:
    """Lemma to attitude for ``clause``, ``infinitive``, ``object``, ``figure`` or ``noun``; the last list wins."""
    table = resources.toml("attribution")[frame]
    return {lemma: Attitude(attitude) for attitude, lemmas in table.items() for lemma in lemmas}


@cache
def distancing() -> frozenset[str]:
    return frozenset(resources.toml("attribution")["distancing"])


@cache
def accounts() -> frozenset[str]:
    """Nouns for an account of things, as in "by one estimate"."""
    return frozenset(resources.toml("attribution")["accounts"])


@cache
def speaking() -> frozenset[str]:
    """Nouns for bodies and people that speak without having a name."""
    table = resources.toml("attribution")
    return frozenset(table["bodies"]) | frozenset(resources.toml("entities")["offices"])
