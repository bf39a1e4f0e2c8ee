"""Giving mentions their claims: founding, joining, merging and splitting, as :mod:`verification.grouping` says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User

from claims.models import Claim, Mention
from claims.writing import add_all, set_each
from verification import grouping, workflow
from verification.comparison.view import View
from verification.grouping import Group
from verification.models import Event, Standing
from verification.models.words import EventKind
from verification.selectors.grouping import Component, component
from verification.services.blocking import add_keys, rekey


@dataclass(frozen=True, slots=True)
class Regrouped:
    """The claims whose mentions changed, and the mentions that founded the new ones of them."""

    touched: frozenset[int]
    founders: frozenset[int]


def regroup(
    mention_ids: Iterable[int],
    *,
    actor: User | None = None,
    reason: str = "",
    seen: Mapping[int, View] | None = None,
) -> Regrouped:
    """Decide anew which mentions make one claim, for these and all that hangs together with them.

    Under the lock of cross-checking. A claim left without a mention is merged into the one that took most of
    them; a group that splits off takes a merged claim of its own up again, where there is one. ``seen`` are views
    of mentions that are at hand.
    """
    found = component(mention_ids)
    groups = grouping.groups(found.ranks, found.ties)
    naming = grouping.name(groups, found.claim_of, found.decided)
    taken = [
        _revived(group, found, actor, reason) if claim_id is None else claim_id
        for group, claim_id in zip(groups, naming.claims, strict=True)
    ]
    leads = [group[0] for group, claim_id in zip(groups, taken, strict=True) if claim_id is None]
    founded = _found(leads)
    claims = [
        founded[group[0]] if claim_id is None else claim_id
        for group, claim_id in zip(groups, taken, strict=True)
    ]
    stands = {m: claim for group, claim in zip(groups, claims, strict=True) for m in group}
    touched = _move(groups, claims, found.claim_of)
    for old, place in naming.absorbed.items():
        _absorb(old, claims[place], found.claim_of, actor, reason)
    _word({claim: group[0] for group, claim in zip(groups, claims, strict=True) if group[0] not in founded})
    lost = {claim for pk, claim in found.claim_of.items() if claim != stands[pk]}
    rekey(lost)
    add_keys({pk: claim for pk, claim in stands.items() if found.claim_of.get(pk) != claim}, seen)
    return Regrouped(frozenset(touched), frozenset(founded))


def _revived(group: Group, found: Component, actor: User | None, reason: str) -> int | None:
    """The merged claim that had most of these mentions, standing for itself again with its past ones."""
    heirs = {found.claim_of[m] for m in group if m in found.claim_of}
    if not heirs:
        return None
    merged = Claim.objects.filter(merged_into__in=heirs).order_by("pk").values_list("pk", flat=True)
    events = Event.objects.filter(claim__in=list(merged), kind=EventKind.MERGED_INTO).order_by("pk")
    had = {event.claim_id: frozenset(event.evidence["mentions"]) for event in events}
    best = min(had, key=lambda claim_id: (-len(had[claim_id] & set(group)), claim_id), default=None)
    if best is None or not had[best] & set(group):
        return None
    workflow.revive(best, actor=actor, reason=reason or "its mentions no longer belong to the other claim")
    past = Mention.objects.filter(pk__in=had[best], revision__is_current=False, claim__in=heirs)
    past.update(claim=best)
    return best


def _found(leads: Sequence[int]) -> dict[int, int]:
    """New claims, each worded as one of these mentions. Returns them by mention."""
    mentions = Mention.objects.defer("terms", "links").in_bulk(leads)
    claims = add_all(Claim(**_wording(mentions[pk])) for pk in leads)
    add_all(Standing(claim=claim) for claim in claims)
    add_all(
        Event(claim=claim, kind=EventKind.DETECTED, evidence={"mention": pk})
        for claim, pk in zip(claims, leads, strict=True)
    )
    return {pk: claim.pk for pk, claim in zip(leads, claims, strict=True)}


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
    moved: dict[int, tuple[int]] = {}
    for group, claim_id in zip(groups, claims, strict=True):
        here = [m for m in group if claim_of.get(m) != claim_id]
        if here:
            moved |= dict.fromkeys(here, (claim_id,))
            touched |= {claim_id} | {claim_of[m] for m in here if m in claim_of}
    set_each(Mention, ["claim"], moved)
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


def _word(leads: Mapping[int, int]) -> None:
    """A claim is worded as its first published mention, until a person decided on its words. ``leads``: that
    mention of each claim."""
    mentions = Mention.objects.defer("terms", "links").in_bulk(list(leads.values()))
    open_ones = Claim.objects.filter(pk__in=leads, standing__verdict="")
    changed = []
    for claim in open_ones:
        now = _wording(mentions[leads[claim.pk]])
        if any(getattr(claim, field) != value for field, value in now.items()):
            for field, value in now.items():
                setattr(claim, field, value)
            changed.append(claim)
    Claim.objects.bulk_update(changed, ["text", "kind", "checkworthiness", "as_of_first", "as_of_last"])
