"""The dossier of a claim: everything that matters to decide it, on one page.

What is shown comes from :func:`verification.selectors.dossiers.dossier`; what is done on it is in
:mod:`verification.admin.deciding`.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from claims.models import Claim
from verification.admin.deciding import DecidingPages, actor, deciding_context, dossier_page
from verification.admin.filters import as_id
from verification.admin.forms import DecisionForm
from verification.admin.grouping import JUDGE, OVERRIDE
from verification.admin.showing import evidence, mention_cards
from verification.selectors.dossiers import Dossier, dossier


class DossierPages(DecidingPages):
    """The pages of one claim, for the admin of claims."""

    def dossier_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        claim = self.claim_for(request, object_id)
        if not isinstance(claim, Claim):
            return claim
        if claim.merged_into_id is not None:
            messages.info(request, f"Claim {claim.pk}, “{claim.text}”, was merged into this one.")
            return HttpResponseRedirect(dossier_page(claim.merged_into_id))
        return self.show(request, dossier(claim, actor(request)))

    def show(
        self,
        request: HttpRequest,
        found: Dossier,
        form: DecisionForm | None = None,
        reason: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """The page, with what was typed on it if that was refused."""
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": found.claim.text,
            "opts": self.opts,
            "media": self.media,
            "dossier": found,
            "claim": found.claim,
            "standing": found.standing,
            "assessment": found.assessment,
            "sides": mention_cards(found),
            "verdicts": [{"row": row, "evidence": evidence(row.evidence)} for row in found.verdicts],
            "reason": reason,
            **deciding_context(request, found, form),
            "may_judge": request.user.has_perm(JUDGE),
            "may_override": request.user.has_perm(OVERRIDE),
            "done": as_id(request.GET.get("done")),
        }
        return TemplateResponse(request, "admin/claims/claim/dossier.html", context, status=status)
