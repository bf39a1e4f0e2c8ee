"""When claims are due for another look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Max

from claims.models import Mention
from verification import freshness
from verification.freshness import Said
from verification.models import ShelfLife, Verdict


def due_dates(mentions_of: Mapping[int, Sequence[Mention]]) -> dict[int, datetime | None]:
    """By claim, from its current mentions: when it is due, None if it does not go stale. Two queries.

    The kind and words are those of its first mention; the period, and when the time begins to run, those of the one
    published last, or of the last verdict.
    """
    days_of = dict(ShelfLife.objects.values_list("name", "days"))
    decided = last_decided(mentions_of)
    found: dict[int, datetime | None] = {}
    for claim_id, mentions in mentions_of.items():
        if not mentions:
            found[claim_id] = None
            continue
        lead, newest = mentions[0], max(mentions, key=_said_at)
        found[claim_id] = freshness.due_at(
            Said(
                kind=lead.kind,
                words=lead.terms,
                as_of_last=newest.as_of_last,
                said_at=_said_at(newest),
                decided_at=decided.get(claim_id),
            ),
            days_of,
        )
    return found


def _said_at(mention: Mention) -> datetime:
    return mention.revision.article.published_at or mention.revision.created_at


def last_decided(claim_ids: Iterable[int]) -> dict[int, datetime]:
    """When a person last gave a verdict that was not taken back, by claim; without those that have none."""
    rows = Verdict.objects.filter(claim_id__in=list(claim_ids), withdrawal=None).order_by()
    return dict(rows.values_list("claim_id").annotate(at=Max("created_at")))
