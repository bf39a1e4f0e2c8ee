"""The list of claims: where each stands at a glance, narrowed and searched, at the same cost for many."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make

pytestmark = pytest.mark.django_db
LIST = "admin:claims_claim_changelist"


def listed(client: Client, **query: object) -> list[str]:
    """The wordings of the claims listed, in order."""
    content = client.get(reverse(LIST), query).content.decode()
    return re.findall(r'<th class="field-wording"><a [^>]*>(.*?)</a>', content)


def test_a_claim_is_listed_with_where_it_stands(admin_client: Client) -> None:
    claim = make.ClaimFactory(
        text="Cargo fell.", standing__basis="conflicting", standing__needs_review=True, checkworthiness=0.8
    )
    make.AssessmentFactory(claim=claim, origins_for=3, origins_against=1)
    for _ in range(2):
        make.MentionFactory(claim=claim)
    make.MentionFactory(claim=claim, revision=make.RevisionFactory(is_current=False))
    content = admin_client.get(reverse(LIST)).content.decode()
    row = content[content.index("Cargo fell.") : content.index("</tr>", content.index("Cargo fell."))]
    assert 'badge-disputed">disputed' in row
    assert "needs review" in row
    assert "3 : 1" in row
    assert '<td class="field-mentions">2</td>' in row  # those of current texts
    assert "80%" in row


def test_what_is_most_worth_checking_comes_first(admin_client: Client) -> None:
    for text, worth in (("little", 0.1), ("much", 0.9), ("some", 0.5)):
        make.ClaimFactory(text=text, checkworthiness=worth)
    assert listed(admin_client) == ["much", "some", "little"]


@pytest.mark.parametrize(
    "query",
    [
        {"standing__status": "corroborated"},
        {"standing__basis__exact": "multi_origin"},
        {"standing__workflow": "queued"},
        {"standing__freshness__exact": "superseded"},
        {"standing__needs_review__exact": 1},
        {"kind": "event"},
    ],
)
def test_the_list_is_narrowed(query: dict[str, object], admin_client: Client) -> None:
    make.ClaimFactory(
        text="wanted",
        kind="event",
        standing__basis="multi_origin",
        standing__workflow="queued",
        standing__freshness="superseded",
        standing__needs_review=True,
    )
    make.ClaimFactory(text="other")
    assert listed(admin_client, **query) == ["wanted"]


def test_the_list_is_narrowed_to_what_a_source_says_now(admin_client: Client) -> None:
    mention = make.MentionFactory(claim__text="wanted")
    source = mention.revision.article.source
    make.MentionFactory(claim__text="other")
    gone = make.RevisionFactory(article=mention.revision.article, number=2, is_current=False)
    make.MentionFactory(claim__text="said once", revision=gone)
    assert listed(admin_client, source=source.pk) == ["wanted"]
    for nonsense in ("nonsense", "²", "9" * 40):
        assert listed(admin_client, source=nonsense) == []


def test_claims_are_found_by_words_names_and_number(admin_client: Client) -> None:
    claim = make.ClaimFactory(text="Cargo fell by 12 percent.")
    make.EntityMentionFactory(mention__claim=claim, entity__name="Port Ellery")
    make.ClaimFactory(text="Trams run late.")
    for words in ("cargo percent", "ellery", "ellery fell", str(claim.pk)):
        assert listed(admin_client, q=words) == [claim.text]
    assert listed(admin_client, q="ellery trams") == []


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_takes_the_same_queries_for_any_number_of_rows(
    rows: int, admin_client: Client, django_assert_max_num_queries
) -> None:
    for _ in range(rows):
        make.AssessmentFactory(claim=make.MentionFactory().claim)
    with django_assert_max_num_queries(7):
        admin_client.get(reverse(LIST))


def test_a_claim_that_is_not_assessed_yet_is_listed(admin_client: Client) -> None:
    make.ClaimFactory(text="fresh", standing=None)
    assert listed(admin_client) == ["fresh"]


def test_nobody_sees_claims_without_the_permission(client: Client) -> None:
    claim = make.ClaimFactory()
    client.force_login(make.UserFactory(is_staff=True, permissions=["claims.view_article"]))
    assert client.get(reverse(LIST)).status_code == 403
    assert client.get(reverse("admin:claims_claim_change", args=[claim.pk])).status_code == 403


@pytest.mark.parametrize("model", ["verdict", "event", "judgement", "relation"])
def test_what_is_kept_for_ever_is_not_edited_here(model: str, admin_client: Client) -> None:
    assert admin_client.get(reverse(f"admin:verification_{model}_changelist")).status_code == 200
    assert admin_client.get(reverse(f"admin:verification_{model}_add")).status_code == 403


def test_verdicts_and_events_can_be_looked_through(admin_client: Client) -> None:
    claim = make.ClaimFactory(text="Cargo fell.")
    verdict = make.VerdictFactory(claim=claim, word="refuted", note="the register says 9")
    make.EventFactory(claim=claim, reason="2 origins")
    verdicts = admin_client.get(reverse("admin:verification_verdict_changelist")).content.decode()
    events = admin_client.get(reverse("admin:verification_event_changelist")).content.decode()
    assert "refuted" in verdicts
    assert "the register says 9" in verdicts
    assert "the machine" in events
    page = reverse("admin:verification_verdict_change", args=[verdict.pk])
    assert "the register says 9" in admin_client.get(page).content.decode()
    assert admin_client.post(page, {"note": "other"}).status_code == 403


def test_the_front_page_tells_how_claims_stand(admin_client: Client) -> None:
    make.ClaimFactory(standing__basis="multi_origin", standing__needs_review=True)
    make.ClaimFactory(standing__workflow="queued")
    content = admin_client.get(reverse("admin:index")).content.decode()
    assert re.search(r"corroborated</span>\s*1", content)
    assert re.search(r"unverified</span>\s*1", content)
    assert "<strong>1</strong> needs review" in content
    assert "<strong>1</strong> queued" in content
