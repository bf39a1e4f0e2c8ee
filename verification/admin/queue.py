"""The queue: what to look at next and why, the person's own filters, and who holds what."""

from __future__ import annotations

from math import isfinite
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from claims.admin.base import ReadOnlyAdmin
from claims.extraction.types import Kind
from claims.models import Source
from verification.admin.deciding import HOLD, actor, dossier_page, sentence
from verification.admin.filters import MOST_SOURCES, as_id
from verification.admin.working import next_page, remember, wanted
from verification.models import SavedFilter, Waiting
from verification.models.words import Basis, Workflow
from verification.ranking import ASKED
from verification.refusals import NotAllowed
from verification.selectors.queue import MANY, Place, Wanted, counts, held_by, page, saved_filters
from verification.selectors.verdicts import last_of
from verification.services import leasing

SAVE = "verification.add_savedfilter"
_STATES = [(value, Workflow(value).label.capitalize()) for value in (Workflow.DETECTED, *ASKED)]
_KINDS = [(kind.value, kind.value.capitalize()) for kind in Kind]
_BASES = [(basis.value, basis.label.capitalize()) for basis in Basis]


class FilterForm(forms.Form):
    """What to see of the queue. Fields that say nothing that can be met are said so."""

    words = forms.CharField(required=False, max_length=200, label="Words in the claim")
    workflow = forms.ChoiceField(required=False, choices=[("", "Any state"), *_STATES], label="State")
    basis = forms.ChoiceField(required=False, choices=[("", "Any basis"), *_BASES])
    kind = forms.ChoiceField(required=False, choices=[("", "Any kind"), *_KINDS])
    source = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    needs_review = forms.BooleanField(required=False, label="ground moved")
    flagged = forms.BooleanField(required=False, label="flagged")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = Source.objects.order_by("pk").values("pk")[:MOST_SOURCES]
        asked = as_id(self.data.get("source"))
        known = Source.objects.filter(Q(pk__in=first) | Q(pk=asked)).values_list("pk", "name")
        choices = sorted(((str(pk), name) for pk, name in known), key=lambda row: row[1].lower())
        self.fields["source"].choices = [("", "Any source"), *choices]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """The filter; an invalid field narrows nothing, and its error stands on the page."""
        return Wanted.of({name: value for name, value in self.cleaned_data.items() if value})


class NameForm(forms.Form):
    name = forms.CharField(max_length=60)


