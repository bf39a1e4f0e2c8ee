"""The record of all background work: what failed and why, and trying it again."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from claims import pipeline
from claims.admin.base import ReadOnlyAdmin, badge
from claims.models import Step
from claims.selectors.progress import open_errors

RETRY = "claims.change_step"


class ErrorFilter(admin.SimpleListFilter):
    """The errors of what is not done."""

    title = "error"
    parameter_name = "error_code"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(code, code) for code in open_errors()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset.filter(error_code=value) if value else queryset


@admin.register(Step)
class StepAdmin(ReadOnlyAdmin):
    """Steps are written by :mod:`claims.pipeline` alone; a person can have a failed one done again."""

    list_display = ["subject", "kind", "state_badge", "attempts", "error_code", "error_line", "changed"]
    list_filter = ["state", "kind", ErrorFilter]
    ordering = ["-pk"]
    list_select_related = [
        "submission",
        "revision__article",
        "part__job",
        "feed",
        "article",
        "delivery__webhook",
    ]
    search_fields = ["error", "submission__label", "revision__article__url"]
    search_help_text = "error, or what was handed in"
    actions = ["try_again"]
    list_per_page = 50
    sortable_by = ["attempts"]
    change_form_template = "admin/claims/step/change_form.html"
    fields = [
        "subject", "kind", "state_badge", "attempts", "error_code", "error", "note",
        "created_at", "due_at", "finished_at", "leased_by", "lease_until",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Step]:
        return super().get_queryset(request).defer("submission__payload", "revision__text", "part__rows")

    def get_urls(self) -> list[URLPattern]:
        again = self.admin_site.admin_view(require_POST(self.again))
        all_again = self.admin_site.admin_view(require_POST(self.all_again))
        return [
            path("<int:step_id>/again/", again, name="claims_step_again"),
            path("all-again/", all_again, name="claims_step_all_again"),
            *super().get_urls(),
        ]

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(RETRY)

    @admin.action(description="Try again (failed steps)", permissions=["retry"])
    def try_again(self, request: HttpRequest, steps: QuerySet[Step]) -> None:
        chosen = steps.count()
        retried = pipeline.retry_all(steps)
        _tell(request, retried, chosen - retried)

    def again(self, request: HttpRequest, step_id: int) -> HttpResponse:
        """Have one failed step done once more, and go back to where the button was."""
        if not (self.has_view_permission(request) and self.has_retry_permission(request)):
            raise PermissionDenied
        step = self.get_object(request, str(step_id))
        if step is None:
            return self.missing(request, str(step_id))
        retried = step.state == Step.State.FAILED and pipeline.retry(step)
        _tell(request, int(retried), int(not retried))
        if step.part is not None and request.user.has_perm("claims.view_job"):
            return HttpResponseRedirect(reverse("admin:claims_job_change", args=[step.part.job_id]))
        if step.submission_id and request.user.has_perm("claims.view_submission"):
            return HttpResponseRedirect(reverse("admin:claims_submission_change", args=[step.submission_id]))
        return HttpResponseRedirect(reverse("admin:claims_step_change", args=[step_id]))

    def all_again(self, request: HttpRequest) -> HttpResponse:
        """Have all that failed with the same kind and error done once more, and go back to ``next``."""
        if not (self.has_view_permission(request) and self.has_retry_permission(request)):
            raise PermissionDenied
        kind, code = request.POST.get("kind", ""), request.POST.get("error_code", "")
        retried = pipeline.retry_all(Step.objects.filter(kind=kind, error_code=code))
        _tell(request, retried, 0)
        after = request.POST.get("next", "")
        safe = url_has_allowed_host_and_scheme(after, allowed_hosts={request.get_host()})
        return HttpResponseRedirect(after if safe else reverse("admin:claims_step_changelist"))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        context["may_retry"] = self.has_retry_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="of")
    def subject(self, step: Step) -> SafeString:
        if step.submission_id:
            url = reverse("admin:claims_submission_change", args=[step.submission_id])
        elif step.part is not None:
            url = reverse("admin:claims_job_change", args=[step.part.job_id])
        elif step.feed_id:
            url = reverse("admin:claims_feed_change", args=[step.feed_id])
        elif step.delivery is not None:
            url = reverse("admin:claims_webhook_change", args=[step.delivery.webhook_id])
        else:
            article_id = step.revision.article_id if step.revision else step.article_id
            url = reverse("admin:claims_article_change", args=[article_id])
        return format_html('<a href="{}">{}</a>', url, _what(step))

    @admin.display(description="state", ordering="state")
    def state_badge(self, step: Step) -> SafeString:
        return badge(step.state)

    @admin.display(description="error")
    def error_line(self, step: Step) -> str | None:
        return step.error[:200] or None

    @admin.display(description="last tried")
    def changed(self, step: Step) -> Any:
        return step.finished_at or step.rung_at or step.created_at


def _what(step: Step) -> str:
    if step.part is not None:
        return f"{step.part.job}, part {step.part.number}"
    return str(step.submission or step.revision or step.feed or step.article or step.delivery)


def _tell(request: HttpRequest, retried: int, left: int) -> None:
    if retried:
        messages.success(request, f"{retried} {'step' if retried == 1 else 'steps'} will be tried again.")
    if left:
        words = "step has" if left == 1 else "steps have"
        messages.warning(request, f"{left} {words} not failed, so there is nothing to try again.")
