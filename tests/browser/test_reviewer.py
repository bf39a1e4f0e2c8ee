"""A reviewer's way through the admin, in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import factories as make
from verification.models import Verdict

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REVIEWER = [
    "claims.view_claim",
    "claims.view_article",
    "verification.view_relation",
    "verification.add_verdict",
    "verification.change_standing",
    "verification.publish_standing",
]


@pytest.fixture
def errors(page: Page) -> list[str]:
    """What the browser complains of: broken scripts, files that are not there."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("response", lambda answer: found.append(answer.url) if answer.status >= 400 else None)
    return found


@pytest.fixture
def desk(sign_in: Callable[..., Page]) -> Page:
    """The admin's first page, logged in."""
    page = sign_in(make.UserFactory(username="anna", is_staff=True, permissions=REVIEWER))
    expect(page.get_by_role("heading", name="What came in, what holds")).to_be_visible()
    return page


def test_a_reviewer_reads_a_dossier_and_decides(desk: Page, errors: list[str]) -> None:
    claim = make.ClaimFactory(text="Cargo fell by 12 percent.")
    make.AssessmentFactory(claim=claim)
    origin = make.OriginFactory(claim=claim)
    wire = make.MentionFactory(claim=claim, revision__article__source__name="Quay Wire")
    copy = make.MentionFactory(claim=claim, revision__article__source__name="Lamp Gazette")
    make.OriginMemberFactory(origin=origin, mention=wire)
    make.OriginMemberFactory(origin=origin, mention=copy, parent=wire, rule="copy", words="lost 12 percent")

    desk.get_by_role("link", name="Claims", exact=True).first.click()
    desk.get_by_role("link", name="Cargo fell by 12 percent.").click()
    expect(desk.get_by_text("unverified").first).to_be_visible()
    expect(desk.get_by_text("copied from Quay Wire")).to_be_hidden()
    desk.get_by_text("1 more, counted with it: Lamp Gazette").click()
    expect(desk.get_by_text("copied from Quay Wire")).to_be_visible()

    desk.get_by_label("evidence").first.check()
    desk.get_by_label("Note", exact=True).fill("The register says 9 percent.")
    desk.get_by_role("button", name="Mostly refuted").click()
    expect(desk.locator(".top .badge")).to_have_text("mostly refuted")
    expect(desk.get_by_role("button", name="Publish")).to_be_visible()
    verdict = Verdict.objects.get()
    assert (verdict.word, verdict.evidence) == ("mostly_refuted", [f"mention:{wire.pk}"])
    assert errors == []


def test_a_mention_is_followed_from_the_claim_into_its_article(
    desk: Page, errors: list[str], live_server
) -> None:
    mention = make.MentionFactory(claim__text="Cargo fell by 12 percent.")
    desk.goto(f"{live_server.url}/admin/claims/claim/{mention.claim_id}/change/")
    desk.get_by_role("link", name="read in the article").click()
    expect(desk).to_have_url(re.compile(rf"#mention-{mention.pk}$"))
    expect(desk.locator(f"mark#mention-{mention.pk}")).to_be_in_viewport()
    expect(desk.locator("article.text")).to_contain_text(mention.revision.text)
    desk.locator(f"mark#mention-{mention.pk} a").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Cargo fell by 12 percent.")
    assert errors == []


def test_pages_do_not_scroll_sideways_on_a_narrow_screen(desk: Page, live_server) -> None:
    mention = make.MentionFactory(claim__text=f"{'Donau' * 40} carried 12 percent.")
    make.AssessmentFactory(claim=mention.claim)
    claim, article = mention.claim_id, mention.revision.article_id
    desk.set_viewport_size({"width": 400, "height": 800})
    for path in ("", "claims/claim/", f"claims/claim/{claim}/change/", f"claims/article/{article}/change/"):
        desk.goto(f"{live_server.url}/admin/{path}")
        desk.wait_for_function("document.documentElement.scrollWidth <= 400")
