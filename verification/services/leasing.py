"""Who holds which claim: taken, given back, skipped; a lease that is left alone runs out by itself.

That no two people get the same claim rests on three things: the row of the queue is locked while it is given
away (PostgreSQL: SKIP LOCKED, so that nobody waits; SQLite: a transaction that writes has the only lock from
its start), the lease is looked for again under that lock, and the database takes one live lease a claim.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from verification.models import Lease, Standing
from verification.refusals import Held, NotAllowed
from verification.selectors.queue import Place, Wanted, behind, live_leases, offered, waiting

#: who holds so many and takes one more gives back what was taken first
MOST_HELD = 5


@transaction.atomic
def take_next(actor: User, wanted: Wanted = Wanted(), *, after: int | None = None) -> Lease | None:  # noqa: B008
    """Give ``actor`` the first claim of the queue that nobody holds; None if there is none.

    ``after``: a claim behind which to look, so that a reviewer goes on from what they have before them. What
    the actor holds is left with them, and what they skipped is not given again for a day.
    """
    _allow(actor)
    rows = offered(waiting(wanted), actor)
    place = _place(after)
    if place is not None:
        rows = behind(rows, place)
    tried: list[int] = []
    while True:
        locked = rows.exclude(claim__in=tried).select_for_update(skip_locked=True, of=("self",))
        found = locked.only("claim_id", "rank").first()
        if found is None:
            return None
        # Another may have taken it between the look and the lock: what holds is what stands now.
        if _live(found.claim_id) is None:
            return _hold(found.claim_id, actor)
        tried.append(found.claim_id)


@transaction.atomic
def take(claim_id: int, actor: User) -> Lease:
    """Take this claim, or hold it longer. Raises Held while another person has it, NotAllowed if none waits."""
    _allow(actor)
    standing = Standing.objects.select_for_update().filter(claim=claim_id).first()
    if standing is None or standing.rank is None:
        raise NotAllowed(f"claim {claim_id} does not wait for a person: take another from the queue")
    live = _live(claim_id)
    if live is None:
        return _hold(claim_id, actor)
    if live.holder_id != actor.pk:
        raise held(live)
    live.until = timezone.now() + _length()
    live.save(update_fields=["until"])
    return live


@transaction.atomic
def release(claim_id: int, actor: User) -> bool:
    """Give the claim back. Another person's takes the permission for it. False if nobody held it."""
    live = _live(claim_id)
    if live is None:
        return False
    if live.holder_id != actor.pk and not actor.has_perm("verification.release_lease"):
        raise held(live)
    _end(live, Lease.Ending.RELEASED)
    return True


@transaction.atomic
def skip(claim_id: int, actor: User) -> None:
    """Give the claim back and do not get it again for a day."""
    _allow(actor)
    live = _live(claim_id)
    if live is not None and live.holder_id != actor.pk:
        raise held(live)
    if live is None:
        Standing.objects.select_for_update().get(claim=claim_id)
        live = _hold(claim_id, actor)
    _end(live, Lease.Ending.SKIPPED)


def check(claim_id: int, actor: User) -> None:
    """Raises Held if another person has the claim. The caller locked its standing."""
    live = _live(claim_id)
    if live is not None and live.holder_id != actor.pk:
        raise held(live)


def settle(claim_id: int, actor: User) -> None:
    """The claim is decided: the actor's lease ends. Raises Held if another person has it.

    The caller locked the claim's standing, in the same transaction.
    """
    live = _live(claim_id)
    if live is None:
        return
    if live.holder_id != actor.pk:
        raise held(live)
    _end(live, Lease.Ending.DECIDED)


def held(lease: Lease) -> Held:
    """The refusal that says who has it and what can be done."""
    return Held(
        f"{lease.holder} holds claim {lease.claim_id} until {lease.until:%H:%M} UTC: take another, "
        "or have it released"
    )


def _live(claim_id: int) -> Lease | None:
    """The lease that holds now, locked."""
    rows = live_leases().filter(claim=claim_id).select_related("holder").order_by()
    return rows.select_for_update(of=("self",)).first()


def _hold(claim_id: int, actor: User) -> Lease:
    """A new lease; the claim's standing is locked and nobody's lease on it holds."""
    now = timezone.now()
    expired = Lease.objects.filter(claim=claim_id, ended_at=None)
    expired.update(ended_at=now, ending=Lease.Ending.EXPIRED)
    lease = Lease.objects.create(claim_id=claim_id, holder=actor, taken_at=now, until=now + _length())
    for surplus in live_leases().filter(holder=actor).order_by("-taken_at", "-pk")[MOST_HELD:]:
        _end(surplus, Lease.Ending.RELEASED)
    return lease


def _end(lease: Lease, ending: Lease.Ending) -> None:
    lease.ended_at, lease.ending = timezone.now(), ending
    lease.save(update_fields=["ended_at", "ending"])


def _place(claim_id: int | None) -> Place | None:
    if claim_id is None:
        return None
    rank = Standing.objects.filter(claim=claim_id).values_list("rank", flat=True).first()
    return None if rank is None else Place(rank, claim_id)


def _length() -> timedelta:
    return timedelta(minutes=settings.LEASE_MINUTES)


def _allow(actor: User) -> None:
    if not actor.has_perm("verification.add_lease"):
        raise NotAllowed(f"{actor.get_username()} may not do this: it needs verification.add_lease")
