"""The dossier of a claim: everything that matters to decide it, and the forms to do so.

What is shown comes from :func:`verification.selectors.dossiers.dossier`, what is done goes through
:mod:`verification.workflow`; a page that went stale is refused with what changed, and nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from claims.admin.base import ReadOnlyAdmin
from claims.models import Claim
from verification.admin.filters import as_id
from verification.admin.forms import MOVABLE, DecisionForm, MoveForm, may_be_decided
from verification.admin.grouping import JUDGE, OVERRIDE
from verification.admin.showing import evidence, mention_cards
from verification.models import Standing
from verification.models.words import VerdictWord, Workflow
from verification.selectors.dossiers import Dossier, changes_since, dossier
from verification.workflow import MOVES, NEEDS_REASON, NotAllowed, Stale, decide, move

MOVE = "verification.change_standing"
DECIDE = "verification.add_verdict"
_LABELS = {
    Workflow.QUEUED: "Queue",
    Workflow.IN_REVIEW: "Take for review",
    Workflow.DISMISSED: "Dismiss",
    Workflow.PUBLISHED: "Publish",
    Workflow.REOPENED: "Reopen",
    Workflow.RETRACTED: "Retract",
}
_LABELS_FROM = {
    (Workflow.SECOND_REVIEW, Workflow.IN_REVIEW): "Back to review",
    (Workflow.IN_REVIEW, Workflow.QUEUED): "Back to the queue",
}


@dataclass(frozen=True, slots=True)
class MoveButton:
    to: Workflow
    label: str
    needs_reason: bool


def move_buttons(standing: Standing) -> tuple[MoveButton, ...]:
    """Where the claim may be taken from where it is, in the order of the workflow."""
    here = Workflow(standing.workflow)
    return tuple(
        MoveButton(to, _LABELS_FROM.get((here, to), _LABELS.get(to, to.label)), to in NEEDS_REASON)
        for to in MOVABLE
        if to in MOVES[here]
    )


class DossierPages(ReadOnlyAdmin if TYPE_CHECKING else object):  # type: ignore[misc]
    """The pages of one claim, for the admin of claims."""

    def dossier_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        claim = self._claim(request, object_id)
        if not isinstance(claim, Claim):
            return claim
        if claim.merged_into_id is not None:
            messages.info(request, f"Claim {claim.pk}, “{claim.text}”, was merged into this one.")
            return HttpResponseRedirect(_page(claim.merged_into_id))
        return self._show(request, dossier(claim))

    def decide_view(self, request: HttpRequest, claim_id: int) -> HttpResponse:
        """Give a verdict on what the reviewer saw."""
        claim = self._claim(request, str(claim_id), DECIDE)
        if not isinstance(claim, Claim):
            return claim
        found = dossier(claim)
        form = DecisionForm(request.POST, shown=found.mention_ids)
        if not form.is_valid():
            return self._show(request, found, form, status=400)
        data = form.cleaned_data

        def act() -> Standing:
            return decide(
                claim.pk,
                form.decision(),
                actor=_actor(request),
                second_review=data["second_review"],
                expected_version=data["version"],
            )

        return self._act(request, claim, act, data["seen"], form)

    def move_view(self, request: HttpRequest, claim_id: int) -> HttpResponse:
        """Take the claim to another place in the workflow."""
        claim = self._claim(request, str(claim_id), MOVE)
        if not isinstance(claim, Claim):
            return claim
        form = MoveForm(request.POST)
        if not form.is_valid():
            for errors in form.errors.values():
                messages.error(request, str(errors[0]))
            return self._show(request, dossier(claim), status=400)
        data = form.cleaned_data

        def act() -> Standing:
            return move(
                claim.pk,
                data["to"],
                actor=_actor(request),
                reason=data["reason"],
                expected_version=data["version"],
            )

        return self._act(request, claim, act, data["seen"], reason=data["reason"])

    def _act(
        self,
        request: HttpRequest,
        claim: Claim,
        act: Callable[[], Standing],
        seen: int,
        form: DecisionForm | None = None,
        reason: str = "",
    ) -> HttpResponse:
        """Do it and go to the fresh page; if refused, say why on a fresh page that keeps what was typed."""
        try:
            standing = act()
        except Stale:
            messages.error(request, _what_changed(claim.pk, seen))
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{standing.get_workflow_display()}: {_status(standing)}.")
            return HttpResponseRedirect(_page(claim.pk))
        return self._show(request, dossier(claim), form, reason, status=409)

    def _claim(self, request: HttpRequest, object_id: str, permission: str = "") -> Claim | HttpResponse:
        claim = self.get_object(request, object_id)
        if not self.has_view_permission(request, claim):
            raise PermissionDenied
        if permission and not request.user.has_perm(permission):
            raise PermissionDenied
        return claim or self.missing(request, object_id)

    def _show(
        self,
        request: HttpRequest,
        found: Dossier,
        form: DecisionForm | None = None,
        reason: str = "",
        status: int = 200,
    ) -> HttpResponse:
        user, standing = _actor(request), found.standing
        first = found.first_verdict
        own_first = first is not None and first.reviewer_id == user.pk
        decidable = standing is not None and may_be_decided(standing.workflow)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": found.claim.text,
            "opts": self.opts,
            "media": self.media,
            "dossier": found,
            "claim": found.claim,
            "standing": standing,
            "assessment": found.assessment,
            "sides": mention_cards(found),
            "verdicts": [{"row": row, "evidence": evidence(row.evidence)} for row in found.verdicts],
            "form": form or DecisionForm(),
            "ticked": frozenset(form.ticked) if form else frozenset(),
            "reason": reason,
            "may_decide": decidable and not own_first and user.has_perm(DECIDE),
            "own_first": decidable and own_first,
            "moves": move_buttons(standing) if standing and user.has_perm(MOVE) else (),
            "may_judge": user.has_perm(JUDGE),
            "may_override": user.has_perm(OVERRIDE),
            "done": as_id(request.GET.get("done")),
        }
        return TemplateResponse(request, "admin/claims/claim/dossier.html", context, status=status)


def _what_changed(claim_id: int, seen: int) -> str:
    """One sentence on what happened to the claim after the last event that the reviewer saw."""
    changes = [
        f"{event.actor or 'the machine'}: {event.kind.replace('_', ' ')} ({event.before} → {event.after})"
        for event in changes_since(claim_id, seen)
    ]
    listed = "; ".join(changes) or "see its history below"
    return f"Not done, for the claim changed since you saw it: {listed}. What you typed is still here."


def _status(standing: Standing) -> str:
    words = dict(VerdictWord.choices).get(standing.status, standing.status)
    return f"{words}, outdated" if standing.outdated else words


def _page(claim_id: int) -> str:
    return reverse("admin:claims_claim_change", args=[claim_id])


def _actor(request: HttpRequest) -> User:
    return cast(User, request.user)
