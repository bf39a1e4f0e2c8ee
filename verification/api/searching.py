"""Finding fact checks as users of Google's Fact Check Tools API do (``claims:search``, v1alpha1)."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet
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
from claims.api.pagination import PLACE, whole_number
from claims.api.problems import Fault, Invalid
from claims.models import Claim
from verification.addresses import publisher, verdict_url
from verification.claimreview import claimant, claimed_on
from verification.models import ImportedReview
from verification.models.words import VerdictWord
from verification.selectors.published import Published, Reviewed, reviewed, under_review
from verification.selectors.searching import with_words

LANGUAGE = "en"
PAGE, LARGEST_PAGE, FURTHEST = 10, 100, 10_000
LONGEST_QUERY = 500
_DAYS = 36_500


def _parameter(name: str, description: str, **schema: Any) -> OpenApiParameter:
    return OpenApiParameter(name, {"type": "string", **schema}, description=description)


PARAMETERS = [
    _parameter("query", "Words that the claim holds, all of them.", maxLength=LONGEST_QUERY, minLength=1),
    _parameter("q", "The same as query; with both, all words of both.", maxLength=LONGEST_QUERY, minLength=1),
    _parameter("languageCode", "Of the review, BCP-47, such as en or en-US."),
    _parameter("reviewPublisherSiteFilter", "The host of who reviewed it, such as example.org."),
    _parameter("maxAgeDays", "Reviewed at most so many days ago.", type="integer", minimum=1, maximum=_DAYS),
    _parameter(
        "pageSize", "Claims on a page.", type="integer", minimum=1, maximum=LARGEST_PAGE, default=PAGE
    ),
    _parameter("pageToken", "Where the page starts: 'nextPageToken' of the page before.", pattern=PLACE),
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
    reviewDate = serializers.DateTimeField(required=False)  # noqa: N815 - the names are Google's
    textualRating = serializers.CharField(help_text="the verdict in the publisher's words")  # noqa: N815
    languageCode = serializers.CharField(required=False)  # noqa: N815


class FoundClaimSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    claimant = serializers.CharField(required=False)
    claimDate = serializers.DateTimeField(required=False)  # noqa: N815
    claimReview = FoundReviewSerializer(many=True)  # noqa: N815


@extend_schema_serializer(many=False)
class FoundClaimsSerializer(serializers.Serializer[Any]):
    claims = FoundClaimSerializer(many=True)
    nextPageToken = serializers.CharField(  # noqa: N815
        required=False,
        help_text=f"where the next page starts; missing on the last one, and after {FURTHEST} claims",
    )


@extend_schema_view(
    list=extend_schema(
        operation_id="claims_search",
        summary="Search fact checks",
        description="Claims with a published verdict, or with a fact check that was imported from another publisher, "
        "in the shape of `claims:search` of Google's Fact Check Tools API, newest claims first, each with the reviews "
        "of all publishers. It takes a `query` or a `reviewPublisherSiteFilter`.",
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
        given = request.query_params
        query = " ".join(given[name] for name in ("query", "q") if name in given)
        site = given.get("reviewPublisherSiteFilter", "")
        if not query.strip() and not site:
            message = "nothing to search for was given"
            remedy = "Give a query, or a reviewPublisherSiteFilter."
            raise Invalid(Fault("query", "query", "required", message, None, remedy))
        for name in ("query", "q"):
            _check_length(name, given.get(name, ""), LONGEST_QUERY)
        days = whole_number(request, "maxAgeDays", 0, least=1, most=_DAYS)
        since = timezone.now() - timedelta(days=days) if days else None
        language, host = given.get("languageCode", ""), _host(site) if site else ""
        us = urlsplit(publisher(request._request)["url"]).hostname or ""
        ours = _speaks(LANGUAGE, language) and host in ("", us)
        theirs = _theirs(host, language, since)
        claims = under_review(Claim.objects.all(), theirs, since=since, ours=ours)
        if query.strip():
            claims = with_words(claims, query)
        rows = claims.order_by("-pk")[start : start + size + 1]
        found = reviewed(rows, theirs, since=since, ours=ours)
        answer: dict[str, Any] = {"claims": [_claim(one, request) for one in found[:size]]}
        if len(found) > size and start + size <= FURTHEST:
            answer["nextPageToken"] = _token(start + size)
        return Response(answer)


def _theirs(host: str, language: str, since: datetime | None) -> QuerySet[ImportedReview]:
    """The imported reviews of a publisher's host and in a language; "" and None for any."""
    found = ImportedReview.objects.all()
    if host:
        at = [Q(url__istartswith=f"{scheme}://{host}{end}") for scheme in ("https", "http") for end in "/:?#"]
        found = found.filter(reduce(or_, at, Q(url__in=[f"https://{host}", f"http://{host}"])))
    if language:
        found = found.filter(language__istartswith=language.partition("-")[0])
    if since is not None:
        found = found.filter(reviewed_on__gte=since.date())
    return found


def _speaks(ours: str, language: str) -> bool:
    return not language or language.lower().partition("-")[0] == ours


def _host(site: str) -> str:
    return site.lower().removeprefix("https://").removeprefix("http://").partition("/")[0].partition(":")[0]


def _claim(one: Reviewed, request: Request) -> dict[str, Any]:
    """A claim as Google answers it: what is not known is left out."""
    if one.ours is not None:
        name, day = claimant(one.ours.appearances)[1], claimed_on(one.ours.appearances)
        text, reviews = one.claim.text, [_our_review(one.ours, request)]
    else:
        first = one.theirs[0]
        name, day, text, reviews = first.claimant, first.claimed_on, first.claim_text, []
    return {
        "text": text,
        **({"claimant": name} if name else {}),
        **({"claimDate": f"{day.isoformat()}T00:00:00Z"} if day else {}),
        "claimReview": [*reviews, *map(_their_review, one.theirs)],
    }


def _our_review(one: Published, request: Request) -> dict[str, Any]:
    word = VerdictWord(one.verdict.word).label.capitalize()
    us = publisher(request._request)
    return {
        "publisher": {"name": us["name"], "site": urlsplit(us["url"]).hostname},
        "url": verdict_url(request._request, one.claim.pk),
        "title": f"{word}: {one.claim.text}",
        "reviewDate": _moment(one.published),
        "textualRating": word,
        "languageCode": LANGUAGE,
    }


def _their_review(review: ImportedReview) -> dict[str, Any]:
    day = review.reviewed_on
    return {
        "publisher": {"name": review.source.name, "site": urlsplit(review.url).hostname},
        "url": review.url,
        "title": f"{review.label}: {review.claim_text}",
        **({"reviewDate": f"{day.isoformat()}T00:00:00Z"} if day else {}),
        "textualRating": review.label,
        **({"languageCode": review.language} if review.language else {}),
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
