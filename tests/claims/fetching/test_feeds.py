from __future__ import annotations

import pickle
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.fetching import Unreadable, looks_like_feed, read_feed
from claims.fetching.limits import MAX_FEED_ENTRIES

URL = "https://skarn.example/feed.xml"
RSS = """<?xml version="1.0" encoding="UTF-8"?><!-- made by hand -->
<rss version="2.0"><channel><title>The Skarn Courier</title>
<item><title>Ferry closed – again</title><link>https://skarn.example/ferry?utm_source=rss</link>
<guid isPermaLink="false">tag:ferry</guid><pubDate>Tue, 18 Feb 2025 09:00:00 +0200</pubDate>
<description>Closed on Monday &amp; Tuesday.</description></item>
<item><title>Ferry closed</title><link>https://skarn.example/ferry#top</link></item>
<item><title>Mill</title><link>/mill</link></item>
<item><title>By its guid</title><guid>https://skarn.example/guid</guid></item>
<item><title>A podcast</title><link>magnet:?xt=1</link></item>
</channel></rss>""".encode()
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Skarn</title><id>urn:skarn</id>
<entry><title>Ferry</title><id>urn:1</id><link href="https://skarn.example/ferry"/>
<updated>2025-02-18T09:00:00Z</updated><summary>Closed.</summary></entry></feed>"""


def test_rss_entries_come_once_with_canonical_addresses() -> None:
    first, mill, guid = read_feed(RSS, URL)
    assert (first.url, first.title, first.id) == (
        "https://skarn.example/ferry",
        "Ferry closed – again",
        "tag:ferry",
    )
    assert first.published == datetime(2025, 2, 18, 7, tzinfo=UTC)
    assert first.summary == "Closed on Monday & Tuesday."
    assert (mill.url, mill.published, mill.id) == (
        "https://skarn.example/mill",
        None,
        "https://skarn.example/mill",
    )
    assert guid.url == "https://skarn.example/guid"


def test_atom_is_read_too() -> None:
    (entry,) = read_feed(ATOM, URL)
    assert (entry.url, entry.title, entry.id) == ("https://skarn.example/ferry", "Ferry", "urn:1")
    assert entry.published == datetime(2025, 2, 18, 9, tzinfo=UTC)


def test_a_feed_in_utf16_is_read() -> None:
    body = RSS.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert looks_like_feed(body)
    assert read_feed(body, URL)[0].title == "Ferry closed – again"


def test_an_empty_feed_has_no_entries() -> None:
    assert read_feed(b'<rss version="2.0"><channel><title>Quiet</title></channel></rss>', URL) == ()


def test_a_long_feed_is_cut() -> None:
    items = "".join(
        f"<item><link>https://skarn.example/{n}</link></item>" for n in range(MAX_FEED_ENTRIES + 20)
    )
    entries = read_feed(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(), URL)
    assert len(entries) == MAX_FEED_ENTRIES
    assert entries[0].url == "https://skarn.example/0"


@pytest.mark.parametrize(
    "body",
    [
        RSS,
        ATOM,
        b'<rdf:RDF xmlns:rdf="x">',
        b'\xef\xbb\xbf <?xml version="1.0"?><rss>',
        b'<!DOCTYPE rss PUBLIC "-//N//DTD" "x.dtd"><rss>',
    ],
)
def test_feeds_are_known_by_their_root(body: bytes) -> None:
    assert looks_like_feed(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>rss</body></html>",
        b"The <rss> tag.",
        b"<?xml?><feedback/>",
        b"<!--" * 5000,
        b"<?" * 5000,
    ],
)
def test_other_things_are_not_feeds(body: bytes) -> None:
    assert not looks_like_feed(body)


BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<rss version="2.0"><channel><item><title>&b;</title><link>https://skarn.example/x</link></item></channel></rss>"""
EXTERNAL = BOMB.replace('"ha"', 'SYSTEM "file:///etc/passwd"')


@pytest.mark.parametrize("body", [BOMB.encode(), EXTERNAL.encode(), BOMB.encode("utf-16")])
def test_entities_are_refused(body: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        read_feed(body, URL)
    assert caught.value.code == "unsafe-feed"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<html><body><p>A page.</p></body></html>", "not-a-feed"),
        (b"", "not-a-feed"),
        (b"%PDF-1.4", "not-text"),
    ],
)
def test_what_is_no_feed_is_refused(body: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_feed(body, URL)
    assert caught.value.code == code


@settings(max_examples=50)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=100).map(lambda t: RSS.replace(b"Mill", t.encode("utf-8", "ignore"))),
    )
)
def test_any_bytes_are_entries_or_a_clear_refusal(body: bytes) -> None:
    try:
        entries = read_feed(body, URL)
    except Unreadable as error:
        assert error.code in {"not-text", "not-a-feed", "unsafe-feed"}
    else:
        assert all(entry.url.startswith(("http://", "https://")) and entry.id for entry in entries)


def test_the_error_survives_a_pickle() -> None:
    error = pickle.loads(pickle.dumps(Unreadable("timeout", "Too slow.", transient=True)))
    assert (error.code, error.message, error.transient, str(error)) == (
        "timeout",
        "Too slow.",
        True,
        "Too slow.",
    )
