"""Handing in through the admin, and seeing how far it has come."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Step, Submission
from tests import factories as make

pytestmark = pytest.mark.django_db
ADD = "admin:claims_submission_add"
LIST = "admin:claims_submission_changelist"


def test_a_text_is_handed_in_with_all_that_is_known_of_it(admin_client: Client, admin_user) -> None:
    text = "The harbour lost 12 percent of its cargo."
    fields = {
        "kind": "text",
        "body": text,
        "title": "Cargo",
        "source": "Harbour Post",
        "published": "2025-02-18T09:30",
    }
    answer = admin_client.post(reverse(ADD), fields)
    submission = Submission.objects.get()
    assert answer.url == reverse("admin:claims_submission_change", args=[submission.pk])  # type: ignore[attr-defined]
    assert submission.channel == "admin"
    assert submission.submitted_by == admin_user
    assert bytes(submission.payload or b"").decode() == text
    assert submission.published_at == datetime(2025, 2, 18, 9, 30, tzinfo=UTC)
    assert Step.objects.get().submission == submission


def test_a_link_is_handed_in_once_however_often(admin_client: Client) -> None:
    for _ in range(2):
        answer = admin_client.post(
            reverse(ADD), {"kind": "link", "url": "https://post.example/a"}, follow=True
        )
    assert "handed in before" in answer.content.decode()
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "link"}, "Give the address to fetch"),
        ({"kind": "link", "url": "https://post.example/a", "body": "text"}, "leave this empty"),
        ({"kind": "link", "url": "ftp://post.example/a"}, "ftp"),
        ({"kind": "text", "body": "  \n"}, "Paste the text here"),
        ({"kind": "html"}, "Paste the text here"),
        ({"kind": "text", "body": "x" * 101}, "101 bytes; at most 100"),
        ({"kind": "poem", "body": "text"}, "poem"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_and_said_why(
    fields: dict[str, str], words: str, admin_client: Client, settings
) -> None:
    settings.MAX_ARTICLE_BYTES = 100
    content = admin_client.post(reverse(ADD), fields).content.decode()
    assert words in content
    assert not Submission.objects.exists()


def test_nobody_hands_in_without_the_permission(client: Client) -> None:
    client.force_login(make.UserFactory(is_staff=True, permissions=["claims.view_submission"]))
    assert client.get(reverse(ADD)).status_code == 403
    assert client.post(reverse(ADD), {"kind": "text", "body": "text"}).status_code == 403
    assert not Submission.objects.exists()


def test_the_list_tells_state_and_last_error_and_is_narrowed_by_them(admin_client: Client) -> None:
    lost = make.SubmissionFactory(label="lost")
    make.StepFactory(submission=lost, state="failed", error_code="not-found", error="answers 404", attempts=5)
    broken = make.SubmissionFactory(label="broken", revision=make.RevisionFactory())
    make.StepFactory(submission=broken, state="done")
    make.StepFactory(
        kind="extract", revision=broken.revision, state="failed", error_code="unexpected", error="bug"
    )
    make.StepFactory(submission=make.SubmissionFactory(label="well"), state="done")

    def listed(**query: str) -> set[str]:
        content = admin_client.get(reverse(LIST), query).content.decode()
        return {name for name in ("lost", "broken", "well") if f">{name}</a>" in content}

    assert listed() == {"lost", "broken", "well"}
    assert listed(state="failed") == {"lost", "broken"}
    assert listed(state="done") == {"well"}
    assert listed(error="not-found") == {"lost"}
    assert listed(error="unexpected") == {"broken"}
    content = admin_client.get(reverse(LIST)).content.decode()
    assert "answers 404" in content
    assert "bug" in content


def test_its_page_shows_each_step_and_what_came_of_it(admin_client: Client) -> None:
    submission = make.SubmissionFactory(revision=make.RevisionFactory())
    make.StepFactory(submission=submission, state="done", note="664 characters")
    make.StepFactory(
        kind="extract",
        revision=submission.revision,
        state="failed",
        error_code="time-limit",
        error="too slow",
    )
    content = admin_client.get(
        reverse("admin:claims_submission_change", args=[submission.pk])
    ).content.decode()
    for words in ("664 characters", "time-limit", "too slow", "Try again"):
        assert words in content
    assert reverse("admin:claims_article_change", args=[submission.revision.article_id]) in content


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_takes_the_same_queries_for_any_number_of_rows(
    rows: int, admin_client: Client, django_assert_max_num_queries
) -> None:
    for _ in range(rows):
        submission = make.SubmissionFactory(revision=make.RevisionFactory())
        make.StepFactory(submission=submission)
        make.StepFactory(kind="extract", revision=submission.revision)
    with django_assert_max_num_queries(9):
        admin_client.get(reverse(LIST))
