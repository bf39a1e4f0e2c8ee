"""Sentences are ranked by how much they look worth checking, and the score is explained."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.extraction import pipeline
from claims.extraction.checkworthiness import model, rank, train
from claims.extraction.types import Sentence


def ranked(text: str) -> list[Sentence]:
    (sentences,) = pipeline.read([(text, None)], rank)
    return list(sentences)


@pytest.mark.parametrize(
    ("worth", "not_worth"),
    [
        ("Unemployment fell to 4.1 percent last year.", "Good evening and welcome, everybody."),
        ("He voted against the bill in 1993.", "I would like to thank you for the question."),
        ("We have lost 2 million jobs since 2019.", "What do you think about it?"),
        ("The vaccine cut hospital admissions by 62 percent.", "That is a wonderful idea."),
    ],
)
def test_figures_and_records_rank_above_talk(worth: str, not_worth: str) -> None:
    high, low = ranked(worth)[0], ranked(not_worth)[0]
    assert high.checkworthiness > 0.5 > low.checkworthiness


def test_the_reasons_name_what_spoke_for_it() -> None:
    (sentence,) = ranked("Unemployment fell to 4.1 percent last year.")
    names = [name for name, weight in sentence.reasons if weight > 0]
    assert any(name.startswith("figure") for name in names)
    assert [abs(w) for _, w in sentence.reasons] == sorted(
        (abs(w) for _, w in sentence.reasons), reverse=True
    )


def test_each_sentence_is_ranked_on_its_own() -> None:
    first, second = ranked("Unemployment fell to 4.1 percent last year. Thank you very much.")
    assert first.checkworthiness > second.checkworthiness


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=120))
def test_any_text_is_scored_between_0_and_1(text: str) -> None:
    assert all(0.0 <= sentence.checkworthiness <= 1.0 for sentence in ranked(text))


def test_the_weights_are_small_and_hold_no_sentence() -> None:
    assert model.WEIGHTS.stat().st_size < 300_000
    assert max(len(name.split()) for name in model.load().weights) <= 6


def test_training_learns_and_repeats_itself(tmp_path: Path) -> None:
    rows = [{"text": f"Sales fell by {n} percent in 20{n}.", "checkworthy": True} for n in range(10, 30)]
    rows += [
        {"text": f"What do you think of that, {name}?", "checkworthy": False}
        for name in "ABCDEFGHIJKLMNOPQRST"
    ]
    source, out = tmp_path / "rows.jsonl", tmp_path / "weights.json"
    source.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    train.main([str(source), "--out", str(out), "--least", "5", "--penalty", "1"])
    first = out.read_bytes()
    train.main([str(source), "--out", str(out), "--least", "5", "--penalty", "1"])
    assert out.read_bytes() == first
    features, labels = train.read_rows(source)
    learned = model.load(out)
    assert all((learned.score(row) > 0.5) == bool(label) for row, label in zip(features, labels, strict=True))


def test_the_threshold_is_where_f1_is_best() -> None:
    threshold, f1 = train.best_threshold(np.array([3.0, 2.0, 1.0, 0.0]), np.array([1.0, 1.0, 0.0, 0.0]))
    assert 1.0 < threshold < 2.0
    assert f1 == 1.0
