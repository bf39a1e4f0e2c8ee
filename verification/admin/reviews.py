"""What people decided and what happened: append-only, so there is only reading."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import ReadOnlyAdmin, badge
from claims.admin.lists import known_values
from claims.models import Claim
from verification.models import Event, Judgement, Verdict
from verification.models.words import EventKind
from verification.selectors.agreeing import agreement_by_pair
from verification.selectors.verdicts import readable

KindFilter = known_values("kind", [(kind.value, kind.value.replace("_", " ")) for kind in EventKind])


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
    list_select_related = ["claim", "reviewer", "first_reviewer", "withdrawal"]
    search_fields = ["note", "claim__text"]
    fields = ["of", "word_badge", "reviewer", "first_reviewer", "note", "evidence", "created_at"]

    class Media:
        css = {"all": ["verification/cockpit.css", "verification/queue.css"]}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.agreement_view)
        return [path("agreement/", view, name="verification_verdict_agreement"), *super().get_urls()]

    def agreement_view(self, request: HttpRequest) -> HttpResponse:
        """How often the reviewers of second reviews agree; ``?all=1`` counts open reviews, too."""
        if not request.user.has_perm("verification.view_agreement"):
            raise PermissionDenied
        blind_only = "all" not in request.GET
        context = {
            **self.admin_site.each_context(request),
            "title": "How far reviewers agree",
            "opts": self.opts,
            "media": self.media,
            "blind_only": blind_only,
            "pairs": agreement_by_pair(blind_only=blind_only),
        }
        return TemplateResponse(request, "admin/verification/verdict/agreement.html", context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Verdict]:
        return readable(super().get_queryset(request), cast(User, request.user))

    @admin.display(description="verdict")
    def word_badge(self, verdict: Verdict) -> SafeString:
        word = badge(verdict.word)
        return format_html("{} taken back", word) if hasattr(verdict, "withdrawal") else word


@admin.register(Event)
class EventAdmin(OfAClaim):
    list_display = ["created_at", "what", "of", "who", "before", "after", "reason"]
    list_filter = [KindFilter, "created_at", ("actor", admin.EmptyFieldListFilter)]
    list_select_related = ["claim", "actor"]
    search_fields = ["reason", "claim__text"]
    fields = ["of", "what", "who", "before", "after", "reason", "evidence", "created_at"]

    @admin.display(description="kind")
    def what(self, event: Event) -> str:
        return event.kind.replace("_", " ")

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
