"""Claims whose shelf life has ended become due. It costs by what falls due, not by what is stored."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from claims.services.locks import one_at_a_time
from verification.models import Event, Standing
from verification.models.words import EventKind, Freshness

MOST_AT_ONCE = 500


@transaction.atomic
def fall_due(now: datetime | None = None) -> int:
    """Mark current claims whose time has come, oldest first, with an event each. Returns how many.

    No verdict is touched and none needs review by it: due is not wrong.
    """
    now = now or timezone.now()
    ripe = Standing.objects.filter(freshness=Freshness.CURRENT, due_at__lte=now).order_by("due_at", "claim")
    ids = list(ripe.values_list("claim_id", flat=True)[:MOST_AT_ONCE])
    if not ids:
        return 0
    one_at_a_time("crosscheck")
    rows = list(Standing.objects.select_for_update().filter(claim__in=ids).order_by("claim"))
    rows = [row for row in rows if row.freshness == Freshness.CURRENT and row.due_at and row.due_at <= now]
    for row in rows:
        row.freshness = Freshness.DUE
        row.version += 1
    Standing.objects.bulk_update(rows, ["freshness", "version"])
    Event.objects.bulk_create(
        Event(
            claim_id=row.claim_id,
            kind=EventKind.DUE,
            before=f"{row.status}: {row.basis}, {Freshness.CURRENT.value}",
            after=f"{row.status}: {row.basis}, {Freshness.DUE.value}",
            reason="its shelf life has ended: time to look whether it still holds",
            evidence={"due_at": row.due_at.isoformat()} if row.due_at else {},
        )
        for row in rows
    )
    return len(rows)
