"""Relations: how two claims stand, side by side, the trace that says why, and a person's word on it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from claims.admin.base import ReadOnlyAdmin, badge
from claims.models import Claim, Mention
from verification.admin.filters import as_id
from verification.admin.forms import JudgementForm
from verification.admin.showing import card
from verification.admin.waterfall import is_fitted, waterfalls
from verification.admin.wording import Side, pieces
from verification.models import Relation
from verification.selectors.pairs import Pair, pair, pair_round
from verification.services.judging import judge
from verification.workflow import NotAllowed

JUDGE = "verification.add_judgement"


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
        css = {"all": ["verification/cockpit.css", "verification/pairs.css"]}

    def get_urls(self) -> list[URLPattern]:
        judged = self.admin_site.admin_view(require_POST(self.judge_view))
        return [
            path("<int:relation_id>/judge/", judged, name="verification_relation_judge"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Two claims side by side. ``?of=<claim>`` goes through the pairs of that claim, ``?fragment=1`` is for
        the dossier, which has the page's frame already."""
        relation = self._relation(request, object_id)
        return relation if isinstance(relation, HttpResponse) else self._show(request, relation)

    def judge_view(self, request: HttpRequest, relation_id: int) -> HttpResponse:
        """Take a person's word on the two claims, then show the next pair on which there is none."""
        relation = self._relation(request, str(relation_id))
        if not request.user.has_perm(JUDGE):
            raise PermissionDenied
        if isinstance(relation, HttpResponse):
            return relation
        form = JudgementForm(request.POST)
        if not form.is_valid():
            messages.error(request, "Say same, different or unsure, from this page.")
            return self._show(request, relation, status=400)
        data = form.cleaned_data
        of = (
            relation.a if data["of"] == relation.a_id else relation.b if data["of"] == relation.b_id else None
        )
        going = pair_round(relation, of) if of else None
        try:
            event = judge(
                relation.a_id,
                relation.b_id,
                data["word"],
                actor=cast(User, request.user),
                note=data["note"],
                seen=data["seen"],
            )
        except NotAllowed as refusal:
            messages.error(request, str(refusal)[:1].upper() + str(refusal)[1:] + ".")
            return self._show(request, relation, status=409, note=data["note"])
        messages.success(request, f"Judged {data['word']}: claims {relation.a_id} and {relation.b_id}.")
        after = Relation.objects.filter(pk=going.unjudged).first() if going and going.unjudged else None
        done = f"?done={event.pk}"
        if after is not None and of is not None and of.pk in (after.a_id, after.b_id):
            return HttpResponseRedirect(f"{_page(after.pk)}{done}&of={of.pk}")
        stays = Claim.objects.filter(pk__in=[relation.a_id, relation.b_id], merged_into=None).order_by("pk")
        stands = of if of in stays else stays.first()
        assert stands is not None  # a merge leaves one of the two
        return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[stands.pk]) + done)

    def _relation(self, request: HttpRequest, object_id: str) -> Relation | HttpResponse:
        relation = self.get_object(request, object_id)
        if not self.has_view_permission(request, relation):
            raise PermissionDenied
        return relation or self.missing(request, object_id)

    def _show(
        self, request: HttpRequest, relation: Relation, status: int = 200, note: str = ""
    ) -> HttpResponse:
        found = pair(relation)
        of_id = as_id(request.POST.get("of") or request.GET.get("of"))
        of = next((claim for claim in (found.a, found.b) if claim.pk == of_id), None)
        fragment = "fragment" in request.GET
        context = {
            **self.admin_site.each_context(request),
            "base": "cockpit/fragment.html" if fragment else "cockpit/page.html",
            "fragment": fragment,
            "title": f"{relation.get_relation_display()}: claims {relation.a_id} and {relation.b_id}",
            "opts": self.opts,
            "media": self.media,
            "relation": relation,
            "pair": found,
            "sides": _sides(found),
            "waterfalls": waterfalls(found.trace),
            "fitted": is_fitted(found.trace),
            "going": pair_round(relation, of) if of else None,
            "may_judge": request.user.has_perm(JUDGE)
            and not (found.a.merged_into_id or found.b.merged_into_id),
            "done": as_id(request.GET.get("done")),
            "note": note,
        }
        return TemplateResponse(request, "admin/verification/relation/compare.html", context, status=status)

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


def _page(relation_id: int) -> str:
    return reverse("admin:verification_relation_change", args=[relation_id])


def _claim(relation: Relation, side: str) -> SafeString:
    claim = getattr(relation, side)
    url = reverse("admin:claims_claim_change", args=[claim.pk])
    later = " (later)" if relation.newer_id == claim.pk else ""
    return format_html('<a href="{}">{}</a>{}', url, claim.text, later)


def _sides(found: Pair) -> tuple[dict[str, Any], ...]:
    return (_side(found, "a", found.a, found.mention_a), _side(found, "b", found.b, found.mention_b))


def _side(found: Pair, side: Side, claim: Claim, mention: Mention) -> dict[str, Any]:
    """A claim with the mention of it that was compared, its words marked by what the other side answers."""
    return {
        "label": side.upper(),
        "claim": claim,
        "card": card(mention, claim.pk),
        "pieces": pieces(getattr(mention, "sentence", mention.text), found.alignment, side),
        "later": found.relation.newer_id == claim.pk,
    }
