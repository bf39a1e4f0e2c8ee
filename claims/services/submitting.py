"""Handing something in to be read."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims import pipeline
from claims.fetching import canonical_url
from claims.models import Feed, Step, Submission


@dataclass(frozen=True, slots=True)
class Incoming:
    """What is handed in. ``payload`` holds a text's or page's bytes as they came, None for a link.

    ``label`` is what a person knows it by. ``published`` must be aware of its time zone.
    """

    kind: Submission.Kind
    channel: Submission.Channel
    label: str
    payload: bytes | None = None
    url: str = ""
    title: str = ""
    source: str = ""
    publisher: str = ""
    byline: str = ""
    published: datetime | None = None

    @property
    def fingerprint(self) -> str:
        """The same for the same thing handed in again, through whichever channel."""
        if self.kind == Submission.Kind.LINK and self.payload is None:
            return Submission.link_fingerprint(self.url or self.label)
        parts = [
            self.kind,
            self.url or self.label if self.payload is None else self.url,
            hashlib.sha256(self.payload).hexdigest() if self.payload is not None else "",
            ""
            if self.kind == Submission.Kind.LINK
            else f"{self.title}\0{self.source}\0{self.publisher}\0{self.byline}",
            self.published.isoformat() if self.published and self.kind != Submission.Kind.LINK else "",
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@transaction.atomic
def submit(
    incoming: Incoming, *, by: User | None = None, feed: Feed | None = None
) -> tuple[Submission, bool]:
    """Record it and have it read; ``feed`` is what listed it. Returns the submission and whether it is new.

    The same thing again is the same submission; if it had failed, it is tried once more. If no article stands
    that came of it (a person removed it, or it was itself a feed), it is read as if it were new; but not what a
    feed lists, which lists again what it listed before without meaning anything by it.
    Raises :class:`claims.fetching.Unreadable` for an address that is none.
    """
    if incoming.url:
        incoming = replace(incoming, url=canonical_url(incoming.url))
    submission, created = _record(incoming, by, feed)
    step = pipeline.enqueue("fetch", submission.pk)
    if not created and step.state == Step.State.FAILED:
        pipeline.retry(step)
    elif not created and step.state == Step.State.DONE and incoming.channel != Submission.Channel.FEED:
        return _reopen(submission, step, incoming, by)
    return submission, created


@transaction.atomic
def refuse(incoming: Incoming, code: str, message: str) -> Submission:
    """Record something that cannot even be taken in (a file that is too large), with its error."""
    submission, _ = _record(incoming, None)
    Step.objects.update_or_create(
        kind="fetch",
        submission=submission,
        defaults={
            "state": Step.State.FAILED,
            "error_code": code,
            "error": message,
            "due_at": timezone.now(),
            "finished_at": timezone.now(),
        },
    )
    return submission


def _record(incoming: Incoming, by: User | None, feed: Feed | None = None) -> tuple[Submission, bool]:
    return Submission.objects.get_or_create(
        fingerprint=incoming.fingerprint, defaults={**_columns(incoming, by), "feed": feed}
    )


def _reopen(
    submission: Submission, step: Step, incoming: Incoming, by: User | None
) -> tuple[Submission, bool]:
    """Read what was handed in before once more, as it is handed in now, if nothing stands that came of it.

    Of two who do so at once, one has it read and the other finds it waiting: the step is asked first.
    """
    gone = Submission.objects.filter(pk=submission.pk, revision=None).exists()
    if not gone or not pipeline.retry(step):
        return submission, False
    for name, value in _columns(incoming, by).items():
        setattr(submission, name, value)
    submission.save()
    return submission, True


def _columns(incoming: Incoming, by: User | None) -> dict[str, Any]:
    return {
        "kind": incoming.kind,
        "channel": incoming.channel,
        "label": incoming.label[:2048],
        "url": incoming.url,
        "payload": incoming.payload,
        "title": incoming.title[:500],
        "source_name": incoming.source[:200],
        "publisher_name": incoming.publisher[:200],
        "byline": incoming.byline[:300],
        "published_at": incoming.published,
        "submitted_by": by,
    }
