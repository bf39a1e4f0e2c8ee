"""Where quotation marks open and close, over sentences and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.extraction.noise import Block

_OPEN = {"“": "”", "«": "»", "„": "”", "``": "''"}
#: Marks that look alike at both ends; two apostrophes are an agency's way to write one.
_STRAIGHT = frozenset({'"', "''"})
_ENDING = frozenset(",.!?…")
_MARK = re.compile("[“”«»„\"]|''|``")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks, in characters. ``parts`` are its paragraphs' shares, usually one."""

    start: int
    end: int
    parts: tuple[tuple[int, int], ...]


def quotations(text: str, blocks: tuple[Block, ...]) -> tuple[Quotation, ...]:
    """All quotations in double marks, outermost only, in order.

    A quotation that runs on opens every paragraph and closes only the last one; one that is neither
    closed in its paragraph nor opened again in the next is dropped as a stray mark.
    """
    found: list[Quotation] = []
    running: list[tuple[int, int]] = []
    for block in blocks:
        if running and not _opens(text, block.start):
            running = []
        for start, end, closed in _in_block(text, block.start, block.end):
            if not closed:
                running.append((start, end))
                continue
            if running and start == block.start:
                parts = (*running, (start, end))
                found.append(Quotation(parts[0][0], end, parts))
            else:
                found.append(Quotation(start, end, ((start, end),)))
            running = []
    return tuple(found)


def _opens(text: str, at: int) -> bool:
    return text[at] in _OPEN or text[at] == '"' or text.startswith("''", at)


def _in_block(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Quotations within one paragraph: (start, end, closed); an unclosed one reaches to the end."""
    opened: int | None = None
    closers: tuple[str, ...] = ()
    straight = 0  # where a straight mark may have closed a curly one
    for match in _MARK.finditer(text, start, end):
        mark = match.group()
        if opened is not None and straight and mark in _OPEN:
            yield opened, straight, True
            opened = None
        if opened is None:
            straight = 0
            if mark in _OPEN:
                opened, closers = match.start(), (_OPEN[mark],)
            elif mark in _STRAIGHT and _may_open(text, match.start(), match.end(), end):
                opened, closers = match.start(), (mark, "”")
        elif mark in closers:
            yield opened, match.end(), True
            opened = None
        elif mark in _STRAIGHT and text[match.start() - 1] in _ENDING:
            straight = match.end()
    if opened is not None:
        yield opened, straight or end, bool(straight)


def _may_open(text: str, at: int, behind: int, end: int) -> bool:
    """Not an inch mark or a stray closing mark: something follows it directly."""
    if behind >= end or text[behind].isspace():
        return False
    return at == 0 or not text[at - 1].isalnum()
