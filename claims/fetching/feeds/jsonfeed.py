"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from urllib.parse import urljoin

from claims.fetching.errors import Unreadable
from claims.fetching.feeds.types import Feed, FeedEntry, FeedFormat
from claims.fetching.limits import MAX_FEED_ENTRIES
from claims.fetching.text import parse_moment
from claims.fetching.urls import canonical_or_none

VERSION = "https://jsonfeed.org/version/1"


def read_json_feed(text: str, url: str) -> Feed:
    """Raises :class:`Unreadable`, "not-a-feed". Items of another shape than the standard's are left out."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:  # also a number of too many digits
        raise _no_feed(url, f"its JSON cannot be read ({str(error)[:100]})") from error
    if not isinstance(document, dict) or not str(document.get("version", "")).startswith(VERSION):
        raise _no_feed(url, f"it is JSON, but its version is not {VERSION}.1")
    items = document.get("items")
    entries: dict[str, FeedEntry] = {}
    for item in items[: 4 * MAX_FEED_ENTRIES] if isinstance(items, list) else []:
        entry = _entry(item, url) if isinstance(item, dict) else None
        if entry is not None and len(entries) < MAX_FEED_ENTRIES:
            entries.setdefault(entry.url, entry)
    return Feed(
        format=FeedFormat.JSON,
        title=_text(document, "title") or "",
        entries=tuple(entries.values()),
        expired=document.get("expired") is True,
    )


def _entry(item: dict[str, object], base: str) -> FeedEntry | None:
    """By ``url``, else ``id`` where that is an address. ``external_url`` is somebody else's page."""
    identifier = str(item["id"]) if isinstance(item.get("id"), str | int) else ""
    address = _text(item, "url") or (identifier if "://" in identifier else None)
    try:
        url = canonical_or_none(urljoin(base, address)) if address else None
    except ValueError:  # urljoin minds brackets
        url = None
    if url is None:
        return None
    updated = _moment(item, "date_modified")
    return FeedEntry(
        url=url,
        title=_text(item, "title"),
        published=_moment(item, "date_published") or updated,
        summary=_text(item, "summary") or _text(item, "content_text") or _text(item, "content_html"),
        id=identifier or url,
        updated=updated,
    )


def _text(item: dict[str, object], name: str) -> str | None:
    value = item.get(name)
    return value if isinstance(value, str) and value else None


def _moment(item: dict[str, object], name: str) -> datetime | None:
    moment = parse_moment(_text(item, name))
    try:
        return moment.astimezone(UTC) if moment else None
    except OverflowError:  # a day before the first or after the last of the calendar
        return None


def _no_feed(url: str, why: str) -> Unreadable:
    return Unreadable(
        "not-a-feed", f"{url!r} is no JSON Feed: {why}. Give the address of the feed, not of the page."
    )
