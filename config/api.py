"""``/api/v1/``: the resources of both apps under one root."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views import defaults
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from claims.api import errors
from claims.api.base import Nothing, Resource, with_slash
from claims.api.permissions import ModelPermissions
from claims.api.urls import router as of_claims
from claims.models import Claim
from verification.api.urls import router as of_verification

_LINKS = {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}


class RootPermissions(ModelPermissions):
    """Whoever is known may see what there is."""

    perms_map = ModelPermissions.perms_map | {"GET": [], "HEAD": []}


class Root(Resource):
    """Where everything begins."""

    queryset = Claim.objects.all()
    permission_classes = [RootPermissions]
    pagination_class = None

    @extend_schema(
        operation_id="root",
        summary="List the resources",
        description="The address of each resource by its name.",
        responses={200: OpenApiResponse(_LINKS, "The addresses.")},
        examples=[
            OpenApiExample(
                "Two of them",
                response_only=True,
                status_codes=["200"],
                value={
                    "sources": "https://twosource.example/api/v1/sources/",
                    "claims": "https://twosource.example/api/v1/claims/",
                },
            )
        ],
    )
    def show(self, request: Request) -> Response:
        registered = [*of_claims.registry, *of_verification.registry]
        links: dict[str, Any] = {
            prefix: reverse(f"{name}-list", request=request) for prefix, _, name in registered
        }
        return Response(links)


urlpatterns: list[URLPattern | URLResolver] = [
    path("", Root.as_view({"get": "show"}), name="root"),
    path("", include("claims.api.urls")),
    path("", include("verification.api.urls")),
    re_path(r"^[\s\S]*[^/]\Z", with_slash, name="with-slash"),
    re_path(r"^([\s\S]*/)?\Z", Nothing.as_view(), name="nothing"),
]


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's ``handler500``: clients of the API read problems, people read pages."""
    if request.path.startswith("/api/"):
        return errors.server_error(request)
    return defaults.server_error(request)
