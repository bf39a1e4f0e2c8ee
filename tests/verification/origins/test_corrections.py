"""What an article takes back of its own words."""

from __future__ import annotations

import pytest

from verification.origins.corrections import takes_back


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        (
            "An earlier version of this article misstated that the ferry held 300 people.",
            "the ferry held 300",
        ),
        ("A previous version of this story incorrectly said the mill closed in May.", "the mill closed"),
        ("This article originally said the choir has 40 singers; it has 14.", "the choir has 40"),
        ("The original version of our report gave the depth as 12 metres.", "the depth as 12"),
    ],
)
def test_a_correction_takes_back_what_was_said(sentence, wrong):
    start = sentence.index(wrong)
    assert takes_back(sentence, start, start + len(wrong))


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("This article originally said the choir has 40 singers; it has 14.", "it has 14"),
        ("The minister incorrectly said the mill closed in May.", "the mill closed"),
        ("An earlier version of the bill said fees would double.", "fees would double"),
    ],
)
def test_what_is_right_and_what_others_got_wrong_is_not_taken_back(sentence, words):
    start = sentence.index(words)
    assert not takes_back(sentence, start, start + len(words))
