"""Which claims are worth comparing with a new mention: blocking on an indexed table of keys.

A key that more than ``COMMON`` claims have says too little to block on and is not followed, so that the cost of
a new mention does not grow with the store.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet, Window
from django.db.models.functions import RowNumber

from claims.extraction.types import Mention
from claims.models import Mention as Row
from claims.selectors.mentions import read_mentions, read_rows, with_parts
from verification.comparison.view import View
from verification.deciding import Candidate, Newcomer
from verification.grouping import WIDEST
from verification.matching import Key, keys, keys_of
from verification.models import BlockingKey, KeyFrequency

COMMON = 500
MOST_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Shared:
    """A claim that shares keys: the sum of their weights (rarer is heavier), and the words of each."""

    claim_id: int
    weight: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Candidates, best first, by the number of the mention that they are for; their rows and views, by id."""

    candidates: Mapping[int, tuple[Candidate, ...]]
    rows: Mapping[int, Row]
    views: Mapping[int, View]


def newcomers(revision_id: int) -> list[Newcomer]:
    """A revision's mentions without a claim, in text order, each with its candidates.

    Those are mentions of the stored claims that share most with it, and then the newcomers before it that
    share a key. Only mentions that share a key themselves are compared, so that it is the same pairs whichever
    came first.
    """
    rows = Row.objects.filter(revision_id=revision_id, claim=None).order_by("start", "end")
    order = list(rows.values_list("pk", flat=True))
    read = read_mentions(order)
    keys_of = {mention_id: keys(read[mention_id]) for mention_id in order}
    stored = look_up(keys_of).candidates
    return [
        Newcomer(
            mention_id,
            read[mention_id],
            (*stored[mention_id], *_beside(mention_id, order[:place], keys_of, read)),
            keys_of[mention_id],
        )
        for place, mention_id in enumerate(order)
    ]


def look_up(
    wanted: Mapping[int, tuple[Key, ...]],
    *,
    among: QuerySet[Row] | None = None,
    claims: int = MOST_CANDIDATES,
    widest: int = WIDEST,
) -> Known:
    """What is stored that is worth comparing with each of some mentions.

    :param wanted: the keys of each mention, by a number that the caller gives it.
    :param among: the stored mentions to look among; all if not given.
    :param claims: so many claims for a mention at most, :param widest: and so many mentions for a claim.

    Six queries, however many mentions there are.
    """
    holders = _holders({str(key)[:250] for found in wanted.values() for key in found})
    shared = {number: _heaviest(found, holders)[:claims] for number, found in wanted.items()}
    rows = _standing_for({s.claim_id for found in shared.values() for s in found}, among, widest)
    read = read_rows(rows)  # evaluates the rows
    standing_for: dict[int | None, list[int]] = defaultdict(list)
    for row in rows:
        standing_for[row.claim_id].append(row.pk)
    views = {mention_id: View(mention) for mention_id, mention in read.items()}
    theirs = {mention_id: keys_of(seen) for mention_id, seen in views.items()}
    candidates = {
        number: tuple(
            Candidate(other, read[other], words)
            for s in found
            for other in standing_for.get(s.claim_id, ())
            if (words := _in_common(wanted[number], theirs[other], holders))
        )
        for number, found in shared.items()
    }
    return Known(candidates, {row.pk: row for row in rows}, views)


def _standing_for(claim_ids: Iterable[int], among: QuerySet[Row] | None, widest: int) -> QuerySet[Row]:
    """The first current mentions of each claim, at most ``widest``, with their parts."""
    rows = Row.objects.all() if among is None else among
    rows = rows.filter(claim_id__in=list(claim_ids), revision__is_current=True)
    place = Window(RowNumber(), partition_by="claim_id", order_by="pk")
    return with_parts(rows.annotate(place=place).filter(place__lte=widest)).order_by("pk")


def _in_common(own: Iterable[Key], theirs: Iterable[Key], rare: Mapping[str, object]) -> tuple[str, ...]:
    known = set(theirs)
    return tuple(key.words for key in own if key in known and str(key)[:250] in rare)


def _beside(
    mention_id: int, before: list[int], keys_of: Mapping[int, tuple[Key, ...]], read: Mapping[int, Mention]
) -> list[Candidate]:
    own = set(keys_of[mention_id])
    return [
        Candidate(other, read[other], tuple(key.words for key in shared))
        for other in before
        if (shared := [key for key in keys_of[other] if key in own])
    ]


def _holders(wanted: set[str]) -> dict[str, list[int]]:
    """The claims that have each key; keys that are too common are left out."""
    rare = KeyFrequency.objects.filter(key__in=wanted, claims__lte=COMMON)
    rows = BlockingKey.objects.filter(key__in=rare.values("key")).order_by("key", "claim_id")
    holders: dict[str, list[int]] = defaultdict(list)
    for key, claim_id in rows.values_list("key", "claim_id"):
        holders[key].append(claim_id)
    return holders


def _heaviest(found: Iterable[Key], holders: Mapping[str, list[int]]) -> list[Shared]:
    weight: dict[int, float] = defaultdict(float)
    words: dict[int, list[str]] = defaultdict(list)
    for key in found:
        ids = holders.get(str(key)[:250], [])
        for claim_id in ids:
            weight[claim_id] += math.log((COMMON + 1) / len(ids))
            words[claim_id].append(key.words)
    order = sorted(weight, key=lambda claim_id: (-weight[claim_id], claim_id))
    return [Shared(c, weight[c], tuple(words[c])) for c in order[:MOST_CANDIDATES]]
