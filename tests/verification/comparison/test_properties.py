"""What must hold for every pair of mentions, whatever they say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction.types import Attribution, Change
from tests.verification.mentions import day, mention, quantity
from verification.comparison import Relation, compare, mirrored

WORDS = [
    "Norland",
    "Vestria",
    "Ostra",
    "troops",
    "exports",
    "rose",
    "fell",
    "took",
    "part",
    "left",
    "not",
    "never",
]
WORDS += ["about", "12", "40", "March", "killed", "the", "of", "by"]
texts = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join), st.text(max_size=80)
)
figures = st.builds(
    quantity,
    st.sampled_from(["about 20%", "nearly a fifth", "12 people", "$3bn", "more than 40"]),
    st.floats(-1e12, 1e12, allow_nan=False),
    st.sampled_from(["%", "people", "USD", "EUR", "mile", "kilometre", None]),
    about=st.booleans(),
    change=st.sampled_from(list(Change)),
    measure=st.sampled_from(["", "loss", "vestrian territory", "share"]),
)
names = st.sampled_from(
    [("Norland", "Norland", "country"), ("Ostra", "Ostra", "place"), ("Berg", "Anna Berg", "person")]
)
days = st.dates(date(2020, 1, 1), date(2026, 1, 1)).map(lambda d: day(d.isoformat(), d.isoformat()))


@st.composite
def mentions(draw):
    return mention(
        draw(texts),
        *draw(st.lists(figures, max_size=3)),
        entities=draw(st.lists(names, max_size=3)),
        times=draw(st.lists(days, max_size=1)),
        negated=draw(st.booleans()),
        attribution=draw(st.sampled_from(list(Attribution))),
        frame=draw(st.sampled_from([(), ("norland", "attack", "vestria"), ("vestria", "attack", "norland")])),
        speaker=draw(st.sampled_from([None, "Anna Berg", "Tom Ruud"])),
    )


@settings(max_examples=150)
@given(mentions(), mentions())
def test_comparison_is_symmetric(a, b):
    assert compare(a, b) == mirrored(compare(b, a))


@settings(max_examples=100)
@given(mentions(), mentions())
def test_probabilities_are_probabilities_and_the_relation_is_among_the_likeliest(a, b):
    judged = compare(a, b)
    stance = judged.stance
    assert 0 <= judged.confidence <= 1
    assert stance.supports + stance.contradicts + stance.neutral == pytest.approx(1, abs=1e-6)
    assert all(0 <= part <= 1 for part in (stance.supports, stance.contradicts, stance.neutral))
    if judged.relation is Relation.CONTRADICTS:
        assert stance.contradicts == max(stance.supports, stance.contradicts)


@settings(max_examples=100)
@given(mentions(), mentions())
def test_every_step_of_the_trace_says_why_in_words(a, b):
    assert all(step.feature and step.level and step.note for step in compare(a, b).trace)


@settings(max_examples=100)
@given(mentions())
def test_nothing_contradicts_itself(a):
    assert compare(a, a).relation is not Relation.CONTRADICTS


def test_only_an_update_tells_which_is_newer():
    one = mention("Anna Berg won the Ostra race")
    assert compare(one, one).newer is None
