"""Cross-checking a revision: find its mentions' claims, compare, relate, and assess what is touched.

The shape is that of a decider: selectors gather what is needed, :func:`verification.deciding.decide` turns it
into intents, and this module writes them.
"""

from __future__ import annotations

from collections import defaultdict

from claims.extraction.types import Mention as ReadMention
from claims.models import Claim, Mention
from claims.pipeline import Done
from verification import comparison
from verification.comparison import Comparison as Compared
from verification.deciding import Newcomer, Plan, decide
from verification.matching import Key
from verification.models import Event, Standing
from verification.selectors.candidates import newcomers
from verification.services import relating
from verification.services.assessing import assess
from verification.services.blocking import remember_keys
from verification.services.locks import one_at_a_time

Pair = tuple[int, int]


class Comparer:
    """Compares mentions and remembers: the same pair is never compared twice."""

    def __init__(self, known: dict[Pair, Compared] | None = None) -> None:
        self.known = dict(known or {})

    def __call__(self, a_id: int, a: ReadMention, b_id: int, b: ReadMention) -> Compared:
        if (a_id, b_id) not in self.known:
            self.known[a_id, b_id] = comparison.compare(a, b)
        return self.known[a_id, b_id]


def compare_ahead(revision_id: int) -> dict[Pair, Compared]:
    """Do the comparisons outside the transaction; :func:`crosscheck` only adds those that are new by then."""
    comparer = Comparer()
    decide(newcomers(revision_id), comparer)
    return comparer.known


def crosscheck(revision_id: int, known: dict[Pair, Compared]) -> Done:
    """Give each mention of the revision its claim, store relations, and assess all claims touched.

    Within a transaction, one revision at a time, so that two articles with the same news found one claim.
    """
    one_at_a_time("crosscheck")
    found = newcomers(revision_id)
    plan = decide(found, Comparer(known))
    claim_of, founded = _give_claims(found, plan)
    relating.store_findings(plan.findings)
    touched = set(claim_of.values()) | _left_behind(revision_id)
    assess(touched | relating.neighbours(touched))
    joined = len(found) - founded
    return Done(note=f"{founded} new claims, {joined} mentions of known ones")


def _give_claims(found: list[Newcomer], plan: Plan) -> tuple[dict[int, int], int]:
    """Found and join claims. Returns the claim of each newcomer, and how many claims are new."""
    claim_of: dict[int, int] = {
        c.mention_id: c.claim for n in found for c in n.candidates if c.claim is not None
    }
    keys: dict[int, dict[str, Key]] = defaultdict(dict)
    founded = 0
    for newcomer in found:
        lead = plan.lead_of[newcomer.mention_id]
        if lead == newcomer.mention_id:
            claim_of[lead] = _found(newcomer).pk
            founded += 1
        claim_of[newcomer.mention_id] = claim_of[lead]
        Mention.objects.filter(pk=newcomer.mention_id).update(claim_id=claim_of[lead])
        keys[claim_of[lead]] |= {str(key)[:250]: key for key in newcomer.keys}
    remember_keys(keys)
    return {n.mention_id: claim_of[n.mention_id] for n in found}, founded


def _found(newcomer: Newcomer) -> Claim:
    mention = newcomer.mention
    claim = Claim.objects.create(
        text=mention.claim,
        kind=mention.kind.value,
        checkworthiness=mention.checkworthiness,
        as_of_first=mention.as_of_first,
        as_of_last=mention.as_of_last,
    )
    Standing.objects.create(claim=claim)
    Event.objects.create(claim=claim, kind="detected", evidence={"mention": newcomer.mention_id})
    return claim


def _left_behind(revision_id: int) -> set[int]:
    """Claims of the article's earlier revisions: their ground may have moved."""
    rows = Mention.objects.filter(
        revision__article__revisions=revision_id, revision__is_current=False, claim__isnull=False
    )
    return {claim_id for claim_id in rows.values_list("claim_id", flat=True) if claim_id is not None}
