from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.fetching import Unreadable, clean_text, parse_moment, read_html, read_text
from claims.fetching.limits import MAX_BODY_BYTES, MAX_TEXT_CHARS

PAGE = """<!doctype html><html lang="en-GB"><head>
<title>Ferry to Skarn closed – The Skarn Courier</title>
<meta property="og:title" content="Ferry to Skarn closed">
<meta property="og:site_name" content="The Skarn Courier">
<meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2025-02-18T21:30:00+02:00">
</head><body>
<nav><a href="/">Home</a> <a href="/subscribe">Subscribe to get the latest posts</a></nav>
<article><h1>Ferry to Skarn closed</h1>
<p>The ferry to Skarn was closed on Monday after 14 months in service, the roads office said.</p>
<h2>COSTS HAVE DOUBLED</h2>
<figure><img src="f.jpg" alt=""><figcaption>The ferry in May. Photo: J. Doe</figcaption></figure>
<p>“It cost 12 million crowns – twice what was planned,” said Maja Holt, its head.</p>
<aside>Discover more from The Skarn Courier</aside>
<p>About 9,000 people used it each week, and nearly a fifth of them were pupils.</p></article>
<section id="comments"><p>I never liked that ferry and 80% of us agree, believe me on that.</p></section>
<footer>© The Skarn Courier 2025. All rights reserved.</footer>
</body></html>"""


def code_of(error: pytest.ExceptionInfo[Unreadable]) -> str:
    assert error.value.message and not error.value.transient
    return error.value.code


def test_a_page_gives_its_report_and_what_it_says_of_itself() -> None:
    page = read_html(PAGE.encode(), "https://skarn.example/ferry")
    assert page.text.split("\n\n") == [
        "The ferry to Skarn was closed on Monday after 14 months in service, the roads office said.",
        "“It cost 12 million crowns – twice what was planned,” said Maja Holt, its head.",
        "About 9,000 people used it each week, and nearly a fifth of them were pupils.",
    ]
    assert page.title == "Ferry to Skarn closed"
    assert (page.byline, page.site_name, page.language) == ("Ann Lee", "The Skarn Courier", "en-GB")
    assert page.published == datetime(2025, 2, 18, 21, 30, tzinfo=timezone(timedelta(hours=2)))


def test_a_fragment_is_read_whole() -> None:
    fragment = PAGE[PAGE.index("<article>") : PAGE.index("</article>")] + "<ul><li>400 at the port</li></ul>"
    text = read_html(fragment).text
    assert text.startswith("The ferry to Skarn was closed")
    assert "nearly a fifth of them were pupils." in text and "400 at the port" in text


def test_pull_quotes_and_footnote_numbers_are_left_out() -> None:
    page = PAGE.replace(
        "<aside>", '<blockquote class="wp-pullquote"><p>It cost a lot</p></blockquote><aside>'
    )
    page = page.replace("9,000 people", 'a share of 9<sup><a href="#n2">2</a></sup> percent of all people')
    text = read_html(page).text
    assert "It cost a lot" not in text
    assert "a share of 9 percent of all people used it" in text


