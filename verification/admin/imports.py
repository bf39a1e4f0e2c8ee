"""Others' fact checks, with their own labels."""

from __future__ import annotations

from django.contrib import admin

from claims.admin.base import ReadOnlyAdmin
from verification.models import ImportedReview


@admin.register(ImportedReview)
class ImportedReviewAdmin(ReadOnlyAdmin):
    list_display = ["claim_text", "label", "bearing", "source", "reviewed_on"]
    list_select_related = ["source"]
    list_filter = ["bearing", ("source", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["claim_text", "label"]
    sortable_by = ["reviewed_on"]
    list_per_page = 50
    fields = [
        "claim_text", "label", "bearing", "source", "url", "claimant", "claimed_on", "reviewed_on", "language", "raw",
    ]  # fmt: skip
