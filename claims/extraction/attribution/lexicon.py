"""The cues of attribution, from ``data/attribution.toml``."""

from __future__ import annotations

from functools import cache

from claims.extraction import resources
from claims.extraction.types import Attitude


@cache
def cues(frame: str) -> dict[str, Attitude]:
    """Lemma to attitude for ``clause``, ``infinitive``, ``object`` or ``noun``; the last list wins."""
    table = resources.toml("attribution")[frame]
    return {lemma: Attitude(attitude) for attitude, lemmas in table.items() for lemma in lemmas}


@cache
def distancing() -> frozenset[str]:
    return frozenset(resources.toml("attribution")["distancing"])
