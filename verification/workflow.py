"""How a claim moves through review: every transition is one locked function that leaves an event.

A transition is checked (:func:`_check`) and then done, on a locked row, in one transaction. A second
reviewer is another person than the first. New evidence never edits a verdict. What another person holds
(:mod:`verification.services.leasing`) is theirs to decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from claims.models import Claim, Mention
from verification import ranking
from verification.models import Event, Standing, Verdict, Withdrawal
from verification.models.standing import DECIDED, UNDER_REVIEW
from verification.models.words import EventKind, Freshness, VerdictWord, Workflow
from verification.refusals import Incomplete, NotAllowed, Stale
from verification.selectors.grounds import mentions_of
from verification.selectors.shelf_lives import due_dates
from verification.selectors.verdicts import why_not_undone
from verification.services import leasing

__all__ = [
    "MOVES",
    "NEEDS_REASON",
    "Decision",
    "NotAllowed",
    "Stale",
    "decide",
    "flag",
    "move",
    "put_back",
    "take_back",
]

W = Workflow
#: where a claim may go from where it is
MOVES: dict[str, frozenset[str]] = {
    W.DETECTED: frozenset({W.QUEUED, W.IN_REVIEW, W.DISMISSED}),
    W.QUEUED: frozenset({W.IN_REVIEW, W.DISMISSED}),
    W.IN_REVIEW: frozenset({W.QUEUED, W.SECOND_REVIEW, W.DECIDED, W.DISMISSED}),
    W.SECOND_REVIEW: frozenset({W.IN_REVIEW, W.DECIDED}),
    W.DECIDED: frozenset({W.PUBLISHED, W.REOPENED}),
    W.PUBLISHED: frozenset({W.REOPENED, W.RETRACTED}),
    W.DISMISSED: frozenset({W.REOPENED}),
    W.REOPENED: frozenset({W.IN_REVIEW, W.QUEUED, W.DISMISSED}),
    W.RETRACTED: frozenset({W.REOPENED}),
    W.MERGED_INTO: frozenset(),
}
NEEDS_REASON = frozenset({W.DISMISSED, W.REOPENED, W.RETRACTED})
#: verdicts whose word alone does not say what was found
NEEDS_NOTE = frozenset({VerdictWord.MIXED, VerdictWord.MISLEADING_CONTEXT, VerdictWord.UNVERIFIABLE})
#: verdicts that say a source is wrong: not without an address or a mention that says otherwise
NEEDS_EVIDENCE = frozenset({VerdictWord.MOSTLY_REFUTED, VerdictWord.REFUTED})
#: what a verdict's event keeps, for :func:`take_back`
_KEPT = ("workflow", "verdict", "needs_review", "freshness", "waiting_day")
#: events by which a claim stands where it stood, and has waited since it began to wait there
_TAKEN_BACK = (EventKind.UNDONE, EventKind.PUT_BACK, EventKind.SPLIT_OFF)
#: what goes out under the house's name, or is taken back, is a lead's to say
PUBLISHING = frozenset({W.PUBLISHED, W.RETRACTED})


@dataclass(frozen=True, slots=True)
class Decision:
    """A reviewer's verdict with what it rests on."""

    word: VerdictWord
    note: str = ""
    evidence: Sequence[str] = ()


def move(
    claim_id: int,
    to: Workflow,
    *,
    actor: User,
    reason: str = "",
    expected_version: int | None = None,
    evidence: Mapping[str, object] | None = None,
) -> Standing:
    """Take a claim to another place in the workflow. ``evidence``: what else its event shall keep.

    Raises NotAllowed, or Stale when ``expected_version`` is not the claim's. For verdicts see :func:`decide`.
    """
    if to in (W.DECIDED, W.SECOND_REVIEW, W.MERGED_INTO):
        raise NotAllowed(f"a claim does not become {to.label!r} by itself: decide it, or merge it")
    with transaction.atomic():
        standing = _locked(claim_id, expected_version)
        _check(standing, to, reason)
        if to in PUBLISHING and not actor.has_perm("verification.publish_standing"):
            raise NotAllowed(
                f"{actor.get_username()} may not do this: it needs verification.publish_standing"
            )
        leasing.check(claim_id, actor)
        kept = _for_putting_back(standing, evidence)
        standing = _do(standing, to, actor=actor, reason=reason, evidence=kept)
        if standing.rank is None:
            leasing.settle(claim_id, actor)
        return standing


