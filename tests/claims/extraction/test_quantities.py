"""Quantities as a reader would note them: value or interval, unit, how sure, of what."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.extraction import analyze
from claims.extraction.types import Change, Quantity


def find(text: str) -> tuple[Quantity, ...]:
    return analyze(text).quantities


def amounts(text: str) -> list[tuple[float | None, str | None]]:
    return [(quantity.value, quantity.unit) for quantity in find(text)]


def intervals(text: str) -> list[tuple[float | None, float | None, str | None]]:
    return [(quantity.low, quantity.high, quantity.unit) for quantity in find(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The harbour fund lost £2.5bn last spring.", 2.5e9, "GBP"),
        ("Shares closed at US$2.24 in Montreal.", 2.24, "USD"),
        ("The levy is A$5 for visitors.", 5, "AUD"),
        ("They spent 300 billion dollars on dams.", 300e9, "USD"),
        ("The road cost 40 million rupees.", 40e6, "INR"),
        ("A bond of ¥500bn was sold in Tokyo.", 500e9, "JPY"),
        ("The mayor owed EUR 125 to the club.", 125, "EUR"),
        ("Tickets cost thirteen dollars and forty-five cents.", 13.45, "USD"),
        ("Fishermen landed some 3 lakh tonnes.", 300_000, "tonne"),
        ("The valley holds 1.2m people.", 1_200_000, "people"),
        ("Mills closed, and 41,000 postal votes went missing.", 41_000, "vote"),
        ("Two hundred polling stations opened.", 200, "polling station"),
        ("Nearly a fifth of the orchard burned.", 20, "%"),
        ("Two-thirds of the crew voted.", 66.67, "%"),
        ("Half of the bridges are shut.", 50, "%"),
        ("Only one tenant in three replied.", 33.33, "%"),
        ("Nine out of ten doctors agreed.", 90, "%"),
        ("Nearly eight in 10 farmers agreed.", 80, "%"),
        ("The margin is plus or minus 4.1 percentage points.", 4.1, "percentage point"),
        ("Twenty percent of the wells ran dry.", 20, "%"),
        ("Rents rose 3.4 percentage points.", 3.4, "percentage point"),
        ("The bank cut its rate by 25 basis points.", 25, "basis point"),
        ("A quarter of a million visitors came.", 250_000, "people"),
        ("The tunnel is two and a half miles long.", 2.5, "mile"),
        ("They walked half a mile to the well.", 0.5, "mile"),
        ("The lake covers 112,000 square kilometres.", 112_000, "square kilometre"),
        ("The wind reached 124 mph at noon.", 124, "mile per hour"),
        ("Wells yield 1.5 million barrels per day.", 1.5e6, "barrel per day"),
        ("Oil sold at $70 a barrel.", 70, "USD per barrel"),
        ("It was -18 °C in the valley.", -18, "degree Celsius"),
        ("A 27-kilometre fence was built.", 27, "kilometre"),
        ("The giant is 5 feet 6 inches tall.", 66, "inch"),
        ("The choir doubled its budget.", 2, "ratio"),
        ("The queue was three times longer.", 3, "ratio"),
        ("Ana Lindqvist, 49, runs the mill.", 49, "year"),
        ("A 44-year-old baker was fined.", 44, "year"),
        ("The storm killed at least 214.", 214, "people"),
        ("Ferries carried 4,300 passengers.", 4300, "people"),
        ("Eleven policyholders sued.", 11, "people"),
        ("Three Belgians were held.", 3, "people"),
        ("The union speaks for 3,000 of Norvik's bakers.", 3000, "people"),
        ("More than 2,000 were hurt.", 2000, "people"),
        ("Of the barges, three survived and 38 are missing.", 38, "people"),
        ("The yard has 40 containers.", 40, "container"),
        ("Two doses were spilt.", 2, "dose"),
        ("The hotline takes 90 calls a day.", 90, "call per day"),
        ("Clerks saw 60 patients an hour.", 60, "people per hour"),
        ("The river fed 1,200 cubic metres a second.", 1200, "cubic metre per second"),
        ("Wages rose to 2,100 florins a month.", 2100, "florin per month"),
        ("There were 12 thefts per 100,000 people.", 12, "theft per 100,000 people"),
        ("Soup is free for children under five.", 5, "year"),
        ("Turnout was 61.2%, 3.4 points more than before.", 3.4, "percentage point"),
        ("She rowed it in 4 hours 12 minutes.", 252, "minute"),
        ("Bread costs 95p in the village.", 0.95, "GBP"),
        ("Milk rose to 31 pence a litre.", 0.31, "GBP per litre"),
        ("A coffee in Dublin costs 40 cents more in euro terms.", 0.4, "EUR"),
        ("The dividend was 85 cents a share.", 0.85, "USD per share"),
        ("Power costs 19 cents per kilowatt-hour.", 0.19, "USD per kilowatt-hour"),
        ("Guards earn £11.40 an hour in winter.", 11.4, "GBP per hour"),
        ("The rand slid to 18.75 per dollar.", 18.75, "ZAR per USD"),
        ("Crews from a dozen depots came.", 12, "depot"),
        ("The 900-seat theatre is dark.", 900, "seat"),
        ("A four-bedroom bungalow burned.", 4, "bedroom"),
        ("It serves 60 primary schools.", 60, "primary school"),
        ("A quake of magnitude 5.9 shook the port.", 5.9, "magnitude"),
        ("The book costs £18 for a family of five.", 5, "people"),
        ("He spoke to a crowd of about 7,000.", 7000, "people"),
        ("The number of herons rose to 41.", 41, "heron"),
        ("Burglaries fell to 318 in March.", 318, "burglary"),
        ("The navy flew 14 Hawk 81s over the bay.", 14, "Hawk 81"),
        ("The quay handled 90,000 TEU last year.", 90_000, "TEU"),
        ("Debt is 3.1 times annual income.", 3.1, "ratio"),
        ("The gym closed three times last year.", 3, "time"),
        ("The bridge was inspected twice.", 2, "time"),
        ("It will be 31C in the shade.", 31, "degree Celsius"),
        ("The lamps cost little and last 9,000 hours.", 9000, "hour"),
        ("She won in 52.4 seconds, 0.3 outside the record.", 0.3, "second"),
        ("Growers sold 800,000 tons, less than the 1.1 million of 2019.", 1.1e6, "ton"),
        ("Rovers bought 12 boats, with an option on six others.", 6, "boat"),
        ("She rowed it in four hours, 12 minutes and 9 seconds.", 15129, "second"),
    ],
)
def test_value_and_unit(text: str, value: float, unit: str) -> None:
    assert (value, unit) in [(v if v is None else pytest.approx(v), u) for v, u in amounts(text)]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Between 15,000 and 20,000 people marched.", 15_000, 20_000, "people"),
        ("Turnout was 18 to 20 percent.", 18, 20, "%"),
        ("Turnout was 18-20% in the hills.", 18, 20, "%"),
        ("The dam needs $3-4 billion.", 3e9, 4e9, "USD"),
        ("Harvests ranged from 7 to 10 tonnes.", 7, 10, "tonne"),
        ("Five or six people waited.", 5, 6, "people"),
        ("More than 500 homes burned.", 500, None, "home"),
        ("At least 214 people fled.", 214, None, "people"),
        ("Fewer than 30 trams run.", None, 30, "tram"),
        ("The fine is up to 900 euros.", None, 900, "EUR"),
        ("Some 60 villages or more were cut off.", 60, None, "village"),
    ],
)
def test_intervals_state_what_the_wording_says(
    text: str, low: float | None, high: float | None, unit: str
) -> None:
    assert (low, high, unit) in intervals(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The rate was 4.6% then; in March it was just over five.", [(4.6, "%"), (5, "%")]),
        ("It sees growth of 1.1%. The mayor hopes for as much as two.", [(1.1, "%"), (2, "%")]),
        (
            "It paid 700 crowns a month and later 820 a month.",
            [(700, "crown per month"), (820, "crown per month")],
        ),
        ("Rents rose by 3%. Two came, and he was seven.", [(3, "%"), (2, None), (7, "year")]),
        ("Rents rose by 3%. The fair drew 40.", [(3, "%"), (40, None)]),
    ],
)
def test_a_unit_just_named_is_left_out(text: str, expected: list[tuple[float, str | None]]) -> None:
    assert amounts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The signal failed at ten past four.",
        "The last tram left at twenty to three on Friday.",
        "The siren sounded at a quarter past two and again at half past six.",
        "Nobody opened the gate until after five.",
        "She drives line 6 in Ghent.",
    ],
)
def test_clock_times_in_words_and_numbers_of_lines_are_no_amounts(text: str) -> None:
    assert amounts(text) == []


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Gulls outnumbered terns by almost two to one.", 2, "ratio"),
        ("The motion passed by a three-to-one margin.", 3, "ratio"),
        ("Marit Lund, who is 38, kept goal.", 38, "year"),
        ("A carpenter of 71 found the coin.", 71, "year"),
        ("The foundry has a staff of 84.", 84, "people"),
        ("Police put the crowd at about 2,500.", 2500, "people"),
        ("Two of the injured were sailors.", 2, "people"),
        ("Of the 7,000-odd who fled, nobody has come home.", 7000, "people"),
        ("Some 1.9 million watched on average.", 1.9e6, "people"),
        ("The letters, of which there are two thousand, were burnt.", 2000, "letter"),
        ("Along the quay every second house lay empty.", 50, "%"),
        ("Rye is almost a tenth dearer than in May.", 10, "%"),
        ("The clerk got off with a year and a half.", 1.5, "year"),
        ("The lab found 0.3 micrograms of lead per litre.", 0.3, "microgram per litre"),
        ("The pit ships 400 tonnes of coal a day.", 400, "tonne per day"),
        ("The port handles 40,000 containers annually.", 40_000, "container per year"),
        ("Shares have gained a quarter since January.", 25, "%"),
        ("Nobody older than 65 may dive.", 65, "year"),
        ("On the ferry half were asleep.", 50, "%"),
        ("The mercury touched 44.6 in the old town.", 44.6, "degree Celsius"),
        ("The charge came to c $ 300 million.", 300e6, "CAD"),
    ],
)
def test_what_is_counted_stands_elsewhere(text: str, value: float, unit: str) -> None:
    assert amounts(text) == [(value, unit)]


def test_a_gap_lies_between_two_values() -> None:
    assert amounts("The gap between 3.8 and 4.1 per cent is small.") == [(3.8, "%"), (4.1, "%")]


def test_sums_without_a_currency_are_in_that_of_the_text() -> None:
    text = "The bridge cost 600 million euros. The builder had asked for 250 million."
    assert amounts(text) == [(600e6, "EUR"), (250e6, "EUR")]
    assert amounts("The film cost €9m. Some 3 million watched it.")[1] == (3e6, "people")


def test_a_claim_tells_neither_the_age_behind_a_name_nor_what_only_points_back() -> None:
    text = "Marit Lund, 38, scored 21 goals. The two clubs settled for 3 million kroner."
    told = [
        (quantity.value, quantity.unit)
        for mention in analyze(text).mentions
        for quantity in mention.quantities
    ]
    assert told == [(21, "goal"), (3e6, "krone")]


def test_a_stretch_that_only_says_when_is_no_amount() -> None:
    assert find("Sales fell in the last three months.") == ()
    assert find("It rained in the first two weeks of May.") == ()
    assert find("One week is a long time.") == ()
    assert amounts("The strike lasted three months.") == [(3, "month")]


def test_a_range_has_no_single_value_and_a_bound_keeps_its_own() -> None:
    (spread,) = find("Turnout was 18 to 20 percent.")
    (bound,) = find("At least 214 people fled.")
    assert spread.value is None
    assert (bound.value, bound.low, bound.high) == (214, 214, None)


def test_from_one_value_to_another_is_two_values_with_one_unit() -> None:
    assert amounts("The deficit fell from 4.1 to 3.2 per cent.") == [(4.1, "%"), (3.2, "%")]
    assert amounts("Subsidies rise from 2.2bn to 3bn crowns.") == [(2.2e9, "crown"), (3e9, "crown")]


@pytest.mark.parametrize(
    "cue", ["about", "nearly", "roughly", "around", "almost", "close to", "approximately"]
)
def test_approximation(cue: str) -> None:
    (quantity,) = find(f"The fire took {cue} 300 barns.")
    assert quantity.approximate
    assert quantity.change is Change.ABOUT
    assert (quantity.value, quantity.low, quantity.high) == (300, None, None)
    assert quantity.text.startswith(cue)


def test_an_exact_figure_is_not_approximate() -> None:
    (quantity,) = find("The fire took 300 barns.")
    assert not quantity.approximate
    assert quantity.change is Change.EQUAL


def test_the_size_of_a_rise_or_a_fall() -> None:
    assert find("Prices rose by 3%.")[0].change is Change.UP
    assert find("Output is down 0.3 per cent.")[0].change is Change.DOWN
    assert find("The army gets a 20 per cent increase.")[0].change is Change.UP
    assert find("Turnout fell to 58%.")[0].change is Change.EQUAL


@pytest.mark.parametrize(
    "text",
    [
        "The treaty of 2014 was signed on 3 May 2015.",
        "Flight 370 left gate 12.",
        "Article 5 binds the G7.",
        "COVID-19 and the F-16 were debated on SCP-173.",
        "No one came, and the one who called left.",
        "He was third in the second round.",
        "The shop is open 24/7.",
        "She lives at 10 Downing Street.",
        "It began at 10:30 and ended by 17:45.",
        "The server 192.168.1.2 failed.",
        "He won a third term.",
        "They were young in the 80s.",
        "The Group of Seven met.",
        "They split it 50-50.",
        "Voters of ’08 stayed home.",
        "The Under-19s were second.",
        "Callers who dialled 112 waited.",
        "The 210 was closed after the crash.",
        "The flaw is listed as CVE-2021-4417.",
        "They met in Building 14N, room 3-118.",
        "It was closed for a fourth week.",
        "She ran a half-marathon.",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Rovers won 3-1 in the rain.",
        "United, who drew 2-2 with Athletic, stay top.",
        "The 0-4 defeat was heavy.",
        "She took the final 6-4, 3-6, 7-6.",
    ],
)
def test_a_score_is_no_amount(text: str) -> None:
    assert find(text) == ()


def test_votes_for_and_against_are_amounts() -> None:
    assert amounts("The court ruled in a 7-2 vote.") == [(7, "vote"), (2, "vote")]


def test_a_part_of_a_count_shares_its_noun() -> None:
    assert amounts("They won 71 of the 180 seats.") == [(71, "seat"), (180, "seat")]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("The army holds about 20% of Ruritanian territory.", "ruritanian territory"),
        ("Firms reported losses of approximately $300 billion.", "loss"),
        ("Turnout fell to 58.3%.", "turnout"),
        ("The mills counted 41,000 postal votes.", "postal vote"),
        ("Ana Lindqvist, 49, runs the mill.", "age"),
    ],
)
def test_what_is_measured(text: str, measure: str) -> None:
    assert measure in [quantity.measure for quantity in find(text)]


def test_ambiguous_units_are_told_by_their_company() -> None:
    assert amounts("The recipe needs 2 pounds of beef.")[0][1] == "pound"
    assert amounts("He paid 200 pounds for the ticket.")[0][1] == "GBP"
    assert amounts("The hotel in Beijing cost 700 ¥.")[0][1] == "CNY"


SCRAPS = """
    a an one two half third of the million bn $ £ 3 4.5 1,000 2025 % per cent - – to and between
    about more than up ½ 10:30 dozen twenty / × 10^3 no. m ' Feb. ² ٣ people in 1e5 12,34,567 , . (
    ) old
"""
SOUP = st.lists(
    st.sampled_from(SCRAPS.split()),
    max_size=25,
).flatmap(lambda words: st.sampled_from([" ".join(words), "".join(words)]))


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=120), SOUP))
@example("$-1-$-2 to ½/½ of a million million")
def test_any_text_gives_sound_quantities(text: str) -> None:
    found = find(text)
    assert list(found) == sorted(found, key=lambda quantity: quantity.start)
    for quantity in found:
        assert text[quantity.start : quantity.end] == quantity.text != ""
        assert quantity.value is not None or None not in (quantity.low, quantity.high)
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
        assert quantity.unit != ""
    assert all(left.end <= right.start for left, right in pairwise(found))


@settings(max_examples=60)
@given(st.integers(min_value=0, max_value=10**9), st.sampled_from(["km", "%", "tonnes", "euros"]))
def test_digits_survive_the_round_trip(number: int, unit: str) -> None:
    (quantity,) = find(f"It is {number:,} {unit} in all.")
    assert quantity.value == number
