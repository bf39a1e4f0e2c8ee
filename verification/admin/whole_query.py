"""What can be done with all claims that a filtered list finds, not only with those on its page: change, export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from claims.admin.base import ReadOnlyAdmin
from claims.models import Claim
from verification.admin.bulk import job_page, may_start
from verification.admin.exports import FORMATS, download
from verification.models.words import Workflow
from verification.refusals import NotAllowed
from verification.selectors.reviewed import reviewed
from verification.services import bulk
from verification.services.bulk import ACTIONS, Action

EXAMPLES = 5
#: how many claims are at a place of the workflow, and flagged or not
Stages = Mapping[tuple[Workflow, bool], int]


class BulkForm(forms.Form):
    """``count``: to how many claims the action could be done when the numbers were shown."""

    action = forms.ChoiceField(
        choices=[(action.name, action.label) for action in ACTIONS.values()], widget=forms.RadioSelect
    )
    reason = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


@dataclass(frozen=True, slots=True)
class Choice:
    """An action, and to how many of the claims found it can be done."""

    action: Action
    count: int

    @property
    def field(self) -> str:
        return f"count-{self.action.name}"


class WholeQueryPages(ReadOnlyAdmin if TYPE_CHECKING else object):  # type: ignore[misc]
    """For the admin of claims. The query is that of the list: the same address parameters find the same claims."""

    def whole_query_urls(self) -> list[URLPattern]:
        bulk_view = self.admin_site.admin_view(self.bulk_view)
        export = self.admin_site.admin_view(self.export_view)
        return [
            path("bulk/", bulk_view, name="claims_claim_bulk"),
            *(path(f"export/{f}/", export, {"name": f}, name=f"claims_claim_export_{f}") for f in FORMATS),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        more = {"may_change_all": may_start(request.user)}
        return super().changelist_view(request, {**more, **(extra_context or {})})

    def export_view(self, request: HttpRequest, name: str) -> HttpResponseBase:
        """All claims of the list as a file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        claims = self._found(request)
        if claims is None:
            return self._unknown_filter(request)
        return download(request, reviewed(claims, cast(User, request.user)), name)

    def bulk_view(self, request: HttpRequest) -> HttpResponse:
        """How many claims the list finds and what can be done to how many; a POST begins it."""
        if not self.has_view_permission(request) or not may_start(request.user):
            raise PermissionDenied
        claims = self._found(request)
        if claims is None:
            return self._unknown_filter(request)
        form = BulkForm(request.POST or None)
        stages = _stages(claims)
        choices = _choices(stages)
        if form.is_valid():
            action = ACTIONS[form.cleaned_data["action"]]
            choice = next(choice for choice in choices if choice.action == action)
            if request.POST.get(choice.field) != str(choice.count):
                form.add_error(None, f"What can be changed is {choice.count:,} now: look again, then start.")
            else:
                try:
                    job = bulk.start(
                        claims,
                        action,
                        actor=cast(User, request.user),
                        reason=form.cleaned_data["reason"],
                        query=request.GET.urlencode(),
                    )
                except NotAllowed as refusal:
                    form.add_error(None, str(refusal))
                else:
                    return HttpResponseRedirect(job_page(job.pk))
        return self._preview(request, claims, form, choices, stages)

    def _preview(
        self,
        request: HttpRequest,
        claims: QuerySet[Claim],
        form: BulkForm,
        choices: list[Choice],
        stages: Stages,
    ) -> HttpResponse:
        places: Counter[Workflow] = Counter()
        for (place, _), n in stages.items():
            places[place] += n
        context = {
            **self.admin_site.each_context(request),
            "title": "Change all claims found",
            "opts": self.opts,
            "media": self.media,
            "form": form,
            "choices": choices,
            "stages": [(place.label, n) for place, n in places.most_common()],
            "count": places.total(),
            "examples": claims[:EXAMPLES],
            "query": request.GET.urlencode(),
        }
        status = 400 if form.is_bound else 200
        return TemplateResponse(request, "admin/claims/claim/bulk.html", context, status=status)

    def _found(self, request: HttpRequest) -> QuerySet[Claim] | None:
        """The claims that the list with these parameters finds, in its order; None for a filter it does not know."""
        try:
            return cast("QuerySet[Claim]", self.get_changelist_instance(request).queryset)
        except IncorrectLookupParameters:
            return None

    def _unknown_filter(self, request: HttpRequest) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}
        title = "No such filter"
        return TemplateResponse(
            request, "admin/claims/claim/no_filter.html", {**context, "title": title}, status=400
        )


def _stages(claims: QuerySet[Claim]) -> Stages:
    rows = bulk.standings_of(claims).order_by().values_list("workflow", "flagged").annotate(n=Count("pk"))
    return {(Workflow(place), flagged): n for place, flagged, n in rows}


def _choices(stages: Stages) -> list[Choice]:
    """To how many of them each action can be done: all at once, from one look at the database."""
    return [
        Choice(action, sum(n for stage, n in stages.items() if action.is_possible(*stage)))
        for action in ACTIONS.values()
    ]
