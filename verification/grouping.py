"""Which mentions make one claim: pure, so that a claim can always be built again from nothing.

Constrained agglomerative clustering by average linkage (Davidson and Ravi, 2005, for cannot-link). Two groups
join while the mean weight of the ties between them is high enough, and never across a contradiction: one wrong
pair joins two lone mentions, but cannot glue two groups. What a person said comes first. The outcome depends
on what is tied to what, never on the order in which it arrived.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Pair = tuple[int, int]
#: what orders mentions whatever their ids are: publication, text, place in it
Rank = tuple[str, ...]
Group = tuple[int, ...]

#: how sure the engine must be that two mentions are the same before that ties them
JOIN_AT = 0.5
#: the mean weight between two groups, pairs without a tie counting as 0, at which they join
LINK_AT = 0.25
#: a mention is compared with so many of a claim's at most, and a mean is over no more on either side
WIDEST = 6
_GRAIN = 10_000  # confidences are summed as whole numbers, so that the order of summing does not matter


@dataclass(frozen=True, slots=True)
class Ties:
    """What is known of pairs of mentions, the lower id first.

    ``same`` are the machine's confidences, ``apart`` what it found to conflict or to be of other times.
    ``joined`` and ``parted`` are people's words; where those contradict one another, ``parted`` holds.
    """

    same: Mapping[Pair, float] = field(default_factory=dict)
    apart: Collection[Pair] = frozenset()
    joined: Collection[Pair] = frozenset()
    parted: Collection[Pair] = frozenset()


@dataclass(frozen=True, slots=True)
class Naming:
    """Which claim each group is. ``claims`` runs beside the groups, None for one that needs a claim.

    ``absorbed`` maps a claim whose mentions all went elsewhere to the place of the group that took most.
    """

    claims: tuple[int | None, ...]
    absorbed: Mapping[int, int]


def groups(ranks: Mapping[int, Rank], ties: Ties) -> tuple[Group, ...]:
    """Partition the mentions of ``ranks``. Groups and their members are in the order of rank."""
    work = _Work(ranks, ties)
    parted = frozenset(ties.parted)
    for a, b in sorted(ties.joined, key=lambda pair: sorted((ranks[pair[0]], ranks[pair[1]]))):
        if not work.across(a, b, parted):
            work.join(a, b)
    barred = parted | (frozenset(ties.apart) - frozenset(ties.joined))
    while (best := work.closest(barred)) is not None:
        work.join(*best)
    return work.result()


class _Work:
    """Groups while they are being joined; each is known by its member of the lowest rank."""

    def __init__(self, ranks: Mapping[int, Rank], ties: Ties) -> None:
        self.ranks = ranks
        self.lead = {mention: mention for mention in ranks}
        self.members = {mention: [mention] for mention in ranks}
        self.weights: dict[Pair, int] = defaultdict(int)
        for (a, b), weight in _weights(ties.same).items():
            self.weights[self._pair(a, b)] = weight

    def across(self, a: int, b: int, pairs: Collection[Pair]) -> bool:
        """Whether one of ``pairs`` is between the groups of ``a`` and ``b``."""
        ours, theirs = self.members[self.lead[a]], self.members[self.lead[b]]
        return any((min(x, y), max(x, y)) in pairs for x in ours for y in theirs)

    def closest(self, barred: Collection[Pair]) -> Pair | None:
        """The two groups that belong together most; a tie goes to the lowest rank. None if none do."""
        able = [
            (-mean, self.ranks[a], self.ranks[b], (a, b))
            for (a, b), weight in self.weights.items()
            if (mean := weight / self._width(a, b)) >= LINK_AT * _GRAIN
        ]
        return next((pair for *_, pair in sorted(able) if not self.across(*pair, barred)), None)

    def join(self, a: int, b: int) -> None:
        a, b = self._pair(self.lead[a], self.lead[b])
        if a == b:
            return
        for member in self.members[b]:
            self.lead[member] = a
        self.members[a] += self.members.pop(b)
        for x, y in [pair for pair in self.weights if b in pair]:
            weight, other = self.weights.pop((x, y)), y if x == b else x
            if other != a:
                self.weights[self._pair(a, other)] += weight

    def result(self) -> tuple[Group, ...]:
        order = sorted(self.members, key=self.ranks.__getitem__)
        return tuple(tuple(sorted(self.members[lead], key=self.ranks.__getitem__)) for lead in order)

    def _pair(self, a: int, b: int) -> Pair:
        return (a, b) if self.ranks[a] <= self.ranks[b] else (b, a)

    def _width(self, a: int, b: int) -> int:
        return min(len(self.members[a]), WIDEST) * min(len(self.members[b]), WIDEST)


def _weights(same: Mapping[Pair, float]) -> dict[Pair, int]:
    """The confidences, less where the two are not the same as the same others (shared nearest neighbours,
    Jarvis and Patrick, 1973): a wrong pair is known by its friends, however sure the engine is of it."""
    near: dict[int, set[int]] = defaultdict(set)
    sure = {pair: confidence for pair, confidence in same.items() if confidence >= JOIN_AT}
    for a, b in sure:
        near[a] |= {a, b}
        near[b] |= {a, b}
    return {
        (a, b): round(confidence * _GRAIN * (1 + len(near[a] & near[b]) / len(near[a] | near[b])) / 2)
        for (a, b), confidence in sure.items()
    }


def name(found: Sequence[Group], claim_of: Mapping[int, int], decided: Collection[int] = ()) -> Naming:
    """Give groups their claims back: a decided claim first, then the larger share, then the older claim."""
    shares = Counter(
        (claim_of[mention], place)
        for place, group in enumerate(found)
        for mention in group
        if mention in claim_of
    )
    claims: list[int | None] = [None] * len(found)
    given: set[int] = set()
    for (claim, place), _ in sorted(shares.items(), key=lambda s: (s[0][0] not in decided, -s[1], s[0])):
        if claims[place] is None and claim not in given:
            claims[place] = claim
            given.add(claim)
    lost = {claim for claim, _ in shares} - given
    return Naming(tuple(claims), {claim: _most(claim, shares.items()) for claim in sorted(lost)})


def _most(claim: int, shares: Iterable[tuple[Pair, int]]) -> int:
    return min((-count, place) for (of, place), count in shares if of == claim)[1]
