"""Feeds, as people keep them: adding, editing, pausing, resuming, and trying one out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims import pipeline
from claims.fetching import Feed as Read
from claims.fetching import FeedEntry, Unreadable, canonical_url, read_feed
from claims.models import Feed, FeedEvent, Source
from claims.pipeline import Later
from claims.selectors.feeds import known_addresses, wanted
from claims.services.politeness import fetch_politely

TRY_SECONDS = 20.0
_EDITABLE = ("interval_min", "interval_max", "backfill_days")


class CannotKeep(ValueError):
    """The feed cannot be kept as it is asked for; the message names the field, the value and the remedy."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What polling a feed would take now. ``new`` and ``known`` entries would be taken and were taken before,
    ``left`` would not be: too old, or, in a sitemap, without a date."""

    feed: Read
    url: str
    moved_to: str | None
    new: tuple[FeedEntry, ...]
    known: tuple[FeedEntry, ...]
    left: tuple[FeedEntry, ...]


@transaction.atomic
def add_feed(url: str, source: Source, *, actor: User | None, **options: int) -> Feed:
    """Keep a feed from now on; it is polled at once.

    Raises Unreadable for an address that is none, CannotKeep for one that is kept already or for options that
    do not fit.
    """
    address = canonical_url(url)
    kept = Feed.objects.filter(url=address).first()
    if kept is not None:
        raise CannotKeep(f"{address} is kept already, as a feed of {kept.source}: edit that one")
    feed = Feed(url=address, source=source)
    _set(feed, options)
    feed.interval = min(max(feed.interval, feed.interval_min), feed.interval_max)
    feed.save()
    FeedEvent.objects.create(feed=feed, kind=FeedEvent.Kind.ADDED, actor=actor, after=address)
    return feed


@transaction.atomic
def edit_feed(feed_id: int, *, actor: User, url: str, source: Source, **options: int) -> Feed:
    """Change a feed's address, source and intervals; what changed stands in its event."""
    feed = Feed.objects.select_for_update().get(pk=feed_id)
    before = _told(feed)
    address = canonical_url(url)
    other = Feed.objects.filter(url=address).exclude(pk=feed_id).first()
    if other is not None:
        raise CannotKeep(f"{address} is kept already, as a feed of {other.source}: pause one of the two")
    if address != feed.url:
        feed.etag = feed.last_modified = feed.digest = ""
    feed.url, feed.source = address, source
    _set(feed, options)
    feed.interval = min(max(feed.interval, feed.interval_min), feed.interval_max)
    feed.save()
    after = _told(feed)
    if after != before:
        FeedEvent.objects.create(
            feed=feed, kind=FeedEvent.Kind.EDITED, actor=actor, before=before, after=after
        )
    return feed


@transaction.atomic
def pause(feed_id: int, reason: str, *, actor: User | None) -> bool:
    """Poll a feed no more. False if it is paused already. Raises CannotKeep without a reason."""
    if not reason.strip():
        raise CannotKeep("give a reason: why is the feed paused?")
    feed = Feed.objects.select_for_update().get(pk=feed_id)
    if feed.paused_at is not None:
        return False
    feed.paused_at, feed.paused_reason = timezone.now(), reason
    feed.save(update_fields=["paused_at", "paused_reason"])
    FeedEvent.objects.create(feed=feed, kind=FeedEvent.Kind.PAUSED, actor=actor, reason=reason)
    return True


@transaction.atomic
def resume(feed_id: int, *, actor: User | None) -> bool:
    """Poll a paused feed again, at once and with a clean record. False if it is not paused."""
    feed = Feed.objects.select_for_update().get(pk=feed_id)
    if feed.paused_at is None:
        return False
    was, feed.paused_at, feed.paused_reason = feed.paused_reason, None, ""
    feed.failures, feed.due_at = 0, timezone.now()
    feed.save(update_fields=["paused_at", "paused_reason", "failures", "due_at"])
    FeedEvent.objects.create(feed=feed, kind=FeedEvent.Kind.RESUMED, actor=actor, reason=f"was paused: {was}")
    return True


def poll_now(feed_id: int) -> None:
    """Poll a feed without waiting until it is due."""
    pipeline.enqueue("poll", feed_id, again=True)


def try_feed(url: str, *, backfill_days: int) -> Trial:
    """Read a feed and tell what would be taken from it. Keeps nothing but the server's turn and robots.txt.

    Raises Unreadable, also where it is not our turn at that server.
    """
    address = canonical_url(url)
    try:
        answer = fetch_politely(address, as_robot=True, total_seconds=TRY_SECONDS)
    except Later as later:
        seconds = max(round((later.until - timezone.now()).total_seconds()), 1)
        raise Unreadable("busy", f"{later.why}: try again in {seconds} s", transient=True) from later
    read = read_feed(answer.body, answer.url, answer.charset)
    fits = [entry for entry in read.entries if wanted(entry, read.format, backfill_days, timezone.now())]
    known = known_addresses(entry.url for entry in fits)
    return Trial(
        feed=read,
        url=address,
        moved_to=answer.moved_to,
        new=tuple(entry for entry in fits if entry.url not in known),
        known=tuple(entry for entry in fits if entry.url in known),
        left=tuple(entry for entry in read.entries if entry not in fits),
    )


def _set(feed: Feed, options: Mapping[str, int]) -> None:
    for name, value in options.items():
        if name not in _EDITABLE:
            raise TypeError(f"a feed has no option {name!r}")
        setattr(feed, name, value)
    if feed.interval_min < 60:
        raise CannotKeep(f"at most every {feed.interval_min} s is too often: give at least 60")
    if feed.interval_max < feed.interval_min:
        raise CannotKeep(
            f"at least every {feed.interval_max} s is less than at most every {feed.interval_min} s: "
            "give the longer one as the longest"
        )


def _told(feed: Feed) -> str:
    return (
        f"{feed.url}, {feed.source.name}, every {feed.interval_min} to {feed.interval_max} s, "
        f"back {feed.backfill_days} days"
    )
