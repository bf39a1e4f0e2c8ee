"""Articles: what came in and when, a page to read each with its mentions marked, and one to remove it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import ReadOnlyAdmin, badge, outside
from claims.models import Article, Revision
from claims.selectors import reading
from claims.selectors.progress import progress
from verification.admin.deciding import actor
from verification.admin.filters import as_id
from verification.admin.reader import changes, reader
from verification.selectors.removing import loss
from verification.services.removing import REMOVE, remove_article


class RemovalForm(forms.Form):
    reason = forms.CharField(
        label="Why it is removed",
        max_length=2000,
        error_messages={"required": "Say why: the reason is kept with each claim that loses a mention."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@admin.register(Article)
class ArticleAdmin(ReadOnlyAdmin):
    list_display = ["headline", "source", "published", "mention_count", "state"]
    list_filter = ["published_at"]
    search_fields = ["url", "source__name", "byline"]
    search_help_text = "address, source or byline"
    list_per_page = 50
    sortable_by = ["published"]

    class Media:
        css = {"all": ["verification/reader.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return reading.with_current_revision(super().get_queryset(request))

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return lookup == "source__id__exact" or super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    def get_urls(self) -> list[URLPattern]:
        remove = self.admin_site.admin_view(self.remove_view)
        return [path("<int:article_id>/remove/", remove, name="claims_article_remove"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The article's text with its mentions.

        ``?revision=2``: an earlier state of it; ``&against=3``: what changed between the two. ``?claim=7``: the
        reader comes from that claim's dossier.
        """
        article = self.get_object(request, object_id)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        if article is None:
            return self.missing(request, object_id)
        query = request.GET
        context = {
            **self.admin_site.each_context(request),
            "title": _current(article).title or "Article",
            "opts": self.opts,
            "media": self.media,
            "article": article,
            "address": outside(article.url),
            "may_remove": request.user.has_perm(REMOVE),
        }
        if query.get("against"):
            template = "changes.html"
            context["changes"] = changes(article, query.get("revision", ""), query["against"])
        else:
            template = "reader.html"
            context["reader"] = reader(article, query.get("revision"), as_id(query.get("claim")))
        return TemplateResponse(request, f"admin/claims/article/{template}", context)

    def remove_view(self, request: HttpRequest, article_id: int) -> HttpResponse:
        """GET tells what removing the article would take and what stays, POST does it, with a reason."""
        if not self.has_view_permission(request) or not request.user.has_perm(REMOVE):
            raise PermissionDenied
        article = self.get_object(request, str(article_id)) if as_id(article_id) is not None else None
        if article is None:
            return self.missing(request, str(article_id))
        form = RemovalForm(request.POST if request.method == "POST" else None)
        headline = self.headline(article)
        if form.is_valid():
            try:
                remove_article(article.pk, actor=actor(request), reason=form.cleaned_data["reason"])
            except Article.DoesNotExist:  # another person was faster
                return self.missing(request, str(article_id))
            messages.success(
                request, f"“{headline[:120]}” was removed. Its claims and their events are kept."
            )
            return HttpResponseRedirect(reverse("admin:claims_article_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Remove “{headline}”",
            "opts": self.opts,
            "media": self.media,
            "article": article,
            "address": outside(article.url),
            "loss": loss(article),
            "form": form,
        }
        return TemplateResponse(request, "admin/claims/article/remove.html", context)

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
