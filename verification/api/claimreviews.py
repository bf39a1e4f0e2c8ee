"""Published verdicts as ClaimReview."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.exceptions import NotFound
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import Resource
from claims.api.pagination import Keyset
from claims.models import Claim
from verification.addresses import publisher, verdict_url
from verification.claimreview import claim_review, data_feed
from verification.selectors.published import Published, published, with_published_verdict

_STRING = {"type": "string"}
_DAY = {"type": "string", "format": "date"}
_MOMENT = {"type": "string", "format": "date-time"}
_ORGANIZATION = {
    "type": "object",
    "required": ["@type", "name"],
    "properties": {"@type": _STRING, "name": _STRING, "url": {"type": "string", "format": "uri"}},
}
_WORK = {
    "type": "object",
    "required": ["@type", "publisher"],
    "properties": {
        "@type": _STRING,
        "url": _STRING,
        "headline": _STRING,
        "datePublished": _MOMENT,
        "publisher": _ORGANIZATION,
    },
}
_PROPERTIES: dict[str, Any] = {
    "@type": {"type": "string", "const": "ClaimReview"},
    "@id": {"type": "string", "format": "uri"},
    "url": {"type": "string", "format": "uri", "description": "where the verdict can be read"},
    "inLanguage": _STRING,
    "claimReviewed": _STRING,
    "datePublished": _DAY,
    "dateModified": _MOMENT,
    "expires": _DAY | {"description": "when it should no longer be relied on"},
    "author": _ORGANIZATION,
    "reviewBody": _STRING,
    "reviewRating": {
        "type": "object",
        "required": ["@type", "alternateName"],
        "properties": {
            "@type": _STRING,
            "alternateName": {"type": "string", "description": "the verdict in words"},
            "ratingValue": {"type": "integer", "description": "the higher, the more of it is true"},
            "worstRating": {"type": "integer"},
            "bestRating": {"type": "integer"},
        },
    },
    "itemReviewed": {
        "type": "object",
        "required": ["@type"],
        "properties": {
            "@type": _STRING,
            "author": _ORGANIZATION,
            "datePublished": _DAY,
            "firstAppearance": _WORK,
            "appearance": {"type": "array", "items": _WORK},
        },
    },
}
_REQUIRED = [name for name in _PROPERTIES if name != "reviewBody"]
_CONTEXT = {"@context": {"type": "string", "const": "https://schema.org"}}
CLAIM_REVIEW = {
    "type": "object",
    "required": ["@context", *_REQUIRED],
    "properties": _CONTEXT | _PROPERTIES,
}
DATA_FEED = {
    "type": "object",
    "required": ["@context", "@type", "name", "dateModified", "dataFeedElement"],
    "properties": {
        **_CONTEXT,
        "@type": {"type": "string", "const": "DataFeed"},
        "name": _STRING,
        "dateModified": _MOMENT,
        "dataFeedElement": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["@type", "dateCreated", "dateModified", "item"],
                "properties": {
                    "@type": _STRING,
                    "dateCreated": _MOMENT,
                    "dateModified": _MOMENT,
                    "item": {
                        "type": "array",
                        "items": {"type": "object", "required": _REQUIRED, "properties": _PROPERTIES},
                    },
                },
            },
        },
    },
}
EXAMPLE = OpenApiExample(
    "A verdict",
    response_only=True,
    status_codes=["200"],
    value={
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": "https://twosource.example/claims/12",
        "url": "https://twosource.example/claims/12",
        "inLanguage": "en",
        "claimReviewed": "The harbour of Port Ellery lost 12 percent of its cargo in May 2024.",
        "datePublished": "2025-02-20",
        "dateModified": "2025-02-20T10:00:02+00:00",
        "expires": "2026-02-20",
        "author": {"@type": "Organization", "name": "Twosource", "url": "https://twosource.example/"},
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "Supported",
            "ratingValue": 5,
            "worstRating": 1,
            "bestRating": 5,
        },
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Organization", "name": "Port authority of Port Ellery"},
            "datePublished": "2025-02-18",
        },
    },
)


class LinkedDataRenderer(JSONRenderer):
    media_type = "application/ld+json"
    format = "jsonld"


class DataFeedPages(Keyset):
    """A page is a DataFeed of its own; the next one stands in the ``Link`` header."""

    def get_paginated_response(self, data: Any) -> Response:
        following = self._next()
        return Response(data, headers={"Link": f'<{following}>; rel="next"'} if following else None)

    def get_paginated_response_schema(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        return DATA_FEED


@extend_schema_view(
    list=extend_schema(
        operation_id="claimreviews_list",
        summary="List published verdicts as ClaimReview",
        description="A DataFeed of schema.org ClaimReviews, newest claims first. The next page, where there is "
        'one, is the `Link` with `rel="next"`.',
        responses={(200, "application/ld+json"): OpenApiResponse(DATA_FEED, "The feed.")},
    ),
    retrieve=extend_schema(
        operation_id="claimreviews_retrieve",
        summary="Read a published verdict as ClaimReview",
        description="By the id of its claim.",
        responses={(200, "application/ld+json"): OpenApiResponse(CLAIM_REVIEW, "The verdict.")},
        examples=[EXAMPLE],
    ),
)
class ClaimReviewViewSet(Resource):
    queryset = Claim.objects.all()
    pagination_class = DataFeedPages
    sparse_actions = frozenset()
    renderer_classes = [LinkedDataRenderer, JSONRenderer]
    orderings: Mapping[str, Any] = {"id": F("pk")}

    def get_queryset(self) -> QuerySet[Claim]:
        return with_published_verdict(Claim.objects.all())

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset())
        found = published(page or [])
        modified = max((one.changed for one in found), default=datetime(2000, 1, 1, tzinfo=UTC))
        reviews = [(one, self._review(one)) for one in found]
        name = f"{settings.PUBLISHER_NAME}: fact checks"
        return self.get_paginated_response(data_feed(reviews, name=name, modified=modified))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found = published(self.get_queryset().filter(pk=self.kwargs["pk"]))
        if not found:
            raise NotFound(f"There is no published verdict on a claim {self.kwargs['pk']}.")
        return Response(self._review(found[0]))

    def _review(self, one: Published) -> dict[str, Any]:
        request = self.request._request
        return claim_review(one, url=verdict_url(request, one.claim.pk), publisher=publisher(request))
