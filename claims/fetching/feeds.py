"""RSS and Atom feeds, read into entries."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from time import struct_time

import feedparser

from claims.fetching.errors import Unreadable
from claims.fetching.limits import MAX_FEED_ENTRIES
from claims.fetching.sniff import refuse_binary, refuse_oversize
from claims.fetching.text import clean_text, decode_html
from claims.fetching.urls import canonical_url


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One item of a feed. ``url`` is canonical, ``published`` aware (UTC), ``summary`` may hold HTML;
    ``id`` is the feed's own identifier, the address if it has none."""

    url: str
    title: str | None
    published: datetime | None
    summary: str | None
    id: str


#: what may stand before the root: declaration, processing instructions, comments, a document type
_PROLOG = re.compile(r"\s*(?:<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*>)", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"\s*<(?:rss|feed|rdf:RDF|channel)[\s>:/]", re.IGNORECASE)
_ROOT_WINDOW = 4096
#: An internal subset is where entity bombs and external entities live; no feed needs one.
_UNSAFE = re.compile(r"<!ENTITY|<!DOCTYPE[^>\[]*\[", re.IGNORECASE)


def looks_like_feed(body: bytes) -> bool:
    """Whether ``body`` begins as RSS, Atom or RDF does, whatever its content type says."""
    head = decode_html(body[:_ROOT_WINDOW])
    position = 0
    while (found := _PROLOG.match(head, position)) is not None:
        position = found.end()
    return _ROOT.match(head, position) is not None


def read_feed(body: bytes, url: str) -> tuple[FeedEntry, ...]:
    """The entries of a feed fetched from ``url``, in its order, each address once.

    At most :data:`MAX_FEED_ENTRIES`; entries without an http(s) address are left out.

    By feedparser. Raises :class:`Unreadable`: "too-large", "not-text", "unsafe-feed" (a document type with
    entities), "not-a-feed".
    """
    refuse_oversize(len(body))
    refuse_binary(body)
    text = clean_text(decode_html(body))
    if _UNSAFE.search(text):
        raise Unreadable(
            "unsafe-feed",
            f"The feed {url!r} declares XML entities, which can be made to exhaust a reader. "
            "Ask its publisher for a feed without a document type.",
        )
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    parsed = feedparser.parse(text.encode(), response_headers=headers)
    if not parsed.get("version") and not parsed.entries:
        raise Unreadable(
            "not-a-feed", f"{url!r} is neither RSS nor Atom. Give the address of the feed, not of the page."
        )
    entries: dict[str, FeedEntry] = {}
    for raw in parsed.entries:
        entry = _entry(raw)
        if entry is not None and len(entries) < MAX_FEED_ENTRIES:
            entries.setdefault(entry.url, entry)
    return tuple(entries.values())


def _entry(raw: feedparser.FeedParserDict) -> FeedEntry | None:
    for candidate in (raw.get("link"), raw.get("id")):
        try:
            url = canonical_url(candidate) if candidate else None
        except Unreadable:
            continue
        if url is not None:
            break
    else:
        return None
    return FeedEntry(
        url=url or "",
        title=raw.get("title") or None,
        published=_moment(raw.get("published_parsed") or raw.get("updated_parsed")),
        summary=raw.get("summary") or None,
        id=raw.get("id") or url or "",
    )


def _moment(parsed: struct_time | None) -> datetime | None:
    """feedparser gives UTC as a struct_time, at times one that no calendar has."""
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None
