"""An article is removed in a browser: what is missing is said, then it is done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Article
from tests import factories as make
from tests.browser.accessibility import serious_faults
from tests.verification.stated import claim_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_article_is_removed_after_a_look_at_what_goes(
    sign_in: Callable[..., Page], complaints: list[str], live_server: LiveServer
) -> None:
    claim_of("Cargo fell by 12 percent.", "Quay Wire", "Lamp Gazette")
    article = Article.objects.get(source__name="Quay Wire")
    make.MentionFactory(
        revision=article.revisions.get(), claim=make.PublishedClaimFactory(), text="Cargo fell"
    )
    may = ["claims.view_article", "claims.view_claim", "claims.delete_article"]
    lead = make.UserFactory(is_staff=True, permissions=may)
    desk = sign_in(lead, f"claims/article/{article.pk}/change/")
    desk.get_by_role("link", name="Remove this article").click()
    expect(desk.get_by_text("2 claims lose a mention")).to_be_visible()
    desk.get_by_role("button", name="Remove this article").click()
    expect(desk.get_by_label("Why it is removed")).to_have_accessible_description(
        "Say why: the reason is kept with each claim that loses a mention."
    )
    assert serious_faults(desk) == []
    desk.get_by_label("Why it is removed").fill("handed in by mistake")
    desk.get_by_role("button", name="Remove this article").click()
    expect(desk.get_by_text("was removed. Its claims and their events are kept.")).to_be_visible()
    assert list(Article.objects.values_list("source__name", flat=True)) == ["Lamp Gazette"]
    assert complaints == []
