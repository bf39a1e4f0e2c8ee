"""Where what is published can be read, and who publishes it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def publisher(request: HttpRequest) -> dict[str, str]:
    """Who publishes our verdicts: name and address."""
    return {"name": settings.PUBLISHER_NAME, "url": request.build_absolute_uri("/")}


def verdict_url(request: HttpRequest, claim_id: int) -> str:
    """Where a published verdict can be read: its page, or without public pages the API's record of it."""
    name = "public-claim" if settings.PUBLIC_PAGES else "claimreview-detail"
    return request.build_absolute_uri(reverse(name, args=[claim_id]))
