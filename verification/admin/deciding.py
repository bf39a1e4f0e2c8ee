"""What a reviewer does on a claim's dossier: decide, move, flag, take back.

All of it goes through :mod:`verification.workflow`. A page that went stale is refused with what changed, and
nothing typed is lost. Who holds the claim as their own goes on to the next of the queue when it is decided.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from claims.admin.base import ReadOnlyAdmin, outside
from claims.models import Claim
from verification.admin.forms import MOVABLE, DecisionForm, FlagForm, MoveForm, may_be_decided
from verification.admin.working import next_page, wanted
from verification.models import Standing
from verification.models.words import VerdictWord, Workflow
from verification.selectors.dossiers import Dossier, changes_since, dossier
from verification.selectors.queue import before, lease_on
from verification.selectors.verdicts import last_of
from verification.workflow import (
    MOVES,
    NEEDS_EVIDENCE,
    NEEDS_NOTE,
    NEEDS_REASON,
    PUBLISHING,
    Incomplete,
    NotAllowed,
    Stale,
    decide,
    flag,
    move,
    take_back,
)

MOVE = "verification.change_standing"
DECIDE = "verification.add_verdict"
HOLD = "verification.add_lease"
PUBLISH = "verification.publish_standing"
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


@dataclass(frozen=True, slots=True)
class VerdictButton:
    """A verdict on its number key; ``needs`` is what must go with it: "note", "evidence" or ""."""

    key: int
    word: str
    label: str
    needs: str


VERDICTS = tuple(
    VerdictButton(
        key,
        word.value,
        word.label.capitalize(),
        "note" if word in NEEDS_NOTE else "evidence" if word in NEEDS_EVIDENCE else "",
    )
    for key, word in enumerate(VerdictWord, start=1)
)


def move_buttons(standing: Standing, user: User) -> tuple[MoveButton, ...]:
    """Where this person may take the claim from where it is, in the order of the workflow."""
    if not user.has_perm(MOVE):
        return ()
    here = Workflow(standing.workflow)
    return tuple(
        MoveButton(to, _LABELS_FROM.get((here, to), _LABELS.get(to, to.label)), to in NEEDS_REASON)
        for to in MOVABLE
        if to in MOVES[here] and (to not in PUBLISHING or user.has_perm(PUBLISH))
    )


def deciding_context(request: HttpRequest, found: Dossier, form: DecisionForm | None) -> dict[str, Any]:
    """What the template of the dossier's right column asks for."""
    user, standing = actor(request), found.standing
    first = found.first_verdict
    own_first = first is not None and first.reviewer_id == user.pk
    lease = lease_on(found.claim.pk)
    elsewhere = lease is not None and lease.holder_id != user.pk
    decidable = standing is not None and may_be_decided(standing)
    return {
        "form": form or DecisionForm(),
        "ticked": frozenset(form.ticked) if form else frozenset(),
        "buttons": VERDICTS,
        "may_decide": decidable and not own_first and not elsewhere and user.has_perm(DECIDE),
        "own_first": decidable and own_first,
        "lease": lease,
        "holds": lease is not None and not elsewhere,
        "may_hold": user.has_perm(HOLD),
        "waits": standing is not None and standing.rank is not None,
        "previous": before(found.claim.pk, user) if user.has_perm(HOLD) else None,
        "undoable": last_of(user),
        "may_flag": standing is not None and user.has_perm(MOVE),
        "moves": move_buttons(standing, user) if standing and not elsewhere else (),
        "source": _source(found),
    }


