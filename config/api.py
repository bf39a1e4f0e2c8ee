"""``/api/v1/``: the resources of both apps under one root."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from claims.api.base import Nothing, with_slash

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("claims.api.urls")),
    path("", include("verification.api.urls")),
    re_path(r"^.*[^/]$", with_slash, name="with-slash"),
    re_path(r"^(.*/)?$", Nothing.as_view(), name="nothing"),
]