def test_a_page_with_only_a_day_was_published_at_its_midnight() -> None:
    dated = PAGE.replace("2025-02-18T21:30:00+02:00", "2025-02-18")
    assert read_html(dated).published == datetime(2025, 2, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("codec", "declared", "header"),
    [
        ("utf-8", "", None),
        ("utf-8", '<meta charset="iso-8859-1">', "iso-8859-1"),  # declared wrongly, as pages do
        ("utf-8-sig", "", "windows-1252"),
        ("cp1252", '<meta charset="windows-1252">', None),
        ("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', None),
        ("cp1252", "", "ISO-8859-1"),
        ("cp1252", "", None),
        ("cp1252", '<meta charset="utf-8">', "no-such-charset"),
        ("utf-16", "", None),
    ],
)
def test_the_charset_is_found(codec: str, declared: str, header: str | None) -> None:
    body = PAGE.replace("<head>", "<head>" + declared).encode(codec)
    assert "“It cost 12 million crowns – twice" in read_html(body, charset=header).text


@pytest.mark.parametrize("charset", ["punycode", "idna", "unicode_escape", "utf-7", "hex", "rot13", "a\x00b"])
def test_a_charset_that_is_none_is_not_used(charset: str) -> None:
    assert "Maja Holt" in read_html(PAGE.encode("cp1252"), charset=charset).text


@pytest.mark.parametrize(
    "page",
    [
        "<html><body></body></html>",
        "<html><body><script>render()</script></body></html>",
        "<html><body><nav><a href='/a'>Home</a><a href='/b'>News</a></nav></body></html>",
        "<" * 10_000,
    ],
)
def test_a_page_without_a_report_says_so(page: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_html(page)
    assert code_of(caught) == "no-article"


@pytest.mark.parametrize("read", [read_text, read_html])
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty-text"),
        (b" \n\t\r\n", "empty-text"),
        (b"\xef\xbb\xbf", "empty-text"),
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3", "not-text"),
        (b"PK\x03\x04" + bytes(100), "not-text"),
        (b"\x7fELF" + bytes(100), "not-text"),
        (b"GIF89a" + bytes(100), "not-text"),
        (b"x" * (MAX_BODY_BYTES + 1), "too-large"),
    ],
)
def test_what_is_no_text_is_refused(read: object, body: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(body)  # type: ignore[operator]
    assert code_of(caught) == code


def test_the_place_of_a_byte_that_is_not_utf8_is_named() -> None:
    with pytest.raises(Unreadable, match=r"0xe9 at position 18 \(line 2\)") as caught:
        read_text("first line\nThe café".encode("cp1252") + b" closed.")
    assert code_of(caught) == "not-utf-8"
    with pytest.raises(Unreadable, match="UTF-16") as caught:
        read_text("The café closed.".encode("utf-16"))
    assert code_of(caught) == "not-utf-8"


def test_a_book_is_no_article() -> None:
    with pytest.raises(Unreadable, match=r"500,001") as caught:
        read_text(b"a" * (MAX_TEXT_CHARS + 1))
    assert code_of(caught) == "too-large"


def test_plain_text_keeps_its_lines_and_loses_what_cannot_be_seen() -> None:
    body = "\ufeffGIF8 is no image here.\r\n\r\nNothing\x00 but\u2028text.\r".encode()
    assert read_text(body).text == "GIF8 is no image here.\n\nNothing but\ntext.\n"


@given(st.text())
def test_cleaning_is_idempotent_and_any_text_can_be_read_back(text: str) -> None:
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert "\r" not in clean and "\x00" not in clean
    if clean.strip():
        assert read_text(clean.encode()).text == clean


@settings(max_examples=50)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda t: f"<p>{t}</p>".encode())))
def test_any_bytes_are_read_or_clearly_refused(body: bytes) -> None:
    for read in (read_text, read_html):
        try:
            found = read(body)
        except Unreadable as error:
            assert error.code in {"empty-text", "not-text", "not-utf-8", "no-article"}
        else:
            assert found.text.strip() and clean_text(found.text) == found.text


def test_moments_without_a_zone_are_utc_and_nonsense_is_none() -> None:
    assert parse_moment("2025-02-18") == datetime(2025, 2, 18, tzinfo=UTC)
    assert parse_moment("2025-02-18T09:00:00Z") == datetime(2025, 2, 18, 9, tzinfo=UTC)
    assert [parse_moment(text) for text in (None, "", "yesterday", "2025-13-01")] == [None] * 4


def test_a_year_in_the_report_is_not_its_day_of_publication() -> None:
    page = (
        "<html lang='en'><head><title>Tram</title></head><body><article><p>The line opened in 2019 and carried "
        "41,000 passengers in its first week, the transport office said.</p><p>Trams run every eight minutes "
        "until midnight, and the line is 7 kilometres long.</p></article></body></html>"
    )
    assert read_html(page, "https://post.example/tram").published is None
