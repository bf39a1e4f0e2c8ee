"""Taking claims from the queue over the API, by the rules of the cockpit: what one holds no other decides."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import Resource
from claims.api.permissions import ModelPermissions
from claims.models.keys import Scope
from verification.api.reviewing import OF_CLAIM, OfClaim, person, refusing
from verification.models import Lease
from verification.services import leasing


class LeasePermissions(ModelPermissions):
    """Who may take a claim may give it back."""

    perms_map = ModelPermissions.perms_map | {"DELETE": ModelPermissions.perms_map["POST"]}


class LeaseSerializer(serializers.ModelSerializer[Lease]):
    """Who holds a claim, and until when."""

    claim = serializers.IntegerField(source="claim_id", help_text="the claim's id")
    holder = serializers.CharField(source="holder.username")
    taken = serializers.DateTimeField(source="taken_at")

    class Meta:
        model = Lease
        fields = ["claim", "holder", "taken", "until"]


class NextViewSet(Resource):
    queryset = Lease.objects.all()
    serializer_class = LeaseSerializer
    permission_classes = [LeasePermissions]
    pagination_class = None
    sparse_actions = frozenset()
    scopes = {"POST": Scope.REVIEW}
    public = False

    @extend_schema(
        operation_id="leases_create",
        summary="Take the next claim",
        description="The first of the queue that nobody holds is yours until the lease ends; see the README on "
        "the queue. 204 where none waits.",
        request=None,
        responses={
            201: OpenApiResponse(LeaseSerializer, "Taken."),
            204: OpenApiResponse(description="No claim waits."),
        },
    )
    def create(self, request: Request) -> Response:
        lease = leasing.take_next(person(request))
        if lease is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return Response(LeaseSerializer(lease).data, status=status.HTTP_201_CREATED)


class ClaimLeaseViewSet(OfClaim):
    queryset = Lease.objects.all()
    serializer_class = LeaseSerializer
    permission_classes = [LeasePermissions]
    scopes = {"POST": Scope.REVIEW, "DELETE": Scope.REVIEW}
    public = False
    problems = {"create": (404, 409), "destroy": (404, 409)}

    @extend_schema(
        operation_id="claims_lease_create",
        summary="Take a claim",
        description="So that no other decides it meanwhile; once more makes the lease longer.",
        parameters=[OF_CLAIM],
        request=None,
        responses={201: OpenApiResponse(LeaseSerializer, "Taken, or held longer.")},
    )
    def create(self, request: Request, id: str) -> Response:
        self.check_claim(int(id))
        with refusing(request, {}):
            lease = leasing.take(int(id), person(request))
        return Response(LeaseSerializer(lease).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="claims_lease_destroy",
        summary="Give a claim back",
        description="Another person's takes the permission for it. Nothing happens where nobody holds it.",
        parameters=[OF_CLAIM],
        request=None,
        responses={204: OpenApiResponse(description="Nobody holds it now.")},
    )
    def destroy(self, request: Request, id: str) -> Response:
        self.check_claim(int(id))
        with refusing(request, {}):
            leasing.release(int(id), person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
