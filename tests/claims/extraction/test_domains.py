"""Twelve paragraphs of six domains, with the claims that a fact-checker marks in them.

They were written and marked before the rules were run on them. First run: recall 88, precision 81,
speaker 88, one not-claim became a mention. Descriptions of people ("her coach, Tom Adeyemi") are optional
by the conventions of the gold elsewhere; the marks here leave most of them out, so precision reads low.
The floors below only guard what has been reached; one that is raised by new rules is to be raised here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claims.extraction import analyze_many
from claims.extraction.types import Mention

ROWS = [
    json.loads(line) for line in Path(__file__).with_name("domains.jsonl").read_text("utf-8").splitlines()
]
RECALL, PRECISION, SPEAKER = 0.90, 0.82, 0.90


def words(text: str, start: int, end: int) -> frozenset[int]:
    return frozenset(m.start() for m in re.finditer(r"\w+", text) if start <= m.start() < end)


def span(text: str, part: str) -> frozenset[int]:
    start = text.index(part)
    return words(text, start, start + len(part))


def paired(row: dict[str, Any], mentions: tuple[Mention, ...]) -> Iterator[tuple[dict[str, Any], Mention]]:
    """Claims with the mention that shares half of their words, closest first, each once."""
    text = row["text"]
    gold = [span(text, claim["span"]) for claim in row["claims"]]
    given = [words(text, m.start, m.end) for m in mentions]
    near = sorted(
        (-len(g & s) / len(g | s), i, j)
        for i, g in enumerate(gold)
        for j, s in enumerate(given)
        if 2 * len(g & s) >= len(g)
    )
    used: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in near:
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            yield row["claims"][i], mentions[j]


@pytest.fixture(scope="module")
def read() -> list[tuple[dict[str, Any], tuple[Mention, ...]]]:
    items = [(row["text"], date.fromisoformat(row["published"])) for row in ROWS]
    return [(row, a.mentions) for row, a in zip(ROWS, analyze_many(items), strict=True)]


def test_claims_of_other_domains_are_found(read) -> None:
    pairs = [pair for row, mentions in read for pair in paired(row, mentions)]
    assert len(pairs) / sum(len(row["claims"]) for row in ROWS) >= RECALL
    assert len(pairs) / sum(len(mentions) for _, mentions in read) >= PRECISION
    assert sum(m.speaker == claim["speaker"] for claim, m in pairs) / len(pairs) >= SPEAKER


def test_what_is_no_claim_there_stays_none(read) -> None:
    for row, mentions in read:
        for part in row["not_claims"]:
            taken = span(row["text"], part)
            became = [
                m.text for m in mentions if 2 * len(taken & words(row["text"], m.start, m.end)) >= len(taken)
            ]
            assert became == []
