"""Numbers of two texts are written one way before a reader sees them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.comparison.stance.figures import written_alike


@pytest.mark.parametrize(
    ("evidence", "claim", "alike"),
    [
        ("It fell to 2.27 million.", "It fell to 2270000.", "It fell to 2.27 million."),
        ("It cost £108000 million.", "It cost £108 billion.", "It cost £108 billion."),
        ("It has 6050 seats.", "It has 6,050 seats.", "It has 6,050 seats."),
        ("It has 1870 seats.", "It has 1,870 seats.", "It has 1,870 seats."),
        ("It has 12 thousand seats.", "It has 12000 seats.", "It has 12,000 seats."),
        ("It has 1,500-million cells.", "It has 1.50 billion cells.", "It has 1.5 billion cells."),
    ],
)
def test_the_same_number_comes_out_the_same(evidence, claim, alike):
    assert written_alike(evidence, claim) == (alike, alike)


@pytest.mark.parametrize(
    "text",
    [
        "In 1999 it rose by 3.25%.",
        "Call 0044 123.",
        "7,500,003 came",
        "Of 12,34 and 1.2.3 and A4500",
        "10500.5 m",
    ],
)
def test_years_and_what_is_no_plain_number_stay(text):
    assert written_alike(text, "") == (text, "")


@given(st.text("0123456789,. -amilonthusdbr", max_size=40), st.text("0123456789,. ", max_size=20))
def test_what_is_written_alike_stays_so(evidence, claim):
    once = written_alike(evidence, claim)
    assert written_alike(*once) == once
