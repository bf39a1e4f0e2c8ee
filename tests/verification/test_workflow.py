"""Review: who may take a claim where, and what is kept of it."""

from __future__ import annotations

import pytest

from tests import factories as make
from verification.models import Event, Verdict
from verification.models.words import EventKind, VerdictWord, Workflow
from verification.services.assessing import assess
from verification.workflow import Decision, NotAllowed, Stale, decide, move

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    return make.ClaimFactory()


@pytest.fixture
def reviewers():
    return make.UserFactory(), make.UserFactory()


def test_a_decision_gives_the_status_and_leaves_an_event(claim, reviewers):
    standing = decide(
        claim.pk,
        Decision(VerdictWord.REFUTED, "The register says 9.", ["https://r.example"]),
        actor=reviewers[0],
    )
    assert (standing.status, standing.workflow) == ("refuted", "decided")
    event = Event.objects.filter(claim=claim).first()
    assert (event.kind, event.actor, event.reason) == ("decided", reviewers[0], "The register says 9.")
    assert Verdict.objects.get(claim=claim).evidence == ["https://r.example"]


def test_the_second_reviewer_is_another_person_and_agrees(claim, reviewers):
    first, second = reviewers
    decision = Decision(VerdictWord.SUPPORTED)
    assert decide(claim.pk, decision, actor=first, second_review=True).status == "unverified"
    with pytest.raises(NotAllowed, match="another person"):
        decide(claim.pk, decision, actor=first)
    assert decide(claim.pk, decision, actor=second).status == "supported"


def test_disagreement_goes_back_to_review_with_both_verdicts_kept(claim, reviewers):
    first, second = reviewers
    decide(claim.pk, Decision(VerdictWord.SUPPORTED), actor=first, second_review=True)
    standing = decide(claim.pk, Decision(VerdictWord.REFUTED, evidence=["https://r.example"]), actor=second)
    assert (standing.workflow, standing.status) == ("in_review", "unverified")
    assert sorted(claim.verdicts.values_list("word", flat=True)) == ["refuted", "supported"]


def test_a_stale_page_decides_nothing(claim, reviewers):
    seen = claim.standing.version
    move(claim.pk, Workflow.QUEUED, actor=reviewers[0], expected_version=seen)
    with pytest.raises(Stale, match="look at it again"):
        decide(claim.pk, Decision(VerdictWord.MIXED), actor=reviewers[1], expected_version=seen)
    assert not claim.verdicts.exists()


def test_moves_that_are_none_are_refused_with_those_that_are(claim, reviewers):
    with pytest.raises(NotAllowed, match="it can become dismissed, in_review, queued"):
        move(claim.pk, Workflow.PUBLISHED, actor=reviewers[0])
    with pytest.raises(NotAllowed, match="decide it"):
        move(claim.pk, Workflow.DECIDED, actor=reviewers[0])
    with pytest.raises(NotAllowed, match="give a reason"):
        move(claim.pk, Workflow.DISMISSED, actor=reviewers[0])
    assert not Event.objects.filter(claim=claim).exists()


def test_reopening_takes_the_verdict_off_the_status_and_keeps_it(claim, reviewers):
    decide(claim.pk, Decision(VerdictWord.SUPPORTED), actor=reviewers[0])
    standing = move(claim.pk, Workflow.REOPENED, actor=reviewers[1], reason="new figures")
    assert standing.status == "unverified"
    assert claim.verdicts.count() == 1


def test_new_evidence_never_edits_a_verdict_but_asks_for_review(claim, reviewers):
    decide(claim.pk, Decision(VerdictWord.SUPPORTED), actor=reviewers[0])
    make.MentionFactory(claim=claim)
    assess([claim.pk])
    claim.standing.refresh_from_db()
    assert (claim.standing.status, claim.standing.needs_review) == ("supported", True)
    assert claim.standing.basis == "single_origin"
    assert Event.objects.filter(claim=claim, kind="assessed", actor=None).exists()


def test_every_place_of_the_workflow_is_a_kind_of_event_too():
    assert set(Workflow.values) <= set(EventKind.values)
