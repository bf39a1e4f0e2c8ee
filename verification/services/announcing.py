"""Telling webhooks what happened to claims, from the same events that clients follow."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from claims.models import Webhook
from claims.services.webhooks import Message, forget_delivered, hand_over, listening
from verification.models import Event
from verification.services.sequencing import put_in_order

BATCH = 500
MOST_BATCHES = 20  # at one go; the next one goes on


def last_position() -> int:
    """That of the last thing that happened: a new webhook is told what comes after it."""
    while put_in_order():
        pass
    return Event.objects.aggregate(last=Max("position"))["last"] or 0


def announce() -> int:
    """Hand what happened since the last time over to each webhook. Returns how many messages are to be sent."""
    put_in_order()
    forget_delivered()
    handed = 0
    for webhook_id in list(listening().values_list("pk", flat=True)):
        for _ in range(MOST_BATCHES):
            found, messages = _hand_batch(webhook_id)
            handed += messages
            if found < BATCH:
                break
    return handed


@transaction.atomic
def _hand_batch(webhook_id: int) -> tuple[int, int]:
    """The next events for one webhook: how many were looked at, and how many it wants. Each once, whoever runs this."""
    webhook = Webhook.objects.select_for_update().get(pk=webhook_id)
    events = Event.objects.filter(position__gt=webhook.follows).select_related("actor", "claim")
    batch = list(events.order_by("position")[:BATCH])
    if not batch:
        return 0, 0
    webhook.follows = batch[-1].position or 0
    webhook.save(update_fields=["follows"])
    wanted = [_message(event) for event in batch if not webhook.kinds or event.kind in webhook.kinds]
    return len(batch), hand_over(webhook, wanted)


def _message(event: Event) -> Message:
    """What is told of an event: as in the list of events, with the claim's words."""
    return Message(
        id=f"evt_{event.pk}",
        kind=f"claim.{event.kind}",
        at=event.created_at,
        data={
            "id": event.pk,
            "position": event.position,
            "claim": event.claim_id,
            "text": event.claim.text,
            "kind": event.kind,
            "actor": event.actor.get_username() if event.actor else None,
            "from_status": event.from_status,
            "to_status": event.to_status,
            "reason": event.reason,
            "evidence": event.evidence,
        },
    )
