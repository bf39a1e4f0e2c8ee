"""Who says what: direct, indirect and mixed speech, and the speaker's canonical name."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction import analyze
from claims.extraction.types import Attitude, AttributedSpeech


def said(text: str, words: str) -> AttributedSpeech:
    """The innermost attribution whose content holds ``words``."""
    holding = []
    for speech in analyze(text).attributions:
        content = " … ".join(text[s.start : s.end] for s in speech.content)
        if words in content:
            holding.append((len(content), speech))
    assert holding, f"nobody says {words!r}: {analyze(text).attributions}"
    return min(holding, key=lambda pair: pair[0])[1]


INTRO = "Marta Kowalczyk, head of the Norland port authority, met reporters on Monday. "


INDIRECT = [
    ("Marta Kowalczyk said that the port lost 40 ships.", "Marta Kowalczyk"),
    ("Marta Kowalczyk said the port lost 40 ships.", "Marta Kowalczyk"),
    ("The port lost 40 ships, Marta Kowalczyk said.", "Marta Kowalczyk"),
    ("The port, Marta Kowalczyk said on Tuesday, lost 40 ships.", "Marta Kowalczyk"),
    ("According to Marta Kowalczyk, the port lost 40 ships.", "Marta Kowalczyk"),
    ("The port lost 40 ships, according to Marta Kowalczyk.", "Marta Kowalczyk"),
    ("Marta Kowalczyk told reporters that the port lost 40 ships.", "Marta Kowalczyk"),
    # surname, pronoun, office
    (INTRO + "Kowalczyk said the port lost 40 ships.", "Marta Kowalczyk"),
    (INTRO + "She said the port lost 40 ships.", "Marta Kowalczyk"),
    (
        "Irma Sund, a spokeswoman for the port, came on Monday. The spokeswoman said it lost 40 ships.",
        "Irma Sund",
    ),
    ("Its chairman, Ludo Berg, said the port lost 40 ships.", "Ludo Berg"),
    ("Marta Kowalczyk, who runs the port, said it lost 40 ships.", "Marta Kowalczyk"),
    ("Ludo Berg lost 40 ships, his spokeswoman said.", "spokeswoman of Ludo Berg"),
    ("The electoral board met. Its ruling came late. The board said it lost 40 ships.", "board"),
    ("The electoral board said it was late. The board said it lost 40 ships.", "electoral board"),
    ("One of her aides said the port lost 40 ships.", "One of her aides"),
    # a body named or described before
    ("Nordmart, the biggest grocer, met. The company said the port lost 40 ships.", "Nordmart"),
    ("Nordmart, the biggest grocer, met. The grocer said the port lost 40 ships.", "Nordmart"),
    ("The Harbour Institute said it met. The statement said the port lost 40 ships.", "Harbour Institute"),
    ("The board repeated that all is well, but it conceded that it lost 40 ships.", "board"),
    ("Doctors said 40 children fell ill. The port lost 40 ships, they said.", "Doctors"),
    ("The harbour board met. Its figures show that the port lost 40 ships.", "figures of harbour board"),
    (
        "Police met on Monday. Police said so. The port lost 40 ships, a spokesman said.",
        "spokesman of Police",
    ),
    # an office without a name behind the name
    (
        "Marta Kowalczyk came to Lund on Monday. The prime minister said the port lost 40 ships.",
        "Marta Kowalczyk",
    ),
    # who speaks goes on to be who is meant, not whom they spoke of
    (INTRO + "She said Irma Sund lost a quay. She added that the port lost 40 ships.", "Marta Kowalczyk"),
    # the cue at the end of a paragraph, the source in a longer phrase, another's report
    ("The port lost 40 ships, the head of the union said.\n\nIt rained.", "head of the union"),
    ("As Marta Kowalczyk noted in May, the port lost 40 ships.", "Marta Kowalczyk"),
    ("Marta Kowalczyk was quoted as saying that the port lost 40 ships.", "Marta Kowalczyk"),
    ("Trade fell by a tenth in May and the port lost 40 ships, according to the port office.", "port office"),
    ("Trade fell, the port office reported on Tuesday; the port lost 40 ships.", "port office"),
    # who made a document answers for it
    ("The port lost 40 ships, according to figures published by the water board.", "water board"),
    ("A survey carried out by the dockers' union showed the port lost 40 ships.", "dockers' union"),
    # institutions and the nameless
    ("The Kremlin said the port lost 40 ships.", "Kremlin"),
    ("Moscow said the port lost 40 ships.", "Moscow"),
    ("The U.N. said the port lost 40 ships.", "United Nations"),
    ("Two officials said the port lost 40 ships.", "Two officials"),
    ("The harbour board said the port lost 40 ships.", "harbour board"),
]

DIRECT = [
    # the cue before, behind and within
    ("Marta Kowalczyk said, “The port lost 40 ships.”", "Marta Kowalczyk"),
    ('Marta Kowalczyk said: "The port lost 40 ships."', "Marta Kowalczyk"),
    ("“The port lost 40 ships,” Marta Kowalczyk said.", "Marta Kowalczyk"),
    ("“The port lost 40 ships,” said Marta Kowalczyk.", "Marta Kowalczyk"),
    ("''The port lost 40 ships,'' said Marta Kowalczyk.", "Marta Kowalczyk"),
    ("“The port,” Marta Kowalczyk said, “lost 40 ships.”", "Marta Kowalczyk"),
    # over sentences, the speaker named at the end of the last
    ("“The port lost 40 ships. Nobody knows why,” Marta Kowalczyk said.", "Marta Kowalczyk"),
    # the quotation goes on behind the cue, in the next paragraph, or over two
    ("“It is bad,” said Marta Kowalczyk. “The port lost 40 ships.”", "Marta Kowalczyk"),
    ("“It is bad,” said Marta Kowalczyk.\n“The port lost 40 ships in May.”", "Marta Kowalczyk"),
    ("“The port lost 40 ships.\n\n“It is bad,” said Marta Kowalczyk.", "Marta Kowalczyk"),
    ("Marta Kowalczyk continued:\n\n“The port lost 40 ships.”", "Marta Kowalczyk"),
    # a pronoun is nobody whom the quotation names
    (INTRO + "“The port lost 40 ships,” she said.", "Marta Kowalczyk"),
    (INTRO + "“Irma Sund lost 40 ships,” she said.", "Marta Kowalczyk"),
]


@pytest.mark.parametrize(
    ("text", "speaker", "direct"),
    [*((*case, False) for case in INDIRECT), *((*case, True) for case in DIRECT)],
)
def test_speaker(text: str, speaker: str, direct: bool) -> None:
    speech = said(text, "lost 40 ships")
    assert (speech.speaker, speech.direct) == (speaker, direct)


def test_mixed_speech_is_one_content_and_not_direct() -> None:
    text = "Marta Kowalczyk said the port was “in a sorry state” after it had lost 40 of its 50 ships in May."
    speech = said(text, "sorry state")
    assert "lost 40" in text[speech.content[0].start : speech.content[0].end]
    assert not speech.direct


@pytest.mark.parametrize(
    ("text", "words", "attitude"),
    [
        ("Marta Kowalczyk denied that the port lost 40 ships.", "lost 40 ships", Attitude.DENIED),
        ("Marta Kowalczyk claimed that the port lost 40 ships.", "lost 40 ships", Attitude.ALLEGED),
        ("Marta Kowalczyk falsely said that the port lost 40 ships.", "lost 40 ships", Attitude.ALLEGED),
        ("Marta Kowalczyk promised to buy 40 ships.", "buy 40 ships", Attitude.INTENDED),
        ("Marta Kowalczyk urged the port to buy 40 ships.", "buy 40 ships", Attitude.ASKED),
        ("Marta Kowalczyk believes that the port lost 40 ships.", "lost 40 ships", Attitude.BELIEVED),
        ("Marta Kowalczyk criticised the sale of 40 ships.", "sale of 40 ships", Attitude.JUDGED),
        ("The sale of 40 ships was criticised by Marta Kowalczyk.", "sale of 40 ships", Attitude.JUDGED),
        ("Marta Kowalczyk lashed out at the sale of 40 ships.", "sale of 40 ships", Attitude.JUDGED),
        ("Marta Kowalczyk is critical of the sale of 40 ships.", "sale of 40 ships", Attitude.JUDGED),
        (
            "Marta Kowalczyk's criticism of the sale of 40 ships was loud.",
            "sale of 40 ships",
            Attitude.JUDGED,
        ),
        ("The union backed a sale of 40 ships that Marta Kowalczyk opposes.", "sale of 40", Attitude.JUDGED),
        ("Marta Kowalczyk sees the sale of 40 ships as a mistake.", "sale of 40 ships", Attitude.BELIEVED),
        ("Marta Kowalczyk is confident that the port lost 40 ships.", "lost 40 ships", Attitude.BELIEVED),
        ("Marta Kowalczyk hoped the port lost 40 ships.", "lost 40 ships", Attitude.BELIEVED),
        ("Marta Kowalczyk offered 40 ships in May.", "40 ships", Attitude.STATED),
        ("A survey found broad support for the sale of 40 ships.", "sale of 40 ships", Attitude.STATED),
    ],
)
def test_attitude(text: str, words: str, attitude: Attitude) -> None:
    assert said(text, words).attitude is attitude


@pytest.mark.parametrize(
    "text",
    [
        "Marta Kowalczyk was blunt, saying the port was poor and would close.",
        "Marta Kowalczyk said that the port was poor, but that it would close.",
        "Marta Kowalczyk said the port was poor and it would close.",
    ],
)
def test_what_is_said_goes_on(text: str) -> None:
    assert said(text, "would close") == said(text, "was poor")


def test_a_participle_behind_a_comma_goes_on_with_the_speaker() -> None:
    text = "Marta Kowalczyk said that the port had closed, adding that it lost 40 ships."
    assert said(text, "lost 40 ships").speaker == "Marta Kowalczyk"


def test_a_straight_mark_closes_a_curly_quotation() -> None:
    text = '“The port lost 40 ships," Marta Kowalczyk said. Nobody else came. “Why,” she asked.'
    assert said(text, "lost 40 ships").direct
    assert all("Nobody" not in text[s.start : s.end] for a in analyze(text).attributions for s in a.content)


def test_a_cue_that_is_negated() -> None:
    assert said("Marta Kowalczyk did not say that the port lost 40 ships.", "lost 40 ships").negated


@pytest.mark.parametrize(
    "text",
    [
        "The port lost 40 ships in May.",
        'He bought a 24" screen and a 32" screen for 900 crowns.',
        "The so-called “harbour tax” rose by 3% in May.",
        "A dance called the reel drew 40 people.",
    ],
)
def test_nobody_speaks(text: str) -> None:
    assert analyze(text).attributions == ()


def test_an_unclosed_quotation_does_not_swallow_the_article() -> None:
    text = "“The port is lost.\n\nIn May 40 ships left.\n\n“Nobody knows why,” said Marta Kowalczyk."
    for speech in analyze(text).attributions:
        assert all("40 ships" not in text[s.start : s.end] for s in speech.content)


_WORDS = [
    "“",
    "”",
    '"',
    "''",
    ",",
    ".",
    ":",
    "\n\n",
    "said",
    "told",
    "according",
    "to",
    "that",
    "Anna",
    "Berg",
    "she",
    "the",
    "board",
    "lost",
    "40",
    "ships",
    "’s",
]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(_WORDS), max_size=40))
def test_any_order_of_words_gives_spans_of_the_text(words: list[str]) -> None:
    analysis = analyze(" ".join(words))
    for speech in analysis.attributions:
        assert speech.content
        for spans in (speech.source, speech.cue, speech.content):
            for one, other in itertools.pairwise(spans):
                assert one.end <= other.start
            assert all(0 <= s.start < s.end <= len(analysis.text) for s in spans)
