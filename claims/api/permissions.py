"""Who may do what: the same permissions as in the admin, checked for every endpoint; for a key, its scopes too."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import DjangoModelPermissions
from rest_framework.request import Request

from claims.models import ApiKey
from claims.models.keys import Scope

READING = ("GET", "HEAD")


class ModelPermissions(DjangoModelPermissions):
    """Django's own model permissions, for reading too: who may not view articles in the admin may not here.

    What is asked for is a permission on the view's own model: who may view a claim sees the mentions,
    origins, relations and events that its status rests on. A key must have the scope that the view's
    ``scopes`` name for the method, and its owner the permission. Who is unknown reads what is ``public``, if
    the settings say so.
    """

    perms_map = DjangoModelPermissions.perms_map | {
        "GET": ["%(app_label)s.view_%(model_name)s"],
        "HEAD": ["%(app_label)s.view_%(model_name)s"],
    }
    message = ""

    def _queryset(self, view: Any) -> Any:
        """For the model only: the rows that a view shows of it are costly to put together."""
        return super()._queryset(view) if view.queryset is None else view.queryset

    def has_permission(self, request: Request, view: Any) -> bool:
        method = str(request.method)
        if not request.user.is_authenticated:
            readable = settings.API_ANONYMOUS_READING and view.public
            return readable and method in READING and method in view.allowed_methods
        if method not in view.allowed_methods:
            raise MethodNotAllowed(method)
        scope = Scope.READ if method in READING else view.scopes.get(method, Scope.ADMIN)
        if isinstance(request.auth, ApiKey) and not request.auth.allows(scope):
            self.message = (
                f"Key {request.auth.prefix} lacks the scope {str(scope)!r}; it has {request.auth.scopes}."
            )
            return False
        if super().has_permission(request, view):
            return True
        needed = self.get_required_permissions(method, self._queryset(view).model)
        self.message = f"User {request.user.get_username()!r} lacks the permission {', '.join(needed)!r}."
        return False


class ReadPermissions(ModelPermissions):
    """For what is asked with a POST and writes nothing: it takes what reading takes."""

    perms_map = ModelPermissions.perms_map | {"POST": ModelPermissions.perms_map["GET"]}


class ChangePermissions(ModelPermissions):
    """For what is asked with a POST and changes a row that is there."""

    perms_map = ModelPermissions.perms_map | {"POST": ModelPermissions.perms_map["PUT"]}
