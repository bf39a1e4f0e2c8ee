"""Deciding over the API, by the rules of the cockpit: what was seen is named, and the workflow has the last word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.validators import URLValidator
from django.db.models import QuerySet
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ROW_ID, ReadOnlyResource, Resource
from claims.api.conditional import IF_MATCH, expected_version, stale
from claims.api.idempotency import IDEMPOTENCY_KEY, idempotent
from claims.api.permissions import ChangePermissions
from claims.api.problems import Fault, Invalid
from claims.api.sent import Sent, TextField, read
from claims.models.keys import Scope
from verification.api.filters import VerdictFilters
from verification.api.serializers import StandingSerializer, VerdictSerializer
from verification.models import Standing, Verdict
from verification.models.words import VerdictWord, Workflow
from verification.refusals import Held, Incomplete, NotAllowed, Stale
from verification.selectors.records import merged_into
from verification.selectors.verdicts import citable, listed, readable
from verification.workflow import PUBLISHING, Decision, decide, move, take_back

MOVABLE = [
    to.value for to in Workflow if to not in (Workflow.DECIDED, Workflow.SECOND_REVIEW, Workflow.MERGED_INTO)
]
_CITED = "mention:"
_CITATION = re.compile(f"{_CITED}{ROW_ID}")
_LONGEST_EVIDENCE = 2000
_MOST_EVIDENCE = 50
_REFUSALS = (404, 409, 412, 422, 428)


class EvidenceField(TextField):
    """An http(s) address, or ``mention:`` and the id of a mention of the claim."""

    def to_internal_value(self, data: Any) -> Any:
        text: str = super().to_internal_value(data)
        if _CITATION.fullmatch(text):
            return text
        try:
            URLValidator(schemes=["http", "https"])(text)
        except DjangoValidationError:
            raise serializers.ValidationError(
                "neither an http(s) address nor a mention", code="bad_evidence"
            ) from None
        return text


class DecisionSerializer(Sent):
    """A verdict to be given."""

    verdict = serializers.ChoiceField(choices=VerdictWord.values)
    note = TextField(required=False, allow_blank=True, max_length=5000, default="")
    evidence = serializers.ListField(
        child=EvidenceField(max_length=_LONGEST_EVIDENCE),
        required=False,
        max_length=_MOST_EVIDENCE,
        help_text="what it rests on: addresses, and mentions of the claim as mention:<id>",
    )
    second_review = serializers.BooleanField(
        required=False, default=False, help_text="whether another person has to confirm it"
    )
    blind = serializers.BooleanField(
        required=False, default=False, help_text="whether they do so without seeing this one"
    )


class MoveSerializer(Sent):
    """Where a claim is to go in review."""

    to = serializers.ChoiceField(choices=MOVABLE)
    reason = TextField(required=False, allow_blank=True, max_length=2000, default="")


class DecidedSerializer(serializers.Serializer[Any]):
    """A verdict that was given, and how the claim stands by it."""

    verdict = VerdictSerializer()
    standing = StandingSerializer()


OF_CLAIM = OpenApiParameter("id", int, OpenApiParameter.PATH, description="The claim's id.")
_DECIDE = """By the rules of the cockpit: `If-Match` names what was seen; `refuted` and `mostly_refuted` need
evidence; `mixed`, `misleading_context` and `unverifiable` a note; whoever confirms a verdict in second review is
another person than who gave it. Who gives it is the owner of the key."""
_DECISION = OpenApiExample(
    "A verdict",
    request_only=True,
    value={
        "verdict": "refuted",
        "note": "The port's own books say 21 percent.",
        "evidence": ["https://port-ellery.example/books/2024-05"],
    },
)


@extend_schema_view(
    list=extend_schema(
        summary="List verdicts",
        description="What people decided, newest first. A blind verdict is seen once the second is given.",
    ),
    retrieve=extend_schema(summary="Read a verdict"),
)
class VerdictViewSet(ReadOnlyResource):
    queryset = Verdict.objects.all()
    serializer_class = VerdictSerializer
    filterset_class = VerdictFilters

    def get_queryset(self) -> QuerySet[Verdict]:
        return readable(listed(Verdict.objects.all()), person(self.request))


class OfClaim(Resource):
    """Something that is done to a claim."""

    pagination_class = None
    filter_backends: list[Any] = []
    sparse_actions = frozenset()
    scopes = {"POST": Scope.REVIEW}
    problems = {"create": _REFUSALS}

    def expected(self, request: Request, claim_id: int) -> int:
        """The version that was seen. Raises NotFound where the claim is none, or leads to another."""
        self.check_claim(claim_id)
        return expected_version(request)

    def check_claim(self, claim_id: int) -> None:
        """Raises NotFound where there is no such claim, or it was merged into another."""
        if not Standing.objects.filter(claim=claim_id, claim__merged_into=None).exists():
            heir = merged_into(claim_id)
            where = f" It was merged into claim {heir}: decide that one." if heir else ""
            raise NotFound(f"There is no claim {claim_id}.{where}")


class ClaimVerdictViewSet(OfClaim):
    queryset = Verdict.objects.all()
    serializer_class = DecidedSerializer

    @extend_schema(
        operation_id="claims_verdicts_create",
        summary="Give a verdict",
        description=_DECIDE,
        parameters=[OF_CLAIM, IF_MATCH, IDEMPOTENCY_KEY],
        request=DecisionSerializer,
        responses={201: OpenApiResponse(DecidedSerializer, "Given.")},
        examples=[_DECISION],
    )
    @idempotent
    def create(self, request: Request, id: str) -> Response:
        claim_id, actor = int(id), person(request)
        version = self.expected(request, claim_id)
        sent = read(DecisionSerializer, request.data)
        evidence = sent.get("evidence", [])
        _check_citations(claim_id, evidence)
        decision = Decision(VerdictWord(sent["verdict"]), sent["note"], tuple(evidence))
        with refusing(request, sent):
            standing = decide(
                claim_id,
                decision,
                actor=actor,
                second_review=sent["second_review"],
                blind=sent["blind"],
                expected_version=version,
            )
        verdict = listed(Verdict.objects.filter(claim=claim_id, reviewer=actor.pk)).latest("pk")
        return _changed(DecidedSerializer({"verdict": verdict, "standing": standing}), standing)


class VerdictUndoViewSet(OfClaim):
    queryset = Verdict.objects.all()
    serializer_class = StandingSerializer

    @extend_schema(
        operation_id="claims_verdicts_undo_create",
        summary="Take a verdict back",
        description="The last thing done to the claim, by who gave it, within UNDO_MINUTES: the claim stands again "
        "where it stood before. The verdict stays on record as withdrawn.",
        parameters=[OF_CLAIM, IF_MATCH, IDEMPOTENCY_KEY],
        request=None,
        responses={201: OpenApiResponse(StandingSerializer, "Taken back.")},
    )
    @idempotent
    def create(self, request: Request, id: str) -> Response:
        claim_id = int(id)
        version = self.expected(request, claim_id)
        with refusing(request, {}):
            standing = take_back(claim_id, actor=person(request), expected_version=version)
        return _changed(StandingSerializer(standing), standing)


class ClaimMoveViewSet(OfClaim):
    queryset = Standing.objects.all()
    serializer_class = StandingSerializer
    permission_classes = [ChangePermissions]

    @extend_schema(
        operation_id="claims_moves_create",
        summary="Move a claim through review",
        description="From where it is only some places can be reached; the answer to another says which.",
        parameters=[OF_CLAIM, IF_MATCH, IDEMPOTENCY_KEY],
        request=MoveSerializer,
        responses={201: OpenApiResponse(StandingSerializer, "Moved.")},
    )
    @idempotent
    def create(self, request: Request, id: str) -> Response:
        claim_id, actor = int(id), person(request)
        version = self.expected(request, claim_id)
        sent = read(MoveSerializer, request.data)
        to = Workflow(sent["to"])
        if to in PUBLISHING and not actor.has_perm("verification.publish_standing"):
            raise PermissionDenied(
                f"User {actor.get_username()!r} lacks the permission 'verification.publish_standing'."
            )
        with refusing(request, sent):
            standing = move(claim_id, to, actor=actor, reason=sent["reason"], expected_version=version)
        return _changed(StandingSerializer(standing), standing)


@contextmanager
def refusing(request: Request, sent: Mapping[str, Any]) -> Iterator[None]:
    """The workflow's refusals as problems: 412 for what is stale, 422 for what is incomplete, else 409."""
    try:
        yield
    except Stale as refusal:
        raise stale(request, str(refusal)) from None
    except Incomplete as refusal:
        message, value = str(refusal), sent.get(refusal.field)
        remedy = f"Add {refusal.field!r}."
        raise Invalid(
            Fault("body", refusal.field, "incomplete", message, value, remedy), status=422
        ) from None
    except NotAllowed as refusal:
        code = "held" if isinstance(refusal, Held) else "not_allowed"
        remedy = "Do as the message says; the claim's 'workflow' tells where it is."
        raise Invalid(Fault("path", "id", code, str(refusal), None, remedy), status=409) from None


def _check_citations(claim_id: int, evidence: list[str]) -> None:
    cited = {place: int(e.removeprefix(_CITED)) for place, e in enumerate(evidence) if e.startswith(_CITED)}
    known = citable(claim_id, cited.values()) if cited else frozenset()
    remedy = "Cite mentions that the claim shows, as mention:<id>."
    faults = [
        Fault(
            "body",
            f"evidence.{place}",
            "not_of_this_claim",
            "no mention of this claim",
            evidence[place],
            remedy,
        )
        for place, mention in cited.items()
        if mention not in known
    ]
    if faults:
        raise Invalid(*faults, status=422)


def _changed(serializer: serializers.BaseSerializer[Any], standing: Standing) -> Response:
    headers = {"ETag": f'"{standing.version}"'}
    return Response(serializer.data, status=status.HTTP_201_CREATED, headers=headers)


def person(request: Request) -> User:
    return request.user  # type: ignore[return-value] # or the unknown, who has no permissions
