"""The roles that a migration ships: what each may do on the pages of queue and decisions, asked of the server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import Client

from claims.models import Claim
from tests import factories as make
from verification import roles
from verification.models import Event, Lease, SavedFilter, Standing, Verdict
from verification.models.words import VerdictWord
from verification.services import leasing
from verification.workflow import Decision, decide

pytestmark = pytest.mark.django_db
QUEUE = "/admin/verification/waiting/"
CLAIM = "/admin/claims/claim/{claim}/"
WORKS = {"reviewer", "lead"}
ALL = {"reviewer", "lead", "auditor"}
SUPPORTED = Decision(VerdictWord.SUPPORTED)


@dataclass(frozen=True)
class Deed:
    """What is asked of the server, who may, and how it is told that it was done."""

    path: str
    roles: set[str]
    post: dict[str, Any] | None = None
    before: Callable[[Claim, User], object] = lambda claim, person: None
    done: Callable[[Claim, User], bool] | None = None
    shown: str = ""
    seen: bool = field(default=False)  # the form says which version was seen


def held(claim: Claim, person: User) -> bool:
    return Lease.objects.filter(claim=claim, holder=person, ended_at=None).exists()


def at(workflow: str) -> Callable[[Claim, User], bool]:
    return lambda claim, person: Standing.objects.get(claim=claim).workflow == workflow


def released(claim: Claim, person: User) -> bool:
    return Lease.objects.filter(claim=claim, ending="released").exists()


def hold(claim: Claim, person: User) -> None:
    """The person holds the claim, if they ever could."""
    if person.has_perm("verification.add_lease"):
        leasing.take(claim.pk, person)


def anothers(claim: Claim, person: User) -> None:
    leasing.take(claim.pk, make.AdminFactory())


def decided(claim: Claim, person: User) -> None:
    decide(claim.pk, SUPPORTED, actor=person)


def saved(claim: Claim, person: User) -> None:
    SavedFilter.objects.create(owner=person, name="mine", pk=77)


DEEDS = {
    "see the queue": Deed(QUEUE, ALL, shown="Cargo fell."),
    "read a dossier": Deed(f"{CLAIM}change/", ALL, shown="Cargo fell."),
    "read verdicts": Deed("/admin/verification/verdict/", ALL, before=decided, shown="Cargo fell."),
    "read events": Deed("/admin/verification/event/", ALL, before=decided, shown="Cargo fell."),
    "see agreement": Deed("/admin/verification/verdict/agreement/", {"lead", "auditor"}, shown="kappa"),
    "take the next": Deed(f"{QUEUE}next/", WORKS, {}, done=held),
    "take": Deed(QUEUE + "{claim}/take/", WORKS, {}, done=held),
    "keep": Deed(QUEUE + "{claim}/keep/", WORKS, {}, done=held),
    "release": Deed(QUEUE + "{claim}/release/", WORKS, {}, hold, released),
    "release another's": Deed(
        QUEUE + "{claim}/release/", {"lead"}, {}, anothers, released
    ),
    "skip": Deed(QUEUE + "{claim}/skip/", WORKS, {}, done=lambda c, p: Lease.objects.filter(ending="skipped").exists()),
    "save a filter": Deed(
        f"{QUEUE}filters/save/", WORKS, {"name": "new"}, done=lambda c, p: p.queue_filters.filter(name="new").exists()
    ),
    "drop a filter": Deed(f"{QUEUE}filters/77/drop/", WORKS, {}, saved, lambda c, p: not p.queue_filters.exists()),
    "decide": Deed(f"{CLAIM}decide/", WORKS, {"word": "supported"}, done=at("decided"), seen=True),
    "dismiss": Deed(f"{CLAIM}move/", WORKS, {"to": "dismissed", "reason": "no"}, done=at("dismissed"), seen=True),
    "publish": Deed(f"{CLAIM}move/", {"lead"}, {"to": "published"}, decided, at("published"), seen=True),
    "flag": Deed(
        f"{CLAIM}flag/", WORKS, {"on": "1", "reason": "libel?"}, done=lambda c, p: Standing.objects.get(claim=c).flagged
    ),
    "take a verdict back": Deed(f"{CLAIM}take-back/", WORKS, {}, decided, at("detected")),
}  # fmt: skip


@pytest.fixture
def claim() -> Claim:
    return make.ClaimFactory(text="Cargo fell.")


def in_role(role: str) -> User:
    person = make.UserFactory(is_staff=True)
    if role:
        person.groups.add(Group.objects.get(name=role))
    return person


def ask(client: Client, deed: Deed, claim: Claim, person: User) -> Any:
    path = deed.path.replace("{claim}", str(claim.pk))
    if deed.post is None:
        return client.get(path)
    client.get(f"{QUEUE}?basis=none")  # something to save
    seen = {}
    if deed.seen:
        last = Event.objects.filter(claim=claim).first()
        version = Standing.objects.get(claim=claim).version
        seen = {"version": version, "seen": last.pk if last else 0}
    return client.post(path, {**seen, **deed.post})


@pytest.mark.parametrize("name", DEEDS)
@pytest.mark.parametrize("role", ["reviewer", "lead", "auditor", ""])
def test_each_role_does_what_it_may_and_nothing_else(
    role: str, name: str, claim: Claim, client: Client
) -> None:
    deed, person = DEEDS[name], in_role(role)
    client.force_login(person)
    deed.before(claim, person)
    answer = ask(client, deed, claim, person)
    if role in deed.roles:
        assert answer.status_code in (200, 204, 302)
        assert deed.done is None or deed.done(claim, person)
        assert deed.shown in answer.content.decode()
        return
    assert deed.done is None or not deed.done(claim, person)
    if (role, name) in {("reviewer", "release another's"), ("reviewer", "publish")}:
        assert answer.status_code in (
            302,
            409,
        )  # the page is theirs, this on it is not: refused with a reason
    else:
        assert answer.status_code == 403


def test_who_is_not_signed_in_is_asked_to(claim: Claim, client: Client) -> None:
    for name, deed in DEEDS.items():
        path = deed.path.replace("{claim}", str(claim.pk))
        answer = client.get(path) if deed.post is None else client.post(path, deed.post)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/admin/login/"), name


def test_nothing_is_changed_by_following_a_link(claim: Claim, client: Client) -> None:
    client.force_login(in_role("lead"))
    for name, deed in DEEDS.items():
        if deed.post is not None:
            path = deed.path.replace("{claim}", str(claim.pk))
            assert client.get(path).status_code == 405, name


def test_an_auditor_may_do_nothing_but_view() -> None:
    group = Group.objects.get(name="auditor")
    names = group.permissions.values_list("codename", flat=True)
    assert [name for name in names if not name.startswith("view_")] == []


@pytest.mark.parametrize("role", sorted(ALL))
def test_a_role_is_what_the_migrations_made_of_it(role: str) -> None:
    """What :data:`roles.ROLES` says now has come to each database by a migration, and nothing else has."""
    permissions = Group.objects.get(name=role).permissions.select_related("content_type")
    shipped = {f"{p.content_type.app_label}.{p.codename}" for p in permissions}
    assert shipped == set(roles.ROLES[role])


def test_an_auditor_reads_every_list_that_the_house_has(client: Client) -> None:
    client.force_login(in_role("auditor"))
    kept_from_all = {"user", "group", "apikey"}  # accounts and keys are the administrator's
    for model in admin.site._registry:
        name = model._meta.model_name
        if name in kept_from_all:
            continue
        answer = client.get(f"/admin/{model._meta.app_label}/{name}/")
        assert answer.status_code == 200, f"an auditor may not view {name}: see verification/roles.py"


def test_a_blind_verdict_is_an_auditors_to_read_and_no_leads(claim: Claim, client: Client) -> None:
    first = in_role("reviewer")
    decision = Decision(VerdictWord.MIXED, "Half of it only.")
    decide(claim.pk, decision, actor=first, second_review=True, blind=True)
    for role, reads in (("lead", False), ("reviewer", False), ("auditor", True)):
        client.force_login(in_role(role))
        content = client.get("/admin/verification/verdict/").content.decode()
        assert ("Half of it only." in content) == reads, role
    assert Verdict.objects.count() == 1
