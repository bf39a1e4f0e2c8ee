"""What an article takes back of its own words."""

from __future__ import annotations

import pytest

from verification.origins.corrections import superseded, takes_back, with_label


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
        ("Correction: our report of 4 May said that the choir had 40 singers.", "the choir had 40"),
        (
            "Corrects number in story: The article published on Monday, 4 May wrongly put the cost at €5.",
            "the cost at",
        ),
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
        ("As our report of 4 May said, the choir has 40 singers.", "the choir has 40"),
    ],
)
def test_what_is_right_and_what_others_got_wrong_is_not_taken_back(sentence, words):
    start = sentence.index(words)
    assert not takes_back(sentence, start, start + len(words))


TOLL = "The storm killed 21 people in Orla. {more}Police made 40 arrests. {note}"


@pytest.mark.parametrize(
    "note",
    [
        "Correction: An earlier version of this article misstated the number of dead. It was 12, not 21.",
        "This story originally misstated the toll. The storm killed 12 people rather than 21.",
        "An earlier version of this report gave a wrong toll; it was 12, not 21. We regret the error.",
    ],
)
def test_a_note_of_two_sentences_takes_back_what_stands_elsewhere_in_the_article(note):
    text = TOLL.format(more="", note=note)
    assert superseded(text, 0, text.index(" in Orla"))
    at = text.index("Police")
    assert not superseded(text, at, at + len("Police made 40 arrests"))
    at = text.index(note)
    assert not superseded(text, at, len(text))


def test_of_several_places_with_the_wrong_figure_those_are_meant_that_the_note_is_about():
    note = "An earlier version of this article misstated how many people the storm killed. It was 12, not 21."
    text = TOLL.format(more="It was 21 degrees warm. ", note=note)
    assert superseded(text, 0, text.index(" in Orla"))
    assert not superseded(text, text.index("It was 21 d"), text.index(" warm"))


@pytest.mark.parametrize(
    "text",
    [
        "The storm killed 21 people. The minister misstated the number of dead. It was 12, not 21.",
        "The storm killed 121 people. An earlier version of this article misstated the toll. It was 12, not 21.",
        "The storm killed 12 people. An earlier version of this article misstated the toll. It was 12, not 21.",
        "The storm killed 21 people. An earlier version of this article misstated its name.",
    ],
)
def test_nothing_is_taken_back_without_a_note_that_names_the_wrong_figure(text):
    assert not superseded(text, 0, text.index("."))


def test_a_label_before_a_sentence_belongs_to_it():
    text = "The choir sang. Correction: our report of 4 May said that the choir had 40 singers. It has 14."
    at = text.index("our report")
    sentence = text[with_label(text, at) : text.index(" It has")]
    start = sentence.index("the choir had")
    assert takes_back(sentence, start, len(sentence) - 1)
    assert with_label(text, text.index("It has")) == text.index("It has")
