"""Which claims are worth comparing with a new mention: blocking on an indexed table of keys.

A key that more than ``COMMON`` claims have says too little to block on and is not followed, so that the cost of
a new mention does not grow with the store.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claims.extraction.types import Mention
from claims.models import Mention as Row
from claims.selectors.mentions import read_mentions
from verification.deciding import Candidate, Newcomer
from verification.matching import Key, keys
from verification.models import BlockingKey, KeyFrequency

COMMON = 500
MOST_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Shared:
    """A claim that shares keys: the sum of their weights (rarer is heavier), and the words of each."""

    claim_id: int
    weight: float
    reasons: tuple[str, ...]


def newcomers(revision_id: int) -> list[Newcomer]:
    """A revision's mentions without a claim, in text order, each with its candidates.

    Those are the stored claims that share most with it, through the mention that founded them, and then the
    newcomers before it that share a key.
    """
    rows = Row.objects.filter(revision_id=revision_id, claim=None).order_by("start", "end")
    order = list(rows.values_list("pk", flat=True))
    read = read_mentions(order)
    keys_of = {mention_id: keys(read[mention_id]) for mention_id in order}
    stored = _candidates(keys_of)
    return [
        Newcomer(
            mention_id,
            read[mention_id],
            (*stored[mention_id], *_beside(mention_id, order[:place], keys_of, read)),
            keys_of[mention_id],
        )
        for place, mention_id in enumerate(order)
    ]


def lead_mentions(claim_ids: Iterable[int]) -> dict[int, int]:
    """The id of the mention that stands for each claim: the first of its current ones."""
    rows = Row.objects.filter(claim_id__in=list(claim_ids), revision__is_current=True)
    leads: dict[int, int] = {}
    for claim_id, mention_id in rows.order_by("-pk").values_list("claim_id", "pk"):
        assert claim_id is not None
        leads[claim_id] = mention_id
    return leads


def _candidates(keys_of: Mapping[int, tuple[Key, ...]]) -> dict[int, tuple[Candidate, ...]]:
    holders = _holders({str(key) for found in keys_of.values() for key in found})
    shared = {mention_id: _heaviest(found, holders) for mention_id, found in keys_of.items()}
    leads = lead_mentions({s.claim_id for found in shared.values() for s in found})
    read = read_mentions(leads.values())
    return {
        mention_id: tuple(
            Candidate(leads[s.claim_id], s.claim_id, read[leads[s.claim_id]], s.reasons)
            for s in found
            if s.claim_id in leads
        )
        for mention_id, found in shared.items()
    }


def _beside(
    mention_id: int, before: list[int], keys_of: Mapping[int, tuple[Key, ...]], read: Mapping[int, Mention]
) -> list[Candidate]:
    own = set(keys_of[mention_id])
    return [
        Candidate(other, None, read[other], tuple(key.words for key in shared))
        for other in before
        if (shared := [key for key in keys_of[other] if key in own])
    ]


def _holders(wanted: set[str]) -> dict[str, list[int]]:
    """The claims that have each key; keys that are too common are left out."""
    rare = KeyFrequency.objects.filter(key__in=wanted, claims__lte=COMMON).values_list("key", flat=True)
    rows = BlockingKey.objects.filter(key__in=list(rare)).order_by("key", "claim_id")
    holders: dict[str, list[int]] = defaultdict(list)
    for key, claim_id in rows.values_list("key", "claim_id"):
        holders[key].append(claim_id)
    return holders


def _heaviest(found: Iterable[Key], holders: Mapping[str, list[int]]) -> list[Shared]:
    weight: dict[int, float] = defaultdict(float)
    words: dict[int, list[str]] = defaultdict(list)
    for key in found:
        ids = holders.get(str(key), [])
        for claim_id in ids:
            weight[claim_id] += math.log((COMMON + 1) / len(ids))
            words[claim_id].append(key.words)
    order = sorted(weight, key=lambda claim_id: (-weight[claim_id], claim_id))
    return [Shared(c, weight[c], tuple(words[c])) for c in order[:MOST_CANDIDATES]]
