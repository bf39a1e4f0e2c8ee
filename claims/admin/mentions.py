"""Places where claims are made, as a list that can be filtered; each is read in its article."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import ReadOnlyAdmin, badge
from claims.models import Mention


def place(mention: Mention, claim_id: int | None = None) -> str:
    """The address of a mention in its article's page; with the claim that the reader comes from, if any."""
    revision = mention.revision
    article = reverse("admin:claims_article_change", args=[revision.article_id])
    query = {} if revision.is_current else {"revision": revision.number}
    if claim_id is not None:
        query["claim"] = claim_id
    return f"{article}{'?' if query else ''}{urlencode(query)}#mention-{mention.pk}"


@admin.register(Mention)
class MentionAdmin(ReadOnlyAdmin):
    list_display = ["wording", "kind", "said_by", "attribution_badge", "outlet", "published", "in_claim"]
    list_filter = ["kind", "attribution", "hedged", "negated"]
    list_select_related = ["speaker", "claim", "revision__article__source"]
    search_fields = ["text"]
    list_per_page = 50
    ordering = ["-pk"]
    sortable_by = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mention]:
        return super().get_queryset(request).defer("revision__text", "terms")

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        wanted = ("claim__id__exact", "entities__id__exact", "revision__article__id__exact")
        return lookup in wanted or super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A mention has no page of its own: it is read where it stands."""
        mention = self.get_object(request, object_id)
        if mention is None or not self.has_view_permission(request, mention):
            return super().change_view(request, object_id, form_url, extra_context)
        return HttpResponseRedirect(place(mention))

    @admin.display(description="said by")
    def said_by(self, mention: Mention) -> str:
        return mention.speaker.name if mention.speaker else "the outlet"

    @admin.display(description="attribution")
    def attribution_badge(self, mention: Mention) -> SafeString:
        return badge(mention.attribution)

    @admin.display(description="outlet")
    def outlet(self, mention: Mention) -> str:
        return mention.revision.article.source.name

    @admin.display(description="published")
    def published(self, mention: Mention) -> Any:
        moment = mention.revision.article.published_at
        return moment.date() if moment else None

    @admin.display(description="claim")
    def in_claim(self, mention: Mention) -> SafeString | None:
        if mention.claim_id is None:
            return None
        url = reverse("admin:claims_claim_change", args=[mention.claim_id])
        return format_html('<a href="{}">{}</a>', url, f"claim {mention.claim_id}")
