"""What the earlier article says, and what the later one; a figure that a text names as wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction.types import Attribution, Change
from tests.verification.comparison.test_properties import mentions
from tests.verification.mentions import day, mention, quantity
from verification.comparison import Relation, compare, mirrored

MONDAY, JUNE = date(2025, 3, 3), date(2025, 6, 2)
days = st.sampled_from([None, MONDAY, date(2025, 3, 4), JUNE])


def told(text, published, *figures, **more):
    return replace(mention(text, *figures, **more), published=published)


def levels(a, b):
    return {(step.feature, step.level) for step in compare(a, b).trace}


@settings(max_examples=100)
@given(mentions(), days, mentions(), days)
def test_comparison_is_symmetric_whenever_they_were_published(a, first, b, second):
    one, other = replace(a, published=first), replace(b, published=second)
    assert compare(one, other) == mirrored(compare(other, one))


def test_how_the_earlier_and_how_the_later_article_tells_it():
    plan = told("Ostra will close its harbour school", MONDAY)
    outcome = told("Ostra had finally closed its harbour school", JUNE)
    found = levels(outcome, plan)
    assert {("tense, earlier", "future"), ("tense, later", "before the past")} <= found
    assert ("stage, later", "come about") in found
    assert ("stage, earlier", "come about") not in found


@pytest.mark.parametrize("other", [MONDAY, None], ids=["one day", "a day unknown"])
def test_without_an_order_nothing_is_earlier_or_later(other):
    found = levels(told("Ostra closed the school", MONDAY), told("Ostra will close the school", other))
    assert not {feature for feature, _ in found if feature.endswith((", earlier", ", later"))}


def test_days_are_those_before_or_after_the_earlier_article():
    plan = told("Ostra votes on Friday", MONDAY, times=[day("Friday", "2025-03-07")])
    before = told("Ostra voted in February", JUNE, times=[day("February", "2025-02-01", "2025-02-28")])
    assert {("day, earlier", "after"), ("day, later", "not after")} <= levels(plan, before)


def test_who_says_it():
    denied = told("Ostra sold the dam", MONDAY, attribution=Attribution.DENIED, speaker="Anna Berg")
    found = levels(denied, told("Ostra sold the dam", JUNE))
    assert {("voice, earlier", "denied"), ("voice, later", "the outlet")} <= found


def months(text, *figures, published=MONDAY):
    return told(text, published, *(quantity(str(n), n, "month", measure="sentence") for n in figures))


def test_a_figure_that_the_other_calls_wrong_is_contradicted():
    wrong = months("Winn was given a sentence of 18 months", 18)
    right = months("Winn was given a sentence of 16 months, not 18", 16, 18, published=JUNE)
    found = compare(wrong, right)
    assert found.relation is Relation.CONTRADICTS
    assert ("quantity", "rejected") in {(step.feature, step.level) for step in found.trace}


def test_a_figure_that_both_call_wrong_contradicts_nothing():
    one = months("Winn was given a sentence of 16 months, not 18", 16, 18)
    other = months("Winn was given a sentence of 16 months rather than 18", 16, 18)
    assert compare(one, other).relation is Relation.SAME


def test_what_is_no_more_than_a_bound_rejects_no_figure():
    one = told(
        "Not more than 18 people fled", MONDAY, quantity("more than 18", 18, "people", change=Change.MORE)
    )
    other = told(
        "More than 18 people fled", MONDAY, quantity("More than 18", 18, "people", change=Change.MORE)
    )
    assert ("quantity", "rejected") not in levels(one, other)


def test_a_speaker_named_within_another_is_no_other_speaker():
    short = told("Prices rose", MONDAY, speaker="statistics office")
    long = told("Prices rose", JUNE, speaker="statistics office of Marenia")
    assert ("speaker", "part") in levels(short, long)
