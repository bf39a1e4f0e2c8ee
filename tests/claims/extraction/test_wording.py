"""A claim's wording stands without its article."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction import analyze
from claims.extraction.mentions.dates import absolute
from claims.extraction.mentions.inflection import past
from claims.extraction.mentions.wording import finish
from claims.extraction.types import TimeExpression

DAY = date(2025, 2, 18)  # a Tuesday


def claims(text: str) -> list[str]:
    return [m.claim for m in analyze(text, DAY).mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The museum opened in 2019 and employs 140 people.", "The museum employs 140 people."),
        ("The river, which burst its banks in 2023, flooded 300 homes.", "The river flooded 300 homes."),
        (
            "Maria Lund, head of the port authority, resigned in 2020.",
            "Maria Lund is head of the port authority.",
        ),
        ("A ferry sank off Crete in 2020, killing 14 passengers.", "A ferry killed 14 passengers."),
        ("The village, destroyed in 1944, has 300 inhabitants.", "The village was destroyed in 1944."),
        (
            "Peru left the pact in 2021, following its rejection of the quotas.",
            "Peru's rejection of the quotas took place.",
        ),
        ("Exports grew in 2023, after 12 mines were reopened.", "12 mines were reopened."),
        ("Exports grew in 2023, two years after 12 mines were reopened.", "12 mines were reopened."),
        (
            "Unemployment fell to 4.1%, down from 4.6% in 2023.",
            "Unemployment fell to 4.1%, down from 4.6% in 2023.",
        ),
    ],
)
def test_shared_subjects_are_restored(text: str, expected: str) -> None:
    assert expected in claims(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Keir Starmer flew to Oslo. He met 12 ministers.", "Keir Starmer met 12 ministers."),
        ("Angela Merkel flew to Oslo. Merkel met 12 ministers.", "Angela Merkel met 12 ministers."),
        (  # who was "her" in the sentence before is so still
            "Angela Merkel went missing. Police found her near the house of Ivo Lund. Her driver broke 12 bones.",
            "Angela Merkel's driver broke 12 bones.",
        ),
        ("Chile left the pact. Its navy sold 12 ships.", "Chile's navy sold 12 ships."),
        (
            "The electoral commission met in secret. The commission closed 30 stations.",
            "The electoral commission closed 30 stations.",
        ),
    ],
)
def test_pronouns_and_short_names_are_completed(text: str, expected: str) -> None:
    assert expected in claims(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # "its" outside a quotation takes up nothing inside it
        (
            "The port authority denied the report. “No ship was lost in 2019,” its chairman, Ivo Lund, said.",
            "Ivo Lund is the port authority's chairman.",
        ),
        (
            "The mayor, Ana Torres, resigned in 2020. The mayor had sold 12 parks.",
            "Ana Torres had sold 12 parks.",
        ),
        (
            "A spokesman for the port, Ivo Lund, resigned in 2020.",
            "Ivo Lund is a spokesman for the port.",
        ),
        ("The clinic treated 47 children in 2020. Nine of them died.", "Nine of 47 children died."),
        ("The man sold 12 ships in 2020 and lost his 3 houses.", "The man lost his 3 houses."),
        ("Our reporter counted 31 ruins in Tarn.", "The outlet's reporter counted 31 ruins in Tarn."),
        (
            "Some 300 people saw the show on 3 May 2020, which cost 12 million euros.",
            "The show cost 12 million euros.",
        ),
        # a board has a chairwoman, a hall has none; a blackout lasts, a board does not
        (
            "The dam board opened the hall in 2020. It has 40 seats, said its chairwoman, Ana Torres.",
            "Ana Torres is the dam board's chairwoman.",
        ),
        (
            "The dam board sent engineers. There was a blackout in May, and it lasted 12 minutes.",
            "The blackout lasted 12 minutes.",
        ),
        # what is somebody's is no fuller name of what the article is about
        (
            "His shipping company sold 12 ships in 2020, the skipper, Ivo Lund, said. The company lost 3 ships.",
            "The company lost 3 ships.",
        ),
        (
            "The jury praised the chefs. The third, a woman of 84, lost her 2 stars.",
            "The third, a woman of 84, lost her 2 stars.",
        ),
    ],
)
def test_what_is_taken_up_is_named(text: str, expected: str) -> None:
    assert expected in claims(text)


def test_a_surname_as_a_label_stays_short() -> None:
    text = "Joe Biden left in 2025. The Biden administration sold 12 ports in 2024."
    assert "The Biden administration sold 12 ports in 2024." in claims(text)


def test_an_antecedent_inside_the_claim_needs_no_repeating() -> None:
    assert "Chile moved its capital in 1990." in claims("Chile moved its capital in 1990.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chile sold 12 ports on Monday.", "Chile sold 12 ports on Monday 17 February 2025."),
        ("Chile sold 12 ports yesterday.", "Chile sold 12 ports on Monday 17 February 2025."),
        ("Chile sold 12 ports last year.", "Chile sold 12 ports in 2024."),
        ("Chile sold 12 ports last week.", "Chile sold 12 ports in the week of 10–16 February 2025."),
        ("Chile sold 12 ports last month.", "Chile sold 12 ports in January 2025."),
        ("Chile sold 12 ports in 2019.", "Chile sold 12 ports in 2019."),
        ("The quake hit at 4:17 a.m. on Monday.", "The quake hit at 4:17 a.m. on Monday 17 February 2025."),
        ("Chile sold 12 ports at noon.", "Chile sold 12 ports at noon on Tuesday 18 February 2025."),
        (
            "The court shut 12 ports until 9 p.m. Thursday.",
            "The court shut 12 ports until 9 p.m. on Thursday 20 February 2025.",
        ),
        (
            "Chile sold 12 ports on Monday night.",
            "Chile sold 12 ports on the night of Monday 17 February 2025.",
        ),
        ("A Monday night raid killed 12 people.", "A Monday 17 February 2025 night raid killed 12 people."),
        ("Chile sold 12 ports overnight.", "Chile sold 12 ports overnight on 17–18 February 2025."),
        (
            "The army has held 12 ports since Saturday.",
            "The army has held 12 ports since Saturday 15 February 2025.",
        ),
        (
            "Chile sold 12 ports over the weekend.",
            "Chile sold 12 ports over the weekend of 15–16 February 2025.",
        ),
    ],
)
def test_relative_dates_become_absolute(text: str, expected: str) -> None:
    assert expected in claims(text)


def test_without_a_publication_date_relative_dates_stay() -> None:
    (mention,) = analyze("Chile sold 12 ports yesterday.").mentions
    assert mention.claim == "Chile sold 12 ports yesterday."


def test_who_speaks_of_himself_is_named() -> None:
    (claim,) = [c for c in claims('"We sold 12 ports in 2019," said Ivan Petrov.') if "12" in c]
    assert claim == "Ivan Petrov said: “We sold 12 ports in 2019”"


def test_an_editor_puts_the_day_into_a_quotation() -> None:
    (claim,) = [c for c in claims('"We sold 12 ports on Monday," said Ivan Petrov.') if "12" in c]
    assert claim == "Ivan Petrov said: “We sold 12 ports on [Monday 17 February 2025]”"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The miller was jailed on 3 May 2020 for hiding 12 leaks.", "The miller hid 12 leaks."),
        (
            "The mill sold 900 looms in 2020, having lost 12 orders it had won.",
            "The mill had lost 12 orders it had won.",
        ),
        (
            "Around 900 letters, most of them sent in by weavers, were sold in 2020.",
            "Most of 900 letters were sent in by weavers.",
        ),
        ("Meanwhile, the mill sold 900 looms in 2020.", "The mill sold 900 looms in 2020."),
        ("The mill, however, sold 900 looms in 2020.", "The mill sold 900 looms in 2020."),
    ],
)
def test_what_leans_on_another_clause_gets_its_subject(text: str, expected: str) -> None:
    assert expected in claims(text)


@pytest.mark.parametrize(
    ("lemma", "expected"),
    [("kill", "killed"), ("leave", "left"), ("stop", "stopped"), ("carry", "carried"), ("die", "died"),
     ("visit", "visited"), ("refer", "referred"), ("pay", "paid"), ("play", "played")],
)  # fmt: skip
def test_past_tense(lemma: str, expected: str) -> None:
    assert past(lemma) == expected


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=12))
def test_any_verb_has_a_past(lemma: str) -> None:
    assert past(lemma)


@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(["Tuesday", "yesterday", "the night", "on"])
)
def test_a_days_wording_names_the_day(day: date, text: str) -> None:
    words = absolute(TimeExpression(0, 1, text, "DATE", day.isoformat(), day, day), "", "")
    assert words is not None
    assert str(day.year) in words


@given(st.text(max_size=200))
def test_a_finished_claim_is_one_line_and_stays_so(text: str) -> None:
    done = finish(text)
    assert "\n" not in done
    assert finish(done) == done
