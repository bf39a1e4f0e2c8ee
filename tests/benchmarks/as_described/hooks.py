"""What schemathesis cannot know from schemas: see the package.

Only requests that are to be taken are put right here; what is to be refused is sent as it was made up.
"""

from __future__ import annotations

import base64
from typing import Any

import schemathesis

from claims.api.pagination import Place


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    if case.meta is None or case.meta.generation.mode.is_negative:
        return
    query = case.query or {}
    if "cursor" in query:  # one that this list gave out in this order
        number = sum(map(ord, str(query["cursor"])))
        query["cursor"] = Place(query.get("ordering", "-id"), float(number), number).encode()
    if "pageToken" in query:
        number = sum(map(ord, str(query["pageToken"]))) % 1000
        query["pageToken"] = base64.urlsafe_b64encode(f"search:{number}".encode()).decode()
    if case.path.endswith("/claims/search/") and not {"query", "q", "reviewPublisherSiteFilter"} & set(query):
        query["query"] = "harbour"  # one of them is needed, which OpenAPI cannot say of parameters
    if "url" in query:
        query["url"] = _address(query["url"])
    case.query = query
    for part in case.body if isinstance(case.body, list) else [case.body]:
        if isinstance(part, dict) and "url" in part:
            part["url"] = _address(part["url"])
        if isinstance(part, dict) and "evidence" in part:
            part["evidence"] = [_address(one) for one in part["evidence"]]


def _address(made_up: str) -> str:
    """An address of the web: what else a schema's format lets be a URI ("a:b") is no place for an article."""
    is_one = made_up.startswith(("http://", "https://")) and "example" in made_up
    return made_up if is_one else f"https://desk.example/{sum(map(ord, made_up))}"
