"""Errors as problem details (RFC 9457): what is wrong with which field and value, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from rest_framework import serializers
from rest_framework.exceptions import APIException, ErrorDetail

MEDIA_TYPE = "application/problem+json"
LONGEST_VALUE = 200  # characters of a refused value that are shown

_MOMENT = "Give date, time and offset, such as 2025-02-18T09:30:00Z (in an address, + is written %2B)."
#: what would be right, by the code of what is wrong; "" where the message says it all
REMEDIES: Mapping[str, str] = {
    "required": "Add the field.",
    "null": "Leave the field out, or give it a value.",
    "blank": "Give it some text, or leave the field out.",
    "max_length": "Shorten it.",
    "invalid_choice": "Use words of that list; in an address, several are divided by commas.",
    "invalid": "Give a value of the type that the schema at /api/schema/ names.",
    "null_characters_not_allowed": "Remove the NUL characters.",
    "surrogate_characters_not_allowed": "Send text in UTF-8 without lone surrogates.",
    "empty_text": "Send the article's text; an address alone is sent as 'url'.",
    "not_one_content": "Send one of 'text', 'html' and 'url'; beside text or html, 'url' is an address.",
    "not_one_document": "Send either 'jsonld' or 'html'.",
    "unknown_field": "Remove it, or correct its name.",
    "no_timezone": _MOMENT,
    "not_a_moment": _MOMENT,
    "not_a_day": "Give year, month and day, such as 2025-02-18.",
    "not_a_flag": "Give true or false.",
    "not_a_number": "Give a number, such as 12.5.",
    "not_an_id": "Give the number that lists show as 'id'.",
    "bad-url": "Give a full http or https address, such as https://example.org/news/story.",
    "too_large": "Send less: only the article itself, without pictures or scripts.",
    "parse_error": "Send valid JSON in UTF-8.",
    "not_a_list": "Send one object, or a list of objects.",
    "too_many": "Send the rest in another request.",
    "bad_evidence": "Give an http(s) address, or a mention that the claim shows, as mention:<id>.",
    "empty": "Send at least one object.",
}
#: title and remedy of what is wrong with a whole request, by its status
PROBLEMS: Mapping[int, tuple[str, str]] = {
    400: ("The request is not valid", "Correct what 'errors' names and send it again."),
    401: ("Who are you?", "Send a key: Authorization: Bearer tws_... (or sign in at /admin/)."),
    403: ("Not permitted", "Ask an administrator for the permission, or for a key with the scope."),
    404: ("Not found", "/api/docs/ tells the addresses, and their lists show what there is."),
    405: ("Method not allowed", "Use one of the methods in the Allow header."),
    406: ("No such representation", "Accept application/json."),
    409: ("Not possible as things stand", "Do what 'detail' says, or look at the claim again."),
    412: ("Changed since you saw it", "Read it again, and decide on what it says now."),
    413: ("Too large", "Send less."),
    414: ("The address is too long", "Ask for less at once: fewer filters, or shorter values."),
    415: ("Unsupported media type", "Send application/json."),
    422: ("Understood, and refused", "Correct what 'errors' names and send it again."),
    428: ("Say what you saw", "Send If-Match with the ETag, or the version, of what you read."),
    429: ("Too many requests", "Wait as long as Retry-After says, in seconds."),
    431: ("The headers are too long", "Send fewer or shorter headers."),
    500: ("Something broke on the server", "It is logged; try again later."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: ``where`` is "query", "path", "header" or "body", ``field`` its dotted name there."""

    where: str
    field: str
    code: str
    message: str
    value: object = None
    remedy: str = ""


class Invalid(APIException):
    """A request that cannot be done as it stands, with everything that is wrong with it."""

    status_code = 400
    default_code = "invalid"

    def __init__(self, *faults: Fault, status: int = 400) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.message}" for fault in faults))
        self.faults = faults
        self.status_code = status


def too_large() -> Invalid:
    """What a request is that has more bytes than the settings allow."""
    message = f"the request has more than {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes"
    return Invalid(Fault("body", "", "too_large", message, None, REMEDIES["too_large"]), status=413)


class FaultSerializer(serializers.Serializer[Fault]):
    where = serializers.ChoiceField(
        choices=["query", "path", "header", "body"], help_text="where the field is"
    )
    field = serializers.CharField(help_text="its name; 'a.b' for b inside of a, '' for the whole")
    code = serializers.CharField(help_text="stable, for programs")
    message = serializers.CharField(help_text="what is wrong, for people")
    value = serializers.JSONField(help_text="what was sent, shortened; null if nothing was")
    remedy = serializers.CharField(help_text="what would be right", allow_blank=True)


class ProblemSerializer(serializers.Serializer[Any]):
    """Problem details of RFC 9457."""

    type = serializers.CharField(help_text="a URN for the kind of problem")
    title = serializers.CharField()
    status = serializers.IntegerField(help_text="the HTTP status")
    detail = serializers.CharField()
    remedy = serializers.CharField(help_text="what to do about it")
    errors = FaultSerializer(  # type: ignore[assignment] # Serializer.errors is another thing
        many=True, help_text="one for each thing that is wrong; may be empty"
    )


def problem(status: int, detail: str, faults: Iterable[Fault] = ()) -> dict[str, Any]:
    """The body of an error."""
    phrase = HTTPStatus(status).phrase
    title, remedy = PROBLEMS.get(status, (phrase, ""))
    return {
        "type": f"urn:twosource:problem:{phrase.lower().replace(' ', '-')}",
        "title": title,
        "status": status,
        "detail": detail,
        "remedy": remedy,
        "errors": [asdict(fault) for fault in faults],
    }


def faults_of(errors: Any, sent: Any, where: str = "body") -> Iterator[Fault]:
    """What REST framework's nested ``errors`` say, one by one, with the values that were sent."""
    for path, error in _leaves(errors, ()):
        code = error.code or "invalid"
        value = _shown(_value(sent, path))
        yield Fault(where, _sendable(".".join(path)), code, str(error), value, REMEDIES.get(code, ""))


def _leaves(errors: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], ErrorDetail]]:
    if isinstance(errors, ErrorDetail):
        yield path, errors
    elif isinstance(errors, Mapping):
        for name, inner in errors.items():
            yield from _leaves(inner, path if name == "non_field_errors" else (*path, str(name)))
    elif isinstance(errors, list):
        for place, inner in enumerate(errors):
            yield from _leaves(inner, path if isinstance(inner, ErrorDetail) else (*path, str(place)))


def _value(sent: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        if isinstance(sent, list) and name.isdigit() and int(name) < len(sent):
            sent = sent[int(name)]
        elif isinstance(sent, Mapping):
            sent = sent.get(name)
        else:
            return None
    return sent


def _shown(value: Any) -> Any:
    """A value as an error shows it: whole if it is small."""
    if value is None or isinstance(value, bool | int | float):
        return value
    text = _sendable(value if isinstance(value, str) else repr(value))
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}... ({len(text)} characters)"


def _sendable(text: str) -> str:
    """``text`` without halves of surrogate pairs, which JSON can carry here and UTF-8 cannot carry back."""
    return text.encode("utf-8", "replace").decode()
