"""The whole pipeline through its public door."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction import LONGEST, analyze, analyze_many, as_mention, is_english
from claims.extraction.types import Analysis, Attribution

ARTICLE = """\
HARNBY, Oct. 6 (Coastal Wire) - The port of Harnby lost 40 ships in 2023, the harbour board said on Monday.

BOARD REVIEWS ITS PLANS

"Dues brought in about $300 million. It was a bad year," Marta Kowalczyk, the board's chairwoman, said. \
Norland's government owns about 20% of the port.

Subscribe to get the latest posts sent to your email.
"""
PUBLISHED = date(2024, 10, 7)


def check(analysis: Analysis) -> None:
    """What must hold for any text at all."""
    text = analysis.text
    for item in (*analysis.quantities, *analysis.times, *analysis.entities, *analysis.mentions):
        assert text[item.start : item.end] == item.text
        assert item.text
    for mention in analysis.mentions:
        assert any(s.start <= mention.start and mention.end <= s.end for s in analysis.sentences)
        for part in (*mention.quantities, *mention.entities):
            assert mention.start <= part.start and part.end <= mention.end
        for time in mention.times:  # the sentence may tell it beside the claim
            assert mention.sentence.start <= time.start and time.end <= mention.sentence.end
    last = 0
    for sentence in analysis.sentences:
        assert last <= sentence.start < sentence.end <= len(text)
        assert 0 <= sentence.checkworthiness <= 1
        last = sentence.end


def test_an_article() -> None:
    analysis = analyze(ARTICLE, PUBLISHED)
    check(analysis)
    money = next(m for m in analysis.mentions if any(q.unit == "USD" for q in m.quantities))
    assert (money.speaker, money.attribution) == ("Marta Kowalczyk", Attribution.QUOTED)
    assert [q.value for q in money.quantities] == [300_000_000]
    share = next(m for m in analysis.mentions if any(q.unit == "%" for q in m.quantities))
    assert (share.speaker, share.attribution) == (None, Attribution.ASSERTED)
    assert "Norland" in share.claim
    assert [(t.first, t.last) for t in analysis.times if t.text == "Monday"] == [(PUBLISHED, PUBLISHED)]


def test_no_mention_touches_heading_dateline_or_subscription() -> None:
    told = "\n".join(m.text for m in analyze(ARTICLE, PUBLISHED).mentions)
    for words in ("HARNBY", "Coastal Wire", "REVIEWS", "Subscribe"):
        assert words not in told


def test_a_time_of_publication_counts_as_its_day() -> None:
    moment = datetime(2024, 10, 7, 23, 30, tzinfo=UTC)
    assert analyze(ARTICLE, moment) == analyze(ARTICLE, PUBLISHED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('The U.S. lost 3 ships. It sold 4.', ["The U.S. lost 3 ships.", "It sold 4."]),
        ("Exports to the U.S. Congress said nothing.", None),
        ("Gen. A. B. Holt left St. Paul on Feb. 3.", ["Gen. A. B. Holt left St. Paul on Feb. 3."]),
        ("“It fell. It broke.” She left.", ["“It fell.", "It broke.”", "She left."]),
        ('"It fell." She left.', ['"It fell."', "She left."]),
        ("“Why?” asked Holt. “Who knows!” said Berg.", ["“Why?” asked Holt.", "“Who knows!” said Berg."]),
        ("It was “a ‘good’ year.” Sales rose 3%.", ["It was “a ‘good’ year.”", "Sales rose 3%."]),
        ("(The port lost 3 ships.) It sold 4.", ["(The port lost 3 ships.)", "It sold 4."]),
        ("Dues rose 3.5 percent. Ships left.", ["Dues rose 3.5 percent.", "Ships left."]),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[str] | None) -> None:
    found = [text[s.start : s.end] for s in analyze(text).sentences]
    if expected is None:
        assert "".join(found).replace(" ", "") == text.replace(" ", "")
    else:
        assert found == expected


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "\x00", "\ud800", "a\ud800b 5% \x00.", "\u200b", "𝟝% 👩‍👩‍👧 left", "“", "''", ".",
     "?!", "5", "$", "\r\n" * 50,
     "“" * 500, "(" * 2000, "said " * 300, "“a said “" * 200, "A" * 5000, "9" * 5000, "a, " * 2000],
)  # fmt: skip
def test_odd_texts_are_read(text: str) -> None:
    analysis = analyze(text, PUBLISHED)
    check(analysis)
    assert len(analysis.text) == len(text)
    analysis.text.encode()


def test_empty_text_gives_an_empty_analysis() -> None:
    assert analyze("") == Analysis("")


def test_a_text_that_is_no_article_is_refused_with_its_length() -> None:
    with pytest.raises(ValueError, match=f"{LONGEST + 1:,} characters"):
        analyze("a" * (LONGEST + 1))


@settings(max_examples=40)
@given(st.text(max_size=200))
def test_any_text_gives_valid_spans(text: str) -> None:
    check(analyze(text, PUBLISHED))


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from([*ARTICLE.split(" "), "\n", "”", "“", "who", "Tuesday", "a third of"]), max_size=40
    )
)
def test_any_order_of_words_gives_valid_spans(words: list[str]) -> None:
    check(analyze(" ".join(words), PUBLISHED))


def test_many_are_read_in_order_and_one_by_one() -> None:
    texts = [f"The port lost {n} ships in May." for n in range(70)]
    taken = 0

    def feed() -> Iterator[tuple[str, date | None]]:
        nonlocal taken
        for text in texts:
            taken += 1
            yield text, PUBLISHED

    stream = analyze_many(feed())
    first = next(stream)
    assert taken < len(texts)
    # another text may be read while a stream is open
    assert analyze(texts[0], PUBLISHED) == first
    assert [first.text, *(analysis.text for analysis in stream)] == texts


def test_a_text_reads_the_same_alone_and_among_others() -> None:
    among = list(analyze_many([("Nobody left.", None), (ARTICLE, PUBLISHED), ("", None)]))[1]
    assert among == analyze(ARTICLE, PUBLISHED)


# --- a whole text as one mention ---------------------------------------------------------------------


def test_the_whole_text_is_one_mention() -> None:
    text = "Norland owns about 20% of the port, and 40 ships left in 2023."
    mention = as_mention(text)
    assert (mention.start, mention.end, mention.text) == (0, len(text), text)
    assert [q.unit for q in mention.quantities] == ["%", "ship"]
    assert [t.text for t in mention.times] == ["2023"]
    assert mention.frame.terms


def test_context_names_the_people_and_offsets_stay_those_of_the_text() -> None:
    text = "Kowalczyk lost 40 ships."
    mention = as_mention(text, context="Marta Kowalczyk runs the port. Trade is slow.")
    (entity,) = mention.entities
    assert (entity.start, entity.text, entity.name) == (0, "Kowalczyk", "Marta Kowalczyk")
    assert as_mention(text, context=f"Marta Kowalczyk runs the port. {text} Trade is slow.") == replace(
        mention, claim=as_mention(text, context=f"Marta Kowalczyk runs the port. {text} Trade is slow.").claim
    )


def test_a_speaker_that_the_caller_knows() -> None:
    mention = as_mention("The port lost 40 ships.", speaker="Marta Kowalczyk")
    assert (mention.speaker, mention.attribution) == ("Marta Kowalczyk", Attribution.REPORTED)


@settings(max_examples=25)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_a_mention(text: str, context: str) -> None:
    mention = as_mention(text, context=context, published=PUBLISHED)
    assert (mention.start, mention.end) == (0, len(text))
    for part in (*mention.quantities, *mention.times, *mention.entities):
        assert mention.text[part.start : part.end] == part.text


# --- language ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Russia holds 20%",
        "Putin Zelenskyy Lavrov Rubio",
        "No.",
        ARTICLE,
        "Bundeskanzler Olaf Scholz, the head of Baden-Württemberg said, met Präsident Müller of Thüringen.",
    ],
)
def test_english(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12 % 345",
        "Россия контролирует около двадцати процентов территории Украины.",
        "中国经济增长百分之五",
        "Der Hafen von Harnby verlor im vergangenen Jahr vierzig Schiffe, teilte die Behörde am Montag mit.",
        "Le port de Harnby a perdu quarante navires l'an dernier, a annoncé lundi la direction du port.",
        "El puerto de Harnby perdió cuarenta barcos el año pasado, según informó el lunes la autoridad.",
    ],
)
def test_not_english(text: str) -> None:
    assert not is_english(text)


# --- the command -------------------------------------------------------------------------------------


def run(*lines: str) -> tuple[list[dict], list[dict], int]:
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("analyze", stdin=StringIO("\n".join(lines)), stdout=out, stderr=err)
    except CommandError as error:
        code = error.returncode
    return *([json.loads(line) for line in stream.getvalue().splitlines()] for stream in (out, err)), code


def test_the_command_answers_line_by_line() -> None:
    out, err, code = run(
        json.dumps({"id": "a", "text": ARTICLE, "published": "2024-10-07T12:00:00Z"}),
        "",
        json.dumps({"id": 2, "text": ""}),
    )
    assert (code, err) == (0, [])
    assert [line["id"] for line in out] == ["a", 2]
    assert set(out[0]) == {"id", "sentences", "quantities", "times", "attributions", "mentions"}
    assert out[0]["times"][-1]["first"] is None or out[0]["times"][-1]["first"] <= "2024-10-07"
    speech = next(a for a in out[0]["attributions"] if a["speaker"] == "Marta Kowalczyk")
    assert ARTICLE[slice(*speech["cue"][0])] == "said"
    assert out[1] == {
        "id": 2,
        "sentences": [],
        "quantities": [],
        "times": [],
        "attributions": [],
        "mentions": [],
    }


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ("[1]", "list"),
        ("{}", '"text" is null'),
        ('{"id": 7, "text": 5}', '"text" is 5'),
        ('{"id": 7, "text": "a", "published": "soon"}', '"published" is "soon"'),
        ('{"id": 7, "text": "a", "published": 5}', '"published" is 5'),
        ('{"id": 7, "text": "a\udcff"}', "0xff"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_line_is_reported_and_the_rest_goes_on(line: str, message: str) -> None:
    out, err, code = run('{"id": 1, "text": "a"}', line, '{"id": 3, "text": "b"}')
    assert [answer["id"] for answer in out] == [1, 3]
    assert len(err) == 1
    assert err[0]["line"] == 2
    assert message in err[0]["error"]
    assert code == 1
