"""Bulk changes: what was started, how far it has come, what it left alone, and taking it back."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from claims.admin.base import ReadOnlyAdmin, badge
from claims.admin.steps import RETRY
from claims.models import Job
from verification.refusals import NotAllowed
from verification.selectors.jobs import job_progress, left_alone, with_counts
from verification.services import bulk


def may_start(user: Any) -> bool:
    return all(user.has_perm(permission) for permission in bulk.START)


def job_page(job_id: int) -> str:
    return reverse("admin:claims_job_change", args=[job_id])


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ["title", "started_by", "created_at", "state", "changed", "left"]
    list_per_page = 50
    sortable_by = ()

    class Media:
        css = {"all": ["verification/bulk.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        return with_counts(super().get_queryset(request))

    def get_urls(self) -> list[URLPattern]:
        undo = self.admin_site.admin_view(require_POST(self.undo_view))
        stop = self.admin_site.admin_view(require_POST(self.stop_view))
        return [
            path("<int:job_id>/undo/", undo, name="claims_job_undo"),
            path("<int:job_id>/stop/", stop, name="claims_job_stop"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        job = self.get_object(request, object_id)
        if not self.has_view_permission(request, job):
            raise PermissionDenied
        if job is None:
            return self.missing(request, object_id)
        progress = job_progress(job)
        undone_by = Job.objects.filter(undoes=job).first()
        mine = may_start(request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": job.title,
            "opts": self.opts,
            "media": self.media,
            "job": job,
            "progress": progress,
            "left": left_alone(job) if progress.left else (),
            "undone_by": undone_by,
            "may_stop": mine and progress.state == "running",
            "may_undo": mine
            and progress.state in ("done", "stopped")
            and progress.changed > 0
            and job.undoes_id is None
            and undone_by is None,
            "may_retry": request.user.has_perm(RETRY) and request.user.has_perm("claims.view_step"),
        }
        return TemplateResponse(request, "admin/claims/job/progress.html", context)

    def undo_view(self, request: HttpRequest, job_id: int) -> HttpResponse:
        self._allow(request)
        try:
            job = bulk.undo(job_id, actor=cast(User, request.user))
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(job_page(job_id))
        except Job.DoesNotExist:
            return self.missing(request, str(job_id))
        return HttpResponseRedirect(job_page(job.pk))

    def stop_view(self, request: HttpRequest, job_id: int) -> HttpResponse:
        self._allow(request)
        bulk.stop(job_id, actor=cast(User, request.user))
        return HttpResponseRedirect(job_page(job_id))

    def _allow(self, request: HttpRequest) -> None:
        if not (self.has_view_permission(request) and may_start(request.user)):
            raise PermissionDenied

    @admin.display(description="state")
    def state(self, job: Any) -> SafeString:
        if not job.unfinished:
            return badge("done" if job.stopped_at is None else "stopped")
        return badge("running" if job.stopped_at is None else "stopping")

    @admin.display(description="changed")
    def changed(self, job: Any) -> str:
        return f"{job.changed or 0:,} of {job.total:,}"

    @admin.display(description="left alone")
    def left(self, job: Any) -> str:
        return f"{job.left_alone or 0:,}"
