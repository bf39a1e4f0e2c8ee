"""Marking places in a text, nested and overlapping ones too: the text is cut where marks begin and end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from claims.models import Mention

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Mark(Generic[T]):
    """Something to show at a place: offsets in code points, end exclusive."""

    start: int
    end: int
    item: T


@dataclass(frozen=True, slots=True)
class Segment(Generic[T]):
    """A stretch of text under the same marks throughout: widest first, so the last is innermost."""

    text: str
    over: tuple[T, ...] = ()
    opens: tuple[T, ...] = ()
    closes: tuple[T, ...] = ()

    @property
    def innermost(self) -> T | None:
        return self.over[-1] if self.over else None

    @property
    def depth(self) -> int:
        """How many marks cover it, 3 for more than that: what a style can still tell apart."""
        return min(len(self.over), 3)


def segments(text: str, marks: Iterable[Mark[T]]) -> tuple[Segment[T], ...]:
    """Cut ``text`` at the ends of the marks. The texts of the segments, joined, are ``text``.

    What of a mark lies outside the text is cut off; a mark without length is left out.
    """
    inside = [Mark(max(m.start, 0), min(m.end, len(text)), m.item) for m in marks]
    inside = sorted((m for m in inside if m.start < m.end), key=lambda m: (m.start, -m.end))
    cuts = sorted({0, len(text), *(m.start for m in inside), *(m.end for m in inside)})
    found: list[Segment[T]] = []
    active: list[Mark[T]] = []
    waiting = iter([*inside, None])
    upcoming = next(waiting)
    for start, end in pairwise(cuts):
        active = [m for m in active if m.end > start]
        while upcoming is not None and upcoming.start == start:
            active.append(upcoming)
            upcoming = next(waiting)
        active.sort(key=lambda m: m.start - m.end)
        found.append(
            Segment(
                text[start:end],
                over=tuple(m.item for m in active),
                opens=tuple(m.item for m in active if m.start == start),
                closes=tuple(m.item for m in reversed(active) if m.end == end),
            )
        )
    return tuple(found)


def in_sentence(mention: Mention, sentence: str) -> tuple[Segment[Mention], ...]:
    """The sentence a mention stands in, with the mention marked."""
    offset = mention.sentence_start
    return segments(sentence, [Mark(mention.start - offset, mention.end - offset, mention)])
