"""The decider: data in, findings out."""

from __future__ import annotations

from dataclasses import replace

from claims.extraction.types import Attribution, Span
from tests.verification.mentions import mention
from verification.comparison.types import Comparison, Relation, Stance
from verification.comparison.view import View
from verification.deciding import Candidate, Newcomer, decide, told_together


def judged(relation: Relation, confidence: float = 0.9) -> Comparison:
    return Comparison(relation, confidence, Stance(0.1, 0.1, 0.8), ())


def found(verdicts: dict[tuple[int, int], Comparison], newcomers: dict[int, list[int]]):
    """Decide newcomers (id -> its candidates) with the comparisons given by hand."""
    text = View(mention("The bridge is closed."))
    return decide(
        [Newcomer(i, text, tuple((Candidate(c, text),) for c in cs)) for i, cs in newcomers.items()],
        lambda a_id, a, b_id, b: verdicts.get((a_id, b_id)),
    )


def test_whatever_a_mention_is_to_its_candidates_is_kept_with_the_reason_it_was_compared():
    same, against = judged(Relation.SAME), judged(Relation.CONTRADICTS)
    findings = found({(10, 1): same, (10, 2): against, (11, 10): same}, {10: [1, 2], 11: [10]})
    assert [(f.newcomer, f.other, f.comparison) for f in findings] == [
        (10, 1, same),
        (10, 2, against),
        (11, 10, same),
    ]
    assert {f.reasons for f in findings} == {("bridge + closed",)}


def test_unrelated_pairs_leave_nothing_behind():
    assert found({}, {10: [1]}) == ()


def test_a_sentence_is_not_compared_with_itself_unless_it_rejects_what_it_quotes():
    one = mention("The storm killed 83 people.")
    other = replace(one, text="injured 400", claim="The storm injured 400 people.")
    assert told_together(one, other)
    assert not told_together(one, replace(other, attribution=Attribution.DENIED))
    assert not told_together(one, replace(other, sentence=Span(40, 60)))
