"""Keeping the keys by which claims are found again, and how common each is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import F

from claims.models import Mention, Revision
from claims.selectors.mentions import read_mentions, settings_of
from claims.writing import add_all
from verification.comparison.view import View
from verification.matching import Key, event_words, leads_of
from verification.models import ArticleWord, BlockingKey, KeyFrequency
from verification.selectors.keys import frequency_key


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
    add_all(new)
    _count_up(Counter(row.key for row in new))


def _count_up(added: Counter[str]) -> None:
    counted = KeyFrequency.objects.in_bulk(list(added))
    add_all(
        [
            KeyFrequency(key=key, claims=count + (counted[key].claims if key in counted else 0))
            for key, count in added.items()
        ],
        unique=["key"],
        update=["claims"],
    )


def remember_words(revision_ids: Iterable[int], seen: Mapping[int, View] | None = None) -> None:
    """Make the words of the revisions' articles those of the names in their current texts. Under the same lock.

    ``seen`` are views at hand of one mention of each revision, by the revision's id.
    """
    rows = Revision.objects.filter(pk__in=list(revision_ids), is_current=True)
    article_of = dict(rows.values_list("pk", "article"))
    at_hand = {pk: view.mention.setting for pk, view in (seen or {}).items() if pk in article_of}
    settings = at_hand | settings_of(article_of.keys() - at_hand.keys())
    _set_words({article: event_words(settings.get(pk, ())) for pk, article in article_of.items()})


def forget_words(article_id: int) -> None:
    """Take an article's words out, before it goes."""
    _set_words({article_id: ()})


def _set_words(words_of: Mapping[int, Iterable[str]]) -> None:
    had = set(ArticleWord.objects.filter(article__in=words_of).values_list("article", "word"))
    now = {(article, word[:80]) for article, words in words_of.items() for word in words}
    for article in {article for article, _ in had - now}:
        lost = [word for of, word in had - now if of == article]
        ArticleWord.objects.filter(article=article, word__in=lost).delete()
    add_all(ArticleWord(article_id=article, word=word) for article, word in sorted(now - had))
    _count_up(Counter(frequency_key(word) for _, word in now - had))
    _count_down(Counter(frequency_key(word) for _, word in had - now))


def add_keys(claim_of: Mapping[int, int], seen: Mapping[int, View] | None = None) -> None:
    """Add the keys of mentions to the claims that they have joined. Under the lock of cross-checking.

    ``seen`` are views at hand, by mention.
    """
    remember_keys(_keys_of(claim_of, seen or {}))


def rekey(claim_ids: Iterable[int]) -> None:
    """Make the keys of claims those of their current mentions, from nothing. Under the lock of cross-checking."""
    ids = list(claim_ids)
    if not ids:
        return
    rows = Mention.objects.filter(claim_id__in=ids, revision__is_current=True).order_by("pk")
    wanted = _keys_of(dict(rows.values_list("pk", "claim_id")), {})
    gone = [
        row
        for row in BlockingKey.objects.filter(claim_id__in=ids)
        if row.key not in wanted.get(row.claim_id, {})
    ]
    BlockingKey.objects.filter(pk__in=[row.pk for row in gone]).delete()
    _count_down(Counter(row.key for row in gone))
    remember_keys(wanted)


def _keys_of(claim_of: Mapping[int, int], seen: Mapping[int, View]) -> dict[int, dict[str, Key]]:
    """The keys of each claim by the text they are kept under, from the mentions that are its own."""
    views = {pk: seen[pk] for pk in claim_of if pk in seen}
    views |= {pk: View(mention) for pk, mention in read_mentions(claim_of.keys() - views.keys()).items()}
    found: dict[int, dict[str, Key]] = defaultdict(dict)
    for mention_id, view in sorted(views.items()):
        found[claim_of[mention_id]] |= {str(key)[:250]: key for key in leads_of(view)}
    return found


def _count_down(gone: Counter[str]) -> None:
    for key, count in sorted(gone.items()):
        KeyFrequency.objects.filter(key=key).update(claims=F("claims") - count)
    KeyFrequency.objects.filter(key__in=list(gone), claims=0).delete()
