"""Which verdicts who may read, and which can still be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from claims.models import Mention
from verification.models import Verdict, Withdrawal
from verification.models.words import Workflow


def readable(verdicts: QuerySet[Verdict], person: User) -> QuerySet[Verdict]:
    """``verdicts`` without those that ``person`` must not see yet.

    A blind first verdict is its reviewer's alone until the second is given; then all see it. Those who
    cannot give a verdict but may view them (an auditor) see it at once. Everything that shows a verdict or
    its note goes through here.
    """
    return verdicts if sees_all(person) else unsealed(verdicts, person.pk)


def sees_all(person: User) -> bool:
    """Whether ``person`` reads verdicts and gives none."""
    return person.has_perm("verification.view_verdict") and not person.has_perm("verification.add_verdict")


def unsealed(verdicts: QuerySet[Verdict], person_id: int | None) -> QuerySet[Verdict]:
    """``verdicts`` without the blind ones of others that wait for a second."""
    # One that was merged into another comes back to where it stood when the merge is undone.
    waits = Q(claim__standing__workflow__in=[Workflow.SECOND_REVIEW, Workflow.MERGED_INTO])
    sealed = waits & Q(blind=True, confirmations=None)
    return verdicts.exclude(sealed & ~Q(reviewer=person_id))


def listed(verdicts: QuerySet[Verdict]) -> QuerySet[Verdict]:
    """``verdicts`` with who gave them, and ``withdrawn``: whether they took them back."""
    gone = Withdrawal.objects.filter(verdict=OuterRef("pk"))
    return verdicts.select_related("reviewer").annotate(withdrawn=Exists(gone))


def citable(claim_id: int, mention_ids: Iterable[int]) -> frozenset[int]:
    """Those of the mentions that a decision on this claim may name: its own, and those in its origins."""
    own, counted = Q(claim=claim_id), Q(origin_members__origin__claim=claim_id)
    rows = Mention.objects.filter(own | counted, pk__in=list(mention_ids))
    return frozenset(rows.values_list("pk", flat=True))


def waiting_first(claim_id: int) -> Verdict | None:
    """The verdict on a claim in second review that waits for another person's."""
    rows = Verdict.objects.filter(claim=claim_id, confirms=None, withdrawal=None)
    return rows.select_related("reviewer").order_by("-pk").first()


def last_of(person: User) -> Verdict | None:
    """The last verdict of ``person`` if it was given so lately that they may take it back."""
    since = timezone.now() - timedelta(minutes=settings.UNDO_MINUTES)
    rows = Verdict.objects.filter(reviewer=person, created_at__gt=since).select_related("claim", "confirms")
    last = rows.filter(withdrawal=None).order_by("-pk").first()
    return last if last is not None and not why_not_undone(last, person) else None


def why_not_undone(verdict: Verdict, person: User) -> str:
    """Why ``person`` cannot take the verdict back; "" if they can, as far as the verdict itself says."""
    if verdict.reviewer_id != person.pk:
        return f"this verdict is {verdict.reviewer}'s: only they can take it back"
    if verdict.created_at < timezone.now() - timedelta(minutes=settings.UNDO_MINUTES):
        return (
            f"a verdict can be taken back for {settings.UNDO_MINUTES} minutes: this one is older, "
            "reopen the claim"
        )
    if verdict.confirms is not None and verdict.confirms.blind:
        return "a blind second verdict has shown you the first and stands: reopen the claim to change it"
    return ""
