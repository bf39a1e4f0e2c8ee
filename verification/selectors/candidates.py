"""Which claims are worth comparing with a new mention: blocking on an indexed table of keys.

Every key is looked up by itself and at most ``COMMON`` rows deep, so that the cost of a new mention does not
grow with the store; a key that more claims than that have says too little to block on.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claims.extraction.types import Mention
from claims.selectors.mentions import read_mentions
from verification.deciding import Candidate
from verification.matching import Key, keys
from verification.models import BlockingKey

COMMON = 500
MOST_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Shared:
    """A claim that shares keys: the sum of their weights (rarer is heavier), and the words of each."""

    claim_id: int
    weight: float
    reasons: tuple[str, ...]


def candidates(mentions: Mapping[int, Mention]) -> dict[int, tuple[Candidate, ...]]:
    """For each mention, the claims that share most with it, each through the mention that founded it."""
    keys_of = {mention_id: keys(mention) for mention_id, mention in mentions.items()}
    holders = _holders({key for found in keys_of.values() for key in found})
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


def lead_mentions(claim_ids: Iterable[int]) -> dict[int, int]:
    """The id of the mention that stands for each claim: the first of its current ones."""
    from claims.models import Mention as Row

    rows = Row.objects.filter(claim_id__in=list(claim_ids), revision__is_current=True)
    leads: dict[int, int] = {}
    for claim_id, mention_id in rows.order_by("-pk").values_list("claim_id", "pk"):
        assert claim_id is not None
        leads[claim_id] = mention_id
    return leads


def _holders(wanted: Iterable[Key]) -> dict[str, list[int]]:
    """The claims that have each key; keys that are too common are left out."""
    holders = {}
    for key in sorted({str(key) for key in wanted}):
        ids = list(BlockingKey.objects.filter(key=key).values_list("claim_id", flat=True)[: COMMON + 1])
        if 0 < len(ids) <= COMMON:
            holders[key] = ids
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
