"""No text takes time out of proportion to its length: what was quadratic once stays linear.

Times are processor time, with ten times as much allowed as is needed on a slow machine; each text took minutes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest

from claims.extraction import analyze
from claims.fetching import Unreadable, read_feed, read_text
from claims.fetching.limits import MAX_TEXT_WORDS
from verification.origins.affiliations import affiliations_of
from verification.origins.text import Page
from verification.origins.types import Document

DAY = date(2025, 2, 18)


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.mark.parametrize("unit", ["he said he ", "who said that "])
def test_a_sentence_without_end(unit: str) -> None:
    analyze("A short text.", DAY)  # loads the model
    text = (unit * 2000)[:20_000]
    assert seconds(lambda: analyze(text, DAY)) < 15


@pytest.mark.parametrize("unit", ["12,", "123,", "1 000 "])
def test_figures_without_end(unit: str) -> None:
    from claims.extraction.quantities.lexer import lex

    text = (unit * 30_000)[:90_000] + "x"
    assert seconds(lambda: lex(text)) < 10


@pytest.mark.parametrize("unit", ["A", "O'", "Aa-", "Ann Lund, its mayor, said. The city of Oslo "])
def test_names_without_end(unit: str) -> None:
    page = Page(Document("one", "Post", (unit * 60_000)[:60_000]))
    assert seconds(lambda: affiliations_of(page, ("Ann Lund", "Oslo"))) < 30


def test_a_name_of_a_hundred_letters_is_read_as_none() -> None:
    page = Page(Document("one", "Post", f"Ann {'x' * 101} came to Oslo."))
    assert page.text == f"Ann {' ' * 101} came to Oslo."


def test_document_types_without_end() -> None:
    feed = b"<rss>" + b"<!DOCTYPE " * 50_000

    assert seconds(lambda: read_feed(feed, "https://x.example/feed")) < 10


def test_more_words_than_a_worker_can_read_in_time_are_refused() -> None:
    assert read_text(b"a, " * (MAX_TEXT_WORDS // 2)).text
    with pytest.raises(Unreadable, match=r"words and signs.*Submit the article alone") as caught:
        read_text(b"a, " * (MAX_TEXT_WORDS // 2 + 1))
    assert caught.value.code == "too-large"
