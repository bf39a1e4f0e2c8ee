"""Named things, as extraction knows them."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import ReadOnlyAdmin
from claims.models import Entity, EntityMention


@admin.register(Entity)
class EntityAdmin(ReadOnlyAdmin):
    list_display = ["name", "kind", "named_in"]
    list_filter = ["kind"]
    search_fields = ["name"]
    fields = ["name", "kind", "named_in"]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entity]:
        named = EntityMention.objects.filter(entity=OuterRef("pk")).order_by().values("entity")
        count = named.annotate(n=Count("mention", distinct=True)).values("n")
        return super().get_queryset(request).annotate(mention_count=Coalesce(Subquery(count), 0))

    @admin.display(description="mentions that name it")
    def named_in(self, entity: Entity) -> SafeString:
        url = reverse("admin:claims_mention_changelist")
        count = getattr(entity, "mention_count", 0)
        return format_html('<a href="{}?entities__id__exact={}">{}</a>', url, entity.pk, count)
