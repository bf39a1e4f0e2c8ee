"""Keeping the keys by which claims are found again, and how common each is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from verification.matching import Key
from verification.models import BlockingKey, KeyFrequency


def remember_keys(keys_of: Mapping[int, Mapping[str, Key]]) -> None:
    """Add keys to claims, by claim id. Keys that a claim has already are left alone.

    To be called under the lock of cross-checking: frequencies are counted up from what was read.
    """
    known = set(BlockingKey.objects.filter(claim_id__in=keys_of).values_list("claim_id", "key"))
    new = [
        BlockingKey(claim_id=claim_id, key=text, words=key.words[:250])
        for claim_id, keys in keys_of.items()
        for text, key in keys.items()
        if (claim_id, text) not in known
    ]
    BlockingKey.objects.bulk_create(new)
    added = Counter(row.key for row in new)
    counted = KeyFrequency.objects.in_bulk(list(added))
    KeyFrequency.objects.bulk_create(
        [
            KeyFrequency(key=key, claims=count + (counted[key].claims if key in counted else 0))
            for key, count in added.items()
        ],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["claims"],
    )
