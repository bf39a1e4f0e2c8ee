"""Webhooks: who wants to be told what happens, and what came of telling them."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.mixins import DestroyModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from claims.api.base import ReadOnlyResource
from claims.api.parameters import Id, words
from claims.api.permissions import ChangePermissions
from claims.api.problems import Fault, Invalid
from claims.api.sent import LinkField, Sent, TextField, read
from claims.fetching import Unreadable, canonical_url
from claims.models import Delivery, Step, Webhook
from claims.services import webhooks
from verification.models.words import EventKind
from verification.services.announcing import last_position

GRACE = timedelta(days=1)
_ABOUT = """As [Standard Webhooks](https://www.standardwebhooks.com) has it: a POST of
`{"type": "claim.<kind>", "timestamp", "data": {an event}}` with the headers `webhook-id`, `webhook-timestamp` and
`webhook-signature` (HMAC-SHA256, `v1`). What is not answered with 2xx is sent again, ten times in more than a day, and
then kept to be replayed. Messages may come out of order: `data.position` tells it. An address that is not public gets
none."""
_SECRET_HELP = "signs what is sent; it is in no other answer"  # noqa: S105 - not one


class WebhookSerializer(serializers.ModelSerializer[Webhook]):
    """An address that is told what happens."""

    kinds = serializers.ListField(
        child=serializers.CharField(), help_text="the kinds of events it wants; none: all"
    )
    owner = serializers.CharField(source="owner.username")
    position = serializers.IntegerField(
        source="follows", help_text="the last event that was looked at for it"
    )
    created = serializers.DateTimeField(source="created_at")

    class Meta:
        model = Webhook
        fields = ["id", "name", "url", "kinds", "active", "owner", "position", "created"]


class MadeSerializer(WebhookSerializer):
    """A webhook with its secret."""

    secret = serializers.CharField(help_text=_SECRET_HELP)

    class Meta(WebhookSerializer.Meta):
        fields = [*WebhookSerializer.Meta.fields, "secret"]


class NewWebhookSerializer(Sent):
    """A webhook to be made. It is told what happens from now on."""

    name = TextField(max_length=100, help_text="what it is for")
    url = LinkField(max_length=2000, help_text="an http(s) address at a public host")
    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=EventKind.choices),
        required=False,
        max_length=50,
        help_text="such as decided; none: all",
    )

    def validate_url(self, url: str) -> str:
        try:
            canonical_url(url)
        except Unreadable as error:
            raise serializers.ValidationError(error.message, code=error.code) from None
        return url


class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    """One message to one webhook, and how far it is."""

    webhook = serializers.IntegerField(source="webhook_id", help_text="the webhook's id")
    type = serializers.CharField(source="kind", help_text="such as claim.decided")
    state = serializers.ChoiceField(
        source="step.state",
        choices=Step.State.values,
        help_text="failed: given up, and kept to be sent again",
    )
    attempts = serializers.IntegerField(source="step.attempts")
    error_code = serializers.CharField(source="step.error_code")
    error = serializers.CharField(source="step.error")
    due = serializers.DateTimeField(source="step.due_at", help_text="not to be sent before")
    delivered = serializers.DateTimeField(source="delivered_at", allow_null=True)
    created = serializers.DateTimeField(source="created_at")

    class Meta:
        model = Delivery
        fields = [
            "id",
            "webhook",
            "message_id",
            "type",
            "state",
            "attempts",
            "error_code",
            "error",
            "due",
            "delivered",
            "created",
        ]


class DeliveryFilters(filters.FilterSet):
    webhook = Id(field_name="webhook", help_text="The webhook's id.")
    state = words("step__state", Step.State.values, "How far it is")

    class Meta:
        model = Delivery
        fields: list[str] = []


EXAMPLE = OpenApiExample(
    "Verdicts only",
    request_only=True,
    value={
        "name": "news desk",
        "url": "https://desk.example/hooks/claims",
        "kinds": ["decided", "published", "retracted"],
    },
)


@extend_schema_view(
    list=extend_schema(summary="List webhooks", description="Newest first; never with their secrets."),
    retrieve=extend_schema(summary="Read a webhook"),
    destroy=extend_schema(
        summary="Delete a webhook", description="With its deliveries.", responses={204: None}
    ),
)
class WebhookViewSet(DestroyModelMixin, ReadOnlyResource):
    queryset = Webhook.objects.select_related("owner")
    serializer_class = WebhookSerializer
    public = False

    @extend_schema(
        summary="Make a webhook",
        description=_ABOUT,
        request=NewWebhookSerializer,
        responses={201: OpenApiResponse(MadeSerializer, "Made. The secret is shown this once.")},
        examples=[EXAMPLE],
    )
    def create(self, request: Request) -> Response:
        sent = read(NewWebhookSerializer, request.data)
        row, _ = webhooks.add_webhook(
            owner=cast(User, request.user),
            name=sent["name"],
            url=sent["url"],
            kinds=sent.get("kinds", []),
            follows=last_position(),
        )
        where = reverse("webhook-detail", args=[row.pk], request=request)
        return Response(MadeSerializer(row).data, status=status.HTTP_201_CREATED, headers={"Location": where})


@extend_schema_view(
    create=extend_schema(
        operation_id="webhooks_rotate_create",
        summary="Give a webhook another secret",
        description="For a day messages are signed with both, so that none is refused meanwhile.",
        request=None,
        responses={201: OpenApiResponse(MadeSerializer, "The new secret, shown this once.")},
    )
)
class WebhookRotationViewSet(ReadOnlyResource):
    queryset = Webhook.objects.select_related("owner")
    serializer_class = WebhookSerializer
    permission_classes = [ChangePermissions]
    pagination_class = None
    sparse_actions = frozenset()
    problems = {"create": (404,)}
    public = False

    def create(self, request: Request, pk: str) -> Response:
        row, _ = webhooks.rotate(self.get_object(), grace=GRACE)
        return Response(MadeSerializer(row).data, status=status.HTTP_201_CREATED)


@extend_schema_view(
    list=extend_schema(
        summary="List deliveries",
        description="What was sent to webhooks, or could not be, newest first.",
    ),
    retrieve=extend_schema(summary="Read a delivery"),
)
class DeliveryViewSet(ReadOnlyResource):
    serializer_class = DeliverySerializer
    filterset_class = DeliveryFilters
    queryset = Delivery.objects.all()
    public = False

    def get_queryset(self) -> QuerySet[Delivery]:
        return Delivery.objects.filter(step__isnull=False).select_related("step").defer("body")


@extend_schema_view(
    create=extend_schema(
        operation_id="deliveries_replay_create",
        summary="Send a delivery once more",
        description="One that was given up, or delivered; with the same `webhook-id`.",
        request=None,
        responses={202: OpenApiResponse(DeliverySerializer, "It will be sent.")},
    )
)
class ReplayViewSet(ReadOnlyResource):
    serializer_class = DeliverySerializer
    queryset = Delivery.objects.filter(step__isnull=False).select_related("step")
    public = False
    permission_classes = [ChangePermissions]
    pagination_class = None
    sparse_actions = frozenset()
    problems = {"create": (404, 409)}

    def create(self, request: Request, pk: str) -> Response:
        delivery = self.get_object()
        if not webhooks.replay(delivery):
            message = f"delivery {delivery.pk} waits to be sent already"
            remedy = "Wait until it is done or failed."
            raise Invalid(Fault("path", "id", "not_ended", message, delivery.pk, remedy), status=409)
        again = self.get_object()
        return Response(DeliverySerializer(again).data, status=status.HTTP_202_ACCEPTED)
