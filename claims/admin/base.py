"""What the admin pages share."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from claims.admin.lists import ByKeyPaginator


class ReadOnlyAdmin(admin.ModelAdmin):
    """For what the machine writes, and for what is never rewritten: to be looked at by who may view it."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # to count for every filter takes a second at 100,000 rows
    paginator = ByKeyPaginator
    change_form_template = "cockpit/read_only.html"
    actions: Any = None

    class Media:
        css = {"all": ["claims/cockpit.css"]}

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """A list is called what it lists: nothing is to be selected to change."""
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def missing(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """To the first page, with the message that there is no such row."""
        redirect = self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        return cast(HttpResponse, redirect)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def badge(value: str, words: str = "") -> SafeString:
    """A coloured word; the colour follows the value (see ``cockpit.css``), the words tell the same."""
    return format_html('<span class="badge badge-{}">{}</span>', value, words or value.replace("_", " "))


def outside(url: str) -> str:
    """``url`` if it may be made a link: http(s) only, "" for ``urn:``, ``javascript:`` and the like."""
    return url if url.lower().startswith(("https://", "http://")) else ""
