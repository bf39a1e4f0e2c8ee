"""Feeds: which are read, how they do, and why one is paused."""

from __future__ import annotations

from django.contrib import admin

from claims.admin.base import ReadOnlyAdmin
from claims.models import Feed


@admin.register(Feed)
class FeedAdmin(ReadOnlyAdmin):
    list_display = ["url", "source", "format", "polled_at", "due_at", "paused_reason", "error_code"]
    list_select_related = ["source"]
    search_fields = ["url", "source__name"]
