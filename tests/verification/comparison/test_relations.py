"""What a reviewer must be able to rely on: which relation two mentions get, and why."""

from __future__ import annotations

import pytest

from claims.extraction.types import Attribution, Change, Kind
from tests.verification.mentions import day, mention, quantity
from verification.comparison import Relation, compare

NORLAND = ("Norland", "Norland", "country")
NORLANDIC = ("Norlandic", "Norland", "country")
VESTRIA = ("Vestria", "Vestria", "country")


def held(text, figure, measure="vestrian territory", **options):
    """A claim about how much of Vestria Norland holds."""
    frame = ("norland", "occupy", "vestria")
    entities = (NORLAND, ("Vestria", "Vestria", "country"), ("Vestrian", "Vestria", "country"))
    named = tuple(e for e in entities if e[0] in text.split()) or entities[:2]
    return mention(text, figure, entities=named, kind=Kind.STATE, frame=frame, **options)


BASE = held(
    "Norland currently occupies about 20% of Vestrian territory",
    quantity("about 20%", 20, "%", about=True, measure="vestrian territory"),
)
FIFTH = held(
    "Norland holds nearly a fifth of Vestria",
    quantity("nearly a fifth", 20, "%", about=True, change=Change.LESS, measure="vestria"),
)
RANGE = held(
    "Norland controls between 18 and 20 percent of Vestria",
    quantity("between 18 and 20 percent", unit="%", low=18, high=20, measure="vestria"),
)
ROUGHLY = held(
    "roughly 18 percent of Vestria is held by Norland",
    quantity("roughly 18 percent", 18, "%", about=True, measure="vestria"),
)
LESS = held(
    "Norland occupies about 12% of Vestrian territory",
    quantity("about 12%", 12, "%", about=True, measure="vestrian territory"),
)


@pytest.mark.parametrize("other", [FIFTH, RANGE, ROUGHLY], ids=["a fifth", "range", "roughly"])
def test_other_words_and_other_precision_are_the_same_claim(other):
    assert compare(BASE, other).relation is Relation.SAME


def test_two_values_for_one_measure_contradict_and_the_trace_says_which_words():
    judged = compare(BASE, LESS)
    assert judged.relation is Relation.CONTRADICTS
    step = next(step for step in judged.trace if step.feature == "quantity")
    assert (step.level, step.a, step.b) == ("disjoint", "about 20%", "about 12%")


def test_an_older_value_with_its_own_date_is_an_update():
    older = held(
        "In January 2022 Norland held about 7% of Vestria",
        quantity("about 7%", 7, "%", about=True, measure="vestria"),
        times=(day("January 2022", "2022-01-01", "2022-01-31"),),
    )
    now = held(BASE.text, BASE.quantities[0], times=(day("currently", "2025-02-18"),))
    judged = compare(now, older)
    assert (judged.relation, judged.newer) == (Relation.UPDATES, "a")
    assert compare(older, now).newer == "b"


@pytest.mark.parametrize(
    "other",
    [
        mention(
            "Twenty percent of the Union's gas imports came from Norland last year",
            quantity("Twenty percent", 20, "%", measure="gas import"),
            entities=(NORLAND,),
        ),
        mention(
            "Close to 20% of Vestria's people have left the country",
            quantity("Close to 20%", 20, "%", about=True, change=Change.LESS, measure="vestria people"),
            entities=(VESTRIA,),
        ),
        mention(
            "About 20% of the firms surveyed would consider returning to Norland",
            quantity("About 20%", 20, "%", about=True, measure="firm"),
            entities=(NORLAND,),
        ),
    ],
    ids=["gas imports", "people", "firms"],
)
def test_the_same_number_about_another_thing_is_unrelated(other):
    assert compare(BASE, other).relation is Relation.UNRELATED


LOSSES = mention(
    "Vestrian companies lost about $300 billion when they left Norland",
    quantity("about $300 billion", 300e9, "USD", about=True, measure="loss"),
    entities=(("Vestrian", "Vestria", "country"), NORLAND),
    frame=("company", "lose", "$300 billion"),
)


def test_equal_sums_of_money_for_different_things_are_unrelated():
    frozen = mention(
        "About $300 billion in assets of Norland's central bank has been frozen abroad",
        quantity("About $300 billion", 300e9, "USD", about=True, measure="asset"),
        entities=(NORLAND,),
        frame=("asset", "freeze", ""),
    )
    assert compare(LOSSES, frozen).relation is Relation.UNRELATED


def test_a_factor_of_ten_contradicts_however_alike_the_wording():
    thirty = mention(
        "Vestrian companies lost about $30 billion when they left Norland",
        quantity("about $30 billion", 30e9, "USD", about=True, measure="loss"),
        entities=(("Vestrian", "Vestria", "country"), NORLAND),
        frame=("company", "lose", "$30 billion"),
    )
    assert compare(LOSSES, thirty).relation is Relation.CONTRADICTS


def test_a_finer_figure_of_the_same_speaker_agrees_with_a_round_one():
    finer = mention(
        "the losses of Vestrian companies that quit Norland came to $324 billion",
        quantity("$324 billion", 324e9, "USD", measure="loss"),
        entities=(("Vestrian", "Vestria", "country"), NORLAND),
    )
    assert compare(LOSSES, finer).relation is Relation.SAME


