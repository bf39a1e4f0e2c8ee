"""Requests to the API with any body and any parameters: none breaks the server."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.fuzzing.targets import JSON, prose, target

Operation = tuple[str, str, tuple[str, ...], tuple[str, ...]]  # method, path, parameters, fields of the body


@cache
def operations() -> tuple[Operation, ...]:
    """All that the API offers, from its own description."""
    from drf_spectacular.generators import SchemaGenerator

    document: Any = SchemaGenerator().get_schema(public=True)
    found = []
    for path, methods in sorted(document["paths"].items()):
        for method, told in methods.items():
            parameters = tuple(p["name"] for p in told.get("parameters", ()) if p["in"] == "query")
            found.append((method, path, parameters, tuple(sorted(_fields(document, told)))))
    return tuple(found)


def _fields(document: Any, operation: Any) -> set[str]:
    """The names of the fields of a body, at any depth."""
    names: set[str] = set()
    waiting = [operation.get("requestBody", {})]
    seen: set[str] = set()
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            names |= set(part.get("properties", {}))
            reference = part.get("$ref")
            if reference and reference not in seen:
                seen.add(reference)
                waiting.append(document["components"]["schemas"][reference.rpartition("/")[2]])
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return names


VALUES = st.one_of(
    JSON, prose(), st.sampled_from([1, 0, -1, 2**63, 2**64, 10**40, "1", "disputed", "en", "text", ["1"]])
)


@st.composite
def requests(draw: st.DrawFn) -> tuple[str, str, dict[str, str], bytes, str]:
    method, path, parameters, fields = draw(st.sampled_from(operations()))
    key = st.sampled_from(["1", "1", "2", "0", "-1", "9" * 30, "a", "%00", "..", "😀"])
    path = re.sub(r"\{[^}]*\}", lambda _: draw(key), path)
    text = st.one_of(
        st.text(max_size=20), st.sampled_from(["1", "0", "-1", "9" * 40, "\x00", "true", "2025-02-30", "NaN"])
    )
    query = draw(st.dictionaries(st.sampled_from(parameters), text, max_size=4)) if parameters else {}
    body = draw(st.dictionaries(st.sampled_from(fields), VALUES, max_size=8) if fields else JSON)
    data = draw(
        st.sampled_from(
            [
                json.dumps(body).encode(),
                json.dumps(body).encode(),
                json.dumps({"articles": [body], "items": [body]}).encode(),
                json.dumps(body).encode()[:-1],
                b"[" * 100_000,
                b'{"a":' * 100_000,
                b"9" * 100_000,
                b"\xff\xfe",
            ]
        )
    )
    kinds = [
        "application/json",
        "application/json",
        "application/json",
        "text/plain",
        "multipart/form-data; boundary=x",
        "\x7f",
    ]
    return method, path, query, data, draw(st.sampled_from(kinds))


_client: list[Any] = []


def set_up() -> None:
    """A database of its own with a few rows, and somebody who may do everything."""
    from django.conf import settings
    from django.test.runner import DiscoverRunner
    from django.test.utils import setup_test_environment

    from claims.services.keys import create
    from tests import factories as make

    setup_test_environment()
    DiscoverRunner(verbosity=0, interactive=False).setup_databases()
    settings.API_RATE = "100000000/minute"
    relation = make.RelationFactory()
    make.AssessmentFactory(claim=relation.a)
    make.OriginMemberFactory(origin__claim=relation.a, mention=relation.comparison.a)
    make.EventFactory(claim=relation.a)
    make.StepFactory(submission=make.SubmissionFactory())
    _, token = create(owner=make.AdminFactory(), name="fuzzing", scopes=["admin"])
    from rest_framework.test import APIClient

    _client.append(APIClient(HTTP_AUTHORIZATION=f"Bearer {token}", raise_request_exception=True))


@target(requests())
def api(request: tuple[str, str, dict[str, str], bytes, str]) -> None:
    from django.db import transaction
    from django.http import QueryDict

    from claims import pipeline

    method, path, query, data, kind = request
    parameters = QueryDict(mutable=True)
    parameters.update(query)
    with pipeline.in_process(), transaction.atomic():
        answer = _client[0].generic(
            method.upper(), path, data, content_type=kind, QUERY_STRING=parameters.urlencode()
        )
        transaction.set_rollback(True)
    assert answer.status_code < 500, (answer.status_code, answer.content[:300])
