"""The decider: data in, intents out."""

from __future__ import annotations

from tests.verification.mentions import mention
from verification.comparison.types import Comparison, Relation, Stance
from verification.deciding import Candidate, Newcomer, decide


def judged(relation: Relation, confidence: float = 0.9) -> Comparison:
    return Comparison(relation, confidence, Stance(0.1, 0.1, 0.8), ())


def plan(verdicts: dict[tuple[int, int], Comparison], newcomers: dict[int, list[tuple[int, int | None]]]):
    """Decide newcomers (id -> its candidates' mention and claim) with the comparisons given by hand."""
    text = mention("The bridge is closed.")
    return decide(
        [
            Newcomer(i, text, tuple(Candidate(other, claim, text) for other, claim in candidates))
            for i, candidates in newcomers.items()
        ],
        lambda a_id, a, b_id, b: verdicts.get((a_id, b_id), judged(Relation.UNRELATED)),
    )


def test_a_mention_joins_the_claim_it_is_most_surely_the_same_as():
    found = plan(
        {(10, 1): judged(Relation.SAME, 0.7), (10, 2): judged(Relation.SAME, 0.9)}, {10: [(1, 100), (2, 200)]}
    )
    assert found.lead_of == {10: 2}
    assert {finding.other for finding in found.findings} == {1, 2}


def test_a_mention_without_a_like_founds_a_claim_and_keeps_its_relations():
    found = plan({(10, 1): judged(Relation.CONTRADICTS)}, {10: [(1, 100)]})
    assert found.lead_of == {10: 10}
    assert [f.comparison.relation for f in found.findings] == [Relation.CONTRADICTS]


def test_too_unsure_a_likeness_joins_nothing():
    assert plan({(10, 1): judged(Relation.SAME, 0.4)}, {10: [(1, 100)]}).lead_of == {10: 10}


def test_equally_sure_candidates_are_chosen_by_age():
    same = judged(Relation.SAME)
    assert plan({(10, 2): same, (10, 1): same}, {10: [(2, 200), (1, 100)]}).lead_of == {10: 1}


def test_mentions_of_one_article_find_each_other_and_the_first_ones_claim():
    same = judged(Relation.SAME)
    found = plan({(10, 1): same, (11, 10): same}, {10: [(1, 100)], 11: [(10, None)]})
    assert found.lead_of == {10: 1, 11: 1}


def test_unrelated_pairs_leave_nothing_behind():
    assert plan({}, {10: [(1, 100)]}).findings == ()
