"""Finding what is worth comparing: keys with their words, ranking, and the index in memory."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verification.mentions import mention, quantity
from verification.matching import Index, keys, rank

NORLAND, VESTRIA = ("Norland", "Norland", "country"), ("Vestrian", "Vestria", "country")
HELD = mention(
    "Norland occupies about 20% of Vestrian territory",
    quantity("about 20%", 20, "%", about=True, measure="territory"),
    entities=(NORLAND, VESTRIA),
)
FIFTH = mention(
    "nearly a fifth of Vestria is under the control of Norland",
    quantity("nearly a fifth", 20, "%", about=True, measure="vestria"),
    entities=(NORLAND, ("Vestria", "Vestria", "country")),
)
FOOTBALL = mention("Ostra United beat Lund Rovers in the cup final")


def test_keys_join_two_facts_and_say_which_words_they_rest_on():
    found = {str(key): key.reason for key in keys(HELD)}
    assert found["entity+unit:vestria|%"] == "shares Vestrian + %"
    assert "entity+entity:norland|vestria" in found


def test_other_words_for_one_claim_share_keys_and_other_claims_do_not():
    assert set(keys(HELD)) & set(keys(FIFTH))
    assert not set(keys(HELD)) & set(keys(FOOTBALL))


def test_the_speaker_and_the_number_are_keys_too():
    said = mention(
        "the losses came to $324 billion",
        quantity("$324 billion", 324e9, "USD", measure="loss"),
        speaker="Anna Berg",
    )
    round_figure = mention(
        "firms forfeited about $300 billion",
        quantity("about $300 billion", 300e9, "USD", about=True, measure="forfeit"),
        speaker="Anna Berg",
    )
    kinds = {key.kind for key in set(keys(said)) & set(keys(round_figure))}
    assert kinds >= {"speaker+unit", "unit+measure", "number+measure"}


def test_the_number_of_keys_is_bounded():
    names = tuple((f"Name{n}", f"Name{n}", "person") for n in range(40))
    assert len(keys(mention("they met", entities=names))) <= 60


def test_rank_puts_the_partner_first_and_says_why():
    ranked = rank(HELD, [("football", FOOTBALL), ("fifth", FIFTH), ("other", mention("Norland won a medal"))])
    assert ranked[0].id == "fifth"
    assert any("Norland" in reason for reason in ranked[0].reasons)
    assert "football" not in {match.id for match in ranked}


def test_a_rare_word_finds_the_plain_sentence():
    index = Index()
    for n in range(200):
        index.add(n, mention(f"The minister said on day {n} that the budget of the country would grow"))
    index.add("wombat", mention("The minister said that wombats had survived the fires"))
    assert index.search(mention("did any wombat survive?"), limit=1)[0].id == "wombat"


def test_nothing_in_common_finds_nothing_and_an_empty_index_answers():
    assert Index().search(HELD) == []
    assert rank(HELD, []) == []
    assert rank(mention("xylophone"), [(1, FOOTBALL)]) == []


@settings(max_examples=100)
@given(st.lists(st.text(max_size=60), max_size=6), st.text(max_size=60))
def test_any_text_can_be_indexed_and_searched(texts, query):
    index = Index()
    for at, text in enumerate(texts):
        index.add(at, mention(text))
    found = index.search(mention(query), limit=3)
    assert len(found) <= 3
    assert [m.score for m in found] == sorted((m.score for m in found), reverse=True)
