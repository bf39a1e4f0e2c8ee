"""The number of queries does not grow with what there is to show."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from claims.models import Claim, Delivery, Mention, Webhook
from tests.claims.api.calling import ROOT, as_admin, with_key
from tests.factories import (
    TEXT,
    AssessmentFactory,
    ClaimFactory,
    ComparisonFactory,
    DeliveryFactory,
    EntityFactory,
    EntityMentionFactory,
    EventFactory,
    MentionFactory,
    OriginFactory,
    OriginMemberFactory,
    PublishedClaimFactory,
    QuantityFactory,
    RelationFactory,
    RevisionFactory,
    StepFactory,
    SubmissionFactory,
    TimeExpressionFactory,
    UserFactory,
    VerdictFactory,
)
from tests.verification.test_importing import review
from verification.foreign import read_review
from verification.models import ImportedReview
from verification.services.importing import import_review
from verification.services.sequencing import put_in_order

pytestmark = pytest.mark.django_db
#: a key with its owner and what they may, and that it was used (once a minute); a session, and its account
SIGNING_IN = 2
MOST_IN_ALL = 6
#: the most queries that each address may take beside those
MOST = {
    "/submissions/": 3,
    "/submissions/{submission}/": 3,
    "/sources/": 1,
    "/sources/{source}/": 1,
    "/articles/": 3,
    "/articles/{article}/": 3,
    "/revisions/": 1,
    "/revisions/{revision}/": 2,
    "/mentions/": 1,
    "/mentions/{mention}/": 1,
    "/claims/": 1,
    "/claims/?entity=Port Ellery&unit=%&value_min=1": 3,  # on PostgreSQL; SQLite takes one less
    "/claims/?status=unverified&entity=Port Ellery&freshness=current": 4,
    "/claims/?status=unverified&freshness=current&workflow=detected&needs_review=false&speaker=Mara Quist": 4,
    "/claims/{claim}/": 3,
    "/claims/{claim}/timeline/": 4,
    "/webhooks/": 1,
    "/webhooks/{webhook}/": 1,
    "/deliveries/": 1,
    "/deliveries/{delivery}/": 1,
    "/claims/search/?query=harbour": 4,
    "/claimreviews/": 3,
    "/claimreviews/{claim}/": 3,
    "/claims/atom/?status=unverified": 3,
    "/relations/": 1,
    "/relations/{relation}/": 2,
    "/events/": 2,
    "/imports/": 1,
    "/imports/{import}/": 1,
    "/verdicts/": 1,
    "/verdicts/{verdict}/": 1,
}


def _more(claim: Claim, revision: Any) -> None:
    """Another article's worth of everything."""
    submission = SubmissionFactory(revision=revision)
    StepFactory(submission=submission, state="done")
    for start in range(0, 60, 20):
        mention = MentionFactory(
            revision=revision,
            claim=claim,
            text=TEXT[start : start + 20],
            speaker=EntityFactory(name="Mara Quist", kind="person"),
        )
        QuantityFactory(mention=mention, text=mention.text)
        TimeExpressionFactory(mention=mention, text=mention.text)
        EntityMentionFactory(mention=mention, text=mention.text)
        number = claim.origins.count() + 1
        OriginMemberFactory(origin=OriginFactory(claim=claim, number=number), mention=mention)
        EventFactory(claim=claim, actor=UserFactory())
        VerdictFactory(claim=claim)
    RelationFactory(comparison=ComparisonFactory(a=mention))
    PublishedClaimFactory()
    DeliveryFactory()
    number = ImportedReview.objects.count()
    import_review(read_review(review(url=f"https://checkers.example/{number}")))


def _addresses() -> dict[str, str]:
    claim, mention = Claim.objects.earliest("pk"), Mention.objects.earliest("pk")
    ids = {
        "claim": claim.pk,
        "mention": mention.pk,
        "revision": mention.revision_id,
        "verdict": claim.verdicts.earliest("pk").pk,
        "article": mention.revision.article_id,
        "source": mention.revision.article.source_id,
        "delivery": Delivery.objects.earliest("pk").pk,
        "webhook": Webhook.objects.earliest("pk").pk,
        "import": ImportedReview.objects.earliest("pk").pk,
        "submission": mention.revision.submissions.earliest("pk").pk,
        "relation": claim.relations_as_a.earliest("pk").pk,
    }
    return {path: ROOT + path.format(**ids).replace("%", "%25") for path in MOST}


def _lead() -> User:
    """One who may read all, by their role."""
    owner = UserFactory()
    owner.groups.add(Group.objects.get(name="lead"))
    return owner


def _with_new_key() -> APIClient:
    return with_key("read", owner=_lead())


def _with_session() -> APIClient:
    client = APIClient()
    client.force_login(_lead())
    return client


def _count(api: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert api.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("sign_in", [_with_new_key, _with_session])
def test_queries_are_bounded_and_constant(sign_in: Callable[[], APIClient]) -> None:
    claim = PublishedClaimFactory()
    AssessmentFactory(claim=claim)
    _more(claim, RevisionFactory())
    _with_new_key().get(f"{ROOT}/claims/")  # what is asked once a process
    put_in_order()  # events are, by the first who follows them
    assert connection.features.supports_json_field  # Django asks SQLite once
    few = {path: _count(sign_in(), address) for path, address in _addresses().items()}
    for _ in range(4):
        _more(claim, RevisionFactory())
    put_in_order()
    many = {path: _count(sign_in(), address) for path, address in _addresses().items()}
    assert many == few
    assert {path: count for path, count in many.items() if count > MOST[path] + SIGNING_IN} == {}
    assert max(many.values()) <= MOST_IN_ALL


def test_the_texts_of_articles_are_not_read_for_lists() -> None:
    claim = ClaimFactory()
    _more(claim, RevisionFactory())
    api = as_admin()
    for path, address in _addresses().items():
        if "{article}" in path or "{revision}" in path:
            continue
        with CaptureQueriesContext(connection) as queries:
            api.get(address)
        whole = r'(?<!\()"claims_revision"\."text"'  # not cut in the database, as SUBSTR("text", ...)
        assert not [q["sql"] for q in queries if re.search(whole, q["sql"])], path
