"""What failed is seen with its error, and tried again by who may."""

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Step
from tests import factories as make

pytestmark = pytest.mark.django_db
LIST = "admin:claims_step_changelist"


@pytest.fixture
def failed() -> Step:
    return make.StepFactory(
        submission=make.SubmissionFactory(label="https://lost.example/"),
        state="failed",
        attempts=5,
        error_code="not-found",
        error="the address answers 404",
    )


def test_a_failed_step_shows_its_error(admin_client: Client, failed: Step) -> None:
    make.StepFactory(submission=make.SubmissionFactory(label="all went well"), state="done")
    content = admin_client.get(reverse(LIST), {"state__exact": "failed"}).content.decode()
    for words in ("https://lost.example/", "not-found", "the address answers 404"):
        assert words in content
    assert "all went well" not in content


def test_the_button_has_a_failed_step_tried_again(admin_client: Client, failed: Step) -> None:
    answer = admin_client.post(reverse("admin:claims_step_again", args=[failed.pk]), follow=True)
    assert "will be tried again" in answer.content.decode()
    failed.refresh_from_db()
    assert (failed.state, failed.attempts, failed.error) == ("pending", 0, "")


def test_the_action_tries_the_failed_ones_among_those_chosen(admin_client: Client, failed: Step) -> None:
    done = make.StepFactory(submission=make.SubmissionFactory(), state="done")
    chosen = {"action": "try_again", "_selected_action": [failed.pk, done.pk]}
    content = admin_client.post(reverse(LIST), chosen, follow=True).content.decode()
    assert "1 step will be tried again" in content
    assert "1 step has not failed" in content
    assert set(Step.objects.values_list("pk", "state")) == {(failed.pk, "pending"), (done.pk, "done")}


def test_who_may_only_look_tries_nothing_again(client: Client, failed: Step) -> None:
    client.force_login(make.UserFactory(is_staff=True, permissions=["claims.view_step"]))
    page = client.get(reverse("admin:claims_step_change", args=[failed.pk])).content.decode()
    assert "the address answers 404" in page
    assert "Try again" not in page
    assert client.post(reverse("admin:claims_step_again", args=[failed.pk])).status_code == 403
    client.post(reverse(LIST), {"action": "try_again", "_selected_action": [failed.pk]})
    failed.refresh_from_db()
    assert failed.state == "failed"


def test_the_button_answers_to_a_post_only(admin_client: Client, failed: Step) -> None:
    assert admin_client.get(reverse("admin:claims_step_again", args=[failed.pk])).status_code == 405
    failed.refresh_from_db()
    assert failed.state == "failed"


def test_the_front_page_counts_what_failed_and_what_waits(admin_client: Client, failed: Step) -> None:
    for _ in range(2):
        make.StepFactory(submission=make.SubmissionFactory())
    content = admin_client.get(reverse("admin:index")).content.decode()
    assert "<strong>1</strong> failed" in content
    assert "<strong>2</strong> waiting" in content
    assert "not-found" in content


def test_the_front_page_tells_nothing_to_who_may_not_see_it(client: Client, failed: Step) -> None:
    client.force_login(make.UserFactory(is_staff=True, permissions=["claims.view_source"]))
    content = client.get(reverse("admin:index")).content.decode()
    assert "not-found" not in content
    assert "unverified" not in content


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_takes_the_same_queries_for_any_number_of_rows(
    rows: int, admin_client: Client, django_assert_max_num_queries
) -> None:
    for _ in range(rows):
        make.StepFactory(submission=make.SubmissionFactory())
        make.StepFactory(kind="extract", revision=make.RevisionFactory())
    with django_assert_max_num_queries(8):
        admin_client.get(reverse(LIST))
