"""How often reviewers agree, against figures worked out elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import factories as make
from verification.agreement import cohens_kappa
from verification.models.words import VerdictWord
from verification.selectors.agreeing import agreement_by_pair
from verification.workflow import Decision, decide

WORDS = st.sampled_from(["supported", "mixed", "refuted"])
TABLES = st.dictionaries(st.tuples(WORDS, WORDS), st.integers(1, 50), min_size=1)


def test_the_textbook_example() -> None:
    """Of 50 proposals both readers accept 20 and reject 15; one alone accepts 5, the other alone 10."""
    found = cohens_kappa({("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15})
    assert (found.count, found.agreed) == (50, 35)
    assert (found.observed, found.expected) == (0.7, 0.5)
    assert found.kappa == pytest.approx(0.4)
    assert found.high - found.low == pytest.approx(2 * 1.96 * (0.7 * 0.3 / (50 * 0.25)) ** 0.5)


def test_where_both_always_say_the_same_word_kappa_says_nothing() -> None:
    assert cohens_kappa({("a", "a"): 7}).kappa is None
    assert cohens_kappa({("a", "a"): 7, ("b", "b"): 1}).kappa == 1


@given(TABLES)
def test_kappa_does_not_depend_on_who_is_named_first_and_stays_in_its_range(table) -> None:
    one = cohens_kappa(table)
    other = cohens_kappa({(b, a): n for (a, b), n in table.items()})
    assert one.kappa == pytest.approx(other.kappa) if one.kappa is not None else other.kappa is None
    if one.kappa is not None:
        assert -1 <= one.low <= one.kappa + 1e-9
        assert one.kappa <= one.high + 1e-9 <= 1 + 1e-8


@pytest.mark.django_db
def test_pairs_are_counted_whoever_was_first_and_what_was_taken_back_is_not(
    django_assert_num_queries,
) -> None:
    anna, bertil, carla = (make.UserFactory() for _ in range(3))

    def reviewed(first, second, one: str, other: str, *, blind: bool = True) -> None:
        claim = make.ClaimFactory()
        decide(claim.pk, decision(one), actor=first, second_review=True, blind=blind)
        decide(claim.pk, decision(other), actor=second)

    def decision(word: str) -> Decision:
        return Decision(VerdictWord(word), "as the register says", ["mention:1"])

    reviewed(anna, bertil, "supported", "supported")
    reviewed(bertil, anna, "mixed", "supported")
    reviewed(bertil, anna, "mixed", "mixed")
    reviewed(carla, anna, "mixed", "mixed", blind=False)
    with django_assert_num_queries(2):
        (pair,) = agreement_by_pair(blind_only=True)
    assert (pair.one, pair.other) == (anna, bertil)
    assert (pair.figures.count, pair.figures.agreed) == (3, 2)
    assert pair.differed == ("supported", "mixed", 1)
    assert pair.figures.kappa == pytest.approx(0.4)
    assert len(agreement_by_pair(blind_only=False)) == 2
