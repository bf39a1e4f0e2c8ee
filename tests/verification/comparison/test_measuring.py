"""Figures are one series if they measure the same thing, whatever unit and words they are given in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.types import Change
from tests.verification.mentions import mention, quantity
from verification.comparison.measuring import series

ELLERY = ("Port Ellery", "Port Ellery", "place")


def said(text, *figures):
    return mention(text, *figures, entities=(ELLERY,))


DISTANCE = said("The ferry to Port Ellery drifted 12 km", quantity("12 km", 12, "kilometre", measure="ferry"))


def read(lead, *others):
    found = series(lead, dict(enumerate(others)))
    assert found is not None
    return found


def test_values_are_told_in_the_unit_of_the_leading_figure():
    other = said(
        "The ferry drifted 14,000 metres", quantity("14,000 metres", 14_000, "metre", measure="ferry")
    )
    found = read(DISTANCE, DISTANCE, other)
    assert (found.unit, found.words) == ("kilometre", "12 km")
    assert [reading.value for reading in found.readings.values()] == [12, 14]


def test_what_the_wording_leaves_open_is_the_interval():
    lead = said("Port Ellery lost about 20% of its cargo", quantity("about 20%", 20, "%", about=True))
    span = said(
        "Port Ellery lost 18 to 20 percent of its cargo",
        quantity("18 to 20 percent", low=18, high=20, unit="%"),
    )
    bound = said(
        "Port Ellery lost more than 15% of its cargo",
        quantity("more than 15%", 15, "%", change=Change.MORE),
    )
    about, wide, least = read(lead, lead, span, bound).readings.values()
    assert (about.value, about.low, about.high, about.bound) == (20, 18, 22, "")
    assert (wide.value, wide.low, wide.high) == (None, 18, 20)
    assert (least.value, least.low, least.bound) == (15, 15, ">")


def test_a_fall_lies_below_zero_and_its_bound_is_turned():
    lead = said("Cargo rose 3% in Port Ellery", quantity("3%", 3, "%", change=Change.UP, measure="cargo"))
    fall = said(
        "Cargo fell 12% in Port Ellery", quantity("12%", 12, "%", change=Change.DOWN, measure="cargo")
    )
    rise, down = read(lead, lead, fall).readings.values()
    assert rise.value == 3
    assert down.value == -12
    assert down.low <= -12 <= down.high


@pytest.mark.parametrize(
    "other",
    [
        said("Port Ellery lost 12 cranes", quantity("12", 12, "crane", measure="crane")),
        said("Port Ellery's rents cost 12 km of nerves", quantity("12 km", 12, "kilometre", measure="rent")),
        said("Port Ellery is a port"),
    ],
    ids=["another unit", "another measure", "no figure"],
)
def test_what_measures_something_else_has_no_place_in_the_series(other):
    assert read(DISTANCE, other).readings == {}


def test_a_change_and_a_level_are_two_series():
    level = said("Turnout in Port Ellery was 60%", quantity("60%", 60, "%", measure="turnout"))
    change = said(
        "Turnout in Port Ellery rose 5%", quantity("5%", 5, "%", change=Change.UP, measure="turnout")
    )
    assert list(read(level, level, change).readings) == [0]


def test_of_several_figures_the_one_counts_that_the_others_answer():
    dead, hurt = (quantity("9", 9, "people", measure="dead"), quantity("40", 40, "people", measure="injured"))
    lead = said("The storm at Port Ellery left 9 dead and 40 injured", dead, hurt)
    later = said("44 were injured at Port Ellery", quantity("44", 44, "people", measure="injured"))
    found = read(lead, lead, later)
    assert (found.words, [reading.value for reading in found.readings.values()]) == ("40", [40, 44])


def test_without_a_figure_there_is_no_series():
    assert series(said("The ferry sank at Port Ellery"), {0: DISTANCE}) is None


@given(
    st.floats(0.001, 1e12), st.sampled_from(["metre", "mile", "degree Celsius", "hour", "%", "USD", "crane"])
)
def test_a_value_survives_the_way_to_its_base_unit_and_back(value, unit):
    one = said("The ferry at Port Ellery did so much", quantity("so much", value, unit))
    (reading,) = read(one, one).readings.values()
    assert reading.value == pytest.approx(value, rel=1e-9, abs=1e-6)
    assert reading.low <= reading.value * (1 + 1e-9) + 1e-6
    assert reading.value <= reading.high * (1 + 1e-9) + 1e-6
