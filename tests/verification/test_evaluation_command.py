"""``manage.py evaluate`` from gold files to the table, and what it says of files in another format."""

from __future__ import annotations

import gzip
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from verification.evaluation.tasks import TASKS

JOBS = {"text": "The mill lost 1,200 jobs.", "quantities": [{"value": 1200, "unit": "job"}]}
NO_JOBS = {"text": "The mill is old.", "quantities": []}


def write(path: Path, *rows: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def evaluate(*arguments: object) -> str:
    out = StringIO()
    call_command("evaluate", *map(str, arguments), stdout=out)
    return out.getvalue()


def reports(*arguments: object) -> list[dict[str, Any]]:
    return [json.loads(line) for line in evaluate(*arguments, "--json").splitlines()]


def measures(report: dict[str, Any]) -> dict[str, float]:
    return {measure["name"]: measure["value"] for measure in report["measures"]}


def test_a_file_is_scored_and_shown_with_its_bars(tmp_path: Path) -> None:
    table = evaluate("quantities", write(tmp_path / "gold.jsonl", JOBS, NO_JOBS))
    assert "quantities: gold.jsonl, 2 cases" in table
    assert "value and unit: F1" in table and "≥ 87" in table


def test_json_has_one_object_for_each_file_of_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "b.jsonl", JOBS)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(json.dumps(JOBS).encode()))
    (tmp_path / "README.md").write_text("not data")
    first, second = reports("quantities", tmp_path)
    assert (first["data"], second["data"]) == ("a.jsonl.gz", "b.jsonl")
    assert measures(first) == measures(second)
    assert measures(first)["value: recall"] == 1
    assert [m["bar"] for m in first["measures"] if m["name"] == "value: F1"] == [0.93]


def test_what_came_out_wrong_is_listed_when_asked_for(tmp_path: Path) -> None:
    wrong = {"text": "The mill is old.", "quantities": [{"value": 7, "unit": "job"}]}
    path = write(tmp_path / "gold.jsonl", JOBS, wrong)
    line = "missed 7.0..7.0 'job' in 'The mill is old.'"
    assert line in evaluate("quantities", path, "--misses")
    assert line not in evaluate("quantities", path)
    assert [report["misses"] for report in reports("quantities", path, "--misses")] == [[line]]


def test_the_limit_is_kept(tmp_path: Path) -> None:
    path = write(tmp_path / "gold.jsonl", NO_JOBS, JOBS, JOBS)
    assert [report["cases"] for report in reports("quantities", path, "--limit", 2)] == [2]


STANCE = {"evidence": "The mill lost 1,200 jobs in 2024.", "claim": "The mill lost 1,200 jobs in 2024."}
ROWS: dict[str, list[dict[str, Any]]] = {
    "quantities": [JOBS],
    "times": [
        {
            "text": "It closed on Tuesday.",
            "reference": "2025-02-20",
            "timexes": [{"start": 13, "end": 20, "type": "DATE", "value": "2025-02-18"}],
        }
    ],
    "quotes": [
        {
            "text": "The ferry is closed, Maja Holt said.",
            "attributions": [{"source": [[21, 30]], "cue": [[31, 35]], "content": [[0, 19]]}],
        }
    ],
    "checkworthiness": [
        {"text": "The mill lost 1,200 jobs in 2024.", "checkworthy": True},
        {"text": "Good evening.", "checkworthy": False},
    ],
    "stance": [{**STANCE, "label": "supports"}, {**STANCE, "label": "contradicts"}],
    "matching": [
        {"a": STANCE["claim"], "b": STANCE["claim"], "same": True},
        {"a": STANCE["claim"], "b": "Nobody knows who painted the old ferry.", "same": False},
    ],
}


@pytest.mark.parametrize("task", sorted(ROWS))
def test_every_task_runs_on_its_format(task: str, tmp_path: Path) -> None:
    (report,) = reports(task, write(tmp_path / "gold.jsonl", *ROWS[task]))
    assert report["task"] == task and report["cases"] == len(ROWS[task])
    assert report["measures"]
    assert all(0 <= measure["value"] <= 1 for measure in report["measures"])


def test_queries_are_answered_from_the_claims_beside_them(tmp_path: Path) -> None:
    write(
        tmp_path / "mill_claims.jsonl",
        {"id": "1", "claim": "The mill lost 1,200 jobs in 2024."},
        {"id": "2", "claim": "Nobody knows who painted the old ferry."},
    )
    queries = write(
        tmp_path / "mill_dev.jsonl", {"query": "Did the mill lose 1,200 jobs?", "relevant": ["1"]}
    )
    (report,) = reports("matching", tmp_path)
    assert measures(report)["right at rank 1"] == 1
    (tmp_path / "mill_claims.jsonl").unlink()
    with pytest.raises(CommandError, match=r"mill_claims\.jsonl"):
        reports("matching", queries)


TEXT = "The mill lost 1,200 jobs in 2024, Maja Holt said on Monday.\n\nSign up here.\n"


