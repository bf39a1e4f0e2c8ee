"""API keys in the admin: shown once, replaced and ended, by who may."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from claims.models import ApiKey
from claims.services.keys import create, recognise
from tests import factories as make

pytestmark = pytest.mark.django_db
ADD = reverse("admin:claims_apikey_add")
ALL = ["claims.add_apikey", "claims.change_apikey", "claims.view_apikey"]


def _token(answer: Any) -> str:
    found = re.search(r'value="(tws_[^"]+)"', answer.content.decode())
    assert found
    return found[1]


def _page(key: ApiKey, name: str = "change") -> str:
    return reverse(f"admin:claims_apikey_{name}", args=[key.pk])


def test_a_key_is_shown_once_when_it_is_made(admin_client: Client, admin_user: Any) -> None:
    sent = {
        "name": "desk",
        "scopes": ["read", "review"],
        "owner": admin_user.pk,
        "expires_at": "2030-01-01T00:00",
    }
    answer = admin_client.post(ADD, sent)
    assert "no-store" in answer["Cache-Control"]
    key = recognise(_token(answer))
    assert (key.name, key.scopes, key.owner, key.expires_at.year) == ("desk", "read review", admin_user, 2030)  # type: ignore[union-attr]
    assert LogEntry.objects.get().object_id == str(key.pk)
    for page in (_page(key), reverse("admin:claims_apikey_changelist")):
        content = admin_client.get(page).content.decode()
        assert key.prefix in content
        assert _token(answer) not in content
        assert key.digest not in content


def test_what_is_missing_or_has_passed_is_said_beside_the_field(
    admin_client: Client, admin_user: Any
) -> None:
    sent = {"name": "desk", "scopes": ["read"], "owner": admin_user.pk, "expires_at": "2020-01-01T00:00"}
    assert "that has passed" in admin_client.post(ADD, sent).content.decode()
    assert "errorlist" in admin_client.post(ADD, {"name": "desk"}).content.decode()
    assert not ApiKey.objects.exists()


def test_who_may_not_do_all_makes_keys_for_themselves_only(client: Client) -> None:
    user = make.UserFactory(is_staff=True, permissions=ALL)
    client.force_login(user)
    boss = make.AdminFactory()
    answer = client.post(ADD, {"name": "desk", "scopes": ["admin"], "owner": boss.pk})
    assert recognise(_token(answer)).owner == user
    theirs, _ = create(owner=boss, name="theirs", scopes=["admin"])
    assert client.get(_page(theirs)).status_code == 200
    assert client.post(_page(theirs, "rotate"), {"hours": "0"}).status_code == 403
    assert ApiKey.objects.count() == 2
    assert client.post(_page(theirs, "revoke")).status_code == 302, "a leaked key is anybody's to end"
    theirs.refresh_from_db()
    assert theirs.revoked_at


def test_a_key_is_replaced_by_another_that_is_shown_once(admin_client: Client, admin_user: Any) -> None:
    old, _ = create(owner=admin_user, name="desk", scopes=["read"])
    new = recognise(_token(admin_client.post(_page(old, "rotate"), {"hours": "1"})))
    old.refresh_from_db()
    assert new.replaces == old
    assert old.expires_at is not None
    assert old.expires_at - new.created_at < timedelta(hours=1, minutes=1)
    page = admin_client.get(_page(old)).content.decode()
    assert str(new) in page
    assert _page(old, "rotate") not in page, "it is replaced already"
    admin_client.post(_page(old, "rotate"), {"hours": "1"})
    assert ApiKey.objects.count() == 2


@pytest.mark.parametrize("name", ["change", "rotate", "revoke"])
def test_who_may_not_see_keys_does_not(client: Client, name: str) -> None:
    key, _ = create(owner=make.AdminFactory(), name="desk", scopes=["read"])
    client.force_login(make.UserFactory(is_staff=True))
    call = client.get if name == "change" else client.post
    assert call(_page(key, name), {"hours": "0"}).status_code == 403
    assert client.get(ADD).status_code == 403
    key.refresh_from_db()
    assert key.revoked_at is None