def decide(
    claim_id: int,
    decision: Decision,
    *,
    actor: User,
    second_review: bool = False,
    blind: bool = False,
    expected_version: int | None = None,
) -> Standing:
    """Record a verdict. With ``second_review``, a first verdict waits for another person's.

    A claim in second review is decided by another person: agreement decides it, disagreement sends it back
    to review with both verdicts and notes. With ``blind``, the second person does not see the first verdict
    before giving theirs (:func:`verification.selectors.verdicts.readable`). A decided claim whose ground
    moved is reopened by it. Raises Incomplete, Held, Stale or NotAllowed.
    """
    with transaction.atomic():
        standing = _locked(claim_id, expected_version)
        _check_complete(decision)
        before = {name: getattr(standing, name) for name in _KEPT}
        first = _first_verdict(standing, actor)
        leasing.settle(claim_id, actor)
        standing = _taken_up(standing, actor)
        verdict = Verdict.objects.create(
            claim_id=claim_id,
            word=decision.word,
            reviewer=actor,
            confirms=first,
            first_reviewer=first.reviewer if first else None,
            blind=second_review and blind and first is None,
            note=decision.note,
            evidence=list(decision.evidence),
        )
        evidence = {"verdict": verdict.pk, "before": before}
        if first is not None and first.word != decision.word:
            reason = _both(first, verdict)
            return _do(standing, W.IN_REVIEW, actor=actor, reason=reason, evidence=evidence)
        if first is None and second_review:
            _check(standing, W.SECOND_REVIEW, "")
            reason = "" if verdict.blind else decision.note
            return _do(standing, W.SECOND_REVIEW, actor=actor, reason=reason, evidence=evidence)
        _check(standing, W.DECIDED, "")
        standing.verdict = decision.word
        standing.needs_review = False
        _renew(standing)
        return _do(standing, W.DECIDED, actor=actor, reason=decision.note, evidence=evidence)


def take_back(claim_id: int, *, actor: User, expected_version: int | None = None) -> Standing:
    """Undo the actor's verdict, the last thing done to the claim: it stands again where it stood before.

    The verdict stays on record as taken back; the undoing is an event of its own. Raises NotAllowed when it
    is another's, too old, moved on since, or a second verdict that has shown the blind first; Held or Stale.
    """
    with transaction.atomic():
        standing = _locked(claim_id, expected_version)
        leasing.check(claim_id, actor)
        rows = Verdict.objects.filter(claim_id=claim_id, withdrawal=None)
        verdict = rows.select_related("confirms", "reviewer").order_by("-pk").first()
        if verdict is None:
            raise NotAllowed(f"there is no verdict on claim {claim_id} to take back")
        reason = why_not_undone(verdict, actor)
        decision = Event.objects.filter(claim_id=claim_id, evidence__verdict=verdict.pk).first()
        if not reason and (decision is None or _moved_since(decision)):
            reason = f"claim {claim_id} moved on since the verdict: it is {standing.get_workflow_display()}"
        if reason or decision is None:
            raise NotAllowed(reason)
        before = decision.evidence["before"]
        looked_at = before["verdict"] or before["workflow"] in UNDER_REVIEW
        standing.verdict = before["verdict"]
        # A verdict needs no review, so what needs one now does so for what the machine found since.
        standing.needs_review = before["needs_review"] or bool(standing.needs_review and looked_at)
        standing.waiting_day = before.get("waiting_day", standing.waiting_day)
        evidence = {"event": decision.pk, "kind": decision.kind, "withdrawn": verdict.pk}
        back = W(before["workflow"])
        standing = _do(standing, back, actor=actor, reason="", kind=EventKind.UNDONE, evidence=evidence)
        undone = Event.objects.filter(claim_id=claim_id, kind=EventKind.UNDONE).latest("id")
        Withdrawal.objects.create(verdict=verdict, event=undone)
        return _age(standing, before.get("freshness", standing.freshness))


def flag(
    claim_id: int,
    on: bool,
    *,
    actor: User,
    reason: str = "",
    expected_version: int | None = None,
    evidence: Mapping[str, object] | None = None,
) -> Standing:
    """Ask a lead to look at a claim, and say why; or, with ``on`` false, say that it was looked at."""
    if on and not reason.strip():
        raise NotAllowed(f"give a reason: what shall a lead look at in claim {claim_id}?")
    with transaction.atomic():
        standing = _locked(claim_id, expected_version)
        if standing.flagged == on:
            raise NotAllowed(f"claim {claim_id} is {'' if on else 'not '}flagged already")
        kept = _for_putting_back(standing, evidence)
        standing.flagged = on
        kind = EventKind.FLAGGED if on else EventKind.UNFLAGGED
        return _do(standing, W(standing.workflow), actor=actor, reason=reason, kind=kind, evidence=kept)


