"""Verdicts over the API: what was seen is named, and the workflow's rules hold as they do in the cockpit."""

from __future__ import annotations

from typing import Any

import pytest

from tests.claims.api.calling import ROOT, as_admin, fault, ids, with_key
from tests.factories import (
    AdminFactory,
    ClaimFactory,
    MentionFactory,
    OriginFactory,
    OriginMemberFactory,
    UserFactory,
    VerdictFactory,
    WithdrawalFactory,
)
from verification.models import Event, Standing, Verdict
from verification.services import leasing
from verification.services.assessing import assess

pytestmark = pytest.mark.django_db
CLAIMS = f"{ROOT}/claims/"
SUPPORTED = {"verdict": "supported"}


def _decide(api: Any, claim: Any, sent: dict[str, Any] = SUPPORTED, *, seen: str | None = None) -> Any:
    """Give a verdict on the claim as ``seen``, or else as it stands now."""
    if seen is None:
        seen = api.get(f"{CLAIMS}{claim.pk}/")["ETag"]
    return api.post(f"{CLAIMS}{claim.pk}/verdicts/", sent, HTTP_IF_MATCH=seen)


def _move(api: Any, claim: Any, sent: dict[str, Any]) -> Any:
    seen = api.get(f"{CLAIMS}{claim.pk}/")["ETag"]
    return api.post(f"{CLAIMS}{claim.pk}/moves/", sent, HTTP_IF_MATCH=seen)


def test_a_verdict_is_the_word_of_the_keys_owner() -> None:
    claim, ada = ClaimFactory(), AdminFactory(username="ada")
    api = with_key("read", "review", owner=ada)
    sent = {"verdict": "mostly_supported", "note": "two papers", "evidence": ["https://port.example/books"]}
    answer = _decide(api, claim, sent)
    assert answer.status_code == 201, answer.content
    given, standing = answer.json()["verdict"], answer.json()["standing"]
    assert (given["verdict"], given["reviewer"], given["note"]) == ("mostly_supported", "ada", "two papers")
    assert given["evidence"] == ["https://port.example/books"]
    assert (standing["status"], standing["workflow"]) == ("mostly_supported", "decided")
    assert answer["ETag"] == f'"{standing["version"]}"'
    body = api.get(f"{CLAIMS}{claim.pk}/").json()
    assert (body["status"], body["verdicts"]) == ("mostly_supported", [given])
    assert Event.objects.filter(claim=claim, kind="decided", actor=ada).exists()


def test_the_answer_names_the_version_to_go_on_with() -> None:
    claim, api = ClaimFactory(), as_admin()
    seen = _decide(api, claim)["ETag"]
    answer = api.post(f"{CLAIMS}{claim.pk}/moves/", {"to": "published"}, HTTP_IF_MATCH=seen)
    assert (answer.status_code, answer.json()["workflow"]) == (201, "published")


def test_what_was_seen_must_be_said() -> None:
    claim, api = ClaimFactory(), as_admin()
    for address, sent in (("verdicts", SUPPORTED), ("moves", {"to": "queued"})):
        found = fault(api.post(f"{CLAIMS}{claim.pk}/{address}/", sent), 428)
        assert (found["where"], found["field"]) == ("header", "If-Match")
    assert Standing.objects.get(claim=claim).workflow == "detected"


@pytest.mark.parametrize("tag", ["7", "*", '"x"', '"1", "2"', '"-1"', '"99999999999999999999"'])
def test_what_names_no_version_is_refused(tag: str) -> None:
    assert fault(_decide(as_admin(), ClaimFactory(), seen=tag))["code"] == "bad_tag"


def test_a_claim_that_changed_since_it_was_seen_is_not_decided() -> None:
    claim, api = ClaimFactory(standing__basis="multi_origin"), as_admin()
    seen = api.get(f"{CLAIMS}{claim.pk}/")["ETag"]
    assess([claim.pk])  # and nobody stands behind it any more
    found = fault(_decide(api, claim, seen=seen), 412)
    assert (found["field"], found["value"]) == ("If-Match", seen)
    assert "changed since you saw it" in found["message"]
    assert not Verdict.objects.exists()
    assert _decide(api, claim).status_code == 201


@pytest.mark.parametrize("tag", ['"1"', 'W/"1"', '"1-0123abc"', 'W/"1-0123abc"'])
def test_a_version_may_be_named_by_itself_and_a_proxy_may_weaken_its_tag(tag: str) -> None:
    assert _decide(as_admin(), ClaimFactory(), seen=tag).status_code == 201


