"""Polling feeds: what is due, asking, and taking what is new.

An article is known by its address in canonical spelling: entries that come in another order, with another id,
another title or other tracking parameters are no news. One that says it was edited has its article looked at
again, see :mod:`claims.services.watching`.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from claims import pipeline
from claims.fetching import Feed as Read
from claims.fetching import FeedEntry, FeedFormat, Fetched, Unreadable, read_feed
from claims.models import Feed, FeedEvent, Step, Submission
from claims.pipeline import Done
from claims.selectors.feeds import known_addresses, wanted
from claims.services import feeds, watching
from claims.services.politeness import fetch_politely
from claims.services.submitting import Incoming, submit

MOST_AT_ONCE = 200
JITTER = 0.1
#: adaptive polling: the interval shrinks at once where there is news, and grows slowly where there is none
FASTER, SLOWER = 0.5, 1.25
LONGEST_PAUSE = timedelta(days=1)
#: failures one after another until a feed is paused; the intervals between them double
MOST_FAILURES = 10
MOST_SITEMAPS = 20
#: codes that waiting does not mend
FOR_GOOD = {"http-410": "gone for good (410)"}


@dataclass(frozen=True, slots=True)
class Poll:
    """How a feed answered. ``read`` is None where it has not changed, or where ``error`` says why not."""

    url: str
    read: Read | None = None
    answer: Fetched | None = None
    digest: str = ""
    error: Unreadable | None = None


def start_due() -> int:
    """Start the polls that are due. A poll that broke without an answer counts as a failure. Returns how many."""
    now = timezone.now()
    due = Feed.objects.filter(paused_at=None, due_at__lte=now).order_by("due_at")[:MOST_AT_ONCE]
    started = 0
    for feed in due:
        after = now + timedelta(seconds=feed.interval)  # so that one that breaks does not come back at once
        if not Feed.objects.filter(pk=feed.pk, due_at=feed.due_at).update(due_at=after):
            continue  # another beat has it
        broken = Step.objects.filter(kind="poll", feed=feed, state=Step.State.FAILED).first()
        if broken is not None:
            store_poll(feed.pk, Poll(feed.url, error=Unreadable(broken.error_code, broken.error, True)))
            if Feed.objects.filter(pk=feed.pk, paused_at__isnull=False).exists():
                continue
        pipeline.enqueue("poll", feed.pk, again=True)
        started += 1
    return started


def poll(feed_id: int) -> Poll:
    """Ask for the feed, with its validators. What goes wrong is part of the answer. May raise Later."""
    feed = Feed.objects.get(pk=feed_id)
    try:
        answer = fetch_politely(feed.url, as_robot=True, etag=feed.etag, modified=feed.last_modified)
        if answer.not_modified:
            return Poll(feed.url, answer=answer)
        digest = hashlib.sha256(answer.body).hexdigest()
        if digest == feed.digest:
            return Poll(feed.url, answer=answer, digest=digest)
        return Poll(feed.url, read_feed(answer.body, answer.url, answer.charset), answer, digest)
    except Unreadable as error:
        return Poll(feed.url, error=error)


@transaction.atomic
def store_poll(feed_id: int, polled: Poll) -> Done:
    """Hand in what is new, and say when the feed is due again."""
    feed = Feed.objects.select_for_update(of=("self",)).select_related("source__publisher").get(pk=feed_id)
    if polled.url != feed.url:
        return Done(note="its address was changed meanwhile; the next poll asks there")
    feed.polls += 1
    feed.polled_at = timezone.now()
    if polled.error is not None:
        note = _store_failure(feed, polled.error)
    else:
        note = _store_answer(feed, polled)
    feed.save()
    return Done(note=note)


def _store_answer(feed: Feed, polled: Poll) -> str:
    answer, read = polled.answer, polled.read
    assert answer is not None
    new = 0
    note = "not changed"
    if read is not None:
        feed.format, feed.title = read.format.value, read.title[:300]
        if read.format == FeedFormat.INDEX:
            if feed.parent_id is not None:
                return _store_failure(
                    feed, Unreadable("index-in-index", f"{feed.url!r} is an index listed by an index")
                )
            new = _keep_sitemaps(feed, read.entries)
            note = f"an index of {len(read.entries)} sitemaps, {new} of them new"
        else:
            new, edited = _take(feed, read)
            note = f"{len(read.entries)} entries, {new} new, {edited} edited"
    feed.failures, feed.error_code, feed.error = 0, "", ""
    if not answer.not_modified:
        feed.etag, feed.last_modified = (answer.etag or "")[:500], (answer.last_modified or "")[:100]
        feed.digest = polled.digest
    if new:
        feed.new_at = feed.polled_at
    _move(feed, answer.moved_to)
    _adapt(feed, news=bool(new), ttl=read.ttl if read else None)
    if read is not None and read.expired:
        _pause(feed, "the feed itself says that nothing will be added any more (expired)")
    return note


def _store_failure(feed: Feed, error: Unreadable) -> str:
    feed.failures += 1
    feed.error_code, feed.error = error.code, error.message
    wait = timedelta(seconds=_spread(feed) * min(feed.interval * 2.0**feed.failures, 86_400.0))
    feed.due_at = timezone.now() + max(min(wait, LONGEST_PAUSE), timedelta(seconds=error.retry_after or 0.0))
    if error.code in FOR_GOOD:
        _pause(feed, f"{FOR_GOOD[error.code]}: {error.message}")
    elif feed.failures >= MOST_FAILURES:
        _pause(feed, f"{feed.failures} failures one after another, the last: {error.message}")
    return f"{error.code}: {error.message}"


def _take(feed: Feed, read: Read) -> tuple[int, int]:
    """Hand in the entries that are not known. Returns how many, and how many known ones are looked at again."""
    now = timezone.now()
    fits = [e for e in read.entries if wanted(e, read.format, feed.backfill_days, feed.created_at)]
    known = known_addresses(entry.url for entry in fits)
    for entry in fits:
        if entry.url not in known:
            submit(_incoming(feed, entry, now), feed=feed)
    edited = {e.url: e.updated for e in fits if e.url in known and e.updated and e.updated <= now}
    new = len(fits) - sum(entry.url in known for entry in fits)
    feed.taken += new
    return new, watching.hint(edited, now) if edited else 0


def _incoming(feed: Feed, entry: FeedEntry, now: datetime) -> Incoming:
    published = entry.published
    return Incoming(
        kind=Submission.Kind.LINK,
        channel=Submission.Channel.FEED,
        label=entry.url,
        url=entry.url,
        title=" ".join((entry.title or "").split()),
        source=feed.source.name,
        publisher=feed.source.publisher.name if feed.source.publisher else "",
        published=published if published and published <= now + timedelta(days=1) else None,
    )


def _keep_sitemaps(feed: Feed, entries: Iterable[FeedEntry]) -> int:
    """Keep the newest sitemaps of an index as feeds of their own, and pause those that it lists no more."""
    listed = [e.url for e in entries if wanted(e, FeedFormat.RSS, feed.backfill_days, feed.created_at)]
    listed = listed[:MOST_SITEMAPS]
    kept = dict(Feed.objects.filter(url__in=listed).values_list("url", "pk"))
    for url in listed:
        if url in kept:
            continue
        child = Feed.objects.create(
            source=feed.source,
            url=url,
            parent=feed,
            interval_min=feed.interval_min,
            interval_max=feed.interval_max,
            interval=feed.interval,
            backfill_days=feed.backfill_days,
        )
        FeedEvent.objects.create(
            feed=child, kind=FeedEvent.Kind.ADDED, after=url, reason=f"listed by {feed.url}"
        )
    for child in feed.children.filter(paused_at=None).exclude(url__in=listed):
        feeds.pause(child.pk, f"{feed.url} does not list it any more", actor=None)
    return len(listed) - len(kept)


def _move(feed: Feed, to: str | None) -> None:
    """Follow a feed that has moved for good, unless another one is kept there."""
    if to is None or to == feed.url:
        return
    other = Feed.objects.filter(url=to).exclude(pk=feed.pk).first()
    if other is not None:
        _pause(feed, f"it has moved to {to}, which is kept as feed {other.pk} already")
        return
    FeedEvent.objects.create(
        feed=feed, kind=FeedEvent.Kind.MOVED, before=feed.url, after=to, reason="a permanent redirect"
    )
    feed.url = to


def _adapt(feed: Feed, *, news: bool, ttl: int | None) -> None:
    least = min(max(feed.interval_min, ttl or 0), feed.interval_max)
    feed.interval = round(min(max(feed.interval * (FASTER if news else SLOWER), least), feed.interval_max))
    feed.due_at = timezone.now() + timedelta(seconds=feed.interval * _spread(feed))


def _pause(feed: Feed, reason: str) -> None:
    """As :func:`claims.services.feeds.pause`, on the locked row that the caller saves."""
    feed.paused_at, feed.paused_reason = timezone.now(), reason
    FeedEvent.objects.create(feed=feed, kind=FeedEvent.Kind.PAUSED, reason=reason)


def _spread(feed: Feed) -> float:
    """What an interval is multiplied by, so that feeds added at once are not due at once; the same for the same row."""
    return random.Random(f"{feed.seed} {feed.polls}").uniform(1 - JITTER, 1 + JITTER)  # noqa: S311
