"""Making, replacing and ending API keys. The key itself is returned once and stored nowhere."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from claims.accounts import held_by, remembering
from claims.models import ApiKey
from claims.models.keys import Scope
from claims.selectors.prepared import Prepared

MARK = "tws"  # by which a key is recognised, also by those who look for leaked ones
USE_IS_NOTED_EVERY = timedelta(minutes=1)
_PREFIX_BYTES = 4
_SECRET_BYTES = 32


class KeyRefused(Exception):
    """The key cannot be used, or not be made; the message names why and what can be done."""


def create(
    *, owner: User, name: str, scopes: Iterable[str], expires_at: datetime | None = None
) -> tuple[ApiKey, str]:
    """Make a key, to act for ``owner``. Returns its row and the key, which nobody can be shown again.

    Raises KeyRefused for scopes that there are not, an empty name, or a moment that has passed.
    """
    if not name.strip():
        raise KeyRefused("name '': say what the key is for, such as the program that uses it")
    if expires_at is not None and expires_at <= timezone.now():
        raise KeyRefused(f"expires {expires_at.isoformat()}: that has passed; give a later moment, or none")
    return _make(name=name.strip()[:100], owner=owner, scopes=_in_order(scopes), expires_at=expires_at)


@transaction.atomic
def rotate(key: ApiKey, *, grace: timedelta) -> tuple[ApiKey, str]:
    """Replace ``key`` by a new one of the same name, owner, scopes and lifetime; the old one ends after ``grace``.

    Raises KeyRefused for a key that has ended or was replaced before.
    """
    old = ApiKey.objects.select_for_update(of=("self",)).select_related("owner").get(pk=key.pk)
    now = timezone.now()
    if ended(old):
        raise KeyRefused(f"key {old.prefix} has ended: make a new one")
    if ApiKey.objects.filter(replaces=old).exists():
        raise KeyRefused(f"key {old.prefix} was replaced before: rotate the key that replaced it")
    lifetime = old.expires_at - old.created_at if old.expires_at else None
    new = _make(
        name=old.name,
        owner=old.owner,
        scopes=old.scopes,
        expires_at=now + lifetime if lifetime else None,
        replaces=old,
    )
    old.expires_at = min(now + grace, old.expires_at or now + grace)
    old.save(update_fields=["expires_at"])
    return new


def revoke(key: ApiKey) -> None:
    """End a key now and for good."""
    ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())


def recognise(token: str) -> ApiKey:
    """The key that ``token`` is, with its owner and what they may do. One query; raises KeyRefused for what is none.

    Why a key may not be used is told only to who has the whole of it.
    """
    mark, _, rest = token.partition("_")
    prefix, _, secret = rest.partition("_")
    if mark != MARK or not secret:
        raise KeyRefused(f"this is no key: keys look like {MARK}_1a2b3c4d_...")
    (key,) = _BY_PREFIX(prefix[:8]) or (None,)
    if key is None or not hmac.compare_digest(key.digest, _digest(token)):
        raise KeyRefused("there is no such key: check that all of it was sent")
    if key.revoked_at is not None:
        raise KeyRefused(f"key {key.prefix} was revoked: use another one")
    if ended(key):
        raise KeyRefused(f"key {key.prefix} has expired: use another one")
    if not key.owner.is_active:
        raise KeyRefused(f"the account for which key {key.prefix} acts is not active")
    remembering(key.owner, key.held)  # type: ignore[attr-defined] # annotated
    return key


_BY_PREFIX = Prepared(
    lambda prefix: (
        ApiKey.objects.filter(prefix=prefix)
        .select_related("owner")
        .annotate(held=held_by("owner"))
        .order_by()
    ),
    str,
)


def ended(key: ApiKey) -> bool:
    """Whether it was revoked or has expired."""
    return key.revoked_at is not None or (key.expires_at is not None and key.expires_at <= timezone.now())


def note_use(key: ApiKey) -> None:
    """Remember that a key was used, at most once a minute, so that reading seldom writes."""
    now = timezone.now()
    if key.last_used_at is not None and key.last_used_at > now - USE_IS_NOTED_EVERY:
        return
    long_ago = Q(last_used_at=None) | Q(last_used_at__lte=now - USE_IS_NOTED_EVERY)
    ApiKey.objects.filter(long_ago, pk=key.pk).update(last_used_at=now)


def _make(
    *, name: str, owner: User, scopes: str, expires_at: datetime | None, replaces: ApiKey | None = None
) -> tuple[ApiKey, str]:
    prefix = secrets.token_hex(_PREFIX_BYTES)
    token = f"{MARK}_{prefix}_{secrets.token_urlsafe(_SECRET_BYTES)}"
    row = ApiKey.objects.create(
        name=name,
        owner=owner,
        scopes=scopes,
        prefix=prefix,
        digest=_digest(token),
        expires_at=expires_at,
        replaces=replaces,
    )
    return row, token


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _in_order(scopes: Iterable[str]) -> str:
    wanted = set(scopes)
    unknown = sorted(wanted - set(Scope.values))
    if unknown or not wanted:
        raise KeyRefused(f"scopes {', '.join(unknown)!r}: give one or more of {', '.join(Scope.values)}")
    return " ".join(scope.value for scope in Scope if scope.value in wanted)
