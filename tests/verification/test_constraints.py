"""What the database itself refuses, on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from claims.models import Claim
from tests import factories as make
from verification.models import Comparison, Event, Judgement, Relation, Standing, Tie, Verdict

pytestmark = pytest.mark.django_db


def refuses(change) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def two_claims():
    return make.ClaimFactory(), make.ClaimFactory()


@pytest.mark.parametrize("factory", [make.EventFactory, make.VerdictFactory])
def test_what_happened_is_append_only(factory):
    row = factory()
    refuses(lambda: type(row).objects.filter(pk=row.pk).update(claim=make.ClaimFactory()))
    refuses(lambda: type(row).objects.filter(pk=row.pk).delete())
    assert type(row).objects.filter(pk=row.pk).exists()


def test_an_event_gets_its_place_once():
    row = make.EventFactory()
    rows = type(row).objects.filter(pk=row.pk)
    refuses(lambda: rows.update(position=1, reason="another"))
    assert rows.update(position=1) == 1
    refuses(lambda: rows.update(position=2))
    refuses(lambda: rows.update(position=None))


def test_judgements_are_append_only_and_in_order():
    a, b = two_claims()
    reviewer = make.UserFactory()
    row = Judgement.objects.create(a=a, b=b, word="same", reviewer=reviewer)
    refuses(lambda: Judgement.objects.filter(pk=row.pk).update(word="different"))
    refuses(lambda: Judgement.objects.filter(pk=row.pk).delete())
    refuses(lambda: Judgement.objects.create(a=b, b=a, word="same", reviewer=reviewer))


def test_one_relation_for_a_pair_in_whichever_order():
    relation = make.RelationFactory()
    again = {"relation": "same", "confidence": 0.5, "comparison": relation.comparison}
    refuses(lambda: Relation.objects.create(a=relation.a, b=relation.b, **again))
    refuses(lambda: Relation.objects.create(a=relation.b, b=relation.a, **again))


def test_the_newer_of_an_update_is_one_of_the_two():
    relation = make.RelationFactory(relation="updates")
    rows = Relation.objects.filter(pk=relation.pk)
    refuses(lambda: rows.update(newer=make.ClaimFactory()))
    rows.update(newer=relation.a)
    refuses(lambda: rows.update(relation="same"))


def test_a_comparison_is_kept_once_and_in_order():
    found = make.ComparisonFactory()
    refuses(lambda: Comparison.objects.filter(pk=found.pk).update(a=found.b, b=found.a))
    refuses(lambda: make.ComparisonFactory(a=found.a, b=found.b))
    refuses(lambda: Comparison.objects.filter(pk=found.pk).update(newer="a"))


def test_the_second_reviewer_is_another_person():
    first = make.VerdictFactory()
    second = {"claim": first.claim, "word": "supported", "confirms": first, "first_reviewer": first.reviewer}
    refuses(lambda: Verdict.objects.create(reviewer=first.reviewer, **second))
    Verdict.objects.create(reviewer=make.UserFactory(), **second)


def test_a_decided_claim_has_a_verdict():
    claim = make.ClaimFactory()
    refuses(lambda: Standing.objects.filter(claim=claim).update(workflow="decided"))


@pytest.mark.parametrize(
    ("axes", "status", "outdated"),
    [
        ({"basis": "none"}, "unverified", False),
        ({"basis": "single_origin"}, "unverified", False),
        ({"basis": "multi_origin"}, "corroborated", False),
        ({"basis": "conflicting"}, "disputed", False),
        ({"basis": "multi_origin", "freshness": "superseded"}, "corroborated", True),
        ({"basis": "conflicting", "verdict": "supported", "workflow": "decided"}, "supported", False),
        ({"basis": "conflicting", "verdict": "refuted", "workflow": "published"}, "refuted", False),
        ({"basis": "conflicting", "verdict": "supported", "workflow": "reopened"}, "disputed", False),
    ],
)
def test_the_database_derives_the_status(axes, status, outdated):
    claim = make.ClaimFactory()
    Standing.objects.filter(claim=claim).update(**axes)
    standing = Standing.objects.get(claim=claim)
    assert (standing.status, standing.outdated) == (status, outdated)


def test_a_claim_is_merged_only_into_one_that_stands_for_itself():
    a, b, c = make.ClaimFactory(), make.ClaimFactory(), make.ClaimFactory()
    claims = Claim.objects.all()
    refuses(lambda: claims.filter(pk=a.pk).update(merged_into=a))
    claims.filter(pk=a.pk).update(merged_into=b)
    refuses(lambda: claims.filter(pk=c.pk).update(merged_into=a))
    refuses(lambda: claims.filter(pk=b.pk).update(merged_into=c))  # would leave a merged into a merged one
    refuses(lambda: make.ClaimFactory(merged_into=a))
    claims.filter(pk=a.pk).update(text="Another wording.")


def test_a_tie_is_kept_once_a_decision_and_in_order():
    decision, a, b = make.EventFactory(), make.MentionFactory(), make.MentionFactory()
    tie = Tie.objects.create(decision=decision, a=a, b=b, word="same")
    refuses(lambda: Tie.objects.create(decision=decision, a=a, b=b, word="different"))
    refuses(lambda: Tie.objects.create(decision=decision, a=b, b=a, word="same"))
    refuses(lambda: Tie.objects.create(decision=decision, a=a, b=a, word="same"))
    refuses(lambda: Tie.objects.filter(pk=tie.pk).update(word="alike"))


def test_events_survive_their_claim():
    event = make.EventFactory()
    with pytest.raises(Exception, match="protected"):
        event.claim.delete()
    assert Event.objects.filter(pk=event.pk).exists()
