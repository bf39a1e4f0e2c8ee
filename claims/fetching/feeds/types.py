"""What a feed holds, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FeedFormat(StrEnum):
    RSS = "rss"
    ATOM = "atom"
    JSON = "json"  # JSON Feed 1.0 and 1.1
    SITEMAP = "sitemap"  # sitemaps.org, with or without Google's news extension
    INDEX = "index"  # a sitemap of sitemaps


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One item of a feed. ``url`` is canonical, ``published`` and ``updated`` aware (UTC), ``summary`` may
    hold HTML; ``id`` is the feed's own identifier, the address if it has none."""

    url: str
    title: str | None
    published: datetime | None
    summary: str | None
    id: str
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was read. ``entries`` are in its order, each address once; those of an index are sitemaps.

    ``ttl`` is how many seconds the feed itself asks not to be read again for. ``expired``: it says that nothing
    will be added any more.
    """

    format: FeedFormat
    title: str
    entries: tuple[FeedEntry, ...]
    ttl: int | None = None
    expired: bool = False
