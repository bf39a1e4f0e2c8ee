"""A verdict can be taken back for a while, and a blind first verdict stays its reviewer's until the second."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import factories as make
from verification.models import Event, Standing, Verdict, Withdrawal
from verification.models.words import VerdictWord, Workflow
from verification.refusals import Held, Incomplete, NotAllowed
from verification.selectors.verdicts import last_of, readable
from verification.services import leasing, moving
from verification.services.assessing import assess
from verification.services.falling_due import fall_due
from verification.workflow import Decision, absorb, decide, flag, move, put_back, revive, take_back

pytestmark = pytest.mark.django_db
SUPPORTED = Decision(VerdictWord.SUPPORTED, "The register says so.")
REFUTED = Decision(VerdictWord.REFUTED, "The register says 9.", ["https://register.example/"])


@pytest.fixture
def claim():
    return make.ClaimFactory()


@pytest.fixture
def anna():
    return make.UserFactory(
        username="anna", permissions=["verification.add_lease", "verification.add_verdict"]
    )


@pytest.fixture
def bertil():
    return make.UserFactory(
        username="bertil", permissions=["verification.add_lease", "verification.add_verdict"]
    )


def taken_out_of_its_text(mention: Any) -> None:
    """Its article says something else from now on."""
    revision = mention.revision
    edited = make.RevisionFactory(article=revision.article, number=2, is_current=False, text="Nothing of it.")
    revision.is_current, edited.is_current = False, True
    revision.save()
    edited.save()
    assess(moving.tell(revision, edited))


def test_a_verdict_is_taken_back_and_both_stay_on_record(claim, anna) -> None:
    move(claim.pk, Workflow.QUEUED, actor=anna)
    decide(claim.pk, SUPPORTED, actor=anna)
    standing = take_back(claim.pk, actor=anna)
    assert (standing.workflow, standing.verdict, standing.status) == ("queued", "", "unverified")
    assert [e.kind for e in Event.objects.filter(claim=claim)] == ["undone", "decided", "in_review", "queued"]
    verdict = Verdict.objects.get()
    assert verdict.withdrawal.event.actor == anna
    with pytest.raises(NotAllowed, match="no verdict"):
        take_back(claim.pk, actor=anna)
    with pytest.raises(IntegrityError), transaction.atomic():
        Withdrawal.objects.all().delete()


def test_taking_back_restores_the_verdict_before(claim, anna, bertil) -> None:
    decide(claim.pk, SUPPORTED, actor=bertil)
    make.MentionFactory(claim=claim)
    assess([claim.pk])
    decide(claim.pk, REFUTED, actor=anna)
    standing = take_back(claim.pk, actor=anna)
    assert (standing.workflow, standing.status, standing.needs_review) == ("decided", "supported", True)


def test_taking_back_restores_what_the_verdict_saw_and_keeps_what_moved_since(claim, anna, bertil) -> None:
    mention = make.MentionFactory(claim=claim)
    decide(claim.pk, SUPPORTED, actor=bertil)
    taken_out_of_its_text(mention)
    standing = Standing.objects.get(claim=claim)
    assert (standing.freshness, standing.needs_review) == ("source_changed", True)
    make.MentionFactory(claim=claim)
    decide(claim.pk, SUPPORTED, actor=anna)
    assert Standing.objects.get(claim=claim).freshness == "current"
    standing = take_back(claim.pk, actor=anna)
    assert (standing.freshness, standing.needs_review) == ("source_changed", True)
    assess([claim.pk])
    assert Standing.objects.get(claim=claim).freshness == "source_changed", "nor does a newcomer hide it"


def test_what_moved_after_a_verdict_that_is_taken_back_is_still_to_be_looked_at(claim, anna) -> None:
    mention = make.MentionFactory(claim=claim)
    move(claim.pk, Workflow.IN_REVIEW, actor=anna)
    decide(claim.pk, SUPPORTED, actor=anna)
    taken_out_of_its_text(mention)
    assert Standing.objects.get(claim=claim).needs_review
    standing = take_back(claim.pk, actor=anna)
    assert (standing.workflow, standing.needs_review) == ("in_review", True)


def test_taking_back_leaves_a_claim_its_shelf_life_and_its_turn(claim, anna) -> None:
    make.MentionFactory(claim=claim)
    assess([claim.pk])
    before = Standing.objects.get(claim=claim)
    with time_machine.travel(timezone.now() + timedelta(days=3650)):
        move(claim.pk, Workflow.QUEUED, actor=anna)
        fall_due()
        before = Standing.objects.get(claim=claim)
        assert before.freshness == "due"
    with time_machine.travel(timezone.now() + timedelta(days=3660)):
        decide(claim.pk, SUPPORTED, actor=anna)
        assert Standing.objects.get(claim=claim).freshness == "current"
        take_back(claim.pk, actor=anna)
        after = Standing.objects.get(claim=claim)
    told = ("workflow", "freshness", "due_at", "waiting_day", "rank")
    assert [getattr(after, name) for name in told] == [getattr(before, name) for name in told]


def test_only_the_reviewer_takes_a_verdict_back_and_only_for_a_while(claim, anna, bertil, settings) -> None:
    decide(claim.pk, SUPPORTED, actor=anna)
    with pytest.raises(NotAllowed, match="anna's"):
        take_back(claim.pk, actor=bertil)
    assert last_of(anna).claim_id == claim.pk
    assert last_of(bertil) is None
    with time_machine.travel(timezone.now() + timedelta(minutes=settings.UNDO_MINUTES, seconds=1)):
        assert last_of(anna) is None
        with pytest.raises(NotAllowed, match="reopen the claim"):
            take_back(claim.pk, actor=anna)
    assert not Withdrawal.objects.exists()


def test_what_moved_on_since_is_not_taken_back_and_what_the_machine_found_is_no_move(claim, anna) -> None:
    decide(claim.pk, SUPPORTED, actor=anna)
    make.MentionFactory(claim=claim)
    assess([claim.pk])
    assert take_back(claim.pk, actor=anna).workflow == "detected"
    decide(claim.pk, SUPPORTED, actor=anna)
    move(claim.pk, Workflow.REOPENED, actor=anna, reason="new figures")
    with pytest.raises(NotAllowed, match="moved on"):
        take_back(claim.pk, actor=anna)


def test_a_first_verdict_cannot_be_taken_back_from_under_the_second_reviewer(claim, anna, bertil) -> None:
    decide(claim.pk, SUPPORTED, actor=anna, second_review=True)
    leasing.take(claim.pk, bertil)
    with pytest.raises(Held, match="bertil"):
        take_back(claim.pk, actor=anna)
    leasing.release(claim.pk, bertil)
    assert take_back(claim.pk, actor=anna).workflow == "detected"
    decide(claim.pk, SUPPORTED, actor=bertil, second_review=True)  # a first verdict again, not a second
    assert Verdict.objects.filter(confirms=None).count() == 2


def test_a_blind_verdict_is_kept_from_all_who_might_give_the_second(claim, anna, bertil) -> None:
    lead = make.AdminFactory()
    auditor = make.UserFactory(permissions=["verification.view_verdict"])
    stranger = make.UserFactory()
    decide(claim.pk, REFUTED, actor=anna, second_review=True, blind=True)
    everything = Verdict.objects.all()
    for person in (bertil, lead, stranger):
        assert not readable(everything, person).exists()
    for person in (anna, auditor):
        assert readable(everything, person).exists()
    told = " ".join(f"{e.before} {e.after} {e.reason} {e.evidence}" for e in Event.objects.all())
    assert "register" not in told, "nor do the events tell the note"
    assert "refuted" not in told
    decide(claim.pk, SUPPORTED, actor=bertil)
    assert readable(everything, stranger).count() == 2


def test_a_merge_does_not_break_the_seal_of_a_blind_verdict(claim, anna, bertil) -> None:
    decide(claim.pk, REFUTED, actor=anna, second_review=True, blind=True)
    absorb(claim.pk, make.ClaimFactory().pk, mentions=[], actor=None, reason="")
    assert not readable(Verdict.objects.all(), bertil).exists()
    revive(claim.pk, actor=None, reason="")
    decide(claim.pk, SUPPORTED, actor=bertil)
    assert readable(Verdict.objects.all(), bertil).count() == 2


def test_a_move_that_is_put_back_costs_a_claim_no_day_of_its_waiting(claim, anna) -> None:
    standing = Standing.objects.get(claim=claim)
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        move(claim.pk, Workflow.QUEUED, actor=anna)
        assert put_back(Event.objects.latest("pk"), actor=anna).rank == standing.rank


def test_an_open_second_review_hides_nothing(claim, anna, bertil) -> None:
    decide(claim.pk, REFUTED, actor=anna, second_review=True)
    assert readable(Verdict.objects.all(), bertil).exists()


def test_a_blind_second_verdict_has_shown_the_first_and_stands(claim, anna, bertil) -> None:
    decide(claim.pk, REFUTED, actor=anna, second_review=True, blind=True)
    decide(claim.pk, SUPPORTED, actor=bertil)
    with pytest.raises(NotAllowed, match="has shown you the first"):
        take_back(claim.pk, actor=bertil)


def test_disagreement_goes_back_with_both_notes(claim, anna, bertil) -> None:
    decide(claim.pk, REFUTED, actor=anna, second_review=True, blind=True)
    standing = decide(claim.pk, SUPPORTED, actor=bertil)
    assert standing.workflow == "in_review"
    event = Event.objects.filter(claim=claim).first()
    for words in ("anna: refuted", "The register says 9.", "bertil: supported", "The register says so."):
        assert words in event.reason


@pytest.mark.parametrize(
    ("word", "field"),
    [
        ("mixed", "note"),
        ("misleading_context", "note"),
        ("unverifiable", "note"),
        ("refuted", "evidence"),
        ("mostly_refuted", "evidence"),
    ],
)
def test_a_verdict_that_needs_more_than_its_word_is_refused_without(word, field, claim, anna) -> None:
    with pytest.raises(Incomplete) as refusal:
        decide(claim.pk, Decision(VerdictWord(word), "  "), actor=anna)
    assert refusal.value.field == field
    assert not Event.objects.filter(claim=claim).exists()
    full = Decision(VerdictWord(word), "Half of it.", ["mention:1"])
    assert decide(claim.pk, full, actor=anna).status == word


def test_a_flag_says_why_and_goes_when_it_was_looked_at(claim, anna, bertil) -> None:
    with pytest.raises(NotAllowed, match="give a reason"):
        flag(claim.pk, True, actor=anna)
    assert flag(claim.pk, True, actor=anna, reason="libel?").flagged
    with pytest.raises(NotAllowed, match="flagged already"):
        flag(claim.pk, True, actor=bertil, reason="libel?")
    assert not flag(claim.pk, False, actor=bertil).flagged
    assert [e.kind for e in Event.objects.filter(claim=claim)] == ["unflagged", "flagged"]


def test_publishing_and_retracting_take_a_permission_of_their_own(claim, anna) -> None:
    lead = make.UserFactory(permissions=["verification.publish_standing"])
    decide(claim.pk, SUPPORTED, actor=anna)
    with pytest.raises(NotAllowed, match="publish_standing"):
        move(claim.pk, Workflow.PUBLISHED, actor=anna)
    assert move(claim.pk, Workflow.PUBLISHED, actor=lead).workflow == "published"
    with pytest.raises(NotAllowed, match="publish_standing"):
        move(claim.pk, Workflow.RETRACTED, actor=anna, reason="wrong")
