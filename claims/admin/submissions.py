"""What was handed in: how far each has come, and a form to hand in more."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import ReadOnlyAdmin, badge, outside
from claims.admin.handing_in import HandInForm
from claims.admin.steps import RETRY, ErrorFilter
from claims.fetching import Unreadable
from claims.models import Step, Submission
from claims.selectors.progress import Progress, progress
from claims.services.submitting import submit


def _steps_are(**wanted: Any) -> Q:
    """Submissions that have such a step, on themselves or on the revision that came of them."""
    steps = Step.objects.filter(**wanted)
    return Q(pk__in=steps.filter(revision=None).values("submission")) | Q(
        revision__in=steps.filter(submission=None).values("revision")
    )


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in Step.State]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Submission]) -> QuerySet[Submission]:
        if self.value() == Step.State.DONE:
            unfinished = [state for state in Step.State if state != Step.State.DONE]
            return queryset.exclude(_steps_are(state__in=unfinished))
        value = self.value()
        return queryset.filter(_steps_are(state=value)) if value else queryset


class SubmissionErrorFilter(ErrorFilter):
    parameter_name = "error"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset.filter(_steps_are(error_code=value)) if value else queryset


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    list_display = ["name", "kind", "channel", "state", "attempts", "last_error", "article", "created_at"]
    list_filter = [StateFilter, SubmissionErrorFilter, "kind", "channel", "created_at"]
    list_select_related = ["revision"]
    search_fields = ["label", "title", "source_name"]
    search_help_text = "address, file, title or source"
    list_per_page = 50
    sortable_by = ["created_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        rows = super().get_queryset(request).defer("payload", "revision__text")
        return rows.prefetch_related("steps", "revision__steps")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("claims.add_submission")

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Hand in a link, a text or an HTML page."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = HandInForm(request.POST or None)
        if form.is_valid():
            try:
                submission, new = submit(form.incoming(), by=request.user)  # type: ignore[arg-type]
            except Unreadable as error:
                form.add_error("url", error.message)
            else:
                messages.success(
                    request, "It will be read now." if new else "This was handed in before: here it is."
                )
                return HttpResponseRedirect(self._after(request, submission))
        context = self._context(request, title="Hand in an article", form=form)
        return TemplateResponse(request, "admin/claims/submission/hand_in.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        submission = self.get_object(request, object_id)
        if not self.has_view_permission(request, submission):
            raise PermissionDenied
        if submission is None:
            return self.missing(request, object_id)
        context = self._context(
            request,
            title=submission.title or submission.label,
            submission=submission,
            address=outside(submission.url),
            progress=_progress(submission),
            may_retry=request.user.has_perm(RETRY) and request.user.has_perm("claims.view_step"),
        )
        return TemplateResponse(request, "admin/claims/submission/progress.html", context)

    def _context(self, request: HttpRequest, **more: Any) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media, **more}

    def _after(self, request: HttpRequest, submission: Submission) -> str:
        if self.has_view_permission(request):
            return reverse("admin:claims_submission_change", args=[submission.pk])
        return reverse("admin:index")

    @admin.display(description="handed in")
    def name(self, submission: Submission) -> str:
        return submission.title or submission.label

    @admin.display(description="state")
    def state(self, submission: Submission) -> SafeString | None:
        state = _progress(submission).state
        return badge(state) if state else None

    @admin.display(description="attempts")
    def attempts(self, submission: Submission) -> int:
        return _progress(submission).attempts

    @admin.display(description="last error")
    def last_error(self, submission: Submission) -> SafeString | None:
        trouble = _progress(submission).trouble
        if trouble is None:
            return None
        return format_html("<strong>{}</strong> {}", trouble.error_code, trouble.error[:200])

    @admin.display(description="article")
    def article(self, submission: Submission) -> SafeString | None:
        if submission.revision is None:
            return None
        url = reverse("admin:claims_article_change", args=[submission.revision.article_id])
        return format_html('<a href="{}">read</a>', url)


def _progress(submission: Submission) -> Progress:
    """From prefetched steps: those of the submission, then those of what came of it."""
    own = list(submission.steps.all())
    return progress(own + (list(submission.revision.steps.all()) if submission.revision else []))
