"""Articles are read and compared, all claims of a list changed, taken back and exported; the dashboard is seen."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims import pipeline
from claims.models import Article
from tests import factories as make
from tests.browser.accessibility import serious_faults
from verification.models import DailyCount, Standing
from verification.models.words import Workflow
from verification.services.counting import count
from verification.workflow import move

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LEAD = [
    "claims.view_claim",
    "claims.view_article",
    "claims.view_job",
    "claims.add_job",
    "claims.view_step",
    "claims.change_step",
    "verification.change_standing",
]


@pytest.fixture
def desk(sign_in: Callable[..., Page]) -> Page:
    """A page of somebody who is logged in."""
    return sign_in(make.UserFactory(username="anna", is_staff=True, permissions=LEAD))


@pytest.fixture
def article() -> Article:
    """An article of two revisions: a mention kept, one changed, one dropped."""
    lines = "Trams run late.\n\n{}\n\nRain came."
    old = make.RevisionFactory(
        text=lines.format("Cargo fell by 12 percent. Nobody was hurt."), is_current=False
    )
    new = make.RevisionFactory(article=old.article, number=2, text=lines.format("Cargo fell by 15 percent."))
    trams = make.ClaimFactory(text="Trams run late.", standing__basis="multi_origin")
    for revision, texts in (
        (old, ("Trams run late", "Cargo fell by 12 percent", "Nobody was hurt")),
        (new, ("Trams run late", "Cargo fell by 15 percent")),
    ):
        for text in texts:
            claim = trams if text == trams.text[:-1] else make.ClaimFactory(text=f"{text}.")
            make.MentionFactory(revision=revision, text=text, claim=claim)
    return old.article


def test_an_article_is_read_left_for_a_dossier_and_come_back_to(
    desk: Page, complaints: list[str], live_server: LiveServer, article: Article
) -> None:
    desk.goto(f"{live_server.url}/admin/claims/article/{article.pk}/change/")
    legend = desk.get_by_role("list", name="What the marks mean")
    expect(legend).to_contain_text("2+ corroborated")
    expect(legend).to_contain_text("? unverified")
    assert serious_faults(desk) == []
    desk.locator("mark.status-corroborated a").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Trams run late.")
    desk.get_by_role("link", name="read in the article").first.click()
    expect(desk.locator("mark.followed")).to_have_text("Trams run late")
    desk.get_by_role("link", name="Back to claim").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Trams run late.")
    assert complaints == []


def test_two_revisions_are_compared_side_by_side(
    desk: Page, complaints: list[str], live_server: LiveServer, article: Article
) -> None:
    desk.goto(f"{live_server.url}/admin/claims/article/{article.pk}/change/")
    desk.get_by_role("link", name="what changed since").click()
    expect(desk.locator("del").nth(1)).to_contain_text("12")
    expect(desk.locator("ins").nth(1)).to_contain_text("15")
    fates = desk.locator("table.fates tbody tr")
    expect(fates).to_have_count(3)
    expect(fates.filter(has_text="dropped")).to_contain_text("Nobody was hurt")
    desk.get_by_text("paragraph unchanged").first.click()
    expect(desk.locator("details .line").first).to_be_visible()
    assert serious_faults(desk) == []
    desk.set_viewport_size({"width": 400, "height": 800})
    desk.wait_for_function("document.documentElement.scrollWidth <= 400")  # charts follow the window
    assert complaints == []


def test_all_claims_of_a_list_are_dismissed_and_that_is_taken_back(
    desk: Page, complaints: list[str], live_server: LiveServer
) -> None:
    for n in range(60):
        make.ClaimFactory(text=f"Event {n} took place.", kind="event")
    other = make.ClaimFactory(text="Cargo fell by 12 percent.")
    desk.goto(f"{live_server.url}/admin/claims/claim/?kind=event")
    assert serious_faults(desk) == []
    desk.get_by_role("link", name="Change all 60").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Change all claims found: 60")
    assert serious_faults(desk) == []
    desk.get_by_label("Dismiss").check()
    desk.get_by_label("Reason").fill("nothing to check")
    desk.get_by_role("button", name="Start").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Dismiss: 60 claims")
    expect(desk.locator("#live")).to_contain_text("0 of 60")
    pipeline.drain()
    expect(desk.locator("#live")).to_contain_text("60 of 60")  # by itself
    assert Standing.objects.filter(workflow="dismissed").count() == 60
    touched = Standing.objects.filter(workflow="dismissed").latest("claim")
    ben = make.UserFactory(username="ben")
    move(touched.claim_id, Workflow.REOPENED, actor=ben, reason="it is worth it")
    desk.get_by_role("button", name="Undo on 60 claims").click()
    pipeline.drain()
    expect(desk.locator("#live")).to_contain_text("59 changed")
    expect(desk.locator(".left-alone")).to_contain_text("was touched since: reopened by ben")
    assert Standing.objects.filter(workflow="detected").count() == 60
    assert Standing.objects.get(claim=other).version == 1
    assert serious_faults(desk) == []
    assert complaints == []


def test_a_list_is_filtered_and_exported(
    desk: Page, complaints: list[str], live_server: LiveServer, tmp_path: Path
) -> None:
    decided = make.ClaimFactory(text="Cargo fell.", standing__workflow="decided", standing__verdict="refuted")
    make.VerdictFactory(
        claim=decided, word="refuted", reviewer__username="ben", evidence=["https://r.example/"]
    )
    make.ClaimFactory(text="Trams run late.")
    desk.goto(f"{live_server.url}/admin/claims/claim/")
    desk.locator("#changelist-filter").get_by_role("link", name="refuted", exact=True).click()
    expect(desk.locator("#result_list tbody tr")).to_have_count(1)
    with desk.expect_download() as started:
        desk.get_by_role("link", name="CSV").click()
    started.value.save_as(tmp_path / "claims.csv")
    with (tmp_path / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["claim"], row["reviewer"], row["evidence"]) == ("Cargo fell.", "ben", "https://r.example/")
    assert row["dossier"] == f"{live_server.url}/admin/claims/claim/{decided.pk}/change/"
    assert complaints == []


def test_the_dashboard_is_drawn_and_a_failure_tried_again(
    desk: Page, complaints: list[str], live_server: LiveServer
) -> None:
    make.StepFactory(
        submission=make.SubmissionFactory(), state="failed", error_code="http-404", error="it answers 404"
    )
    make.EventFactory(claim=make.ClaimFactory(), kind="detected")
    count()
    yesterday = (timezone.now() - timedelta(days=1)).date()
    for name, value in (("decided", 4), ("dismissed", 2), ("workflow:queued", 3), ("status:disputed", 5)):
        DailyCount.objects.create(day=yesterday, name=name, value=value)
    desk.goto(f"{live_server.url}/admin/dashboard/")
    expect(desk.locator("figure.days canvas")).to_have_count(4)
    for canvas in desk.locator("figure.days canvas").all():
        assert len(canvas.evaluate("canvas => canvas.toDataURL()")) > 3000, "nothing is drawn"
    assert serious_faults(desk) == []
    figure = desk.locator("figure.days").filter(has_text=re.compile("^Decisions a day"))
    figure.get_by_text("As a table").click()
    expect(figure.get_by_role("row").nth(29).get_by_role("cell")).to_have_text(["4", "2"])
    assert serious_faults(desk) == []
    desk.get_by_role("button", name="Try all 1 again").click()
    expect(desk.locator(".messagelist")).to_contain_text("1 step will be tried again")
    desk.set_viewport_size({"width": 400, "height": 800})
    desk.wait_for_function("document.documentElement.scrollWidth <= 400")  # charts follow the window
    assert complaints == []
