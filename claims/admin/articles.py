"""Articles: what came in and when, and a page to read each with its mentions marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import ReadOnlyAdmin, badge, outside
from claims.admin.highlighting import Mark, Segment, segments
from claims.models import Article, Mention, Revision
from claims.selectors import reading
from claims.selectors.progress import progress


@dataclass(frozen=True, slots=True)
class Numbered:
    """A mention with the number that it has on the page."""

    number: int
    mention: Mention


@dataclass(frozen=True, slots=True)
class Reader:
    """One revision, marked, among all of its article."""

    revision: Revision
    revisions: list[Revision]
    text: tuple[Segment[Numbered], ...]
    mentions: tuple[Numbered, ...]


def reader(article: Article, number: str | None) -> Reader | None:
    """The revision with this number, the current one if none is given; None if there is none such."""
    revisions = reading.revisions_of(article)
    wanted = [r for r in revisions if (str(r.number) == number if number else r.is_current)]
    if not wanted:
        return None
    revision = wanted[0]
    mentions = reading.mentions_in(revision)
    numbered = tuple(Numbered(place, mention) for place, mention in enumerate(mentions, start=1))
    marks = [Mark(n.mention.start, n.mention.end, n) for n in numbered]
    return Reader(revision, revisions, segments(revision.text, marks), numbered)


@admin.register(Article)
class ArticleAdmin(ReadOnlyAdmin):
    list_display = ["headline", "source", "published", "mention_count", "state"]
    list_filter = ["published_at"]
    search_fields = ["url", "source__name", "byline"]
    search_help_text = "address, source or byline"
    list_per_page = 50
    sortable_by = ["published"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return reading.with_current_revision(super().get_queryset(request))

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return lookup == "source__id__exact" or super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The article's text with its mentions; ``?revision=2`` for an earlier state of it."""
        article = self.get_object(request, object_id)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        if article is None:
            return self.missing(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _current(article).title or "Article",
            "opts": self.opts,
            "media": self.media,
            "article": article,
            "address": outside(article.url),
            "reader": reader(article, request.GET.get("revision")),
        }
        return TemplateResponse(request, "admin/claims/article/reader.html", context)

    @admin.display(description="article")
    def headline(self, article: Article) -> str:
        return _current(article).title or article.url

    @admin.display(description="published", ordering="published_at")
    def published(self, article: Article) -> Any:
        return article.published_at

    @admin.display(description="mentions")
    def mention_count(self, article: Article) -> SafeString:
        url = reverse("admin:claims_mention_changelist")
        count = getattr(_current(article), "mention_count", 0)
        return format_html('<a href="{}?revision__article__id__exact={}">{}</a>', url, article.pk, count)

    @admin.display(description="state")
    def state(self, article: Article) -> SafeString | None:
        state = progress(_current(article).steps.all()).state
        return badge(state) if state else None


def _current(article: Article) -> Revision:
    """The current revision as the list's queryset prefetched it; an empty one for an article without any."""
    found = getattr(article, "current", [])
    return found[0] if found else Revision(pk=0, title="")