@admin.register(Waiting)
class QueueAdmin(ReadOnlyAdmin):
    """One page, and what is done on it: take, release, skip, keep, next; save and drop a filter."""

    class Media:
        css = {"all": ["verification/cockpit.css", "verification/queue.css"]}

    def get_urls(self) -> list[URLPattern]:
        def deed(route: str, view: Any, name: str) -> URLPattern:
            guarded = self.admin_site.admin_view(require_POST(view))
            return path(route, guarded, name=f"verification_waiting_{name}")

        queue = self.admin_site.admin_view(self.changelist_view)
        return [
            path("", queue, name="verification_waiting_changelist"),
            deed("next/", self.next_view, "next"),
            deed("<int:claim_id>/take/", self.take_view, "take"),
            deed("<int:claim_id>/keep/", self.keep_view, "keep"),
            deed("<int:claim_id>/release/", self.release_view, "release"),
            deed("<int:claim_id>/skip/", self.skip_view, "skip"),
            deed("filters/save/", self.save_view, "save"),
            deed("filters/<int:filter_id>/drop/", self.drop_view, "drop"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The queue under the filter of the address; ``?after=<rank>,<claim>`` goes on where a page ended."""
        self._check(request)
        person = actor(request)
        form = FilterForm(request.GET)
        form.is_valid()
        filtered = form.wanted()
        remember(request, filtered)
        found = page(filtered, _place(request.GET.get("after", "")))
        context = {
            **self.admin_site.each_context(request),
            "title": "Queue",
            "opts": self.opts,
            "media": self.media,
            "page": found,
            "form": form,
            "filtered": filtered.given(),
            "more": _address(filtered, found.more) if found.more else "",
            "counts": counts(person),
            "many": MANY,
            "mine": held_by(person),
            "saved": [(row, _address(Wanted.of(row.wanted))) for row in saved_filters(person)],
            "may_hold": person.has_perm(HOLD),
            "may_save": person.has_perm(SAVE),
            "undoable": last_of(person),
            "person": person,
        }
        return TemplateResponse(request, "admin/verification/waiting/queue.html", context)

    def next_view(self, request: HttpRequest) -> HttpResponse:
        """Take the next claim, under the filter that the queue was last seen with."""
        self._check(request, HOLD)
        after = as_id(request.POST.get("after"))
        return HttpResponseRedirect(next_page(request, actor(request), wanted(request), after))

    def take_view(self, request: HttpRequest, claim_id: int) -> HttpResponse:
        self._check(request, HOLD)
        try:
            lease = leasing.take(claim_id, actor(request))
        except NotAllowed as refusal:
            messages.error(request, sentence(refusal))
        else:
            messages.success(request, f"You hold claim {claim_id} until {lease.until:%H:%M} UTC.")
        return HttpResponseRedirect(dossier_page(claim_id))

    def keep_view(self, request: HttpRequest, claim_id: int) -> HttpResponse:
        """Hold it longer, asked for by the page itself: nothing to show. 409 if it is another's by now."""
        self._check(request, HOLD)
        try:
            leasing.take(claim_id, actor(request))
        except NotAllowed:
            return HttpResponse(status=409)
        return HttpResponse(status=204)

    def release_view(self, request: HttpRequest, claim_id: int) -> HttpResponse:
        """Give it back; for who may release others' claims, theirs."""
        self._check(request, HOLD)
        try:
            released = leasing.release(claim_id, actor(request))
        except NotAllowed as refusal:
            messages.error(request, sentence(refusal))
        else:
            words = "is released" if released else "was held by nobody"
            messages.success(request, f"Claim {claim_id} {words}.")
        return HttpResponseRedirect(reverse("admin:verification_waiting_changelist"))

    def skip_view(self, request: HttpRequest, claim_id: int) -> HttpResponse:
        """Give it back, do not get it again for a day, and go on to the next."""
        self._check(request, HOLD)
        try:
            leasing.skip(claim_id, actor(request))
        except NotAllowed as refusal:
            messages.error(request, sentence(refusal))
            return HttpResponseRedirect(dossier_page(claim_id))
        return HttpResponseRedirect(next_page(request, actor(request), wanted(request), claim_id))

    def save_view(self, request: HttpRequest) -> HttpResponse:
        """Keep the filter that the queue was last seen with, under a name of the person's own."""
        self._check(request, SAVE)
        form, filtered = NameForm(request.POST), wanted(request)
        if not form.is_valid() or not filtered.given():
            messages.error(
                request, "Narrow the queue first, then give the filter a name of 1 to 60 characters."
            )
            return HttpResponseRedirect(_address(filtered))
        name = form.cleaned_data["name"]
        try:
            with transaction.atomic():
                SavedFilter.objects.create(owner=actor(request), name=name, wanted=filtered.given())
        except IntegrityError:
            messages.error(
                request, f"You have a filter “{name}” already: drop it first, or name this another."
            )
        else:
            messages.success(request, f"Saved as “{name}”.")
        return HttpResponseRedirect(_address(filtered))

    def drop_view(self, request: HttpRequest, filter_id: int) -> HttpResponse:
        """Drop a filter of the person's own; nobody can drop another's."""
        self._check(request, SAVE)
        SavedFilter.objects.filter(pk=filter_id, owner=actor(request)).delete()
        return HttpResponseRedirect(_address(wanted(request)))

    def _check(self, request: HttpRequest, permission: str = "") -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if permission and not request.user.has_perm(permission):
            raise PermissionDenied


def _place(words: str) -> Place | None:
    """The end of the page before, as it stands in the address; None if there is none."""
    rank, _, number = words.partition(",")
    claim_id = as_id(number)
    try:
        place = float(rank)
    except ValueError:
        return None
    return Place(place, claim_id) if claim_id is not None and isfinite(place) else None


def _address(filtered: Wanted, after: Place | None = None) -> str:
    query = {name: "on" if value is True else str(value) for name, value in filtered.given().items()}
    if after is not None:
        query["after"] = f"{after.rank!r},{after.claim_id}"
    base = reverse("admin:verification_waiting_changelist")
    return f"{base}?{urlencode(query)}" if query else base
