"""The admin site: Django's own, with what waits for a person on its first page."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse


class SignInForm(AdminAuthenticationForm):
    """Django's own, which says so when there were too many tries."""

    def get_invalid_login_error(self) -> ValidationError:
        if getattr(self.request, "sign_in_refused", False):
            return ValidationError(
                "Too many failed tries. Wait a quarter of an hour, then try again.", code="too_many_tries"
            )
        return super().get_invalid_login_error()


class TwosourceAdminSite(AdminSite):
    login_form = SignInForm
    site_header = "Twosource"
    site_title = "Twosource"
    index_title = "What came in, what holds"
    empty_value_display = "–"
    enable_nav_sidebar = (
        False  # the pages need its room; the bar below the header leads to what is used daily
    )
    daily = ("Waiting", "Claim", "Relation", "Article", "Submission", "Source", "Feed")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        from verification.admin import dashboard  # as below

        context = super().each_context(request)
        models = [model for app in context["available_apps"] for model in app["models"]]
        by_name = {model["object_name"]: model for model in models if model["admin_url"]}
        context["daily"] = [by_name[name] for name in self.daily if name in by_name]
        if dashboard.may_see(request.user):
            page = {"name": "Dashboard", "admin_url": reverse("admin:dashboard")}
            context["daily"].insert(0, page)
        return context

    def get_urls(self) -> list[URLPattern | URLResolver]:
        dashboard = self.admin_view(self.dashboard)
        return [path("dashboard/", dashboard, name="dashboard"), *super().get_urls()]

    def dashboard(self, request: HttpRequest) -> HttpResponse:
        from verification.admin.dashboard import dashboard_view  # as below

        return dashboard_view(self, request)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The list of all that there is, under the figures that the person may see."""
        from claims.models import Step  # no model can be imported before the apps are loaded
        from claims.selectors.progress import backlog
        from verification.selectors.listing import tally

        context = extra_context or {}
        if request.user.has_perm("claims.view_step"):
            heaps = backlog()
            context["heaps"] = heaps
            context["steps"] = {
                state.value: sum(heap.count for heap in heaps if heap.state == state) for state in Step.State
            }
        if request.user.has_perm("claims.view_claim"):
            context["tally"] = tally()
        return super().index(request, context)
