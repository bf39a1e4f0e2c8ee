"""What origin counting takes and returns: frozen values, no Django.

An origin belongs to a claim, never to an article: one article may stand in the agency's origin for
one claim and be an origin of its own for the next sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OriginKind(StrEnum):
    COPY = "copy"
    CREDIT = "credit"  # an agency credited
    CITATION = "citation"  # another outlet credited
    PUBLISHER = "publisher"
    SPEAKER = "speaker"
    DATA = "data"
    INDEPENDENT = "independent"  # an origin of one article


@dataclass(frozen=True, slots=True)
class Document:
    """An article as origin counting sees it. ``publisher`` is who owns the outlet, None if unknown."""

    id: str
    outlet: str
    text: str
    publisher: str | None = None
    published: datetime | None = None
    byline: str | None = None
    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """One mention of the claim: ``document`` is a :attr:`Document.id`; ``against`` if it denies the claim
    or states what cannot be true beside it."""

    id: str
    document: str
    start: int
    end: int
    speaker: str | None = None
    attribution: str = "asserted"
    against: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """Why a voice hangs where it hangs. ``parent`` is another voice's id, None where ``root`` is named.

    ``words`` are those of the document on which the rule rests.
    """

    voice: str
    rule: OriginKind
    parent: str | None
    root: str
    words: str
    #: the rule in a few words: "the named source", "copied passage", "own eyes", "a reviewer's decision"
    why: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    kind: OriginKind
    root: str  # the name of who or what is at the root
    against: bool
    edges: tuple[Edge, ...]  # one for each voice in it
    reason: str  # one plain sentence for the reviewer


@dataclass(frozen=True, slots=True)
class Count:
    """All that counting found: the origins, and the voices that nobody stands behind (rule 9, rumours)."""

    origins: tuple[Origin, ...]
    silent: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """Two articles with reused text; ``a`` is the original, or the earlier of two copies of a third.

    ``shared`` counts distinct 5-word shingles, ``of_a`` and ``of_b`` are its shares of either article,
    ``jaccard`` its share of both together (0 to 1).
    """

    a: str
    b: str
    shared: int
    of_a: float
    of_b: float
    jaccard: float
