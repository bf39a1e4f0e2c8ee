"""Who may do what: every endpoint, method and kind of user."""

from __future__ import annotations

import re
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from claims.models import Submission
from tests.claims.api.calling import ROOT, as_admin, with_key, with_permissions
from tests.factories import (
    EventFactory,
    MentionFactory,
    RelationFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
#: what each address can do, and the permission that it takes
MATRIX: dict[str, dict[str, str]] = {
    "/submissions/": {"GET": "claims.view_submission", "POST": "claims.add_submission"},
    "/submissions/{id}/": {"GET": "claims.view_submission"},
    "/sources/": {"GET": "claims.view_source"},
    "/sources/{id}/": {"GET": "claims.view_source"},
    "/articles/": {"GET": "claims.view_article"},
    "/articles/{id}/": {"GET": "claims.view_article"},
    "/mentions/": {"GET": "claims.view_mention"},
    "/mentions/{id}/": {"GET": "claims.view_mention"},
    "/claims/": {"GET": "claims.view_claim"},
    "/claims/{id}/": {"GET": "claims.view_claim"},
    "/claims/{id}/timeline/": {"GET": "claims.view_claim"},
    "/claims/atom/": {"GET": "claims.view_claim"},
    "/relations/": {"GET": "verification.view_relation"},
    "/relations/{id}/": {"GET": "verification.view_relation"},
    "/events/": {"GET": "verification.view_event"},
    "/check/": {"POST": "claims.view_claim"},
}
#: what stores nothing answers 200 to a POST
READING_POSTS = ("/check/",)
EVERY_PERMISSION = sorted({name for methods in MATRIX.values() for name in methods.values()})


@pytest.fixture
def rows() -> dict[str, int]:
    """One row of everything, by the first part of its address."""
    relation = RelationFactory()
    mention = MentionFactory()
    return {
        "submissions": SubmissionFactory().pk,
        "sources": mention.revision.article.source_id,
        "articles": mention.revision.article_id,
        "mentions": mention.pk,
        "claims": mention.claim_id,
        "relations": relation.pk,
        "events": EventFactory().pk,
    }


def _call(client: APIClient, method: str, path: str, rows: dict[str, int]) -> Any:
    address = ROOT + path.replace("{id}", str(rows.get(path.split("/")[1])))
    return client.generic(method, address, '{"text": "a"}', content_type="application/json")


def test_the_matrix_has_every_operation_of_the_api() -> None:
    paths = SchemaGenerator().get_schema(public=True)["paths"]
    served = {re.sub("^/api/v1", "", path): {m.upper() for m in item} for path, item in paths.items()}
    assert served == {path: set(methods) for path, methods in MATRIX.items()}


def _success(path: str, method: str) -> int:
    return 202 if method == "POST" and path not in READING_POSTS else 200


def _cells(path: str) -> list[tuple[str, str | None]]:
    """Each method with the permission it takes, None where the address does not know it."""
    known = dict(MATRIX[path])
    if "GET" in known:
        known["HEAD"] = known["GET"]
    return [(method, known.get(method)) for method in METHODS]


@pytest.mark.parametrize("path", MATRIX)
def test_who_is_unknown_gets_nothing(path: str, rows: dict[str, int]) -> None:
    for method, _ in _cells(path):
        answer = _call(APIClient(), method, path, rows)
        assert answer.status_code == 401, method
        assert answer["WWW-Authenticate"] == 'Bearer realm="Twosource"'
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("path", MATRIX)
def test_each_address_takes_its_own_permission_and_no_other(path: str, rows: dict[str, int]) -> None:
    for method, permission in _cells(path):
        others = [name for name in EVERY_PERMISSION if name != permission]
        answer = _call(with_permissions(*others), method, path, rows)
        if permission is None:
            assert answer.status_code == 405, method
            continue
        assert answer.status_code == 403, method
        if method != "HEAD":
            assert permission in answer.json()["detail"], "a refusal names what is missing"
        allowed = _call(with_permissions(permission), method, path, rows)
        assert allowed.status_code == _success(path, method), method


@pytest.mark.parametrize("path", MATRIX)
def test_an_administrator_may_do_all_that_can_be_done(path: str, rows: dict[str, int]) -> None:
    admin = as_admin()
    for method, permission in _cells(path):
        answer = _call(admin, method, path, rows)
        if permission is None:
            allowed = {name.strip() for name in answer["Allow"].split(",")}
            assert (answer.status_code, set(MATRIX[path]) <= allowed) == (405, True), method
        else:
            assert answer.status_code == _success(path, method), method


def test_a_key_takes_the_scope_as_well_as_the_permission(rows: dict[str, int]) -> None:
    needed = {"GET": "read", "HEAD": "read", "POST": "submit"}
    for path in MATRIX:
        for method, permission in _cells(path):
            for scope in ("read", "submit", "review", "admin"):
                answer = _call(with_key(scope), method, path, rows)
                if permission is None:
                    expected = 405
                elif scope not in ("read" if path in READING_POSTS else needed[method], "admin"):
                    expected = 403
                else:
                    expected = _success(path, method) if scope == "submit" else 200
                assert answer.status_code == expected, (path, method, scope)


def test_a_session_alone_does_not_hand_in_without_its_token() -> None:
    """Else any page that a signed-in reviewer opens could submit in their name."""
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(UserFactory(permissions=["claims.add_submission"]))
    answer = client.post(f"{ROOT}/submissions/", {"text": "a"})
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert not Submission.objects.exists()


def test_what_there_is_nothing_of_is_not_told_to_who_is_unknown() -> None:
    assert APIClient().get(f"{ROOT}/nothing/").status_code == 401
