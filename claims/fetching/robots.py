"""What a site lets robots read: robots.txt by RFC 9309, parsed by protego."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from protego import Protego

from claims.fetching.errors import Unreadable
from claims.fetching.limits import MAX_CRAWL_DELAY, MAX_ROBOTS_BYTES
from claims.fetching.text import clean_text

#: the product token by which robots.txt names us
ROBOT = "Twosource"


@dataclass(frozen=True, slots=True)
class Robots:
    """A site's rules as text, to be kept; "" for a site that has none."""

    text: str

    def crawl_delay(self) -> float | None:
        """Seconds that the site wants between two requests; None if it does not say."""
        if not self.text:
            return None
        delay = _parsed(self.text).crawl_delay(ROBOT)
        if delay is None or not math.isfinite(delay) or delay < 0:
            return None
        return min(float(delay), MAX_CRAWL_DELAY)

    def check(self, url: str) -> None:
        """Raise :class:`Unreadable`, "robots", if the site does not want ``url`` read by robots."""
        if self.text and not _parsed(self.text).can_fetch(url, ROBOT):
            host = urlsplit(url).netloc
            raise Unreadable(
                "robots",
                f"The robots.txt of {host!r} asks robots not to read {url!r}. Ask the publisher to let "
                f"{ROBOT!r} in, or hand in the text of the article.",
            )


def robots_url(url: str) -> str:
    """Where the rules for ``url`` are."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def read_robots(body: bytes) -> Robots:
    """The rules in an answer; what is no robots.txt has none. Never raises."""
    text = clean_text(body[:MAX_ROBOTS_BYTES].decode("utf-8", errors="replace"))
    return Robots(text)


def has_none(error: Unreadable) -> bool:
    """Whether this answer to the request for robots.txt means that there are no rules (RFC 9309, 2.3.1): so a 4xx;
    while a server fails or is silent, it may have some, and nothing may be read."""
    return not error.transient or re.fullmatch(r"http-4\d\d", error.code) is not None


@lru_cache(maxsize=64)
def _parsed(text: str) -> Protego:
    return Protego.parse(text)
