"""Answering with a problem whatever goes wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from rest_framework.exceptions import ParseError, PermissionDenied, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from claims.api.authentication import BadKey
from claims.api.problems import MEDIA_TYPE, PROBLEMS, REMEDIES, Fault, Invalid, faults_of, problem, too_large

#: what REST framework says of a session that changes something without its token
_NO_TOKEN = "CSRF Failed"  # noqa: S105 - not one


def handle(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """REST framework's exception handler: whatever it would answer, as a problem."""
    if isinstance(error, RequestDataTooBig):  # Django's own check, where it comes before the parser's
        error = too_large()
    response = exception_handler(error, dict(context))
    if response is None:
        return None
    faults = tuple(_faults(error, context["request"]))
    detail = "; ".join(f"{f.field}: {f.message}" if f.field else f.message for f in faults)
    if not detail:
        detail = str(getattr(error, "detail", None) or error) or PROBLEMS[response.status_code][0]
    response.data = problem(response.status_code, detail, faults)
    response.content_type = MEDIA_TYPE
    return response


def server_error(request: HttpRequest) -> JsonResponse:
    """The answer of last resort, for Django's ``handler500``."""
    body = problem(500, "The server met an error that nobody foresaw.")
    return JsonResponse(body, status=500, content_type=MEDIA_TYPE)


def _faults(error: Exception, request: Any) -> Iterator[Fault]:
    if isinstance(error, Invalid):
        yield from error.faults
    elif isinstance(error, BadKey):
        yield Fault("header", "Authorization", "bad_key", error.message, None, error.remedy)
    elif isinstance(error, PermissionDenied) and str(error.detail).startswith(_NO_TOKEN):
        remedy = "Send the csrftoken cookie's value as X-CSRFToken; or a key instead of the session."
        yield Fault("header", "X-CSRFToken", "csrf", str(error.detail), None, remedy)
    elif isinstance(error, ParseError):
        yield Fault("body", "", "parse_error", str(error.detail), None, REMEDIES["parse_error"])
    elif isinstance(error, ValidationError):
        if request.method in ("GET", "HEAD"):
            yield from faults_of(error.detail, request.query_params, "query")
        else:
            yield from faults_of(error.detail, request.data)
