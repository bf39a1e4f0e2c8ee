"""Claims as clients find and read them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from claims.models import Claim
from tests.claims.api.calling import ROOT, as_admin, fault, ids
from tests.factories import (
    ArticleFactory,
    AssessmentFactory,
    ClaimFactory,
    ComparisonFactory,
    EntityFactory,
    EntityMentionFactory,
    EventFactory,
    MentionFactory,
    OriginFactory,
    OriginMemberFactory,
    QuantityFactory,
    RelationFactory,
    RevisionFactory,
    UserFactory,
    VerdictFactory,
)

pytestmark = pytest.mark.django_db
CLAIMS = f"{ROOT}/claims/"
SECOND = "Mara Quist, the harbour master, called it the worst month in nine years"


def found(**filters: Any) -> list[int]:
    return sorted(ids(as_admin().get(CLAIMS, filters)))


def test_a_list_tells_how_each_claim_stands() -> None:
    claim = ClaimFactory(standing__basis="multi_origin", standing__freshness="superseded")
    AssessmentFactory(claim=claim, origins_for=2, origins_against=1)
    MentionFactory(claim=claim)
    (row,) = as_admin().get(CLAIMS).json()["results"]
    assert (row["id"], row["text"]) == (claim.pk, claim.text)
    assert (row["status"], row["outdated"], row["needs_review"]) == ("corroborated", True, False)
    assert (row["basis"], row["freshness"], row["workflow"]) == ("multi_origin", "superseded", "detected")
    assert row["verdict"] is None
    assert (row["origins_for"], row["origins_against"], row["mention_count"]) == (2, 1, 1)
    assert row["confidence"] == 0.9


def test_a_claim_that_is_not_assessed_yet_can_be_read() -> None:
    claim = ClaimFactory()
    body = as_admin().get(f"{CLAIMS}{claim.pk}/").json()
    assert (body["origins_for"], body["confidence"], body["explanation"]) == (None, None, None)
    assert found() == [claim.pk]


def test_claims_are_found_by_each_axis() -> None:
    alone = ClaimFactory(standing__basis="single_origin")
    disputed = ClaimFactory(standing__basis="conflicting", standing__freshness="superseded")
    decided = ClaimFactory(
        standing__basis="multi_origin",
        standing__verdict="refuted",
        standing__workflow="decided",
        standing__needs_review=True,
    )
    assert found(status="unverified") == [alone.pk]
    assert found(status="disputed,refuted") == [disputed.pk, decided.pk]
    assert found(status="corroborated") == []
    assert found(basis="multi_origin") == [decided.pk]
    assert found(freshness="superseded") == found(outdated="true") == [disputed.pk]
    assert found(outdated="false") == [alone.pk, decided.pk]
    assert found(needs_review="true") == found(workflow="decided") == found(verdict="refuted") == [decided.pk]


def test_claims_are_found_by_words_kind_and_worth() -> None:
    cargo = ClaimFactory(text="The harbour lost 12 percent of its cargo.", checkworthiness=0.9)
    tram = ClaimFactory(text="A tram line opened in the harbour.", kind="event", checkworthiness=0.2)
    assert found(q="HARBOUR") == [cargo.pk, tram.pk]
    assert found(q="cargo harbour") == [cargo.pk]
    assert found(q="100%") == found(q="harb_ur") == []
    assert found(kind="event,state") == [tram.pk]
    assert found(checkworthiness_min="0.5") == [cargo.pk]


def test_claims_are_found_by_who_and_where() -> None:
    said = MentionFactory(speaker=EntityFactory(name="Mara Quist", kind="person"), text=SECOND)
    other = MentionFactory()
    EntityMentionFactory(mention=other)
    assert found(speaker="mara QUIST") == [said.claim_id]
    assert found(entity="port ellery") == [other.claim_id]
    assert found(source=said.revision.article.source.name.lower()) == [said.claim_id]


def test_claims_are_found_by_when_they_were_published() -> None:
    old = MentionFactory(revision__article__published_at=datetime(2024, 5, 1, tzinfo=UTC))
    new = MentionFactory(revision__article__published_at=datetime(2025, 5, 1, tzinfo=UTC))
    assert found(published_after="2025-01-01T00:00:00Z") == [new.claim_id]
    assert found(published_before="2025-01-01T00:00:00Z") == [old.claim_id]
    assert found(published_after="2024-05-01T00:00:00Z", published_before="2025-05-01T00:00:00Z") == [
        old.claim_id
    ]


@pytest.mark.parametrize(
    ("stated", "asked", "meets"),
    [
        ({"value": 12}, {"value_min": 12}, True),
        ({"value": 12}, {"value_max": 12}, True),
        ({"value": 12}, {"value_min": 12.1}, False),
        ({"value": 12}, {"value_min": 10, "value_max": 11}, False),
        ({"value": None, "low": 18, "high": 20}, {"value_min": 19, "value_max": 19}, True),
        ({"value": None, "low": 18, "high": 20}, {"value_min": 20.5}, False),
        ({"value": 214, "low": 214, "high": None}, {"value_min": 214}, True),
        ({"value": 214, "low": 214, "high": None}, {"value_min": 1000}, False),
        ({"value": None, "low": None, "high": 7}, {"value_max": 7}, True),
        ({"value": 12, "low": None, "high": None}, {"value_min": 11, "value_max": 13}, True),
        ({"value": 12, "unit": "USD"}, {"unit": "usd"}, True),
        ({"value": 12, "unit": "USD"}, {"unit": "EUR", "value_min": 1}, False),
    ],
)
def test_claims_are_found_by_number_and_unit(
    stated: dict[str, Any], asked: dict[str, Any], meets: bool
) -> None:
    quantity = QuantityFactory(**stated)
    assert found(**asked) == ([quantity.mention.claim_id] if meets else [])


def test_number_and_unit_must_be_of_one_quantity() -> None:
    mention = MentionFactory()
    QuantityFactory(mention=mention, value=12, unit="%")
    QuantityFactory(mention=mention, text="May", value=300, unit="USD")
    assert found(unit="USD", value_max=20) == []
    assert found(unit="%", value_max=20) == [mention.claim_id]


def test_filters_on_mentions_hold_of_one_and_the_same_mention() -> None:
    claim = ClaimFactory()
    early = MentionFactory(claim=claim, revision__article__published_at=datetime(2024, 1, 1, tzinfo=UTC))
    late = MentionFactory(claim=claim, revision__article__published_at=datetime(2025, 1, 1, tzinfo=UTC))
    after = {"published_after": "2024-06-01T00:00:00Z"}
    assert found(source=late.revision.article.source.name, **after) == [claim.pk]
    assert found(source=early.revision.article.source.name, **after) == []


def test_a_claim_is_not_found_by_what_its_articles_no_longer_say() -> None:
    article = ArticleFactory()
    gone = MentionFactory(revision=RevisionFactory(article=article, is_current=False))
    EntityMentionFactory(mention=gone)
    assert found(entity="Port Ellery") == []
    (row,) = as_admin().get(CLAIMS).json()["results"]
    assert row["mention_count"] == 0


@pytest.mark.parametrize(
    ("first", "last", "day", "meets"),
    [
        (date(2025, 2, 1), date(2025, 2, 28), "2025-02-01", True),
        (date(2025, 2, 1), date(2025, 2, 28), "2025-02-28", True),
        (date(2025, 2, 1), date(2025, 2, 28), "2025-03-01", False),
        (date(2025, 2, 1), None, "2030-01-01", True),
        (date(2025, 2, 1), None, "2025-01-31", False),
        (None, date(2025, 2, 28), "1990-01-01", True),
        (None, date(2025, 2, 28), "2025-03-01", False),
        (None, None, "2025-02-01", False),
    ],
)
def test_claims_are_found_by_the_day_they_are_said_to_hold(
    first: date | None, last: date | None, day: str, meets: bool
) -> None:
    claim = ClaimFactory(as_of_first=first, as_of_last=last)
    assert found(as_of=day) == ([claim.pk] if meets else [])


def test_claims_are_ordered_as_asked_with_ties_by_age_page_by_page() -> None:
    claims = [ClaimFactory(checkworthiness=worth) for worth in (0.5, 0.9, 0.5, 0.1, 0.5)]
    AssessmentFactory(claim=claims[3], origins_for=4)
    api = as_admin()

    def pages(ordering: str) -> list[int]:
        rows: list[int] = []
        address = f"{CLAIMS}?ordering={ordering}&page_size=2"
        while address:
            answer = api.get(address)
            rows += ids(answer)
            address = answer.json()["next"]
        return [[claim.pk for claim in claims].index(row) for row in rows]

    assert pages("-checkworthiness") == [1, 4, 2, 0, 3]
    assert pages("checkworthiness") == [3, 0, 2, 4, 1]
    assert pages("id") == [0, 1, 2, 3, 4]
    assert pages("-origins_for")[0] == 3
    assert fault(api.get(CLAIMS, {"ordering": "text"}))["field"] == "ordering"


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("status", "true"),
        ("outdated", "1"),
        ("as_of", "18.02.2025"),
        ("as_of", "2025-02-30"),
        ("value_min", "nan"),
        ("value_min", "twelve"),
        ("checkworthiness_min", "inf"),
        ("published_after", "2025-02-18"),
        ("q", "x" * 201),
        ("entity", "\x00"),
    ],
)
def test_a_value_that_a_filter_cannot_take_is_refused(parameter: str, value: str) -> None:
    assert fault(as_admin().get(CLAIMS, {parameter: value}))["field"] == parameter


def test_a_claim_shows_the_origins_its_status_rests_on() -> None:
    claim = ClaimFactory(standing__basis="conflicting")
    AssessmentFactory(claim=claim, origins_for=1, origins_against=1)
    first = MentionFactory(claim=claim, speaker=EntityFactory(name="Mara Quist", kind="person"))
    copy = MentionFactory(claim=claim)
    against = MentionFactory()
    origin = OriginFactory(claim=claim, kind="speaker", root="Mara Quist")
    OriginMemberFactory(origin=origin, mention=first, rule="speaker", words="she said")
    OriginMemberFactory(origin=origin, mention=copy, parent=first, rule="copy", words="a passage")
    OriginMemberFactory(
        origin=OriginFactory(claim=claim, number=2, against=True, root="The Gull"), mention=against
    )
    body = as_admin().get(f"{CLAIMS}{claim.pk}/").json()
    assert body["status"] == "disputed"
    assert body["explanation"]["for"] == ["Harbour Post on its own account"]
    affirming, other = body["origins"]
    assert (affirming["kind"], affirming["root"], affirming["against"]) == ("speaker", "Mara Quist", False)
    members = [(m["mention"], m["parent"], m["rule"], m["words"]) for m in affirming["members"]]
    assert members == [(first.pk, None, "speaker", "she said"), (copy.pk, first.pk, "copy", "a passage")]
    assert affirming["members"][0]["speaker"] == "Mara Quist"
    assert affirming["members"][1]["article"]["url"] == copy.revision.article.url
    assert (other["root"], other["against"], other["members"][0]["mention"]) == ("The Gull", True, against.pk)


def test_a_claim_shows_its_mentions_with_all_their_parts() -> None:
    mention = MentionFactory()
    QuantityFactory(mention=mention)
    EntityMentionFactory(mention=mention)
    (shown,) = as_admin().get(f"{CLAIMS}{mention.claim_id}/").json()["mentions"]
    assert shown == as_admin().get(f"{ROOT}/mentions/{mention.pk}/").json()
    assert shown["quantities"][0]["value"] == 12.0


def test_a_claim_shows_its_relations_from_its_own_side() -> None:
    comparison = ComparisonFactory(relation="updates")
    old, new = comparison.a.claim, comparison.b.claim
    relation = RelationFactory(comparison=comparison, newer=new)
    api = as_admin()
    for claim, other, newer in ((old, new, "other"), (new, old, "this")):
        (shown,) = api.get(f"{CLAIMS}{claim.pk}/").json()["relations"]
        assert (shown["id"], shown["relation"], shown["newer"]) == (relation.pk, "updates", newer)
        assert (shown["claim"]["id"], shown["claim"]["text"]) == (other.pk, other.text)


def test_a_claim_shows_what_happened_to_it_latest_first() -> None:
    claim = ClaimFactory()
    EventFactory(claim=claim, kind="detected")
    EventFactory(claim=claim, kind="decided", actor=UserFactory(username="ada"), reason="two papers")
    EventFactory()
    VerdictFactory(claim=claim)
    events = as_admin().get(f"{CLAIMS}{claim.pk}/").json()["events"]
    assert [(e["kind"], e["actor"]) for e in events] == [("decided", "ada"), ("detected", None)]


def test_a_merged_claim_is_not_listed_and_its_address_leads_to_the_other() -> None:
    heir = ClaimFactory()
    merged = ClaimFactory(merged_into=heir)
    api = as_admin()
    assert found() == [heir.pk]
    answer = api.get(f"{CLAIMS}{merged.pk}/")
    assert (answer.status_code, answer.json()) == (308, {"merged_into": heir.pk})
    assert answer["Cache-Control"] == "no-store", "a merge can be undone"
    assert api.get(answer["Location"]).json()["id"] == heir.pk
    Claim.objects.filter(pk=merged.pk).update(merged_into=None)
    assert api.get(f"{CLAIMS}{merged.pk}/").status_code == 200


def test_a_claim_that_is_not_there_is_a_problem() -> None:
    answer = as_admin().get(f"{CLAIMS}4711/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
