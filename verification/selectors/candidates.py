"""Which claims are worth comparing with a new mention.

Two ways lead to them, both through indexed tables of keys: articles that seem to tell of the same event, with all
their claims, and claims that share rare keys of their own, whatever their article is about. What is found is ranked,
and the first are compared. What is looked at is bounded everywhere, and common keys are not followed, so that the
cost of a new mention does not grow with the store.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from django.db.models import QuerySet, Window
from django.db.models.functions import RowNumber

from claims.changes import Fate
from claims.models import Mention as Row
from claims.models import Revision
from claims.selectors.mentions import read_mentions, read_rows, to_be_read
from verification.comparison.view import View
from verification.deciding import Candidate, Newcomer, told_together
from verification.grouping import WIDEST
from verification.matching import WITHIN_EVENTS, Index, Key, event_words, features_of, keys_of, leads_of
from verification.selectors.carried import claimed_predecessors
from verification.selectors.events import Events, Told
from verification.selectors.keys import Holders, frequency_key, holders, how_common

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


@dataclass(frozen=True, slots=True)
class Text:
    """The mentions of one text, by a number that the caller gives each; ``article`` is its own, if it is stored."""

    mentions: Mapping[int, View]
    published: datetime | None
    article: int | None = None

    @property
    def names(self) -> set[str]:
        return {name for seen in self.mentions.values() for name in seen.mention.setting}


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
    article, published = Revision.objects.values_list("article", "article__published_at").get(pk=revision_id)
    stored = look_up({pk: views[pk] for pk in fresh}, published, but_not=article).candidates
    return _newcomers(order, fresh, views, stored, changed)


def first_newcomers(
    revision_ids: Iterable[int], joined: Mapping[int, int], seen: Mapping[int, View]
) -> Iterator[tuple[list[Newcomer], Known]]:
    """:func:`newcomers` of each of several first revisions that were not cross-checked yet, with what is known of
    their candidates. A constant number of queries.

    Those of one see those of the ones before it. ``joined`` is what was found of those until then: the claim of each
    mention that says what another one does, under that one's number, turned negative, if it has no claim either.
    ``seen`` are views at hand.
    """
    rows = Revision.objects.filter(pk__in=list(revision_ids)).order_by("pk")
    texts = list(rows.values_list("pk", "article", "article__published_at"))
    own = Row.objects.filter(revision__in=[pk for pk, _, _ in texts]).order_by("revision", "start", "end")
    order: dict[int, list[int]] = defaultdict(list)
    for pk, revision in own.values_list("pk", "revision"):
        order[revision].append(pk)
    missing = {pk for numbers in order.values() for pk in numbers} - seen.keys()
    views = dict(seen) | {pk: View(mention) for pk, mention in read_mentions(missing).items()}
    given = [Text({n: views[n] for n in order[pk]}, day, article) for pk, article, day in texts]
    for (pk, _, _), known in zip(texts, look_up_each(given, joined), strict=True):
        yield _newcomers(order[pk], order[pk], views, known.candidates, {}), known


def _newcomers(
    order: Sequence[int],
    fresh: Sequence[int],
    views: Mapping[int, View],
    stored: Mapping[int, tuple[tuple[Candidate, ...], ...]],
    changed: Mapping[int, int],
) -> list[Newcomer]:
    """``order`` are all mentions of the text, ``fresh`` those without a claim."""
    keys = {mention_id: frozenset(keys_of(views[mention_id])) for mention_id in order}
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
    """
    text = Text(wanted, published, but_not)
    return next(look_up_each([text], {}, among=among, claims=claims, widest=widest, worth=worth))


def look_up_each(
    texts: Sequence[Text],
    joined: Mapping[int, int],
    *,
    among: QuerySet[Row] | None = None,
    claims: int = MOST_CANDIDATES,
    widest: int = WIDEST,
    worth: float = 0.0,
) -> Iterator[Known]:
    """:func:`look_up` for several texts, where the mentions of those before stand beside what is stored, each as a
    claim of its own or as one of that in ``joined``. A constant number of queries, however many there are."""
    near, sharing = _near_and_sharing(texts)
    of_article = _claims_of(near, texts)
    stored = {claim for found in of_article.values() for claim in found} | sharing.claims
    rows = list(_standing_for({claim for claim in stored if claim > 0}, among, widest))
    views = {mention_id: View(mention) for mention_id, mention in read_rows(rows).items()}
    members: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        members[row.claim_id or 0].append(row.pk)
    everything = dict(views)
    features: dict[int, dict[str, float]] = {}
    by_id = {row.pk: row for row in rows}
    for place, text in enumerate(texts):
        of_events = (joined.get(-c, c) for article in near[place] for c in of_article[article])
        found = [*list(dict.fromkeys(of_events))[:MOST_OF_EVENT], *sharing.most(place, joined)]
        claim_of = {m: c for c in dict.fromkeys(found) for m in members[c][:widest]}
        pool: Index[int] = Index(WITHIN_EVENTS)
        for number in sorted(claim_of):
            if number not in features:
                features[number] = features_of(everything[number], WITHIN_EVENTS)
            pool.add(number, everything[number], features[number])
        candidates = {
            n: _nearest(seen, pool, claim_of, everything, claims, worth) for n, seen in text.mentions.items()
        }
        yield Known(candidates, by_id, views)
        if len(texts) > 1:
            everything |= text.mentions
            for number in text.mentions:
                members[joined.get(number, -number)].append(number)


