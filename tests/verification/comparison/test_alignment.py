"""What of two mentions answers what, for a person who compares them."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from claims.extraction import as_mention
from tests.verification.mentions import mention, quantity
from verification.comparison.alignment import align


def aligned(a: str, b: str) -> set[tuple[str, str, str, str]]:
    one, other = (as_mention(text, published=date(2025, 4, 11)) for text in (a, b))
    return {(row.part.value, row.match.value, row.a, row.b) for row in align(one, other)}


def test_names_figures_and_words_find_their_counterparts():
    rows = aligned("Russia occupies about 20% of Ukraine.", "Russia holds 27% of Ukraine.")
    assert {
        ("name", "equal", "Russia", "Russia"),
        ("name", "equal", "Ukraine", "Ukraine"),
        ("figure", "differs", "about 20%", "27%"),
        ("word", "alike", "occupies", "holds"),
    } <= rows


def test_a_figure_within_what_the_other_leaves_open_is_alike():
    rows = aligned("About 20% of the voters came.", "Some 18 to 20 percent of the voters came.")
    assert ("figure", "alike", "About 20%", "Some 18 to 20 percent") in rows


def test_what_has_no_answer_stands_alone_on_its_side():
    rows = aligned("Kenya exported tea to Oman.", "Kenya exported coffee.")
    assert ("name", "only", "Oman", "") in rows
    assert ("word", "only", "tea", "") in rows
    assert ("word", "only", "", "coffee") in rows


def test_days_opposites_and_negations_are_told():
    rows = aligned("Turnout rose on 3 May 2024.", "Turnout did not fall on 9 June 2024.")
    assert ("time", "differs", "3 May 2024", "9 June 2024") in rows
    assert ("word", "differs", "rose", "fall") in rows
    assert any(part == "negation" and match == "only" and not a for part, match, a, _ in rows)


def test_another_unit_is_a_difference():
    a = mention("The trial enrolled 120 patients", quantity("120 patients", 120, "patient", measure="trial"))
    b = mention(
        "The trial enrolled 120 hospitals", quantity("120 hospitals", 120, "hospital", measure="trial")
    )
    assert ("figure", "differs") in {(row.part.value, row.match.value) for row in align(a, b)}


WORDS = st.lists(
    st.sampled_from("Kenya exported 12% more tea not since 2022 fell rose Oman about 20".split()),
    min_size=1,
    max_size=9,
)


@given(WORDS, WORDS)
def test_the_sides_can_be_exchanged_and_no_words_are_invented(a: list[str], b: list[str]):
    one, other = mention(" ".join(a)), mention(" ".join(b))
    rows = align(one, other)
    there = sorted((row.part, row.match, row.a, row.b) for row in rows)
    back = sorted((row.part, row.match, row.b, row.a) for row in align(other, one))
    assert [row[:2] for row in there] == [row[:2] for row in back]
    assert all(row.a or row.b for row in rows)
    assert all(word in one.text for row in rows for word in row.a.split())
