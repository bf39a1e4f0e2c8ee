"""The dashboard: how the house does, for those who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from claims.admin.steps import RETRY
from claims.models import Step
from claims.selectors.progress import Backlog, backlog
from verification.selectors.dashboard import AGES, dashboard

SEE_CLAIMS, SEE_STEPS = "claims.view_claim", "claims.view_step"
#: what has waited so long without having been tried is stuck
PATIENCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Steps that do not come to an end: ``failed``, ``retried`` by themselves, or ``stuck``."""

    heap: Backlog
    state: str
    address: str


def may_see(user: Any) -> bool:
    return user.has_perm(SEE_CLAIMS) or user.has_perm(SEE_STEPS)


def dashboard_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """What failed for who may see steps, and how claims come and go for who may see claims."""
    if not may_see(request.user):
        raise PermissionDenied
    heaps = backlog() if request.user.has_perm(SEE_STEPS) else None
    troubles = [_trouble(heap) for heap in heaps or ()]
    context = {
        **site.each_context(request),
        "title": "Dashboard",
        "heaps": heaps,
        "troubles": [trouble for trouble in troubles if trouble.state],
        "in_work": sum(trouble.heap.count for trouble in troubles if not trouble.state),
        "may_retry": request.user.has_perm(RETRY),
        "board": dashboard() if request.user.has_perm(SEE_CLAIMS) else None,
        "ages": [label for label, _, _ in AGES],
    }
    return TemplateResponse(request, "admin/dashboard.html", context)


def _trouble(heap: Backlog) -> Trouble:
    state = ""
    if heap.state == Step.State.FAILED:
        state = "failed"
    elif heap.error_code:
        state = "retried"
    elif heap.state == Step.State.PENDING and heap.oldest < timezone.now() - PATIENCE:
        state = "stuck"
    wanted = {"state__exact": heap.state, "kind": heap.kind}
    if heap.error_code:
        wanted["error_code"] = heap.error_code
    return Trouble(heap, state, f"{reverse('admin:claims_step_changelist')}?{urlencode(wanted)}")
