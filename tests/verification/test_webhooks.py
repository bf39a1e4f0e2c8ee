"""Webhooks: what happened is told once, signed, tried again, and never to a private machine."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from claims import pipeline
from claims.models import Delivery, Step, Webhook
from tests.claims.api.calling import ROOT, as_admin, fault, ids
from tests.claims.fetching.conftest import Site, reply, site  # noqa: F401 # pytest finds the fixture here
from tests.factories import ClaimFactory, EventFactory
from verification.models.words import EventKind
from verification.services.announcing import announce

pytestmark = pytest.mark.django_db
HOOKS, DELIVERIES = f"{ROOT}/webhooks/", f"{ROOT}/deliveries/"


@pytest.fixture
def local(site: Site, settings: Any) -> Site:  # noqa: F811
    """The test's own web server, which may be told although it is private."""
    settings.FETCH_PRIVATE_HOSTS = frozenset({"127.0.0.1"})
    site.routes["/hook"] = reply(204)
    return site


def _hook(at: Site, **more: Any) -> dict[str, Any]:
    answer = as_admin().post(HOOKS, {"name": "desk", "url": at.url("/hook"), **more})
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def _tell() -> None:
    announce()
    pipeline.drain()


def _valid(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """As a receiver checks it, by the text of Standard Webhooks."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return f"v1,{expected}" in headers["webhook-signature"].split(" ")


def test_what_happens_after_it_was_made_is_told_once_and_signed(local: Site) -> None:
    claim = ClaimFactory()
    EventFactory(claim=claim, kind="detected")
    secret = _hook(local)["secret"]
    event = EventFactory(
        claim=claim, kind="decided", before="unverified: in_review", after="refuted: decided"
    )
    _tell()
    _tell()
    ((path, headers),) = local.requests
    (body,) = local.bodies
    assert (path, headers["content-type"]) == ("/hook", "application/json")
    assert headers["webhook-id"] == f"evt_{event.pk}"
    assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    assert _valid(secret, headers, body)
    assert not _valid(secret, headers, body + b" ")
    told = json.loads(body)
    assert (told["type"], told["data"]["claim"], told["data"]["text"]) == (
        "claim.decided",
        claim.pk,
        claim.text,
    )
    assert (told["data"]["from_status"], told["data"]["to_status"]) == ("unverified", "refuted")


def test_a_kind_that_there_is_not_is_refused_and_those_that_there_are_told() -> None:
    sent = {"name": "desk", "url": "https://desk.example/", "kinds": ["decided", "decidde"]}
    answer = as_admin().post(HOOKS, sent)
    assert answer.status_code == 400
    told = fault(answer)
    assert (told["where"], told["field"], told["value"]) == ("body", "kinds.1", "decidde")
    assert told["message"] == f"decidde is not one of {', '.join(EventKind.values)}"
    assert not Webhook.objects.exists()


def test_a_webhook_of_old_with_a_kind_that_there_is_not_is_told_the_others(local: Site) -> None:
    hook = _hook(local)["id"]
    Webhook.objects.filter(pk=hook).update(kinds=["decidde", "decided"])
    EventFactory(kind="assessed")
    EventFactory(kind="decided")
    _tell()
    assert len(local.requests) == 1
    assert as_admin().get(f"{HOOKS}{hook}/").json()["kinds"] == ["decidde", "decided"]


def test_a_webhook_is_told_the_kinds_that_it_wants(local: Site) -> None:
    _hook(local, kinds=["decided"])
    EventFactory(kind="assessed")
    EventFactory(kind="decided")
    _tell()
    assert [json.loads(body)["type"] for body in local.bodies] == ["claim.decided"]


def test_what_is_not_taken_is_sent_again_later_then_kept_and_replayed(local: Site) -> None:
    _hook(local)
    local.routes["/hook"] = reply(503)
    EventFactory()
    api = as_admin()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        _tell()
        (delivery,) = api.get(DELIVERIES).json()["results"]
        assert (delivery["state"], delivery["attempts"], delivery["error_code"]) == ("pending", 1, "http-503")
        began = timezone.now()
        for _ in range(9):
            clock.move_to(Step.objects.get(kind="deliver").due_at)
            pipeline.drain()
        assert timezone.now() - began > timedelta(hours=24)
    assert ids(api.get(DELIVERIES, {"state": "failed"})) == [delivery["id"]]
    assert len(local.bodies) == 10
    local.routes["/hook"] = reply(200)
    assert api.post(f"{DELIVERIES}{delivery['id']}/replay/").json()["state"] == "pending"
    assert fault(api.post(f"{DELIVERIES}{delivery['id']}/replay/"), 409)["code"] == "not_ended"
    pipeline.drain()
    after = api.get(f"{DELIVERIES}{delivery['id']}/").json()
    assert (after["state"], after["error"]) == ("done", "")
    assert after["delivered"] is not None
    assert len({headers["webhook-id"] for _, headers in local.requests}) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://localhost/hook",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
    ],
)
def test_nothing_is_sent_to_a_private_machine(url: str) -> None:
    as_admin().post(HOOKS, {"name": "desk", "url": url})
    EventFactory()
    _tell()
    (delivery,) = as_admin().get(DELIVERIES).json()["results"]
    assert (delivery["state"], delivery["error_code"]) == ("failed", "forbidden-address")
    assert "Make a webhook at one" in delivery["error"], "what would be right"


def test_a_redirect_is_not_followed(local: Site) -> None:
    _hook(local)
    local.routes["/hook"] = reply(307, Location=local.url("/elsewhere"))
    EventFactory()
    _tell()
    assert [path for path, _ in local.requests] == ["/hook"]
    assert as_admin().get(DELIVERIES).json()["results"][0]["error_code"] == "http-307"


def test_a_new_secret_is_shown_once_and_the_old_one_holds_for_a_day(local: Site) -> None:
    hook = _hook(local)
    api = as_admin()
    new = api.post(f"{HOOKS}{hook['id']}/rotate/").json()["secret"]
    assert new != hook["secret"]
    for answer in (api.get(HOOKS), api.get(f"{HOOKS}{hook['id']}/")):
        assert b"whsec_" not in answer.content
    EventFactory()
    _tell()
    assert _valid(new, local.requests[0][1], local.bodies[0])
    assert _valid(hook["secret"], local.requests[0][1], local.bodies[0])
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        EventFactory()
        _tell()
    assert _valid(new, local.requests[1][1], local.bodies[1])
    assert not _valid(hook["secret"], local.requests[1][1], local.bodies[1])


def test_a_webhook_that_is_switched_off_is_told_nothing(local: Site) -> None:
    Webhook.objects.filter(pk=_hook(local)["id"]).update(active=False)
    EventFactory()
    _tell()
    assert not Delivery.objects.exists() and not local.bodies


def test_whose_owner_has_left_is_told_nothing(local: Site) -> None:
    hook = Webhook.objects.select_related("owner").get(pk=_hook(local)["id"])
    EventFactory()
    announce()
    hook.owner.is_active = False
    hook.owner.save()
    EventFactory()
    _tell()
    assert not local.bodies
    (delivery,) = Delivery.objects.all()
    assert (delivery.step.state, delivery.step.error_code) == ("failed", "owner-inactive")
    assert repr(hook.owner.username) in delivery.step.error


def test_what_was_delivered_long_ago_is_forgotten_and_what_failed_is_not(local: Site) -> None:
    _hook(local)
    EventFactory()
    _tell()
    local.routes["/hook"] = reply(410)
    EventFactory()
    _tell()
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        announce()
    assert [delivery.step.state for delivery in Delivery.objects.all()] == ["failed"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"name": "a"}, "url"), ({"name": "a", "url": "file:///x"}, "url"),
     ({"name": 7, "url": "https://a.example/"}, "name"),
     ({"name": "a", "url": "https://a.example/", "secret": "x"}, "secret")],
)  # fmt: skip
def test_a_webhook_that_cannot_be_is_refused(sent: dict[str, Any], field: str) -> None:
    assert fault(as_admin().post(HOOKS, sent))["field"] == field
