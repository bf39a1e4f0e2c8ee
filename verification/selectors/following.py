"""What happened, for those who follow it."""

from __future__ import annotations

from django.db.models import QuerySet

from claims.models import Claim
from verification.models import Event

LATEST = 50


def latest_events(claims: QuerySet[Claim]) -> list[Event]:
    """The latest things that happened to ``claims``, newest first, with claim and actor: one query."""
    rows = Event.objects.filter(position__isnull=False, claim__in=claims.values("pk"))
    return list(rows.select_related("claim", "actor").order_by("-position")[:LATEST])
