"""What articles of many domains, written after the rules, showed: each class with sentences of several of them."""

from __future__ import annotations

from datetime import date

import pytest

from claims.extraction import analyze
from claims.extraction.types import Attribution, Mention

PUBLISHED = date(2026, 5, 7)  # a Thursday


def claim(text: str, start: str) -> Mention:
    (found,) = [m for m in analyze(text, PUBLISHED).mentions if m.text.startswith(start)]
    return found


@pytest.mark.parametrize(
    ("text", "start", "speaker"),
    [
        # what stands between the cue and what is said
        (
            "Helen Marsh runs the mill. She warned, however, that wages would add 18 million.",
            "She",
            "Helen Marsh",
        ),
        # whose account, count, survey it is
        ("The council's own survey had found that four in ten tenants own a car.", "four", "Council"),
        ("The mayor's own count stood at 287.", "The mayor", "mayor"),
        ("A report by the accident board puts the level of gas at 6 percent.", "A report", "accident board"),
        # who blames, who admits to a figure
        ("Each army blames the other.", "Each army", "Each army"),
        ("Tarvia admits to 212 dead.", "Tarvia", "Tarvia"),
        # two descriptions before the cue
        (
            "At least three clubs want him, his agent, Wim Berg, said, and one paid 3 million.",
            "At",
            "Wim Berg",
        ),
        ("A third of the staff have left, a union official, Ana Holm, told the Post.", "A third", "Ana Holm"),
        # a cue within what is said, and behind it
        (
            "Helen Marsh runs the mill. Farmers had posted most of them, not sailors, she says.",
            "Farmers",
            "Helen Marsh",
        ),
        (
            "The rate stood at 5.9% in July, the labour office said, half a point more than in June.",
            "The rate",
            "labour office",
        ),
        # who is meant by a pronoun of the source
        ("Farmers get 6 euros per hen, their association says.", "Farmers", "association of Farmers"),
        (
            "The port is run by Ana Holt. Fans were cut, according to a former foreman. The gas was lit, he recalled.",
            "The gas",
            "former foreman",
        ),
    ],
)
def test_speaker(text: str, start: str, speaker: str) -> None:
    found = claim(text, start)
    assert found.attribution is not Attribution.ASSERTED
    assert speaker.casefold() in (found.speaker or "").casefold()


@pytest.mark.parametrize(
    "goes_on",
    ["Nobody had answered him.", "A second trial would start in spring.", "The count had been a farce."],
)
def test_free_indirect_speech_goes_on(goes_on: str) -> None:
    text = f"The figures were never meant to stand alone, Rafael Oduya told the paper. {goes_on}"
    assert claim(text, goes_on[:6]).speaker == "Rafael Oduya"


def test_free_indirect_speech_is_not_that_of_a_body() -> None:
    text = "The heat reached 43 degrees, the weather office said. A week earlier it had stood at 31."
    assert claim(text, "A week").speaker is None


