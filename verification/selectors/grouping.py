"""What decides which mentions make one claim, gathered for :mod:`verification.grouping`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Q

from claims.extraction.types import Attribution
from claims.models import Mention
from verification.comparison.types import Relation as Word
from verification.grouping import JOIN_AT, Rank, Ties
from verification.models import Comparison, Standing, Tie
from verification.selectors.grounds import AGAINST_AT


@dataclass(frozen=True, slots=True)
class Component:
    """Current mentions that hang together, with the claims they have now; nothing outside is tied to them."""

    ranks: dict[int, Rank]
    ties: Ties
    claim_of: dict[int, int]
    decided: frozenset[int]  # claims with a verdict


def component(mention_ids: Iterable[int]) -> Component:
    """All that has to be grouped anew where something about these mentions has changed."""
    rows = {row.pk: row for row in _reached(mention_ids)}
    claim_of = {pk: row.claim_id for pk, row in rows.items() if row.claim_id is not None}
    decided = Standing.objects.filter(claim__in=set(claim_of.values())).exclude(verdict="")
    return Component(
        ranks={pk: rank(row) for pk, row in rows.items()},
        ties=_ties(rows),
        claim_of=claim_of,
        decided=frozenset(decided.values_list("claim_id", flat=True)),
    )


def rank(mention: Mention) -> Rank:
    """First published, first; then by the text and the place in it: the same whatever the ids are."""
    revision = mention.revision
    published = revision.article.published_at
    return (
        published.isoformat() if published else "9999",
        revision.sha256,
        revision.article.url,
        f"{mention.start:09}",
        f"{mention.end:09}",
    )


def ranks(mention_ids: Iterable[int]) -> dict[int, Rank]:
    """:func:`rank` of each."""
    rows = Mention.objects.filter(pk__in=list(mention_ids)).select_related("revision__article")
    return {row.pk: rank(row) for row in rows.defer("revision__text", "terms", "links")}


def _reached(mention_ids: Iterable[int]) -> list[Mention]:
    found: set[int] = set()
    edge = set(mention_ids)
    rows: list[Mention] = []
    while edge:
        current = Mention.objects.filter(pk__in=edge, revision__is_current=True)
        new = list(current.select_related("revision__article").defer("revision__text", "terms", "links"))
        rows += new
        found |= edge
        edge = _beside({row.pk for row in new}, {row.claim_id for row in new if row.claim_id}) - found
    return rows


def _beside(ids: set[int], claims: set[int]) -> set[int]:
    """What is in one claim with these mentions, found to be the same, or joined to them by a person."""
    touching = Q(a__in=ids) | Q(b__in=ids)
    same = Comparison.objects.filter(touching, relation=Word.SAME.value, confidence__gte=JOIN_AT)
    joined = Tie.objects.filter(touching, word="same")
    pairs = [*same.values_list("a", "b"), *joined.values_list("a", "b")]
    members = Mention.objects.filter(claim__in=claims).values_list("pk", flat=True)
    return {mention_id for pair in pairs for mention_id in pair} | set(members)


def _ties(mentions: Mapping[int, Mention]) -> Ties:
    ids = set(mentions)
    same: dict[tuple[int, int], float] = {}
    apart = _told_together(mentions.values())
    rows = Comparison.objects.filter(a__in=ids, b__in=ids)
    for a, b, relation, confidence in rows.values_list("a_id", "b_id", "relation", "confidence"):
        if relation == Word.SAME.value:
            same[a, b] = confidence
        elif relation in (Word.CONTRADICTS.value, Word.UPDATES.value) and confidence >= AGAINST_AT:
            apart.add((a, b))
    said = Tie.objects.filter(a__in=ids, b__in=ids).order_by("decision_id", "pk")
    word_of = {(a, b): word for a, b, word in said.values_list("a_id", "b_id", "word")}
    return Ties(
        same,
        frozenset(apart),
        frozenset(pair for pair, word in word_of.items() if word == "same"),
        frozenset(pair for pair, word in word_of.items() if word == "different"),
    )


def _told_together(mentions: Iterable[Mention]) -> set[tuple[int, int]]:
    """Pairs of one sentence: two claims, whatever ties them (see :func:`verification.deciding.told_together`)."""
    by_sentence: dict[tuple[int, int], list[int]] = defaultdict(list)
    for mention in mentions:
        if mention.attribution != Attribution.DENIED:
            by_sentence[mention.revision_id, mention.sentence_start].append(mention.pk)
    return {pair for ids in by_sentence.values() for pair in combinations(sorted(ids), 2)}
