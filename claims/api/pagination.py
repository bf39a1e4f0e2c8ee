"""Pages that neither skip nor double a row when others come in between two requests.

Keyset pagination: a page starts after the last row of the one before, found by its place in the order and by
its id, so that a page costs the same however far down it is.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from claims.api.problems import Fault, Invalid

PAGE_SIZE = 50
ID = "id"  # the order that every list has
LARGEST_PAGE = 200
_LARGEST_ID = 2**63 - 1
PLACE = r"^[A-Za-z0-9_=-]+$"  # what names a place in a list, in base64url


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page starts: after the row with this ``value`` of what is ordered by, and this id."""

    ordering: str
    value: float
    id: int

    def encode(self) -> str:
        return base64.urlsafe_b64encode(json.dumps([self.ordering, self.value, self.id]).encode()).decode()

    @classmethod
    def decode(cls, cursor: str) -> Place | None:
        """The place that ``cursor`` names, None if it is none."""
        try:
            ordering, value, row_id = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
        except (binascii.Error, ValueError, TypeError, RecursionError):
            return None
        known = isinstance(ordering, str) and type(value) in (int, float) and type(row_id) is int
        if (
            not known
            or not math.isfinite(value)
            or abs(value) > _LARGEST_ID
            or not 0 <= row_id <= _LARGEST_ID
        ):
            return None
        return cls(ordering, value, row_id)


class Keyset(BasePagination):
    """Pages by ``?cursor=``, in the order of ``?ordering=``.

    The view's ``orderings`` map what it may name, the default first, to numeric expressions without nulls;
    its ``place`` gives the one by which to order, its ``row`` the row's id, by which ties are ordered.
    """

    parameters: Mapping[str, str] = {
        "cursor": "Where the page starts: taken from 'next' of the page before.",
        "page_size": f"Rows on a page, 1 to {LARGEST_PAGE}; {PAGE_SIZE} if not given.",
    }

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.request = request
        size = page_size(request)
        ordering = _ordering(request, view.orderings)
        descending, name = ordering.startswith("-"), ordering.lstrip("-")
        rows = queryset.alias(place=view.place(name), row=view.row(name))
        place = self._place(request, ordering)
        if place is not None:
            rows = rows.filter(_beyond(place, descending))
        sign = "-" if descending else ""
        # Ids do not tie, and a second key would keep SQLite from reading them in their order.
        keys = [f"{sign}place"] if name == ID else [f"{sign}place", f"{sign}row"]
        page = rows.order_by(*keys).values("pk")[: size + 1]
        # What a row shows is put together for those of the page alone.
        shown = view.get_queryset().filter(pk__in=page).annotate(place=view.orderings[name])
        found = list(shown.order_by(f"{sign}place", f"{sign}pk"))
        self.following = (
            Place(ordering, found[size - 1].place, found[size - 1].pk) if len(found) > size else None
        )
        return found[:size]

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self._next(), "results": data})

    def get_paginated_response_schema(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        following = {
            "type": ["string", "null"],
            "format": "uri",
            "description": "The address of the next page, null on the last one.",
        }
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {"next": following, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        size = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE}
        found = [_parameter("cursor", self.parameters["cursor"], {"type": "string", "pattern": PLACE})]
        found.append(_parameter("page_size", self.parameters["page_size"], size))
        if len(view.orderings) > 1:
            found.append(_ordering_parameter(view.orderings))
        return found

    def names(self, view: Any) -> set[str]:
        """The query parameters that it reads."""
        return {parameter["name"] for parameter in self.get_schema_operation_parameters(view)}

    def _place(self, request: Request, ordering: str) -> Place | None:
        cursor = request.query_params.get("cursor")
        if cursor is None:
            return None
        place = Place.decode(cursor)
        if place is None or place.ordering != ordering:
            message = "this is not a cursor of this list in this order"
            remedy = "Follow 'next' as it is given, or start again without a cursor."
            raise Invalid(Fault("query", "cursor", "bad_cursor", message, cursor[:200], remedy))
        return place

    def _next(self) -> str | None:
        if self.following is None:
            return None
        return replace_query_param(self.request.build_absolute_uri(), "cursor", self.following.encode())


class After(Keyset):
    """Rows by their ``position``, from ``?after=`` one on: for clients that follow changes."""

    parameters = {
        "after": "Only rows with a greater position than this one; 0 if not given.",
        "page_size": Keyset.parameters["page_size"],
    }

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.request = request
        size = page_size(request)
        self.after = whole_number(request, "after", 0, least=0, most=_LARGEST_ID)
        found = list(queryset.filter(position__gt=self.after).order_by("position")[: size + 1])
        self.more = len(found) > size
        page = found[:size]
        self.last = page[-1].position if page else self.after
        return page

    def get_paginated_response(self, data: Any) -> Response:
        following = replace_query_param(self.request.build_absolute_uri(), "after", self.last)
        return Response({"next": following if self.more else None, "last": self.last, "results": data})

    def get_paginated_response_schema(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        body = super().get_paginated_response_schema(schema)
        last = {
            "type": "integer",
            "description": "The last position seen: give it as 'after' to go on later.",
        }
        body["required"].append("last")
        body["properties"]["last"] = last
        return body

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        size = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE}
        after = {"type": "integer", "minimum": 0, "maximum": _LARGEST_ID, "default": 0}
        return [
            _parameter("after", self.parameters["after"], after),
            _parameter("page_size", self.parameters["page_size"], size),
        ]


def page_size(request: Request) -> int:
    return whole_number(request, "page_size", PAGE_SIZE, least=1, most=LARGEST_PAGE)


def whole_number(request: Request, name: str, default: int, *, least: int, most: int) -> int:
    """The query parameter ``name``. Raises Invalid unless it is a whole number from ``least`` to ``most``."""
    given = request.query_params.get(name)
    if given is None:
        return default
    if given.isascii() and given.isdigit() and len(given) <= 19 and least <= int(given) <= most:
        return int(given)
    remedy = f"Give a whole number from {least} to {most}."
    raise Invalid(Fault("query", name, "invalid", "this is no such number", given[:200], remedy))


def _ordering(request: Request, orderings: Mapping[str, Any]) -> str:
    first = next(iter(orderings))
    given = request.query_params.get("ordering", f"-{first}")
    if given.removeprefix("-") in orderings:
        return given
    remedy = f"Use one of {', '.join(_both_ways(orderings))}."
    raise Invalid(Fault("query", "ordering", "invalid_choice", "there is no such order", given[:200], remedy))


def _both_ways(orderings: Mapping[str, Any]) -> list[str]:
    return [f"{sign}{name}" for name in orderings for sign in ("-", "")]


def _beyond(place: Place, descending: bool) -> Q:
    """Rows after ``place``. The first condition is implied by the second, and is what an index can use."""
    if place.ordering.lstrip("-") == ID:
        return Q(place__lt=place.id) if descending else Q(place__gt=place.id)
    if descending:
        return Q(place__lte=place.value) & (Q(place__lt=place.value) | Q(row__lt=place.id))
    return Q(place__gte=place.value) & (Q(place__gt=place.value) | Q(row__gt=place.id))


def _ordering_parameter(orderings: Mapping[str, Any]) -> dict[str, Any]:
    words = _both_ways(orderings)
    description = f"What to order by, '-' for the greatest first; {words[0]} if not given."
    return _parameter("ordering", description, {"type": "string", "enum": words, "default": words[0]})


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
