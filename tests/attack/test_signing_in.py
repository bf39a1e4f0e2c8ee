"""Passwords cannot be guessed by trying, and nobody is shut out by another's tries."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from claims.accounts import MOST
from tests import factories as make

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"


@pytest.fixture(autouse=True)
def _anna(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a hundred tries, quickly
    cache.clear()
    anna = make.UserFactory(username="anna", is_staff=True)
    anna.set_password("correct horse")
    anna.save()
    yield
    cache.clear()


def sign_in(password: str, username: str = "anna", address: str = "192.0.2.1", **more: str) -> str:
    given = {"username": username, "password": password}
    answer = Client().post(LOGIN, given, REMOTE_ADDR=address, **more)
    return "in" if answer.status_code == 302 else answer.content.decode()


def test_after_five_wrong_tries_the_right_password_is_not_looked_at() -> None:
    for _ in range(MOST["both"]):
        assert "correct username and password" in sign_in("guess")
    assert "Too many failed tries. Wait a quarter of an hour" in sign_in("correct horse")
    assert sign_in("correct horse", address="192.0.2.2") == "in", "others' tries shut nobody out"


def test_one_address_does_not_try_one_password_on_all_accounts() -> None:
    for n in range(MOST["address"]):
        sign_in("Summer2025", username=f"user{n}")
    assert "Too many" in sign_in("correct horse")


def test_many_addresses_do_not_try_one_account_for_ever() -> None:
    for n in range(MOST["account"]):
        sign_in("guess", address=f"198.51.100.{n}")
    assert "Too many" in sign_in("correct horse", address="203.0.113.7")


def test_an_address_is_not_believed_from_a_header_without_a_proxy(settings) -> None:
    for n in range(MOST["both"]):
        sign_in("guess", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}")
    assert "Too many" in sign_in("correct horse", HTTP_X_FORWARDED_FOR="203.0.113.99")


def test_failed_passwords_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(MOST["both"] + 1):
        sign_in("hunter2-secret")
    assert "hunter2-secret" not in caplog.text
