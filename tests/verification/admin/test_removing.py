"""An article is removed by who may, after a page that tells what goes, with a reason; handed in again it is new."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from claims import pipeline
from claims.models import Article, Claim, Mention, Submission
from tests import factories as make
from tests.claims.api.calling import ROOT, as_admin
from tests.verification.stated import claim_of
from verification.models import Event
from verification.services.removing import remove_article
from verification.workflow import NotAllowed

pytestmark = pytest.mark.django_db
REASON = {"reason": "handed in by mistake"}


@pytest.fixture
def reviewer() -> User:
    """A lead: who may remove."""
    return in_role("lead")


@pytest.fixture
def claim() -> Claim:
    return claim_of("Cargo fell by 12 percent.", "Quay Wire", "Lamp Gazette")


@pytest.fixture
def article(claim: Claim) -> Article:
    return Article.objects.get(source__name="Quay Wire")


def in_role(role: str) -> User:
    person = make.UserFactory(is_staff=True)
    person.groups.set(Group.objects.filter(name=role))
    return person


def address(article: Article | int, view: str = "remove") -> str:
    pk = article if isinstance(article, int) else article.pk
    return reverse(f"admin:claims_article_{view}", args=[pk])


def words(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def test_a_lead_removes_an_article_from_its_page(desk: Client, article: Article, claim: Claim) -> None:
    assert address(article) in words(desk.get(address(article, "change")))
    answer = desk.post(address(article), REASON, follow=True)
    assert answer.redirect_chain == [(reverse("admin:claims_article_changelist"), 302)]
    assert "was removed. Its claims and their events are kept." in words(answer)
    assert not Article.objects.filter(pk=article.pk).exists()
    claim.refresh_from_db()
    assert claim.mentions.count() == claim.assessment.origins_for == 1
    event = claim.events.get(kind="article_removed")
    assert (event.reason, event.evidence["article"]) == (REASON["reason"], article.url)


def test_what_goes_and_what_stays_is_told_before(desk: Client, article: Article) -> None:
    revision = article.revisions.get()
    for place, state in {
        "Cargo fell": {},
        "Cargo": {"workflow": "decided", "verdict": "mixed"},
        "fell by": {"workflow": "published", "verdict": "refuted"},
    }.items():
        standing = {f"standing__{axis}": value for axis, value in state.items()}
        only = make.ClaimFactory(text=f"Only here: {state.get('workflow')}.", **standing)
        make.MentionFactory(revision=revision, claim=only, text=place)
    make.MentionFactory(revision=revision, claim=None, text="Quay Wire")
    page = words(desk.get(address(article)))
    for told in (
        "5 mentions",
        "4 claims lose a mention; 3 of them are said by no other article",
        "2 of the 4 have verdicts that stand, 1 is published",
        "The claims and all their events",
        "A feed that has listed it does not bring it back",
    ):
        assert told in page
    assert page.index("Only here: published.") < page.index("Only here: decided.")
    assert "Only here: None." not in page


@pytest.mark.parametrize("given", ["", "   "])
def test_nothing_is_removed_without_a_reason(
    given: str, desk: Client, reviewer: User, article: Article
) -> None:
    page = words(desk.post(address(article), {"reason": given}))
    assert "Say why: the reason is kept" in page
    assert 'aria-invalid="true"' in page
    with pytest.raises(NotAllowed, match="give a reason"):
        remove_article(article.pk, actor=reviewer, reason=given)
    assert Article.objects.filter(pk=article.pk).exists()


def test_looking_changes_nothing(desk: Client, article: Article) -> None:
    before = (Event.objects.count(), Mention.objects.count(), Article.objects.count())
    words(desk.get(address(article), REASON))
    assert (Event.objects.count(), Mention.objects.count(), Article.objects.count()) == before


@pytest.mark.parametrize("role", ["reviewer", "auditor", "none"])
def test_who_may_not_is_neither_shown_the_way_nor_let_through(
    role: str, client: Client, article: Article
) -> None:
    client.force_login(in_role(role))
    page = client.get(address(article, "change"))
    assert page.status_code == (403 if role == "none" else 200)
    assert address(article) not in page.content.decode()
    assert client.get(address(article)).status_code == 403
    assert client.post(address(article), REASON).status_code == 403
    assert Article.objects.filter(pk=article.pk).exists()


def test_who_may_remove_but_not_read_is_refused(client: Client, article: Article) -> None:
    client.force_login(make.UserFactory(is_staff=True, permissions=["claims.delete_article"]))
    assert client.post(address(article), REASON).status_code == 403


def test_who_is_not_signed_in_is_asked_to(client: Client, article: Article) -> None:
    for answer in (client.get(address(article)), client.post(address(article), REASON)):
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/admin/login/")
    assert Article.objects.filter(pk=article.pk).exists()


def test_a_form_of_another_site_removes_nothing(reviewer: User, article: Article) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(reviewer)
    assert client.post(address(article), REASON).status_code == 403
    assert Article.objects.filter(pk=article.pk).exists()


@pytest.mark.parametrize("number", [10**6, 10**30])
def test_an_article_that_is_not_there_is_not_removed(number: int, desk: Client, article: Article) -> None:
    for answer in (desk.get(address(number)), desk.post(address(number), REASON)):
        assert answer.status_code == 302
    assert Article.objects.filter(pk=article.pk).exists()


def test_what_was_removed_is_read_as_new_when_it_is_handed_in_again(desk: Client) -> None:
    api, sent = as_admin(), {"text": make.TEXT, "source": "Harbour Post"}
    where = api.post(f"{ROOT}/submissions/", sent)["Location"]
    pipeline.drain()
    claims = dict(Mention.objects.values_list("start", "claim__text"))
    assert claims
    desk.post(address(Article.objects.get()), REASON)
    assert not Mention.objects.exists()
    assert api.get(where).json()["article"] is None
    again = api.post(f"{ROOT}/submissions/", sent)
    assert (again.status_code, again["Location"]) == (202, where)
    assert again.json()["state"] == "received"
    assert api.post(f"{ROOT}/submissions/", sent).status_code == 200
    pipeline.drain()
    assert dict(Mention.objects.values_list("start", "claim__text")) == claims
    assert api.get(where).json()["article"]["id"] == Article.objects.get().pk
    assert Submission.objects.get().payload is None
    assert api.post(f"{ROOT}/submissions/", sent).status_code == 200
