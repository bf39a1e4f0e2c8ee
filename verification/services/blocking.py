"""Keeping the keys by which claims are found again, and how common each is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import F

from claims.models import Mention
from claims.selectors.mentions import read_mentions
from verification.matching import Key, keys
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


def rekey(claim_ids: Iterable[int]) -> None:
    """Make the keys of claims those of their current mentions, from nothing. Under the lock of cross-checking."""
    ids = list(claim_ids)
    rows = Mention.objects.filter(claim_id__in=ids, revision__is_current=True).order_by("pk")
    claim_of = dict(rows.values_list("pk", "claim_id"))
    wanted: dict[int, dict[str, Key]] = defaultdict(dict)
    for mention_id, mention in sorted(read_mentions(claim_of).items()):
        wanted[claim_of[mention_id]] |= {str(key)[:250]: key for key in keys(mention)}
    gone = [
        row
        for row in BlockingKey.objects.filter(claim_id__in=ids)
        if row.key not in wanted.get(row.claim_id, {})
    ]
    BlockingKey.objects.filter(pk__in=[row.pk for row in gone]).delete()
    for key, count in sorted(Counter(row.key for row in gone).items()):
        KeyFrequency.objects.filter(key=key).update(claims=F("claims") - count)
    KeyFrequency.objects.filter(key__in={row.key for row in gone}, claims=0).delete()
    remember_keys(wanted)
