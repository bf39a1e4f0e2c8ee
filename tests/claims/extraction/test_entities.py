"""One canonical name for each named thing, whatever the text calls it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction import analyze


def named(text: str) -> list[tuple[str, str, str]]:
    return [(e.text, e.name, e.kind) for e in analyze(text).entities]


def name_of(text: str, words: str) -> tuple[str, str]:
    """The canonical name and kind of the last entity that reads ``words``."""
    return [(name, kind) for said, name, kind in named(text) if said == words][-1]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The U.S. exported 3 million barrels in May.", "U.S.", "United States"),
        ("Exports from the US rose by 3% in May.", "US", "United States"),
        ("American exports rose by 3% in May.", "American", "United States"),
        ("British exports rose by 3% in May.", "British", "United Kingdom"),
        ("Exports from Britain rose by 3% in May.", "Britain", "United Kingdom"),
        ("Dutch exports rose by 3% in May.", "Dutch", "Netherlands"),
        ("Exports from Türkiye rose by 3% in May.", "Türkiye", "Turkey"),
        ("Côte d’Ivoire exported 2 million tonnes of cocoa.", "Côte d’Ivoire", "Ivory Coast"),
        ("The U.N. sent 40 trucks.", "U.N.", "United Nations"),
        ("The WHO counted 400 cases.", "WHO", "World Health Organization"),
        ("The E.U. imposed tariffs of 10%.", "E.U.", "European Union"),
        ("The Pentagon spent $3 billion.", "Pentagon", "U.S. Department of Defense"),
        ("European exports rose by 3% in May.", "European", "Europe"),
    ],
)
def test_other_names_of_one_thing(text: str, words: str, name: str) -> None:
    assert name_of(text, words)[0] == name


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Moscow rejected the offer on Friday.", "Moscow", "Russia"),
        ("Talks with Beijing failed in May.", "Beijing", "China"),
        ("Washington's willingness to negotiate was doubted.", "Washington", "United States"),
        ("The Kremlin rejected the offer on Friday.", "Kremlin", "Russia"),
        ("The White House said 40 people were invited.", "White House", "United States"),
        ("Downing Street denied the report.", "Downing Street", "United Kingdom"),
        ("Ministers urged Ankara to sign the treaty.", "Ankara", "Turkey"),
    ],
)
def test_a_seat_that_acts_is_its_government(text: str, words: str, name: str) -> None:
    assert name_of(text, words) == (name, "government")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The ministers met in Moscow on Friday.", "Moscow"),
        ("He flew from Paris to Beijing on Friday.", "Paris"),
        ("Washington's airport closed for two hours.", "Washington"),
        ("A bomb killed three people near Ankara on Friday.", "Ankara"),
    ],
)
def test_a_city_where_something_happens_stays_a_place(text: str, words: str) -> None:
    assert name_of(text, words) == (words, "place")


def test_a_longer_name_is_not_its_country() -> None:
    assert name_of("The Bank of Ireland lost 3 million euros.", "Bank of Ireland")[0] == "Bank of Ireland"


def test_full_name_first_then_surname_title_or_another_spelling() -> None:
    text = (
        "Finance Minister Marta Kowalczyk presented the budget. Kowalczyk said spending would rise. "
        "Reporters asked Ms Kowalczyk about the deficit, and later Kowalcyk left."
    )
    people = [name for _, name, kind in named(text) if kind == "person"]
    assert people == ["Marta Kowalczyk"] * len(people)
    assert len(people) >= 3


def test_a_party_is_not_its_leader() -> None:
    text = "The Reform Alliance of Goran Vesk won 66 seats. Vesk thanked the voters. On Sunday Vesk left."
    assert [name for _, name, kind in named(text) if kind == "person"] == ["Goran Vesk"] * 3


def test_the_title_is_no_part_of_the_name() -> None:
    found = named("U.S. Secretary of State Ellen Brandt met President Tomas Havel in Oslo.")
    assert ("Ellen Brandt", "Ellen Brandt", "person") in found
    assert ("Tomas Havel", "Tomas Havel", "person") in found
    assert all(said != "State" for said, _, _ in found)


def test_two_people_of_like_names_stay_two() -> None:
    text = "Anna Berg met Hanna Borg. Berg then left, and Borg stayed for 3 hours."
    names = {name for _, name, kind in named(text) if kind == "person"}
    assert {"Anna Berg", "Hanna Borg"} <= names


def test_spellings_of_a_known_name_are_one() -> None:
    for spelling in ("Zelenskiy", "Zelensky", "Zelenskyy"):
        assert (
            name_of(f"Volodymyr {spelling} spoke on Friday.", f"Volodymyr {spelling}")[0]
            == "Volodymyr Zelenskyy"
        )


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Velora, which makes pumps, cut 40 jobs. Unions in Orlen blamed Velora.", "Velora", "organisation"),
        ("Investors sold shares in Tarvik. Tarvik's profit fell by 3%.", "Tarvik", "organisation"),
        ("The village of Alva lost 12 houses. Rain fell in Alva.", "Alva", "place"),
        (
            "Ana Kolberg, 52, resigned in May. Kolberg had led the council since 2012.",
            "Ana Kolberg",
            "person",
        ),
        ("The Lorne Courier printed 4,000 copies in May.", "Lorne Courier", "organisation"),
    ],
)
def test_what_the_text_says_of_a_name_decides_its_kind(text: str, words: str, kind: str) -> None:
    assert {k for said, _, k in named(text) if said == words} == {kind}


def test_words_in_capitals_are_not_names() -> None:
    text = "WHO WILL PAY FOR IT?\n\nThe town of Harnby spent 3 million crowns."
    assert not [name for _, name, _ in named(text) if name == "World Health Organization"]


@settings(max_examples=25)
@given(
    st.lists(
        st.sampled_from(
            [
                "U.S.",
                "Washington",
                "the",
                "Kremlin",
                "Anna",
                "Berg",
                "'s",
                ",",
                ".",
                "“",
                "”",
                "in",
                "met",
                "\n\n",
                "said",
            ]
        ),
        max_size=25,
    )
)
def test_any_order_of_words_gives_disjoint_spans(words: list[str]) -> None:
    analysis = analyze(" ".join(words))
    last = 0
    for entity in analysis.entities:
        assert last <= entity.start < entity.end
        assert analysis.text[entity.start : entity.end] == entity.text
        last = entity.end
