"""Who may do what: every endpoint, method, kind of user, role, and scope of a key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.admindocs.views import simplify_regex
from django.contrib.auth.models import Group
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from claims.models import Submission
from claims.models.keys import Scope
from config import api
from tests.claims.api.calling import ROOT, as_admin, fault, with_key, with_permissions
from tests.factories import (
    ClaimFactory,
    DeliveryFactory,
    EventFactory,
    MentionFactory,
    PublishedClaimFactory,
    RelationFactory,
    SubmissionFactory,
    UserFactory,
    VerdictFactory,
)
from tests.verification.test_importing import review
from verification.foreign import read_review
from verification.roles import ROLES
from verification.services.importing import import_review

pytestmark = pytest.mark.django_db
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True)
class Cell:
    """What an address does on a method: what it takes of a person ("": to be known) and of a key, what it answers."""

    permission: str
    scope: str = "read"
    sent: str = ""
    done: frozenset[int] = frozenset({200})


SUBMIT = Cell("claims.add_submission", "submit", '{"text": "a"}', frozenset({200, 202}))
DECIDE = Cell("verification.add_verdict", "review", '{"verdict": "supported"}', frozenset({201}))
MOVE = Cell("verification.change_standing", "review", '{"to": "queued"}', frozenset({201}))
HOOK = Cell("claims.add_webhook", "admin", '{"name": "a", "url": "https://desk.example/"}', frozenset({201}))
UNHOOK = Cell("claims.delete_webhook", "admin", done=frozenset({204}))
ROTATE = Cell("claims.change_webhook", "admin", done=frozenset({201}))
REPLAY = Cell("claims.change_delivery", "admin", done=frozenset({202}))
IMPORT = Cell("verification.add_importedreview", "submit", json.dumps({"jsonld": review()}))
UNDO = Cell("verification.add_verdict", "review", done=frozenset({409}))  # none was given by who asks
TAKE = Cell("verification.add_lease", "review", done=frozenset({201}))
NEXT = Cell("verification.add_lease", "review", done=frozenset({201, 204}))
GIVE_BACK = Cell("verification.add_lease", "review", done=frozenset({204}))
#: what each address can do
MATRIX: dict[str, dict[str, Cell]] = {
    "/": {"GET": Cell("")},
    "/submissions/": {"GET": Cell("claims.view_submission"), "POST": SUBMIT},
    "/submissions/{id}/": {"GET": Cell("claims.view_submission")},
    "/sources/": {"GET": Cell("claims.view_source")},
    "/sources/{id}/": {"GET": Cell("claims.view_source")},
    "/articles/": {"GET": Cell("claims.view_article")},
    "/articles/{id}/": {"GET": Cell("claims.view_article")},
    "/revisions/": {"GET": Cell("claims.view_revision")},
    "/revisions/{id}/": {"GET": Cell("claims.view_revision")},
    "/mentions/": {"GET": Cell("claims.view_mention")},
    "/mentions/{id}/": {"GET": Cell("claims.view_mention")},
    "/claims/": {"GET": Cell("claims.view_claim")},
    "/claims/{id}/": {"GET": Cell("claims.view_claim")},
    "/claims/{id}/timeline/": {"GET": Cell("claims.view_claim")},
    "/claims/{id}/verdicts/": {"POST": DECIDE},
    "/claims/{id}/moves/": {"POST": MOVE},
    "/claims/{id}/verdicts/undo/": {"POST": UNDO},
    "/claims/{id}/lease/": {"POST": TAKE, "DELETE": GIVE_BACK},
    "/leases/": {"POST": NEXT},
    "/imports/": {"GET": Cell("verification.view_importedreview"), "POST": IMPORT},
    "/imports/{id}/": {"GET": Cell("verification.view_importedreview")},
    "/verdicts/": {"GET": Cell("verification.view_verdict")},
    "/verdicts/{id}/": {"GET": Cell("verification.view_verdict")},
    "/claims/atom/": {"GET": Cell("claims.view_claim")},
    "/claims/search/": {"GET": Cell("claims.view_claim")},
    "/claimreviews/": {"GET": Cell("claims.view_claim")},
    "/claimreviews/{id}/": {"GET": Cell("claims.view_claim")},
    "/webhooks/": {"GET": Cell("claims.view_webhook"), "POST": HOOK},
    "/webhooks/{id}/": {"GET": Cell("claims.view_webhook"), "DELETE": UNHOOK},
    "/webhooks/{id}/rotate/": {"POST": ROTATE},
    "/deliveries/": {"GET": Cell("claims.view_delivery")},
    "/deliveries/{id}/": {"GET": Cell("claims.view_delivery")},
    "/deliveries/{id}/replay/": {"POST": REPLAY},
    "/check/": {"POST": Cell("claims.view_claim", sent='{"text": "a"}')},
    "/relations/": {"GET": Cell("verification.view_relation")},
    "/relations/{id}/": {"GET": Cell("verification.view_relation")},
    "/events/": {"GET": Cell("verification.view_event")},
}
EVERY_PERMISSION = sorted(
    {cell.permission for methods in MATRIX.values() for cell in methods.values()} - {""}
)
#: what is nobody's to see without a key, also where the settings let the unknown read
NOT_PUBLIC = {
    "/submissions/",
    "/submissions/{id}/",
    *(path for path in MATRIX if path.startswith(("/webhooks/", "/deliveries/", "/imports/"))),
}


@pytest.fixture
def rows() -> dict[str, int]:
    """One row of everything, by the first part of its address."""
    relation = RelationFactory()
    mention = MentionFactory()
    imported, _ = import_review(read_review(review()))
    return {
        "imports": imported.pk,
        "submissions": SubmissionFactory().pk,
        "sources": mention.revision.article.source_id,
        "articles": mention.revision.article_id,
        "revisions": mention.revision_id,
        "mentions": mention.pk,
        "claims": mention.claim_id,
        "verdicts": VerdictFactory().pk,
        "relations": relation.pk,
        "events": EventFactory().pk,
        "claimreviews": PublishedClaimFactory().pk,
        "webhooks": (delivery := DeliveryFactory()).webhook_id,
        "deliveries": delivery.pk,
    }


def _call(client: APIClient, method: str, path: str, rows: dict[str, int]) -> Any:
    cell = MATRIX[path].get(method)
    row = rows.get(path.split("/")[1])
    if cell in (DECIDE, MOVE, UNDO, TAKE, GIVE_BACK):
        row = ClaimFactory().pk  # what is done to a claim is done once
    elif cell in (UNHOOK, ROTATE, REPLAY):
        delivery = DeliveryFactory()
        row = delivery.pk if cell is REPLAY else delivery.webhook_id
    address = ROOT + path.replace("{id}", str(row))
    if path == "/claims/search/":
        address += "?query=harbour"  # it must be asked for something
    sent = cell.sent if cell else '{"text": "a"}'
    return client.generic(method, address, sent, content_type="application/json", HTTP_IF_MATCH='"1"')


def _cells(path: str) -> list[tuple[str, Cell | None]]:
    """Each method with what it does, None where the address does not know it."""
    known = MATRIX[path] | ({"HEAD": MATRIX[path]["GET"]} if "GET" in MATRIX[path] else {})
    return [(method, known.get(method)) for method in METHODS]


def test_the_matrix_has_every_operation_of_the_api() -> None:
    paths = SchemaGenerator().get_schema(public=True)["paths"]
    served = {re.sub("^/api/v1", "", path): {m.upper() for m in item} for path, item in paths.items()}
    assert served == {path: set(methods) for path, methods in MATRIX.items()}


def test_the_matrix_has_every_address_also_one_that_describes_itself_not() -> None:
    served: dict[str, set[str]] = {}  # HEAD is among the actions once somebody asked
    for pattern, view, name in _addresses(api.urlpatterns):
        if name not in ("with-slash", "nothing"):  # where there is nothing, for whoever asks
            path = re.sub(r"<\w+>", "{id}", simplify_regex(pattern))
            served[path] = served.get(path, set()) | {method.upper() for method in view.actions} - {"HEAD"}
    assert served == {path: set(methods) for path, methods in MATRIX.items()}


def _addresses(patterns: Any, before: str = "") -> Iterator[tuple[str, Any, str]]:
    """Each pattern of an address, with its view and its name."""
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from _addresses(one.url_patterns, before + str(one.pattern))
        else:
            yield before + str(one.pattern), one.callback, one.name


@pytest.mark.parametrize("path", MATRIX)
def test_who_is_unknown_gets_nothing(path: str, rows: dict[str, int]) -> None:
    for method, _ in _cells(path):
        answer = _call(APIClient(), method, path, rows)
        assert answer.status_code == 401, method
        assert answer["WWW-Authenticate"] == 'Bearer realm="Twosource"'
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("path", MATRIX)
def test_who_is_unknown_reads_what_is_public_if_the_settings_say_so(
    path: str, rows: dict[str, int], settings: Any
) -> None:
    settings.API_ANONYMOUS_READING = True
    for method, cell in _cells(path):
        reads = cell is not None and method in ("GET", "HEAD") and path not in NOT_PUBLIC
        assert _call(APIClient(), method, path, rows).status_code == (200 if reads else 401), method


@pytest.mark.parametrize("path", MATRIX)
def test_each_address_takes_its_own_permission_and_no_other(path: str, rows: dict[str, int]) -> None:
    for method, cell in _cells(path):
        others = [name for name in EVERY_PERMISSION if cell is None or name != cell.permission]
        answer = _call(with_permissions(*others), method, path, rows)
        if cell is None:
            assert answer.status_code == 405, method
            continue
        if cell.permission == "":
            assert answer.status_code in cell.done
            assert _call(with_permissions(), method, path, rows).status_code in cell.done
            continue
        assert answer.status_code == 403, method
        if method != "HEAD":
            assert cell.permission in answer.json()["detail"], "a refusal names what is missing"
        assert _call(with_permissions(cell.permission), method, path, rows).status_code in cell.done, method


@pytest.mark.parametrize("path", MATRIX)
def test_an_administrator_may_do_all_that_can_be_done(path: str, rows: dict[str, int]) -> None:
    admin = as_admin()
    for method, cell in _cells(path):
        answer = _call(admin, method, path, rows)
        if cell is None:
            assert answer.status_code == 405, method
            known = {"HEAD"} if "GET" in MATRIX[path] else set()
            assert set(answer["Allow"].split(", ")) == {*MATRIX[path], *known}, method
        else:
            assert answer.status_code in cell.done, method


@pytest.mark.parametrize("role", ROLES)
def test_each_role_does_what_it_is_for(role: str, rows: dict[str, int]) -> None:
    person = UserFactory()
    person.groups.add(Group.objects.get(name=role))
    client = APIClient()
    client.force_login(person)
    for path in MATRIX:
        for method, cell in _cells(path):
            answer = _call(client, method, path, rows)
            if cell is None:
                assert answer.status_code == 405, (path, method)
            elif cell.permission in ("", *ROLES[role]):
                assert answer.status_code in cell.done, (path, method)
            else:
                assert answer.status_code == 403, (path, method)


@pytest.mark.parametrize("scope", Scope.values)
def test_a_key_takes_the_scope_as_well_as_the_permission(scope: str, rows: dict[str, int]) -> None:
    program = with_key(scope)
    for path in MATRIX:
        for method, cell in _cells(path):
            answer = _call(program, method, path, rows)
            if cell is None:
                assert answer.status_code == 405, (path, method)
            elif scope in (cell.scope, "admin"):
                assert answer.status_code in cell.done, (path, method)
            else:
                assert answer.status_code == 403, (path, method)
                assert method == "HEAD" or cell.scope in answer.json()["detail"]


@pytest.mark.parametrize("path", MATRIX)
def test_a_key_does_no_more_than_its_owner(path: str, rows: dict[str, int]) -> None:
    program = with_key("admin", owner=UserFactory())
    for method, cell in _cells(path):
        expected = {405} if cell is None else cell.done if cell.permission == "" else {403}
        assert _call(program, method, path, rows).status_code in expected, method


def test_the_root_leads_to_what_there_is(rows: dict[str, int]) -> None:
    api, links = as_admin(), as_admin().get(f"{ROOT}/").json()
    assert links["claims"] == f"http://testserver{ROOT}/claims/"
    lists = {path for path in MATRIX if path != "/" and "{id}" not in path}
    assert {link.removeprefix(f"http://testserver{ROOT}") for link in links.values()} == lists
    for name, link in links.items():
        wanted = 405 if name in ("check", "leases") else 400 if name == "claims/search" else 200
        assert api.get(link).status_code == wanted, name


def test_a_session_alone_does_not_hand_in_without_its_token() -> None:
    """Else any page that a signed-in reviewer opens could submit in their name."""
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(UserFactory(permissions=["claims.add_submission"]))
    answer = client.post(f"{ROOT}/submissions/", {"text": "a"})
    assert fault(answer, 403)["field"] == "X-CSRFToken"
    assert not Submission.objects.exists()


def test_what_there_is_nothing_of_is_not_told_to_who_is_unknown() -> None:
    assert APIClient().get(f"{ROOT}/nothing/").status_code == 401
