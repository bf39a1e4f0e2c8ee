"""A dossier is read, its pairs are judged by key, its claims merged and split, and that is taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Claim, Mention
from tests import factories as make
from tests.browser.accessibility import serious_faults
from tests.verification.stated import claim_of
from verification.models import Judgement

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REVIEWER = [
    "claims.view_claim",
    "claims.view_article",
    "verification.view_relation",
    "verification.add_verdict",
    "verification.add_judgement",
    "verification.add_originoverride",
]

DRAWN = "canvas => canvas.toDataURL()"


@pytest.fixture
def desk(sign_in: Callable[..., Page]) -> Page:
    return sign_in(make.UserFactory(username="anna", is_staff=True, permissions=REVIEWER))


@pytest.fixture
def cargo() -> Claim:
    """A claim of two outlets, with two others that contradict it, one of them of another month."""
    claim = claim_of("Cargo at Port Ellery fell by 12 percent.", "Quay Wire", "Lamp Gazette")
    for outlet, figure, day in (("Harbour Post", 30, 20), ("Pier News", 15, 24)):
        other = claim_of(f"Cargo at Port Ellery fell by {figure} percent.", outlet)
        mention = other.mentions.get()
        mention.revision.article.published_at = datetime(2025, 2, day, tzinfo=UTC)
        mention.revision.article.save()
        make.QuantityFactory(mention=mention, text=f"{figure} percent", value=figure, change="down")
        comparison = make.ComparisonFactory(
            a=claim.mentions.earliest("pk"), b=mention, confidence=0.6 + figure / 100
        )
        make.RelationFactory(comparison=comparison)
    for mention in claim.mentions.all():
        make.QuantityFactory(mention=mention, change="down")
    return claim


def open_claim(desk: Page, live_server: LiveServer, claim: Claim) -> None:
    desk.goto(f"{live_server.url}/admin/claims/claim/{claim.pk}/change/")


def test_a_dossier_shows_values_over_time_and_each_pair_side_by_side(
    desk: Page, complaints: list[str], live_server: LiveServer, cargo: Claim
) -> None:
    open_claim(desk, live_server, cargo)
    canvas = desk.locator("figure.values canvas")
    expect(canvas).to_be_visible()
    light = canvas.evaluate(DRAWN)
    desk.emulate_media(color_scheme="dark")
    desk.wait_for_function(
        f"light => ({DRAWN})(document.querySelector('figure.values canvas')) !== light", arg=light
    )
    expect(desk.locator("figure.values .u-legend")).to_contain_text("Harbour Post")
    desk.get_by_text("The 4 values as a table").click()
    rows = desk.locator("details.numbers tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.first).to_contain_text("−15 %")

    pair = desk.locator("ul.related > li").filter(has_text="30 percent")
    pair.locator("summary").first.click()
    differs = pair.locator("mark.differs", has_text="12 percent")
    expect(differs).to_be_visible()
    differs.hover()
    expect(pair.locator("mark.lit", has_text="30 percent")).to_be_visible()
    expect(pair.get_by_text("Do both speak about the same thing?")).to_be_visible()
    assert serious_faults(desk) == []
    assert complaints == []


def test_pairs_are_judged_by_key_one_after_the_other(
    desk: Page, complaints: list[str], live_server: LiveServer, cargo: Claim
) -> None:
    relation = cargo.relations_as_a.order_by("-confidence").first()
    assert relation is not None
    desk.goto(f"{live_server.url}/admin/verification/relation/{relation.pk}/change/?of={cargo.pk}")
    expect(desk.get_by_text("pair 1 of 2")).to_be_visible()
    desk.get_by_label("Note").fill("2 ports")  # keys act only where nobody types
    desk.get_by_label("Note").blur()
    assert serious_faults(desk) == []
    desk.keyboard.press("2")
    expect(desk.get_by_text("pair 2 of 2")).to_be_visible()
    assert list(Judgement.objects.values_list("word", "note")) == [("different", "2 ports")]
    desk.keyboard.press("1")
    expect(desk.get_by_text("Judged same: claims")).to_be_visible()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Cargo at Port Ellery fell by 12 percent.")
    assert cargo.mentions.count() == 3
    expect(desk.get_by_role("button", name="Keys ?")).to_be_visible()  # its scripts listen
    desk.keyboard.press("u")
    expect(desk.get_by_text("Undone: what was said")).to_be_visible()
    assert cargo.mentions.count() == 2
    assert complaints == []


def test_claims_are_merged_and_split_after_a_look_at_what_changes(
    desk: Page, complaints: list[str], live_server: LiveServer, cargo: Claim
) -> None:
    other = claim_of("In May the port lost an eighth of its cargo.", "Tide Times")
    open_claim(desk, live_server, cargo)
    desk.get_by_role("link", name="Merge…").click()
    desk.get_by_label("Number or address").fill(str(other.pk))
    desk.get_by_role("button", name="See what would change").click()
    expect(desk.get_by_text("merged into the other")).to_be_visible()
    assert serious_faults(desk) == []
    desk.get_by_label("Why they are one claim").fill("an eighth is 12.5 percent")
    desk.get_by_role("button", name="Merge", exact=True).click()
    expect(desk.get_by_text("in 3 mentions")).to_be_visible()
    desk.get_by_role("button", name="Undo u").click()
    expect(desk.get_by_text("in 2 mentions")).to_be_visible()
    other.refresh_from_db()
    assert other.merged_into_id is None

    desk.get_by_role("link", name="Split…").click()
    desk.get_by_label("Lamp Gazette").check()
    desk.get_by_role("button", name="See what would change").click()
    expect(desk.get_by_text("new claim")).to_be_visible()
    assert serious_faults(desk) == []
    desk.get_by_label("Why they do not belong to it").fill("another port")
    desk.get_by_role("button", name="Split", exact=True).click()
    expect(desk.get_by_text("in 1 mention")).to_be_visible()
    assert Mention.objects.get(revision__article__source__name="Lamp Gazette").claim_id != cargo.pk
    assert complaints == []


def test_the_pages_do_not_scroll_sideways_on_a_narrow_screen(
    desk: Page, live_server: LiveServer, cargo: Claim
) -> None:
    relation = cargo.relations_as_a.first()
    assert relation is not None
    claim = f"claims/claim/{cargo.pk}"
    other = relation.b_id
    desk.set_viewport_size({"width": 400, "height": 800})
    for path in (
        f"{claim}/change/",
        f"{claim}/values/",
        f"{claim}/merge/?with={other}",
        f"{claim}/split/",
        f"verification/relation/{relation.pk}/change/",
    ):
        desk.goto(f"{live_server.url}/admin/{path}")
        desk.wait_for_load_state("networkidle")
        desk.wait_for_function("document.documentElement.scrollWidth <= 400")
