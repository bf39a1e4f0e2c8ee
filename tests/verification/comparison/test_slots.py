"""A conflict needs one slot, and an agreement needs every hard detail answered."""

from __future__ import annotations

from datetime import date

import pytest

from claims.extraction import as_mention
from verification.comparison import Comparison, Relation, compare

CONFIRMED = {Relation.SAME, Relation.SUPPORTS}


def judged(a: str, b: str) -> Comparison:
    return compare(*(as_mention(text, published=date(2025, 4, 11)) for text in (a, b)))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "Envoys from Kenya and Somalia met in Nairobi on Tuesday for talks on ending the border dispute.",
            "Kenya and Somalia have begun to talk.",
        ),
        (
            "Kenya launched its border operation in Somalia in February 2022.",
            "The talks between Kenya and Somalia about the border began.",
        ),
        (
            "Our reporter watched the two convoys arrive on Tuesday morning.",
            "Our reporter watched the two convoys arrive on Tuesday morning, the Kenyan one first.",
        ),
        (
            "Mayor Ole Strand conceded defeat on Sunday night.",
            "Mayor Ole Strand voted in his home town on Sunday morning.",
        ),
        (
            "A volcano in Iceland erupted on 14 November 2023.",
            "On 14 November 2023 a volcano erupted in Iceland.",
        ),
        (
            "Canada sold 30 aircraft to India for $2 billion.",
            "India bought 30 aircraft from Canada for $2 billion.",
        ),
    ],
    ids=[
        "secondary words",
        "other things began",
        "counts of what is known",
        "other deeds",
        "order",
        "converse",
    ],
)
def test_what_does_not_fill_one_slot_contradicts_nothing(a, b):
    assert judged(a, b).relation is not Relation.CONTRADICTS


def test_talks_that_began_are_not_an_operation_that_began():
    one = "Kenya began the border operation in Somalia in February 2022."
    other = "The talks between Kenya and Somalia about the border began."
    assert judged(one, other).relation is Relation.UNRELATED


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Turnout fell to 58.3 percent on Sunday.", "Only 53.8 percent of the voters came on Sunday."),
        ("Ravenna beat Lugano 3-1 on Saturday.", "Ravenna won 2-1 against Lugano on Saturday."),
        ("About 8 million people voted in Malawi.", "About 9 million people voted in Malawi."),
        ("Hungary vetoed the sanctions against Belarus.", "Belarus vetoed the sanctions against Hungary."),
        ("Spain were beaten by Morocco on Tuesday.", "Morocco were beaten by Spain on Tuesday."),
        ("Swiss voters rejected the plan.", "It is not true that Swiss voters turned down the plan."),
        ("The trial enrolled 120 patients.", "The trial enrolled 120 hospitals."),
        ("Algeria supplied the gas that France imported.", "France supplied the gas that Algeria imported."),
    ],
)
def test_an_unanswered_detail_is_never_confirmed(a, b):
    assert judged(a, b).relation not in CONFIRMED


def test_the_trace_names_the_detail_that_stands_unanswered():
    steps = judged("Turnout fell to 58.3 percent on Sunday.", "Turnout fell to 53.8 percent on Sunday.").trace
    assert [(step.a, step.b) for step in steps if step.feature == "leftover"] == [
        ("58.3 percent", "53.8 percent")
    ]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The company cut 3,000 jobs in Ghent.", "In Ghent the company laid off no fewer than 3,000 people."),
        ("Measles cases in Belgium doubled.", "Measles cases in Belgium rose by 100 percent."),
        ("Swiss voters rejected the pension plan.", "The pension plan was turned down by Swiss voters."),
        ("Morocco defeated Spain on Tuesday.", "On Tuesday Spain were beaten by Morocco."),
    ],
)
def test_other_words_for_a_figure_or_a_deed_do_not_contradict(a, b):
    assert judged(a, b).relation is not Relation.CONTRADICTS


def test_what_two_delegations_agreed_is_what_their_countries_agreed():
    one = "The two delegations agreed to restore the staff of their embassies in Nairobi and Mogadishu."
    other = (
        "Kenya and Somalia agreed in Cairo to restore the staff of their embassies in Nairobi and Mogadishu."
    )
    assert judged(one, other).relation is Relation.SAME


def test_the_day_of_publication_is_not_the_day_of_an_event():
    one = as_mention("Kenya and Somalia have begun to talk.", published=date(2025, 2, 19))
    other = as_mention("Kenya and Somalia began to talk on Tuesday.", published=date(2025, 2, 18))
    assert compare(one, other).relation in CONFIRMED


def test_two_towns_with_two_budgets_do_not_contradict_each_other():
    one = "The council of Halden spent 4 million crowns in 2024."
    other = "The council of Wexmouth spent 9 million crowns in 2024."
    assert judged(one, other).relation is Relation.UNRELATED
