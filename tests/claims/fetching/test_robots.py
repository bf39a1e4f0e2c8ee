from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.fetching import Unreadable
from claims.fetching.limits import MAX_CRAWL_DELAY
from claims.fetching.robots import Robots, has_none, read_robots, robots_url

SITE = "https://skarn.example"
RULES = b"""\xef\xbb\xbfUser-agent: *
Disallow: /private/
Disallow: /*?print=
Crawl-delay: 2

User-agent: twosource
Allow: /archive/open
Disallow: /archive
Disallow: /*.pdf$
Crawl-delay: 5
"""


def allows(robots: Robots, path: str) -> bool:
    try:
        robots.check(SITE + path)
    except Unreadable as error:
        assert error.code == "robots"
        assert not error.transient
        return False
    return True


def test_our_own_group_counts_with_wildcards_and_the_longest_match() -> None:
    robots = read_robots(RULES)
    assert robots.crawl_delay() == 5
    assert allows(robots, "/private/x")  # the group for all others is not ours
    assert not allows(robots, "/archive/1999")
    assert allows(robots, "/archive/open/1")
    assert not allows(robots, "/report.pdf")
    assert allows(robots, "/report.pdf?x=1")


def test_the_group_for_all_counts_where_there_is_none_of_ours() -> None:
    robots = read_robots(RULES.partition(b"\n\n")[0])
    assert robots.crawl_delay() == 2
    assert not allows(robots, "/private/x")
    assert not allows(robots, "/a?print=1")
    assert allows(robots, "/a")


@pytest.mark.parametrize("delay", ["inf", "nan", "-3", "soon", ""])
def test_a_delay_that_is_none_is_left_out(delay: str) -> None:
    assert read_robots(f"User-agent: *\nCrawl-delay: {delay}\n".encode()).crawl_delay() is None


def test_a_delay_of_a_week_is_cut() -> None:
    assert read_robots(b"User-agent: *\nCrawl-delay: 604800\n").crawl_delay() == MAX_CRAWL_DELAY


@pytest.mark.parametrize(
    ("code", "transient", "may"),
    [
        ("http-404", False, True),
        ("http-403", False, True),
        ("http-429", True, True),
        ("http-503", True, False),
        ("timeout", True, False),
        ("dead-link", True, False),
        ("not-text", False, True),
    ],
)
def test_a_site_without_rules_is_open_and_one_that_cannot_be_asked_is_closed(
    code: str, transient: bool, may: bool
) -> None:
    assert has_none(Unreadable(code, "x", transient)) is may


def test_the_rules_of_a_port_are_its_own() -> None:
    assert robots_url("https://skarn.example:8443/a/b?c#d") == "https://skarn.example:8443/robots.txt"


@settings(max_examples=100)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(
            st.sampled_from(
                [
                    "User-agent: *",
                    "Disallow: /*a*$",
                    "Crawl-delay: 1e400",
                    "Allow:",
                    "Disallow: %zz",
                    "#",
                    "Sitemap: x",
                ]
            )
        ).map(lambda lines: "\n".join(lines).encode()),
    )
)
def test_any_bytes_are_rules(body: bytes) -> None:
    robots = read_robots(body)
    allows(robots, "/a?b=c")
    assert robots.crawl_delay() is None or 0 <= robots.crawl_delay() <= MAX_CRAWL_DELAY


def test_a_star_for_every_letter_takes_no_time() -> None:
    robots = read_robots(b"User-agent: *\nDisallow: /" + b"*a" * 2000 + b"b\n")
    assert allows(robots, "/" + "a" * 2000)
