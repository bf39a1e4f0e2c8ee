"""What changed between two texts, word by word, and what became of places that were marked in the first.

Alignment is difflib's (Ratcliff and Obershelp), first on sentences, then on the words of those that differ.
Where it would take too long, a stretch counts as changed as a whole: the answer is coarser, never wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

_SENTENCE = re.compile(r".+?(?:[.!?]+\s+|\n\s*|\Z)", re.DOTALL)
_WORD = re.compile(r"(?:\w+(?:[.,'’-]\w+)*|[^\w\s])\s*|\s+")
#: how many pairs of equal units may be looked at, at worst: a text made to be slow takes about three seconds
MOST_LOOKS = 60_000_000
#: so few letters and digits that are the same between two changes do not help a reader
FEW = 4
#: two places are one, edited, if so much of the longer one's words is left
ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets in code points, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the old text and the part of the new one that stands in its place; ``same``: word for word."""

    same: bool
    old: Span
    new: Span


class Fate(StrEnum):
    KEPT = "kept"
    CHANGED = "changed"
    DROPPED = "dropped"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Pair:
    """What became of a marked place: its index among the old and among the new ones."""

    fate: Fate
    old: int | None
    new: int | None


def stretches(old: str, new: str) -> tuple[Stretch, ...]:
    """``old`` and ``new`` cut into what is the same and what is not, in turns. Joined, they are the texts."""
    found: list[Stretch] = []
    for stretch in _aligned(old, new, Span(0, len(old)), Span(0, len(new)), _SENTENCE):
        if stretch.same:
            found.append(stretch)
        else:
            found += _aligned(old, new, stretch.old, stretch.new, _WORD)
    return tuple(_joined(old, found))


def fates(
    old_text: str, new_text: str, old: Sequence[Span], new: Sequence[Span], cut: Sequence[Stretch]
) -> tuple[Pair, ...]:
    """What became of each place in ``old``, and which in ``new`` were not there; ``cut``: :func:`stretches`.

    A place is kept if the same words are marked where it now stands, or elsewhere; changed if other words
    are marked about there.
    """
    starts = [stretch.old.start for stretch in cut]
    there = [_moved(span, cut, starts) for span in old]
    found: dict[int, Pair] = {}
    free = dict(enumerate(new))
    for exactly in (True, False):
        for i, span in enumerate(old):
            if i in found:
                continue
            words = old_text[span.start : span.end]
            same = [j for j, s in free.items() if new_text[s.start : s.end] == words]
            if exactly:
                same = [j for j in same if free[j] == there[i]]
            if same:
                found[i] = Pair(Fate.KEPT, i, same[0])
                del free[same[0]]
    near = [
        (_in_common(old[i], s, cut, starts), i, j)
        for i in range(len(old))
        if i not in found
        for j, s in free.items()
        if there[i].start < s.end and s.start < there[i].end
    ]
    for likeness, i, j in sorted(near, key=lambda row: (-row[0], row[1], row[2])):
        if likeness >= ALIKE and i not in found and j in free:
            found[i] = Pair(Fate.CHANGED, i, j)
            del free[j]
    pairs = [found.get(i, Pair(Fate.DROPPED, i, None)) for i in range(len(old))]
    return (*pairs, *(Pair(Fate.NEW, None, j) for j in free))


def _aligned(old: str, new: str, a: Span, b: Span, unit: re.Pattern[str]) -> Iterator[Stretch]:
    """Two stretches aligned by units; what they begin and end with alike is found without comparing."""
    ours, theirs = _units(old, a, unit), _units(new, b, unit)
    start = 0
    while start < min(len(ours), len(theirs)) and ours[start] == theirs[start]:
        start += 1
    end = 0
    while end < min(len(ours), len(theirs)) - start and ours[-1 - end] == theirs[-1 - end]:
        end += 1
    middle, other = ours[start : len(ours) - end], theirs[start : len(theirs) - end]
    blocks = [(0, 0, start), *((start + i, start + j, n) for i, j, n in _blocks(middle, other))]
    blocks.append((len(ours) - end, len(theirs) - end, end))
    at, bt = _offsets(ours, a.start), _offsets(theirs, b.start)
    i = j = 0
    for ai, bj, size in blocks:
        if at[ai] > at[i] or bt[bj] > bt[j]:
            yield Stretch(False, Span(at[i], at[ai]), Span(bt[j], bt[bj]))
        if size:
            yield Stretch(True, Span(at[ai], at[ai + size]), Span(bt[bj], bt[bj + size]))
        i, j = ai + size, bj + size


def _blocks(ours: list[str], theirs: list[str]) -> list[tuple[int, int, int]]:
    """Where they are the same: begin in each, and length. Units that are common all over anchor nothing."""
    counts, others = Counter(ours), Counter(theirs)
    common = len(theirs) // 100 + 1 if len(theirs) >= 200 else len(theirs)  # as difflib has it
    pairs = sum(n * others[unit] for unit, n in counts.items() if others[unit] <= common)
    if pairs * min(len(ours), len(theirs)) > MOST_LOOKS:
        return []
    matcher = SequenceMatcher(None, ours, theirs)
    return [(match.a, match.b, match.size) for match in matcher.get_matching_blocks()]


def _units(text: str, span: Span, unit: re.Pattern[str]) -> list[str]:
    return [found[0] for found in unit.finditer(text, span.start, span.end)]


def _offsets(units: list[str], start: int) -> list[int]:
    offsets = [start]
    for unit in units:
        offsets.append(offsets[-1] + len(unit))
    return offsets


def _joined(old: str, found: Sequence[Stretch]) -> list[Stretch]:
    """Neighbours of one sort made one; hardly a word that is the same between two changes is changed, too."""
    whole = _merged(found)
    for place in range(1, len(whole) - 1):
        stretch = whole[place]
        words = old[stretch.old.start : stretch.old.end]
        if stretch.same and sum(c.isalnum() for c in words) < FEW:
            whole[place] = replace(stretch, same=False)
    return _merged(whole)


def _merged(found: Iterable[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for stretch in found:
        if merged and merged[-1].same == stretch.same:
            before = merged.pop()
            stretch = Stretch(
                stretch.same,
                Span(before.old.start, stretch.old.end),
                Span(before.new.start, stretch.new.end),
            )
        merged.append(stretch)
    return merged


def _moved(span: Span, cut: Sequence[Stretch], starts: Sequence[int]) -> Span:
    """Where a place of the old text stands in the new one; ``starts``: where those in ``cut`` do in the old."""
    first = cut[bisect_right(starts, span.start) - 1]
    last = cut[bisect_right(starts, span.end - 1) - 1]
    start = first.new.start + (span.start - first.old.start if first.same else 0)
    end = last.new.start + (span.end - last.old.start) if last.same else last.new.end
    return Span(start, end)


def _in_common(a: Span, b: Span, cut: Sequence[Stretch], starts: Sequence[int]) -> float:
    """How much of two places is the same words at the same place, as a share of the longer one."""
    common = 0
    for stretch in cut[bisect_right(starts, a.start) - 1 : bisect_right(starts, a.end - 1)]:
        if stretch.same:
            shift = stretch.new.start - stretch.old.start
            start = max(a.start, stretch.old.start, b.start - shift)
            common += max(0, min(a.end, stretch.old.end, b.end - shift) - start)
    return common / max(a.end - a.start, b.end - b.start)
