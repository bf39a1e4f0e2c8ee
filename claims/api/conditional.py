"""Conditional requests (RFC 9110, 13): answers that need not be sent again, and changes to what was seen.

The tag of a claim begins with the claim's version, ``"7-1f0c..."``; what writes takes the tag, or just ``"7"``.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from typing import Any

from django.http import HttpResponseBase, HttpResponseNotModified
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import http_date, parse_etags, parse_http_date_safe
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.problems import Fault, Invalid

IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description='The claim as it was seen: its ETag, or its version in quotes, such as "7".',
    pattern=r'^(W/)?"[0-9]{1,9}(-[0-9a-f]{1,64})?"$',
)
_TAG = re.compile(r'(?:W/)?"([0-9]{1,9})(?:-[0-9a-f]{1,64})?"')
_REMEDY = 'Read the claim, and send If-Match with its ETag, or its version in quotes, such as "7".'


def expected_version(request: Request) -> int:
    """The version that If-Match names. Raises Invalid: 428 where it is missing, 400 where it names none."""
    given = request.headers.get("If-Match", "").strip()
    if not given:
        message = "a claim may change between the look and the decision: say which version was seen"
        raise Invalid(Fault("header", "If-Match", "required", message, None, _REMEDY), status=428)
    tag = _TAG.fullmatch(given)
    if tag is None:
        message = "this names no version of a claim"
        raise Invalid(Fault("header", "If-Match", "bad_tag", message, given[:200], _REMEDY))
    return int(tag[1])


def stale(request: Request, message: str) -> Invalid:
    """What to raise where the claim is no longer as If-Match says."""
    given = request.headers.get("If-Match", "")[:200]
    remedy = "Read the claim again, decide on what it says now, and send its new ETag."
    return Invalid(Fault("header", "If-Match", "stale", message, given, remedy), status=412)


def tagged(request: Request, response: Response, *, version: int | None, modified: datetime | None) -> None:
    """Give ``response`` its tag once it is rendered, or make a 304 of it if the client has it already."""
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Authorization"])
    if modified is not None:
        response["Last-Modified"] = http_date(modified.timestamp())

    def tag(rendered: Any) -> HttpResponseBase | None:
        digest = hashlib.sha256(rendered.content).hexdigest()[:32]
        rendered["ETag"] = f'"{digest}"' if version is None else f'"{version}-{digest}"'
        return _not_modified(rendered) if _is_known(request, rendered, modified) else None

    response.add_post_render_callback(tag)


def _is_known(request: Request, rendered: Any, modified: datetime | None) -> bool:
    """Whether the client has this answer: If-None-Match says it, and only where that is not sent, the time."""
    tags = parse_etags(request.headers.get("If-None-Match", ""))
    if tags:
        return "*" in tags or rendered["ETag"] in [tag.removeprefix("W/") for tag in tags]
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return modified is not None and since is not None and int(modified.timestamp()) <= since


def _not_modified(rendered: Any) -> HttpResponseNotModified:
    answer = HttpResponseNotModified()
    for name in ("ETag", "Last-Modified", "Cache-Control", "Vary"):
        if name in rendered:
            answer[name] = rendered[name]
    return answer
