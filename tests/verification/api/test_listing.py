"""Lists find the same whether what they look for is rare or frequent, and do not read whole tables for it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim
from claims.models.claims import SPANS
from tests.claims.api.calling import ROOT, as_admin, ids
from tests.factories import (
    AssessmentFactory,
    ClaimFactory,
    EntityFactory,
    EntityMentionFactory,
    MentionFactory,
    QuantityFactory,
)
from verification.models import Standing
from verification.selectors import listing

pytestmark = pytest.mark.django_db
FILTERS: tuple[dict[str, str], ...] = (
    {"status": "unverified"},
    {"status": "disputed,corroborated"},
    {"freshness": "superseded"},
    {"outdated": "false"},
    {"needs_review": "true"},
    {
        "outdated": "false",
        "freshness": "current,superseded",
        "basis": "single_origin",
        "needs_review": "false",
    },
    {"checkworthiness_min": "0.5"},
    {"entity": "PORT ellery"},
    {"speaker": "mara quist", "status": "unverified"},
    {"unit": "usd", "value_min": "10"},
    {"unit": "USD", "value_min": "2", "value_max": "7.5"},
    {"value_max": "5"},
    {"value_min": "2.5", "value_max": "5"},
    {"value_min": "5", "speaker": "Mara Quist", "published_after": "2025-02-01T00:00:00Z"},
    {"as_of": "2025-01-20"},
    {"as_of": "2025-01-20", "status": "unverified"},
    {"q": "harbour"},
    {"q": "harbour", "status": "unverified"},
    {"entity": "port ellery", "published_after": "2025-02-01T00:00:00Z"},
)
ORDERINGS = ("-id", "id", "-checkworthiness", "checkworthiness", "-origins_for", "origins_for")


@pytest.fixture
def claims() -> list[Claim]:
    """Twelve that differ in all that can be looked for."""
    quist = EntityFactory(name="Mara Quist", kind="person")
    port = EntityFactory(name="Port Ellery", kind="place")
    found = []
    for number in range(12):
        begun = date(2025, 1, 1 + 2 * number)
        claim = ClaimFactory(
            text=f"The {'harbour' if number % 2 else 'tram'} had {number} of them.",
            checkworthiness=(number % 4) / 4,
            as_of_first=None if number == 7 else begun,
            as_of_last=None if number == 2 else begun + timedelta(days=number % 4 * 10),
            standing__basis=("single_origin", "multi_origin", "conflicting")[number % 3],
            standing__freshness="superseded" if number % 5 == 0 else "current",
            standing__needs_review=number % 4 == 1,
        )
        AssessmentFactory(claim=claim, origins_for=(1, 2 + number % 2, 1 + number % 4)[number % 3])
        when = datetime(2025, 1 + number % 3, 1, tzinfo=UTC)
        speaker = {"speaker": quist} if number % 2 else {}
        mention = MentionFactory(claim=claim, revision__article__published_at=when, **speaker)
        ends = {"low": number - 1, "high": number + 1} if number % 4 == 3 else {}
        QuantityFactory(mention=mention, value=number, unit="USD" if number % 2 else "%", **ends)
        if number % 3:
            EntityMentionFactory(mention=mention, entity=port)
        found.append(claim)
    return found


def _all_pages(address: str, filters: dict[str, str]) -> list[int]:
    """The ids of all pages, three at a time."""
    api, answer, found = as_admin(), None, []
    answer = api.get(address, {**filters, "page_size": "3"})
    while True:
        assert answer.status_code == 200, answer.content
        found += ids(answer)
        following = answer.json()["next"]
        if following is None:
            return found
        answer = api.get(following)


@pytest.mark.parametrize("ordering", ORDERINGS)
def test_what_is_frequent_is_found_as_what_is_rare(
    claims: list[Claim], ordering: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for filters in FILTERS:
        asked = {**filters, "ordering": ordering}
        rare = _all_pages(f"{ROOT}/claims/", asked)
        with monkeypatch.context() as patch:
            patch.setattr(listing, "FREQUENT", 0)
            assert _all_pages(f"{ROOT}/claims/", asked) == rare, asked
        assert 0 < len(rare) == len(set(rare)) < 12, asked


@pytest.mark.parametrize("ordering", ORDERINGS)
@pytest.mark.parametrize("words", ["unverified", "disputed", "corroborated", "refuted", "unverified,refuted"])
def test_a_status_is_found_in_any_order(claims: list[Claim], ordering: str, words: str) -> None:
    Standing.objects.filter(claim__in=claims[:2]).update(workflow="decided", verdict="refuted")
    found = _all_pages(f"{ROOT}/claims/", {"status": words, "ordering": ordering})
    wanted = Standing.objects.filter(status__in=words.split(",")).values_list("claim", flat=True)
    assert sorted(found) == sorted(wanted)
    values = {"id": "pk", "checkworthiness": "checkworthiness", "origins_for": "assessment__origins_for"}
    in_order = Claim.objects.in_bulk(found)
    value = attrgetter(values[ordering.lstrip("-")].replace("__", "."))
    places = [(value(in_order[pk]), pk) for pk in found]
    assert places == sorted(places, reverse=ordering.startswith("-"))


@pytest.mark.parametrize("span", SPANS)
def test_what_holds_for_some_days_is_found_on_each_of_them(span: int) -> None:
    for days in (span - 1, span):
        first = date(2001, 2, 3)
        last = first + timedelta(days=days)
        claim = ClaimFactory(as_of_first=first, as_of_last=last)
        for day in (first, first + timedelta(days=days // 2), last):
            assert claim.pk in _all_pages(f"{ROOT}/claims/", {"as_of": day.isoformat()}), (days, day)
        for day in (first - timedelta(days=1), last + timedelta(days=1)):
            assert claim.pk not in _all_pages(f"{ROOT}/claims/", {"as_of": day.isoformat()}), (days, day)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_of_the_calendar_can_be_asked_for(claims: list[Claim], day: str) -> None:
    assert _all_pages(f"{ROOT}/claims/", {"as_of": day}) == [claims[7 if day[0] == "0" else 2].pk]


def test_an_order_of_origins_leaves_out_what_is_not_counted_yet(claims: list[Claim]) -> None:
    new = ClaimFactory()
    assert new.pk not in _all_pages(f"{ROOT}/claims/", {"ordering": "-origins_for"})
    assert new.pk in _all_pages(f"{ROOT}/claims/", {"ordering": "id"})


@pytest.mark.parametrize(
    ("path", "filters", "index"),
    [
        ("claims", {"entity": "Port Ellery"}, "entity_named"),
        ("claims", {"unit": "USD"}, "quantity_unit_least"),
        ("claims", {"unit": "USD", "value_min": 5, "value_max": 7}, "quantity_unit_least"),
        ("claims", {"value_min": 5, "value_max": 7}, "quantity_range_most"),
        ("claims", {"value_max": 7}, "quantity_least"),
        ("claims", {"as_of": "2025-01-20"}, "claim_span_day"),
        ("claims", {"source": "Harbour Post"}, "source_named"),
        ("claims", {"freshness": "superseded"}, "standing_due"),
        ("claims", {"verdict": "refuted"}, "standing_verdict_claim"),
        ("claims", {"status": "unverified"}, "standing_status_claim"),
        ("claims", {"ordering": "-origins_for"}, "assessment_origins_for"),
        ("claims", {"ordering": "-checkworthiness"}, "claims_claim_checkworthiness"),
        ("sources", {"name": "Harbour Post"}, "source_named"),
        ("sources", {"publisher": "Harbour Press"}, "publisher_named"),
        ("articles", {"source": "Harbour Post"}, "source_named"),
        ("mentions", {"entity": "Port Ellery"}, "entity_named"),
        ("mentions", {"speaker": "Mara Quist"}, "entity_named"),
    ],
)
def test_what_is_looked_for_is_found_by_an_index(
    claims: list[Claim], path: str, filters: dict[str, str], index: str
) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("of a dozen rows PostgreSQL takes any index, as its statistics are at that moment")
    with CaptureQueriesContext(connection) as queries:
        assert as_admin().get(f"{ROOT}/{path}/", filters).status_code == 200
    plans = "\n".join(_plan(query["sql"]) for query in queries if query["sql"].startswith("SELECT"))
    assert index in plans, plans


def _plan(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())
