"""Calling the API as somebody, and reading what it answers."""

from __future__ import annotations

from typing import Any

from rest_framework.test import APIClient

from claims.services.keys import create
from tests.factories import AdminFactory, UserFactory

ROOT = "/api/v1"


def as_admin() -> APIClient:
    """A signed-in client who may do everything."""
    client = APIClient()
    client.force_login(AdminFactory())
    return client


def with_permissions(*names: str) -> APIClient:
    """A signed-in client who may do what is named, such as "claims.view_article"."""
    client = APIClient()
    client.force_login(UserFactory(permissions=list(names)))
    return client


def with_key(*scopes: str, owner: Any = None) -> APIClient:
    """A program with a key of these scopes; its owner is an administrator if none is given."""
    _, token = create(owner=owner or AdminFactory(), name="a program", scopes=scopes)
    return APIClient(HTTP_AUTHORIZATION=f"Bearer {token}")


def ids(answer: Any) -> list[int]:
    """The ids of a list, in its order."""
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["results"]]


def fault(answer: Any, status: int = 400) -> dict[str, Any]:
    """The one thing that is wrong, of an answer that must be a problem."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    (found,) = body["errors"]
    assert found["remedy"], "an error says what would be right"
    return dict(found)
