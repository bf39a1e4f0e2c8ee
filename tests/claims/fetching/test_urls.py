from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.fetching import Unreadable, canonical_url, registered_domain


@pytest.mark.parametrize(
    ("given_url", "canonical"),
    [
        ("HTTPS://News.Example.ORG/Story", "https://news.example.org/Story"),
        ("https://news.example.org:443/story", "https://news.example.org/story"),
        ("http://news.example.org:80/story", "http://news.example.org/story"),
        ("http://news.example.org:8080/story", "http://news.example.org:8080/story"),
        ("https://news.example.org", "https://news.example.org/"),
        ("https://news.example.org/a/./b/../c", "https://news.example.org/a/c"),
        ("https://news.example.org/story#comments", "https://news.example.org/story"),
        ("https://news.example.org/?utm_source=x&UTM_Medium=y&id=7", "https://news.example.org/?id=7"),
        ("https://news.example.org/s?fbclid=abc&gclid=d", "https://news.example.org/s"),
        ("https://news.example.org/s?a=1&fbclid=abc&b=2", "https://news.example.org/s?a=1&b=2"),
        ("  https://news.example.org/s  ", "https://news.example.org/s"),
        ("https://nëws.example.org/s", "https://xn--nws-jma.example.org/s"),
        ("https://news.example.org/%7Eann", "https://news.example.org/~ann"),
    ],
)
def test_spellings_of_one_address_become_one(given_url: str, canonical: str) -> None:
    assert canonical_url(given_url) == canonical


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "no scheme"),
        ("news.example.org/story", "no scheme"),
        ("ftp://news.example.org/story", "'ftp'"),
        ("javascript:alert(1)", "'javascript'"),
        ("file:///etc/passwd", "'file'"),
        ("http:///story", "no host"),
        ("http://news.example.org:99999/", "ort"),
        ("http://[::1/", "IPv6"),
        ("http://news.example.org/a\nb", "control"),
        ("https://news.example.org/" + "x" * 3000, "3025 characters"),
    ],
)
def test_what_is_no_web_address_is_refused_with_the_reason(url: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says) as caught:
        canonical_url(url)
    assert caught.value.code == "bad-url"


def test_a_password_is_refused_and_not_repeated() -> None:
    with pytest.raises(Unreadable) as caught:
        canonical_url("https://ann:s3cret@news.example.org/story")
    assert caught.value.code == "bad-url"
    assert "s3cret" not in caught.value.message


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.bbc.co.uk/news/1", "bbc.co.uk"),
        ("https://edition.news.example.com/", "example.com"),
        ("https://one.blogspot.com/", "one.blogspot.com"),
        ("http://192.0.2.7:8000/", "192.0.2.7"),
        ("http://[2001:db8::1]/", "2001:db8::1"),
        ("http://intranet/", "intranet"),
    ],
)
def test_the_registered_domain_is_what_somebody_answers_for(url: str, domain: str) -> None:
    assert registered_domain(url) == domain


@given(
    st.one_of(
        st.text(max_size=80),
        st.text(max_size=60).map(lambda rest: "http://news.example.org/" + rest),
        st.text(max_size=30).map(lambda host: f"https://{host}/?utm_id=1&a=%20b"),
    )
)
def test_any_text_gives_a_stable_address_or_a_clear_refusal(text: str) -> None:
    try:
        once = canonical_url(text)
    except Unreadable as error:
        assert error.code == "bad-url"
        return
    assert canonical_url(once) == once
    assert once.startswith(("http://", "https://")) and "#" not in once
    assert registered_domain(once)