@pytest.mark.parametrize(
    ("text", "start", "days"),
    [
        # the time of something else
        ("The grocer closed four shops in the past two years, 90 fewer than in 2023.", "The grocer", []),
        ("Prizes were doubled after the women threatened to stay away last year.", "Prizes", []),
        ("Nair blamed mortgage rates, which averaged 5.3% last month.", "Nair", []),
        ("Elsa Thorvald, who mapped the sea and later refused the prize, died on Sunday.", "later", []),
        # of the same event
        ("The talks, which opened on Sunday, broke down.", "The talks", [date(2026, 5, 3)]),
        # by the verb above
        (
            "A fault left millions of people unable to call for help on Wednesday.",
            "A fault",
            [date(2026, 5, 6)],
        ),
        ("The union wants to see her gone by Friday.", "The union", [date(2026, 5, 8)]),
        # no time at all
        ("The plant will close, three years earlier than planned.", "The plant", []),
        ("The talks ended on Monday. He restocked. Six weeks later the virus was back.", "Six weeks", []),
        # the same part of another year
        (
            "It made a loss in the first quarter. It sold 3% fewer cars than in the same quarter of 2025.",
            "It sold",
            [date(2025, 1, 1)],
        ),
    ],
)
def test_dates(text: str, start: str, days: list[date]) -> None:
    found = next(m for m in analyze(text, PUBLISHED).mentions if m.text.startswith(start))
    given = [t.first for t in found.times if t.first is not None and t.type != "DURATION"]
    assert given == days


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The court cut his sentence from six years to four.", [(6, "year"), (4, "year")]),
        ("Each ride costs 19 crowns; a daytime ride costs 2.40.", [(19, "crown"), (2.4, "crown")]),
        ("He was fined 300 euros and his firm 400.", [(300, "EUR"), (400, "EUR")]),
        ("Gas stood at 6 percent, well above the limit of 1.5.", [(6, "%"), (1.5, "%")]),
        ("Half of the staff are over 55.", [(50, "%"), (55, "year")]),
        ("Eleven were taken to hospital.", [(11, "people")]),
        ("Of these, 1,900 live in the east.", [(1900, "people")]),
        (
            "They found two cases, taking the number of outbreaks since April to 17.",
            [(2, "case"), (17, "outbreak")],
        ),
        (
            "Guards saved 212 people from a boat, bringing the total to 9,400.",
            [(212, "people"), (9400, "people")],
        ),
        ("Inspectors had warned the owners twice that it was blocked.", [(2, "time")]),
        ("The price is twice what it was.", [(2, "ratio")]),
        ("A gas meter in gallery four had failed.", []),
        ("An earthquake of magnitude 6.7 struck the valley.", [(6.7, "magnitude")]),
    ],
)
def test_numbers(text: str, wanted: list[tuple[float, str]]) -> None:
    assert [(q.value if q.value is not None else q.low, q.unit) for q in analyze(text).quantities] == wanted


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Analysts had forecast a profit of £205m. Soup is cheap.", 2),
        ('He died at 4 p.m. "She will hear it," the daughter said.', 2),
        ("The wall is 3 km. It cost 4bn.", 2),
        ("The vote is at 4 p.m. Tuesday.", 1),
    ],
)
def test_a_unit_may_end_a_sentence(text: str, sentences: int) -> None:
    assert len(analyze(text).sentences) == sentences


@pytest.mark.parametrize(
    ("text", "start", "wording"),
    [
        (
            "The dead include four children, the youngest of whom was three.",
            "four",
            "The youngest of four children was three.",
        ),
        (
            "The dam will cost £310m, of which the state pays a third.",
            "of which",
            "Of £310m, the state pays a third.",
        ),
        (
            "The carvings were taken by soldiers in 1897 and bought by the museum for £380.",
            "bought",
            "The carvings were bought by the museum for £380.",
        ),
        (
            "Dina Reiss was hurt. The suspect was stopped at the station. He was charged with arson.",
            "He was",
            "The suspect was charged with arson.",
        ),
        (
            "A man of 34 was held after the fire. Crews took six hours to put it out.",
            "Crews",
            "Crews took six hours to put it out.",
        ),
        ("Judith Amery defends Martin Fenn. He bought a boat.", "He", "Martin Fenn bought a boat."),
        ("Half of the staff have left. The unions doubt it.", "The unions", "The unions doubt it."),
        (
            "Work begins in the second quarter of next year.",
            "Work",
            "Work begins in the second quarter of 2027.",
        ),
    ],
)
def test_wording(text: str, start: str, wording: str) -> None:
    assert claim(text, start).claim == wording


@pytest.mark.parametrize(
    "text",
    [
        "Work begins in the second quarter of next year.",
        "Aid groups accuse the government of delay.",
        "The third, a boy of 15, died on the way to hospital.",
    ],
)
def test_claims(text: str) -> None:
    assert analyze(text, PUBLISHED).mentions


@pytest.mark.parametrize(
    "text",
    [
        "The second is money.",
        "The silence has lasted ever since.",
        "The wounds have not healed.",
        "The hall fell silent.",
        "The tea has gone cold.",
        "The debate has only begun.",
    ],
)
def test_not_claims(text: str) -> None:
    assert not analyze(text, PUBLISHED).mentions


@pytest.mark.parametrize(
    "text",
    ["The debate began on Monday in Oslo.", "The firm went bankrupt.", "The second, a girl, was hurt."],
)
def test_claims_that_look_like_those(text: str) -> None:
    assert analyze(text, PUBLISHED).mentions