def news_folder(folder: Path) -> Path:
    folder.mkdir()
    metadata = [
        {"slug": slug, "outlet": slug, "published": "2025-02-18T09:00:00Z"} for slug in ("one", "two")
    ]
    (folder / "metadata.json").write_text(json.dumps(metadata))
    span = "The mill lost 1,200 jobs in 2024"
    for slug in ("one", "two"):
        (folder / f"{slug}.txt").write_text(TEXT)
    write(
        folder / "one.claims.jsonl",
        {
            "span": span,
            "span_start": 0,
            "span_end": len(span),
            "speaker": "Maja Holt",
            "is_direct_quote": False,
            "quantities": [{"text": "1,200 jobs", "value": 1200, "low": None, "high": None, "unit": "job"}],
            "dates": [{"text": "in 2024", "start": "2024-01-01", "end": "2024-12-31"}],
            "optional": False,
        },
    )
    write(
        folder / "one.not_claims.jsonl",
        {"text": "Sign up here.", "start": 61, "end": 74, "reason": "sign-up"},
    )
    write(
        folder / "pairs.jsonl",
        {
            "a": {"article": "one", "span": span},
            "b": {"article": "two", "span": span},
            "label": "same/agree",
        },
    )
    return folder


def test_news_is_scored_from_articles_to_relations(tmp_path: Path) -> None:
    (report,) = reports("news", news_folder(tmp_path / "mill"))
    found = measures(report)
    assert found["claims: recall"] == 1
    assert found["relations, spans given: macro-F1"] in {0, 1}
    assert report["cases"] == 2
    (again,) = reports("news", tmp_path)  # the folder above it
    assert again["data"] == "mill"


def test_origins_are_scored_on_a_family(tmp_path: Path) -> None:
    folder = tmp_path / "family"
    folder.mkdir()
    (folder / "metadata.json").write_text(json.dumps([{"slug": "one", "outlet": "The Skarn Courier"}]))
    (folder / "one.txt").write_text(TEXT)
    claim = {
        "id": "c",
        "mentions": [
            {
                "article": "one",
                "start": 0,
                "end": 32,
                "speaker": "Maja Holt",
                "attribution": "reported",
                "stance": "for",
            }
        ],
        "origins": [{"articles": ["one"]}],
        "against_origins": [],
    }
    (folder / "claims.json").write_text(json.dumps([claim]))
    (report,) = reports("origins", folder)
    assert measures(report)["exact number of origins"] == 1


@pytest.mark.parametrize(
    ("task", "row", "says"),
    [
        (
            "quantities",
            {"text": "x", "quantities": [{"value": "12", "unit": "%"}]},
            r"gold\.jsonl line 2, quantities\[0\]: field 'value' should be a number",
        ),
        ("quantities", {"quantities": []}, r"line 2: field 'text' is missing"),
        (
            "times",
            {"text": "x", "reference": "18.2.2025", "timexes": []},
            r"line 2: field 'reference' should be an ISO date .* not \"18\.2\.2025\"",
        ),
        ("times", {"text": "x", "timexes": [{"start": True}]}, r"'start' should be a whole number, not true"),
        (
            "quotes",
            {"text": "x", "attributions": [{"source": [[3, 1]], "cue": [], "content": []}]},
            r"'source' should be a list of \[start, end\]",
        ),
        ("checkworthiness", {"text": "x", "checkworthy": 1}, r"'checkworthy' should be true or false, not 1"),
        (
            "stance",
            {"evidence": "x", "claim": "y", "label": "maybe"},
            r"'label' should be one of supports, contradicts, neutral",
        ),
        ("stance", ["x"], r"line 2: should be an object, not list"),
    ],
)
def test_a_row_in_another_format_is_named_with_its_field(
    task: str, row: Any, says: str, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match=says):
        evaluate(task, write(tmp_path / "gold.jsonl", ROWS[task][0], row))


@pytest.mark.parametrize("content", [b"{not json}\n", b"\xff\xfe\n", b"", b"\n\n"])
@pytest.mark.parametrize("task", sorted(ROWS))
def test_what_is_no_json_lines_is_refused(task: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=r"gold\.jsonl"):
        evaluate(task, path)


@pytest.mark.parametrize("task", sorted(TASKS))
def test_a_place_without_gold_is_refused(task: str, tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(CommandError, match=task if place.exists() else "nowhere"):
            evaluate(task, place)


@pytest.mark.parametrize("damage", ["span", "offset", "article", "text"])
def test_news_gold_that_does_not_fit_its_text_is_refused(damage: str, tmp_path: Path) -> None:
    folder = news_folder(tmp_path / "mill")
    if damage == "text":
        (folder / "two.txt").unlink()
    elif damage == "offset":
        write(folder / "one.not_claims.jsonl", {"start": 61, "end": 6100})
    else:
        side = (
            {"article": "one", "span": "No such words"}
            if damage == "span"
            else {"article": "six", "span": "x"}
        )
        write(folder / "pairs.jsonl", {"a": side, "b": side, "label": "unrelated"})
    says = {
        "span": "'span' is not in the text",
        "offset": "'end' should be an offset",
        "article": "'article'",
        "text": "two.txt",
    }[damage]
    with pytest.raises(CommandError, match=says):
        evaluate("news", folder)


def test_a_limit_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="above 0"):
        evaluate("quantities", tmp_path, "--limit", 0)
