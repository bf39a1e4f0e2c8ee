"""Rows for tests, made directly: no text is read and no claim compared to get them.

A mention's span is found by its words: ``MentionFactory(revision=r, text="20 percent")`` stands where r's
text says so. A claim comes with its standing: ``ClaimFactory(standing__basis="multi_origin")``.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from factory.django import DjangoModelFactory

from claims import models
from verification import models as verification

TEXT = (
    "The harbour of Port Ellery lost 12 percent of its cargo in May, the port authority said. "
    "Mara Quist, the harbour master, called it the worst month in nine years."
)
PUBLISHED = datetime(2025, 2, 18, 9, 30, tzinfo=UTC)


class UserFactory(DjangoModelFactory[Any]):
    """A person with the permissions named: ``UserFactory(permissions=["claims.view_claim"])``."""

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"reviewer{n}")

    @factory.post_generation
    def permissions(self: Any, create: bool, named: list[str] | None, **_: Any) -> None:
        for name in named or []:
            app, codename = name.split(".")
            self.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))


class AdminFactory(UserFactory):
    username = factory.Sequence(lambda n: f"admin{n}")
    is_staff = True
    is_superuser = True


class PublisherFactory(DjangoModelFactory[models.Publisher]):
    class Meta:
        model = models.Publisher

    name = factory.Sequence(lambda n: f"Papers {n} Ltd")


class SourceFactory(DjangoModelFactory[models.Source]):
    class Meta:
        model = models.Source

    name = factory.Sequence(lambda n: f"Harbour Post {n}")


class ArticleFactory(DjangoModelFactory[models.Article]):
    class Meta:
        model = models.Article

    url = factory.Sequence(lambda n: f"https://harbour-post.example/news/{n}")
    source = factory.SubFactory(SourceFactory)
    published_at = PUBLISHED


class RevisionFactory(DjangoModelFactory[models.Revision]):
    class Meta:
        model = models.Revision

    article = factory.SubFactory(ArticleFactory)
    number = 1
    title = "Cargo falls"
    text = TEXT
    length = factory.LazyAttribute(lambda o: len(o.text))
    sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.text.encode()).hexdigest())


class EntityFactory(DjangoModelFactory[models.Entity]):
    class Meta:
        model = models.Entity
        django_get_or_create = ("name", "kind")

    name = "Port Ellery"
    kind = "place"


class StandingFactory(DjangoModelFactory[verification.Standing]):
    class Meta:
        model = verification.Standing

    claim = factory.SubFactory("tests.factories.ClaimFactory", standing=None)


class ClaimFactory(DjangoModelFactory[models.Claim]):
    class Meta:
        model = models.Claim
        skip_postgeneration_save = True

    text = factory.Sequence(lambda n: f"The harbour of Port Ellery lost {n} percent of its cargo.")
    kind = "quantity"
    checkworthiness = 0.5
    standing = factory.RelatedFactory(StandingFactory, factory_related_name="claim")

    @classmethod
    def _after_postgeneration(cls, instance: Any, create: bool, results: Any = None) -> None:
        """Read back what the database derived (the standing's status)."""
        standing = verification.Standing.objects.filter(claim=instance).first()
        if standing is not None:
            instance.standing = standing


class MentionFactory(DjangoModelFactory[models.Mention]):
    class Meta:
        model = models.Mention

    revision = factory.SubFactory(RevisionFactory)
    claim = factory.SubFactory(ClaimFactory)
    text = "The harbour of Port Ellery lost 12 percent of its cargo in May"
    start = factory.LazyAttribute(lambda o: o.revision.text.index(o.text))
    end = factory.LazyAttribute(lambda o: o.start + len(o.text))
    sentence_start = factory.LazyAttribute(lambda o: o.start)
    sentence_end = factory.LazyAttribute(lambda o: o.end)
    wording = factory.LazyAttribute(lambda o: o.text)
    kind = "quantity"
    attribution = factory.LazyAttribute(lambda o: "reported" if o.speaker else "asserted")
    speaker = None
    checkworthiness = 0.5
    extraction_version = "test"


class PartFactory(DjangoModelFactory[Any]):
    """Something inside a mention, at the place of its words."""

    class Meta:
        abstract = True

    mention = factory.SubFactory(MentionFactory)
    start = factory.LazyAttribute(lambda o: o.mention.revision.text.index(o.text, o.mention.start))
    end = factory.LazyAttribute(lambda o: o.start + len(o.text))


class QuantityFactory(PartFactory):
    class Meta:
        model = models.Quantity

    text = "12 percent"
    value = 12.0
    low = factory.LazyAttribute(lambda o: o.value)
    high = factory.LazyAttribute(lambda o: o.value)
    unit = "%"


class TimeExpressionFactory(PartFactory):
    class Meta:
        model = models.TimeExpression

    text = "May"
    type = "DATE"
    value = "2025-05"


class EntityMentionFactory(PartFactory):
    class Meta:
        model = models.EntityMention

    text = "Port Ellery"
    entity = factory.SubFactory(EntityFactory)


class SubmissionFactory(DjangoModelFactory[models.Submission]):
    class Meta:
        model = models.Submission

    kind = models.Submission.Kind.TEXT
    channel = models.Submission.Channel.API
    fingerprint = factory.Sequence(lambda n: f"{n:064x}")
    label = factory.Sequence(lambda n: f"text {n}")


class StepFactory(DjangoModelFactory[models.Step]):
    """One step: give it its ``submission`` or its ``revision``."""

    class Meta:
        model = models.Step

    kind = "fetch"
    due_at = PUBLISHED


class JobFactory(DjangoModelFactory[models.Job]):
    class Meta:
        model = models.Job

    kind = "bulk"
    title = "Dismiss: 1 claim"
    parameters = {"action": "dismiss", "reason": "nothing to check", "query": ""}
    started_by = factory.SubFactory(UserFactory)
    total = 1


class WebhookFactory(DjangoModelFactory[models.Webhook]):
    class Meta:
        model = models.Webhook

    name = "news desk"
    url = "https://desk.example/hooks"
    secret = "whsec_" + "c2VjcmV0" * 4
    owner = factory.SubFactory(UserFactory)


class DeliveryFactory(DjangoModelFactory[models.Delivery]):
    """A message that was given up, with its step."""

    class Meta:
        model = models.Delivery
        skip_postgeneration_save = True

    webhook = factory.SubFactory(WebhookFactory)
    message_id = factory.Sequence(lambda n: f"evt_{n}")
    kind = "claim.decided"
    body = "{}"
    step = factory.RelatedFactory(
        StepFactory,
        factory_related_name="delivery",
        kind="deliver",
        state="failed",
        error="http-500",
        error_code="http-500",
    )


class AssessmentFactory(DjangoModelFactory[verification.Assessment]):
    class Meta:
        model = verification.Assessment

    claim = factory.SubFactory(ClaimFactory)
    origins_for = 1
    explanation = {
        "for": ["Harbour Post on its own account"],
        "against": [],
        "flip": "one more",
        "missing": "",
    }
    engine_version = "test"
    confidence = 0.9


class OriginFactory(DjangoModelFactory[verification.Origin]):
    class Meta:
        model = verification.Origin

    claim = factory.SubFactory(ClaimFactory)
    number = 1
    kind = "independent"
    root = "Harbour Post"
    reason = "Harbour Post says so on its own account."


class OriginMemberFactory(DjangoModelFactory[verification.OriginMember]):
    class Meta:
        model = verification.OriginMember

    origin = factory.SubFactory(OriginFactory)
    mention = factory.SubFactory(MentionFactory)
    rule = "independent"
    words = "the port authority said"


class ComparisonFactory(DjangoModelFactory[verification.Comparison]):
    """Between two mentions, the older one first."""

    class Meta:
        model = verification.Comparison

    a = factory.SubFactory(MentionFactory)
    b = factory.SubFactory(MentionFactory)
    relation = "contradicts"
    confidence = 0.9
    supports = 0.05
    contradicts = 0.9
    neutral = 0.05
    trace = [
        {
            "feature": "quantity",
            "level": "disjoint",
            "weight": 4.0,
            "a": "12 percent",
            "b": "30 percent",
            "note": "",
            "conflict": 5.0,
            "shift": 0.0,
        }
    ]
    reasons = ["shares Port Ellery"]
    engine_version = "test"


class RelationFactory(DjangoModelFactory[verification.Relation]):
    """Between the claims of the two mentions that ``comparison`` is about."""

    class Meta:
        model = verification.Relation

    comparison = factory.SubFactory(ComparisonFactory)
    a = factory.LazyAttribute(lambda o: o.comparison.a.claim)
    b = factory.LazyAttribute(lambda o: o.comparison.b.claim)
    relation = factory.LazyAttribute(lambda o: o.comparison.relation)
    confidence = factory.LazyAttribute(lambda o: o.comparison.confidence)


class VerdictFactory(DjangoModelFactory[verification.Verdict]):
    class Meta:
        model = verification.Verdict

    claim = factory.SubFactory(ClaimFactory)
    word = "supported"
    reviewer = factory.SubFactory(UserFactory)


class WithdrawalFactory(DjangoModelFactory[verification.Withdrawal]):
    class Meta:
        model = verification.Withdrawal

    verdict = factory.SubFactory(VerdictFactory)
    event = factory.SubFactory("tests.factories.EventFactory", kind="undone")


class PublishedClaimFactory(ClaimFactory):
    """A claim with a published verdict: ``PublishedClaimFactory(standing__verdict="refuted")``."""

    standing = factory.RelatedFactory(
        StandingFactory, factory_related_name="claim", verdict="supported", workflow="published"
    )

    @classmethod
    def _after_postgeneration(cls, instance: Any, create: bool, results: Any = None) -> None:
        super()._after_postgeneration(instance, create, results)
        VerdictFactory(claim=instance, word=instance.standing.verdict)
        EventFactory(claim=instance, kind="published")


class EventFactory(DjangoModelFactory[verification.Event]):
    class Meta:
        model = verification.Event

    claim = factory.SubFactory(ClaimFactory)
    kind = "assessed"
