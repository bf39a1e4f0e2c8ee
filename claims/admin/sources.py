"""Who publishes: a person says what kind of source it is and who owns it."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.models import Publisher, Source


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "publisher", "articles"]
    list_filter = ["kind", ("publisher", admin.EmptyFieldListFilter)]
    list_select_related = ["publisher"]
    search_fields = ["name", "publisher__name"]
    autocomplete_fields = ["publisher"]
    fields = ["name", "kind", "publisher"]
    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return super().get_queryset(request).annotate(article_count=Count("articles"))

    def get_readonly_fields(self, request: HttpRequest, obj: Source | None = None) -> list[str]:
        """A name, once there, stays: articles that come in later find their source by it."""
        return ["name"] if obj else []

    @admin.display(description="articles", ordering="article_count")
    def articles(self, source: Source) -> SafeString:
        url = reverse("admin:claims_article_changelist")
        count = getattr(source, "article_count", 0)
        return format_html('<a href="{}?source__id__exact={}">{}</a>', url, source.pk, count)


@admin.register(Publisher)
class PublisherAdmin(admin.ModelAdmin):
    list_display = ["name", "sources"]
    search_fields = ["name"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Publisher]:
        return super().get_queryset(request).annotate(source_count=Count("sources"))

    @admin.display(description="sources", ordering="source_count")
    def sources(self, publisher: Publisher) -> int:
        return getattr(publisher, "source_count", 0)
