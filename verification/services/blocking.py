"""Keeping the keys by which claims are found again, and how common each is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import F

from claims.models import Mention, Revision
from claims.selectors.mentions import read_mentions, setting_of
from verification.matching import Key, event_words, keys
from verification.models import ArticleWord, BlockingKey, KeyFrequency
from verification.selectors.events import frequency_key


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
    _count_up(Counter(row.key for row in new))


def _count_up(added: Counter[str]) -> None:
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


def remember_words(revision_id: int) -> None:
    """Make the words of the revision's article those of the names in its current text. Under the same lock."""
    revision = Revision.objects.only("article", "is_current").get(pk=revision_id)
    if revision.is_current:
        _set_words(revision.article_id, event_words(setting_of(revision_id)))


def forget_words(article_id: int) -> None:
    """Take an article's words out, before it goes."""
    _set_words(article_id, ())


def _set_words(article_id: int, words: Iterable[str]) -> None:
    had = set(ArticleWord.objects.filter(article=article_id).values_list("word", flat=True))
    now = {word[:80] for word in words}
    ArticleWord.objects.filter(article=article_id, word__in=had - now).delete()
    ArticleWord.objects.bulk_create(ArticleWord(article_id=article_id, word=word) for word in now - had)
    _count_up(Counter(frequency_key(word) for word in now - had))
    _count_down(Counter(frequency_key(word) for word in had - now))


def add_keys(claim_of: Mapping[int, int]) -> None:
    """Add the keys of mentions to the claims that they have joined. Under the lock of cross-checking."""
    remember_keys(_keys_of(claim_of))


def rekey(claim_ids: Iterable[int]) -> None:
    """Make the keys of claims those of their current mentions, from nothing. Under the lock of cross-checking."""
    ids = list(claim_ids)
    rows = Mention.objects.filter(claim_id__in=ids, revision__is_current=True).order_by("pk")
    wanted = _keys_of(dict(rows.values_list("pk", "claim_id")))
    gone = [
        row
        for row in BlockingKey.objects.filter(claim_id__in=ids)
        if row.key not in wanted.get(row.claim_id, {})
    ]
    BlockingKey.objects.filter(pk__in=[row.pk for row in gone]).delete()
    _count_down(Counter(row.key for row in gone))
    remember_keys(wanted)


def _keys_of(claim_of: Mapping[int, int]) -> dict[int, dict[str, Key]]:
    """The keys of each claim by the text they are kept under, from the mentions that are its own."""
    found: dict[int, dict[str, Key]] = defaultdict(dict)
    for mention_id, mention in sorted(read_mentions(claim_of).items()):
        found[claim_of[mention_id]] |= {str(key)[:250]: key for key in keys(mention)}
    return found


def _count_down(gone: Counter[str]) -> None:
    for key, count in sorted(gone.items()):
        KeyFrequency.objects.filter(key=key).update(claims=F("claims") - count)
    KeyFrequency.objects.filter(key__in=list(gone), claims=0).delete()
