"""A reviewer's morning by key: take the next claim, decide, be refused on a stale page, undo, second review."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Claim
from tests import factories as make
from tests.browser.accessibility import serious_faults
from verification import roles
from verification.models import Standing, Verdict
from verification.models.words import VerdictWord, Workflow
from verification.services import leasing
from verification.workflow import Decision, decide, move

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def person() -> Callable[[str, str], object]:
    """A person in a role as the migration ships it; a transactional test before this one emptied the groups."""

    def make_person(name: str, role: str) -> object:
        roles.grant(apps, roles.ROLES)
        user = make.UserFactory(username=name, is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        return user

    return make_person


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complains of, but for answers that say that a decision is refused."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on(
        "console",
        lambda said: (
            found.append(said.text) if said.type in ("error", "warning") and "409" not in said.text else None
        ),
    )
    return found


@pytest.fixture
def claims() -> tuple[Claim, Claim]:
    """Two claims that wait, the first of them with an article to read."""
    first = make.ClaimFactory(text="Cargo fell by 12 percent.", standing__merit=40)
    make.AssessmentFactory(claim=first)
    mention = make.MentionFactory(claim=first, revision__article__source__name="Quay Wire")
    make.OriginMemberFactory(origin=make.OriginFactory(claim=first), mention=mention)
    second = make.ClaimFactory(text="Trams ran late in May.", standing__merit=20)
    make.MentionFactory(claim=second)
    return first, second


@pytest.fixture
def log_in(sign_in: Callable[..., Page]) -> Callable[[object], None]:
    """Sign a person in who goes to the queue."""
    return lambda person: heading(sign_in(person, "verification/waiting/"), "Queue")


def heading(page: Page, words: str) -> None:
    """The page with this heading is there, and its scripts listen: the button for the keys is theirs."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)
    expect(page.get_by_role("button", name="Keys ?")).to_be_visible()


def test_claims_are_taken_and_decided_by_key_and_a_verdict_is_taken_back(
    page: Page, log_in, person, claims, complaints
) -> None:
    anna = person("anna", "reviewer")
    log_in(anna)
    expect(page.locator("table.queue tbody th[scope=row] a")).to_have_text(
        ["Cargo fell by 12 percent.", "Trams ran late in May."]
    )
    page.keyboard.press("n")
    heading(page, "Cargo fell by 12 percent.")
    expect(page.get_by_text("You hold this claim until")).to_be_visible()

    page.keyboard.press("3")  # mixed needs a note: the page asks for it, and sends nothing
    expect(page.get_by_label("Note")).to_be_focused()
    page.keyboard.type("1 of 2 registers agrees")  # digits in a field are text
    heading(page, "Cargo fell by 12 percent.")
    assert not Verdict.objects.exists()
    page.keyboard.press("Control+Enter")
    heading(page, "Trams ran late in May.")
    verdict = Verdict.objects.get()
    assert (verdict.word, verdict.note) == ("mixed", "1 of 2 registers agrees")

    page.keyboard.press("u")
    heading(page, "Cargo fell by 12 percent.")
    expect(page.locator(".messagelist")).to_contain_text("Your verdict is taken back")
    page.keyboard.press("1")
    expect(page.locator(".messagelist")).to_contain_text(f"Claim {claims[0].pk}: decided, supported.")
    assert Standing.objects.get(claim=claims[0]).status == "supported"
    assert complaints == []


