"""``manage.py origins``: families in, origins out, and what happens to bad lines."""

import io
import json

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def family():
    return {
        "articles": [
            {"slug": "a", "outlet": "Owl", "published": "2026-03-01T08:00:00Z", "text": "Nine pumps failed."},
            {
                "slug": "b",
                "outlet": "Kite",
                "published": "2026-03-02T08:00:00Z",
                "text": "Nine pumps failed, the Owl reported.",
            },
        ],
        "claims": [
            {
                "id": "c1",
                "mentions": [
                    {"article": "a", "start": 0, "end": 17, "speaker": None, "stance": "for"},
                    {"article": "b", "start": 0, "end": 17, "speaker": "Owl", "stance": "for"},
                ],
            },
            {"id": "c2", "mentions": []},
        ],
    }


def run(monkeypatch, *lines):
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("origins", stdout=out, stderr=err)
        failed = None
    except CommandError as error:
        failed = error
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue(), failed


def test_one_line_a_claim(monkeypatch, family):
    answers, errors, failed = run(monkeypatch, json.dumps(family), "")
    assert failed is None and errors == ""
    assert [answer["id"] for answer in answers] == ["c1", "c2"]
    [origin] = answers[0]["origins"]
    assert origin["kind"] == "citation"
    assert origin["articles"] == ["a", "b"]
    assert "Owl" in origin["reason"]
    assert answers[1] == {"id": "c2", "origins": [], "against_origins": []}


def test_bad_lines_are_named_and_the_others_answered(monkeypatch, family):
    answers, errors, failed = run(monkeypatch, "{", json.dumps(family), '{"articles": 3, "claims": []}')
    assert len(answers) == 2
    assert "line 1: not JSON" in errors
    assert "line 3: family.articles is 3; it must be a list" in errors
    assert failed is not None and failed.returncode == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"article": "z"}, "claims[0].mentions[0].article is 'z'"),
        ({"end": 900}, "is no span of a text of 18 characters"),
        ({"start": "0"}, "is no span"),
        ({"stance": "maybe"}, "it must be 'for' or 'against'"),
        ({"speaker": 7}, "speaker is 7"),
    ],
)
def test_a_bad_mention_is_named_by_its_place(monkeypatch, family, change, message):
    family["claims"][0]["mentions"][0].update(change)
    answers, errors, failed = run(monkeypatch, json.dumps(family))
    assert answers == []
    assert message in errors and failed is not None
