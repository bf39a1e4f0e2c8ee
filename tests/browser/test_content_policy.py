"""Django's admin and the API's description work under our content policy: the browser complains of nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Article, Claim, Mention, Source, Step, Submission
from tests import factories as make
from tests.attack.pages import hostile_rows
from verification.models import Relation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def complaints(page: Page, complaints: list[str]) -> list[str]:
    """Also a script that asks something: it came with a hostile row."""
    page.on("dialog", lambda dialog: (complaints.append(f"a script ran: {dialog.message}"), dialog.dismiss()))
    return complaints


@pytest.fixture
def desk(sign_in: Callable[..., Page]) -> Page:
    return sign_in(make.AdminFactory(username="root"))


def test_the_browser_complains_of_nothing_on_pages_of_hostile_rows(
    desk: Page, complaints: list[str], live_server: LiveServer
) -> None:
    hostile_rows()
    pages = ["", "password_change/", "claims/submission/add/", "auth/user/add/", "claims/source/add/"]
    for model in (Claim, Relation, Article, Mention, Submission, Step, Source):
        name = f"{model._meta.app_label}/{model._meta.model_name}"
        pages += [f"{name}/", f"{name}/{model._default_manager.latest('pk').pk}/change/"]
    for path in pages:
        answer = desk.goto(f"{live_server.url}/admin/{path}")
        assert answer is not None
        assert answer.status == 200, path
        assert complaints == [], path


def test_a_field_that_completes_what_is_typed_works(
    desk: Page, complaints: list[str], live_server: LiveServer
) -> None:
    make.PublisherFactory(name="Quay Papers")
    desk.goto(f"{live_server.url}/admin/claims/source/add/")
    desk.locator(".field-publisher .select2-selection").click()
    desk.locator(".select2-search__field").fill("Quay")
    desk.get_by_role("option", name="Quay Papers").click()
    expect(desk.locator(".field-publisher .select2-selection__rendered")).to_contain_text("Quay Papers")
    assert complaints == []


def test_the_description_of_the_api_shows_and_tries_an_operation(
    desk: Page, complaints: list[str], live_server: LiveServer
) -> None:
    desk.goto(f"{live_server.url}/api/docs/")
    desk.locator("#operations-tag-claims, .opblock-tag").first.wait_for()
    operation = desk.locator(".opblock-get").first
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    expect(operation.locator(".live-responses-table .response-col_status").first).to_be_visible()
    assert complaints == []
