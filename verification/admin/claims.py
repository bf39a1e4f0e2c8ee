"""Claims: the list with where each stands, and the way to a claim's dossier."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.admin.base import ReadOnlyAdmin, badge
from claims.admin.lists import known_values
from claims.extraction.types import Kind
from claims.models import Claim
from verification.admin.dossier import DossierPages
from verification.admin.filters import SourceFilter, StatusFilter, WorkflowFilter
from verification.admin.grouping import GroupingPages
from verification.admin.whole_query import WholeQueryPages
from verification.models import Standing
from verification.models.words import Basis, Freshness
from verification.selectors.listing import with_any_word, with_standing

#: in a list's column, the figures of which stand beside it
BASIS: dict[str, str] = {
    Basis.NONE: "none",
    Basis.SINGLE_ORIGIN: "one origin",
    Basis.MULTI_ORIGIN: "several origins",
    Basis.CONFLICTING: "conflicting",
}

KindFilter = known_values("kind", [(kind.value, kind.value) for kind in Kind])


@admin.register(Claim)
class ClaimAdmin(DossierPages, GroupingPages, WholeQueryPages, ReadOnlyAdmin):
    list_display = ["wording", "status", "basis", "workflow", "mentions", "origins", "worth"]
    list_filter = [
        StatusFilter, "standing__needs_review", WorkflowFilter, "standing__basis",
        "standing__freshness", KindFilter, SourceFilter, "created_at",
    ]  # fmt: skip
    search_fields = ["text"]
    search_help_text = "words of the claim, a name in it, or its number"
    ordering = ["-checkworthiness"]
    sortable_by = ["worth"]
    list_per_page = 50

    class Media:
        css = {
            "all": [
                "verification/cockpit.css",
                "verification/queue.css",
                "verification/bulk.css",
                "verification/pairs.css",
                "vendor/uplot/uPlot.min.css",
            ]
        }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        return with_standing(super().get_queryset(request))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Claim], search_term: str
    ) -> tuple[QuerySet[Claim], bool]:
        """Words in the claim, or in the name of an entity it speaks of; a number is a claim's own."""
        for word in search_term.split():
            queryset = with_any_word(queryset, word)
        return queryset, False

    def get_urls(self) -> list[URLPattern]:
        own = [*self.deciding_urls(), *self.grouping_urls(), *self.whole_query_urls()]
        return [*own, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return self.dossier_view(request, object_id)

    @admin.display(description="claim", ordering="text")
    def wording(self, claim: Claim) -> str:
        return claim.text

    @admin.display(description="status")
    def status(self, claim: Claim) -> SafeString:
        standing = claim.standing
        return format_html_join(" ", "{}", ((one,) for one in (badge(standing.status), *flags(standing))))

    @admin.display(description="basis")
    def basis(self, claim: Claim) -> str:
        return BASIS[claim.standing.basis]

    @admin.display(description="workflow")
    def workflow(self, claim: Claim) -> str:
        return claim.standing.get_workflow_display()

    @admin.display(description="mentions")
    def mentions(self, claim: Claim) -> int:
        return getattr(claim, "mention_count", 0)

    @admin.display(description="for : against")
    def origins(self, claim: Claim) -> SafeString:
        found = claim.assessment
        return format_html('<span class="tally">{} : {}</span>', found.origins_for, found.origins_against)

    @admin.display(description="check-worthy", ordering="checkworthiness")
    def worth(self, claim: Claim) -> str:
        return f"{claim.checkworthiness:.0%}"


def flags(standing: Standing) -> list[SafeString]:
    """What else there is to say beside the status, as badges."""
    found = []
    if standing.needs_review:
        found.append(badge("needs_review"))
    if standing.outdated:
        found.append(badge("outdated"))
    elif standing.freshness != Freshness.CURRENT:
        found.append(badge(standing.freshness))
    return found
