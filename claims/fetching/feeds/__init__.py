"""Feeds and sitemaps, read into entries: RSS, Atom, JSON Feed, sitemaps.

What comes in is bounded before any parser sees it: size, elements, attributes of one element. Hostile XML
costs a parser time that grows with their product.
"""

from __future__ import annotations

import re

from claims.fetching.errors import Unreadable
from claims.fetching.feeds.jsonfeed import VERSION as _JSON_FEED
from claims.fetching.feeds.jsonfeed import read_json_feed
from claims.fetching.feeds.sitemaps import read_sitemap
from claims.fetching.feeds.syndication import first_entries, read_syndication
from claims.fetching.feeds.types import Feed, FeedEntry, FeedFormat
from claims.fetching.limits import (
    MAX_FEED_BYTES,
    MAX_FEED_TAGS,
    MAX_SITEMAP_TAGS,
    MAX_XML_ATTRIBUTES,
    human_size,
)
from claims.fetching.sniff import refuse_binary
from claims.fetching.text import clean_text, decode_html

__all__ = ["Feed", "FeedEntry", "FeedFormat", "looks_like_feed", "read_feed"]

#: what may stand before the root: declaration, processing instructions, comments, a document type
_PROLOG = re.compile(r"\s*(?:<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*>)", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(
    r"\s*<(?:rss|feed|rdf:RDF|channel|(?:\w{1,20}:)?(?P<sitemap>urlset|sitemapindex))[\s>:/]", re.IGNORECASE
)
_ROOT_WINDOW = 4096
#: An internal subset is where entity bombs and external entities live; no feed needs one.
_UNSAFE = re.compile(r"<!ENTITY|<!DOCTYPE[^<>\[]*\[", re.IGNORECASE)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s{0,5}=\s{0,5}["']([\w.:-]{2,40})["']""")
_CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_LONG_TAG = re.compile(r"<[^<>]{300,}")
_ATTRIBUTE = re.compile(r"[\w:.-]\s{0,9}=\s{0,9}[\"']")


def looks_like_feed(body: bytes) -> bool:
    """Whether ``body`` begins as a feed or sitemap does, whatever its content type says."""
    head = decode_html(body[:_ROOT_WINDOW])
    return _is_json_feed(head) or _root(head) is not None


def read_feed(body: bytes, url: str, charset: str | None = None) -> Feed:
    """The feed fetched from ``url``; ``charset`` is what its content type said.

    At most :data:`claims.fetching.limits.MAX_FEED_ENTRIES` entries; those without an http(s) address are left out.
    Raises :class:`Unreadable`: "too-large", "not-text", "unsafe-feed" (a document type with entities),
    "not-a-feed".
    """
    if len(body) > MAX_FEED_BYTES:
        raise _too_large(url, f"{human_size(len(body))}, more than the {human_size(MAX_FEED_BYTES)}")
    refuse_binary(body)
    declared = _DECLARED.match(body.lstrip()[:300])
    text = clean_text(decode_html(body, declared[1].decode("ascii") if declared else charset))
    head = text[:_ROOT_WINDOW]
    if head.lstrip().startswith("{"):
        return read_json_feed(text, url)
    if _UNSAFE.search(text):
        raise Unreadable(
            "unsafe-feed",
            f"The feed {url!r} declares XML entities, which can be made to exhaust a reader. "
            "Ask its publisher for a feed without a document type.",
        )
    root = _root(head)
    sitemap = root is not None and root["sitemap"] is not None
    if sitemap:
        _refuse_bomb(text, url, MAX_SITEMAP_TAGS)
        return read_sitemap(text, url)
    text = first_entries(text)
    _refuse_bomb(text, url, MAX_FEED_TAGS)
    return read_syndication(text, url)


def _is_json_feed(head: str) -> bool:
    return head.lstrip().startswith("{") and _JSON_FEED in head.replace("\\/", "/")


def _root(head: str) -> re.Match[str] | None:
    position = 0
    while (found := _PROLOG.match(head, position)) is not None:
        position = found.end()
    return _ROOT.match(head, position)


def _refuse_bomb(text: str, url: str, most: int) -> None:
    tags = _CDATA.sub("", text).count("<")
    if tags > most:
        raise _too_large(url, f"{tags:,} tags, more than the {most:,}")
    for long in _LONG_TAG.finditer(text):
        attributes = len(_ATTRIBUTE.findall(long[0]))
        if attributes > MAX_XML_ATTRIBUTES:
            raise _too_large(
                url, f"an element of {attributes:,} attributes, more than the {MAX_XML_ATTRIBUTES}"
            )


def _too_large(url: str, what: str) -> Unreadable:
    return Unreadable(
        "too-large",
        f"The feed {url!r} has {what} that a feed may have. Ask its publisher for one of the newest entries.",
    )
