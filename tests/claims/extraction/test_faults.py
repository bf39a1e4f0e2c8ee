"""Faults seen on real articles, each as the general case behind it."""

from __future__ import annotations

from datetime import date

import pytest

from claims.extraction import analyze
from claims.extraction.types import Attribution, Mention

DAY = date(2025, 2, 18)  # a Tuesday


def mentions(text: str) -> tuple[Mention, ...]:
    return analyze(text, DAY).mentions


def only(text: str, part: str) -> Mention:
    found = [m for m in mentions(text) if part in m.text]
    assert len(found) == 1, [m.text for m in mentions(text)]
    return found[0]


@pytest.mark.parametrize(
    "text",
    [
        "How the figure was calculated.",
        "Who spoke in Oslo on Tuesday.",
        "How much pressure is left in 40 tanks.",
        "Who wanted to know on Tuesday.",
        "Frozen is not spent.",
        "Justice delayed is justice denied.",
        "Nobody knows how many ships sank in Oslo in 2019.",
        "This text was written for a test.",
    ],
)
def test_question_words_sayings_and_notes_are_no_claims(text: str) -> None:
    assert [m.text for m in mentions(text)] == []


def test_a_question_word_of_another_verb_does_no_harm() -> None:
    assert mentions("When the storm hit on Monday, 40 houses burned in Oslo.")


def test_a_frame_inside_the_span_is_not_told_twice() -> None:
    text = "President Olaf Berg emphasized last week, “As a sovereign nation, we cannot sell 40 ships.”"
    claim = only(text, "sell 40 ships").claim
    assert claim.count("“") == 1
    assert claim.startswith("President Olaf Berg emphasized in the week of 10–16 February 2025")


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        (
            "The discussion, which Denmark characterized as being “below zero” in 2024, should end.",
            "characterized",
            "Denmark characterized the discussion as being “below zero” in 2024.",
        ),
        (
            "Facing the judges across the table were Ann Lund and Olaf Berg.",
            "Facing",
            "Ann Lund and Olaf Berg were facing the judges across the table.",
        ),
        (
            "A quake struck Toravo in 2020, killing 127 people and destroying 3,000 homes.",
            "destroying",
            "A quake destroyed 3,000 homes.",
        ),
    ],
)
def test_words_are_put_in_order(text: str, part: str, expected: str) -> None:
    assert only(text, part).claim == expected


@pytest.mark.parametrize(
    ("text", "part", "speaker"),
    [
        ("The mayor, Ana Torres, said 40 houses had burned.", "40 houses had", "Ana Torres"),
        ("According to the ministry, Lund had discussed 40 ships with Berg.", "discussed", "ministry"),
        ("Keir Starmer flew to Paris. Starmer said 12 ministers came.", "12 ministers", "Keir Starmer"),
        ("Close to 20% of boats sank in 2020, by one estimate.", "20%", "one estimate"),
        ("About 20 per cent of stations had no ramp, a charity found.", "20 per cent", "a charity"),
        ("The ministry put the number of injured at 640.", "640", "ministry"),
        ("Olaf Berg met reporters. His lawyers said 12 ships sank.", "12 ships", "lawyers of Olaf Berg"),
        ("The Kremlin said the talks took 4 hours. It added that 12 ministers came.", "12", "Kremlin"),
        ("Washington said 12 ships sank.", "12 ships", "Washington"),
        ("Ann Lund refused to sell 12 ships.", "12 ships", None),
        (
            "The first was a round estimate of 12 ships; the second, according to Mr Berg, adds up.",
            "12 ships",
            None,
        ),
    ],
)
def test_who_speaks(text: str, part: str, speaker: str | None) -> None:
    assert only(text, part).speaker == speaker


def test_an_inserted_saying_is_an_attribution() -> None:
    claim = only("Olaf Berg came. American firms, he said on Monday, had lost 12 ships in 2019.", "12 ships")
    assert (claim.speaker, claim.attribution) == ("Olaf Berg", Attribution.REPORTED)


@pytest.mark.parametrize("verb", ["accused Olaf Berg of theft", "sacked Olaf Berg", "praised Olaf Berg"])
def test_he_is_whom_it_was_done_to(verb: str) -> None:
    assert only(f"Ann Lund {verb}. He has not resigned.", "resigned").claim == "Olaf Berg has not resigned."


def test_he_is_the_subject_otherwise() -> None:
    assert only("Karl Lund met Olaf Berg. He sold 12 ships.", "sold").claim == "Karl Lund sold 12 ships."


def test_a_date_told_once_holds_for_both_events() -> None:
    text = (
        "Peru sent its army in 2022, following its annexation of Arica and the occupation of Tacna in 2014."
    )
    claim = next(m for m in mentions(text) if m.text.startswith("its annexation"))
    assert claim.as_of_first == date(2014, 1, 1)
    assert "2014" in claim.claim


@pytest.mark.parametrize(
    ("text", "part", "first"),
    [
        ("American firms, Ann Lund said on Monday, had lost 12 ships in 2019.", "12", date(2019, 1, 1)),
        ("American firms, Ann Lund said on Monday, had lost 12 ships.", "12", None),
        ("The house in which Ann Lund lived in 1990 burned down on Monday.", "burned", date(2025, 2, 17)),
    ],
)
def test_the_day_is_that_of_the_claim_and_not_of_the_saying(text: str, part: str, first: date | None) -> None:
    assert only(text, part).as_of_first == first


def test_the_quotation_mark_that_opens_the_next_sentence_belongs_to_it() -> None:
    text = 'She took the time. "Twelve minutes longer than last week," she said. "I had a man in the back of my van."'
    for mention in mentions(text):
        assert mention.sentence.start <= mention.start < mention.end <= mention.sentence.end
