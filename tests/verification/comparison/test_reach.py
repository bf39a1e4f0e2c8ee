"""What is given up before it is compared to the end would have come out as unrelated."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction import analyze_many
from tests.verification.comparison.test_properties import mentions
from verification.comparison import compare, mirrored, related
from verification.comparison.compare import SURE, evidence_of
from verification.comparison.levels import slot_in_news
from verification.comparison.reach import out_of_reach
from verification.comparison.view import View

GOLD = Path(__file__).parents[2] / "benchmarks" / "gold"
DAYS = [date(2025, 3, 3), date(2025, 3, 4), date(2025, 3, 9), date(2025, 9, 1)]

articles = st.tuples(
    st.sampled_from([(), ("Norland",), ("Norland", "Ostra"), ("Norland", "Ostra", "Vestria")]),
    st.sampled_from([None, *DAYS]),
)


def of(found, article):
    return View(replace(found, setting=article[0], published=article[1]))


def assert_bounded(a, b):
    """No bound is below what the whole comparison comes to, for either set of weights."""
    steps = evidence_of(a, b)
    if sum(step.weight for step in steps) > 0:
        assert not out_of_reach(a, b, SURE)
    if a.mention.setting and b.mention.setting and 0 < (likely := slot_in_news(steps)) < 1:
        assert not out_of_reach(a, b, likely)


@settings(max_examples=200)
@given(mentions(), articles, mentions(), articles)
def test_no_bound_is_below_what_is_found(a, first, b, second):
    assert_bounded(of(a, first), of(b, second))


@pytest.fixture(scope="module")
def told():
    """The mentions of a family's articles, by article, as if published on different days."""
    texts = [path.read_text("utf-8") for path in sorted((GOLD / "border").glob("*.txt"))]
    days = [datetime(day.year, day.month, day.day, tzinfo=UTC) for day in DAYS]
    analyses = list(analyze_many(list(zip(texts, days, strict=True))))
    names = [tuple(sorted({e.name or e.text for m in one.mentions for e in m.entities})) for one in analyses]
    return [
        [of(m, (setting, day)) for m in one.mentions]
        for one, setting, day in zip(analyses, names, DAYS, strict=True)
    ]


def test_no_bound_is_below_what_is_found_in_news(told):
    for ours, theirs in combinations(told, 2):
        for a in ours:
            for b in theirs:
                assert_bounded(a, b)


def test_most_of_what_is_unrelated_is_told_at_once(told):
    ours, theirs = told[:2]
    unrelated = [(a, b) for a in ours for b in theirs if related(a, b) is None]
    assert sum(out_of_reach(a, b, SURE) for a, b in unrelated) > 0.7 * len(unrelated) > 0


def test_what_a_search_found_is_related_only_where_it_is_sure(told):
    ours, theirs = told[:2]
    for a in ours:
        for b in theirs:
            if found := related(a, b):
                assert found.relation is compare(a, b).relation or found.confidence >= SURE


def test_the_order_of_the_two_does_not_matter(told):
    ours, theirs = told[:2]
    for a in ours:
        for b in theirs:
            there, back = related(a, b), related(b, a)
            assert there == (back and mirrored(back))
