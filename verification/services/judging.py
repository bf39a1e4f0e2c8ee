"""A person's word on which claims and which origins are one. It outranks the machine and is kept for ever.

Each action checks, takes the lock of cross-checking, writes the word with an event, and brings claims, relations
and assessments up to date, in one transaction. Raises :class:`verification.workflow.NotAllowed`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import product

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from claims.models import Claim, Mention
from claims.services.locks import one_at_a_time
from verification.models import Event, Judgement, OriginOverride, Tie
from verification.models.words import EventKind
from verification.services.assessing import assess
from verification.services.crosschecking import settle
from verification.services.grouping import regroup
from verification.workflow import NotAllowed, Stale

Pair = tuple[int, int]
Word = Judgement.Word
_JUDGED = {
    Word.SAME: EventKind.JUDGED_SAME,
    Word.DIFFERENT: EventKind.JUDGED_DIFFERENT,
    Word.UNSURE: EventKind.JUDGED_UNSURE,
}
_ORIGINS_SET = {
    OriginOverride.Word.CUT: EventKind.ORIGIN_CUT,
    OriginOverride.Word.JOIN: EventKind.ORIGIN_JOIN,
    None: EventKind.ORIGIN_UNDONE,
}


@transaction.atomic
def judge(
    one: int, other: int, word: Judgement.Word, *, actor: User, note: str = "", seen: int | None = None
) -> Event:
    """Say of two claims whether they are the same, and return the event that :func:`undo` takes.

    ``same`` merges them: which of the two keeps its id is for the larger to say. ``different`` keeps them apart
    for good, ``unsure`` leaves it to the machine again. ``seen`` is the last event on either that the reviewer saw:
    raises Stale if a person did something to one of them since.
    """
    _allow(actor, "verification.add_judgement")
    one_at_a_time("crosscheck")
    a, b = sorted((one, other))
    if a == b:
        raise NotAllowed(f"claim {a} cannot be compared with itself: to take it apart, split it")
    _check_seen((a, b), seen)
    _check_claims(a, b)
    ours, theirs = _mentions_of(a), _mentions_of(b)
    judgement = Judgement.objects.create(a_id=a, b_id=b, word=word, reviewer=actor, note=note)
    evidence = {"judgement": judgement.pk, "claims": [a, b]}
    event = _event(a, _JUDGED[word], actor, note, evidence)
    _event(b, _JUDGED[word], actor, note, evidence)
    _tie(event, word, _joining(ours, theirs) if word == Word.SAME else product(ours, theirs))
    _bring_up_to_date({*ours, *theirs}, {a, b}, actor, note)
    return event


@transaction.atomic
def split(
    claim_id: int, mention_ids: Collection[int], *, actor: User, note: str, seen: int | None = None
) -> Event:
    """Take mentions out of a claim, into one of their own: they are kept apart for good. Needs a reason.

    ``seen`` as for :func:`judge`.
    """
    _allow(actor, "verification.add_judgement")
    one_at_a_time("crosscheck")
    _check_seen((claim_id,), seen)
    _check_claims(claim_id)
    if not note.strip():
        raise NotAllowed(f"give a reason: why is claim {claim_id} split?")
    members = _mentions_of(claim_id)
    out, rest = sorted(set(mention_ids)), [m for m in members if m not in set(mention_ids)]
    if not out or not rest or not set(out) <= set(members):
        raise NotAllowed(
            f"name some, not all, of the current mentions of claim {claim_id} ({_listed(members)}), not {_listed(out)}"
        )
    event = _event(claim_id, EventKind.SPLIT, actor, note, {"mentions": out})
    _tie(event, Word.DIFFERENT, product(out, rest))
    _tie(event, Word.SAME, ((out[0], mention) for mention in out[1:]))
    _bring_up_to_date(set(members), {claim_id}, actor, note)
    return event


@transaction.atomic
def undo(event_id: int, *, actor: User, note: str = "") -> Event:
    """Take a judgement, a merge or a split back: claims are what they would be without it.

    What was said before it holds again. The judgement itself stays on record.
    """
    _allow(actor, "verification.add_judgement")
    one_at_a_time("crosscheck")
    event = Event.objects.filter(pk=event_id).first()
    ties = list(Tie.objects.filter(decision=_decision(event))) if event else []
    if event is None or not ties:
        raise NotAllowed(f"event {event_id} is no judgement, merge or split that still stands")
    Tie.objects.filter(pk__in=[tie.pk for tie in ties]).delete()
    mentions = {mention for tie in ties for mention in (tie.a_id, tie.b_id)}
    undone = _event(event.claim_id, EventKind.UNDONE, actor, note, {"event": event.pk, "kind": event.kind})
    claims = set(
        Mention.objects.filter(pk__in=mentions, claim__isnull=False).values_list("claim_id", flat=True)
    )
    _bring_up_to_date(mentions, {c for c in claims if c is not None}, actor, note)
    return undone


@transaction.atomic
def set_origin_edge(
    one: int, other: int, word: OriginOverride.Word | None, *, actor: User, note: str = ""
) -> None:
    """Cut two mentions of a claim apart as origins, or join them; None leaves it to the machine again."""
    _allow(actor, "verification.add_originoverride")
    one_at_a_time("crosscheck")
    a, b = sorted((one, other))
    if a == b:
        raise NotAllowed(f"mention {a} cannot be cut from or joined to itself")
    claim_of = dict(Mention.objects.filter(pk__in=[a, b]).values_list("pk", "claim_id"))
    missing = [m for m in (a, b) if claim_of.get(m) is None]
    if missing:
        raise NotAllowed(f"there is no mention {missing[0]} that belongs to a claim")
    row = OriginOverride.objects.filter(a=a, b=b)
    before = row.values_list("word", flat=True).first() or ""
    if word is None:
        row.delete()
    else:
        OriginOverride.objects.update_or_create(a_id=a, b_id=b, defaults={"word": word, "reviewer": actor})
    claims = {claim_id for claim_id in claim_of.values() if claim_id is not None}
    for claim_id in sorted(claims):
        _event(claim_id, _ORIGINS_SET[word], actor, note, {"mentions": [a, b], "before": before})
    assess(claims)


def _allow(actor: User, permission: str) -> None:
    if not actor.has_perm(permission):
        raise NotAllowed(f"{actor.get_username()} may not do this: it needs the permission {permission}")


def _check_seen(claim_ids: Collection[int], seen: int | None) -> None:
    if seen is None:
        return
    later = Event.objects.filter(claim__in=claim_ids, pk__gt=seen, actor__isnull=False)
    changes = [
        f"{event.actor}: {event.kind.replace('_', ' ')}"
        for event in later.select_related("actor").order_by("pk")
    ]
    if changes:
        raise Stale(
            f"not done, for something changed since you saw it ({'; '.join(changes[:5])}): look again"
        )


def _check_claims(*claim_ids: int) -> None:
    merged = dict(Claim.objects.filter(pk__in=claim_ids).values_list("pk", "merged_into"))
    for claim_id in claim_ids:
        if claim_id not in merged:
            raise NotAllowed(f"there is no claim {claim_id}")
        if merged[claim_id]:
            raise NotAllowed(f"claim {claim_id} is merged into {merged[claim_id]}: name that one")


def _mentions_of(claim_id: int) -> list[int]:
    rows = Mention.objects.filter(claim=claim_id, revision__is_current=True).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _joining(ours: list[int], theirs: list[int]) -> list[Pair]:
    """The pairs that make one of two groups of mentions: a star, and all that a person once set apart."""
    if not ours or not theirs:
        return []
    either = Q(a__in=ours, b__in=theirs) | Q(a__in=theirs, b__in=ours)
    apart = Tie.objects.filter(either, word=Word.DIFFERENT).values_list("a_id", "b_id")
    star = {(min(ours[0], m), max(ours[0], m)) for m in (*ours[1:], *theirs)}
    return sorted(star | set(apart))


def _decision(event: Event) -> Event | None:
    """A judgement's event lies on both claims; the ties hang on the first."""
    if "judgement" not in event.evidence:
        return event
    rows = Event.objects.filter(claim__in=event.evidence["claims"], kind=event.kind).order_by("pk")
    return next((e for e in rows if e.evidence == event.evidence), None)


def _tie(event: Event, word: Judgement.Word, pairs: Iterable[Pair]) -> None:
    Tie.objects.bulk_create(
        Tie(decision=event, a_id=min(pair), b_id=max(pair), word=word) for pair in sorted(pairs)
    )


def _event(claim_id: int, kind: EventKind, actor: User, note: str, evidence: dict[str, object]) -> Event:
    return Event.objects.create(claim_id=claim_id, kind=kind, actor=actor, reason=note, evidence=evidence)


def _bring_up_to_date(mentions: set[int], claims: set[int], actor: User, note: str) -> None:
    settle(set(regroup(mentions, actor=actor, reason=note).touched) | claims)


def _listed(ids: Iterable[int]) -> str:
    return ", ".join(map(str, ids)) or "none"
