"""The measures that decide whether origins are counted well enough."""

from verification.origins import Copy
from verification.origins.scoring import score, score_copies


def claim(identifier, *groups, against=0):
    return {
        "id": identifier,
        "origins": [{"articles": list(articles)} for articles in groups],
        "against_origins": [{"articles": ["z"]}] * against,
    }


def test_two_where_there_is_one_is_a_false_corroboration_and_one_where_there_are_two_a_missed_one():
    gold = [claim("one", "abc"), claim("two", "ab", "c"), claim("none"), claim("three", "a", "b", "c")]
    given = [claim("one", "ab", "c"), claim("two", "abc"), claim("none"), claim("three", "a", "b")]
    found = score(gold, given)
    assert (found.claims, found.exact) == (4, 1)
    assert (found.false_corroborations, found.missed_corroborations) == (1, 1)
    assert found.precision == (1 + 1) / (1 + 3)
    assert found.recall == (1 + 1) / (3 + 1)


def test_a_perfect_answer():
    gold = [claim("one", "ab", against=1)]
    found = score(gold, gold)
    assert (found.exact, found.against_exact, found.precision, found.recall) == (1, 1, 1.0, 1.0)


def test_a_claim_without_an_answer_is_wrong_unless_nobody_affirms_it():
    assert score([claim("one", "ab")], []).exact == 0
    assert score([claim("none")], []).exact == 1


def test_copies_count_in_either_direction():
    found = [Copy("a", "b", 9, 0.5, 0.5, 0.3), Copy("c", "d", 9, 0.5, 0.5, 0.3)]
    assert score_copies([{"a": "b", "b": "a"}], found) == (0.5, 1.0)
