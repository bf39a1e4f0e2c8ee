"""The arithmetic, on cases small enough to be worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.evaluation.scores import (
    Counts,
    Share,
    average_precision,
    classify,
    multiset_counts,
)
from verification.evaluation.spans import Tokens, one_to_one, same_name
from verification.evaluation.units import unit_key


def test_precision_recall_and_f1() -> None:
    counts = Counts(right=3, spurious=1, missed=2)
    assert (counts.precision, counts.recall) == (0.75, 0.6)
    assert counts.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))
    assert counts + Counts(1, 1, 0) == Counts(4, 2, 2)
    assert (Counts().precision, Counts().recall, Counts().f1) == (0, 0, 0)
    assert (Share(1, 4) + Share(2, 4)).value == 0.375


def test_macro_f1_weighs_classes_and_not_cases() -> None:
    scores = classify(("a", "b", "c"), [("a", "a"), ("a", "a"), ("a", "b"), ("b", "b")])
    # a: 2 right, 0 spurious, 1 missed: 0.8; b: 1 right, 1 spurious, 0 missed: 2/3; c does not occur
    assert scores.macro_f1 == pytest.approx((0.8 + 2 / 3) / 2)
    assert scores.accuracy == 0.75
    assert scores.of("b") == Counts(1, 1, 0)


def test_a_class_that_is_never_predicted_counts_as_nothing() -> None:
    scores = classify(("a", "b"), [("a", "a"), ("b", "a")])
    assert scores.macro_f1 == pytest.approx((2 / 3 + 0) / 2)


def test_average_precision_of_a_ranking() -> None:
    assert average_precision([True, False, True]) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([False, True], relevant=4) == pytest.approx(0.5 / 4)
    assert average_precision([False, False]) == 0


def test_bags_count_repeats() -> None:
    assert multiset_counts([1, 1, 2], [1, 3]) == Counts(right=1, spurious=1, missed=2)


@given(st.lists(st.integers(0, 4)), st.lists(st.integers(0, 4)))
def test_bags_swap_spurious_and_missed(one: list[int], other: list[int]) -> None:
    there, back = multiset_counts(one, other), multiset_counts(other, one)
    assert (there.right, there.spurious, there.missed) == (back.right, back.missed, back.spurious)
    assert there.right + there.missed == len(one)


TEXT = 'He said: "The ferry, closed on Monday, opens in May."'


def test_tokens_ignore_punctuation_at_the_edges() -> None:
    tokens = Tokens(TEXT)
    bare, quoted = TEXT.index("The"), TEXT.index('"The')
    end = TEXT.index(",")
    assert tokens.inside([(bare, end)]) == tokens.inside([(quoted, end + 1)]) == {2, 3}
    assert tokens.inside([(0, 2), (TEXT.index("May"), len(TEXT))]) == {0, 9}


def test_each_claim_gets_its_closest_mention_once() -> None:
    whole, left, right = frozenset(range(10)), frozenset(range(4)), frozenset(range(4, 10))
    assert one_to_one([left, right], [whole]) == ((1, 0),)  # both are covered, the longer is closer
    assert one_to_one([left, right], [whole, left]) == ((0, 1), (1, 0))
    assert one_to_one([whole], [frozenset(range(4))]) == ()  # less than half
    assert one_to_one([whole], [frozenset(range(5))]) == ((0, 0),)
    assert one_to_one([whole], [whole], allowed=lambda gold, system: False) == ()
    assert one_to_one([frozenset()], [frozenset()]) == ()


@given(st.lists(st.frozensets(st.integers(0, 8))), st.lists(st.frozensets(st.integers(0, 8))))
def test_pairs_are_one_to_one_and_cover_half(gold: list[frozenset[int]], found: list[frozenset[int]]) -> None:
    pairs = one_to_one(gold, found)
    assert len({g for g, _ in pairs}) == len({s for _, s in pairs}) == len(pairs)
    assert all(2 * len(gold[g] & found[s]) >= len(gold[g]) > 0 for g, s in pairs)


@pytest.mark.parametrize(
    ("gold", "system", "same"),
    [
        (None, None, True),
        ("Maja Holt", None, False),
        (None, "Maja Holt", False),
        ("Maja Holt", "Holt", True),
        ("Maja Holt", "Ann Holt", False),
        ("roads office", "the Roads Office of Vennland", True),
        ("the", "a", False),
    ],
)
def test_names(gold: str | None, system: str | None, same: bool) -> None:
    assert same_name(gold, system) is same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("US dollars", "USD"),
        ("United States dollar", "dollar"),
        ("metre", "meters"),
        ("kilometres", "Kilometer"),
        ("dimensionless", None),
        ("percentage", "%"),
        ("persons", "people"),
        ("polling stations", "polling station"),
        ("companies", "company"),
        ("watt-hours", "watt hour"),
        ("tonnes per day", "ton per day"),
        ("US dollars per litre", "dollar per liter"),
        ("inches", "inch"),
        ("square kilometre", "km2"),
        ("foot", "feet"),
    ],
)
def test_units_of_several_collections_are_one(one: str | None, other: str | None) -> None:
    assert unit_key(one) == unit_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("%", "percentage point"),
        ("GBP", "pound"),
        ("EUR", "USD"),
        ("gas", "ga"),
        ("bus", "bu"),
        ("", "people"),
    ],
)
def test_units_that_differ_stay_apart(one: str, other: str) -> None:
    assert unit_key(one) != unit_key(other)


def test_a_pound_is_money_where_the_collection_says_so() -> None:
    assert unit_key("Pound", money=True) == unit_key("GBP") != unit_key("Pound")


@given(st.text(max_size=30))
def test_any_unit_has_one_stable_key(unit: str) -> None:
    assert unit_key(unit_key(unit)) == unit_key(unit)


@given(st.text(max_size=30), st.text(max_size=30))
def test_names_agree_in_either_order(one: str, other: str) -> None:
    assert same_name(one, other) is same_name(other, one)


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_tokens_of_a_span_are_among_those_of_the_text(text: str, start: int, end: int) -> None:
    tokens = Tokens(text)
    assert tokens.inside([(start, end)]) <= tokens.inside([(0, len(text))])
