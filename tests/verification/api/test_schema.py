"""The OpenAPI document: complete, valid, and true of what is answered."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator
from rest_framework.test import APIClient

from tests.claims.api.calling import ROOT, as_admin, with_key
from tests.factories import (
    AssessmentFactory,
    ClaimFactory,
    ComparisonFactory,
    DeliveryFactory,
    EntityMentionFactory,
    EventFactory,
    MentionFactory,
    OriginFactory,
    OriginMemberFactory,
    QuantityFactory,
    RelationFactory,
    StepFactory,
    SubmissionFactory,
    TimeExpressionFactory,
    VerdictFactory,
)


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return dict(SchemaGenerator().get_schema(public=True))


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for item in document["paths"].values():
        for operation in item.values():
            yield operation["operationId"], operation


def _errors(document: dict[str, Any], schema: Any, value: Any) -> list[str]:
    """How ``value`` differs from ``schema``; a property that the schema does not name is a difference too."""
    whole = {**_closed(schema), "components": _closed(document["components"])}
    found = Draft202012Validator(whole).iter_errors(value)
    return [f"{'.'.join(map(str, error.path))}: {error.message[:200]}" for error in found]


def _closed(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    if closed.get("type") == "object" and "properties" in closed:
        closed["additionalProperties"] = False
    return closed


def test_the_document_is_valid_and_generated_without_a_warning(tmp_path: Any) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))


def test_operations_have_names_that_a_client_library_can_use(document: dict[str, Any]) -> None:
    resources = (
        "submissions",
        "sources",
        "articles",
        "revisions",
        "mentions",
        "claims",
        "verdicts",
        "relations",
    )
    assert {name for name, _ in _operations(document)} == {
        *(f"{resource}_list" for resource in resources),
        *(f"{resource}_retrieve" for resource in resources),
        "claims_verdicts_create",
        "claims_moves_create",
        "claims_verdicts_undo_create",
        "claims_lease_create",
        "claims_lease_destroy",
        "leases_create",
        *(f"imports_{action}" for action in ("list", "retrieve", "create")),
        "submissions_create",
        "claims_timeline_retrieve",
        "events_list",
        "claims_atom",
        *(f"webhooks_{action}" for action in ("list", "create", "retrieve", "destroy", "rotate_create")),
        *(f"deliveries_{action}" for action in ("list", "retrieve", "replay_create")),
        "claims_search",
        "claimreviews_list",
        "claimreviews_retrieve",
        "check_create",
        "root",
    }


def test_every_operation_parameter_and_error_is_described(document: dict[str, Any]) -> None:
    for name, operation in _operations(document):
        assert operation.get("summary"), name
        for parameter in operation.get("parameters", []):
            assert parameter.get("description") or parameter["in"] == "path", (name, parameter["name"])
        for status, answer in operation["responses"].items():
            assert answer["description"] or status == "200", (name, status)
        assert {"400", "401", "403"} <= set(operation["responses"]), name


def test_every_field_of_a_claim_is_there_and_as_described(document: dict[str, Any], db: None) -> None:
    answers = _everything()
    for path, address in answers.items():
        schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        value = as_admin().get(address).json()
        assert value.get("results") != [], path
        assert _errors(document, schema, value) == [], path


def test_errors_are_as_described(document: dict[str, Any], db: None) -> None:
    schema = document["components"]["schemas"]["Problem"]
    for answer in (
        APIClient().get(f"{ROOT}/claims/"),
        as_admin().get(f"{ROOT}/claims/", {"status": "x"}),
        as_admin().get(f"{ROOT}/claims/4711/"),
        as_admin().post(f"{ROOT}/submissions/", {"published": 7, "title": ["a"], "text": ""}),
    ):
        assert _errors(document, schema, answer.json()) == []


def test_the_answers_to_what_is_handed_in_are_as_described(document: dict[str, Any], db: None) -> None:
    responses = document["paths"]["/api/v1/submissions/"]["post"]["responses"]
    api = as_admin()
    for sent in ({"text": "a"}, {"text": "a"}, [{"text": "b"}], [{"text": "c"}, {}]):
        answer = api.post(f"{ROOT}/submissions/", sent)
        schema = responses[str(answer.status_code)]["content"]["application/json"]["schema"]
        assert _errors(document, schema, answer.json()) == [], answer.status_code


def test_examples_are_what_the_api_takes_and_answers(document: dict[str, Any], db: None) -> None:
    paths = document["paths"]
    submit = paths["/api/v1/submissions/"]["post"]
    for example in submit["requestBody"]["content"]["application/json"]["examples"].values():
        assert as_admin().post(f"{ROOT}/submissions/", example["value"]).status_code in (200, 202)
    claim = f"{ROOT}/claims/{{id}}/"
    for operation in (submit, paths[claim]["get"], paths[f"{claim}timeline/"]["get"]):
        for answer in operation["responses"].values():
            content = answer.get("content", {}).get("application/json", {})
            for example in content.get("examples", {}).values():
                assert _errors(document, content["schema"], example["value"]) == []


@pytest.mark.django_db
def test_the_document_and_a_page_of_it_are_served_here() -> None:
    client = APIClient()
    assert client.get("/api/schema/").status_code == 200
    page = client.get("/api/docs/").content.decode()
    assert "swagger-ui" in page
    assert "https://cdn" not in page


def _everything() -> dict[str, str]:
    """One row of everything, with every part of it: addresses by path."""
    claim = ClaimFactory(as_of_first="2025-05-01", standing__verdict="mixed", standing__workflow="decided")
    explanation = {
        "for": ["Harbour Post says so."],
        "against": [],
        "newer": [],
        "older": [{"claim_id": 1, "text": "9 percent", "newer": False}],
        "missing": "a second origin",
        "flip": "one more",
    }
    AssessmentFactory(claim=claim, explanation=explanation)
    mention = MentionFactory(claim=claim)
    QuantityFactory(mention=mention, value=None, low=12)
    TimeExpressionFactory(mention=mention)
    EntityMentionFactory(mention=mention)
    OriginMemberFactory(origin=OriginFactory(claim=claim), mention=mention)
    comparison = ComparisonFactory(a=mention, relation="updates")
    relation = RelationFactory(comparison=comparison, newer=comparison.b.claim)
    EventFactory(claim=claim, evidence={"page": 3})
    submission = SubmissionFactory(revision=mention.revision)
    StepFactory(submission=submission, state="failed", error="gone", error_code="http-410")
    ids = {
        "claims": claim.pk,
        "mentions": mention.pk,
        "revisions": mention.revision_id,
        "verdicts": VerdictFactory(claim=claim, evidence=["https://port.example/books"]).pk,
        "articles": mention.revision.article_id,
        "sources": mention.revision.article.source_id,
        "relations": relation.pk,
        "submissions": submission.pk,
        "webhooks": (delivery := DeliveryFactory()).webhook_id,
        "deliveries": delivery.pk,
    }
    lists = {f"{ROOT}/{name}/": f"{ROOT}/{name}/" for name in [*ids, "events"]}
    rows = {f"{ROOT}/{name}/{{id}}/": f"{ROOT}/{name}/{row_id}/" for name, row_id in ids.items()}
    timeline = {f"{ROOT}/claims/{{id}}/timeline/": f"{ROOT}/claims/{claim.pk}/timeline/"}
    return lists | rows | timeline


def test_a_verdict_is_given_as_the_example_says(document: dict[str, Any], db: None) -> None:
    operation = document["paths"][f"{ROOT}/claims/{{id}}/verdicts/"]["post"]
    examples = operation["requestBody"]["content"]["application/json"]["examples"]
    answered = operation["responses"]["201"]["content"]["application/json"]["schema"]
    for example in examples.values():
        where = f"{ROOT}/claims/{ClaimFactory().pk}/verdicts/"
        answer = as_admin().post(where, example["value"], HTTP_IF_MATCH='"1"')
        assert answer.status_code == 201, answer.content
        assert _errors(document, answered, answer.json()) == []


@pytest.mark.django_db
def test_the_commands_of_the_readme_are_answered() -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text()
    commands = [block for block in readme.split("\n\n") if block.startswith("    curl ")]
    assert commands
    for command in commands:
        program = with_key("read", "submit")
        words = shlex.split(command)
        given = {words[n]: words[n + 1] for n in range(1, len(words) - 1) if words[n] in ("-H", "-d")}
        (address,) = [word for word in words if word.startswith("http://127.0.0.1:8000")]
        path = address.removeprefix("http://127.0.0.1:8000")
        sent = given.get("-d")
        answer = program.post(path, sent, content_type="application/json") if sent else program.get(path)
        assert answer.status_code in (200, 202), (command, answer.content)
        assert "Authorization: Bearer $KEY" in words
