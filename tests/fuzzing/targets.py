"""What is fuzzed: each target is what must hold of any case, and how cases are made up."""

from __future__ import annotations

import contextlib
import gzip
import json
import socket
import threading
import tomllib
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from claims import sample
from claims.extraction import analyze, as_mention
from claims.fetching import (
    Unreadable,
    canonical_url,
    clean_text,
    fetch,
    looks_like_feed,
    read_feed,
    read_html,
    read_text,
)
from claims.fetching.robots import read_robots


@dataclass(frozen=True, slots=True)
class Target:
    """Something that must hold of any case that the strategies make up."""

    cases: tuple[st.SearchStrategy[Any], ...]
    check: Callable[..., None]


TARGETS: dict[str, Target] = {}


def target(*cases: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make the function a target of its name."""

    def known(check: Callable[..., None]) -> Callable[..., None]:
        TARGETS[check.__name__] = Target(cases, check)
        return check

    return known


TEXTS = [
    json.loads(line)["text"]
    for line in (Path(sample.__file__).parent / "articles.jsonl").read_text().splitlines()
]
SCRAPS = tomllib.loads((Path(__file__).parent / "scraps.toml").read_text())
WORDS = sorted({word for text in TEXTS for word in text.split()})
ODD = st.sampled_from(
    ["\u202e", "\u00a0", "\ufeff", "\u0301", "\U0001f469\u200d", "ﬁ", "İ", "ß", "\u2028", "٣", "Ⅷ", "९"]
)
PIECE = st.one_of(st.sampled_from(WORDS), st.sampled_from(SCRAPS["words"]), st.text(max_size=6), ODD)


@st.composite
def prose(draw: st.DrawFn) -> str:
    """A report with something put in, words out of order, or anything."""
    if draw(st.booleans()):
        return draw(st.sampled_from([" ", " ", "", "\n"])).join(draw(st.lists(PIECE, max_size=60)))
    text = draw(st.sampled_from(TEXTS))[: draw(st.integers(50, 900))]
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + draw(PIECE) * draw(st.sampled_from([1, 1, 2, 40]))
            + text[at + draw(st.integers(0, 9)) :]
        )
    return text


@target(prose(), st.one_of(st.none(), st.dates()))
def extraction(text: str, published: date | None) -> None:
    """Text to mentions: every span is where it says, whatever the text."""
    found = analyze(text, published)
    for part in (*found.quantities, *found.times, *found.entities, *found.mentions):
        assert found.text[part.start : part.end] == part.text != ""
    for parts in (found.quantities, found.times):
        assert all(left.end <= right.start for left, right in pairwise(parts))
    for quantity in found.quantities:
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
    for time in found.times:
        assert time.first is None or time.last is None or time.first <= time.last
    if text and len(text) < 300:
        as_mention(text, published=published)


TAGS = st.sampled_from(SCRAPS["tags"])


@st.composite
def pages(draw: st.DrawFn) -> bytes:
    parts = [draw(st.one_of(TAGS, TAGS, prose())) for _ in range(draw(st.integers(1, 25)))]
    page = "".join(part * draw(st.sampled_from([1, 1, 1, 300])) for part in parts)
    codec = draw(
        st.sampled_from(["utf-8", "utf-8", "utf-8", "cp1252", "utf-16", "utf-32", "shift_jis", "koi8-r"])
    )
    return page[:200_000].encode(codec, "ignore")


@target(st.one_of(pages(), st.binary(max_size=2000)), st.one_of(st.none(), st.text(max_size=12)))
def reading(page: bytes, charset: str | None) -> None:
    """HTML and plain text: read, and clean, or clearly refused."""
    for read in (lambda: read_html(page, "https://x.example/1", charset), lambda: read_text(page)):
        with contextlib.suppress(Unreadable):
            found = read()
            assert found.text.strip()
            assert clean_text(found.text) == found.text


FEED_PARTS = st.sampled_from(SCRAPS["feeds"])
FEED_HEADS = st.sampled_from(
    [
        '<rss version="2.0"><channel>',
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">',
        '{"version": "https://jsonfeed.org/version/1.1", "items": [',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        "<sitemapindex>",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
        "",
    ]
)
JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=20),
        st.sampled_from(
            ["\x00", "0001-01-01T00:00+23:59", "https://x.example/1", "9" * 400, "2025-02-30", "😀" * 99]
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=6), inner, max_size=4)
    ),
    max_leaves=8,
)
ITEM_NAMES = [
    "id",
    "url",
    "title",
    "date_published",
    "date_modified",
    "summary",
    "content_text",
    "content_html",
]
JSON_FEEDS = st.lists(st.dictionaries(st.sampled_from(ITEM_NAMES), JSON), max_size=4).map(
    lambda items: json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()
)
XML_FEEDS = st.tuples(
    FEED_HEADS, st.lists(st.one_of(FEED_PARTS, FEED_PARTS, st.text(max_size=9)), max_size=40)
).map(lambda made: (made[0] + "".join(made[1])).encode("utf-8", "ignore"))
BODIES = st.one_of(XML_FEEDS, XML_FEEDS, JSON_FEEDS, st.binary(max_size=500))


@target(BODIES, st.one_of(st.none(), st.text(max_size=12)))
def feeds(body: bytes, charset: str | None) -> None:
    """RSS, Atom, JSON Feed, sitemaps, robots.txt: entries with addresses, or clearly refused."""
    looks_like_feed(body)
    with contextlib.suppress(Unreadable):
        for entry in read_feed(body, "https://x.example/feed", charset).entries:
            assert canonical_url(entry.url) == entry.url
            assert entry.id
    rules = read_robots(body)
    rules.crawl_delay()
    with contextlib.suppress(Unreadable):
        rules.check("https://x.example/1")


HEADER = st.sampled_from(SCRAPS["headers"])
STATUS = st.sampled_from(
    [
        f"HTTP/1.1 {status} x"
        for status in (200, 200, 200, 200, 204, 206, 301, 302, 304, 308, 404, 429, 503, 100, 999)
    ]
    + ["HTTP/1.0 200", "HTTP/2 200 OK", "ICY 200 OK", "HTTP/1.1 2oo", ""]
)
PACK: list[Callable[[bytes], bytes]] = [
    lambda body: body,
    lambda body: body,
    gzip.compress,
    zlib.compress,
    lambda body: gzip.compress(gzip.compress(body)),
    lambda body: gzip.compress(body)[:-5],
    lambda body: b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body),
    lambda body: b"ffffffffffffffff\r\n" + body,
]


@st.composite
def answers(draw: st.DrawFn) -> bytes:
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=300))
    headers = draw(st.lists(HEADER, max_size=6))
    body = draw(st.sampled_from(PACK))(draw(st.one_of(pages(), BODIES)))
    return "\r\n".join([draw(STATUS), *headers, "", ""]).encode("latin-1") + body


class Server:
    """On the loopback interface: says to whoever connects what it was told to say, and hangs up."""

    def __init__(self) -> None:
        self.answer = b""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            with connection, contextlib.suppress(OSError):
                connection.recv(65536)
                connection.sendall(self.answer)
                connection.shutdown(socket.SHUT_WR)
                connection.settimeout(1)
                while connection.recv(65536):
                    pass


_servers: list[Server] = []


@target(answers())
def fetching(answer: bytes) -> None:
    """Whatever a server answers: a page, or clearly refused; never by a redirect to another machine."""
    if not _servers:
        _servers.append(Server())
    server = _servers[0]
    server.answer = answer
    with contextlib.suppress(Unreadable):
        found = fetch(server.url, allow_hosts=frozenset({"127.0.0.1"}), total_seconds=3)
        assert found.url.startswith("http://127.0.0.1:")
