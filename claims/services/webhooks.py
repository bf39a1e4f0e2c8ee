"""Telling others what happened, as Standard Webhooks describes it (https://www.standardwebhooks.com).

Each message to each webhook is a :class:`claims.models.Delivery` with a step: tried with growing pauses over more
than a day, then kept as failed until somebody has it sent again. Signed with HMAC-SHA256 over id, moment and body;
sent to public addresses only.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from claims import pipeline
from claims.fetching import Unreadable, post
from claims.models import Delivery, Webhook

KIND = "deliver"
#: 10, 30, 90, ... seconds between them: the last one more than a day after the first
ATTEMPTS = 10
#: what was delivered is remembered so long; what was not, for ever
KEPT_FOR = timedelta(days=30)
_MARK = "whsec_"
_SECRET_BYTES = 32
#: answers after which another try would be no use
_FINAL = frozenset({"http-410", "forbidden-address", "bad-url"})


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be told. ``data`` must be JSON; ``id`` is the same however often it is sent."""

    id: str
    kind: str
    at: datetime
    data: Mapping[str, Any]


def add_webhook(
    *, owner: User, name: str, url: str, kinds: Iterable[str], follows: int
) -> tuple[Webhook, str]:
    """Make a webhook that is told what happens after position ``follows``. Returns it with its secret.

    The secret is in no answer after this one.
    """
    secret = _new_secret()
    row = Webhook.objects.create(
        owner=owner, name=name, url=url, kinds=sorted(set(kinds)), follows=follows, secret=secret
    )
    return row, secret


@transaction.atomic
def rotate(webhook: Webhook, *, grace: timedelta) -> tuple[Webhook, str]:
    """Give it another secret, which is returned; the old one signs as well for ``grace``, so that none is lost."""
    row = Webhook.objects.select_for_update().get(pk=webhook.pk)
    row.previous_secret, row.previous_until = row.secret, timezone.now() + grace
    row.secret = _new_secret()
    row.save(update_fields=["secret", "previous_secret", "previous_until"])
    return row, row.secret


def switch(webhook: Webhook) -> bool:
    """Switch it on if it is off, and the other way round. Returns whether it is on now."""
    Webhook.objects.filter(pk=webhook.pk).update(active=not webhook.active)
    return not webhook.active


def hand_over(webhook: Webhook, messages: Iterable[Message]) -> int:
    """Record a delivery of each message, and a step for each. Within a transaction. Returns how many."""
    rows = Delivery.objects.bulk_create(
        Delivery(
            webhook=webhook,
            message_id=message.id,
            kind=message.kind,
            body=json.dumps(
                {"type": message.kind, "timestamp": message.at.isoformat(), "data": message.data},
                ensure_ascii=False,
            ),
        )
        for message in messages
    )
    pipeline.enqueue_all(KIND, [row.pk for row in rows])
    return len(rows)


def replay(delivery: Delivery) -> bool:
    """Send it once more, delivered or failed. False if it waits to be sent already."""
    return pipeline.retry(delivery.step)


def forget_delivered() -> int:
    """Let go of what was delivered long ago. Returns how many rows went."""
    old = Delivery.objects.filter(delivered_at__lt=timezone.now() - KEPT_FOR)
    return old.delete()[0]


def send(delivery_id: int) -> int:
    """POST a delivery. Returns the status; raises :class:`Unreadable` unless it says that it was taken (2xx)."""
    delivery = Delivery.objects.select_related("webhook__owner").get(pk=delivery_id)
    webhook = delivery.webhook
    if not webhook.active:
        raise Unreadable("webhook-off", f"Webhook {webhook.name!r} is off. Switch it on and send again.")
    if not webhook.owner.is_active:
        owner = webhook.owner.get_username()
        why = (
            f"The account {owner!r}, whose webhook {webhook.name!r} is, is not active. Make one of your own."
        )
        raise Unreadable("owner-inactive", why)
    body = delivery.body.encode()
    try:
        status = post(
            webhook.url,
            body,
            signed_headers(webhook, delivery.message_id, body, timezone.now()),
            allow_hosts=settings.FETCH_PRIVATE_HOSTS,
        )
    except Unreadable as error:
        message = error.message if error.code != "forbidden-address" else _not_public(webhook.url)
        raise Unreadable(error.code, message, error.code not in _FINAL) from error
    if not 200 <= status < 300:
        code = f"http-{status}"
        raise Unreadable(code, f"{webhook.url!r} answered {status}, where 2xx is right.", code not in _FINAL)
    return status


def _not_public(url: str) -> str:
    return (
        f"{url!r} is not at a public address, and only such are told anything. Make a webhook at one, or name its "
        "host in the setting FETCH_PRIVATE_HOSTS."
    )


def store_sent(delivery_id: int, status: int) -> pipeline.Done:
    Delivery.objects.filter(pk=delivery_id).update(delivered_at=timezone.now())
    return pipeline.Done(note=f"answered {status}")


def signed_headers(webhook: Webhook, message_id: str, body: bytes, now: datetime) -> dict[str, str]:
    """The headers of one try: ``webhook-signature`` has one signature for each secret that still holds."""
    stamp = str(int(now.timestamp()))
    keys = [webhook.secret]
    if webhook.previous_until is not None and webhook.previous_until > now:
        keys.append(webhook.previous_secret)
    signed = f"{message_id}.{stamp}.".encode() + body
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(f"v1,{_signature(key, signed)}" for key in keys),
    }


def listening() -> QuerySet[Webhook]:
    """Those that are to be told: as with keys, who has left reads nothing more."""
    return Webhook.objects.filter(active=True, owner__is_active=True).order_by("pk")


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(_MARK))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def _new_secret() -> str:
    return _MARK + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()
