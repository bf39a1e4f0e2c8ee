"""Relations between claims, and what happened to claims."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.claims.api.calling import ROOT, as_admin, fault, ids
from tests.factories import (
    ClaimFactory,
    ComparisonFactory,
    EventFactory,
    MentionFactory,
    RelationFactory,
    UserFactory,
)
from verification.models.words import EventKind

pytestmark = pytest.mark.django_db
RELATIONS = f"{ROOT}/relations/"
EVENTS = f"{ROOT}/events/"


def test_relations_are_found_by_claim_on_either_side_word_and_confidence() -> None:
    against = RelationFactory()
    supports = RelationFactory(relation="supports", confidence=0.4)
    RelationFactory(relation="unrelated")
    api = as_admin()
    assert ids(api.get(RELATIONS)) == [supports.pk, against.pk]
    assert ids(api.get(RELATIONS, {"claim": against.a_id})) == [against.pk]
    assert ids(api.get(RELATIONS, {"claim": against.b_id})) == [against.pk]
    assert ids(api.get(RELATIONS, {"relation": "supports,same"})) == [supports.pk]
    assert ids(api.get(RELATIONS, {"confidence_min": "0.5"})) == [against.pk]
    assert ids(api.get(RELATIONS, {"ordering": "confidence"})) == [supports.pk, against.pk]
    assert fault(api.get(RELATIONS, {"relation": "unrelated"}))["field"] == "relation"


def test_relations_of_merged_claims_are_left_out() -> None:
    relation = RelationFactory()
    relation.b.merged_into = ClaimFactory()
    relation.b.save()
    api = as_admin()
    assert ids(api.get(RELATIONS)) == []
    assert api.get(f"{RELATIONS}{relation.pk}/").status_code == 404


def test_a_relation_shows_the_trace_of_its_comparison() -> None:
    relation = RelationFactory()
    body = as_admin().get(f"{RELATIONS}{relation.pk}/").json()
    assert (body["a"]["id"], body["b"]["id"]) == (relation.a_id, relation.b_id)
    assert (body["relation"], body["confidence"], body["newer"]) == ("contradicts", 0.9, None)
    assert (body["mention_a"]["id"], body["mention_b"]["id"]) == (
        relation.comparison.a_id,
        relation.comparison.b_id,
    )
    assert body["stance"] == {"supports": 0.05, "contradicts": 0.9, "neutral": 0.05}
    (step,) = body["trace"]
    assert (step["feature"], step["weight"], step["conflict"]) == ("quantity", 4.0, 5.0)
    assert (step["a"], step["b"]) == ("12 percent", "30 percent")
    assert body["reasons"] == ["shares Port Ellery"]


def test_the_sides_of_a_trace_are_those_of_the_claims() -> None:
    """A claim may be older than another and its compared mention younger: then the comparison is turned."""
    young, old = ClaimFactory(), ClaimFactory()
    comparison = ComparisonFactory(a=MentionFactory(claim=old), b=MentionFactory(claim=young))
    relation = RelationFactory(comparison=comparison, a=young, b=old)
    body = as_admin().get(f"{RELATIONS}{relation.pk}/").json()
    assert (body["mention_a"]["id"], body["mention_b"]["id"]) == (comparison.b_id, comparison.a_id)
    assert (body["trace"][0]["a"], body["trace"][0]["b"]) == ("30 percent", "12 percent")


def test_events_are_followed_from_where_one_stopped() -> None:
    claim = ClaimFactory()
    events = [EventFactory(claim=claim, kind=kind).pk for kind in ("detected", "assessed", "queued")]
    api = as_admin()
    first = api.get(EVENTS, {"page_size": 2})
    assert ids(first) == events[:2]
    assert [row["position"] for row in first.json()["results"]] == [1, 2]
    assert first.json()["last"] == 2
    second = api.get(first.json()["next"])
    assert (ids(second), second.json()["last"], second.json()["next"]) == (events[2:], 3, None)
    later = api.get(EVENTS, {"after": 3})
    assert (ids(later), later.json()["last"], later.json()["next"]) == ([], 3, None)
    new = EventFactory(claim=claim, kind="decided").pk
    assert ids(api.get(EVENTS, {"after": 3})) == [new]


def test_a_kind_of_events_that_there_is_not_is_refused_and_those_that_there_are_told() -> None:
    told = fault(as_admin().get(EVENTS, {"kind": "decidde"}))
    assert (told["where"], told["field"], told["value"]) == ("query", "kind", "decidde")
    assert told["message"] == f"decidde is not one of {', '.join(EventKind.values)}"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_an_event_that_is_committed_late_is_not_passed_by() -> None:
    """It has the lower id, and clients have read the higher one before it could be seen."""
    claim, api = ClaimFactory(), as_admin()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(
                "INSERT INTO verification_event (claim_id, kind, before, after, reason, evidence, created_at) "
                "VALUES (%s, 'detected', '', '', '', '{}', now()) RETURNING id",
                [claim.pk],
            )
            slow = cursor.fetchone()[0]
            fast = EventFactory(claim=claim, kind="assessed").pk
            assert slow < fast
            seen = api.get(EVENTS).json()
            assert [row["id"] for row in seen["results"]] == [fast]
            assert api.get(EVENTS, {"after": seen["last"]}).json()["results"] == []
            cursor.execute("COMMIT")
        assert ids(api.get(EVENTS, {"after": seen["last"]})) == [slow]
        assert ids(api.get(EVENTS)) == [fast, slow]
    finally:
        other.close()


def test_events_tell_who_did_what_and_why() -> None:
    event = EventFactory(
        kind="decided",
        actor=UserFactory(username="ada"),
        before="unverified: in_review",
        after="refuted: decided",
        reason="the port's own books",
        evidence={"page": 3},
    )
    (body,) = as_admin().get(EVENTS).json()["results"]
    created = body.pop("created")
    assert created.endswith("Z")
    assert body == {
        "id": event.pk,
        "claim": event.claim_id,
        "position": 1,
        "kind": "decided",
        "actor": "ada",
        "from_status": "unverified",
        "to_status": "refuted",
        "before": "unverified: in_review",
        "after": "refuted: decided",
        "reason": "the port's own books",
        "evidence": {"page": 3},
    }


def test_events_are_found_by_claim_and_kind() -> None:
    one, other = EventFactory(kind="detected"), EventFactory()
    api = as_admin()
    assert ids(api.get(EVENTS, {"claim": one.claim_id})) == [one.pk]
    assert ids(api.get(EVENTS, {"kind": "assessed"})) == [other.pk]
    assert ids(api.get(EVENTS, {"kind": "assessed,detected"})) == [one.pk, other.pk]
    assert ids(api.get(EVENTS, {"since": "2100-01-01T00:00:00Z"})) == []


@pytest.mark.parametrize(
    ("parameter", "value"), [("after", "-1"), ("after", "x"), ("after", "9" * 20), ("cursor", "x")]
)
def test_a_place_in_the_events_that_is_none_is_refused(parameter: str, value: str) -> None:
    assert fault(as_admin().get(EVENTS, {parameter: value}))["field"] == parameter
