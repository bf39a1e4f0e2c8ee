"""Feeds: which are read, how they do and why one is paused; adding one, and trying it out before."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from claims.admin.base import ReadOnlyAdmin, badge
from claims.fetching import Unreadable
from claims.models import Feed, Source, Submission
from claims.services.feeds import CannotKeep, Trial, add_feed, edit_feed, pause, poll_now, resume, try_feed

CHANGE = "claims.change_feed"
MOST_SHOWN = 50
MINUTE = 60


class FeedForm(forms.Form):
    url = forms.URLField(
        label="Address",
        max_length=2000,
        assume_scheme="https",
        help_text="of the feed, news sitemap or index of sitemaps",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    source = forms.ModelChoiceField(
        queryset=Source.objects.order_by("name"), help_text="who publishes what it lists"
    )
    least = forms.IntegerField(
        label="At most every", initial=5, min_value=1, max_value=10_080, help_text="minutes"
    )
    most = forms.IntegerField(
        label="At least every",
        initial=360,
        min_value=1,
        max_value=10_080,
        help_text="minutes; between the two it is asked as often as its news come",
    )
    backfill_days = forms.IntegerField(
        label="Days to look back",
        initial=7,
        min_value=0,
        max_value=3650,
        help_text="what was published earlier, before the feed was added, is not taken",
    )

    def options(self) -> dict[str, Any]:
        """What the services take; the form must be valid."""
        data = self.cleaned_data
        return {
            "url": data["url"],
            "source": data["source"],
            "interval_min": data["least"] * MINUTE,
            "interval_max": data["most"] * MINUTE,
            "backfill_days": data["backfill_days"],
        }


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("read", "read"), ("failing", "failing"), ("paused", "paused")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Feed]) -> QuerySet[Feed]:
        if self.value() == "paused":
            return queryset.filter(paused_at__isnull=False)
        if self.value() == "failing":
            return queryset.filter(paused_at=None, failures__gt=0)
        return queryset.filter(paused_at=None, failures=0) if self.value() == "read" else queryset


@admin.register(Feed)
class FeedAdmin(ReadOnlyAdmin):
    """Every change goes through :mod:`claims.services.feeds`, which leaves an event."""

    list_display = ["url", "source", "state", "trouble", "format", "polled_at", "new_at"]
    list_filter = [StateFilter, "format"]
    list_select_related = ["source"]
    search_fields = ["url", "source__name", "title"]
    search_help_text = "address, source or title"
    sortable_by = ["polled_at", "new_at"]
    list_per_page = 50

    def get_urls(self) -> list[URLPattern]:
        act = self.admin_site.admin_view(require_POST(self.act))
        return [path("<int:feed_id>/act/", act, name="claims_feed_act"), *super().get_urls()]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("claims.add_feed")

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Add a feed; with the button "Try it", only show what would be taken from it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = FeedForm(request.POST or None)
        trial = None
        if form.is_valid():
            try:
                if "try" in request.POST:
                    trial = try_feed(
                        form.cleaned_data["url"], backfill_days=form.cleaned_data["backfill_days"]
                    )
                else:
                    feed = add_feed(actor=request.user, **form.options())  # type: ignore[arg-type]
                    messages.success(request, "The feed is read from now on.")
                    return HttpResponseRedirect(self._after(request, feed))
            except Unreadable as error:
                form.add_error("url", f"{error.message} ({error.code})")
            except CannotKeep as error:
                form.add_error(None, str(error))
        return self._page(request, "form.html", title="Add a feed", form=form, trial=_shown(trial))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """How a feed does, what it brought last and what happened to it; for who may, its settings."""
        feed = self.get_object(request, object_id)
        if not self.has_view_permission(request, feed):
            raise PermissionDenied
        if feed is None:
            return self.missing(request, object_id)
        may_change = request.user.has_perm(CHANGE)
        form = FeedForm(request.POST or None, initial=_initial(feed)) if may_change else None
        if request.method == "POST":
            if form is None:
                raise PermissionDenied
            if form.is_valid():
                try:
                    edit_feed(feed.pk, actor=request.user, **form.options())  # type: ignore[arg-type]
                except Unreadable as error:
                    form.add_error("url", error.message)
                except CannotKeep as error:
                    form.add_error(None, str(error))
                else:
                    messages.success(request, "The feed was changed.")
                    return HttpResponseRedirect(request.path)
        taken = (
            Submission.objects.filter(feed=feed).select_related("revision").defer("payload", "revision__text")
        )
        return self._page(
            request,
            "feed.html",
            title=feed.title or feed.url,
            feed=feed,
            state=self.state(feed),
            form=form,
            may_change=may_change,
            events=feed.events.select_related("actor")[:MOST_SHOWN],
            taken=taken.order_by("-pk")[:20],
        )

    def act(self, request: HttpRequest, feed_id: int) -> HttpResponse:
        """Pause a feed with a reason, read it again, or poll it now."""
        if not (request.user.has_perm(CHANGE) and self.has_view_permission(request)):
            raise PermissionDenied
        feed = self.get_object(request, str(feed_id))
        if feed is None:
            return self.missing(request, str(feed_id))
        action, actor = request.POST.get("action"), request.user
        try:
            if action == "pause":
                pause(feed_id, request.POST.get("reason", ""), actor=actor)  # type: ignore[arg-type]
                messages.success(request, "The feed is paused.")
            elif action == "resume":
                resume(feed_id, actor=actor)  # type: ignore[arg-type]
                messages.success(request, "The feed is read again.")
            elif action == "poll":
                poll_now(feed_id)
                messages.success(request, "The feed is polled now.")
            else:
                messages.error(request, f"There is no action {action!r}: it is pause, resume or poll.")
        except CannotKeep as error:
            messages.error(request, f"Not done: {error}")
        return HttpResponseRedirect(reverse("admin:claims_feed_change", args=[feed_id]))

    def _page(self, request: HttpRequest, template: str, **more: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media, **more}
        return TemplateResponse(request, f"admin/claims/feed/{template}", context)

    def _after(self, request: HttpRequest, feed: Feed) -> str:
        if self.has_view_permission(request):
            return reverse("admin:claims_feed_change", args=[feed.pk])
        return reverse("admin:index")

    @admin.display(description="state")
    def state(self, feed: Feed) -> SafeString:
        if feed.paused_at is not None:
            return badge("failed", "paused")
        return badge("pending", f"failing ({feed.failures})") if feed.failures else badge("done", "read")

    @admin.display(description="trouble")
    def trouble(self, feed: Feed) -> str | None:
        return (feed.paused_reason or feed.error)[:200] or None


def _initial(feed: Feed) -> dict[str, Any]:
    return {
        "url": feed.url,
        "source": feed.source_id,
        "least": -(-feed.interval_min // MINUTE),
        "most": feed.interval_max // MINUTE,
        "backfill_days": feed.backfill_days,
    }


def _shown(trial: Trial | None) -> dict[str, Any] | None:
    """A trial as the page shows it: each group with what it means, cut where it is long."""
    if trial is None:
        return None
    groups = [
        ("would be taken", trial.new),
        ("known already", trial.known),
        ("would be left out: too old, or without a date in a sitemap", trial.left),
    ]
    return {
        "trial": trial,
        "groups": [(words, len(found), found[:MOST_SHOWN]) for words, found in groups if found],
    }
