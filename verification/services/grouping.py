"""Giving mentions their claims: founding, joining, merging and splitting, as :mod:`verification.grouping` says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User

from claims.models import Claim, Mention
from verification import grouping, workflow
from verification.grouping import Group
from verification.models import Event, Standing
from verification.selectors.grouping import Component, component
from verification.services.blocking import add_keys, rekey


@dataclass(frozen=True, slots=True)
class Regrouped:
    """The claims whose mentions changed, and how many of them are new."""

    touched: frozenset[int]
    founded: int


def regroup(mention_ids: Iterable[int], *, actor: User | None = None, reason: str = "") -> Regrouped:
    """Decide anew which mentions make one claim, for these and all that hangs together with them.

    Under the lock of cross-checking. A claim left without a mention is merged into the one that took most of
    them; a group that splits off takes a merged claim of its own up again, where there is one.
    """
    found = component(mention_ids)
    groups = grouping.groups(found.ranks, found.ties)
    naming = grouping.name(groups, found.claim_of, found.decided)
    claims: list[int] = []
    founded = 0
    for group, claim_id in zip(groups, naming.claims, strict=True):
        if claim_id is None:
            claim_id = _revived(group, found, actor, reason)
        if claim_id is None:
            claim_id, founded = _found(group).pk, founded + 1
        claims.append(claim_id)
    stands = {m: claim for group, claim in zip(groups, claims, strict=True) for m in group}
    touched = _move(groups, claims, found.claim_of)
    for old, place in naming.absorbed.items():
        _absorb(old, claims[place], found.claim_of, actor, reason)
    _word(groups, claims)
    lost = {claim for pk, claim in found.claim_of.items() if claim != stands[pk]}
    rekey(lost)
    add_keys({pk: claim for pk, claim in stands.items() if found.claim_of.get(pk) != claim})
    return Regrouped(frozenset(touched), founded)


def _revived(group: Group, found: Component, actor: User | None, reason: str) -> int | None:
    """The merged claim that had most of these mentions, standing for itself again with its past ones."""
    heirs = {found.claim_of[m] for m in group if m in found.claim_of}
    merged = Claim.objects.filter(merged_into__in=heirs).order_by("pk").values_list("pk", flat=True)
    events = Event.objects.filter(claim__in=list(merged), kind="merged_into").order_by("pk")
    had = {event.claim_id: frozenset(event.evidence["mentions"]) for event in events}
    best = min(had, key=lambda claim_id: (-len(had[claim_id] & set(group)), claim_id), default=None)
    if best is None or not had[best] & set(group):
        return None
    workflow.revive(best, actor=actor, reason=reason or "its mentions no longer belong to the other claim")
    past = Mention.objects.filter(pk__in=had[best], revision__is_current=False, claim__in=heirs)
    past.update(claim=best)
    return best


def _found(group: Group) -> Claim:
    mention = Mention.objects.get(pk=group[0])
    claim = Claim.objects.create(**_wording(mention))
    Standing.objects.create(claim=claim)
    Event.objects.create(claim=claim, kind="detected", evidence={"mention": mention.pk})
    return claim


def _wording(mention: Mention) -> dict[str, object]:
    return {
        "text": mention.wording,
        "kind": mention.kind,
        "checkworthiness": mention.checkworthiness,
        "as_of_first": mention.as_of_first,
        "as_of_last": mention.as_of_last,
    }


def _move(groups: Iterable[Group], claims: Iterable[int], claim_of: Mapping[int, int]) -> set[int]:
    touched: set[int] = set()
    for group, claim_id in zip(groups, claims, strict=True):
        moved = [m for m in group if claim_of.get(m) != claim_id]
        if moved:
            Mention.objects.filter(pk__in=moved).update(claim=claim_id)
            touched |= {claim_id} | {claim_of[m] for m in moved if m in claim_of}
    return touched


def _absorb(old: int, heir: int, claim_of: Mapping[int, int], actor: User | None, reason: str) -> None:
    past = Mention.objects.filter(claim=old)
    mentions = sorted(
        {m for m, claim in claim_of.items() if claim == old} | set(past.values_list("pk", flat=True))
    )
    workflow.absorb(
        old,
        heir,
        mentions=mentions,
        actor=actor,
        reason=reason or "all its mentions belong to the other claim",
    )
    past.update(claim=heir)


def _word(groups: Iterable[Group], claims: Iterable[int]) -> None:
    """A claim is worded as its first published mention, until a person decided on its words."""
    leads = {claim_id: group[0] for group, claim_id in zip(groups, claims, strict=True)}
    mentions = Mention.objects.in_bulk(leads.values())
    open_ones = Claim.objects.filter(pk__in=leads, standing__verdict="")
    changed = []
    for claim in open_ones:
        now = _wording(mentions[leads[claim.pk]])
        if any(getattr(claim, field) != value for field, value in now.items()):
            for field, value in now.items():
                setattr(claim, field, value)
            changed.append(claim)
    Claim.objects.bulk_update(changed, ["text", "kind", "checkworthiness", "as_of_first", "as_of_last"])
