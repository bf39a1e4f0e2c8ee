"""Stretches without blanks are read in linear time, and the text stays what it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claims.extraction import analyze


@given(
    st.lists(st.sampled_from(["a", "$", "(", '"', "x" * 101, "9" * 250, " ", "\n", "ü" * 99]), max_size=12)
)
def test_offsets_survive_the_cuts(pieces):
    text = "".join(pieces)
    analysis = analyze(text)
    assert analysis.text == text
    for item in (*analysis.quantities, *analysis.times, *analysis.entities, *analysis.mentions):
        assert text[item.start : item.end] == item.text


def test_a_long_stretch_does_not_hide_the_sentence_behind_it():
    text = "$" * 5000 + ". The port of Ellery handled 1.2 million tonnes of cargo in 2024."
    assert any(quantity.value == 1_200_000 for quantity in analyze(text).quantities)