def test_a_verdict_that_needs_evidence_takes_an_address_or_a_mention(
    page: Page, log_in, person, claims
) -> None:
    anna = person("anna", "reviewer")
    log_in(anna)
    page.keyboard.press("n")
    heading(page, "Cargo fell by 12 percent.")
    page.keyboard.press("5")
    expect(page.get_by_label("Evidence", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    page.locator('input[name="mention"]').first.check()
    page.keyboard.press("5")
    heading(page, "Trams ran late in May.")
    assert Verdict.objects.get().evidence == [f"mention:{claims[0].mentions.get().pk}"]


def test_a_stale_page_is_refused_with_what_changed_and_keeps_the_note(
    page: Page, live_server: LiveServer, log_in, person, claims, complaints
) -> None:
    anna = person("anna", "reviewer")
    bertil = person("bertil", "reviewer")
    log_in(anna)
    page.goto(f"{live_server.url}/admin/claims/claim/{claims[0].pk}/change/")
    heading(page, "Cargo fell by 12 percent.")
    move(claims[0].pk, Workflow.QUEUED, actor=bertil)
    page.keyboard.press("e")
    page.keyboard.type("My long note.")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    expect(page.locator(".messagelist")).to_contain_text("bertil: queued")
    expect(page.get_by_label("Note")).to_have_value("My long note.")
    assert not Verdict.objects.exists()
    heading(page, "Cargo fell by 12 percent.")
    page.keyboard.press("1")  # looked at again
    expect(page.locator(".messagelist")).to_contain_text("decided, supported")
    assert complaints == []


def test_a_second_review_is_blind_and_disagreement_shows_both(
    page: Page, log_in, person, claims, complaints
) -> None:
    anna = person("anna", "reviewer")
    bertil = person("bertil", "reviewer")
    first = Decision(VerdictWord.MISLEADING_CONTEXT, "The chart is cut off.")
    decide(claims[0].pk, first, actor=anna, second_review=True, blind=True)
    log_in(bertil)
    page.keyboard.press("n")  # what a person waits for comes first
    heading(page, "Cargo fell by 12 percent.")
    expect(page.get_by_text("anna gave the first verdict.")).to_be_visible()
    assert "chart is cut off" not in page.content()
    assert serious_faults(page) == []
    page.keyboard.press("1")
    heading(page, "Trams ran late in May.")
    page.keyboard.press("p")
    heading(page, "Cargo fell by 12 percent.")
    expect(page.get_by_text("the reviewers disagree.")).to_contain_text("anna: misleading context")
    expect(page.get_by_text("the reviewers disagree.")).to_contain_text("The chart is cut off.")
    assert complaints == []


def test_next_previous_skip_release_flag_and_the_list_of_keys(
    page: Page, log_in, person, claims, complaints
) -> None:
    anna = person("anna", "reviewer")
    log_in(anna)
    page.keyboard.press("n")
    heading(page, "Cargo fell by 12 percent.")
    page.keyboard.press("n")
    heading(page, "Trams ran late in May.")
    page.keyboard.press("p")
    heading(page, "Cargo fell by 12 percent.")
    page.keyboard.press("f")
    expect(page.get_by_label("What shall a lead look at?")).to_be_focused()
    page.keyboard.type("libel?")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Flagged for a lead.")
    heading(page, "Cargo fell by 12 percent.")

    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys on this page")
    expect(keys).to_contain_text("Skip: not offered to you again for a day")
    assert serious_faults(page) == []
    page.keyboard.press("s")  # nothing is done behind the list
    keys.get_by_label("single keys act").uncheck()
    page.keyboard.press("Escape")
    expect(keys).to_have_count(0)
    page.keyboard.press("1")
    page.keyboard.press("?")
    keys.get_by_label("single keys act").check()
    page.keyboard.press("Escape")
    heading(page, "Cargo fell by 12 percent.")
    assert not Verdict.objects.exists()

    with page.context.expect_page() as opened:
        page.keyboard.press("o")
    assert "harbour-post.example" in opened.value.url or opened.value.url.startswith("chrome-error")
    opened.value.close()
    page.keyboard.press("s")
    heading(page, "Trams ran late in May.")
    page.keyboard.press("r")
    heading(page, "Queue")
    assert leasing.take_next(anna).claim_id == claims[1].pk, "released, and the other one is skipped"
    assert [c for c in complaints if "harbour-post" not in c] == []


def test_a_held_key_decides_once(page: Page, log_in, person, claims) -> None:
    anna = person("anna", "reviewer")
    log_in(anna)
    page.keyboard.press("n")
    heading(page, "Cargo fell by 12 percent.")
    page.keyboard.down("1")
    heading(page, "Trams ran late in May.")
    page.keyboard.down("1")  # a second "down" without "up" is a repeat
    page.keyboard.down("1")
    page.keyboard.up("1")
    page.keyboard.press("q")
    heading(page, "Queue")
    assert Verdict.objects.count() == 1


def test_the_queue_and_agreement_are_accessible_and_fit_a_narrow_screen(
    page: Page, live_server: LiveServer, log_in, person, claims
) -> None:
    lena, otto = person("lena", "lead"), person("otto", "reviewer")
    leasing.take(claims[1].pk, otto)
    leasing.take(claims[0].pk, lena)
    for word in (VerdictWord.SUPPORTED, VerdictWord.MOSTLY_SUPPORTED):
        claim = make.ClaimFactory()
        decide(claim.pk, Decision(VerdictWord.SUPPORTED), actor=lena, second_review=True, blind=True)
        decide(claim.pk, Decision(word), actor=otto)
    log_in(lena)
    page.get_by_label("Basis").select_option("none")
    page.get_by_role("button", name="Show").click()
    page.get_by_label("Name for this filter").fill("without a source")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="without a source")).to_be_visible()
    paths = ("verification/waiting/?basis=none", "verification/verdict/agreement/?all=1")
    for path in (*paths, f"claims/claim/{claims[0].pk}/change/"):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"{live_server.url}/admin/{path}")
        assert serious_faults(page) == [], path
        page.set_viewport_size({"width": 400, "height": 800})
        page.wait_for_function("document.documentElement.scrollWidth <= 400")
        assert serious_faults(page) == [], path
