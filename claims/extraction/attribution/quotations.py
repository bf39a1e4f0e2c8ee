"""Where quotation marks open and close, over sentences and paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.extraction.noise import Block

_OPEN = {"“": "”", "«": "»", "„": "”", "``": "''"}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks, in characters. ``parts`` are its paragraphs' shares, usually one."""

    start: int
    end: int
    parts: tuple[tuple[int, int], ...]


def quotations(text: str, blocks: tuple[Block, ...]) -> tuple[Quotation, ...]:
    """All quotations in double marks, outermost only, in order.

    A quotation that runs on opens every paragraph and closes only the last one; one that is neither
    closed in its paragraph nor opened again in the next is dropped as a stray mark, save for what
    stands between it and the paragraph's end when it opened the paragraph.
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
    return text[at] in _OPEN or text[at] == '"'


def _in_block(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    opened: int | None = None
    closer = ""
    at = start
    while at < end:
        char = text[at]
        if opened is None:
            if char in _OPEN:
                opened, closer = at, _OPEN[char]
            elif char == '"' and _may_open(text, at, end):
                opened, closer = at, '"'
        elif char == closer or (closer == '"' and char == "”"):
            yield opened, at + 1, True
            opened = None
        at += 1
    if opened is not None:
        yield opened, end, False


def _may_open(text: str, at: int, end: int) -> bool:
    """Not an inch mark or a stray closing mark: something follows it directly."""
    if at + 1 >= end or text[at + 1].isspace():
        return False
    return at == 0 or not text[at - 1].isalnum()
