"""Who may do what: the same permissions as in the admin, checked for every endpoint."""

from __future__ import annotations

from typing import Any

from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import DjangoModelPermissions
from rest_framework.request import Request


class ModelPermissions(DjangoModelPermissions):
    """Django's own model permissions, for reading too: who may not view articles in the admin may not here.

    What is asked for is a permission on the view's own model: who may view a claim sees the mentions,
    origins, relations and events that its status rests on.
    """

    perms_map = DjangoModelPermissions.perms_map | {
        "GET": ["%(app_label)s.view_%(model_name)s"],
        "HEAD": ["%(app_label)s.view_%(model_name)s"],
    }
    message = ""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated:
            return False
        if request.method not in view.allowed_methods:
            raise MethodNotAllowed(str(request.method))
        if super().has_permission(request, view):
            return True
        needed = self.get_required_permissions(str(request.method), self._queryset(view).model)
        self.message = f"User {request.user.get_username()!r} lacks the permission {', '.join(needed)!r}."
        return False
