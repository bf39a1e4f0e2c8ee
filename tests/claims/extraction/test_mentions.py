"""Which words of a text become mentions, whose they are and how sure, through ``analyze``."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.extraction import analyze
from claims.extraction.types import Attribution, Kind, Mention

DAY = date(2025, 2, 18)  # a Tuesday


def mentions(text: str) -> tuple[Mention, ...]:
    return analyze(text, DAY).mentions


def texts(text: str) -> list[str]:
    return [m.text for m in mentions(text)]


def only(text: str, start: str) -> Mention:
    found = [m for m in mentions(text) if m.text.startswith(start)]
    assert len(found) == 1, [m.text for m in mentions(text)]
    return found[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # a shared subject, two verbs
            "The museum opened a second wing in 2019 and now employs 140 people.",
            ["The museum opened a second wing in 2019", "now employs 140 people"],
        ),
        (  # a relative clause takes its antecedent, the main clause opens with it too
            "The river, which burst its banks on Monday, flooded 300 homes.",
            [
                "The river, which burst its banks on Monday",
                "The river, which burst its banks on Monday, flooded 300 homes",
            ],
        ),
        (  # an apposition to a person, and the clause around it
            "Maria Lund, head of the port authority, resigned on Friday.",
            [
                "Maria Lund, head of the port authority",
                "Maria Lund, head of the port authority, resigned on Friday",
            ],
        ),
        (  # participles
            "A ferry sank off Crete on Sunday, killing 14 passengers.",
            ["A ferry sank off Crete on Sunday", "killing 14 passengers"],
        ),
        (  # figures told beside
            "Unemployment fell to 4.1% in May, down from 4.6% in April, the lowest rate since 2007.",
            ["Unemployment fell to 4.1% in May", "down from 4.6% in April", "the lowest rate since 2007"],
        ),
        (  # a nominal event with its author
            "Peru left the pact in 2021, following its rejection of the quotas.",
            ["Peru left the pact in 2021", "its rejection of the quotas"],
        ),
        (  # two clauses in contrast
            "Exports rose 3% while imports fell 2%.",
            ["Exports rose 3%", "imports fell 2%"],
        ),
        (  # what "it is crucial to recognise" frames
            "It is important to note that Norway exported 4 million tonnes of fish in 2023.",
            ["Norway exported 4 million tonnes of fish in 2023"],
        ),
    ],
)
def test_a_sentence_is_cut_into_its_claims(text: str, expected: list[str]) -> None:
    found = texts(text)
    assert [e for e in expected if e not in found] == [], found


@pytest.mark.parametrize(
    "text",
    [
        "It would be foolish to raise taxes now.",
        "Europe must wake up.",
        "Who will pay for this?",
        "Tell your friends about it.",
        "There is another matter.",
        "The result is a warning to the government.",
        "We are all tired of this.",
        "Nobody knows.",
        "These talks may set the stage for a deal.",
        "Such things are sometimes mixed up.",
    ],
)
def test_opinion_duty_questions_and_guesses_are_no_claims(text: str) -> None:
    assert texts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        # plain facts, without a figure, a name or a day
        "The museum is owned by the city.",
        "The captain was in his bunk.",
        "The farmer owns the slope.",
        "The old columns will be reused.",
        "The chairman steps down.",
        "He escaped.",
        "No one was injured.",
        "One of the engines has failed.",
        "Both of the schools have closed.",
        "There were no injuries.",
        "It was the first medal for the club.",
        "It is held by a separate trust.",
        "The helicopter had to turn back because of the wind.",
        "The other two were sold.",
        "Demining has been stopped for the time being.",
    ],
)
def test_plain_facts_are_claims(text: str) -> None:
    assert texts(text) == [text.removesuffix(".")]


@pytest.mark.parametrize(
    "text",
    [
        "The governor is in no hurry.",
        "The two figures are not as far apart as they look.",
        "Greed is no crime.",
        "The dogs knew first.",
        "The club has a new hero.",
        "Cycling will never learn.",
        "The agency was not able to verify the figures.",
        "A season is not lost in January.",
    ],
)
def test_turns_of_phrase_are_no_claims(text: str) -> None:
    assert texts(text) == []


def test_what_is_said_as_a_fact_stands_alone_with_its_speaker() -> None:
    claim = only("The mayor, Maria Lund, said 140 houses had been destroyed.", "140 houses")
    assert claim.speaker == "Maria Lund"
    assert claim.attribution is Attribution.REPORTED


def test_what_is_only_expected_is_a_claim_about_the_saying() -> None:
    claim = only("Ana Torres said on Monday that the bridge would open in June.", "Ana Torres said")
    assert claim.kind is Kind.STATEMENT
    assert claim.speaker == "Ana Torres"
    assert claim.text.endswith("would open in June")


def test_a_denial_is_negated_and_belongs_to_who_denies() -> None:
    claim = only("The ministry denied that prisoners had been moved to the coast.", "The ministry denied")
    assert claim.attribution is Attribution.DENIED
    assert claim.negated


def test_a_quotation_keeps_the_words_of_its_speaker() -> None:
    claim = only('"The storm destroyed 40 boats," said Ivan Petrov, a harbour master.', "The storm")
    assert claim.attribution is Attribution.QUOTED
    assert claim.speaker == "Ivan Petrov"


@pytest.mark.parametrize(
    ("text", "start", "attribution", "speaker"),
    [
        # a figure that somebody gives, without a clause
        (
            "Skyways reported a profit of 30 million euros.",
            "Skyways reported",
            Attribution.REPORTED,
            "Skyways",
        ),
        ("Economists had expected a rise of 2%.", "Economists", Attribution.REPORTED, "Economists"),
        (
            "The mayor, Ana Torres, spoke of 300 dead.",
            "The mayor, Ana Torres, spoke",
            Attribution.REPORTED,
            "Ana Torres",
        ),
        # what is judged is told by the outlet, and so is what its own people saw
        ("Ana Torres praised the mill, which lost 40 jobs.", "Ana Torres", Attribution.ASSERTED, None),
        ("In Lund, our reporter counted 31 ruins.", "In Lund", Attribution.ASSERTED, None),
        # a label in quotation marks is said in the speaker's own words
        (
            'Ana Torres called the new mill "a gift of 40 jobs".',
            "Ana Torres",
            Attribution.QUOTED,
            "Ana Torres",
        ),
        # every part of a sentence that ends with its source
        (
            "Jobs fell to 40 in May, the lowest since 2007, the board said.",
            "the lowest",
            Attribution.REPORTED,
            "board",
        ),
        (
            "Skyways, the airline, met. The company denied that it cut 40 jobs.",
            "The company",
            Attribution.DENIED,
            "Skyways",
        ),
        # who describes himself before he says it
        (
            "Two mills closed, the owner, Ana Torres, said on Friday.",
            "Two",
            Attribution.REPORTED,
            "Ana Torres",
        ),
        (
            "The mill lost 40 jobs, the main ones, said Ana Torres.",
            "The mill",
            Attribution.REPORTED,
            "Ana Torres",
        ),
        # deeds, not words
        ("The board ordered the mill to pay 3 million euros.", "The board", Attribution.ASSERTED, None),
        ("Two in three members said yes to the merger.", "Two in", Attribution.ASSERTED, None),
    ],
)
def test_who_stands_behind(text: str, start: str, attribution: Attribution, speaker: str | None) -> None:
    claim = only(text, start)
    assert (claim.attribution, claim.speaker) == (attribution, speaker)


def test_the_past_perfect_goes_on_with_speech_that_stands_free() -> None:
    said = "He had run the mill alone, Ivan Petrov told visitors. Nobody had helped him. Six men had left."
    assert {m.speaker for m in mentions(said)} == {"Ivan Petrov"}


@pytest.mark.parametrize(
    "text",
    [
        "Ivan Petrov said that the mill was full. Six men had left in May.",  # background by the outlet
        "The mill had burnt, Ivan Petrov said. Police came. Six men had left in May.",
        "The mill had burnt, Ivan Petrov said.\n\nSix men had left in May.",
    ],
)
def test_the_past_perfect_is_the_outlets_own_elsewhere(text: str) -> None:
    assert only(text, "Six men").speaker is None


def test_a_pronoun_that_would_goes_on_with_what_the_sentence_before_reports() -> None:
    text = (
        "The board said that the mill had lost 40 jobs. It would get 3 million euros from the state in 2026."
    )
    spoken = {m.speaker for m in mentions(text) if "3 million" in m.text}
    assert spoken == {"board"}


def test_the_outlet_speaks_when_nobody_else_does() -> None:
    claim = only("Chile exported 2 million tonnes of copper in 2022.", "Chile")
    assert (claim.attribution, claim.speaker) == (Attribution.ASSERTED, None)


@pytest.mark.parametrize(
    ("text", "hedged", "negated"),
    [
        ("The bank sold 20 branches in 2021.", False, False),
        ("The bank reportedly sold 20 branches in 2021.", True, False),
        ("The bank did not sell 20 branches in 2021.", False, True),
        ("The bank sold no branches in 2021.", False, True),
        ("The bank never closed its 20 branches.", False, True),
        ("The bank is expected to sell 20 branches in 2026.", True, False),
        ("About 20 branches closed in 2021.", False, False),
        ("Not only 20 branches closed in 2021.", False, False),
        ("The figure of 20 branches could not be confirmed on Monday.", False, True),
        ("The bank sold 20 branches in 2021, but it did not close the others.", False, False),
    ],
)
def test_hedges_and_negation(text: str, hedged: bool, negated: bool) -> None:
    first = mentions(text)[0]
    assert (first.hedged, first.negated) == (hedged, negated)


def test_the_time_beside_the_predicate_is_the_claims_own() -> None:
    claim = only("The general was jailed on Sunday for shelling a port in 2019.", "")
    assert [time.text for time in claim.times if time.first] == ["Sunday"]


def test_as_of_comes_from_the_claims_own_time() -> None:
    claim = only("Chile exported 2 million tonnes of copper in 2022.", "Chile")
    assert (claim.as_of_first, claim.as_of_last) == (date(2022, 1, 1), date(2022, 12, 31))


@pytest.mark.parametrize(
    ("text", "start", "day"),
    [
        ("The mayor resigned on Sunday and left 12 posts empty.", "left 12", date(2025, 2, 16)),
        ("On Monday the bank cut its rate and sold 40 branches.", "sold", date(2025, 2, 17)),
        ("The talks, which opened on Sunday, broke down after three hours.", "broke down", date(2025, 2, 16)),
        (
            "A storm that hit the coast on Sunday killed two and left 900 homes dark.",
            "left 900",
            date(2025, 2, 16),
        ),
        ("It was the worst flood since 1974, when 300 people died.", "when 300", date(1974, 1, 1)),
        ('"The dam holds 40 million litres," its engineer said on Sunday.', "The dam", date(2025, 2, 16)),
    ],
)
def test_a_claim_has_the_time_that_its_sentence_tells_for_it(text: str, start: str, day: date) -> None:
    (claim,) = [m for m in mentions(text) if start in m.text and "flood" not in m.text]
    assert [time.first for time in claim.times if time.first] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "The captain, who signed on Sunday, scored twice.",
        "The club, unbeaten since October, finished with ten players.",
        "The envoy had sung before the talks on Sunday, and left.",
    ],
)
def test_the_time_of_another_event_is_not_the_claims(text: str) -> None:
    assert not [
        t
        for m in mentions(text)
        if m.text.startswith(("scored", "finished", "and left", "left"))
        for t in m.times
    ]


def test_what_a_figure_is_set_against_has_its_own_days() -> None:
    claim = only("Cases rose to 412 in the week to 9 February, up from 350 a week earlier.", "up from")
    assert [(t.first, t.last) for t in claim.times] == [(date(2025, 1, 27), date(2025, 2, 2))]


def test_a_clause_with_its_own_subject_has_its_own_time() -> None:
    assert only("The mayor resigned on Sunday and his deputy moved to Oslo.", "his deputy").times == ()


def test_a_present_state_holds_on_the_day_of_publication() -> None:
    claim = only("Chile owns 12 ports.", "Chile")
    assert (claim.as_of_first, claim.as_of_last) == (DAY, DAY)


def test_a_bare_past_tells_no_day() -> None:
    claim = only("Chile sold 12 ports.", "Chile")
    assert (claim.as_of_first, claim.as_of_last) == (None, None)


def test_the_frame_names_who_did_what() -> None:
    frame = only("Chile sold 12 ports to a Danish firm.", "Chile").frame
    assert (frame.subject, frame.predicate) == ("chile", "sell")
    assert "port" in frame.object
    assert "danish" in frame.terms


def test_kinds() -> None:
    assert only("Chile sold 12 ports.", "Chile").kind is Kind.QUANTITY
    assert only("The senate rejected the treaty on Monday.", "The senate").kind is Kind.EVENT
    assert only("Chile owns the port of Arica.", "Chile").kind is Kind.STATE
    assert (
        only("The council expects the economy to shrink by 0.3% this year.", "The council").kind
        is Kind.FORECAST
    )


PHRASES = st.sampled_from(
    """The council|said|that|Chile|sold 12 ports|, which|fell by 3%|on Tuesday|“|”|"|and|,|;|:|.|?|with no|
    following its|invasion of Peru|he|their|may|not|according to|Ana Torres|the lowest since 1990|or|%|(|)|
    \n\n|—|’s|up|twice|it|when 20 people|and sold|in 2019|“We|called this untrue|, killing|, head of""".split(
        "|"
    )
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PHRASES, max_size=30).map(" ".join) | st.text(max_size=120))
def test_any_text_gives_verbatim_spans_inside_sentences(text: str) -> None:
    analysis = analyze(text, DAY)
    for mention in analysis.mentions:
        assert analysis.text[mention.start : mention.end] == mention.text
        assert mention.text == mention.text.strip() != ""
        assert mention.sentence.start <= mention.start < mention.end <= mention.sentence.end
        assert mention.claim.strip()
        for inner in (*mention.quantities, *mention.entities):
            assert mention.start <= inner.start < inner.end <= mention.end
        for time in mention.times:
            assert mention.sentence.start <= time.start < time.end <= mention.sentence.end
    spans = [(m.start, m.end) for m in analysis.mentions]
    assert spans == sorted(set(spans))


def test_the_same_text_gives_the_same_mentions() -> None:
    text = (
        "Chile, which left the pact in 2021, sold 12 ports, up from 3, and its navy said it would not object."
    )
    assert analyze(text, DAY).mentions == analyze(text, DAY).mentions


def test_what_explains_a_name_within_reported_words_is_the_outlets_own() -> None:
    text = "The harbour master said the crane, which fell in 2019, would be sold for 3 million euros."
    told = {m.claim: m.speaker for m in mentions(text)}
    assert told["The crane fell in 2019."] is None
    assert any("3 million" in claim and speaker == "harbour master" for claim, speaker in told.items())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # a description set into it parts a claim from its subject
            "The bridge, built by a Swiss firm and opened in 1998, carries 40,000 cars a day.",
            "The bridge, built by a Swiss firm and opened in 1998, carries 40,000 cars a day",
        ),
        (  # the second of two intentions
            "The mayor said she would close the old slaughterhouse and sell the brewery.",
            "sell the brewery",
        ),
        (  # who has to agree is laid down somewhere
            "The merger must be approved by shareholders of both airlines.",
            "The merger must be approved by shareholders of both airlines",
        ),
        (  # the same figure in other words
            "The farm covers 320 hectares, roughly 790 acres.",
            "The farm covers 320 hectares, roughly 790 acres",
        ),
        ("Inspectors are examining the wreck.", "Inspectors are examining the wreck"),
        ("The union rejects the offer.", "The union rejects the offer"),
        ("What nobody disputes is that Oslo sold both mines.", "Oslo sold both mines"),
        (  # what is said of a noun in a relative clause is told with the noun
            "A vaccine that officials say has saved 300 lives is to be withdrawn.",
            "A vaccine that officials say has saved 300 lives",
        ),
        (
            "Port Saldo Ltd, whose sole owner is his brother, is closed.",
            "Port Saldo Ltd, whose sole owner is his brother",
        ),
        (
            "Delays were no more frequent than on the coastal line.",
            "Delays were no more frequent than on the coastal line",
        ),
        (
            "Turnout was 61% in the north, against 58% in the south.",
            "Turnout was 61% in the north, against 58% in the south",
        ),
        (  # told without a comma, but with a day of its own
            "The co-op has sold 4,000 tonnes of grain since the new silo was opened on 3 February.",
            "since the new silo was opened on 3 February",
        ),
        (
            "“I have never owned a boat,” the singer Ada Bloom told reporters.",
            "I have never owned a boat",
        ),
    ],
)
def test_a_claim_is_taken_whole(text: str, expected: str) -> None:
    assert expected in texts(text)


@pytest.mark.parametrize(
    "text",
    [
        "He did not look defeated.",
        "The singer sounded like a foghorn.",
        "Football will never change.",
        "“There is no excuse for that,” the judge said.",
        "Anyone who saw the van should write to us, quoting case 88 of 3 May.",
    ],
)
def test_an_impression_or_an_order_is_no_claim(text: str) -> None:
    assert texts(text) == []


def test_what_leans_on_nothing_else_keeps_its_reason() -> None:
    assert texts("Sales fell after the plant in Lodz burned down in March.") == [
        "Sales fell after the plant in Lodz burned down in March"
    ]
