"""What follows from origins and relations, as pure values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.assessment import ORIGINS_FOR, Grounds, Update, conclude
from verification.origins.types import Origin, OriginKind


def origin(root: str, *, against: bool = False) -> Origin:
    return Origin(OriginKind.INDEPENDENT, root, against, (), f"{root} says so")


@pytest.mark.parametrize(
    ("speaking_for", "against", "basis"),
    [
        ([], [], "none"),
        (["A"], [], "single_origin"),
        (["A", "B"], [], "multi_origin"),
        (["A"], ["B"], "conflicting"),
        ([], ["B"], "none"),
        (["A"], ["A"], "single_origin"),  # it contradicts itself: no second voice
        (["A", "B"], ["A"], "multi_origin"),
        (["A"], ["A", "C"], "conflicting"),
    ],
)
def test_basis(speaking_for, against, basis):
    origins = [origin(r) for r in speaking_for] + [origin(r, against=True) for r in against]
    found = conclude(Grounds(origins))
    assert found.basis == basis
    assert (found.origins_for, found.origins_against) == (len(speaking_for), len(against))
    least, most = ORIGINS_FOR[basis]
    assert least <= found.origins_for <= (most or len(speaking_for))


@pytest.mark.parametrize(
    ("grounds", "freshness"),
    [
        (Grounds([origin("A")], mentions_now=1, mentions_ever=1), "current"),
        (Grounds([origin("A")], updates=(Update(2, "newer", newer=True),)), "superseded"),
        (Grounds([origin("A")], updates=(Update(2, "older", newer=False),)), "current"),
        (Grounds([], mentions_now=0, mentions_ever=2), "source_changed"),
    ],
)
def test_freshness(grounds, freshness):
    assert conclude(grounds).freshness == freshness


def test_a_conclusion_is_as_sure_as_its_weakest_link():
    assert conclude(Grounds([origin("A")], link_confidences=(0.9, 0.6, 0.8))).confidence == 0.6
    assert conclude(Grounds([origin("A")])).confidence == 1.0


@given(st.lists(st.tuples(st.sampled_from("ABCDE"), st.booleans()), max_size=8), st.randoms())
def test_the_order_of_origins_changes_nothing_that_counts(pairs, random):
    origins = [origin(root, against=against) for root, against in dict.fromkeys(pairs)]
    shuffled = origins[:]
    random.shuffle(shuffled)
    one, other = conclude(Grounds(origins)), conclude(Grounds(shuffled))
    assert (one.basis, one.freshness, one.confidence) == (other.basis, other.freshness, other.confidence)
    assert one.explanation["flip"] == other.explanation["flip"]


@given(st.lists(st.sampled_from("ABCDE"), max_size=5, unique=True))
def test_one_more_independent_origin_never_weakens_the_basis(roots):
    order = ["none", "single_origin", "multi_origin"]
    before = conclude(Grounds([origin(r) for r in roots])).basis
    after = conclude(Grounds([origin(r) for r in [*roots, "F"]])).basis
    assert order.index(after) >= order.index(before)