def test_the_second_reviewer_is_another_person_whatever_key_they_use() -> None:
    claim, ada, bo = ClaimFactory(), AdminFactory(), AdminFactory()
    first = {**SUPPORTED, "second_review": True}
    answer = _decide(with_key("admin", owner=ada), claim, first)
    assert answer.json()["standing"]["workflow"] == "second_review"
    found = fault(_decide(with_key("admin", owner=ada), claim), 409)
    assert "another person" in found["message"]
    second = _decide(with_key("admin", owner=bo), claim).json()
    assert (second["verdict"]["confirms"], second["standing"]["workflow"]) == (
        answer.json()["verdict"]["id"],
        "decided",
    )


def test_a_blind_verdict_is_not_shown_before_the_second_is_given() -> None:
    claim, ada, bo = ClaimFactory(), AdminFactory(username="ada"), AdminFactory()
    sent = {"verdict": "mixed", "note": "half of it", "second_review": True, "blind": True}
    first = _decide(with_key("admin", owner=ada), claim, sent).json()["verdict"]["id"]
    verdicts = f"{ROOT}/verdicts/"
    mine, theirs = with_key("admin", owner=ada), with_key("admin", owner=bo)
    assert (ids(mine.get(verdicts)), ids(theirs.get(verdicts))) == ([first], [])
    assert theirs.get(f"{verdicts}{first}/").status_code == 404
    seen = theirs.get(f"{CLAIMS}{claim.pk}/")
    assert seen.json()["verdicts"] == []
    assert "half of it" not in seen.content.decode()
    second = _decide(theirs, claim, {"verdict": "mixed", "note": "the other half"}).json()["verdict"]["id"]
    assert ids(theirs.get(verdicts)) == [second, first]


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"verdict": "refuted"}, "evidence"), ({"verdict": "misleading_context"}, "note")],
)
def test_what_the_verdict_needs_is_asked_for(sent: dict[str, Any], field: str) -> None:
    found = fault(_decide(as_admin(), ClaimFactory(), sent), 422)
    assert (found["where"], found["field"], found["code"]) == ("body", field, "incomplete")
    assert not Verdict.objects.exists()


def test_mentions_of_the_claim_and_of_its_origins_are_evidence_and_no_others() -> None:
    claim = ClaimFactory()
    own, against, strange = MentionFactory(claim=claim), MentionFactory(), MentionFactory()
    OriginMemberFactory(origin=OriginFactory(claim=claim, against=True), mention=against)
    good = [f"mention:{own.pk}", f"mention:{against.pk}"]
    bad = {"verdict": "refuted", "evidence": [*good, f"mention:{strange.pk}"]}
    found = fault(_decide(as_admin(), claim, bad), 422)
    assert (found["field"], found["value"]) == ("evidence.2", f"mention:{strange.pk}")
    answer = _decide(as_admin(), claim, {"verdict": "refuted", "evidence": good})
    assert answer.json()["verdict"]["evidence"] == good


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "verdict"),
        ({"verdict": "true"}, "verdict"),
        ({"verdict": "supported", "evidence": ["javascript:alert(1)"]}, "evidence.0"),
        ({"verdict": "supported", "evidence": ["mention:x"]}, "evidence.0"),
        ({"verdict": "supported", "evidence": [f"mention:{10**19 - 1}"]}, "evidence.0"),
        ({"verdict": "supported", "evidence": "https://port.example/"}, "evidence"),
        ({"verdict": "supported", "note": 7}, "note"),
        ({"verdict": "supported", "note": "x" * 5001}, "note"),
        ({"verdict": "supported", "second_review": "maybe"}, "second_review"),
        ({"verdict": "supported", "reviewer": "ada"}, "reviewer"),
    ],
)
def test_a_verdict_that_is_none_is_refused_by_field(sent: dict[str, Any], field: str) -> None:
    found = fault(_decide(as_admin(), ClaimFactory(), sent))
    assert (found["where"], found["field"]) == ("body", field)


def test_a_word_that_is_none_is_answered_by_those_that_there_are() -> None:
    api, claim = as_admin(), ClaimFactory()
    for address, field, known in (("verdicts", "verdict", "mostly_refuted"), ("moves", "to", "in_review")):
        answer = api.post(f"{CLAIMS}{claim.pk}/{address}/", {field: "flying"}, HTTP_IF_MATCH='"1"')
        assert known in fault(answer)["message"]


def test_what_another_person_holds_is_theirs_to_decide() -> None:
    claim, holder = ClaimFactory(standing__workflow="queued"), AdminFactory(username="ada")
    leasing.take(claim.pk, holder)
    found = fault(_decide(as_admin(), claim), 409)
    assert (found["code"], "ada holds claim" in found["message"]) == ("held", True)
    assert _decide(with_key("admin", owner=holder), claim).status_code == 201


