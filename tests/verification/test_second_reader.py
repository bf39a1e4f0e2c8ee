"""How far two readers agree: figures of the benchmark on readings whose differences are known."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from claims.extraction.types import Attribution
from tests.benchmarks import second_reader
from verification.evaluation import news
from verification.evaluation.scores import classify

FOLDER = second_reader.GOLD / "economy"  # one that is for tuning


@pytest.fixture(scope="module")
def event() -> news.GoldEvent:
    return news.read_event(FOLDER)


def test_a_reader_agrees_with_himself(event: news.GoldEvent) -> None:
    own = second_reader.as_mentions(event, FOLDER)
    scores = second_reader.claim_scores(event, own)
    for name in ("required", "precise", "speaker", "voice", "negated", "hedged"):
        assert getattr(scores, name).value == 1, name
    assert scores.numbers.f1 == scores.dates.f1 == 1
    assert scores.not_claims.right == 0
    differences = second_reader.disagreements(event, event, own)
    assert set(differences) == {"claims that both have"}
    judged = second_reader.labels(event, event)
    figures = second_reader.relations(["economy"], [judged])
    assert figures["mean_macro_f1"] == 100


def test_differences_are_counted_by_their_kind(event: news.GoldEvent) -> None:
    first = next(article for article in event.articles if article.claims)
    assert first.claims
    spoken = next(g for g, claim in enumerate(first.claims) if claim.speaker and claim.voice == "reported")
    theirs = list(first.claims)
    theirs[spoken] = replace(theirs[spoken], speaker=None, voice="asserted")
    theirs.pop()
    other = replace(first, claims=tuple(theirs))
    one, two = (news.GoldEvent("economy", (article,), ()) for article in (first, other))
    mentions = second_reader.as_mentions(one, FOLDER)[first.slug][:-1]
    changed = [
        replace(m, speaker=None, attribution=Attribution.ASSERTED) if at == spoken else m
        for at, m in enumerate(mentions)
    ]
    assert second_reader.disagreements(one, two, {first.slug: changed}) == Counter(
        {
            "claims that both have": len(theirs),
            "claim of the first only: the other passes over it": 1,
            "speaker: the first names one, the other the outlet": 1,
            "attribution: reported for the first, asserted for the second": 1,
        }
    )


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")], 0.0),
        # 7 of 10 agree; by chance 0.6 * 0.5 + 0.4 * 0.5
        ([("a", "a")] * 4 + [("a", "b")] * 2 + [("b", "a")] + [("b", "b")] * 3, (0.7 - 0.5) / 0.5),
    ],
)
def test_kappa_is_agreement_beyond_chance(pairs: list[tuple[str, str]], expected: float) -> None:
    assert second_reader.kappa(classify("ab", pairs)) == pytest.approx(expected)
