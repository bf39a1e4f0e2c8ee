"""``manage.py keys``: make, list, replace and end API keys."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.models import ApiKey
from claims.models.keys import Scope
from claims.services.keys import KeyRefused, create, ended, revoke, rotate


class Command(BaseCommand):
    help = "API keys: make, list, replace and end them. A key is printed once, when it is made."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("do", choices=["create", "list", "rotate", "revoke"])
        parser.add_argument("key", nargs="?", default="", help="rotate, revoke: the 8 digits it is known by")
        parser.add_argument("--name", default="", help="create: what it is for")
        parser.add_argument("--user", default="", help="create: the account for which it acts")
        parser.add_argument(
            "--scopes", default=Scope.READ.value, help="create: some of %(default)s,submit,review,admin"
        )
        parser.add_argument("--days", type=int, help="create: how long it lasts; for ever if not given")
        parser.add_argument(
            "--grace", type=float, default=24, help="rotate: hours that the old one goes on (%(default)s)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['do']}")(options)
        except KeyRefused as refusal:
            raise CommandError(str(refusal)) from None

    def _create(self, options: dict[str, Any]) -> None:
        owner = User.objects.filter(username=options["user"]).first()
        if owner is None:
            raise CommandError(f"--user {options['user']!r}: there is no such account")
        days = options["days"]
        self._show(
            *create(
                owner=owner,
                name=options["name"],
                scopes=[scope for scope in options["scopes"].split(",") if scope],
                expires_at=None if days is None else timezone.now() + timedelta(days=days),
            )
        )

    def _list(self, options: dict[str, Any]) -> None:
        for key in ApiKey.objects.select_related("owner").order_by("pk"):
            self.stdout.write(json.dumps(_line(key)))

    def _rotate(self, options: dict[str, Any]) -> None:
        if not options["grace"] >= 0:
            raise CommandError(f"--grace {options['grace']}: give hours, 0 or more")
        self._show(*rotate(_named(options["key"]), grace=timedelta(hours=options["grace"])))

    def _revoke(self, options: dict[str, Any]) -> None:
        key = _named(options["key"])
        revoke(key)
        key.refresh_from_db()
        self.stdout.write(json.dumps(_line(key)))

    def _show(self, key: ApiKey, token: str) -> None:
        self.stdout.write(json.dumps({**_line(key), "token": token}))
        self.stderr.write("The token is shown this once, and kept nowhere.")


def _named(prefix: str) -> ApiKey:
    key = ApiKey.objects.select_related("owner").filter(prefix=prefix).first()
    if key is None:
        raise CommandError(f"key {prefix!r}: there is none; see 'keys list' for what the keys are known by")
    return key


def _line(key: ApiKey) -> dict[str, Any]:
    def moment(name: str) -> str | None:
        value = getattr(key, name)
        return value.isoformat() if value else None

    moments = {name: moment(f"{name}_at") for name in ("created", "expires", "revoked", "last_used")}
    return {
        "key": key.prefix,
        "name": key.name,
        "user": key.owner.get_username(),
        "scopes": key.scopes.split(),
        "live": not ended(key),
        **moments,
    }
