"""Headings of the form "Name: what the name says"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from claims.extraction.attribution.draft import Draft
from claims.extraction.entities import Named
from claims.extraction.noise import Block, BlockKind
from claims.extraction.types import Attitude

#: More words than these before the colon are no source.
_LONGEST_SOURCE = 8
#: What speaks in headings without having a name.
_SOURCES = frozenset(
    {"poll", "study", "report", "survey", "police", "official", "source", "expert", "minister"}
)
_SPEAKING = frozenset({"person", "organisation", "government"})


def headings(doc: Doc, named: tuple[Named, ...]) -> Iterator[Draft]:
    """A draft for each heading that puts a source before a colon."""
    speaking = {i for one in named if one.kind in _SPEAKING for i in range(one.start, one.end)}
    for block in doc._.blocks:
        if block.kind is BlockKind.HEADING and (draft := _of_heading(doc, block, speaking)) is not None:
            yield draft


def _of_heading(doc: Doc, block: Block, speaking: set[int]) -> Draft | None:
    span = doc.char_span(block.start, block.end, alignment_mode="expand")
    if span is None:
        return None
    colon = next((token.i for token in span[: _LONGEST_SOURCE + 1] if token.text == ":"), None)
    if colon is None or colon == span.start or colon + 2 >= span.end:
        return None
    before = doc[span.start : colon]
    head = next((token for token in before if token.i in speaking or _is_source(token)), None)
    if head is None:
        return None
    return Draft(
        cue={colon},
        source=set(range(span.start, colon)),
        content=set(range(colon + 1, span.end)),
        attitude=Attitude.STATED,
        head=head,
    )


def _is_source(token: Token) -> bool:
    return token.lower_.removesuffix("s") in _SOURCES
