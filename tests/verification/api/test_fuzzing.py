"""Requests that schemathesis makes up from the OpenAPI document: none breaks the server or its own description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig

from claims.services.keys import create
from tests.benchmarks.as_described import CONFIG, hooks
from tests.factories import (
    AdminFactory,
    AssessmentFactory,
    EventFactory,
    OriginMemberFactory,
    RelationFactory,
    StepFactory,
    SubmissionFactory,
)

document: Any = SchemaGenerator().get_schema(public=True)
assert hooks, "what no schema can say: registered as it is imported"
schema = schemathesis.openapi.from_dict(document, config=SchemathesisConfig.from_path(CONFIG))
schema.app = get_wsgi_application()


@pytest.fixture
def _one_connection(db: None) -> Iterator[None]:
    """As Django's test client does: a request's end leaves the connection, and the test's transaction, open."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def authorization(_one_connection: None, settings: Any) -> str:
    """An administrator's, with some rows to find."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.API_RATE = "100000/minute"
    relation = RelationFactory()
    AssessmentFactory(claim=relation.a)
    OriginMemberFactory(origin__claim=relation.a, mention=relation.comparison.a)
    EventFactory(claim=relation.a)
    StepFactory(submission=SubmissionFactory())
    _, token = create(owner=AdminFactory(), name="fuzzing", scopes=["admin"])
    return f"Bearer {token}"


@schema.parametrize()
@settings(
    max_examples=6,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_request_breaks_the_server_or_the_description(case: Any, authorization: str) -> None:
    answer = case.call(headers={"Authorization": authorization})
    case.validate_response(answer, headers={"Authorization": authorization})
