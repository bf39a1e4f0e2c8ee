"""Checking a text that is not stored: which known claims it makes."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import Resource
from claims.api.documentation import MENTION_KINDS
from claims.api.handing_in import MomentField
from claims.api.permissions import ReadPermissions
from claims.api.sent import Sent, TextField, read
from claims.extraction.types import Attribution
from claims.models import Claim
from claims.models.keys import Scope
from verification.api.documentation import CHECK_EXAMPLE, CHECKED_EXAMPLE
from verification.api.serializers import (
    RELATIONS,
    ClaimBriefSerializer,
    TraceSerializer,
    VerdictField,
)
from verification.models.words import Basis
from verification.selectors.checking import Match, Place, check

LONGEST = 50_000  # characters: some 8,000 words, read in a few seconds


class DraftSerializer(Sent):
    """A text that somebody is writing."""

    text = TextField(
        max_length=LONGEST, trim_whitespace=False, help_text="offsets of the answer count its code points"
    )
    published = MomentField(
        required=False, help_text="the moment that words such as 'yesterday' count from; now if not given"
    )


class OriginsSerializer(serializers.Serializer[Any]):
    """Where a claim's information comes from, in a sentence for each independent origin."""

    against = serializers.ListField(child=serializers.CharField(), help_text="the origins against it")

    def get_fields(self) -> dict[str, Any]:
        affirming = serializers.ListField(child=serializers.CharField(), help_text="the origins for it")
        return {"for": affirming, **super().get_fields()}  # a keyword of Python


class KnownClaimSerializer(ClaimBriefSerializer):
    """A known claim with what an editor needs to see of it."""

    basis = serializers.ChoiceField(source="standing.basis", choices=Basis.values)
    verdict = VerdictField(source="standing.verdict")
    needs_review = serializers.BooleanField(source="standing.needs_review")
    origins = serializers.SerializerMethodField()

    class Meta(ClaimBriefSerializer.Meta):
        fields = [*ClaimBriefSerializer.Meta.fields, "needs_review", "basis", "verdict", "origins"]

    @extend_schema_field(OriginsSerializer)
    def get_origins(self, claim: Claim) -> dict[str, list[str]]:
        assessment = getattr(claim, "assessment", None)
        found = assessment.explanation if assessment else {}
        return {side: list(found.get(side, [])) for side in ("for", "against")}


class MatchSerializer(serializers.Serializer[Match]):
    """A known claim that the text touches, and how the text stands to it."""

    claim = KnownClaimSerializer()
    relation = serializers.ChoiceField(source="comparison.relation.value", choices=RELATIONS)
    confidence = serializers.FloatField(source="comparison.confidence")
    newer = serializers.ChoiceField(
        choices=["text", "known"], allow_null=True, help_text="of an update: which has the later value"
    )
    mention = serializers.IntegerField(source="mention.pk", help_text="the known mention that was compared")
    words = serializers.CharField(source="mention.text", help_text="the words of that mention")
    reasons = serializers.ListField(
        child=serializers.CharField(), help_text="what both share, for which they were compared at all"
    )
    trace = TraceSerializer(
        source="comparison.trace", many=True, help_text="side a is the text, side b the known mention"
    )


class PlaceSerializer(serializers.Serializer[Place]):
    """A place of the text that makes a claim."""

    start = serializers.IntegerField(source="mention.start")
    end = serializers.IntegerField(source="mention.end", help_text="exclusive")
    text = serializers.CharField(source="mention.text")
    wording = serializers.CharField(source="mention.claim", help_text="the claim, worded to stand alone")
    kind = serializers.ChoiceField(source="mention.kind.value", choices=MENTION_KINDS)
    speaker = serializers.CharField(
        source="mention.speaker", allow_null=True, help_text="who says it, null for the text itself"
    )
    attribution = serializers.ChoiceField(
        source="mention.attribution.value", choices=[a.value for a in Attribution]
    )
    checkworthiness = serializers.FloatField(source="mention.checkworthiness")
    matches = MatchSerializer(
        many=True, help_text="the same claim first, then what contradicts, updates and supports it; at most 5"
    )


class CheckedSerializer(serializers.Serializer[Any]):
    claims = PlaceSerializer(many=True, help_text="every place that makes a claim, in the text's order")


@extend_schema_view(
    create=extend_schema(
        operation_id="check_create",
        summary="Check a text",
        description="Answers which claims a text makes and what is known of each: for an editor's plug-in, to "
        "underline a draft. Nothing is stored. It takes about twice the time of reading the text.",
        request=DraftSerializer,
        responses={200: OpenApiResponse(CheckedSerializer, "What the text claims.")},
        examples=[CHECK_EXAMPLE, CHECKED_EXAMPLE],
    )
)
class CheckViewSet(Resource):
    queryset = Claim.objects.all()
    permission_classes = [ReadPermissions]
    scopes = {"POST": Scope.READ}
    public = False  # reading a text takes more of the server than reading a row

    def create(self, request: Request) -> Response:
        draft = read(DraftSerializer, request.data)
        places = check(draft["text"], draft.get("published") or timezone.now())
        return Response(CheckedSerializer({"claims": places}).data)
