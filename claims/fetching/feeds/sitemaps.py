"""Sitemaps and indexes of them (https://www.sitemaps.org/protocol.html), with Google's news extension.

A sitemap may list everything that a site ever published, in any order: the newest are taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from lxml import etree

from claims.fetching.errors import Unreadable
from claims.fetching.feeds.types import Feed, FeedEntry, FeedFormat
from claims.fetching.limits import MAX_FEED_ENTRIES, MAX_SITEMAP_ENTRIES
from claims.fetching.text import parse_moment
from claims.fetching.urls import canonical_or_none

_OLDEST = datetime.min.replace(tzinfo=UTC)


def read_sitemap(text: str, url: str) -> Feed:
    """The newest :data:`MAX_FEED_ENTRIES` addresses, newest first; those without a date last, in their order.

    Raises :class:`Unreadable`: "not-a-feed", "too-large" for more entries than a sitemap may have.
    """
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _no_sitemap(url) from error
    kind = _name(root) if root is not None else ""
    if kind not in ("urlset", "sitemapindex"):
        raise _no_sitemap(url)
    if len(root) > MAX_SITEMAP_ENTRIES:
        raise Unreadable(
            "too-large",
            f"The sitemap {url!r} has {len(root):,} entries, more than the {MAX_SITEMAP_ENTRIES:,} that its "
            "standard allows. Give the site's news sitemap instead.",
        )
    listed = sorted(_listed(root), key=lambda given: given[0], reverse=True)
    entries: dict[str, FeedEntry] = {}
    for _, given in listed[: 2 * MAX_FEED_ENTRIES]:  # an address in its one spelling takes time
        entry = _entry(given)
        if entry is not None:
            entries.setdefault(entry.url, entry)  # of one address, the newest
    return Feed(
        format=FeedFormat.INDEX if kind == "sitemapindex" else FeedFormat.SITEMAP,
        title="",
        entries=tuple(entries.values())[:MAX_FEED_ENTRIES],
    )


def _listed(root: etree._Element) -> Iterator[tuple[datetime, dict[str, str]]]:
    """What is said of each address, by the names of the elements, with its date."""
    for element in root:
        if _name(element) in ("url", "sitemap"):
            given = {_name(child): (child.text or "").strip() for child in element.iterdescendants()}
            dated = _moment(given.get("lastmod")) or _moment(given.get("publication_date"))
            yield dated or _OLDEST, given


def _entry(given: dict[str, str]) -> FeedEntry | None:
    url = canonical_or_none(given.get("loc"))
    if url is None:
        return None
    return FeedEntry(
        url=url,
        title=given.get("title") or None,
        published=_moment(given.get("publication_date")),
        summary=None,
        id=url,
        updated=_moment(given.get("lastmod")),
    )


def _name(element: etree._Element) -> str:
    """The element's name without its namespace, which many sites get wrong; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _moment(text: str | None) -> datetime | None:
    """A W3C date or moment: a year or a month alone says too little of an entry's age."""
    moment = parse_moment(text)
    try:
        return moment.astimezone(UTC) if moment else None
    except OverflowError:
        return None


def _no_sitemap(url: str) -> Unreadable:
    return Unreadable(
        "not-a-feed",
        f"{url!r} is no sitemap that can be read. Give the address of the sitemap, not of a page.",
    )
