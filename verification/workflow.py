"""How a claim moves through review: every transition is one locked function that leaves an event.

A transition is checked (:func:`_check`) and then done, on a locked row, in one transaction. A second
reviewer is another person than the first. New evidence never edits a verdict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from claims.models import Claim
from verification.models import Event, Standing, Verdict
from verification.models.words import VerdictWord, Workflow

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


class NotAllowed(Exception):
    """The transition cannot be made; the message names why and what can be done."""


class Stale(NotAllowed):
    """The claim changed since the reviewer saw it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A reviewer's verdict with what it rests on."""

    word: VerdictWord
    note: str = ""
    evidence: Sequence[str] = ()


def move(
    claim_id: int, to: Workflow, *, actor: User, reason: str = "", expected_version: int | None = None
) -> Standing:
    """Take a claim to another place in the workflow.

    Raises NotAllowed, or Stale when ``expected_version`` is not the claim's. For verdicts see :func:`decide`.
    """
    if to in (W.DECIDED, W.SECOND_REVIEW, W.MERGED_INTO):
        raise NotAllowed(f"a claim does not become {to.label!r} by itself: decide it, or merge it")
    with transaction.atomic():
        standing = _locked(claim_id, expected_version)
        _check(standing, to, reason)
        return _do(standing, to, actor=actor, reason=reason)


def decide(
    claim_id: int,
    decision: Decision,
    *,
    actor: User,
    second_review: bool = False,
    expected_version: int | None = None,
) -> Standing:
    """Record a verdict. With ``second_review``, a first verdict waits for another person's.

    A claim in second review is decided by another person: agreement decides it, disagreement sends it back
    to review with both verdicts kept. Raises NotAllowed or Stale.
    """
    with transaction.atomic():
        standing = _locked(claim_id, expected_version)
        if standing.workflow in (W.DETECTED, W.QUEUED, W.REOPENED):
            standing = _do(standing, W.IN_REVIEW, actor=actor, reason="taken up for a decision")
        first = _first_verdict(standing, actor)
        Verdict.objects.create(
            claim_id=claim_id,
            word=decision.word,
            reviewer=actor,
            confirms=first,
            first_reviewer=first.reviewer if first else None,
            note=decision.note,
            evidence=list(decision.evidence),
        )
        if first is None and second_review:
            _check(standing, W.SECOND_REVIEW, "")
            return _do(standing, W.SECOND_REVIEW, actor=actor, reason=decision.note)
        if first is not None and first.word != decision.word:
            return _do(standing, W.IN_REVIEW, actor=actor, reason=f"{first.word} or {decision.word}")
        _check(standing, W.DECIDED, "")
        standing.verdict = decision.word
        standing.needs_review = False
        return _do(standing, W.DECIDED, actor=actor, reason=decision.note)


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
    Claim.objects.filter(pk=claim_id).update(merged_into=into)
    if standing.verdict:
        Standing.objects.filter(claim_id=into).update(needs_review=True, version=F("version") + 1)
    Event.objects.create(
        claim_id=into, kind="absorbed", actor=actor, reason=reason, evidence={"claim": claim_id}
    )
    return _do(standing, W.MERGED_INTO, actor=actor, reason=reason, evidence=evidence)


def revive(claim_id: int, *, reason: str, actor: User | None) -> Standing:
    """Undo :func:`absorb`: the claim stands for itself again, where it stood before."""
    standing = _locked(claim_id, None)
    if standing.workflow != W.MERGED_INTO:
        raise NotAllowed(f"claim {claim_id} is {standing.workflow}, it is not merged into another")
    before = Event.objects.filter(claim_id=claim_id, kind=W.MERGED_INTO.value).latest("id")
    Claim.objects.filter(pk=claim_id).update(merged_into=None)
    return _do(standing, W(before.evidence["workflow"]), actor=actor, reason=reason, kind="split_off")


def _first_verdict(standing: Standing, actor: User) -> Verdict | None:
    if standing.workflow != W.SECOND_REVIEW:
        return None
    first = Verdict.objects.filter(claim_id=standing.claim_id, confirms=None).latest("id")
    if first.reviewer_id == actor.pk:
        raise NotAllowed(
            "you gave the first verdict on this claim: the second reviewer must be another person"
        )
    return first


def _locked(claim_id: int, expected_version: int | None) -> Standing:
    standing = Standing.objects.select_for_update().select_related("claim").get(claim_id=claim_id)
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
    kind: str = "",
    evidence: Mapping[str, object] | None = None,
) -> Standing:
    """Write the move and its event. The row is locked by the caller."""
    before = standing.status
    came_from, standing.workflow = standing.workflow, to
    standing.version += 1
    standing.save()
    standing.refresh_from_db(fields=["status", "outdated"])
    Event.objects.create(
        claim_id=standing.claim_id,
        kind=kind or to.value,
        actor=actor,
        before=f"{before}: {came_from}",
        after=f"{standing.status}: {to.value}",
        reason=reason,
        evidence=dict(evidence or {}),
    )
    return standing
