"""Who may sign in, and what they may do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission, User
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from redis.exceptions import RedisError

from claims.selectors.gathering import Gathered
from claims.selectors.prepared import Prepared

log = structlog.get_logger(__name__)
#: seconds for which failed tries are remembered, counted from the first
MEMORY = 15 * 60
#: how many may fail in that time: of one account from one address, from one address, of one account
MOST = {"both": 5, "address": 30, "account": 50}


class Accounts(ModelBackend):
    """Django's own accounts; what one may do, by itself and by its groups, is read with the account.

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

    def get_user(self, user_id: int) -> User | None:
        (user,) = _ACCOUNT(user_id) or (None,)
        if user is None or not self.user_can_authenticate(user):
            return None
        return remembering(user, user.held)  # type: ignore[attr-defined] # annotated

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if not hasattr(user_obj, "_perm_cache"):
            held = Permission.objects.all() if user_obj.is_superuser else _given_to(user_obj.pk)
            user_obj._perm_cache = _names(held.order_by().values(**_NAMED))
        found: set[str] = user_obj._perm_cache
        return found


_NAMED = {"app": F("content_type__app_label"), "can": F("codename")}


def held_by(account: str) -> Gathered:
    """What the account in that column was given to do, itself and by its groups, for a column beside it."""
    return Gathered(_given_to(OuterRef(OuterRef(account))), **_NAMED)  # of a query two further out


def remembering(user: User, held: list[dict[str, str]]) -> User:
    """``user`` with what was :func:`held_by` them, so that it is not read again. An administrator may do more."""
    if not user.is_superuser:
        user._perm_cache = _names(held)  # type: ignore[attr-defined]
    return user


def _given_to(account: Any) -> QuerySet[Permission]:
    itself = User.user_permissions.through.objects.filter(user=account)
    by_groups = Group.permissions.through.objects.filter(group__user=account)
    by_either = Q(pk__in=itself.values("permission")) | Q(pk__in=by_groups.values("permission"))
    return Permission.objects.filter(by_either).order_by()


_ACCOUNT = Prepared(lambda pk: User.objects.annotate(held=held_by("pk")).filter(pk=pk))


def _names(held: Iterable[Mapping[str, Any]]) -> set[str]:
    return {f"{one['app']}.{one['can']}" for one in held}


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
