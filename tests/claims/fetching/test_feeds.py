from __future__ import annotations

import json
import pickle
import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.fetching import FeedFormat, Unreadable, looks_like_feed, read_feed
from claims.fetching.limits import MAX_FEED_ENTRIES, MAX_FEED_TAGS, MAX_XML_ATTRIBUTES
from tests.fuzzing.targets import JSON

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

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Skarn",
        "items": [
            {
                "id": "9",
                "url": "/ferry?utm_medium=x",
                "title": "Ferry",
                "date_published": "2025-02-18T11:00:00+02:00",
                "date_modified": "2025-02-18T10:00:00Z",
            },
            {"id": "https://skarn.example/mill", "content_text": "The mill."},
            {"id": "no address"},
            {"url": "https://skarn.example/ferry", "title": "the same again"},
            {"url": ["https://skarn.example/list"]},
            "no item",
        ],
    }
).encode()
NEWS_SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><!-- all -->
<url><loc>https://skarn.example/old</loc><lastmod>2024-01-01</lastmod></url>
<url><loc>https://skarn.example/undated</loc></url>
<url><loc> https://skarn.example/ferry </loc><news:news><news:publication><news:name>Skarn</news:name>
</news:publication><news:publication_date>2025-02-18T09:00:00+02:00</news:publication_date>
<news:title>Ferry closed</news:title></news:news></url></urlset>"""


def test_rss_entries_come_once_with_canonical_addresses() -> None:
    first, mill, guid = read_feed(RSS, URL).entries
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
    (entry,) = read_feed(ATOM, URL).entries
    assert (entry.url, entry.title, entry.id) == ("https://skarn.example/ferry", "Ferry", "urn:1")
    assert entry.published == datetime(2025, 2, 18, 9, tzinfo=UTC)


def test_json_feed_is_read_too() -> None:
    feed = read_feed(JSON_FEED, URL)
    ferry, mill = feed.entries
    assert (feed.format, feed.title, feed.expired) == (FeedFormat.JSON, "Skarn", False)
    assert (ferry.url, ferry.id, ferry.title) == ("https://skarn.example/ferry", "9", "Ferry")
    assert ferry.published == datetime(2025, 2, 18, 9, tzinfo=UTC)
    assert ferry.updated == datetime(2025, 2, 18, 10, tzinfo=UTC)
    assert (mill.url, mill.summary) == ("https://skarn.example/mill", "The mill.")
    assert read_feed(JSON_FEED.replace(b'"title": "Skarn"', b'"expired": true'), URL).expired


def test_a_news_sitemap_gives_the_newest_first() -> None:
    feed = read_feed(NEWS_SITEMAP, URL)
    assert feed.format == FeedFormat.SITEMAP
    assert [entry.url.rpartition("/")[2] for entry in feed.entries] == ["ferry", "old", "undated"]
    assert feed.entries[0].title == "Ferry closed"
    assert feed.entries[0].published == datetime(2025, 2, 18, 7, tzinfo=UTC)


def test_a_long_sitemap_is_cut_after_its_newest() -> None:
    days = range(MAX_FEED_ENTRIES + 300)
    urls = "".join(
        f"<url><loc>https://skarn.example/{n}</loc><lastmod>{date.fromordinal(730_000 + n)}</lastmod></url>"
        for n in days
    )
    entries = read_feed(f"<urlset>{urls}</urlset>".encode(), URL).entries
    assert len(entries) == MAX_FEED_ENTRIES
    assert entries[0].url == f"https://skarn.example/{days[-1]}"


def test_an_index_lists_sitemaps() -> None:
    feed = read_feed(
        b"<sitemapindex><sitemap><loc>https://skarn.example/s1.xml.gz</loc></sitemap></sitemapindex>", URL
    )
    assert feed.format == FeedFormat.INDEX
    assert feed.entries[0].url == "https://skarn.example/s1.xml.gz"


def test_a_feed_says_for_how_long_it_holds() -> None:
    rss = '<rss version="2.0"><channel><ttl>{}</ttl><title>x</title></channel></rss>'
    assert read_feed(rss.format("90").encode(), URL).ttl == 5400
    assert read_feed(rss.format("9" * 50).encode(), URL).ttl == 7 * 86400
    assert read_feed(rss.format("-1").encode(), URL).ttl is None


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1251", "shift_jis"])
def test_a_feed_in_an_old_charset_is_read_as_it_declares_itself(charset: str) -> None:
    title = {"iso-8859-1": "Fähre", "windows-1251": "Паром", "shift_jis": "渡船は休み"}[charset]
    rss = (
        f'<?xml version="1.0" encoding="{charset}"?><rss version="2.0"><channel><item><title>{title}</title>'
    )
    rss += "<link>https://skarn.example/x</link></item></channel></rss>"
    assert read_feed(rss.encode(charset), URL, "utf-8").entries[0].title == title
    bare = rss.replace(f' encoding="{charset}"', "")
    assert read_feed(bare.encode(charset), URL, charset).entries[0].title == title


HEAD = b'<rss version="2.0"><channel>'
JSON_HEAD = b'{"version": "https://jsonfeed.org/version/1", "items": '


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (HEAD + b"<a>" * (MAX_FEED_TAGS + 1), "too-large"),
        (HEAD + b"<item " + b"a='1' " * 4 * MAX_XML_ATTRIBUTES + b"/>", "too-large"),
        (b"<urlset>" + b"<url/>" * 50_001 + b"</urlset>", "too-large"),
        (b"<urlset>" + b"<url>" * 300_000, None),
        (JSON_HEAD + b"[" * 200_000, "not-a-feed"),
        (JSON_HEAD + b"9" * 200_000 + b"}", "not-a-feed"),
        (HEAD + b"x" * (10 * 1024 * 1024), "too-large"),
    ],
)
def test_bombs_are_bounded(body: bytes, code: str | None) -> None:
    started = time.process_time()
    try:
        read_feed(body, URL)
        found = None
    except Unreadable as error:
        found = error.code
    assert found == code
    assert time.process_time() - started < 5


def test_a_feed_of_a_hundred_thousand_items_is_read_no_further_than_needed() -> None:
    started = time.process_time()
    items = b"<item><link>https://skarn.example/x</link></item>" * 100_000
    assert len(read_feed(HEAD + items + b"</channel></rss>", URL).entries) == 1
    assert time.process_time() - started < 5


def test_a_feed_in_utf16_is_read() -> None:
    body = RSS.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert looks_like_feed(body)
    assert read_feed(body, URL).entries[0].title == "Ferry closed – again"


def test_an_empty_feed_has_no_entries() -> None:
    assert read_feed(b'<rss version="2.0"><channel><title>Quiet</title></channel></rss>', URL).entries == ()


def test_a_long_feed_is_cut() -> None:
    items = "".join(
        f"<item><link>https://skarn.example/{n}</link></item>" for n in range(MAX_FEED_ENTRIES + 20)
    )
    entries = read_feed(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(), URL).entries
    assert len(entries) == MAX_FEED_ENTRIES
    assert entries[0].url == "https://skarn.example/0"


@pytest.mark.parametrize(
    "body",
    [
        RSS,
        ATOM,
        b'<rdf:RDF xmlns:rdf="x">',
        b'\xef\xbb\xbf <?xml version="1.0"?><rss>',
        JSON_FEED,
        b'{"items": [], "version": "https:\\/\\/jsonfeed.org\\/version\\/1"}',
        NEWS_SITEMAP,
        b"<sm:sitemapindex xmlns:sm='x'>",
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
        b'{"version": "2"}',
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


JSON_VERSION = "https://jsonfeed.org/version/1.1"
JSON_ITEMS = st.lists(
    st.dictionaries(
        st.sampled_from(["id", "url", "title", "date_published", "date_modified", "summary"]), JSON
    ),
    max_size=3,
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.binary(max_size=200),
        st.builds(
            lambda feed, at, text: (
                feed[: at % len(feed)] + text.encode("utf-8", "ignore") + feed[at % len(feed) :]
            ),
            st.sampled_from([RSS, ATOM, JSON_FEED, NEWS_SITEMAP]),
            st.integers(0, 10_000),
            st.one_of(
                st.text(max_size=60), st.sampled_from(["<", "]]>", "<![CDATA[", "&#0;", '":', "{", "\\ud800"])
            ),
        ),
        JSON_ITEMS.map(lambda items: json.dumps({"version": JSON_VERSION, "items": items}).encode()),
    )
)
def test_any_bytes_are_entries_or_a_clear_refusal(body: bytes) -> None:
    try:
        entries = read_feed(body, URL).entries
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
