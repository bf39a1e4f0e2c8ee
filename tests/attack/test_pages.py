"""Text of a stranger starts nothing in any page, by escaping and, if that failed, by the content policy."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

from tests import factories as make
from tests.attack.pages import admin_pages, hostile_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(make.AdminFactory())
    return client


def inline_code(page: bytes) -> list[str]:
    """What a browser would run, or the content policy refuse: scripts, styles and handlers inside the page."""
    found = []
    for element in html.document_fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        is_data = element.get("type") == "application/json"  # never run, and no matter to the policy
        if (element.tag == "script" and not element.get("src") and not is_data) or element.tag == "style":
            found.append(html.tostring(element)[:200].decode())
        for name, value in element.attrib.items():
            if name.startswith("on") or name == "style" or value.strip().lower().startswith("javascript:"):
                found.append(f"{element.tag} {name}={value[:100]}")
    return found


def test_no_page_of_the_admin_runs_what_an_article_says(admin: Client) -> None:
    hostile_rows()
    pages = admin_pages()
    assert len(pages) > 60
    wrong = {}
    for page in pages:
        answer = admin.get(page, follow=True)
        assert answer.status_code in (200, 403, 405), (page, answer.status_code)
        assert "default-src 'none'" in answer["Content-Security-Policy"], page
        is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
        if is_page and (found := inline_code(answer.content)):
            wrong[page] = found
    assert wrong == {}


def test_the_policy_allows_nothing_inline_and_nothing_foreign(client: Client) -> None:
    for page in ("/admin/login/", "/api/v1/", "/api/schema/", "/nowhere", "/static/claims/icon.svg"):
        policy = client.get(page)["Content-Security-Policy"]
        assert {part.split()[0] for part in policy.split("; ")} >= {
            "base-uri",
            "form-action",
            "frame-ancestors",
        }
        sources = {source for part in policy.split("; ") for source in part.split()[1:]}
        assert sources == {"'none'", "'self'"}, page
    assert "img-src 'self' data:" in client.get("/api/docs/")["Content-Security-Policy"]


def test_other_headers_that_browsers_heed(client: Client) -> None:
    answer = client.get("/admin/login/")
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
