"""Finding fact checks as users of Google's Fact Check Tools API do (``claims:search``, v1alpha1)."""

from __future__ import annotations

import base64
import binascii
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_serializer,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import Resource
from claims.api.pagination import whole_number
from claims.api.problems import Fault, Invalid
from claims.models import Claim
from verification.addresses import publisher, verdict_url
from verification.claimreview import claimant, claimed_on
from verification.models.words import VerdictWord
from verification.selectors.published import Published, published, with_published_verdict
from verification.selectors.searching import with_words

LANGUAGE = "en"
PAGE, LARGEST_PAGE, FURTHEST = 10, 100, 10_000
LONGEST_QUERY = 500
_DAYS = 36_500


def _parameter(name: str, description: str, **schema: Any) -> OpenApiParameter:
    return OpenApiParameter(name, {"type": "string", **schema}, description=description)


PARAMETERS = [
    _parameter("query", "Words that the claim holds, all of them.", maxLength=LONGEST_QUERY, minLength=1),
    _parameter("languageCode", "Of the review, BCP-47, such as en or en-US."),
    _parameter("reviewPublisherSiteFilter", "The host of who reviewed it, such as example.org."),
    _parameter("maxAgeDays", "Reviewed at most so many days ago.", type="integer", minimum=1, maximum=_DAYS),
    _parameter(
        "pageSize", "Claims on a page.", type="integer", minimum=1, maximum=LARGEST_PAGE, default=PAGE
    ),
    _parameter("pageToken", "Where the page starts: 'nextPageToken' of the page before."),
    _parameter(
        "offset",
        "How many claims to leave out, where no pageToken is given.",
        type="integer",
        minimum=0,
        maximum=FURTHEST,
        default=0,
    ),
]


class SitePublisherSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    site = serializers.CharField(help_text="the host, without a scheme")


class FoundReviewSerializer(serializers.Serializer[Any]):
    publisher = SitePublisherSerializer()
    url = serializers.CharField()
    title = serializers.CharField()
    reviewDate = serializers.DateTimeField()  # noqa: N815 - the names are Google's
    textualRating = serializers.CharField(help_text="the verdict in words")  # noqa: N815
    languageCode = serializers.CharField()  # noqa: N815


class FoundClaimSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    claimant = serializers.CharField(required=False)
    claimDate = serializers.DateTimeField(required=False)  # noqa: N815
    claimReview = FoundReviewSerializer(many=True)  # noqa: N815


@extend_schema_serializer(many=False)
class FoundClaimsSerializer(serializers.Serializer[Any]):
    claims = FoundClaimSerializer(many=True)
    nextPageToken = serializers.CharField(  # noqa: N815
        required=False, help_text="where the next page starts; missing on the last one"
    )


@extend_schema_view(
    list=extend_schema(
        operation_id="claims_search",
        summary="Search fact checks",
        description="Claims with a published verdict, in the shape of `claims:search` of Google's Fact Check Tools "
        "API, newest first. It takes a `query` or a `reviewPublisherSiteFilter`.",
        parameters=PARAMETERS,
        responses={200: OpenApiResponse(FoundClaimsSerializer, "What was found.")},
    )
)
class ClaimSearchViewSet(Resource):
    queryset = Claim.objects.all()
    pagination_class = None
    sparse_actions = frozenset()

    def known_parameters(self) -> set[str]:
        return {str(parameter.name) for parameter in PARAMETERS}

    def list(self, request: Request) -> Response:
        size = whole_number(request, "pageSize", PAGE, least=1, most=LARGEST_PAGE)
        start = _start(request)
        rows = self._found(request).order_by("-verdict_id")[start : start + size + 1]
        found = published(rows)
        answer: dict[str, Any] = {"claims": [_claim(one, request) for one in found[:size]]}
        if len(found) > size:
            answer["nextPageToken"] = _token(start + size)
        return Response(answer)

    def _found(self, request: Request) -> QuerySet[Any]:
        given = request.query_params
        query, site = given.get("query", ""), given.get("reviewPublisherSiteFilter", "")
        if not query.strip() and not site:
            message = "nothing to search for was given"
            remedy = "Give a query, or a reviewPublisherSiteFilter."
            raise Invalid(Fault("query", "query", "required", message, None, remedy))
        _check_length("query", query, LONGEST_QUERY)
        rows: QuerySet[Any] = with_published_verdict(Claim.objects.all())
        if query.strip():
            rows = with_words(rows, query)
        days = whole_number(request, "maxAgeDays", 0, least=1, most=_DAYS)
        if days:
            rows = rows.filter(published_at__gte=timezone.now() - timedelta(days=days))
        ours = urlsplit(publisher(request._request)["url"]).hostname or ""
        if not _is_ours(given.get("languageCode", LANGUAGE), LANGUAGE) or (site and _host(site) != ours):
            return rows.none()
        return rows


def _is_ours(language: str, ours: str) -> bool:
    return language.lower().partition("-")[0] == ours


def _host(site: str) -> str:
    return site.lower().removeprefix("https://").removeprefix("http://").partition("/")[0].partition(":")[0]


def _claim(one: Published, request: Request) -> dict[str, Any]:
    """A claim as Google answers it: what is not known is left out."""
    name, day = claimant(one.appearances)[1], claimed_on(one.appearances)
    word = VerdictWord(one.verdict.word).label.capitalize()
    us = publisher(request._request)
    review = {
        "publisher": {"name": us["name"], "site": urlsplit(us["url"]).hostname},
        "url": verdict_url(request._request, one.claim.pk),
        "title": f"{word}: {one.claim.text}",
        "reviewDate": _moment(one.published),
        "textualRating": word,
        "languageCode": LANGUAGE,
    }
    return {
        "text": one.claim.text,
        **({"claimant": name} if name else {}),
        **({"claimDate": f"{day.isoformat()}T00:00:00Z"} if day else {}),
        "claimReview": [review],
    }


def _moment(moment: Any) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _token(start: int) -> str:
    return base64.urlsafe_b64encode(f"search:{start}".encode()).decode()


def _start(request: Request) -> int:
    offset = whole_number(request, "offset", 0, least=0, most=FURTHEST)
    token = request.query_params.get("pageToken")
    if token is None:
        return offset
    try:
        kind, _, start = base64.urlsafe_b64decode(token.encode("ascii")).decode("ascii").partition(":")
        if kind == "search" and start.isdigit() and int(start) <= FURTHEST:
            return int(start)
    except (binascii.Error, ValueError):
        pass
    remedy = "Give 'nextPageToken' as it was given, or start again without one."
    raise Invalid(Fault("query", "pageToken", "bad_cursor", "this is no such token", token[:200], remedy))


def _check_length(name: str, text: str, most: int) -> None:
    if len(text) > most:
        message = f"it has more than {most} characters"
        raise Invalid(Fault("query", name, "max_length", message, text[:200], "Shorten it."))
