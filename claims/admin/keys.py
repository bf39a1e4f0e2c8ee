"""API keys: made, shown once, replaced and ended. A key acts for its owner: only who may act for them sees it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from claims.admin.base import ReadOnlyAdmin, badge
from claims.models import ApiKey
from claims.models.keys import Scope
from claims.services.keys import KeyRefused, create, ended, revoke, rotate

CHANGE = "claims.change_apikey"
_HOURS = [(0, "at once"), (1, "in an hour"), (24, "in a day"), (168, "in a week")]


class KeyForm(forms.Form):
    """A new key. Its owner is asked for only where it may be another than who makes it."""

    name = forms.CharField(max_length=100, help_text="what it is for, such as the program that uses it")
    scopes = forms.MultipleChoiceField(
        choices=Scope.choices, initial=[Scope.READ], widget=forms.CheckboxSelectMultiple
    )
    expires_at = forms.DateTimeField(
        label="Expires",
        required=False,
        help_text="UTC; empty: it does not expire",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    owner = forms.ModelChoiceField(
        queryset=User.objects.filter(is_active=True),
        help_text="for whom it acts: it may do what they may, within its scopes",
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        if not user.is_superuser:
            del self.fields["owner"]


class RotationForm(forms.Form):
    """For how long what is replaced goes on beside what replaces it."""

    hours = forms.TypedChoiceField(label="The old one ends", choices=_HOURS, coerce=int, initial=24)


@admin.register(ApiKey)
class ApiKeyAdmin(ReadOnlyAdmin):
    list_display = ["name", "state", "prefix", "owner", "scopes", "last_used_at", "expires_at", "created_at"]
    list_select_related = ["owner"]
    list_filter = [("owner", admin.RelatedOnlyFieldListFilter), ("revoked_at", admin.EmptyFieldListFilter)]
    search_fields = ["name", "prefix", "owner__username"]
    sortable_by = ["last_used_at", "expires_at", "created_at"]
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("claims.add_apikey")

    def get_urls(self) -> list[URLPattern]:
        rotate_view = self.admin_site.admin_view(require_POST(self.rotate_view))
        revoke_view = self.admin_site.admin_view(require_POST(self.revoke_view))
        return [
            path("<int:key_id>/rotate/", rotate_view, name="claims_apikey_rotate"),
            path("<int:key_id>/revoke/", revoke_view, name="claims_apikey_revoke"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        user = _user(request)
        form = KeyForm(request.POST or None, user=user, initial={"owner": user})
        if form.is_valid():
            data = form.cleaned_data
            try:
                key, token = create(
                    owner=data.get("owner") or user,
                    name=data["name"],
                    scopes=data["scopes"],
                    expires_at=data["expires_at"],
                )
            except KeyRefused as refusal:
                form.add_error("expires_at" if "expires" in str(refusal) else None, str(refusal))
            else:
                self.log_addition(request, key, [{"added": {}}])
                return self._show_once(request, key, token)
        return self._page(request, "form.html", title="Make an API key", form=form)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        key = self.get_object(request, object_id)
        if not self.has_view_permission(request, key):
            raise PermissionDenied
        if key is None:
            return self.missing(request, object_id)
        live = not ended(key)
        return self._page(
            request,
            "key.html",
            title=str(key),
            key=key,
            state=self.state(key),
            successor=ApiKey.objects.filter(replaces=key).first(),
            may_rotate=live and self._may_rotate(request, key),
            may_revoke=live and request.user.has_perm(CHANGE),
            rotation=RotationForm(),
        )

    def rotate_view(self, request: HttpRequest, key_id: int) -> HttpResponse:
        """Replace a key by a new one, which is shown once."""
        key = self.get_object(request, str(key_id))
        if key is not None and not self._may_rotate(request, key):
            raise PermissionDenied
        if key is None:
            return self.missing(request, str(key_id))
        form = RotationForm(request.POST)
        if not form.is_valid():
            messages.error(request, "Say when the old key ends.")
            return self._to(key)
        try:
            new, token = rotate(key, grace=timedelta(hours=form.cleaned_data["hours"]))
        except KeyRefused as refusal:
            messages.error(request, str(refusal))
            return self._to(key)
        self.log_change(request, key, f"replaced by {new.prefix}")
        return self._show_once(request, new, token)

    def revoke_view(self, request: HttpRequest, key_id: int) -> HttpResponse:
        """End a key now and for good."""
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        key = self.get_object(request, str(key_id))
        if key is None:
            return self.missing(request, str(key_id))
        revoke(key)
        self.log_change(request, key, "revoked")
        messages.success(request, f"Key {key.prefix} is revoked: nothing can be done with it any more.")
        return self._to(key)

    @admin.display(description="state")
    def state(self, key: ApiKey) -> SafeString:
        if key.revoked_at is not None:
            return badge("failed", "revoked")
        return badge("due", "expired") if ended(key) else badge("done", "live")

    def _may_rotate(self, request: HttpRequest, key: ApiKey) -> bool:
        """Who sees the new key can act for its owner: the owner themselves, or who may do all."""
        own = request.user.has_perm(CHANGE) and key.owner_id == request.user.pk
        return own or _user(request).is_superuser

    def _show_once(self, request: HttpRequest, key: ApiKey, token: str) -> HttpResponse:
        """Not by way of a redirect: the key would have to be kept somewhere."""
        return self._page(request, "made.html", title=f"Key {key}", key=key, token=token)

    def _page(self, request: HttpRequest, template: str, **more: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media, **more}
        return TemplateResponse(request, f"admin/claims/apikey/{template}", context)

    def _to(self, key: ApiKey) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:claims_apikey_change", args=[key.pk]))


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
