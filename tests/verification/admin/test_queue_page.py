"""The queue's page and the deeds on it: order and reasons, leases, filters of one's own, going on to the next."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from verification.models import Lease, SavedFilter, Verdict
from verification.models.words import VerdictWord
from verification.services import leasing
from verification.workflow import Decision, decide

pytestmark = pytest.mark.django_db
REVIEWER = [
    "claims.view_claim",
    "verification.view_waiting",
    "verification.add_lease",
    "verification.add_savedfilter",
    "verification.add_verdict",
    "verification.change_standing",
]
QUEUE = "/admin/verification/waiting/"


@pytest.fixture
def anna():
    return make.UserFactory(username="anna", is_staff=True, permissions=REVIEWER)


@pytest.fixture
def bertil():
    return make.UserFactory(username="bertil", is_staff=True, permissions=REVIEWER)


@pytest.fixture
def desk(client: Client, anna) -> Client:
    client.force_login(anna)
    return client


def queue(client: Client, query: str = "") -> str:
    return client.get(f"{QUEUE}{query}").content.decode()


def listed(content: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]*">(.*?)</a>', content)


def dossier(claim) -> str:
    return reverse("admin:claims_claim_change", args=[claim.pk])


def seen(client: Client, claim) -> dict[str, str]:
    content = client.get(dossier(claim)).content.decode()
    return dict(re.findall(r'name="(version|seen)" value="(\d+)"', content))


def test_a_row_says_why_it_stands_there_and_who_holds_it(desk: Client, bertil) -> None:
    claim = make.ClaimFactory(text="Cargo fell.", checkworthiness=0.9, standing__basis="conflicting")
    make.AssessmentFactory(claim=claim, origins_for=2, origins_against=1)
    leasing.take(claim.pk, bertil)
    content = queue(desk)
    row = content[content.index("Cargo fell.") : content.index("</tbody>")]
    for words in ("90% check-worthy", "independent origins conflict", "3 independent origins", "bertil"):
        assert words in row
    assert "/take/" not in row


def test_taking_the_next_leads_to_a_claim_that_nobody_else_holds(desk: Client, bertil) -> None:
    first = make.ClaimFactory(text="first", standing__merit=30)
    second = make.ClaimFactory(text="second")
    leasing.take(first.pk, bertil)
    assert desk.post(f"{QUEUE}next/").url == dossier(second)
    content = desk.get(dossier(second)).content.decode()
    assert "You hold this claim until" in content
    answer = desk.post(f"{QUEUE}next/", follow=True)
    assert "Nothing else waits for you" in answer.content.decode()


def test_what_another_holds_can_be_read_and_not_decided(desk: Client, bertil) -> None:
    claim = make.ClaimFactory()
    fields = seen(desk, claim)
    leasing.take(claim.pk, bertil)
    content = desk.get(dossier(claim)).content.decode()
    assert "bertil holds this claim" in content
    assert 'id="decision"' not in content
    answer = desk.post(f"/admin/claims/claim/{claim.pk}/decide/", {**fields, "word": "supported"})
    assert answer.status_code == 409
    assert "Bertil holds" in answer.content.decode()
    assert not Verdict.objects.exists()


def test_who_decides_what_they_hold_goes_on_to_the_next_under_their_filter_and_can_undo(desk: Client) -> None:
    make.ClaimFactory(text="Trams run late.", standing__merit=50)
    first = make.ClaimFactory(text="Cargo fell.", standing__merit=30)
    second = make.ClaimFactory(text="Cargo rose.")
    assert listed(queue(desk, "?words=cargo")) == ["Cargo fell.", "Cargo rose."]
    assert desk.post(f"{QUEUE}next/").url == dossier(first)
    fields = {**seen(desk, first), "word": "supported"}
    assert desk.post(f"/admin/claims/claim/{first.pk}/decide/", fields).url == dossier(second)
    content = desk.get(dossier(second)).content.decode()
    assert f"Claim {first.pk}: decided, supported." in content
    assert f'action="/admin/claims/claim/{first.pk}/take-back/"' in content
    assert desk.post(f"/admin/claims/claim/{first.pk}/take-back/").url == dossier(first)
    content = desk.get(dossier(first)).content.decode()
    assert "taken back" in content
    assert "No person has decided it" in content


def test_skipping_goes_on_and_does_not_come_back(desk: Client) -> None:
    first = make.ClaimFactory(standing__merit=30)
    second = make.ClaimFactory()
    desk.post(f"{QUEUE}next/")
    assert desk.post(f"{QUEUE}{first.pk}/skip/").url == dossier(second)
    desk.post(f"{QUEUE}{second.pk}/release/")
    assert desk.post(f"{QUEUE}next/").url == dossier(second)
    assert f'href="{dossier(first)}" data-key="p"' in desk.get(dossier(second)).content.decode()


def test_the_page_keeps_the_claim_while_it_is_worked_on(desk: Client, bertil) -> None:
    claim = make.ClaimFactory()
    assert desk.post(f"{QUEUE}{claim.pk}/keep/").status_code == 204
    assert Lease.objects.count() == 1
    leasing.release(claim.pk, make.AdminFactory())
    leasing.take(claim.pk, bertil)
    assert desk.post(f"{QUEUE}{claim.pk}/keep/").status_code == 409


def test_filters_are_saved_a_person(desk: Client, anna, bertil, client: Client) -> None:
    make.ClaimFactory(text="Cargo fell.", standing__basis="conflicting")
    make.ClaimFactory(text="Trams run late.")
    queue(desk, "?basis=conflicting")
    assert desk.post(f"{QUEUE}filters/save/", {"name": "quarrels"}).url == f"{QUEUE}?basis=conflicting"
    content = queue(desk)
    assert f'<a href="{QUEUE}?basis=conflicting">quarrels</a>' in content
    assert len(listed(content)) == 2
    queue(desk, "?basis=conflicting")
    again = desk.post(f"{QUEUE}filters/save/", {"name": "quarrels"}, follow=True).content.decode()
    assert "You have a filter “quarrels” already" in again
    saved = SavedFilter.objects.get()
    other = Client()
    other.force_login(bertil)
    assert "quarrels" not in queue(other)
    other.post(f"{QUEUE}filters/{saved.pk}/drop/")
    assert SavedFilter.objects.filter(owner=anna).exists()
    desk.post(f"{QUEUE}filters/{saved.pk}/drop/")
    assert not SavedFilter.objects.exists()


def test_a_filter_needs_a_name_and_something_to_narrow(desk: Client) -> None:
    queue(desk)
    for name in ("all", "", "x" * 61):
        answer = desk.post(f"{QUEUE}filters/save/", {"name": name}, follow=True)
        assert "Narrow the queue first" in answer.content.decode()
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    "query",
    ["?workflow=nowhere", "?source=x", "?source=999999", "?after=nan,1", "?after=1", "?after=1,99999999999999999999",
     "?kind=%00", "?words=" + "x" * 201],
)  # fmt: skip
def test_nonsense_in_the_address_harms_nothing(query: str, desk: Client) -> None:
    make.ClaimFactory(text="Cargo fell.")
    assert desk.get(f"{QUEUE}{query}").status_code == 200


def test_the_queue_goes_on_page_by_page(desk: Client, monkeypatch) -> None:
    monkeypatch.setattr("verification.selectors.queue.PAGE", 2)
    for number in range(5):
        make.ClaimFactory(text=str(number))
    found, address = [], QUEUE
    while address:
        content = desk.get(address).content.decode()
        found += listed(content)
        more = re.search(r'<a href="([^"]*)">Further down', content)
        address = more.group(1).replace("&amp;", "&") if more else ""
    assert sorted(found) == ["0", "1", "2", "3", "4"]


def test_the_second_reviewer_sees_neither_verdict_nor_note_of_a_blind_first(desk: Client, bertil) -> None:
    claim = make.ClaimFactory()
    secret = Decision(VerdictWord.MISLEADING_CONTEXT, "The chart is cut off.")
    decide(claim.pk, secret, actor=bertil, second_review=True, blind=True)
    pages = [
        dossier(claim),
        QUEUE,
        "/admin/verification/verdict/",
        "/admin/verification/event/",
        f"/admin/verification/verdict/{Verdict.objects.get().pk}/change/",
    ]
    desk.force_login(make.UserFactory(is_staff=True, permissions=[
        *REVIEWER, "verification.view_verdict", "verification.view_event",
    ]))  # fmt: skip
    for page in pages:
        content = desk.get(page, follow=True).content.decode()
        assert "chart is cut off" not in content, page
        assert "badge-misleading_context" not in content, page
    content = desk.get(dossier(claim)).content.decode()
    assert "bertil gave the first verdict. You see it" in content
    answer = desk.post(
        f"/admin/claims/claim/{claim.pk}/decide/", {**seen(desk, claim), "word": "supported"}, follow=True
    )
    assert "The chart is cut off." in answer.content.decode()  # now both are read
    assert "in review" in answer.content.decode()


def test_a_flag_is_set_with_a_reason_and_listed(desk: Client) -> None:
    claim = make.ClaimFactory(text="Cargo fell.")
    make.ClaimFactory()
    address = f"/admin/claims/claim/{claim.pk}/flag/"
    assert "Give a reason" in desk.post(address, {"on": "1"}).content.decode()
    assert desk.post(address, {"on": "1", "reason": "libel?"}).status_code == 302
    assert listed(queue(desk, "?flagged=on")) == ["Cargo fell."]
    assert "libel?" in desk.get(dossier(claim)).content.decode()
    desk.post(address)
    assert listed(queue(desk, "?flagged=on")) == []


@pytest.mark.parametrize("rows", [1, 12])
def test_the_queue_takes_the_same_queries_for_any_number_of_rows(
    rows: int, desk: Client, anna, bertil, django_assert_num_queries
) -> None:
    for number in range(rows):
        claim = make.AssessmentFactory().claim
        leasing.take(claim.pk, (anna, bertil)[number % 2])
        SavedFilter.objects.create(owner=anna, name=str(number), wanted={"basis": "conflicting"})
    decide(make.ClaimFactory().pk, Decision(VerdictWord.SUPPORTED), actor=anna)
    queue(desk)  # the session keeps its filter from now on
    with django_assert_num_queries(14):
        queue(desk)


def test_agreement_is_a_page_of_its_own(admin_client: Client, anna, bertil) -> None:
    assert (
        "No blind second review"
        in admin_client.get("/admin/verification/verdict/agreement/").content.decode()
    )
    for second in (VerdictWord.SUPPORTED, VerdictWord.MOSTLY_SUPPORTED):
        claim = make.ClaimFactory()
        decide(claim.pk, Decision(VerdictWord.SUPPORTED), actor=anna, second_review=True, blind=True)
        decide(claim.pk, Decision(second), actor=bertil)
    content = admin_client.get("/admin/verification/verdict/agreement/").content.decode()
    assert "anna and bertil" in content
    assert "1 (50%)" in content
    assert "supported and mostly supported (1)" in re.sub(r"<[^>]*>", "", content)
