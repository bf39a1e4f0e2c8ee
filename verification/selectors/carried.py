"""Which mentions of a revision continue one that has its claim already."""

from __future__ import annotations

from claims.changes import Fate
from claims.models import Mention


def claimed_predecessors(revision_id: int, continuity: Fate) -> list[tuple[Mention, Mention]]:
    """The revision's mentions without a claim that were ``continuity``, each with the last one before it that has a
    claim: the one directly before it may have been overtaken before it was cross-checked."""
    rows = Mention.objects.filter(revision=revision_id, continuity=continuity.value)
    found = []
    for new in rows.select_related("predecessor").defer("terms", "links").order_by("pk"):
        if new.claim_id is not None:  # asked in SQL, databases go through all that wait for a claim
            continue
        old = new.predecessor
        while old is not None and old.claim_id is None and old.continuity == Fate.KEPT:
            old = old.predecessor
        if old is not None and old.claim_id is not None:
            found.append((new, old))
    return found
