"""Lists that stay quick where there are a hundred thousand rows: paging, and filters that need no query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest


class ByKeyPaginator(Paginator):
    """Finds a page's keys first and then its rows.

    So that what a row takes (joins, counts of what belongs to it) is done for the rows of one page, not for
    all that are skipped on the way to it.
    """

    def page(self, number: int | str) -> Page:
        page = super().page(number)
        rows = page.object_list
        if not isinstance(rows, QuerySet) or not isinstance(self.object_list, QuerySet):
            return page
        keys = list(rows.values_list("pk", flat=True))
        page.object_list = self.object_list.filter(pk__in=keys)  # in the same order
        return page


def known_values(
    field: str, values: Iterable[tuple[str, str]], named: str = ""
) -> type[admin.SimpleListFilter]:
    """A filter on ``field`` by values that are known, instead of those found by reading the whole table."""
    choices = list(values)

    class KnownValues(admin.SimpleListFilter):
        title = field.replace("_", " ")
        parameter_name = field

        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
            return choices

        def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
            value = self.value()
            return queryset.filter(**{field: value}) if value else queryset

    return KnownValues
