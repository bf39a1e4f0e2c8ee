"""The sample keeps its promises: invented, labelled, readable by ``ingest``, and explained in its README."""

import json
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import claims

SAMPLE = Path(claims.__file__).parent / "sample"
LABEL = "Sample text written for Twosource; the outlet does not exist."
ARTICLES = [json.loads(line) for line in (SAMPLE / "articles.jsonl").read_text("utf-8").splitlines()]
README = (SAMPLE / "README.md").read_text("utf-8")


def _body(source: str) -> str:
    return next(article["text"] for article in ARTICLES if article["source"] == source)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article["source"])
def test_every_report_is_labelled_and_cannot_be_taken_for_a_real_outlet(article):
    assert article["text"].splitlines()[-1] == LABEL
    assert urlsplit(article["url"]).hostname.endswith(".example")
    assert datetime.fromisoformat(article["published"]).tzinfo is not None
    assert article["title"] and article["source"] and article["publisher"]
    assert 70 <= len(article["text"].split()) <= 160


def test_no_report_is_there_twice_and_each_is_explained():
    urls = [article["url"] for article in ARTICLES]
    assert len(set(urls)) == len(urls) >= 8
    for article in ARTICLES:
        assert article["source"] in README
        assert article["url"].removeprefix("https://") in README


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Calder Courier", "Russia occupies about 20% of Ukrainian territory."),
        ("Larkfield Tribune", "nearly a fifth of Ukrainian territory"),
        ("Stonebridge Review", "roughly 18 percent of Ukrainian territory"),
        ("Ashby Chronicle", "As of 28 March 2022, Russia occupies about 27% of Ukrainian territory."),
        ("Larkfield Business Daily", "about 20% of the European Union's gas imports"),
        ("Tidewater Wire", "lasted about 4.5 hours"),
        ("Stonebridge Review", "lasted nine hours"),
    ],
)
def test_the_wordings_that_the_sample_is_there_for(source, words):
    assert words in _body(source)


def test_one_speaker_is_quoted_by_three_outlets_that_are_no_sister_papers():
    quoting = [article for article in ARTICLES if "Kirill Dmitriev" in article["text"]]
    assert len(quoting) == 3
    assert len({article["publisher"] for article in quoting}) == 3
