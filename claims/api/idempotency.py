"""``Idempotency-Key``: a request that may be sent again without being done again.

After draft-ietf-httpapi-idempotency-key-header: the answer to the first is kept for a day and given again; the
same key with another request is refused. What was refused is not kept, so that it can be put right.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.problems import Fault, Invalid
from claims.models import Answered
from claims.services.answering import KEPT_FOR, answered

HEADER = "Idempotency-Key"
KEPT_HEADERS = ("Location", "ETag")
IDEMPOTENCY_KEY = OpenApiParameter(
    HEADER,
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description=f"A word of your own for this request, such as a UUID: sent again within {KEPT_FOR.days} day, the "
    "request is not done again, and the answer is that of the first.",
    pattern=r"^[!-~]{1,200}$",
)
_KEY = re.compile(r"[!-~]{1,200}")


def idempotent(handler: Callable[..., Response]) -> Callable[..., Response]:
    """Make a view's action one that can be asked for again. What it does, and its answer, are one transaction."""

    @wraps(handler)
    def once(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(HEADER)
        if key is None:
            return handler(view, request, *args, **kwargs)
        if not _KEY.fullmatch(key):
            remedy = "Give 1 to 200 letters, digits or signs of ASCII, without spaces, such as a UUID."
            raise Invalid(Fault("header", HEADER, "bad_key", "this is no such key", key[:200], remedy))
        with transaction.atomic():
            row, new = answered(request.user, key, _digest(request))
            if not new:
                return _again(row, request)
            response = handler(view, request, *args, **kwargs)
            row.status = response.status_code
            row.body = json.loads(JSONRenderer().render(response.data))
            row.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
            row.save(update_fields=["status", "body", "headers"])
        return response

    return once


def _again(row: Answered, request: Request) -> Response:
    if row.digest != _digest(request):
        message = "this key was used for another request"
        remedy = "Use another key, or send what was sent with this one."
        raise Invalid(Fault("header", HEADER, "used_before", message, row.key, remedy), status=422)
    return Response(row.body, status=row.status, headers={**row.headers, "Idempotent-Replayed": "true"})


def _digest(request: Request) -> str:
    """Of what is asked for: method, address, and body, whatever the order of its fields."""
    parts = [request.method, request.get_full_path(), request.headers.get("If-Match", ""), request.data]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()
