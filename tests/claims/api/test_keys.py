"""A program's way in: what its key opens, what not, and when it ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from claims.models import ApiKey
from claims.services.keys import KeyRefused, create, recognise, revoke, rotate
from tests.claims.api.calling import ROOT, as_admin, fault, with_key
from tests.factories import AdminFactory, SourceFactory, UserFactory

pytestmark = pytest.mark.django_db
SOURCES = f"{ROOT}/sources/"
READING = ["claims.view_source"]


def _with(authorization: str) -> APIClient:
    return APIClient(HTTP_AUTHORIZATION=authorization)


def test_a_key_opens_what_its_owner_may_read() -> None:
    owner = UserFactory(permissions=READING)
    SourceFactory()
    api = with_key("read", owner=owner)
    assert len(api.get(SOURCES).json()["results"]) == 1
    assert api.get(f"{ROOT}/articles/").status_code == 403, "a key may do no more than its owner"


@pytest.mark.parametrize(
    ("authorization", "says"),
    [
        ("Bearer tws_00000000_" + "a" * 43, "there is no such key"),
        ("Bearer tws_", "this is no key"),
        ("Bearer", "this is no key"),
        ("Bearer one two", "this is no key"),
        ("Bearer tws_\xe9_x", "ASCII"),
        ("Basic YWRhOnF1YXk=", "'Basic' is not known here"),
    ],
)
def test_a_key_that_is_none_is_told_so(authorization: str, says: str) -> None:
    answer = _with(authorization).get(SOURCES)
    found = fault(answer, 401)
    assert (found["where"], found["field"], found["value"]) == ("header", "Authorization", None)
    assert says in found["message"]
    assert answer["WWW-Authenticate"] == 'Bearer realm="Twosource", error="invalid_token"'


def test_who_sends_nothing_is_asked_for_a_key() -> None:
    answer = APIClient().get(SOURCES)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="Twosource"')


def test_a_key_with_a_wrong_end_is_not_told_from_one_that_there_is_not() -> None:
    key, token = create(owner=AdminFactory(), name="a", scopes=["read"])
    revoke(key)
    nearly = fault(_with(f"Bearer {token[:-1]}{'a' if token[-1] != 'a' else 'b'}").get(SOURCES), 401)
    assert "there is no such key" in nearly["message"]
    assert "revoked" in fault(_with(f"Bearer {token}").get(SOURCES), 401)["message"]


def test_a_key_ends_when_it_expires_or_its_owner_leaves() -> None:
    soon = timezone.now() + timedelta(hours=1)
    key, token = create(owner=AdminFactory(), name="a", scopes=["read"], expires_at=soon)
    api = _with(f"Bearer {token}")
    assert api.get(SOURCES).status_code == 200
    with time_machine.travel(soon + timedelta(seconds=1)):
        assert "expired" in fault(api.get(SOURCES), 401)["message"]
    key.owner.is_active = False
    key.owner.save()
    assert "not active" in fault(api.get(SOURCES), 401)["message"]


def test_only_the_digest_of_a_key_is_kept() -> None:
    _, token = create(owner=AdminFactory(), name="a", scopes=["read"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM claims_apikey")
        assert token.rsplit("_", 1)[1] not in str(cursor.fetchall())


def test_a_rotated_key_goes_on_for_a_while_beside_the_new_one() -> None:
    lasting = timezone.now() + timedelta(days=30)
    old, old_token = create(owner=AdminFactory(), name="desk", scopes=["submit", "read"], expires_at=lasting)
    new, new_token = rotate(old, grace=timedelta(hours=2))
    assert (new.name, new.owner, new.scopes, new.replaces) == ("desk", old.owner, "read submit", old)
    assert recognise(old_token) == old
    with pytest.raises(KeyRefused, match="was replaced before"):
        rotate(old, grace=timedelta(0))
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        with pytest.raises(KeyRefused, match="expired"):
            recognise(old_token)
        assert recognise(new_token) == new
        with pytest.raises(KeyRefused, match="has ended"):
            rotate(old, grace=timedelta(0))
    with time_machine.travel(timezone.now() + timedelta(days=31)), pytest.raises(KeyRefused, match="expired"):
        recognise(new_token)


@pytest.mark.parametrize("scopes", [[], ["write"], ["read", "all"]])
def test_a_key_has_scopes_that_there_are(scopes: list[str]) -> None:
    with pytest.raises(KeyRefused, match="read, submit, review, admin"):
        create(owner=AdminFactory(), name="a", scopes=scopes)


def test_the_database_knows_the_scopes_too() -> None:
    key, _ = create(owner=AdminFactory(), name="a", scopes=["read"])
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiKey.objects.filter(pk=key.pk).update(scopes="read everything")


@given(st.text() | st.text().map(lambda rest: f"tws_{rest}"))
def test_nothing_that_was_made_up_is_a_key(token: str) -> None:
    with pytest.raises(KeyRefused):
        recognise(token)


def test_use_is_noted_at_most_once_a_minute() -> None:
    _, token = create(owner=AdminFactory(), name="a", scopes=["read"])
    api = _with(f"Bearer {token}")
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        api.get(SOURCES)
        first = ApiKey.objects.get().last_used_at
        with CaptureQueriesContext(connection) as queries:
            clock.shift(50)
            api.get(SOURCES)
        assert not [q for q in queries if q["sql"].startswith("UPDATE")]
        assert ApiKey.objects.get().last_used_at == first
        clock.shift(20)
        api.get(SOURCES)
        assert ApiKey.objects.get().last_used_at == timezone.now()


def test_each_key_is_counted_by_itself(settings: Any) -> None:
    settings.API_RATE = "3/minute"
    owner = AdminFactory()
    one, other = with_key("read", owner=owner), with_key("read", owner=owner)
    assert [one.get(SOURCES).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = one.get(SOURCES)
    assert (refused["Content-Type"], int(refused["Retry-After"]) <= 60) == ("application/problem+json", True)
    assert other.get(SOURCES).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        assert one.get(SOURCES).status_code == 200


def test_a_cache_that_does_not_answer_turns_nobody_away(monkeypatch: Any) -> None:
    from redis.exceptions import ConnectionError as Unreachable
    from rest_framework.throttling import SimpleRateThrottle

    def unreachable(*_: Any, **__: Any) -> None:
        raise Unreachable("nobody listens there")

    monkeypatch.setattr(SimpleRateThrottle.cache, "get", unreachable)
    assert as_admin().get(SOURCES).status_code == 200


def test_without_a_key_nothing_is_read_unless_the_settings_say_so(settings: Any) -> None:
    unknown = APIClient()
    assert unknown.get(SOURCES).status_code == 401
    settings.API_ANONYMOUS_READING = True
    assert unknown.get(SOURCES).status_code == 200
    assert unknown.get(f"{ROOT}/submissions/").status_code == 401, "what is handed in is nobody's to see"
    assert unknown.post(f"{ROOT}/submissions/", {"text": "a"}).status_code == 401
    assert _with("Bearer tws_x").get(SOURCES).status_code == 401, "a wrong key is not taken for none"
    settings.API_ANONYMOUS_RATE = "1/minute"
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert [unknown.get(SOURCES).status_code for _ in range(2)] == [200, 429]
        assert unknown.get(SOURCES, HTTP_X_FORWARDED_FOR="192.0.2.7").status_code == 429
