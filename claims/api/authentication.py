"""Who asks: a program with its key. People who are signed in use their session, which Django knows."""

from __future__ import annotations

from django.contrib.auth.models import User
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from claims.models import ApiKey
from claims.services.keys import MARK, KeyRefused, note_use, recognise

_CHALLENGE = 'Bearer realm="Twosource"'
_REMEDY = (
    f"Send 'Authorization: Bearer {MARK}_...' with a key; keys are made in the admin, or with manage.py keys."
)


class BadKey(AuthenticationFailed):
    """A key was sent that cannot be used."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = _REMEDY


class KeyAuthentication(BaseAuthentication):
    """``Authorization: Bearer <key>`` (RFC 6750): the request acts for the key's owner, ``request.auth`` is the key."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        scheme, _, token = get_authorization_header(request).partition(b" ")
        if not scheme:
            return None
        if scheme.lower() != b"bearer":
            raise BadKey(f"the scheme {scheme[:40].decode('ascii', 'replace')!r} is not known here")
        try:
            key = recognise(token.strip().decode("ascii"))
        except UnicodeDecodeError:
            raise BadKey("a key has letters of ASCII only") from None
        except KeyRefused as refusal:
            raise BadKey(str(refusal)) from None
        note_use(key)
        return key.owner, key

    def authenticate_header(self, request: Request) -> str:
        return (
            f'{_CHALLENGE}, error="invalid_token"' if request.META.get("HTTP_AUTHORIZATION") else _CHALLENGE
        )


class KeyScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document describes it."""

    target_class = KeyAuthentication
    name = "key"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": f"{MARK}_<8 hex digits>_<secret>",
            "description": "An API key. It acts for its owner, within its scopes: read, submit, review, admin.",
        }
