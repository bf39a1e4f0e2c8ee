"""``compare`` and ``match`` as a user runs them: JSON Lines in, JSON Lines out, clear errors, exit code."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command


def run(command, lines, **options):
    out, err = io.StringIO(), io.StringIO()
    failed = None
    try:
        call_command(command, stdin=io.StringIO("\n".join(lines)), stdout=out, stderr=err, **options)
    except CommandError as error:
        failed = error
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue(), failed


def pair(id, a, b):
    return json.dumps({"id": id, "a": {"text": a, "published": "2025-04-11"}, "b": {"text": b}})


def test_compare_answers_with_relation_stance_and_trace():
    (answer,), _, failed = run(
        "compare", [pair("p", "Germany's exports rose by 4%.", "German exports climbed 4%.")]
    )
    assert failed is None
    assert (answer["id"], answer["relation"]) == ("p", "same")
    assert set(answer["stance"]) == {"supports", "contradicts", "neutral"}
    assert sum(answer["stance"].values()) == pytest.approx(1, abs=1e-4)
    assert all(step["note"] for step in answer["trace"])


def test_compare_finds_the_sentence_that_speaks_to_the_claim():
    evidence = (
        "Rain is forecast for the weekend in Oslo. Norway sold 30 ferries to Chile last year. "
        "The football season starts in May."
    )
    (answer,), _, _ = run("compare", [pair(1, evidence, "Norway sold 70 ferries to Chile last year.")])
    assert answer["stance"]["contradicts"] > 0.5


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{not json", "not JSON"),
        ("[1, 2]", "object"),
        ('{"id": 1, "a": {"text": "x"}}', '"b" is missing'),
        ('{"id": 1, "a": {"text": ""}, "b": {"text": "x"}}', '"text"'),
        ('{"id": 1, "a": {"text": "x", "published": "soon"}, "b": {"text": "x"}}', "ISO 8601"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_on(line, complaint):
    good = pair("good", "Oslo voted on Monday.", "Oslo voted on Monday.")
    answers, err, failed = run("compare", [line, good])
    assert [answer["id"] for answer in answers] == ["good"]
    assert "line 1" in err and complaint in err
    assert failed is not None and failed.returncode == 1


def test_match_finds_the_claim_again(tmp_path):
    claims = tmp_path / "claims.jsonl"
    known = {
        "a": "Norway exported 30 ferries to Chile.",
        "b": "A wombat was elected mayor.",
        "c": "Rain fell.",
    }
    claims.write_text(
        "\n".join(json.dumps({"id": k, "claim": v}) for k, v in known.items()), encoding="utf-8"
    )
    answers, _, failed = run(
        "match", [json.dumps({"id": "q", "query": "Is the mayor a wombat?"})], claims=claims
    )
    assert failed is None
    assert answers[0]["matches"][0]["id"] == "b"
    assert answers[0]["matches"][0]["reasons"]


def test_match_without_its_file_says_so(tmp_path):
    _, _, failed = run("match", [], claims=tmp_path / "none.jsonl")
    assert "cannot be read" in str(failed)
