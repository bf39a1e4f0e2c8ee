"""The quick attribute ruler annotates as spaCy's own."""

from __future__ import annotations

from functools import cache

import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from claims.extraction import ruler
from claims.extraction.pipeline import model_name

LAYERS = ["TAG", "POS", "MORPH", "LEMMA", "DEP"]
WORDS = ["I", "it", "you", "gon", "na", "ai", "n't", "let", "'s", "y'", "all", "that", "There", "is", "doin'"]


@cache
def parsers() -> tuple[Language, Language]:
    quick = spacy.load(model_name())
    ruler.quicken(quick)
    return spacy.load(model_name()), quick


def annotation(nlp: Language, text: str) -> list[list[int]]:
    return nlp(text).to_array(LAYERS).tolist()


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)))
@example("He ain't gonna say y'all got ta go;\n\n let's see: there's nothin' \t that it wo n't do 'em.")
@example("")
def test_it_annotates_as_the_original(text: str) -> None:
    original, quick = parsers()
    assert annotation(quick, text) == annotation(original, text)


@pytest.mark.parametrize("pattern", [[{"SHAPE": "dd"}], [{"LOWER": "ship", "OP": "+"}]])
def test_rules_that_it_does_not_read_are_left_to_the_original(pattern: list[dict[str, str]]) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("attribute_ruler").add([pattern], {"TAG": "NN"})  # type: ignore[attr-defined]
    expected = annotation(nlp, "24 ship ship")
    ruler.quicken(nlp)
    assert annotation(nlp, "24 ship ship") == expected
    assert any(row[0] for row in expected)
