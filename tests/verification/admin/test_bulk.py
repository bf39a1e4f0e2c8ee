"""The same change to all claims of a filtered list, in the background, and taken back."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from claims import pipeline
from claims.models import Job, JobPart, Step
from tests import factories as make
from verification.models import Event, Standing
from verification.models.words import Workflow
from verification.services import leasing
from verification.workflow import flag, move

pytestmark = pytest.mark.django_db
BULK = "admin:claims_claim_bulk"
MAY = ["claims.view_claim", "claims.view_job", "claims.add_job", "verification.change_standing"]


@pytest.fixture
def anna(client: Client):
    user = make.UserFactory(username="anna", is_staff=True, permissions=[*MAY, "verification.add_lease"])
    client.force_login(user)
    return user


def counts(client: Client, **query: object) -> dict[str, str]:
    """To how many claims each action could be done, as the preview tells it."""
    content = client.get(reverse(BULK), query).content.decode()
    return dict(re.findall(r'name="count-(\w+)" value="(\d+)"', content))


def start(client: Client, action: str, *, reason: str = "", follow: bool = True, **query: object):
    """What a person does: look at the preview and press Start."""
    page = reverse(BULK) + ("?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else "")
    seen = counts(client, **query)
    data = {"action": action, "reason": reason, f"count-{action}": seen.get(action, "0")}
    return client.post(page, data, follow=follow)


def workflows() -> dict[str, str]:
    return dict(Standing.objects.values_list("claim__text", "workflow"))


def test_all_claims_of_the_filtered_list_are_dismissed_and_no_other(client: Client, anna) -> None:
    for n in range(130):
        make.ClaimFactory(text=f"event {n}", kind="event")
    make.ClaimFactory(text="other")
    make.ClaimFactory(text="decided", kind="event", standing__workflow="decided", standing__verdict="mixed")
    assert counts(client, kind="event")["dismiss"] == "130"
    answer = start(client, "dismiss", reason="nothing to check", kind="event")
    assert "Dismiss: 130 claims" in answer.content.decode()
    pipeline.drain()
    assert workflows()["other"] == "detected"
    assert workflows()["decided"] == "decided"
    assert Standing.objects.filter(workflow="dismissed").count() == 130
    events = Event.objects.filter(kind="dismissed")
    assert {(e.actor, e.reason, e.claim.kind) for e in events} == {(anna, "nothing to check", "event")}
    assert events.count() == 130
    page = client.get(answer.request["PATH_INFO"]).content.decode()
    assert "<strong>130</strong> changed" in page
    assert "130 of 130" in page


def test_undo_takes_back_what_nobody_touched_since_and_says_what_it_left(client: Client, anna) -> None:
    ben = make.UserFactory(username="ben", permissions=["verification.add_lease"])
    texts = ["plain", "moved", "flagged", "held", "assessed"]
    claims = {text: make.ClaimFactory(text=text, standing__workflow="queued") for text in texts}
    start(client, "dismiss", reason="a joke")
    pipeline.drain()
    assert set(workflows().values()) == {"dismissed"}
    move(claims["moved"].pk, Workflow.REOPENED, actor=ben, reason="it is no joke")
    flag(claims["flagged"].pk, True, actor=ben, reason="look")
    make.EventFactory(claim=claims["assessed"], kind="assessed")  # the machine's: no person touched it
    move(claims["held"].pk, Workflow.REOPENED, actor=anna, reason="let me see")
    leasing.take(claims["held"].pk, ben)
    job = Job.objects.get()
    answer = client.post(reverse("admin:claims_job_undo", args=[job.pk]), follow=True)
    pipeline.drain()
    assert workflows() == {
        "plain": "queued", "assessed": "queued",
        "moved": "reopened", "flagged": "dismissed", "held": "reopened",
    }  # fmt: skip
    page = client.get(answer.request["PATH_INFO"]).content.decode()
    assert "<strong>2</strong> changed" in page
    assert "was touched since: reopened by ben" in page
    assert "was touched since: flagged by ben" in page
    assert "ben holds claim" in page
    assert Event.objects.filter(kind="put_back", actor=anna).count() == 2
    assert Job.objects.get(pk=job.pk).stopped_at is None, "it was done, not stopped"
    again = client.post(reverse("admin:claims_job_undo", args=[job.pk]), follow=True)
    assert "was taken back already" in again.content.decode()


def test_a_claim_that_changes_between_start_and_work_is_left_alone(client: Client, anna) -> None:
    mine, touched = make.ClaimFactory(text="mine"), make.ClaimFactory(text="touched")
    start(client, "queue")
    move(touched.pk, Workflow.IN_REVIEW, actor=make.UserFactory())
    pipeline.drain()
    assert workflows() == {"mine": "queued", "touched": "in_review"}
    page = client.get(reverse("admin:claims_job_change", args=[Job.objects.get().pk])).content.decode()
    assert "<strong>1</strong> left alone" in page
    assert f"claim {touched.pk} changed since" in page
    assert mine.text not in page[page.index("Left alone") :]


def test_a_part_that_is_done_twice_changes_nothing_twice(client: Client, anna) -> None:
    make.ClaimFactory()
    start(client, "flag", reason="a lead should look")
    pipeline.drain()
    events = Event.objects.count()
    assert pipeline.retry(Step.objects.get(kind="bulk"))
    pipeline.drain()
    assert Event.objects.count() == events
    part = JobPart.objects.get()
    assert (part.changed, part.left) == (1, 0)


@pytest.mark.parametrize("flagged", [True, False])
def test_flags_are_set_taken_away_and_put_back(flagged: bool, client: Client, anna) -> None:
    make.ClaimFactory(standing__flagged=not flagged)
    start(client, "flag" if flagged else "unflag", reason="look")
    pipeline.drain()
    assert Standing.objects.get().flagged is flagged
    client.post(reverse("admin:claims_job_undo", args=[Job.objects.get().pk]))
    pipeline.drain()
    assert Standing.objects.get().flagged is not flagged


def test_what_is_stopped_goes_no_further_and_can_be_taken_back(client: Client, anna) -> None:
    for _ in range(70):
        make.ClaimFactory()
    start(client, "queue")
    job = Job.objects.get()
    pipeline.run(Step.objects.order_by("pk").first().pk, "worker")
    assert (
        "still running"
        in client.post(reverse("admin:claims_job_undo", args=[job.pk]), follow=True).content.decode()
    )
    client.post(reverse("admin:claims_job_stop", args=[job.pk]))
    pipeline.drain()
    assert Standing.objects.filter(workflow="queued").count() == 50
    client.post(reverse("admin:claims_job_undo", args=[job.pk]))
    pipeline.drain()
    assert Standing.objects.filter(workflow="detected").count() == 70


def test_nothing_starts_when_the_numbers_are_not_those_that_were_shown(client: Client, anna) -> None:
    make.ClaimFactory()
    answer = client.post(reverse(BULK), {"action": "queue", "count-queue": "7"})
    assert "What can be changed is 1 now" in answer.content.decode()
    assert not Job.objects.exists()


def test_a_reason_is_asked_for_where_the_workflow_asks(client: Client, anna) -> None:
    make.ClaimFactory()
    assert "give a reason" in start(client, "dismiss").content.decode()
    assert not Job.objects.exists()


def test_a_filter_that_is_not_known_finds_not_everything(client: Client, anna) -> None:
    make.ClaimFactory()
    answer = client.post(reverse(BULK) + "?nonsense=1", {"action": "queue", "count-queue": "1"})
    assert answer.status_code == 400
    assert not Job.objects.exists()


@pytest.mark.parametrize("missing", MAY)
def test_nobody_changes_all_without_each_permission(missing: str, client: Client) -> None:
    make.ClaimFactory()
    rest = [name for name in MAY if name != missing]
    client.force_login(make.UserFactory(is_staff=True, permissions=rest))
    answer = client.post(reverse(BULK), {"action": "queue", "count-queue": "1"})
    if missing == "claims.view_job":
        job = Job.objects.get()
        assert client.get(reverse("admin:claims_job_change", args=[job.pk])).status_code == 403
        assert client.post(reverse("admin:claims_job_undo", args=[job.pk])).status_code == 403
    else:
        assert answer.status_code == 403
        assert not Job.objects.exists()


def test_who_may_only_look_sees_a_bulk_change_and_no_buttons(client: Client, anna) -> None:
    make.ClaimFactory()
    start(client, "queue")
    pipeline.drain()
    page = reverse("admin:claims_job_change", args=[Job.objects.get().pk])
    assert "Undo on 1 claim" in client.get(page).content.decode()
    client.force_login(make.UserFactory(is_staff=True, permissions=["claims.view_job"]))
    assert "<button" not in client.get(page).content.decode().split("</header>")[-1]
    assert client.post(reverse("admin:claims_job_stop", args=[Job.objects.get().pk])).status_code == 403


def test_a_part_that_broke_is_shown_and_tried_again(admin_client: Client) -> None:
    make.ClaimFactory()
    start(admin_client, "queue")
    Step.objects.filter(kind="bulk").update(state="failed", error="it broke", error_code="unexpected")
    page = reverse("admin:claims_job_change", args=[Job.objects.get().pk])
    content = admin_client.get(page).content.decode()
    assert "it broke" in content
    again = re.search(r'action="([^"]+/again/)"', content)
    assert again is not None
    back = admin_client.post(again[1], follow=True)
    assert back.request["PATH_INFO"] == page
    pipeline.drain()
    assert Standing.objects.get().workflow == "queued"


def test_what_a_broken_part_did_not_do_keeps_nobody_from_taking_the_rest_back(client: Client, anna) -> None:
    for _ in range(70):
        make.ClaimFactory()
    start(client, "queue")
    first, second = Step.objects.order_by("pk")
    pipeline.run(first.pk, "worker")
    Step.objects.filter(pk=second.pk).update(state="failed", error="it broke")
    client.post(reverse("admin:claims_job_undo", args=[Job.objects.get().pk]))
    pipeline.drain()
    assert pipeline.retry(second)
    pipeline.drain()
    assert Standing.objects.filter(workflow="detected").count() == 70


@pytest.mark.parametrize("rows", [1, 60])
def test_the_pages_take_the_same_queries_for_any_number_of_claims(
    rows: int, admin_client: Client, django_assert_max_num_queries
) -> None:
    for _ in range(rows):
        make.ClaimFactory()
    with django_assert_max_num_queries(16):
        admin_client.get(reverse(BULK))
    start(admin_client, "queue")
    pipeline.drain()
    with django_assert_max_num_queries(9):
        admin_client.get(reverse("admin:claims_job_change", args=[Job.objects.get().pk]))
    with django_assert_max_num_queries(6):
        admin_client.get(reverse("admin:claims_job_changelist"))