def put_back(event: Event, *, actor: User, evidence: Mapping[str, object] | None = None) -> Standing:
    """Undo a move or a flag after which no person touched the claim: it stands again where it stood before.

    What the machine found since stays. Raises NotAllowed when somebody did something since, Held when another
    has the claim.
    """
    claim_id = event.claim_id
    with transaction.atomic():
        standing = _locked(claim_id, None)
        leasing.check(claim_id, actor)
        since = Event.objects.filter(claim_id=claim_id, pk__gt=event.pk).select_related("actor")
        touched = since.filter(Q(actor__isnull=False) | Q(kind__in=[*W.values, EventKind.SPLIT_OFF])).first()
        if touched is not None:
            what = touched.kind.replace("_", " ")
            raise NotAllowed(
                f"claim {claim_id} was touched since: {what} by {touched.actor or 'the machine'}"
            )
        before = event.evidence["before"]
        standing.flagged = before["flagged"]
        standing.waiting_day = before.get("waiting_day", standing.waiting_day)
        kept = {"event": event.pk, "kind": event.kind, **(evidence or {})}
        back = W(before["workflow"])
        return _do(standing, back, actor=actor, reason="", kind=EventKind.PUT_BACK, evidence=kept)


def _for_putting_back(standing: Standing, evidence: Mapping[str, object] | None) -> dict[str, object]:
    """What the event of a move keeps, for :func:`put_back`."""
    before = {name: getattr(standing, name) for name in ("workflow", "flagged", "waiting_day")}
    return {"before": before, **(evidence or {})}


def absorb(claim_id: int, into: int, *, mentions: Sequence[int], reason: str, actor: User | None) -> Standing:
    """Merge a claim into another: it keeps its row, and its address leads there. ``mentions`` were its own.

    The event remembers them and where the claim stood, for :func:`revive`. A verdict that is lost from sight
    makes the other claim need review. The caller moves the mentions, in the same transaction.
    """
    standing = _locked(claim_id, None)
    if standing.workflow == W.MERGED_INTO:
        raise NotAllowed(
            f"claim {claim_id} is merged into {standing.claim.merged_into_id} already: undo that first"
        )
    evidence = {"into": into, "mentions": list(mentions), "workflow": standing.workflow}
    Claim.objects.filter(merged_into=claim_id).update(merged_into=into)  # what it took in goes along
    Claim.objects.filter(pk=claim_id).update(merged_into=into)
    if standing.verdict:
        heir = _locked(into, None)
        if not heir.needs_review:
            heir.needs_review, heir.waiting_day = True, ranking.today()
        heir.version += 1
        heir.save()
    Event.objects.create(
        claim_id=into, kind=EventKind.ABSORBED, actor=actor, reason=reason, evidence={"claim": claim_id}
    )
    return _do(standing, W.MERGED_INTO, actor=actor, reason=reason, evidence=evidence)


def revive(claim_id: int, *, reason: str, actor: User | None) -> Standing:
    """Undo :func:`absorb`: the claim stands for itself again, where it stood before."""
    standing = _locked(claim_id, None)
    if standing.workflow != W.MERGED_INTO:
        raise NotAllowed(f"claim {claim_id} is {standing.workflow}, it is not merged into another")
    before = Event.objects.filter(claim_id=claim_id, kind=EventKind.MERGED_INTO).latest("id")
    heir = standing.claim.merged_into_id
    Claim.objects.filter(pk=claim_id).update(merged_into=None)
    Claim.objects.filter(pk__in=_brought_along(claim_id, heir)).update(merged_into=claim_id)
    back = W(before.evidence["workflow"])
    return _do(standing, back, actor=actor, reason=reason, kind=EventKind.SPLIT_OFF)


def _due(standing: Standing) -> list[Mention]:
    """Say when its shelf life ends. Returns its current mentions."""
    mentions = mentions_of([standing.claim_id]).get(standing.claim_id, [])
    standing.due_at = due_dates({standing.claim_id: mentions})[standing.claim_id]
    return mentions


def _age(standing: Standing, before: str) -> Standing:
    """After :func:`_renew` was taken back: what was seen counts as before, unless something is newer since."""
    _due(standing)
    due = standing.due_at is not None and standing.due_at <= timezone.now()
    if standing.freshness == Freshness.CURRENT and (
        before == Freshness.SOURCE_CHANGED or (before == Freshness.DUE and due)
    ):
        standing.freshness = Freshness(before)
    standing.save(update_fields=["freshness", "due_at"])
    return standing


