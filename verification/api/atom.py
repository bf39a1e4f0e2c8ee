"""A feed of what happens to the claims of a query, for feed readers (Atom, RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import Resource
from claims.models import Claim
from verification.api.filters import ClaimFilters
from verification.models import Event
from verification.models.words import Status, VerdictWord
from verification.selectors.following import latest_events
from verification.services.sequencing import put_in_order

_WORDS = dict([*Status.choices, *VerdictWord.choices])
#: what XML 1.0 has no way to write (section 2.2)
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DESCRIPTION = """The latest 50 things that happened to the claims which meet the filters, newest first, as an Atom
feed: an address with filters is a saved query. Entries keep their ids; `ETag` and `Last-Modified` spare a reader what
it has."""


class AtomRenderer(BaseRenderer):
    """A feed is text already; an error is a problem in JSON, as everywhere."""

    media_type = "application/atom+xml"
    format = "atom"
    charset = "utf-8"

    def render(
        self, data: Any, media_type: str | None = None, context: Mapping[str, Any] | None = None
    ) -> Any:
        return data if isinstance(data, str) else JSONRenderer().render(data)


class Always(BaseContentNegotiation):
    """Feed readers accept this and that and read Atom."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


@extend_schema_view(
    list=extend_schema(
        operation_id="claims_atom",
        summary="Follow a query in a feed reader",
        description=_DESCRIPTION,
        responses={
            (200, "application/atom+xml"): OpenApiResponse(OpenApiTypes.STR, "The feed."),
        },
    )
)
class AtomViewSet(Resource):
    queryset = Claim.objects.filter(merged_into=None)
    filterset_class = ClaimFilters
    pagination_class = None
    sparse_actions = frozenset()
    renderer_classes = [AtomRenderer]
    content_negotiation_class = Always

    def known_parameters(self) -> set[str]:
        return set(ClaimFilters.base_filters)

    def list(self, request: Request) -> Response:
        put_in_order()
        events = latest_events(self.filter_queryset(self.get_queryset()))
        updated = max((event.created_at for event in events), default=datetime(2000, 1, 1, tzinfo=UTC))
        body = _feed(request, events, updated)
        # Only the tag decides (``modified`` is not set): what is committed late may be older than what a reader has.
        return Response(body, headers={"Last-Modified": http_date(updated.timestamp())})


def _feed(request: Request, events: list[Event], updated: datetime) -> str:
    here = request.build_absolute_uri()
    about = ", ".join(f"{name} {value}" for name, value in sorted(request.query_params.items()))
    feed = Atom1Feed(
        title=_written(f"Twosource: {about or 'all claims'}"),
        link=request.build_absolute_uri(reverse("admin:index")),
        description="",
        feed_url=here,
        feed_guid=here,
    )
    for event in events:
        where = request.build_absolute_uri(reverse("admin:claims_claim_change", args=[event.claim_id]))
        feed.add_item(
            title=_written(f"{_happened(event)}: {event.claim.text}"),
            link=where,
            description=escape(_written(event.reason or _happened(event))),  # a summary is HTML
            unique_id=f"urn:twosource:event:{event.pk}",
            pubdate=event.created_at,
            updateddate=event.created_at,
            author_name=event.actor.get_username() if event.actor else "Twosource",
            categories=[event.kind],
        )
    feed.latest_post_date = lambda: updated  # type: ignore[method-assign] # of an empty feed it would be now
    return feed.writeString("utf-8")


def _written(text: str) -> str:
    """The text as XML can hold it."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _happened(event: Event) -> str:
    """In a word or two: the status it got, or what was done."""
    status = event.to_status
    if status and status != event.from_status:
        return str(_WORDS.get(status, status)).partition(":")[0].capitalize()
    return event.kind.replace("_", " ").capitalize()
