"""What the command line's contract says of each field."""

from __future__ import annotations

import json
from datetime import date

from claims.extraction import serialise
from claims.extraction.types import (
    Analysis,
    AttributedSpeech,
    Attribution,
    Change,
    EntityMention,
    Kind,
    Mention,
    Quantity,
    Sentence,
    Span,
    TimeExpression,
)

QUANTITY = Quantity(4, 12, "about 5%", 5.0, None, None, "%", approximate=True, change=Change.ABOUT)
TIME = TimeExpression(13, 17, "2014", "DATE", "2014", date(2014, 1, 1), date(2014, 12, 31))
MENTION = Mention(
    0, 20, "It is about 5% 2014.", Span(0, 20), "The tax is about 5%.", Kind.QUANTITY,
    speaker="Ann Holt", attribution=Attribution.REPORTED, hedged=True, checkworthiness=0.123456,
    quantities=(QUANTITY,), times=(TIME,), entities=(EntityMention(0, 2, "It", "Tax", "other"),),
)  # fmt: skip
ANALYSIS = Analysis(
    "It is about 5% 2014.",
    sentences=(Sentence(0, 20, 0.123456, (("figure", 1.0),)),),
    quantities=(QUANTITY,),
    times=(TIME, TimeExpression(0, 2, "It", "DURATION", "P2Y")),
    attributions=(AttributedSpeech((Span(0, 2),), (), (Span(3, 5), Span(6, 8)), None, True),),
    mentions=(MENTION,),
)


def test_every_field_of_the_contract() -> None:
    line = json.loads(json.dumps(serialise.analysis(ANALYSIS, "x")))
    assert line["id"] == "x"
    assert line["sentences"] == [{"start": 0, "end": 20, "checkworthiness": 0.1235}]
    assert line["quantities"] == [
        {
            "start": 4, "end": 12, "text": "about 5%", "value": 5.0, "low": None, "high": None,
            "unit": "%", "approximate": True, "change": "~",
        }
    ]  # fmt: skip
    assert line["times"][0] == {
        "start": 13, "end": 17, "text": "2014", "type": "DATE", "value": "2014",
        "first": "2014-01-01", "last": "2014-12-31",
    }  # fmt: skip
    assert (line["times"][1]["first"], line["times"][1]["last"]) == (None, None)
    (speech,) = line["attributions"]
    assert (speech["source"], speech["cue"], speech["content"]) == ([[0, 2]], [], [[3, 5], [6, 8]])
    assert (speech["speaker"], speech["direct"]) == (None, True)
    (mention,) = line["mentions"]
    assert set(mention) == {
        "start", "end", "text", "claim", "kind", "speaker", "attribution", "hedged", "negated",
        "checkworthiness", "quantities", "times", "entities",
    }  # fmt: skip
    assert (mention["kind"], mention["attribution"], mention["hedged"]) == ("quantity", "reported", True)
    assert mention["entities"][0]["name"] == "Tax"
