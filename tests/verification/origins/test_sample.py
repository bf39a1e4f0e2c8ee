"""The sample that the product ships shows what its README promises, given the mentions."""

import json
from datetime import datetime
from pathlib import Path

import pytest

import claims
from verification.origins import Document, Voice, copies, count_origins

LINES = (Path(claims.__file__).parent / "sample" / "articles.jsonl").read_text("utf-8").splitlines()
DOCUMENTS = tuple(
    Document(
        id=article["source"],
        outlet=article["source"],
        text=article["text"],
        publisher=article["publisher"],
        published=datetime.fromisoformat(article["published"]),
        byline=article["byline"],
        title=article["title"],
        url=article["url"],
    )
    for article in map(json.loads, LINES)
)
DMITRIEV = "Kirill Dmitriev"


@pytest.mark.parametrize(
    ("mentions", "origins"),
    [
        (
            [
                ("Calder Courier", "Russia occupies about 20% of Ukrainian territory", None),
                ("Larkfield Tribune", "Russian forces occupy nearly a fifth of Ukrainian territory", None),
                (
                    "Larkfield Business Daily",
                    "Russian forces occupy nearly a fifth of Ukrainian territory",
                    None,
                ),
                ("Stonebridge Review", "Russia occupies roughly 18 percent of Ukrainian territory", None),
            ],
            [{"Calder Courier"}, {"Larkfield Tribune", "Larkfield Business Daily"}, {"Stonebridge Review"}],
        ),
        (
            [
                ("Tidewater Wire", "U.S. companies lost about $300 billion", DMITRIEV),
                ("Calder Courier", "U.S. companies had lost around $300 billion", DMITRIEV),
                ("Larkfield Tribune", "American companies lost roughly $300 billion", DMITRIEV),
            ],
            [{"Tidewater Wire", "Calder Courier", "Larkfield Tribune"}],
        ),
        (
            [
                ("Tidewater Wire", "The two delegations agreed to restore the staff", None),
                ("Port Ellery Herald", "The two delegations agreed to restore the staff", None),
                ("Saltmarsh Observer", "agreed in Riyadh to restore the staff", "Tidewater Wire"),
            ],
            [{"Tidewater Wire", "Port Ellery Herald", "Saltmarsh Observer"}],
        ),
        (
            [
                ("Tidewater Wire", "lasted about 4.5 hours", None),
                ("Port Ellery Herald", "lasted about 4.5 hours", None),
                ("Stonebridge Review", "lasted nine hours", "Mara Ellin"),
            ],
            [{"Tidewater Wire", "Port Ellery Herald"}, {"Stonebridge Review"}],
        ),
    ],
    ids=["occupied", "losses", "embassies", "duration"],
)
def test_origins_of_the_sample(mentions, origins):
    texts = {document.id: document.text for document in DOCUMENTS}
    voices = []
    for source, words, speaker in mentions:
        start = texts[source].index(words)
        voices.append(Voice(source, source, start, start + len(words), speaker))
    found = count_origins(DOCUMENTS, voices)
    assert [{edge.voice for edge in origin.edges} for origin in found] == [
        set(group) for group in sorted(origins, key=lambda group: min(map(_moment, group)))
    ]


def test_the_only_copy_in_the_sample_is_the_wire_copy():
    assert [(copy.a, copy.b) for copy in copies(DOCUMENTS)] == [("Tidewater Wire", "Port Ellery Herald")]


def _moment(source):
    return next(document.published for document in DOCUMENTS if document.id == source)
