"""Two claims side by side, with the two mentions whose comparison relates them, and what people said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q

from claims.models import Claim, Mention
from claims.selectors.mentions import as_read, with_parts
from claims.selectors.reading import in_sentences
from verification.comparison.alignment import Aligned, align
from verification.comparison.types import Relation as Word
from verification.models import Comparison, Event, Judgement, Relation

#: more pairs of one claim are not gone through one by one
MOST_PAIRS = 100


@dataclass(frozen=True, slots=True)
class Compared:
    """A relation with the two mentions that were compared. Sides are those of the claims: see :class:`Pair`."""

    relation: Relation
    comparison: Comparison
    mention_a: Mention
    mention_b: Mention
    trace: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Sides are those of the claims: ``a`` of the trace and of the alignment speaks of claim a.

    A comparison's own sides are in the order of its mentions, which need not be that of their claims.
    """

    relation: Relation
    comparison: Comparison
    a: Claim
    b: Claim
    mention_a: Mention
    mention_b: Mention
    trace: tuple[Mapping[str, Any], ...]
    alignment: tuple[Aligned, ...]
    judgements: tuple[Judgement, ...]  # people's words on the two claims, newest first
    seen: int  # the last event on either claim, for who judges them


@dataclass(frozen=True, slots=True)
class Round:
    """The pairs of a claim, surest first, as they are gone through: where one is, and where to go."""

    claim: Claim
    place: int  # from 1
    count: int
    before: int | None  # the relation's id
    after: int | None
    unjudged: int | None  # the next on which nobody has said a word, from here on and round


def compared(relation: Relation) -> Compared:
    """The relation with its comparison. One query."""
    comparison = relation.comparison
    rows = in_sentences(Mention.objects.filter(pk__in=[comparison.a_id, comparison.b_id]))
    return _turned(relation, {mention.pk: mention for mention in rows})


def pair(relation: Relation) -> Pair:
    """Gather what is to be seen of a relation, in a constant number of queries."""
    comparison = relation.comparison
    claims = Claim.objects.select_related("standing", "assessment").in_bulk([relation.a_id, relation.b_id])
    found = _turned(relation, _mentions(comparison))
    first, second = found.mention_a, found.mention_b
    judgements = Judgement.objects.filter(a=relation.a_id, b=relation.b_id).select_related("reviewer")
    return Pair(
        relation=relation,
        comparison=comparison,
        a=claims[relation.a_id],
        b=claims[relation.b_id],
        mention_a=first,
        mention_b=second,
        trace=found.trace,
        alignment=align(as_read(first), as_read(second)),
        judgements=tuple(judgements.order_by("-pk")),
        seen=last_event([relation.a_id, relation.b_id]),
    )


def pair_round(relation: Relation, claim: Claim) -> Round | None:
    """Where ``relation`` is among the pairs of ``claim``; None if it is not one of them."""
    rows = Relation.objects.filter(Q(a=claim) | Q(b=claim)).exclude(relation=Word.UNRELATED.value)
    ids = list(rows.order_by("-confidence", "pk").values_list("pk", flat=True)[:MOST_PAIRS])
    if relation.pk not in ids:
        return None
    said = Judgement.objects.filter(Q(a=claim) | Q(b=claim)).values_list("a_id", "b_id")
    judged = set(said)
    sides = {pk: (a, b) for pk, a, b in rows.filter(pk__in=ids).values_list("pk", "a_id", "b_id")}
    at = ids.index(relation.pk)
    rest = [*ids[at + 1 :], *ids[:at]]
    return Round(
        claim=claim,
        place=at + 1,
        count=len(ids),
        before=ids[at - 1] if at else None,
        after=ids[at + 1] if at + 1 < len(ids) else None,
        unjudged=next((pk for pk in rest if sides[pk] not in judged), None),
    )


def last_event(claim_ids: Sequence[int]) -> int:
    """The last event on any of these claims, 0 if there is none."""
    return Event.objects.filter(claim__in=claim_ids).aggregate(last=Max("pk"))["last"] or 0


def _turned(relation: Relation, mentions: Mapping[int, Mention]) -> Compared:
    """With the claims' sides, which need not be those of the comparison."""
    comparison = relation.comparison
    first, second = mentions[comparison.a_id], mentions[comparison.b_id]
    if first.claim_id != relation.b_id:
        return Compared(relation, comparison, first, second, tuple(comparison.trace))
    trace = tuple({**step, "a": step["b"], "b": step["a"]} for step in comparison.trace)
    return Compared(relation, comparison, second, first, trace)


def _mentions(comparison: Comparison) -> dict[int, Mention]:
    rows = with_parts(in_sentences(Mention.objects.filter(pk__in=[comparison.a_id, comparison.b_id])))
    return {m.pk: m for m in rows.prefetch_related("quantities", "times")}
