"""A claim reads as it is stored: nothing in it that no reader sees."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction import analyze
from claims.fetching import read_html, read_text
from claims.fetching.text import clean_text

PLAIN = "The port of Ellery handled 1.2 million tonnes of cargo in 2024, the port authority said."
INVISIBLE = [
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u202e",
    "\u2066",
    "\u200f",
    "\U000e0041",
]


@pytest.mark.parametrize("mark", INVISIBLE)
def test_a_text_sown_with_invisible_characters_makes_the_same_claims(mark: str) -> None:
    sown = mark.join(PLAIN)
    assert read_text(sown.encode()).text == PLAIN
    page = f"<html><body><article><p>{sown}</p><p>{PLAIN} {PLAIN}</p></article></body></html>"
    assert read_html(page).text.startswith(PLAIN)


def test_what_reads_backwards_is_stored_as_it_was_typed() -> None:
    text = read_text("Cargo fell by \u202e21\u202c percent in 2024, the port authority said.".encode()).text
    (claim,) = {m.claim for m in analyze(text).mentions}
    assert "21 percent" in claim


def test_an_emoji_of_several_keeps_its_joiners() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert clean_text(f"They came {family} home.") == f"They came {family} home."


@given(st.text())
def test_cleaning_is_done_once_and_leaves_no_format_character(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    bidi = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    assert not {unicodedata.bidirectional(character) for character in cleaned} & bidi
