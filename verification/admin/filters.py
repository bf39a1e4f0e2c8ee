"""What the list of claims can be narrowed by, beyond single fields."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.models import Claim, Source
from verification.models.words import Status, VerdictWord, Workflow
from verification.selectors.listing import from_source, standing_so

MOST_SOURCES = 50


class StandingFilter(admin.SimpleListFilter):
    """By one field of how the claim stands, of which the values are known."""

    field: str
    choices_: list[tuple[str, str]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return self.choices_

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        value = self.value()
        return standing_so(queryset, self.field, value) if value else queryset


class StatusFilter(StandingFilter):
    title = field = "status"
    parameter_name = "standing__status"
    choices_ = [(word, word.replace("_", " ")) for word in (*Status.values, *VerdictWord.values)]


class WorkflowFilter(StandingFilter):
    title = field = "workflow"
    parameter_name = "standing__workflow"
    choices_ = list(Workflow.choices)


class SourceFilter(admin.SimpleListFilter):
    """The sources that were first known; ``?source=<id>`` works for all others, too."""

    title = "source"
    parameter_name = "source"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        known = list(Source.objects.order_by("pk").values_list("pk", "name")[:MOST_SOURCES])
        wanted = as_id(self.used_parameters.get(self.parameter_name))
        if wanted is not None and wanted not in {pk for pk, _ in known}:
            known += list(Source.objects.filter(pk=wanted).values_list("pk", "name"))
        return [(str(pk), name) for pk, name in sorted(known, key=lambda row: row[1].lower())]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        value = self.value()
        if not value:
            return queryset
        source_id = as_id(value)
        return queryset.none() if source_id is None else from_source(queryset, source_id)


def as_id(value: object) -> int | None:
    """What a person typed as a row's number; None for anything that no row's number can be."""
    words = str(value)
    return int(words) if words.isdecimal() and len(words) < 19 else None