class DecidingPages(ReadOnlyAdmin if TYPE_CHECKING else object):  # type: ignore[misc]
    """The deeds on one claim, for the admin of claims; :class:`DossierPages` shows the page."""

    if TYPE_CHECKING:

        def show(
            self,
            request: HttpRequest,
            found: Dossier,
            form: DecisionForm | None = None,
            reason: str = "",
            status: int = 200,
        ) -> HttpResponse: ...

    def deciding_urls(self) -> list[URLPattern]:
        deeds = {
            "decide": self.decide_view,
            "move": self.move_view,
            "flag": self.flag_view,
            "take-back": self.take_back_view,
        }
        return [
            path(
                f"<int:claim_id>/{name}/",
                self.admin_site.admin_view(require_POST(view)),
                name=f"claims_claim_{name.replace('-', '_')}",
            )
            for name, view in deeds.items()
        ]

    def decide_view(self, request: HttpRequest, claim_id: int) -> HttpResponse:
        """Give a verdict on what the reviewer saw."""
        claim = self.claim_for(request, str(claim_id), DECIDE)
        if not isinstance(claim, Claim):
            return claim
        found = dossier(claim, actor(request))
        form = DecisionForm(request.POST, shown=found.mention_ids)
        if not form.is_valid():
            return self.show(request, found, form, status=400)
        data = form.cleaned_data

        def act() -> Standing:
            return decide(
                claim.pk,
                form.decision(),
                actor=actor(request),
                second_review=bool(data["second_review"]),
                blind=data["second_review"] == DecisionForm.BLIND,
                expected_version=data["version"],
            )

        return self._act(request, claim, act, data["seen"], form)

    def move_view(self, request: HttpRequest, claim_id: int) -> HttpResponse:
        """Take the claim to another place in the workflow."""
        claim = self.claim_for(request, str(claim_id), MOVE)
        if not isinstance(claim, Claim):
            return claim
        form = MoveForm(request.POST)
        if not form.is_valid():
            return self._refused(request, claim, form.errors)
        data = form.cleaned_data

        def act() -> Standing:
            return move(
                claim.pk,
                data["to"],
                actor=actor(request),
                reason=data["reason"],
                expected_version=data["version"],
            )

        return self._act(request, claim, act, data["seen"], reason=data["reason"])

    def flag_view(self, request: HttpRequest, claim_id: int) -> HttpResponse:
        """Ask a lead to look at the claim, or say that it was looked at."""
        claim = self.claim_for(request, str(claim_id), MOVE)
        if not isinstance(claim, Claim):
            return claim
        form = FlagForm(request.POST)
        if not form.is_valid():
            return self._refused(request, claim, form.errors)
        data = form.cleaned_data
        try:
            flag(claim.pk, data["on"], actor=actor(request), reason=data["reason"])
        except NotAllowed as refusal:
            messages.error(request, sentence(refusal))
            return self.show(request, dossier(claim, actor(request)), status=409)
        messages.success(request, "Flagged for a lead." if data["on"] else "No longer flagged.")
        return HttpResponseRedirect(dossier_page(claim.pk))

    def take_back_view(self, request: HttpRequest, claim_id: int) -> HttpResponse:
        """Undo the reviewer's last verdict, and show the claim that it was on."""
        claim = self.claim_for(request, str(claim_id), DECIDE)
        if not isinstance(claim, Claim):
            return claim
        try:
            standing = take_back(claim.pk, actor=actor(request))
        except NotAllowed as refusal:
            messages.error(request, sentence(refusal))
        else:
            messages.success(request, f"Your verdict is taken back: {standing.get_workflow_display()}.")
        return HttpResponseRedirect(dossier_page(claim.pk))

    def claim_for(self, request: HttpRequest, object_id: str, permission: str = "") -> Claim | HttpResponse:
        """The claim, for who may see it and has ``permission``; a page that says so if there is none."""
        claim = self.get_object(request, object_id)
        if not self.has_view_permission(request, claim):
            raise PermissionDenied
        if permission and not request.user.has_perm(permission):
            raise PermissionDenied
        return claim or self.missing(request, object_id)

    def _act(
        self,
        request: HttpRequest,
        claim: Claim,
        act: Callable[[], Standing],
        seen: int,
        form: DecisionForm | None = None,
        reason: str = "",
    ) -> HttpResponse:
        """Do it and go on; if refused, say why on a fresh page that keeps what was typed."""
        user, status = actor(request), 409
        lease = lease_on(claim.pk)
        try:
            standing = act()
        except Stale:
            messages.error(request, _what_changed(claim.pk, seen))
        except Incomplete as refusal:
            status = 400
            messages.error(request, sentence(refusal))
        except NotAllowed as refusal:
            messages.error(request, sentence(refusal))
        else:
            label = standing.get_workflow_display()
            messages.success(request, f"Claim {claim.pk}: {label.lower()}, {_status(standing)}.")
            if lease is None or lease.holder_id != user.pk or lease_on(claim.pk) is not None:
                return HttpResponseRedirect(dossier_page(claim.pk))
            return HttpResponseRedirect(next_page(request, user, wanted(request)))
        return self.show(request, dossier(claim, user), form, reason, status=status)

    def _refused(self, request: HttpRequest, claim: Claim, errors: Any) -> HttpResponse:
        for of_field in errors.values():
            messages.error(request, str(of_field[0]))
        return self.show(request, dossier(claim, actor(request)), status=400)


def _what_changed(claim_id: int, seen: int) -> str:
    """One sentence on what happened to the claim after the last event that the reviewer saw."""
    changes = [
        f"{event.actor or 'the machine'}: {event.kind.replace('_', ' ')} ({event.before} → {event.after})"
        for event in changes_since(claim_id, seen)
    ]
    listed = "; ".join(changes) or "see its history below"
    return f"Not done, for the claim changed since you saw it: {listed}. What you typed is still here."


def _status(standing: Standing) -> str:
    words = dict(VerdictWord.choices).get(standing.status, standing.status).lower()
    return f"{words}, outdated" if standing.outdated else words


def _source(found: Dossier) -> str:
    """Where the claim is read first: the article of the mention that leads the first origin; "" if none."""
    groups = (*found.speaks_for, *found.against)
    mentions = [group.lead.mention for group in groups] or list(found.uncounted)
    if not mentions:
        return ""
    article = mentions[0].revision.article
    return outside(article.url) or reverse("admin:claims_article_change", args=[article.pk])


def sentence(refusal: NotAllowed) -> str:
    words = str(refusal)
    return f"{words[:1].upper()}{words[1:]}."


def dossier_page(claim_id: int) -> str:
    return reverse("admin:claims_claim_change", args=[claim_id])


def actor(request: HttpRequest) -> User:
    return cast(User, request.user)
