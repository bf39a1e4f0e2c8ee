"""What every resource of the API has in common."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.views.decorators.csrf import csrf_exempt
from django_filters import rest_framework as filters
from rest_framework.exceptions import NotFound
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from claims.api.conditional import tagged
from claims.api.pagination import Keyset
from claims.api.problems import REMEDIES, Fault, Invalid
from claims.api.sparse import FIELDS, SPARSE, pruned, wanted

#: a row's id in an address: of 19 digits there are some that databases cannot look for
ROW_ID = "[0-9]{1,18}"


class Resource(GenericViewSet[Any]):
    """Rows at an address. A query parameter that nothing reads is refused: it may be a misspelt filter."""

    http_method_names = [
        "get",
        "head",
        "post",
        "put",
        "patch",
        "delete",
    ]  # no OPTIONS: /api/schema/ says it all
    lookup_value_regex = ROW_ID
    pagination_class: Any = Keyset
    filterset_class: type[filters.FilterSet] | None = None
    #: what a key must be for, by method; reading takes "read", and what is not named here "admin"
    scopes: Mapping[str, str] = {}
    #: whether the unknown may read it, where the settings let them read at all
    public = True
    #: the actions whose answers may be cut down to some of their fields
    sparse_actions: frozenset[str] = frozenset({"list", "retrieve"})
    #: the statuses of problems that an action may answer with, beside those that all may
    problems: Mapping[str, tuple[int, ...]] = {}
    #: names and expressions for ``?ordering=``, the default first; see :class:`claims.api.pagination.Keyset`
    orderings: Mapping[str, Any] = {"id": F("pk")}
    #: of the answer: which version it shows, and when what it shows last changed, where that is known
    version: int | None = None
    modified: datetime | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown_parameters(request, self.known_parameters())
        self.fields = self._wanted_fields(request)

    def known_parameters(self) -> set[str]:
        sparse = {FIELDS} if self.action in self.sparse_actions else set()
        if self.action != "list":
            return sparse
        own = set(self.filterset_class.base_filters) if self.filterset_class else set()
        return sparse | own | self.pagination_class().names(self)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer = super().finalize_response(request, response, *args, **kwargs)
        if isinstance(answer, Response) and request.method in ("GET", "HEAD") and answer.status_code == 200:
            if self.fields is not None:
                answer.data = pruned(answer.data, self.fields)
                answer.content_type = SPARSE
            tagged(request, answer, version=self.version, modified=self.modified)
        return answer

    def place(self, ordering: str) -> Any:
        """The expression by which a list is ordered, of those that ``orderings`` names."""
        return self.orderings[ordering]

    def row(self, ordering: str) -> Any:
        """The row's id as it stands beside ``place``: in the same table, so that one index has both."""
        return F("pk")

    def get_object(self) -> Any:
        """The row at the address; filters are for lists."""
        row = self.get_queryset().filter(pk=self.kwargs["pk"]).first()
        if row is None:
            name = self.get_queryset().model._meta.verbose_name
            raise NotFound(f"There is no {name} {self.kwargs['pk']}.")
        return row

    def _wanted_fields(self, request: Request) -> frozenset[str] | None:
        if FIELDS not in request.query_params or self.action not in self.sparse_actions:
            return None
        return wanted(request, known=self.field_names())

    def field_names(self) -> list[str]:
        """What a row of the answer tells."""
        serializer: Any = self.get_serializer_class()
        return list(serializer().fields)


class ReadOnlyResource(ListModelMixin, RetrieveModelMixin, Resource):
    pass


class Nothing(APIView):
    """The answer at an address under the API's root where there is nothing."""

    permission_classes = [IsAuthenticated]
    schema = None

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        raise NotFound(f"There is nothing at {request.path}.")


class SeeWithSlash(HttpResponsePermanentRedirect):
    """To the same address with a slash at its end; unlike Django's own redirect, it keeps a POST a POST."""

    status_code = 308


@csrf_exempt
def with_slash(request: HttpRequest) -> SeeWithSlash:
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return SeeWithSlash(f"{request.path}/{query}")


def refuse_unknown_parameters(request: Request, known: set[str]) -> None:
    """Raise Invalid for a query parameter that is not ``known``, is given twice, has no value, or has a NUL in it."""
    faults = []
    for name, values in request.query_params.lists():
        if name not in known:
            remedy = (
                f"Known here: {', '.join(sorted(known))}." if known else "None are known here: remove it."
            )
            faults.append(
                Fault("query", name, "unknown_parameter", "no such parameter", values[-1][:200], remedy)
            )
        elif len(values) > 1:
            remedy = "Give it once; where it takes several values, they are divided by commas."
            faults.append(
                Fault("query", name, "given_twice", "given more than once", values[-1][:200], remedy)
            )
        elif not values[0].strip():
            remedy = "Give it a value, or leave it out."
            faults.append(Fault("query", name, "no_value", "given without a value", values[0][:200], remedy))
        elif "\x00" in values[0]:
            code = "null_characters_not_allowed"
            faults.append(
                Fault("query", name, code, "it holds a NUL character", values[0][:200], REMEDIES[code])
            )
    if faults:
        raise Invalid(*faults)
