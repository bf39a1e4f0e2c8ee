"""What the admin pages share."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString


class ReadOnlyAdmin(admin.ModelAdmin):
    """For what the machine writes, and for what is never rewritten: to be looked at by who may view it."""

    show_full_result_count = False
    actions = None

    class Media:
        css = {"all": ["claims/cockpit.css"]}

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
