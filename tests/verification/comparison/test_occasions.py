"""What a search found is compared only if something says that the two are about one thing."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.verification.comparison.test_properties import mentions
from tests.verification.mentions import mention, quantity
from verification.comparison import Relation, related
from verification.comparison.occasions import one_occasion, strangers
from verification.comparison.view import View

WICK = ("Ana Torvald", "Holelwick", "Holelwick Council")
FORD = ("Arbelford", "Jim Sandrock", "Port Trust of Arbelford")


def turnout(share: float, *setting: str, names=()):
    figure = quantity(f"{share:g} percent", share, "%", measure="turnout")
    return replace(
        mention(f"Turnout was {share:g} percent.", figure, entities=names), setting=tuple(sorted(setting))
    )


def test_the_same_words_of_two_occasions_are_no_dispute():
    assert related(turnout(38, *WICK), turnout(71, *FORD)) is None
    told = related(turnout(38, *WICK), turnout(71, "Holelwick", "Torvald"))
    assert told is not None
    assert told.relation is Relation.CONTRADICTS


def test_nor_do_they_confirm_each_other():
    assert related(turnout(38, *WICK), turnout(38, *FORD)) is None
    assert related(turnout(38, *WICK), turnout(38, "Holelwick", "Torvald")).relation is Relation.SAME


def test_a_name_in_both_is_enough_whatever_their_articles_are_about():
    holelwick = [("Holelwick", "Holelwick", "place")]
    one, other = turnout(38, *WICK, names=holelwick), turnout(71, *FORD, names=holelwick)
    assert related(one, other) is not None


def test_two_countries_of_one_name_need_more_than_one_word_in_common():
    country = [("Norland", "Norland", "country")]
    power = mention("Norland closed its last power station.", entities=country)
    deal = mention("Norland signed the trade deal.", entities=country)
    other = mention("Norland closed an old power station.", entities=country)
    one, two, three = (View(replace(m, setting=s)) for m, s in ((power, WICK), (deal, FORD), (other, FORD)))
    assert strangers(one, two)
    assert not strangers(one, three)


def test_where_articles_name_nobody_only_a_copy_of_a_figure_is_related():
    assert related(turnout(38), turnout(38)).relation is Relation.SAME
    assert related(turnout(38), turnout(71)) is None
    hurt = mention("Nobody was hurt.")
    assert related(hurt, hurt) is None


def test_what_many_names_hold_tells_of_no_occasion():
    assert not one_occasion(("Bank of Ostra", "Ana Berg"), ("Bank of Velm", "Ana Lund"))
    assert not one_occasion(("United Nations", "Ostra"), ("United Nations", "Velm"))
    assert one_occasion(("Milo Adriaens", "Ostra"), ("Adriaens", "Team Halden"))
    assert one_occasion(("Rubio", "Riyadh"), ("Lavrov", "Marco Rubio", "Riyadh"))


@given(mentions(), mentions(), st.sampled_from([(), WICK, FORD]), st.sampled_from([(), WICK, FORD]))
def test_it_is_symmetric_and_strangers_are_never_related(a, b, ours, theirs):
    one, other = View(replace(a, setting=ours)), View(replace(b, setting=theirs))
    assert strangers(one, other) == strangers(other, one)
    if strangers(one, other):
        assert related(one, other) is None
