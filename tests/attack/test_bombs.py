"""What is small when it comes and large or slow when it is unfolded."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from claims.fetching import Unreadable, read_feed, read_html

SAID = "<p>The council of Ashford spent $12 million on 4 schools in 1991, the mayor said on Monday.</p>"
HIDDEN = (
    b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE x +AFsAPAAh-ENTITY a +ACI-boom+ACIAPgBdAD4-'
    b"<%s><url><loc>https://x.example/1</loc><title>+ACY-a+ADs-</title></url></%s>"
)


def outcome(read: Callable[[], object]) -> str:
    """ "read" or the code of the refusal; that took no more than ten seconds of the processor."""
    start = time.process_time()
    try:
        read()
        return "read"
    except Unreadable as error:
        return error.code
    finally:
        assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("inside", "came"),
    [
        ("<div>" * 50_000 + SAID, "no-article"),
        ("<div>x" * 50_000 + SAID, "read"),
        ("<b><i><p>x" * 20_000 + SAID, "read"),
        ("<table><tr><td>" * 20_000 + SAID, "no-article"),
        (f"<p {' '.join(f'a{n}=1' for n in range(100_000))}>{SAID}", "no-article"),
        (f"<p {' '.join(f'a{n}' for n in range(100_000))}>{SAID}", "no-article"),
    ],
)
def test_a_page_that_unfolds_is_read_in_time_or_refused(inside: str, came: str) -> None:
    page = f"<html><body><article>{inside}</article></body></html>"
    assert outcome(lambda: read_html(page)) == came


def test_an_attribute_of_many_words_is_one() -> None:
    props = "{&quot;text&quot;: 'many words'} " * 3000
    page = f'<html><body><article data-props="{props}"><div content="{props}"></div>{SAID * 3}</article></body></html>'
    assert "12 million" in read_html(page).text


def test_a_page_over_which_the_libraries_stumble_is_refused() -> None:
    assert outcome(lambda: read_html(b"<iframe><html lang=x>")) == "no-article"


@pytest.mark.parametrize("root", [b"urlset", b"rss"])
def test_an_entity_declared_where_no_filter_sees_it_is_not_unfolded(root: bytes) -> None:
    body = HIDDEN.replace(b"%s", root)
    try:
        entries = read_feed(body, "https://x.example/feed").entries
    except Unreadable:
        return
    assert not any("boom" in (entry.title or "") for entry in entries)
