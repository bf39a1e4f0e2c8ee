"""The dashboard: what failed and why, what waits and since when, and how the last days went."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.models import Step
from tests import factories as make
from verification import ranking
from verification.services.counting import count

pytestmark = pytest.mark.django_db


def board(client: Client) -> str:
    return client.get(reverse("admin:dashboard")).content.decode()


def rows(content: str, section: str) -> list[list[str]]:
    """The cells of a section's table, as words."""
    part = content[content.index(f'id="{section}"') :]
    body = part[part.index("<tbody>") : part.index("</tbody>")]
    found = []
    for row in body.split("</tr>")[:-1]:
        cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)
        found.append([" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in cells])
    return found


def fail(code: str, error: str, **more: object) -> Step:
    submission = make.SubmissionFactory()
    return make.StepFactory(submission=submission, state="failed", error_code=code, error=error, **more)


def test_what_failed_is_told_with_why_and_all_of_it_tried_again(admin_client: Client) -> None:
    for _ in range(3):
        fail("http-404", "the address answers 404")
    other = fail("timeout", "no answer")
    (first, second) = rows(board(admin_client), "troubles")
    assert first[:2] == ["fetch", "3 fetch failed"]
    assert "http-404 the address answers 404" in first[2]
    assert second[1] == "1 fetch failed"
    data = {"kind": "fetch", "error_code": "http-404", "next": reverse("admin:dashboard")}
    answer = admin_client.post(reverse("admin:claims_step_all_again"), data, follow=True)
    assert answer.request["PATH_INFO"] == reverse("admin:dashboard")
    assert "3 steps will be tried again" in answer.content.decode()
    assert set(Step.objects.filter(state="failed")) == {other}
    assert Step.objects.filter(state="pending", attempts=0, error="", rung_at=None).count() == 3


def test_nobody_is_sent_elsewhere_after_a_retry(admin_client: Client) -> None:
    data = {"kind": "fetch", "error_code": "x", "next": "https://evil.example/"}
    answer = admin_client.post(reverse("admin:claims_step_all_again"), data)
    assert answer["Location"] == reverse("admin:claims_step_changelist")


def test_what_is_tried_again_by_itself_and_what_nobody_takes_up_are_told_apart(admin_client: Client) -> None:
    later = timezone.now() + timedelta(minutes=2)
    make.StepFactory(submission=make.SubmissionFactory(), due_at=later, error_code="timeout", error="slow")
    make.StepFactory(revision=make.RevisionFactory(), kind="extract")
    stuck = make.StepFactory(revision=make.RevisionFactory(), kind="crosscheck")
    Step.objects.filter(pk=stuck.pk).update(created_at=timezone.now() - timedelta(hours=1))
    found = {row[0]: (row[1], row[4]) for row in rows(board(admin_client), "troubles")}
    assert found["fetch"][0] == "1 fetch retried"
    assert "tried again by itself" in found["fetch"][1]
    assert found["crosscheck"][0] == "1 crosscheck stuck"
    assert "extract" not in found
    assert "1 step in work" in board(admin_client)


def test_the_queue_is_told_by_state_and_age(admin_client: Client) -> None:
    today = ranking.today()
    for days in (0, 3, 40):
        make.ClaimFactory(standing__workflow="queued", standing__waiting_day=today - days)
    make.ClaimFactory(standing__workflow="second_review", standing__waiting_day=today - 10)
    make.ClaimFactory()
    content = board(admin_client)
    found = {row[0]: row[1:] for row in rows(content, "waits")}
    assert found["Queued"][:5] == ["1", "1", "0", "1", "3"]
    assert found["Second review"][:5] == ["0", "0", "1", "0", "1"]
    assert found["In review"] == ["0", "0", "0", "0", "0", "–"]
    assert "1 more claims were detected" in content


def test_each_chart_stands_as_a_table_too(admin_client: Client) -> None:
    claim = make.ClaimFactory()
    make.EventFactory(claim=claim, kind="detected")
    make.SubmissionFactory()
    count()
    content = board(admin_client)
    today = f"{timezone.now():%Y-%m-%d}"
    for figure, heads, last in (
        ("arrivals", ["submissions", "new articles", "new claims"], ["1", "0", "1"]),
        ("mix", ["unverified"], ["1"]),
    ):
        part = content[content.index(f'id="{figure}"') :]
        part = part[: part.index("</figure>")]
        assert re.findall(r'data-series="[\w-]+">([^<]+)<', part) == heads
        assert part.count("<tr>") == 31
        row = part[part.index(f'datetime="{today}"') :]
        assert re.findall(r'data-value="(\d+)"', row) == last


def test_who_may_not_see_steps_or_claims_sees_neither(client: Client) -> None:
    fail("http-404", "the address answers 404")
    make.ClaimFactory(standing__workflow="queued")
    url = reverse("admin:dashboard")
    client.force_login(make.UserFactory(is_staff=True, permissions=["claims.view_claim"]))
    content = client.get(url).content.decode()
    assert "http-404" not in content
    assert "The queue" in content
    client.force_login(make.UserFactory(is_staff=True, permissions=["claims.view_step"]))
    content = client.get(url).content.decode()
    assert "http-404" in content
    assert "Try all" not in content
    assert "The queue" not in content
    data = {"kind": "fetch", "error_code": "http-404"}
    assert client.post(reverse("admin:claims_step_all_again"), data).status_code == 403
    client.force_login(make.UserFactory(is_staff=True, permissions=["claims.view_source"]))
    assert client.get(url).status_code == 403
    assert client.get(reverse("admin:index")).status_code == 200


@pytest.mark.parametrize("many", [1, 12])
def test_it_takes_the_same_queries_for_any_number_of_rows(
    many: int, admin_client: Client, django_assert_max_num_queries
) -> None:
    for n in range(many):
        fail(f"error-{n}", "broken")
        claim = make.ClaimFactory(standing__workflow="queued")
        make.EventFactory(claim=claim, kind="detected")
    count()
    with django_assert_max_num_queries(11):
        board(admin_client)
