"""``/api/v1/``: the resources of both apps under one root."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views import defaults

from claims.api import errors
from claims.api.base import Nothing, with_slash

urlpatterns: list[URLPattern | URLResolver] = [
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
