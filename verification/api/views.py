"""Claims with how they stand, their relations, and what happened to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from claims import fulltext
from claims.api.base import ReadOnlyResource, Resource
from claims.api.pagination import ID, After
from claims.models import Claim
from verification.api import filters, serializers
from verification.api.documentation import CLAIM_EXAMPLE, EVENTS, MERGED
from verification.api.timelines import TIMELINE, TIMELINE_EXAMPLE, TimelineSerializer
from verification.models import Event, Relation
from verification.selectors.pairs import Compared, compared
from verification.selectors.records import Record, listed, merged_into, record, related
from verification.selectors.timelines import timeline
from verification.services.sequencing import put_in_order


@extend_schema_view(
    list=extend_schema(
        summary="List claims",
        description="Claims with how they stand, newest first. Filters on entity, source, speaker, "
        "publication and number hold of one and the same mention. Merged claims are left out.",
    ),
    retrieve=extend_schema(
        summary="Read a claim",
        description="Its status and all that it rests on: origins, mentions, relations both ways, events. "
        "A claim that was merged into another redirects there.",
        responses={200: serializers.RecordSerializer, 308: MERGED},
        examples=[CLAIM_EXAMPLE],
    ),
)
class ClaimViewSet(ReadOnlyResource):
    queryset = Claim.objects.all()
    filterset_class = filters.ClaimFilters
    orderings: Mapping[str, Any] = {
        "id": F("pk"),
        "checkworthiness": F("checkworthiness"),
        "origins_for": F("assessment__origins_for"),
    }

    def get_serializer_class(self) -> Any:
        return serializers.ClaimSerializer if self.action == "list" else serializers.RecordSerializer

    def place(self, ordering: str) -> Any:
        asked = self.request.query_params
        if filters.ClaimFilters.alone(asked):
            return F("standing__claim")
        searched = ordering == ID and "q" in asked
        return fulltext.place(asked["q"]) if searched else super().place(ordering)

    def row(self, ordering: str) -> Any:
        return F("assessment__claim") if ordering == "origins_for" else super().row(ordering)

    def get_queryset(self) -> QuerySet[Claim]:
        return listed(Claim.objects.all())

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found: QuerySet[Any] = super().filter_queryset(queryset)
        ordering = self.request.query_params.get("ordering", ID).lstrip("-")
        return found.filter(assessment__isnull=False) if ordering == "origins_for" else found

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        claim_id = int(self.kwargs["pk"])
        found: Record | None = record(claim_id, request.user)  # type: ignore[arg-type]
        if found is not None:
            self.version, self.modified = found.claim.standing.version, found.modified
            return Response(serializers.RecordSerializer(found, context=self.get_serializer_context()).data)
        return _elsewhere(request, claim_id, "claim-detail")

    @extend_schema(
        summary="Read values over time",
        description=TIMELINE,
        responses={200: TimelineSerializer, 308: MERGED},
        examples=[TIMELINE_EXAMPLE],
    )
    @action(detail=True, filter_backends=[], pagination_class=None)
    def timeline(self, request: Request, pk: str) -> Response:
        claim = self.get_queryset().filter(pk=int(pk)).first()
        if claim is None:
            return _elsewhere(request, int(pk), "claim-timeline")
        return Response(TimelineSerializer(timeline(claim), context=self.get_serializer_context()).data)


def _elsewhere(request: Request, claim_id: int, name: str) -> Response:
    """To the claim that this one was merged into. Raises NotFound where there is none."""
    heir = merged_into(claim_id)
    if heir is None:
        raise NotFound(f"There is no claim {claim_id}.")
    where = request.build_absolute_uri(reverse(name, args=[heir]))
    # A merge can be undone: nobody shall remember this answer.
    headers = {"Location": where, "Cache-Control": "no-store"}
    return Response({"merged_into": heir}, status=status.HTTP_308_PERMANENT_REDIRECT, headers=headers)


@extend_schema_view(
    list=extend_schema(
        summary="List relations", description="How claims stand to one another, newest first."
    ),
    retrieve=extend_schema(
        summary="Read a relation",
        description="With the two mentions that were compared, and the trace of the comparison.",
        responses=serializers.PairSerializer,
    ),
)
class RelationViewSet(ReadOnlyResource):
    queryset = Relation.objects.all()
    filterset_class = filters.RelationFilters
    orderings: Mapping[str, Any] = {"id": F("pk"), "confidence": F("confidence")}

    def get_serializer_class(self) -> Any:
        return serializers.RelationSerializer if self.action == "list" else serializers.PairSerializer

    def get_queryset(self) -> QuerySet[Relation]:
        rows = related(Relation.objects.all())
        return rows if self.action == "list" else rows.select_related("comparison")

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found: Compared = compared(self.get_object())
        return Response(serializers.PairSerializer(found, context=self.get_serializer_context()).data)


@extend_schema_view(list=extend_schema(summary="Follow changes", description=EVENTS))
class EventViewSet(ListModelMixin, Resource):
    queryset = Event.objects.select_related("actor")
    serializer_class = serializers.EventSerializer
    filterset_class = filters.EventFilters
    pagination_class = After

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        put_in_order()
        return super().list(request, *args, **kwargs)
