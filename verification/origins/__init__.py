"""Which mentions of a claim are independent? Pure: frozen dataclasses in and out, no Django.

    count_origins(documents, voices) -> tuple[Origin, ...]
    copies(documents) -> tuple[Copy, ...]

An origin answers one question: if this article is wrong about the claim, who else must then be wrong,
because they had it from the same place?
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from verification.origins.case import Case, Hang
from verification.origins.copying import copies, place_in_time
from verification.origins.names import Directory
from verification.origins.partition import partition
from verification.origins.rules import hang
from verification.origins.text import Page, page_of
from verification.origins.types import Copy, Count, Document, Edge, Origin, OriginKind, Voice

VERSION = "1"

__all__ = [
    "VERSION",
    "Copy",
    "Count",
    "Document",
    "Edge",
    "Origin",
    "OriginKind",
    "Voice",
    "copies",
    "count",
    "count_origins",
]


def count_origins(
    documents: Sequence[Document],
    voices: Sequence[Voice],
    *,
    cuts: Collection[tuple[str, str]] = frozenset(),
    joins: Collection[tuple[str, str]] = frozenset(),
) -> tuple[Origin, ...]:
    """Return the independent origins of one claim: those that affirm it first, then those against it.

    ``voices`` are the mentions of the claim, each in one of ``documents``. ``cuts`` and ``joins`` are
    pairs of voice ids that a reviewer has set apart or put together; a cut outranks a join. The order
    of the input does not matter. Raises ValueError for a voice whose document is not given or whose
    id is used twice.
    """
    return count(documents, voices, cuts=cuts, joins=joins).origins


def count(
    documents: Sequence[Document],
    voices: Sequence[Voice],
    *,
    cuts: Collection[tuple[str, str]] = frozenset(),
    joins: Collection[tuple[str, str]] = frozenset(),
) -> Count:
    """Like :func:`count_origins`, and also return the voices that nobody stands behind."""
    pages = {document.id: page_of(document) for document in documents}
    _check(pages, voices)
    ordered = tuple(
        sorted(
            voices,
            key=lambda voice: (place_in_time(pages[voice.document]), voice.start, voice.end, voice.id),
        )
    )
    directory = Directory(
        [pages[key] for key in sorted(pages)], [voice.speaker for voice in ordered if voice.speaker]
    )
    case = Case(ordered, pages, directory)
    hangs = {voice.id: hang(voice, case) for voice in ordered}
    silent = _silent(hangs)
    origins: list[Origin] = []
    for against in (False, True):
        side = {voice.id: hangs[voice.id] for voice in ordered if voice.against == against}
        for key in silent.keys() & side.keys():
            del side[key]
        origins.extend(partition(case, side, cuts, joins))
    edges = (Edge(key, found.rule, None, found.root, found.words, found.why) for key, found in silent.items())
    return Count(tuple(origins), tuple(edges))


def _silent(hangs: dict[str, Hang]) -> dict[str, Hang]:
    """The voices that nobody stands behind, and those that have it from them."""
    silent = {key: found for key, found in hangs.items() if found.silent}
    while more := {k: found for k, found in hangs.items() if found.parent in silent and k not in silent}:
        silent |= more
    return silent


def _check(pages: Mapping[str, Page], voices: Sequence[Voice]) -> None:
    seen: set[str] = set()
    for voice in voices:
        if voice.document not in pages:
            raise ValueError(f"voice {voice.id!r}: document {voice.document!r} is not among those given")
        if voice.id in seen:
            raise ValueError(f"voice {voice.id!r} is given twice; ids must be unique")
        seen.add(voice.id)
