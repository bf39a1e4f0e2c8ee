"""What the OpenAPI document says that cannot be read off the code: the errors of operations, and examples."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiRequest,
    OpenApiResponse,
    PolymorphicProxySerializer,
    extend_schema,
)
from rest_framework import serializers

from claims.api.base import Resource
from claims.api.handing_in import LARGEST_BATCH, ContentField, IncomingSerializer
from claims.api.idempotency import IDEMPOTENCY_KEY
from claims.api.parameters import WEB_ADDRESS
from claims.api.problems import MEDIA_TYPE, PROBLEMS, ProblemSerializer
from claims.api.sent import LinkField, Sent
from claims.api.sparse import FIELDS, SPARSE
from claims.extraction.types import Kind

#: named by ``ENUM_NAME_OVERRIDES`` in the settings
MENTION_KINDS = [kind.value for kind in Kind]

ARTICLE = {
    "url": "https://harbour-post.example/news/cargo-falls",
    "source": "Harbour Post",
    "title": "Cargo falls",
    "published": "2025-02-18T09:30:00Z",
    "text": "The harbour of Port Ellery lost 12 percent of its cargo in May, the port authority said.",
}
LINK = {"url": "https://harbour-post.example/news/cargo-falls"}
SUBMISSION = {
    "id": 17,
    "state": "extracting",
    "error": None,
    "notes": ["88 characters"],
    "steps": [
        {
            "kind": "fetch",
            "state": "done",
            "attempts": 1,
            "error_code": "",
            "error": "",
            "note": "88 characters",
            "finished": "2025-02-18T10:00:01Z",
        },
        {
            "kind": "extract",
            "state": "running",
            "attempts": 1,
            "error_code": "",
            "error": "",
            "note": "",
            "finished": None,
        },
    ],
    "kind": "text",
    "channel": "api",
    "label": "https://harbour-post.example/news/cargo-falls",
    "url": "https://harbour-post.example/news/cargo-falls",
    "article": {
        "id": 5,
        "url": "https://harbour-post.example/news/cargo-falls",
        "source": "Harbour Post",
        "title": "Cargo falls",
        "revision": 1,
    },
    "created": "2025-02-18T10:00:00Z",
}
_SUBMIT = """Hand in one article, or a list of at most 100.

An article is a `text`, an `html` page, or a `url` to fetch it from; with a text or a page, `url` is the
article's address. Reading it takes seconds: watch the submission at the address in `Location` until its
`state` is `done` or `failed`.

