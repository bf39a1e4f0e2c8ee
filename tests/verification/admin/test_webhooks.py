"""Webhooks in the admin."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from claims.models import Step, Webhook
from tests.factories import AdminFactory, DeliveryFactory, UserFactory, WebhookFactory

pytestmark = pytest.mark.django_db
ALL = "/admin/claims/webhook/"


def _client(user: Any = None) -> Client:
    client = Client()
    client.force_login(user or AdminFactory())
    return client


def _shown(page: Any) -> list[str]:
    return re.findall(r"whsec_[\w+/=]+", page.content.decode())


def test_a_webhook_is_made_and_its_secret_shown_once() -> None:
    client = _client()
    made = client.post(
        f"{ALL}add/", {"name": "desk", "url": "https://desk.example/", "kinds": ["decided", "merged_into"]}
    )
    hook = Webhook.objects.get()
    assert _shown(made) == [hook.secret]
    assert hook.kinds == ["decided", "merged_into"]
    for page in (client.get(ALL), client.get(f"{ALL}{hook.pk}/change/")):
        assert page.status_code == 200 and not _shown(page)


def test_an_address_that_is_none_is_refused() -> None:
    page = _client().post(f"{ALL}add/", {"name": "desk", "url": "gopher://x"})
    assert "http" in page.content.decode() and not Webhook.objects.exists()


def test_a_kind_of_events_that_there_is_not_is_refused() -> None:
    page = _client().post(
        f"{ALL}add/", {"name": "desk", "url": "https://desk.example/", "kinds": ["decidde"]}
    )
    assert "decidde is not one of the available choices" in page.content.decode()
    assert not Webhook.objects.exists()


def test_a_webhook_gets_another_secret_and_is_switched() -> None:
    client, hook = _client(), WebhookFactory()
    assert _shown(client.post(f"{ALL}{hook.pk}/rotate/", {"hours": "24"})) != [hook.secret]
    client.post(f"{ALL}{hook.pk}/switch/")
    hook.refresh_from_db()
    assert not hook.active


def test_what_was_given_up_is_sent_again_from_the_list() -> None:
    delivery = DeliveryFactory()
    client = _client()
    assert "http-500" in client.get("/admin/claims/delivery/").content.decode()
    client.post("/admin/claims/delivery/", {"action": "send_again", "_selected_action": [delivery.pk]})
    assert Step.objects.get(delivery=delivery).state == "pending"
    assert client.get(f"/admin/claims/delivery/{delivery.pk}/change/").status_code == 200
    assert client.get("/admin/claims/step/").status_code == 200


def test_who_may_only_look_changes_nothing() -> None:
    hook = WebhookFactory()
    client = _client(UserFactory(is_staff=True, permissions=["claims.view_webhook", "claims.view_delivery"]))
    assert client.get(f"{ALL}{hook.pk}/change/").status_code == 200
    for address in (f"{ALL}add/", f"{ALL}{hook.pk}/rotate/", f"{ALL}{hook.pk}/switch/"):
        assert client.post(address, {"name": "a", "url": "https://a.example/"}).status_code == 403
    assert Webhook.objects.count() == 1
