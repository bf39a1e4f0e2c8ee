"""Claims as rows of a list, for as many claims as there may be, and how many there are of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from claims.models import Claim, Mention
from verification.models import Standing
from verification.models.words import Workflow


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims have each status, and how many wait for a person."""

    status: tuple[tuple[str, int], ...]  # most first
    needs_review: int
    queued: int
    in_review: int
    second_review: int


def with_standing(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """``claims`` with standing and assessment, and ``mention_count``: in current texts.

    The count is a subquery, so that the database counts for the rows of one page only.
    """
    mentions = Mention.objects.filter(claim=OuterRef("pk"), revision__is_current=True)
    count = mentions.order_by().values("claim").annotate(n=Count("pk")).values("n")
    return claims.select_related("standing", "assessment").annotate(
        mention_count=Coalesce(Subquery(count), 0)
    )


def from_source(claims: QuerySet[Claim], source_id: int) -> QuerySet[Claim]:
    """Those of ``claims`` that this source makes in a current text."""
    made = Mention.objects.filter(revision__article__source=source_id, revision__is_current=True)
    return claims.filter(pk__in=made.values("claim"))


def tally() -> Tally:
    """Counts over all claims. Three queries that an index can answer each; one for all is slower."""
    status, workflow = _count("status"), _count("workflow")
    return Tally(
        status=tuple(status.most_common()),
        needs_review=Standing.objects.filter(needs_review=True).count(),
        queued=workflow[Workflow.QUEUED],
        in_review=workflow[Workflow.IN_REVIEW],
        second_review=workflow[Workflow.SECOND_REVIEW],
    )


def _count(field: str) -> Counter[str]:
    return Counter(dict(Standing.objects.order_by().values_list(field).annotate(n=Count("pk"))))