def test_what_was_taken_since_a_date_does_not_contradict_what_is_held_in_all():
    taken = mention(
        "Since the spring offensive alone Norland has seized roughly 12% of Vestria",
        quantity("roughly 12%", 12, "%", about=True, measure="vestria"),
        entities=(NORLAND, VESTRIA),
        frame=("norland", "seize", "vestria"),
    )
    assert compare(BASE, taken).relation is not Relation.CONTRADICTS


def test_a_denial_contradicts_the_same_proposition():
    ran_out = mention("clinics in Ostra ran out of vaccines")
    denied = mention("vaccines had run out at clinics in Ostra", attribution=Attribution.DENIED)
    assert compare(ran_out, denied).relation is Relation.CONTRADICTS
    assert compare(denied, denied).relation is Relation.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norland's exports rose in March", "Norland's exports fell in March"),
        ("The Norland embassy in Ostra opened on Friday", "The Norland embassy in Ostra closed on Friday"),
        ("Anna Berg attended the Ostra summit", "Anna Berg skipped the Ostra summit"),
        ("Anna Berg attended the Ostra summit", "Anna Berg did not attend the Ostra summit"),
        ("Parliament approved the Harbour Act", "Parliament rejected the Harbour Act"),
    ],
)
def test_opposite_words_contradict(one, other):
    assert compare(mention(one), mention(other)).relation is Relation.CONTRADICTS


def test_a_denied_opposite_is_no_contradiction():
    stayed = mention("The bridge at Ostra stayed open on Friday")
    closed = mention("The bridge at Ostra was not closed on Friday", negated=True)
    assert compare(stayed, closed).relation is not Relation.CONTRADICTS


def test_who_attacked_whom_matters():
    entities = (NORLAND, VESTRIA)
    one = mention("Norland attacked Vestria", entities=entities, frame=("norland", "attack", "vestria"))
    other = mention("Vestria attacked Norland", entities=entities, frame=("vestria", "attack", "norland"))
    passive = mention(
        "Vestria was attacked by Norland", entities=entities, frame=("norland", "attack", "vestria")
    )
    assert compare(one, other).relation is Relation.CONTRADICTS
    assert compare(one, passive).relation is Relation.SAME


def test_an_expectation_is_updated_by_its_outcome():
    expected = mention(
        "Anna Berg is expected to join the Norland delegation",
        entities=(("Anna Berg", "Anna Berg", "person"), NORLAND),
    )
    outcome = mention(
        "Anna Berg joined the Norland delegation",
        entities=(("Anna Berg", "Anna Berg", "person"), NORLAND),
    )
    judged = compare(expected, outcome)
    assert (judged.relation, judged.newer) == (Relation.UPDATES, "b")


def test_silence_is_never_a_contradiction():
    two = mention(
        "Anna Berg and Tom Ruud met in Ostra",
        entities=(
            ("Anna Berg", "Anna Berg", "person"),
            ("Tom Ruud", "Tom Ruud", "person"),
            ("Ostra", "Ostra", "place"),
        ),
    )
    one = mention(
        "Anna Berg met officials in Ostra",
        entities=(("Anna Berg", "Anna Berg", "person"), ("Ostra", "Ostra", "place")),
    )
    assert compare(two, one).relation is not Relation.CONTRADICTS


def test_a_death_toll_that_rises_is_updated():
    def toll(n, on):
        return mention(
            f"{n} people were killed in the Ostra earthquake",
            quantity(f"{n} people", n, "people", measure="kill earthquake"),
            entities=(("Ostra", "Ostra", "place"),),
            times=(day(on, on),),
        )

    judged = compare(toll(120, "2025-03-01"), toll(164, "2025-03-03"))
    assert (judged.relation, judged.newer) == (Relation.UPDATES, "b")
    assert compare(toll(120, "2025-03-01"), toll(164, "2025-03-01")).relation is Relation.CONTRADICTS


def test_metric_and_imperial_lengths_are_converted_and_currencies_are_not():
    def road(words, value, unit):
        return mention(
            f"The new road from Ostra to Lund is {words} long",
            quantity(words, value, unit, measure="road"),
            entities=(("Ostra", "Ostra", "place"), ("Lund", "Lund", "place")),
        )

    def price(words, unit):
        return mention(f"The Ostra bridge cost {words}", quantity(words, 50e6, unit, measure="bridge"))

    assert (
        compare(road("100 kilometres", 100, "kilometre"), road("62 miles", 62, "mile")).relation
        is Relation.SAME
    )
    assert (
        compare(road("100 kilometres", 100, "kilometre"), road("100 miles", 100, "mile")).relation
        is not Relation.SAME
    )
    assert compare(price("$50 million", "USD"), price("€50 million", "EUR")).relation is not Relation.SAME


def test_a_bound_that_holds_does_not_contradict_and_one_that_fails_does():
    def marched(words, value, change=Change.EQUAL):
        return mention(
            f"{words} people marched through Ostra",
            quantity(f"{words} people", value, "people", change=change, measure="march"),
            entities=(("Ostra", "Ostra", "place"),),
        )

    bound = marched("more than 15,000", 15000, Change.MORE)
    assert compare(bound, marched("15,400", 15400)).relation is Relation.SAME
    assert compare(bound, marched("40,000", 40000)).relation is not Relation.CONTRADICTS
    assert compare(bound, marched("9,200", 9200)).relation is Relation.CONTRADICTS
