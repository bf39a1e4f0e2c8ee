"""Who may sign in, and what they may do."""

from __future__ import annotations

import hashlib
from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)
#: seconds for which failed tries are remembered, counted from the first
MEMORY = 15 * 60
#: how many may fail in that time: of one account from one address, from one address, of one account
MOST = {"both": 5, "address": 30, "account": 50}


class Accounts(ModelBackend):
    """Django's own accounts; what one may do, by itself and by its groups, is read in one query, not in two.

    Passwords cannot be guessed by trying (OWASP Authentication Cheat Sheet, login throttling): after too many failures
    no password is looked at until :data:`MEMORY` has passed. An account cannot be shut out from everywhere by a few
    wrong tries from one place.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **more: Any,
    ) -> Any:
        if request is None:  # a command, not a person
            return super().authenticate(request, username, password, **more)
        tries = _tries(request, username or "")
        if _too_many(tries):
            request.sign_in_refused = True  # type: ignore[attr-defined] # for the form's words
            log.warning("too many failed tries to sign in", address=_address(request))
            raise PermissionDenied
        user = super().authenticate(request, username, password, **more)
        if user is None:
            _count(tries)
        return user

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if not hasattr(user_obj, "_perm_cache"):
            held = Permission.objects.all()
            if not user_obj.is_superuser:
                held = held.filter(Q(user=user_obj) | Q(group__user=user_obj)).distinct()
            names = held.order_by().values_list("content_type__app_label", "codename")
            user_obj._perm_cache = {f"{app}.{codename}" for app, codename in names}
        found: set[str] = user_obj._perm_cache
        return found


def _tries(request: HttpRequest, username: str) -> dict[str, str]:
    """The cache's keys for what is counted. Names are digested: a password typed as a name is kept nowhere."""
    account = hashlib.sha256(username.casefold().encode()).hexdigest()
    address = _address(request)
    return {
        "both": f"sign-in:{address}:{account}",
        "address": f"sign-in:{address}",
        "account": f"sign-in::{account}",
    }


def _address(request: HttpRequest) -> str:
    """Who asks; behind our proxy (HTTPS), the last that it added to X-Forwarded-For."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.HTTPS else ""
    return forwarded.split(",")[-1].strip() or request.META.get("REMOTE_ADDR", "")


def _too_many(tries: dict[str, str]) -> bool:
    try:
        failed = cache.get_many(tries.values())
    except RedisError as error:
        log.warning("sign_in.cache_does_not_answer", error=str(error))
        return False
    return any(failed.get(key, 0) >= MOST[name] for name, key in tries.items())


def _count(tries: dict[str, str]) -> None:
    try:
        for key in tries.values():
            cache.add(key, 0, MEMORY)
            cache.incr(key)
    except (RedisError, ValueError) as error:  # ValueError: it was forgotten in between
        log.warning("sign_in.not_counted", error=str(error))
