"""Which mentions make one claim, whatever the order they came in."""

from __future__ import annotations

import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verification.grouping import Ties, groups, name

PAIRS = [(a, b) for a in range(7) for b in range(a + 1, 7)]


def grouped(count: int, **ties) -> set[frozenset[int]]:
    return {frozenset(g) for g in groups({i: (str(i),) for i in range(count)}, Ties(**ties))}


def sets(*wanted) -> set[frozenset[int]]:
    return {frozenset(group) for group in wanted}


TRIANGLES = {(0, 1): 0.9, (0, 2): 0.9, (1, 2): 0.9, (3, 4): 0.9, (3, 5): 0.9, (4, 5): 0.9}


def test_a_paraphrase_found_through_another_joins_its_claim():
    assert grouped(3, same={(0, 1): 0.9, (1, 2): 0.9}) == sets({0, 1, 2})


def test_too_unsure_a_likeness_joins_nothing():
    assert grouped(2, same={(0, 1): 0.4}) == sets({0}, {1})


def test_one_wrong_pair_glues_no_two_groups():
    assert grouped(6, same={**TRIANGLES, (2, 3): 1.0}) == sets({0, 1, 2}, {3, 4, 5})


def test_a_contradiction_keeps_apart_what_a_third_mention_is_the_same_as():
    found = grouped(3, same={(0, 1): 0.9, (1, 2): 0.8}, apart={(0, 2)})
    assert found == sets({0, 1}, {2})


def test_what_a_person_joined_stays_joined_in_spite_of_the_machine():
    assert grouped(2, apart={(0, 1)}, joined={(0, 1)}) == sets({0, 1})


def test_what_a_person_parted_stays_apart_through_any_third():
    same = {(0, 1): 1.0, (1, 2): 1.0, (0, 2): 1.0}
    assert sets({0, 1, 2}) == grouped(3, same=same)
    found = grouped(3, same=same, parted={(0, 2)})
    assert all(not {0, 2} <= group for group in found)
    assert all(not {0, 2} <= g for g in grouped(3, joined={(0, 1), (1, 2)}, parted={(0, 2)}))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(st.sampled_from(PAIRS), st.sampled_from([0.5, 0.7, 0.9]), max_size=14),
    st.sets(st.sampled_from(PAIRS), max_size=4),
    st.sets(st.sampled_from(PAIRS), max_size=2),
    st.sets(st.sampled_from(PAIRS), max_size=2),
    st.permutations(range(7)),
)
def test_the_order_of_arrival_does_not_change_the_groups(same, apart, joined, parted, ids):
    """Ids are given in the order of arrival: the same mentions under other ids are grouped the same."""

    def renamed(pairs):
        return {tuple(sorted((ids[a], ids[b]))) for a, b in pairs}

    ranks = {ids[i]: (str(i),) for i in range(7)}
    again = Ties(
        {tuple(sorted((ids[a], ids[b]))): c for (a, b), c in same.items()},
        renamed(apart),
        renamed(joined),
        renamed(parted),
    )
    found = grouped(7, same=same, apart=apart, joined=joined, parted=parted)
    assert {frozenset(ids.index(i) for i in g) for g in groups(ranks, again)} == found
    for a, b in parted:
        assert all(not {a, b} <= group for group in found)
    for a, b in apart - joined:
        assert joined or all(not {a, b} <= group for group in found)


def test_groups_keep_their_claims_and_the_larger_share_wins():
    naming = name([(1, 2, 3)], {1: 70, 2: 50, 3: 50})
    assert (naming.claims, naming.absorbed) == ((50,), {70: 0})
    assert name([(1, 2)], {1: 70, 2: 50}).claims == (50,)  # the older of two of one size
    assert name([(1, 2)], {1: 70, 2: 50}, decided={70}).claims == (70,)


def test_what_splits_off_needs_a_claim_and_the_rest_keeps_it():
    assert name([(1,), (2, 3)], {1: 50, 2: 50, 3: 50}).claims == (None, 50)


def test_a_thousand_mentions_of_one_claim_are_grouped_in_no_time():
    same = {
        (a, b): 0.9 for b in range(1, 1000) for a in range(min(6, b))
    }  # each is compared with the first six
    began = time.process_time()
    assert len(grouped(1000, same=same)) == 1
    assert time.process_time() - began < 5