def test_a_claim_goes_only_where_it_can_from_where_it_is() -> None:
    claim, api = ClaimFactory(), as_admin()
    found = fault(_move(api, claim, {"to": "published"}), 409)
    assert "it can become" in found["message"]
    assert fault(_move(api, claim, {"to": "decided"}))["field"] == "to"
    assert "give a reason" in fault(_move(api, claim, {"to": "dismissed"}), 409)["message"]
    answer = _move(api, claim, {"to": "dismissed", "reason": "an advertisement"})
    assert (answer.status_code, answer.json()["workflow"]) == (201, "dismissed")


def test_who_may_not_publish_does_not() -> None:
    claim = ClaimFactory(standing__workflow="decided", standing__verdict="supported")
    reviewer = UserFactory(permissions=["verification.change_standing", "claims.view_claim"])
    api = with_key("read", "review", owner=reviewer)
    assert _move(api, claim, {"to": "published"}).status_code == 403
    assert _move(api, claim, {"to": "reopened", "reason": "a new paper"}).status_code == 201


def test_a_merged_claim_is_not_decided() -> None:
    heir = ClaimFactory()
    merged = ClaimFactory(merged_into=heir)
    answer = as_admin().post(f"{CLAIMS}{merged.pk}/verdicts/", SUPPORTED, HTTP_IF_MATCH='"1"')
    assert (answer.status_code, f"merged into claim {heir.pk}" in answer.json()["detail"]) == (404, True)


def test_verdicts_are_found_by_claim_word_reviewer_and_time() -> None:
    ada = UserFactory(username="ada")
    one = VerdictFactory(reviewer=ada, word="refuted")
    other = VerdictFactory()
    taken_back = WithdrawalFactory().verdict
    api, verdicts = as_admin(), f"{ROOT}/verdicts/"
    assert ids(api.get(verdicts)) == [taken_back.pk, other.pk, one.pk]
    assert ids(api.get(verdicts, {"claim": one.claim_id})) == [one.pk]
    assert ids(api.get(verdicts, {"verdict": "refuted,mixed"})) == [one.pk]
    assert ids(api.get(verdicts, {"reviewer": "ada"})) == [one.pk]
    assert ids(api.get(verdicts, {"since": "2100-01-01T00:00:00Z"})) == []
    assert [api.get(f"{verdicts}{v.pk}/").json()["withdrawn"] for v in (other, taken_back)] == [False, True]


def test_a_verdict_is_taken_back_by_who_gave_it() -> None:
    claim, ada = ClaimFactory(), AdminFactory(username="ada")
    api = with_key("read", "review", owner=ada)
    seen = _decide(api, claim)["ETag"]
    undo = f"{CLAIMS}{claim.pk}/verdicts/undo/"
    assert fault(as_admin().post(undo, HTTP_IF_MATCH=seen), 409)["code"] == "not_allowed", "another's stays"
    assert fault(api.post(undo, HTTP_IF_MATCH='"1"'), 412)["code"] == "stale"
    answer = api.post(undo, HTTP_IF_MATCH=seen)
    assert (answer.status_code, answer.json()["verdict"]) == (201, None)
    (given,) = api.get(f"{CLAIMS}{claim.pk}/").json()["verdicts"]
    assert given["withdrawn"], "it stays on record"


def test_what_one_holds_no_other_takes_or_decides() -> None:
    claim = ClaimFactory()
    ada, ben = (with_key("read", "review", owner=AdminFactory(username=name)) for name in ("ada", "ben"))
    lease = f"{CLAIMS}{claim.pk}/lease/"
    taken = ada.post(lease)
    assert (taken.status_code, taken.json()["holder"], taken.json()["claim"]) == (201, "ada", claim.pk)
    assert fault(ben.post(lease), 409)["code"] == fault(_decide(ben, claim), 409)["code"] == "held"
    assert ben.post(f"{ROOT}/leases/").status_code == 204, "the only one that waits is taken"
    assert ada.post(lease).json()["until"] >= taken.json()["until"]
    assert ada.delete(lease).status_code == ada.delete(lease).status_code == 204
    following = ben.post(f"{ROOT}/leases/")
    assert (following.status_code, following.json()["holder"]) == (201, "ben")
    assert _decide(ben, claim).status_code == 201
    assert fault(ada.post(lease), 409)["code"] == "not_allowed", "it waits for nobody now"
    assert ada.post(f"{CLAIMS}4711/lease/").status_code == 404
