"""Which claims are worth comparing with a new mention.

Two ways lead to them, both through indexed tables of keys: articles that seem to tell of the same event, with all
their claims, and claims that share rare keys of their own, whatever their article is about. What is found is ranked,
and the first are compared. What is looked at is bounded everywhere, and common keys are not followed, so that the
cost of a new mention does not grow with the store.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from django.db.models import QuerySet, Window
from django.db.models.functions import RowNumber

from claims.changes import Fate
from claims.models import Mention as Row
from claims.models import Revision
from claims.selectors.mentions import read_mentions, read_rows, with_parts
from verification.comparison.view import View
from verification.deciding import Candidate, Newcomer, told_together
from verification.grouping import WIDEST
from verification.matching import WITHIN_EVENTS, Index, Key, event_words, keys_of
from verification.models import BlockingKey, KeyFrequency
from verification.selectors.carried import claimed_predecessors
from verification.selectors.events import near_articles

#: a key of more claims says too little
COMMON = 500
#: so many claims that share keys are looked at for one mention, those of its rarest keys first
FOLLOWED = 100
#: of those, so many are read for one mention, and so many for all mentions of an article
MOST_SHARING, MOST_SHARING_IN_ALL = 5, 60
#: and so many claims of articles on the same event
MOST_OF_EVENT = 160
MOST_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Known:
    """Candidates by the number of the mention that they are for, claim by claim, best first; their rows, views."""

    candidates: Mapping[int, tuple[tuple[Candidate, ...], ...]]
    rows: Mapping[int, Row]
    views: Mapping[int, View]


def newcomers(revision_id: int) -> list[Newcomer]:
    """A revision's mentions without a claim, in text order, each with its candidates; without those that were
    kept from an earlier revision, which have a claim there.

    Those are mentions of the stored claims that are nearest to it, and then the newcomers before it in other
    sentences that share a key.
    """
    kept = {new.pk for new, _ in claimed_predecessors(revision_id, Fate.KEPT)}
    changed = {new.pk: old.pk for new, old in claimed_predecessors(revision_id, Fate.CHANGED)}
    rows = Row.objects.filter(revision_id=revision_id).order_by("start", "end")
    claim_of = dict(rows.values_list("pk", "claim"))
    order = list(claim_of)
    fresh = [pk for pk in order if claim_of[pk] is None and pk not in kept]
    if not fresh:
        return []
    views = {pk: View(mention) for pk, mention in read_mentions([*order, *changed.values()]).items()}
    keys = {mention_id: frozenset(keys_of(views[mention_id])) for mention_id in order}
    article, published = Revision.objects.values_list("article", "article__published_at").get(pk=revision_id)
    stored = look_up({pk: views[pk] for pk in fresh}, published, but_not=article).candidates
    known = set(order) - set(fresh)
    found = []
    for place, number in enumerate(fresh):
        before = [changed[number]] if number in changed else []  # it may say the same in other words
        beside = [
            m
            for m in order
            if (m in known or m in fresh[:place])
            and keys[m] & keys[number]
            and not told_together(views[m].mention, views[number].mention)
        ]
        own_text = [(Candidate(m, views[m]),) for m in (*before, *beside)]
        found.append(Newcomer(number, views[number], (*stored[number], *own_text)))
    return found


def look_up(
    wanted: Mapping[int, View],
    published: datetime | None,
    *,
    among: QuerySet[Row] | None = None,
    claims: int = MOST_CANDIDATES,
    widest: int = WIDEST,
    worth: float = 0.0,
    but_not: int | None = None,
) -> Known:
    """What is stored that is worth comparing with each mention of one text.

    :param wanted: the mentions, by a number that the caller gives each; :param published: when the text was.
    :param among: the stored mentions to look among; all if not given. :param but_not: the text's own article.
    :param claims: so many claims for a mention at most, :param widest: and so many mentions for a claim.
    :param worth: leave out what shares less with a mention than this part of what the nearest does.

    A constant number of queries, however many mentions there are.
    """
    names = {name for seen in wanted.values() for name in seen.mention.setting}
    articles = near_articles(event_words(names), published, but_not=but_not)
    found = [*_claims_of(articles), *_sharing({n: keys_of(seen) for n, seen in wanted.items()})]
    rows = _standing_for(set(found), among, widest)
    views = {mention_id: View(mention) for mention_id, mention in read_rows(rows).items()}
    pool: Index[int] = Index(WITHIN_EVENTS)
    for row in rows:
        pool.add(row.pk, views[row.pk])
    claim_of = {row.pk: row.claim_id for row in rows}
    candidates = {n: _nearest(seen, pool, claim_of, views, claims, worth) for n, seen in wanted.items()}
    return Known(candidates, {row.pk: row for row in rows}, views)


def _nearest(
    seen: View,
    pool: Index[int],
    claim_of: Mapping[int, int | None],
    views: Mapping[int, View],
    claims: int,
    worth: float,
) -> tuple[tuple[Candidate, ...], ...]:
    """The mentions of the nearest claims, claim by claim; a claim is as near as its nearest mention."""
    by_claim: dict[int | None, list[Candidate]] = defaultdict(list)
    found = pool.nearest(seen, len(pool))
    least = worth * found[0][1] if found else 0.0
    for mention_id, _ in takewhile(lambda one: one[1] >= least, found):
        by_claim[claim_of[mention_id]].append(Candidate(mention_id, views[mention_id]))
    return tuple(tuple(of_one) for of_one in list(by_claim.values())[:claims])


def _claims_of(articles: list[int]) -> list[int]:
    """The claims of articles, those of the first article first, in the order of its text."""
    rows = Row.objects.filter(
        revision__article__in=articles, revision__is_current=True, claim__isnull=False
    ).values_list("revision__article", "start", "claim")
    order = {article: place for place, article in enumerate(articles)}
    found = sorted((order[article], start, claim) for article, start, claim in rows if claim is not None)
    return list(dict.fromkeys(claim for _, _, claim in found))[:MOST_OF_EVENT]


def _sharing(keys: Mapping[int, Iterable[Key]]) -> list[int]:
    """The claims that share most keys with a mention, rarer ones weighing more."""
    texts = {number: [str(key)[:250] for key in found] for number, found in keys.items()}
    wanted = {text for found in texts.values() for text in found}
    rare = KeyFrequency.objects.filter(key__in=wanted, claims__lte=COMMON).values_list("key", "claims")
    count = dict(rare)
    followed = {number: _rarest(found, count) for number, found in texts.items()}
    rows = BlockingKey.objects.filter(key__in={text for found in followed.values() for text in found})
    holders: dict[str, list[int]] = defaultdict(list)
    for key, claim_id in rows.order_by("key", "claim_id").values_list("key", "claim_id"):
        holders[key].append(claim_id)
    best: Counter[int] = Counter()
    for found in followed.values():
        weight: dict[int, float] = defaultdict(float)
        for text in found:
            for claim_id in holders[text]:
                weight[claim_id] += math.log((COMMON + 1) / count[text])
        for claim_id in sorted(weight, key=lambda c: (-weight[c], c))[:MOST_SHARING]:
            best[claim_id] = max(best[claim_id], round(weight[claim_id] * 1000))
    return sorted(best, key=lambda c: (-best[c], c))[:MOST_SHARING_IN_ALL]


def _rarest(texts: Iterable[str], count: Mapping[str, int]) -> list[str]:
    """The rarest keys that lead to ``FOLLOWED`` claims together."""
    left, followed = FOLLOWED, []
    for text in sorted((text for text in texts if text in count), key=lambda text: (count[text], text)):
        left -= count[text]
        if left < 0:
            break
        followed.append(text)
    return followed


def _standing_for(claim_ids: Iterable[int], among: QuerySet[Row] | None, widest: int) -> QuerySet[Row]:
    """The first current mentions of each claim, at most ``widest``, with their parts."""
    rows = Row.objects.all() if among is None else among
    rows = rows.filter(claim_id__in=list(claim_ids), revision__is_current=True)
    place = Window(RowNumber(), partition_by="claim_id", order_by="pk")
    return with_parts(rows.annotate(place=place).filter(place__lte=widest)).order_by("pk")
