"""Relations: how two claims stand, side by side, and the trace that says why."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import ReadOnlyAdmin, badge
from claims.models import Claim, Mention
from verification.admin.showing import card
from verification.admin.waterfall import waterfalls
from verification.admin.wording import Side, pieces
from verification.models import Relation
from verification.selectors.pairs import Pair, pair


@admin.register(Relation)
class RelationAdmin(ReadOnlyAdmin):
    list_display = ["relation_badge", "first", "second", "sureness", "updated_at"]
    list_display_links = ["relation_badge"]
    list_filter = ["relation", "updated_at"]
    list_select_related = ["a", "b", "newer"]
    search_fields = ["a__text", "b__text"]
    ordering = ["-pk"]
    sortable_by = ["sureness", "updated_at"]
    list_per_page = 50

    class Media:
        css = {"all": ["verification/cockpit.css"]}

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        relation = self.get_object(request, object_id)
        if not self.has_view_permission(request, relation):
            raise PermissionDenied
        if relation is None:
            return self.missing(request, object_id)
        found = pair(relation)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{relation.get_relation_display()}: claims {relation.a_id} and {relation.b_id}",
            "opts": self.opts,
            "media": self.media,
            "relation": relation,
            "pair": found,
            "sides": _sides(found),
            "waterfalls": waterfalls(found.trace),
        }
        return TemplateResponse(request, "admin/verification/relation/compare.html", context)

    @admin.display(description="relation")
    def relation_badge(self, relation: Relation) -> SafeString:
        return badge(relation.relation)

    @admin.display(description="one claim")
    def first(self, relation: Relation) -> SafeString:
        return _claim(relation, "a")

    @admin.display(description="the other")
    def second(self, relation: Relation) -> SafeString:
        return _claim(relation, "b")

    @admin.display(description="confidence", ordering="confidence")
    def sureness(self, relation: Relation) -> str:
        return f"{relation.confidence:.0%}"


def _claim(relation: Relation, side: str) -> SafeString:
    claim = getattr(relation, side)
    url = reverse("admin:claims_claim_change", args=[claim.pk])
    later = " (later)" if relation.newer_id == claim.pk else ""
    return format_html('<a href="{}">{}</a>{}', url, claim.text, later)


def _sides(found: Pair) -> tuple[dict[str, Any], ...]:
    return (_side(found, "a", found.a, found.mention_a), _side(found, "b", found.b, found.mention_b))


def _side(found: Pair, side: Side, claim: Claim, mention: Mention) -> dict[str, Any]:
    """A claim with the mention of it that was compared, the words marked that the trace rests on."""
    return {
        "label": side.upper(),
        "claim": claim,
        "card": card(mention, claim.pk),
        "pieces": pieces(getattr(mention, "sentence", mention.text), found.trace, side),
        "later": found.relation.newer_id == claim.pk,
    }
