"""Handing something in: what may be sent, what is refused and why, and how far a submission has come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError as DjangoValidationError
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

from claims.api.parameters import moment
from claims.api.problems import REMEDIES, Fault, Invalid, faults_of
from claims.api.sent import LinkField, Sent, TextField
from claims.fetching import Unreadable, canonical_url
from claims.models import Step, Submission
from claims.selectors.submissions import State, steps_in_order, trouble
from claims.services.submitting import Incoming, submit

LARGEST_BATCH = 100
_LONGEST_URL = 2000
_SHOWN = 80  # characters of a text without a title that name it in lists


@extend_schema_field(OpenApiTypes.DATETIME)
class MomentField(serializers.CharField):
    """An ISO 8601 date and time with its offset from UTC."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            return moment(super().to_internal_value(data))
        except DjangoValidationError as error:
            raise serializers.ValidationError(error.message, code=error.code) from None


class ContentField(TextField):
    """An article's text or page, of which something must be more than white space."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, allow_blank=True, trim_whitespace=False, **options)

    def run_validation(self, data: Any = empty) -> Any:
        text = super().run_validation(data)
        if not text.strip():
            raise serializers.ValidationError("there is nothing in it", code="empty_text")
        return text


class IncomingSerializer(Sent):
    """An article to be read: its text, its HTML page, or a link from which to fetch it."""

    rules = {
        "if": {"required": ["text"]},
        "then": {"not": {"required": ["html"]}},
        "else": {"if": {"not": {"required": ["html"]}}, "then": {"required": ["url"]}},
    }

    text = ContentField(help_text="the article's text")
    html = ContentField(help_text="the article's page")
    url = LinkField(
        required=False,
        max_length=_LONGEST_URL,
        help_text="the article's address; it is fetched from there if neither text nor html is given",
    )
    title = TextField(required=False, max_length=500, allow_blank=True)
    source = TextField(  # type: ignore[assignment] # a field of that name
        required=False,
        max_length=200,
        allow_blank=True,
        help_text="who published it, such as the outlet's name",
    )
    publisher = TextField(required=False, max_length=200, allow_blank=True, help_text="who owns the source")
    byline = TextField(required=False, max_length=300, allow_blank=True)
    published = MomentField(required=False, help_text="when it was published, with the offset from UTC")

    def validate_url(self, url: str) -> str:
        try:
            canonical = canonical_url(url)
        except Unreadable as error:
            raise serializers.ValidationError(error.message, code=error.code) from None
        if len(canonical) > _LONGEST_URL:  # escapes make it longer
            raise serializers.ValidationError(
                f"it has more than {_LONGEST_URL} characters", code="max_length"
            )
        return canonical

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs = super().validate(attrs)
        if "text" in attrs and "html" in attrs:
            raise serializers.ValidationError(
                {"html": serializers.ErrorDetail("text was given as well", code="not_one_content")}
            )
        if not {"text", "html", "url"} & set(attrs):
            raise serializers.ValidationError(
                {"text": serializers.ErrorDetail("nothing to read was given", code="not_one_content")}
            )
        return attrs


def hand_in(sent: Any, by: User) -> tuple[int, bool]:
    """Hand in one article. Returns the submission's id and whether it is new.

    Raises :class:`Invalid`, with status 413 for what is too large.
    """
    if not isinstance(sent, Mapping):
        message = f"a JSON {_json_type(sent)} is no article"
        raise Invalid(Fault("body", "", "not_a_list", message, None, REMEDIES["not_a_list"]))
    serializer = IncomingSerializer(data=sent)
    if not serializer.is_valid():
        raise Invalid(*faults_of(serializer.errors, sent))
    submission, new = submit(_incoming(serializer.validated_data), by=by)
    return submission.pk, new


def _incoming(given: Mapping[str, Any]) -> Incoming:
    kind = Submission.Kind.LINK
    payload = None
    for field in (Submission.Kind.TEXT, Submission.Kind.HTML):
        if field in given:
            kind, payload = field, given[field].encode()
            _refuse_oversize(field, payload)
    published: datetime | None = given.get("published")
    return Incoming(
        kind=kind,
        channel=Submission.Channel.API,
        label=given.get("url") or given.get("title") or " ".join(given[kind].lstrip()[:_SHOWN].split()),
        payload=payload,
        url=given.get("url", ""),
        title=given.get("title", ""),
        source=given.get("source", ""),
        publisher=given.get("publisher", ""),
        byline=given.get("byline", ""),
        published=published,
    )


def _refuse_oversize(field: str, payload: bytes) -> None:
    most = settings.MAX_ARTICLE_BYTES
    if len(payload) > most:
        message = f"it has {len(payload)} bytes, more than {most}"
        raise Invalid(Fault("body", field, "too_large", message, None, REMEDIES["too_large"]), status=413)


def _json_type(sent: Any) -> str:
    return {"NoneType": "null", "str": "string", "list": "list", "bool": "boolean"}.get(
        type(sent).__name__, "number"
    )


class StepSerializer(serializers.ModelSerializer[Step]):
    error = serializers.CharField(
        help_text="'' if there was none; a pending step with an error is tried again"
    )
    finished = serializers.DateTimeField(source="finished_at", allow_null=True)

    class Meta:
        model = Step
        fields = ["kind", "state", "attempts", "error_code", "error", "note", "finished"]
        extra_kwargs = {"kind": {"help_text": "fetch, extract, crosscheck"}}


class StepErrorSerializer(serializers.Serializer[Step]):
    """What went wrong."""

    code = serializers.CharField(source="error_code", help_text="stable, such as http-404, not-english")
    message = serializers.CharField(source="error", help_text="for people")


class SubmittedArticleSerializer(serializers.Serializer[Any]):
    """The article that came of a submission."""

    id = serializers.IntegerField(source="article.id")
    url = serializers.CharField(source="article.url")
    source = serializers.CharField(source="article.source.name")  # type: ignore[assignment] # a field of that name
    title = serializers.CharField()
    revision = serializers.IntegerField(source="number", help_text="which of the article's texts this is")


class SubmissionSerializer(serializers.ModelSerializer[Submission]):
    """Something handed in, and how far it has come."""

    state = serializers.ChoiceField(source="progress", choices=State.values)
    error = serializers.SerializerMethodField(help_text="why it failed, or why it is tried again")
    notes = serializers.SerializerMethodField(help_text="what came of each step, in a sentence")
    steps = serializers.SerializerMethodField()
    url = serializers.CharField(help_text="the article's address, '' if none was given")
    article = SubmittedArticleSerializer(
        source="revision", allow_null=True, help_text="null until it is read"
    )
    created = serializers.DateTimeField(source="created_at")

    class Meta:
        model = Submission
        fields = [
            "id",
            "state",
            "error",
            "notes",
            "steps",
            "kind",
            "channel",
            "label",
            "url",
            "article",
            "created",
        ]

    @extend_schema_field(StepErrorSerializer(allow_null=True))
    def get_error(self, submission: Submission) -> Any:
        step = trouble(submission)
        return StepErrorSerializer(step).data if step else None

    def get_notes(self, submission: Submission) -> list[str]:
        return [step.note for step in steps_in_order(submission) if step.note]

    @extend_schema_field(StepSerializer(many=True))
    def get_steps(self, submission: Submission) -> Any:
        return StepSerializer(steps_in_order(submission), many=True).data
