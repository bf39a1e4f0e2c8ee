"""What belongs together, as a person sees it: merging and splitting claims, cutting and joining origins.

What is done goes through :mod:`verification.services.judging`; a merge or a split is shown before it is done
(:mod:`verification.services.foreseeing`), and each of them can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from claims.models import Claim
from verification.admin import values
from verification.admin.deciding import DecidingPages, actor, dossier_page
from verification.admin.filters import as_id
from verification.admin.showing import card
from verification.models import Event, Judgement, OriginOverride
from verification.selectors.dossiers import own_mentions, related_claims
from verification.selectors.pairs import last_event
from verification.selectors.timelines import timeline
from verification.services.foreseeing import Change, foresee
from verification.services.judging import judge, set_origin_edge, split, undo
from verification.workflow import NotAllowed

JUDGE = "verification.add_judgement"
OVERRIDE = "verification.add_originoverride"


class ActionForm(forms.Form):
    """What goes with every action: why, and the last event that the reviewer saw."""

    note = forms.CharField(required=False, max_length=2000)
    seen = forms.IntegerField(min_value=0, required=False)


class EdgeForm(ActionForm):
    """``edge`` is "cut:12:7" or "join:12:7", or ":12:7" to leave the two mentions to the machine again; or the
    two come as ``one`` and ``other`` to be joined."""

    edge = forms.RegexField(r"^(cut|join|):\d{1,18}:\d{1,18}$", required=False)
    one = forms.IntegerField(required=False)
    other = forms.IntegerField(required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("edge"):
            word, one, other = data["edge"].split(":")
            data |= {
                "word": OriginOverride.Word(word) if word else None,
                "one": int(one),
                "other": int(other),
            }
        elif data.get("one") and data.get("other"):
            data["word"] = OriginOverride.Word.JOIN
        else:
            raise forms.ValidationError("Name two mentions of this claim, to cut or to join.")
        return data


class GroupingPages(DecidingPages):
    """Pages and actions on what makes one claim and one origin, for the admin of claims."""

    def grouping_urls(self) -> list[URLPattern]:
        def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
            return self.admin_site.admin_view(view)

        return [
            path("<int:claim_id>/merge/", wrap(self.merge_view), name="claims_claim_merge"),
            path("<int:claim_id>/split/", wrap(self.split_view), name="claims_claim_split"),
            path("<int:claim_id>/values/", wrap(self.values_view), name="claims_claim_values"),
            path("<int:claim_id>/origins/", wrap(require_POST(self.edge_view)), name="claims_claim_edge"),
            path("undo/<int:event_id>/", wrap(require_POST(self.undo_view)), name="claims_claim_undo"),
        ]

    def values_view(self, request: HttpRequest, claim_id: int) -> HttpResponse:
        """The values over time; ``?fragment=1`` is for the dossier, which has the page's frame already."""
        claim = self._to_group(request, claim_id)
        if not isinstance(claim, Claim):
            return claim
        found, fragment = timeline(claim), "fragment" in request.GET
        context = {
            "title": f"Values over time: {claim.text}",
            "base": "cockpit/fragment.html" if fragment else "cockpit/page.html",
            "fragment": fragment,
            "timeline": found,
            "rows": values.rows(found),
            "chart": values.chart(found),
            "chart_id": f"chart-{claim.pk}",
        }
        return self._page(request, "values", claim, context)

    def merge_view(self, request: HttpRequest, claim_id: int) -> HttpResponse:
        """GET shows what merging with the claim ``?with=`` would change, POST does it."""
        claim = self._to_group(request, claim_id, JUDGE)
        if not isinstance(claim, Claim):
            return claim
        asked = request.POST.get("with") or request.GET.get("with") or ""
        with_id = as_id(asked.strip().rstrip("/").removesuffix("/change").rpartition("/")[2])
        other = Claim.objects.filter(pk=with_id).first() if with_id else None
        context: dict[str, Any] = {
            "title": f"Merge: {claim.text}",
            "asked": asked,
            "other": other,
            "related": related_claims(claim),
        }
        if asked and other is None:
            messages.error(request, f"“{asked[:80]}” is no claim's number or address.")
        if other is None:
            return self._page(request, "merge", claim, context)

        def act(note: str, seen: int | None) -> Event:
            return judge(claim.pk, other.pk, Judgement.Word.SAME, actor=actor(request), note=note, seen=seen)

        context["seen"] = last_event([claim.pk, other.pk])
        return self._preview_or_do(request, "merge", claim, {claim.pk, other.pk}, act, context)

    def split_view(self, request: HttpRequest, claim_id: int) -> HttpResponse:
        """GET lists the mentions; with some ticked it shows what taking them out would change. POST does it."""
        claim = self._to_group(request, claim_id, JUDGE)
        if not isinstance(claim, Claim):
            return claim
        given = request.POST if request.method == "POST" else request.GET
        ticked = {pk for value in given.getlist("mention") if (pk := as_id(value)) is not None}
        context: dict[str, Any] = {
            "title": f"Split: {claim.text}",
            "ticked": ticked,
            "cards": [card(mention, claim.pk) for mention in own_mentions(claim)],
            "seen": last_event([claim.pk]),
        }
        if not ticked:
            if "preview" in given or request.method == "POST":
                messages.error(request, "Tick the mentions that do not belong to this claim.")
            return self._page(request, "split", claim, context)

        def act(note: str, seen: int | None) -> Event:
            return split(claim.pk, ticked, actor=actor(request), note=note, seen=seen)

        return self._preview_or_do(request, "split", claim, {claim.pk}, act, context)

    def edge_view(self, request: HttpRequest, claim_id: int) -> HttpResponse:
        """Cut two mentions apart as origins, join them, or take that back."""
        claim = self._to_group(request, claim_id, OVERRIDE)
        if not isinstance(claim, Claim):
            return claim
        form = EdgeForm(request.POST)
        if not form.is_valid():
            messages.error(request, "Name two mentions of this claim, to cut or to join.")
            return HttpResponseRedirect(dossier_page(claim.pk) + "#origins-for")
        data = form.cleaned_data
        try:
            set_origin_edge(data["one"], data["other"], data["word"], actor=actor(request), note=data["note"])
        except NotAllowed as refusal:
            messages.error(request, _sentence(refusal))
        else:
            done = {"cut": "Cut apart", "join": "Counted as one origin"}
            messages.success(request, f"{done.get(data['word'], 'Left to the machine again')}.")
        return HttpResponseRedirect(dossier_page(claim.pk) + "#origins-for")

    def undo_view(self, request: HttpRequest, event_id: int) -> HttpResponse:
        """Take a judgement, a merge or a split back."""
        if not self.has_view_permission(request) or not request.user.has_perm(JUDGE):
            raise PermissionDenied
        back = request.POST.get("back", "")
        try:
            undone = undo(event_id, actor=actor(request), note=request.POST.get("note", "")[:2000])
        except NotAllowed as refusal:
            messages.error(request, _sentence(refusal))
            target = reverse("admin:claims_claim_changelist")
        else:
            messages.success(request, "Undone: what was said before holds again.")
            target = dossier_page(undone.claim_id)
        if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
            target = back
        return HttpResponseRedirect(target)

    def _preview_or_do(
        self,
        request: HttpRequest,
        name: str,
        claim: Claim,
        claims: set[int],
        act: Callable[[str, int | None], Event],
        context: dict[str, Any],
    ) -> HttpResponse:
        form = ActionForm(request.POST)
        note = request.POST.get("note", "")
        if request.method == "POST" and form.is_valid():
            try:
                event = act(form.cleaned_data["note"], form.cleaned_data["seen"])
            except NotAllowed as refusal:
                messages.error(request, _sentence(refusal))
            else:
                return self._done(request, claim, event)
        try:
            changes: tuple[Change, ...] = foresee(lambda: act(note or "a preview", None), claims)
        except NotAllowed as refusal:
            if request.method != "POST":
                messages.error(request, _sentence(refusal))
            changes = ()
        status = 409 if request.method == "POST" else 200
        return self._page(request, name, claim, {**context, "changes": changes, "note": note}, status)

    def _done(self, request: HttpRequest, claim: Claim, event: Event) -> HttpResponse:
        claim.refresh_from_db()
        stands = claim.merged_into_id or claim.pk
        messages.success(request, f"{event.kind.replace('_', ' ').capitalize()}.")
        return HttpResponseRedirect(f"{dossier_page(stands)}?done={event.pk}")

    def _page(
        self, request: HttpRequest, name: str, claim: Claim, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        page = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "claim": claim,
            **context,
        }
        return TemplateResponse(request, f"admin/claims/claim/{name}.html", page, status=status)

    def _to_group(self, request: HttpRequest, claim_id: int, permission: str = "") -> Claim | HttpResponse:
        claim = self.claim_for(request, str(claim_id), permission)
        if isinstance(claim, Claim) and claim.merged_into_id is not None:
            messages.info(request, f"Claim {claim.pk} was merged into this one.")
            return HttpResponseRedirect(dossier_page(claim.merged_into_id))
        return claim


def _sentence(refusal: NotAllowed) -> str:
    words = str(refusal)
    return f"{words[:1].upper()}{words[1:]}."
