"""Where a reviewer is in the queue: the filter they work under, and the way to the next claim."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse

from verification.selectors.queue import Wanted, held_by
from verification.services.leasing import take_next

_KEY = "queue"


def wanted(request: HttpRequest) -> Wanted:
    """The filter that the person last looked at the queue with."""
    return Wanted.of(request.session.get(_KEY, {}))


def remember(request: HttpRequest, filtered: Wanted) -> None:
    """Keep the filter for "next"; the session is written only if it is another than before."""
    if request.session.get(_KEY, {}) != filtered.given():
        request.session[_KEY] = filtered.given()


def next_page(request: HttpRequest, person: User, filtered: Wanted, after: int | None = None) -> str:
    """Take the next claim: its address. ``after``: look behind it first.

    Where nothing else waits, the address of what the person holds besides, else the queue's.
    """
    lease = take_next(person, filtered, after=after)
    if lease is None and after is not None:
        lease = take_next(person, filtered)
    if lease is not None:
        return reverse("admin:claims_claim_change", args=[lease.claim_id])
    narrowed = " under this filter" if filtered.given() else ""
    messages.info(request, f"Nothing else waits for you{narrowed}: what is left, others hold or you skipped.")
    besides = [lease.claim_id for lease in held_by(person) if lease.claim_id != after]
    if besides:
        return reverse("admin:claims_claim_change", args=[besides[0]])
    return reverse("admin:verification_waiting_changelist")