def _near_and_sharing(texts: Sequence[Text]) -> tuple[list[list[int]], _Sharing]:
    """The articles that are near each text, and the claims that share keys with its mentions. Two queries."""
    told = [Told(event_words(text.names), text.published, text.article) for text in texts]
    keys = [{n: _written(leads_of(seen)) for n, seen in text.mentions.items()} for text in texts]
    words = {frequency_key(word) for one in told for word in one.words}
    count = how_common(words | {key for of_text in keys for found in of_text.values() for key in found})
    events, sharing = Events(told, count), _Sharing(keys, count)
    held = holders(events.keys | sharing.keys)
    sharing.know(held)
    return events.near(held), sharing


def _written(keys: Iterable[Key]) -> list[str]:
    """As they are stored."""
    return [str(key)[:250] for key in keys]


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


def _claims_of(near: Sequence[Sequence[int]], texts: Sequence[Text]) -> dict[int, list[int]]:
    """The claims of each article that is near a text, in the order of its own. What one of the texts says is a claim
    under its number, turned negative."""
    wanted = {article for found in near for article in found}
    rows = Row.objects.filter(
        revision__article__in=wanted, revision__is_current=True, claim__isnull=False
    ).values_list("revision__article", "start", "claim")
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for article, start, claim in rows:
        if claim is not None:
            found[article].append((start, claim))
    for text in texts:
        if text.article in wanted:
            found[text.article or 0] += [(seen.mention.start, -n) for n, seen in text.mentions.items()]
    return defaultdict(list, {article: [c for _, c in sorted(told)] for article, told in found.items()})


class _Sharing:
    """The claims that share keys with the mentions of texts. What a text says is, for those after it, a claim under
    its number, turned negative. :param stored: how many stored claims have each key."""

    def __init__(self, keys: Sequence[Mapping[int, Sequence[str]]], stored: Mapping[str, int]) -> None:
        given: dict[str, list[int]] = defaultdict(list)  # before the text that is looked at
        #: for each text, for each mention, the keys that are followed, and how many claims have them
        self._followed: list[dict[int, list[tuple[str, int]]]] = []
        self._beside: list[dict[str, list[int]]] = []
        for of_text in keys:
            count = {k: stored.get(k, 0) + len(given[k]) for found in of_text.values() for k in found}
            followed = {n: _rarest(found, count) for n, found in of_text.items()}
            self._followed.append(followed)
            self._beside.append({key: list(given[key]) for found in followed.values() for key, _ in found})
            for number, found in of_text.items():
                for key in found:
                    given[key].append(-number)

    @property
    def keys(self) -> set[str]:
        """Those whose holders :meth:`know` has to be told."""
        return {key for of_text in self._followed for found in of_text.values() for key, _ in found}

    def know(self, held: Holders) -> None:
        """Learn who holds the keys, before anything is asked."""
        self._holders = {key: [claim for claim, _ in held[key]] for key in self.keys & held.keys()}
        #: of all of them those that may be the most for one text
        self.claims = {claim for place in range(len(self._followed)) for claim in self.most(place, {})}

    def most(self, place: int, joined: Mapping[int, int]) -> list[int]:
        """The claims that share most keys with a mention of the text in that place, rarer ones weighing more."""
        best: Counter[int] = Counter()
        for found in self._followed[place].values():
            weight: dict[int, float] = defaultdict(float)
            for key, count in found:
                beside = (joined.get(-claim, claim) for claim in self._beside[place][key])
                for claim_id in dict.fromkeys((*self._holders.get(key, ()), *beside)):
                    weight[claim_id] += math.log((COMMON + 1) / count)
            for claim_id in sorted(weight, key=lambda c: (-weight[c], c < 0, abs(c)))[:MOST_SHARING]:
                best[claim_id] = max(best[claim_id], round(weight[claim_id] * 1000))
        return sorted(best, key=lambda c: (-best[c], c < 0, abs(c)))[:MOST_SHARING_IN_ALL]


def _rarest(texts: Iterable[str], count: Mapping[str, int]) -> list[tuple[str, int]]:
    """The rarest keys that lead to ``FOLLOWED`` claims together, each with how many have it."""
    left, followed = FOLLOWED, []
    rare = (text for text in texts if 0 < count[text] <= COMMON)
    for text in sorted(rare, key=lambda text: (count[text], text)):
        left -= count[text]
        if left < 0:
            break
        followed.append((text, count[text]))
    return followed


def _standing_for(claim_ids: Iterable[int], among: QuerySet[Row] | None, widest: int) -> QuerySet[Row]:
    """The first current mentions of each claim, at most ``widest``, as they are read."""
    rows = Row.objects.filter(claim_id__in=list(claim_ids), revision__is_current=True)
    place = Window(RowNumber(), partition_by="claim_id", order_by="pk")
    first = (
        rows.alias(place=place).filter(place__lte=widest).values("pk")
    )  # what is left out is not put together
    rows = Row.objects.all() if among is None else among
    return to_be_read(rows.filter(pk__in=first)).order_by("pk")
