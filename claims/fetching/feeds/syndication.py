"""RSS and Atom, by feedparser."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, datetime
from time import struct_time
from urllib.parse import urljoin

import feedparser

from claims.fetching.errors import Unreadable
from claims.fetching.feeds.types import Feed, FeedEntry, FeedFormat
from claims.fetching.limits import MAX_FEED_ENTRIES
from claims.fetching.urls import canonical_or_none

_ITEM = re.compile(r"<(?:item|entry|atom:entry)[\s>/]", re.IGNORECASE)
_MOST_READ = 2 * MAX_FEED_ENTRIES  # entries that are parsed at all: some have no address, some come twice
_LONGEST_TTL_MINUTES = 7 * 24 * 60


def read_syndication(text: str, url: str) -> Feed:
    """Raises :class:`Unreadable`, "not-a-feed"."""
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    # Summaries are read as data and never shown as HTML: feedparser need neither clean them nor mend their links.
    parsed = feedparser.parse(
        text.encode(), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not parsed.get("version") and not parsed.entries:
        raise Unreadable(
            "not-a-feed",
            f"{url!r} is neither RSS, Atom, JSON Feed nor a sitemap. "
            "Give the address of the feed, not of the page.",
        )
    entries: dict[str, FeedEntry] = {}
    for raw in parsed.entries:
        entry = _entry(raw, url)
        if entry is not None and len(entries) < MAX_FEED_ENTRIES:
            entries.setdefault(entry.url, entry)
    atom = str(parsed.get("version", "")).startswith("atom")
    return Feed(
        format=FeedFormat.ATOM if atom else FeedFormat.RSS,
        title=_text(parsed.feed.get("title")) or "",
        entries=tuple(entries.values()),
        ttl=_ttl(parsed.feed.get("ttl")),
    )


def first_entries(text: str) -> str:
    """``text`` up to the entry after the last that is read: what is cut off is never parsed."""
    for number, found in enumerate(_ITEM.finditer(text)):
        if number == _MOST_READ:
            return text[: found.start()]
    return text


def _entry(raw: feedparser.FeedParserDict, base: str) -> FeedEntry | None:
    url = _address(raw.get("link"), base) or _address(raw.get("id"), "")
    if url is None:
        return None
    updated = _moment(dict.get(raw, "updated_parsed"))  # its own get() gives the day of publication instead
    return FeedEntry(
        url=url,
        title=_text(raw.get("title")),
        published=_moment(raw.get("published_parsed")) or updated,
        summary=_text(raw.get("summary")),
        id=_text(raw.get("id")) or url,
        updated=updated,
    )


def _address(link: object, base: str) -> str | None:
    try:
        return canonical_or_none(urljoin(base, link.strip())) if isinstance(link, str) else None
    except ValueError:  # urljoin minds brackets
        return None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _ttl(minutes: object) -> int | None:
    digits = minutes.strip() if isinstance(minutes, str) else ""
    if not (digits.isascii() and digits.isdigit()):
        return None
    return min(int(digits[:9]), _LONGEST_TTL_MINUTES) * 60


def _moment(parsed: struct_time | None) -> datetime | None:
    """feedparser gives UTC as a struct_time, at times one that no calendar has."""
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None
