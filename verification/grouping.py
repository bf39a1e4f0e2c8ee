"""Which mentions make one claim: pure, so that a claim can always be built again from nothing.

Constrained agglomerative clustering by average linkage (Davidson and Ravi, 2005, for cannot-link). Two groups
join while the mean weight of the ties between them is high enough, and never across a contradiction: one wrong
pair joins two lone mentions, but cannot glue two groups. What a person said comes first. The outcome depends
on what is tied to what, never on the order in which it arrived.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Pair = tuple[int, int]
#: what orders mentions whatever their ids are: publication, text, place in it
Rank = tuple[str, ...]
Group = tuple[int, ...]

#: how sure the engine must be that two mentions are the same before that ties them; of those that it is less sure of,
#: one in four was right on the news that rules were tuned on
JOIN_AT = 0.65
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
    parted = frozenset(ties.parted)
    work = _Work(ranks, ties, parted)
    for a, b in sorted(ties.joined, key=lambda pair: sorted((ranks[pair[0]], ranks[pair[1]]))):
        if not work.barred_between(a, b):
            work.join(a, b)
    work.bar(frozenset(ties.apart) - frozenset(ties.joined))
    while (best := work.closest()) is not None:
        work.join(*best)
    return work.result()


class _Work:
    """Groups while they are being joined; each is known by its member of the lowest rank.

    What may join next stands in a heap, with the mean it had when it was put there: it is looked at again when its
    turn comes, so that a group of a thousand mentions takes seconds and not hours.
    """

    def __init__(self, ranks: Mapping[int, Rank], ties: Ties, barred: Collection[Pair]) -> None:
        self.ranks = ranks
        self.lead = {mention: mention for mention in ranks}
        self.members = {mention: [mention] for mention in ranks}
        self.weights: dict[int, dict[int, int]] = defaultdict(dict)
        self.barred: dict[int, set[int]] = defaultdict(set)
        self.heap: list[tuple[float, Rank, Rank, Pair]] = []
        self.bar(barred)
        for (a, b), weight in _weights(ties.same).items():
            self.weights[a][b] = self.weights[b][a] = weight
        for a, near in self.weights.items():
            for b in near:
                if a == self._pair(a, b)[0]:
                    self._push(a, b)

    def bar(self, pairs: Collection[Pair]) -> None:
        for a, b in pairs:
            self.barred[a].add(b)
            self.barred[b].add(a)

    def barred_between(self, a: int, b: int) -> bool:
        """Whether a barred pair is between the groups of ``a`` and ``b``."""
        ours, theirs = sorted((self.members[self.lead[a]], self.members[self.lead[b]]), key=len)
        lead = self.lead[theirs[0]]
        return any(self.lead[other] == lead for one in ours for other in self.barred[one])

    def closest(self) -> Pair | None:
        """The two groups that belong together most; a tie goes to the lowest rank. None if none do."""
        while self.heap:
            was, _, _, (a, b) = heapq.heappop(self.heap)
            if b not in self.weights.get(a, {}) or -self._mean(a, b) < was:
                continue  # one of them has joined another, or what ties them has grown and stands there anew
            if -self._mean(a, b) > was:
                self._push(a, b)  # they have grown, and the mean is over more pairs by now
            elif not self.barred_between(a, b):  # what is barred stays so, since groups only grow
                return a, b
        return None

    def join(self, a: int, b: int) -> None:
        a, b = self._pair(self.lead[a], self.lead[b])
        if a == b:
            return
        for member in self.members[b]:
            self.lead[member] = a
        self.members[a] += self.members.pop(b)
        for other, weight in self.weights.pop(b, {}).items():
            del self.weights[other][b]
            if other != a:
                self.weights[a][other] = self.weights[other][a] = self.weights[a].get(other, 0) + weight
                self._push(a, other)

    def result(self) -> tuple[Group, ...]:
        order = sorted(self.members, key=self.ranks.__getitem__)
        return tuple(tuple(sorted(self.members[lead], key=self.ranks.__getitem__)) for lead in order)

    def _push(self, a: int, b: int) -> None:
        a, b = self._pair(a, b)
        mean = self._mean(a, b)
        if mean >= LINK_AT * _GRAIN:
            heapq.heappush(self.heap, (-mean, self.ranks[a], self.ranks[b], (a, b)))

    def _pair(self, a: int, b: int) -> Pair:
        return (a, b) if self.ranks[a] <= self.ranks[b] else (b, a)

    def _mean(self, a: int, b: int) -> float:
        width = min(len(self.members[a]), WIDEST) * min(len(self.members[b]), WIDEST)
        return self.weights[a][b] / width


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
