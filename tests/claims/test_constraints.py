"""What the database itself refuses, on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from claims.models import Mention, Revision, Submission
from tests import factories as make

pytestmark = pytest.mark.django_db


def refuses(change) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_a_mention_stays_inside_its_revision():
    revision = make.RevisionFactory()
    beyond = revision.length + 1
    refuses(lambda: make.MentionFactory(revision=revision, end=beyond, sentence_end=beyond))
    mention = make.MentionFactory(revision=revision)
    refuses(lambda: Mention.objects.filter(pk=mention.pk).update(end=beyond, sentence_end=beyond))


def test_a_mention_stays_inside_its_sentence():
    refuses(lambda: make.MentionFactory(start=5, end=20, sentence_start=6, sentence_end=20))


@pytest.mark.parametrize(
    "part", [make.QuantityFactory, make.TimeExpressionFactory, make.EntityMentionFactory]
)
def test_the_parts_of_a_mention_stay_inside_its_revision(part):
    mention = make.MentionFactory()
    refuses(lambda: part(mention=mention, end=mention.revision.length + 1))


def test_a_span_is_not_empty():
    refuses(lambda: make.MentionFactory(start=7, end=7))


def test_one_mention_a_span():
    mention = make.MentionFactory()
    refuses(lambda: make.MentionFactory(revision=mention.revision))


def test_the_outlet_asserts_without_a_speaker():
    refuses(lambda: make.MentionFactory(speaker=make.EntityFactory(), attribution="asserted"))


def test_a_text_never_changes():
    revision = make.RevisionFactory()
    refuses(lambda: Revision.objects.filter(pk=revision.pk).update(text="Another text.", length=13))


def test_a_revisions_length_is_true():
    refuses(lambda: make.RevisionFactory(text="Nine o'clock.", length=5))


def test_one_current_revision_an_article():
    revision = make.RevisionFactory()
    refuses(lambda: make.RevisionFactory(article=revision.article, number=2, text="Another text."))


def test_one_article_an_address():
    article = make.ArticleFactory()
    refuses(lambda: make.ArticleFactory(url=article.url))


def test_a_quantity_has_a_number_and_its_bounds_in_order():
    mention = make.MentionFactory()
    refuses(lambda: make.QuantityFactory(mention=mention, value=None))
    refuses(lambda: make.QuantityFactory(mention=mention, low=3.0, high=2.0))


def test_a_claim_is_not_merged_into_itself():
    claim = make.ClaimFactory()
    refuses(lambda: type(claim).objects.filter(pk=claim.pk).update(merged_into=claim))


def test_a_step_has_one_subject_and_is_leased_while_it_runs():
    submission = make.SubmissionFactory()
    refuses(lambda: make.StepFactory())
    refuses(lambda: make.StepFactory(submission=submission, revision=make.RevisionFactory()))
    refuses(lambda: make.StepFactory(submission=submission, state="running"))
    refuses(lambda: make.StepFactory(submission=submission, state="failed"))
    make.StepFactory(submission=submission)
    refuses(lambda: make.StepFactory(submission=submission))


def test_the_same_thing_is_submitted_once():
    submission = make.SubmissionFactory()
    refuses(lambda: make.SubmissionFactory(fingerprint=submission.fingerprint))
    refuses(lambda: make.SubmissionFactory(kind=Submission.Kind.LINK, url=""))
