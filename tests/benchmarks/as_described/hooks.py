"""What schemathesis cannot know from schemas: see the package.

Only requests that are to be taken are put right here; what is to be refused is sent as it was made up.
"""

from __future__ import annotations

import base64
import re
from typing import Any

import schemathesis
from hypothesis import strategies as st

from claims.api.pagination import Place

# An address of the web: what else is a URI by its schema's format ("a:b") is no place where an article could be.
_ADDRESSES = st.from_regex(
    re.compile(
        r"https?://[a-z]{1,10}\.(example|test)(:[1-9][0-9]{1,3})?(/[a-zA-Z0-9._~%-]{0,12}){0,3}(\?[a-z]=[0-9]{0,5})?"
    ),
    fullmatch=True,
)
schemathesis.openapi.format("uri", _ADDRESSES)


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
    case.query = query