def _renew(standing: Standing) -> None:
    """A person has just looked: what moved is seen, and the shelf life begins anew."""
    mentions = _due(standing)
    if standing.freshness == Freshness.DUE or (standing.freshness == Freshness.SOURCE_CHANGED and mentions):
        standing.freshness = Freshness.CURRENT


def _brought_along(claim_id: int, heir: int | None) -> set[int]:
    """The claims merged into ``heir`` that came with this one, since they were merged into it before."""
    rows = Event.objects.filter(claim__merged_into=heir, kind=EventKind.MERGED_INTO).order_by("id")
    into = {event.claim_id: event.evidence["into"] for event in rows}  # the latest of each
    found: set[int] = set()
    while more := {claim for claim, at in into.items() if at in found | {claim_id}} - found:
        found |= more
    return found


def _first_verdict(standing: Standing, actor: User) -> Verdict | None:
    if standing.workflow != W.SECOND_REVIEW:
        return None
    given = Verdict.objects.filter(claim_id=standing.claim_id, confirms=None, withdrawal=None)
    first = given.select_related("reviewer").latest("id")
    if first.reviewer_id == actor.pk:
        raise NotAllowed(
            "you gave the first verdict on this claim: the second reviewer must be another person"
        )
    return first


def _taken_up(standing: Standing, actor: User) -> Standing:
    """Bring the claim to where a verdict can be given, with an event for each step on the way."""
    if standing.workflow in DECIDED and standing.needs_review:
        reason = "the ground of its verdict moved"
        standing = _do(standing, W.REOPENED, actor=actor, reason=reason)
    if standing.workflow in (W.DETECTED, W.QUEUED, W.REOPENED):
        standing = _do(standing, W.IN_REVIEW, actor=actor, reason="taken up for a decision")
    return standing


def _moved_since(event: Event) -> bool:
    """Whether a person or a merge took the claim elsewhere after ``event``; what the machine found is no move."""
    moves = [*W.values, EventKind.SPLIT_OFF]
    return Event.objects.filter(claim_id=event.claim_id, pk__gt=event.pk, kind__in=moves).exists()


def _check_complete(decision: Decision) -> None:
    label = decision.word.label
    if decision.word in NEEDS_NOTE and not decision.note.strip():
        raise Incomplete("note", f"“{label}” needs a note: say what was found and what is missing")
    if decision.word in NEEDS_EVIDENCE and not decision.evidence:
        raise Incomplete(
            "evidence", f"“{label}” needs evidence: an address, or a mention that says otherwise"
        )


def _both(first: Verdict, second: Verdict) -> str:
    """What two reviewers who disagree said, for the third look."""
    said = [
        f"{v.reviewer}: {v.get_word_display().lower()}" + (f", “{v.note}”" if v.note else "")
        for v in (first, second)
    ]
    return "the reviewers disagree. " + "; ".join(said)


def _locked(claim_id: int, expected_version: int | None) -> Standing:
    standing = Standing.objects.select_for_update(of=("self",)).select_related("claim").get(claim_id=claim_id)
    if expected_version is not None and standing.version != expected_version:
        raise Stale(
            f"claim {claim_id} changed since you saw it (version {standing.version}, you saw {expected_version}): "
            "look at it again, then decide"
        )
    return standing


def _check(standing: Standing, to: Workflow, reason: str) -> None:
    allowed = MOVES[standing.workflow]
    if to not in allowed:
        words = ", ".join(sorted(allowed)) or "nothing"
        raise NotAllowed(
            f"claim {standing.claim_id} is {standing.workflow}: it can become {words}, not {to.value}"
        )
    if to in NEEDS_REASON and not reason.strip():
        raise NotAllowed(f"give a reason: why is claim {standing.claim_id} {to.label}?")


def _do(
    standing: Standing,
    to: Workflow,
    *,
    actor: User | None,
    reason: str,
    kind: EventKind | None = None,
    evidence: Mapping[str, object] | None = None,
) -> Standing:
    """Write the move and its event. The row is locked by the caller."""
    before = standing.status
    came_from, standing.workflow = standing.workflow, to
    if to in ranking.ASKED and came_from not in ranking.ASKED and kind not in _TAKEN_BACK:
        standing.waiting_day = ranking.today()
    standing.version += 1
    standing.save()
    standing.refresh_from_db(fields=["status", "outdated", "rank"])
    Event.objects.create(
        claim_id=standing.claim_id,
        kind=kind or EventKind(to.value),
        actor=actor,
        before=f"{before}: {came_from}",
        after=f"{standing.status}: {to.value}",
        reason=reason,
        evidence=dict(evidence or {}),
    )
    return standing
