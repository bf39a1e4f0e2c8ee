"""Two claims side by side, with the two mentions whose comparison relates them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from claims.models import Claim, Mention
from claims.selectors.reading import in_sentences
from verification.models import Comparison, Judgement, Relation


@dataclass(frozen=True, slots=True)
class Pair:
    """Sides are those of the claims: ``a`` of the trace speaks of claim a.

    A comparison's own sides are in the order of its mentions, which need not be that of their claims.
    """

    relation: Relation
    comparison: Comparison
    a: Claim
    b: Claim
    mention_a: Mention
    mention_b: Mention
    trace: tuple[Mapping[str, Any], ...]
    judgements: tuple[Judgement, ...]  # people's words on the two claims, newest first


def pair(relation: Relation) -> Pair:
    """Gather what is to be seen of a relation, in a constant number of queries."""
    comparison = relation.comparison
    claims = Claim.objects.select_related("standing", "assessment").in_bulk([relation.a_id, relation.b_id])
    wanted = Mention.objects.filter(pk__in=[comparison.a_id, comparison.b_id])
    mentions = {m.pk: m for m in in_sentences(wanted).prefetch_related("quantities", "times")}
    first, second = mentions[comparison.a_id], mentions[comparison.b_id]
    turned = first.claim_id == relation.b_id
    judgements = Judgement.objects.filter(a=relation.a_id, b=relation.b_id).select_related("reviewer")
    return Pair(
        relation=relation,
        comparison=comparison,
        a=claims[relation.a_id],
        b=claims[relation.b_id],
        mention_a=second if turned else first,
        mention_b=first if turned else second,
        trace=tuple(
            {**step, "a": step["b"], "b": step["a"]} if turned else step for step in comparison.trace
        ),
        judgements=tuple(judgements.order_by("-pk")),
    )