- **202**: it was taken in, and will be read; also what was handed in before and led to no article that still stands.
- **200**: the same was handed in before; the answer is that submission. One that had failed is tried again.
- **207**: a list, of which some were refused; each result has the status that it would have had alone.
- **400**: refused, or a list of which each was; then `errors` names the number of each, as in `0.text`.
"""


IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of an answer that you have: if it still holds, the answer is 304 without a body.",
    "schema": {"type": "string"},
}


#: text without NUL; and such of which some is more than white space, as which Python counts FS to US and NEL, too
_LINE, _TEXT = r"^[^\x00]*$", r"^[^\x00]*[^\s\x00\x1c-\x1f\x85][^\x00]*$"


class Operations(AutoSchema):
    """Adds to each operation what all share: conditions, sparse fields, and the problems it may answer with."""

    def _get_parameters(self) -> list[dict[str, Any]]:
        parameters: list[dict[str, Any]] = super()._get_parameters()
        for parameter in parameters:
            if parameter["in"] == "query":
                parameter["schema"] |= self._limits(parameter["name"], parameter["schema"])
        if self.method != "GET" or not isinstance(self.view, Resource):
            return parameters
        parameters.append(IF_NONE_MATCH)
        if self._sparse():
            names = ", ".join(self.view.field_names())
            description = f"Of each row only these fields, divided by commas: {names}."
            one = f"({'|'.join(self.view.field_names())})"
            schema = {"type": "string", "pattern": f"^{one}(,{one})*$"}
            parameters.append(
                {
                    "name": FIELDS,
                    "in": "query",
                    "required": False,
                    "description": description,
                    "schema": schema,
                }
            )
        return parameters

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> dict[str, Any]:
        told: dict[str, Any] = super()._map_basic_serializer(serializer, direction)
        sent = serializer() if isinstance(serializer, type) else serializer
        if not isinstance(sent, Sent):
            return told
        fields: dict[str, Any] = dict(sent.fields)
        for name, field in fields.items():
            of_list = isinstance(field, serializers.ListField)
            one = told["properties"][name]["items"] if of_list else told["properties"][name]
            one |= _limits_of(field.child if of_list else field, one)
        return {**told, "additionalProperties": False, **sent.rules}

    def _get_request_body(self, direction: Any = "request") -> dict[str, Any] | None:
        body: dict[str, Any] | None = super()._get_request_body(direction)
        return {**body, "required": True} if body else None  # also where each of its fields may be left out

    def _unwrap_list_serializer(self, serializer: Any, direction: Any) -> dict[str, Any] | None:
        told: dict[str, Any] | None = super()._unwrap_list_serializer(serializer, direction)
        if told and getattr(serializer, "max_length", None):
            told |= {"minItems": 1, "maxItems": serializer.max_length}
        return told

    def _limits(self, name: str, schema: dict[str, Any]) -> dict[str, Any]:
        """What a query parameter may be beyond its type."""
        if schema.get("type") == "array":
            return {"minItems": 1}
        if schema.get("type") != "string" or {"enum", "format", "pattern"} & set(schema):
            return {}
        filters = getattr(getattr(self.view, "filterset_class", None), "base_filters", {})
        most = filters[name].extra.get("max_length") if name in filters else None
        return {"pattern": _TEXT, **({"maxLength": most} if most else {})}

    def _sparse(self) -> bool:
        view: Any = self.view
        return self.method == "GET" and isinstance(view, Resource) and view.action in view.sparse_actions

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies = super()._get_response_bodies(direction)
        if self.method == "GET" and isinstance(self.view, Resource):
            bodies["304"] = {"description": "What If-None-Match names still holds."}
        if self._sparse():
            bodies["200"]["content"][SPARSE] = {"schema": {"type": "object"}}
        for status in self._problems():
            body = self._get_response_for_code(ProblemSerializer, str(status), [MEDIA_TYPE], direction)
            bodies.setdefault(str(status), body | {"description": PROBLEMS[status][0]})
        return bodies

    def _problems(self) -> list[int]:
        found = {400, 401, 403, 406, 414, 429}
        if self.method == "POST":
            found |= {413, 415}
        elif not self._is_list_view():
            found |= {404}
        view: Any = self.view
        return sorted(found | set(view.problems.get(view.action, ())))


def _limits_of(field: Any, schema: dict[str, Any]) -> dict[str, Any]:
    """What text of a body may be beyond its type and length."""
    if schema.get("type") != "string" or {"enum", "format", "pattern"} & set(schema):
        return {}
    if isinstance(field, LinkField):
        return WEB_ADDRESS
    never_blank = not field.allow_blank or isinstance(field, ContentField)
    return {"pattern": _TEXT if never_blank else _LINE}


def SUBMIT(one: Any, batch: Any) -> Callable[[Any], Any]:  # noqa: N802 - a decorator in the making
    """The description of ``POST /submissions/``, which answers ``one``, or for a list ``batch``."""
    either = PolymorphicProxySerializer(
        component_name="Articles",
        serializers=[
            IncomingSerializer,
            IncomingSerializer(many=True, max_length=LARGEST_BATCH),  # type: ignore[call-arg]
        ],
        resource_type_field_name=None,
        many=False,
    )
    answer = PolymorphicProxySerializer(
        component_name="Taken", serializers=[one, batch], resource_type_field_name=None, many=False
    )
    location = OpenApiParameter(
        "Location",
        OpenApiTypes.URI,
        OpenApiParameter.HEADER,
        description="Where to watch the submission; not for a list.",
        response=[202, 200],
    )
    examples = [
        OpenApiExample("A text", value=ARTICLE, request_only=True),
        OpenApiExample("A link", value=LINK, request_only=True),
        OpenApiExample("A batch", value=[ARTICLE, LINK], request_only=True),
        OpenApiExample("Taken in", value=SUBMISSION, response_only=True, status_codes=["202", "200"]),
    ]
    return extend_schema(
        summary="Hand in articles",
        description=_SUBMIT,
        parameters=[location, IDEMPOTENCY_KEY],
        request=OpenApiRequest(either),
        responses={
            202: OpenApiResponse(answer, "Taken in."),
            200: OpenApiResponse(one, "Known already."),
            207: OpenApiResponse(batch, "Some of the list were refused."),
        },
        examples=examples,
    )
