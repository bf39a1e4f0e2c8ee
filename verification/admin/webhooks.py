"""Webhooks for people: made, switched on and off, given another secret; and what came of telling them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from claims.admin.base import ReadOnlyAdmin, badge
from claims.admin.keys import RotationForm
from claims.fetching import Unreadable, canonical_url
from claims.models import Delivery, Step, Webhook
from claims.services import webhooks
from verification.models.words import EventKind
from verification.services.announcing import last_position

CHANGE, REPLAY = "claims.change_webhook", "claims.change_delivery"


class WebhookForm(forms.Form):
    name = forms.CharField(max_length=100, help_text="what it is for, such as the program behind it")
    url = forms.CharField(
        label="Address", max_length=2000, help_text="http or https, at a host that is public"
    )
    kinds = forms.MultipleChoiceField(
        required=False,
        choices=[(kind.value, f"{kind.value}: {kind.label}") for kind in EventKind],
        widget=forms.CheckboxSelectMultiple,
        help_text="the kinds of events it wants; none: all",
    )

    def clean_url(self) -> str:
        try:
            canonical_url(self.cleaned_data["url"])
        except Unreadable as error:
            raise ValidationError(error.message) from None
        return str(self.cleaned_data["url"])


@admin.register(Webhook)
class WebhookAdmin(ReadOnlyAdmin):
    list_display = ["name", "state", "url", "wants", "waiting", "given_up", "owner", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["name", "url"]
    sortable_by = ["created_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Webhook]:
        steps = "deliveries__step__state"
        pending = Q(**{f"{steps}__in": [Step.State.PENDING, Step.State.RUNNING]})
        return (
            super()
            .get_queryset(request)
            .annotate(
                pending_count=Count("deliveries", filter=pending),
                failed_count=Count("deliveries", filter=Q(**{steps: Step.State.FAILED})),
            )
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("claims.add_webhook")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("claims.delete_webhook")

    def get_urls(self) -> list[URLPattern]:
        def post_only(view: Any) -> Any:
            return self.admin_site.admin_view(require_POST(view))

        return [
            path("<int:webhook_id>/rotate/", post_only(self.rotate_view), name="claims_webhook_rotate"),
            path("<int:webhook_id>/switch/", post_only(self.switch_view), name="claims_webhook_switch"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = WebhookForm(request.POST or None)
        if form.is_valid():
            webhook, secret = webhooks.add_webhook(
                owner=cast(User, request.user), follows=last_position(), **form.cleaned_data
            )
            self.log_addition(request, webhook, [{"added": {}}])
            return self._show_once(request, webhook, secret)
        return self._page(request, "form.html", title="Make a webhook", form=form)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        webhook = self.get_object(request, object_id)
        if webhook is None:
            return self.missing(request, object_id)
        recent = webhook.deliveries.select_related("step").defer("body").order_by("-pk")[:20]
        return self._page(
            request,
            "webhook.html",
            title=webhook.name,
            webhook=webhook,
            state=self.state(webhook),
            recent=[(row, badge(row.step.state)) for row in recent],
            rotation=RotationForm(),
            may_change=request.user.has_perm(CHANGE),
            may_delete=self.has_delete_permission(request),
        )

    def rotate_view(self, request: HttpRequest, webhook_id: int) -> HttpResponse:
        """Give it another secret, which is shown once."""
        webhook = self._to_change(request, webhook_id)
        form = RotationForm(request.POST)
        if webhook is None or not form.is_valid():
            messages.error(request, "Say when the old secret ends.")
            return HttpResponseRedirect(reverse("admin:claims_webhook_changelist"))
        row, secret = webhooks.rotate(webhook, grace=timedelta(hours=form.cleaned_data["hours"]))
        self.log_change(request, row, "given another secret")
        return self._show_once(request, row, secret)

    def switch_view(self, request: HttpRequest, webhook_id: int) -> HttpResponse:
        """On or off. What happens while it is off is told when it is on again."""
        webhook = self._to_change(request, webhook_id)
        if webhook is None:
            return self.missing(request, str(webhook_id))
        on = webhooks.switch(webhook)
        self.log_change(request, webhook, "switched on" if on else "switched off")
        return HttpResponseRedirect(reverse("admin:claims_webhook_change", args=[webhook_id]))

    @admin.display(description="state")
    def state(self, webhook: Webhook) -> SafeString:
        return badge("done", "on") if webhook.active else badge("due", "off")

    @admin.display(description="wants")
    def wants(self, webhook: Webhook) -> str:
        return ", ".join(webhook.kinds) or "everything"

    @admin.display(description="waiting")
    def waiting(self, webhook: Any) -> int:
        return int(webhook.pending_count)

    @admin.display(description="given up")
    def given_up(self, webhook: Any) -> SafeString | int:
        return badge("failed", str(webhook.failed_count)) if webhook.failed_count else 0

    def _to_change(self, request: HttpRequest, webhook_id: int) -> Webhook | None:
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        return self.get_object(request, str(webhook_id))

    def _show_once(self, request: HttpRequest, webhook: Webhook, secret: str) -> HttpResponse:
        """Not by way of a redirect: the secret would have to be kept somewhere."""
        return self._page(request, "made.html", title=webhook.name, webhook=webhook, secret=secret)

    def _page(self, request: HttpRequest, template: str, **more: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media, **more}
        return TemplateResponse(request, f"admin/claims/webhook/{template}", context)


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """What was sent, or could not be; what was given up can be sent again."""

    list_display = [
        "message_id",
        "webhook",
        "kind",
        "state",
        "attempts",
        "error",
        "delivered_at",
        "created_at",
    ]
    list_select_related = ["webhook", "step"]
    list_filter = ["step__state", ("webhook", admin.RelatedOnlyFieldListFilter), "kind"]
    search_fields = ["message_id"]
    sortable_by = ["created_at"]
    list_per_page = 50
    actions = ["send_again"]
    fields = [
        "webhook",
        "message_id",
        "kind",
        "state",
        "attempts",
        "error",
        "body",
        "delivered_at",
        "created_at",
    ]

    def has_replay_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(REPLAY)

    @admin.action(description="Send again", permissions=["replay"])
    def send_again(self, request: HttpRequest, deliveries: QuerySet[Delivery]) -> None:
        chosen = list(deliveries.select_related("step"))
        again = sum(webhooks.replay(delivery) for delivery in chosen)
        messages.success(request, f"{again} will be sent again.")
        if again < len(chosen):
            messages.warning(request, f"{len(chosen) - again} wait to be sent already.")

    @admin.display(description="state")
    def state(self, delivery: Delivery) -> SafeString:
        return badge(delivery.step.state)

    @admin.display(description="attempts")
    def attempts(self, delivery: Delivery) -> int:
        return delivery.step.attempts

    @admin.display(description="error")
    def error(self, delivery: Delivery) -> str:
        return delivery.step.error
