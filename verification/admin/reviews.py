"""What people decided and what happened: append-only, so there is only reading."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import ReadOnlyAdmin, badge
from claims.admin.lists import known_values
from claims.models import Claim
from verification.models import Event, Judgement, Verdict
from verification.models.words import Workflow

#: what is written by assessing and cross-checking; the moves of the workflow are called as where they lead to
_MOVES = [(to.value, to.label) for to in Workflow if to != Workflow.DETECTED]
KindFilter = known_values("kind", [("detected", "detected"), ("assessed", "assessed"), *_MOVES])


def claim_link(claim: Claim) -> SafeString:
    return format_html(
        '<a href="{}">{}</a>', reverse("admin:claims_claim_change", args=[claim.pk]), claim.text
    )


class OfAClaim(ReadOnlyAdmin):
    list_per_page = 50
    sortable_by = ()

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return lookup == "claim__id__exact" or super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    @admin.display(description="claim")
    def of(self, row: Verdict | Event) -> SafeString:
        return claim_link(row.claim)


@admin.register(Verdict)
class VerdictAdmin(OfAClaim):
    list_display = ["created_at", "word_badge", "of", "reviewer", "first_reviewer", "note"]
    list_filter = ["word", "created_at", ("reviewer", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["claim", "reviewer", "first_reviewer"]
    search_fields = ["note", "claim__text"]
    fields = ["of", "word_badge", "reviewer", "first_reviewer", "note", "evidence", "created_at"]

    @admin.display(description="verdict")
    def word_badge(self, verdict: Verdict) -> SafeString:
        return badge(verdict.word)


@admin.register(Event)
class EventAdmin(OfAClaim):
    list_display = ["created_at", "kind", "of", "who", "before", "after", "reason"]
    list_filter = [KindFilter, "created_at", ("actor", admin.EmptyFieldListFilter)]
    list_select_related = ["claim", "actor"]
    search_fields = ["reason", "claim__text"]
    fields = ["of", "kind", "who", "before", "after", "reason", "evidence", "created_at"]

    @admin.display(description="by")
    def who(self, event: Event) -> str:
        return str(event.actor) if event.actor else "the machine"


@admin.register(Judgement)
class JudgementAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "word_badge", "first", "second", "reviewer", "note"]
    list_filter = ["word", "created_at", ("reviewer", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["a", "b", "reviewer"]
    search_fields = ["note", "a__text", "b__text"]
    fields = ["word_badge", "first", "second", "reviewer", "note", "created_at"]
    list_per_page = 50
    sortable_by = ()

    @admin.display(description="word")
    def word_badge(self, judgement: Judgement) -> SafeString:
        return badge(judgement.word)

    @admin.display(description="one claim")
    def first(self, judgement: Judgement) -> SafeString:
        return claim_link(judgement.a)

    @admin.display(description="the other")
    def second(self, judgement: Judgement) -> SafeString:
        return claim_link(judgement.b)
