"""Safe HTTP, feeds, and HTML to text. No Django, no database: addresses and bytes in, frozen values out."""

from claims.fetching.errors import Unreadable
from claims.fetching.feeds import Feed, FeedEntry, FeedFormat, looks_like_feed, read_feed
from claims.fetching.http import Fetched, fetch
from claims.fetching.posting import post
from claims.fetching.text import Readable, clean_text, parse_moment, read_html, read_text
from claims.fetching.urls import canonical_url, registered_domain

__all__ = [
    "Feed",
    "FeedEntry",
    "FeedFormat",
    "Fetched",
    "Readable",
    "Unreadable",
    "canonical_url",
    "clean_text",
    "fetch",
    "looks_like_feed",
    "parse_moment",
    "post",
    "read_feed",
    "read_html",
    "read_text",
    "registered_domain",
]
