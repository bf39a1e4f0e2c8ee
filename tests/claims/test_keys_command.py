"""``manage.py keys``."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.services.keys import KeyRefused, recognise
from tests.factories import AdminFactory

pytestmark = pytest.mark.django_db


def keys(*arguments: str, **options: Any) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("keys", *arguments, stdout=out, stderr=StringIO(), **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_key_is_made_replaced_and_ended() -> None:
    AdminFactory(username="ada")
    (made,) = keys("create", name="desk", user="ada", scopes="submit,read", days=30)
    assert recognise(made["token"]).prefix == made["key"]
    assert (made["scopes"], made["user"], made["live"]) == (["read", "submit"], "ada", True)
    (new,) = keys("rotate", made["key"], grace=0)
    with pytest.raises(KeyRefused):
        recognise(made["token"])
    assert recognise(new["token"]).name == "desk"
    (gone,) = keys("revoke", new["key"])
    assert gone["live"] is False
    with pytest.raises(KeyRefused):
        recognise(new["token"])
    assert [key["key"] for key in keys("list")] == [made["key"], new["key"]]
    assert "token" not in keys("list")[0]


@pytest.mark.parametrize(
    ("arguments", "options", "says"),
    [
        (["create"], {"name": "desk", "user": "nobody"}, "--user 'nobody'"),
        (["create"], {"name": "", "user": "ada"}, "name ''"),
        (["create"], {"name": "desk", "user": "ada", "scopes": "write"}, "scopes 'write'"),
        (["create"], {"name": "desk", "user": "ada", "days": -1}, "has passed"),
        (["rotate", "00000000"], {}, "key '00000000'"),
        (["revoke"], {}, "key ''"),
        (["rotate", "00000000"], {"grace": -1}, "--grace -1"),
    ],
)
def test_what_is_wrong_is_named(arguments: list[str], options: dict[str, Any], says: str) -> None:
    AdminFactory(username="ada")
    with pytest.raises(CommandError, match=says):
        keys(*arguments, **options)
