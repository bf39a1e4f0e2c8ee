"""Which known claims a text makes that is not stored, for an editor who is still writing it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import chain

from claims.extraction import analyze
from claims.extraction.types import Mention as ReadMention
from claims.models import Claim, Mention
from verification.comparison import Comparison, related
from verification.comparison.types import Relation
from verification.comparison.view import View
from verification.deciding import Candidate
from verification.matching import in_common
from verification.selectors.candidates import Known, look_up

#: Somebody waits for the answer: known claims that are compared with one mention of the text, mentions of each, and
#: what they must share with it, as a part of what the nearest does. On the ten families of gold that are for tuning
#: this finds 855 of the 860 "same" and 392 of the 481 other relations that the reach of cross-checking finds.
CLAIMS, WIDEST, WORTH = 8, 1, 0.1
#: known claims that are shown for one place of the text
MOST_MATCHES = 5
#: what an editor wants to know first
_FIRST = (Relation.SAME, Relation.CONTRADICTS, Relation.UPDATES, Relation.SUPPORTS)


@dataclass(frozen=True, slots=True)
class Match:
    """A known claim and how the text stands to it; ``mention`` is the stored one that was compared.

    Sides ``a`` of the comparison are the text's, sides ``b`` those of the known claim.
    """

    claim: Claim
    mention: Mention
    comparison: Comparison
    reasons: tuple[str, ...]

    @property
    def newer(self) -> str | None:
        """Of an update: which of the two has the later value."""
        return {"a": "text", "b": "known"}.get(self.comparison.newer or "")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the text that makes a claim, and the known claims it touches."""

    mention: ReadMention
    matches: tuple[Match, ...]


def check(text: str, published: date | None = None) -> tuple[Place, ...]:
    """The claims that ``text`` makes, in its order, each with what is known of it. Writes nothing.

    The candidates are the best of those that cross-checking would find, and the comparison is the same. Raises
    ValueError for a text that is longer than :data:`claims.extraction.LONGEST`. A constant number of queries.
    """
    mentions = analyze(text, published).mentions
    stored = Mention.objects.select_related("claim__standing", "claim__assessment")
    views = [View(mention) for mention in mentions]
    day = datetime.combine(published, time(), UTC) if published else None
    known = look_up(dict(enumerate(views)), day, among=stored, claims=CLAIMS, widest=WIDEST, worth=WORTH)
    return tuple(
        Place(seen.mention, _matches(seen, known.candidates[number], known))
        for number, seen in enumerate(views)
    )


def _matches(seen: View, candidates: Iterable[tuple[Candidate, ...]], known: Known) -> tuple[Match, ...]:
    """The surest comparison with each claim, in the order of what there is to know first."""
    surest: dict[int, Match] = {}
    for candidate in chain.from_iterable(candidates):
        found = related(seen, candidate.view)
        row = known.rows[candidate.mention_id]
        if found is None or row.claim is None:
            continue
        best = surest.get(row.claim.pk)
        if best is None or found.confidence > best.comparison.confidence:
            surest[row.claim.pk] = Match(row.claim, row, found, in_common(seen, candidate.view))
    order = sorted(surest.values(), key=_order)
    return tuple(order[:MOST_MATCHES])


def _order(match: Match) -> tuple[int, float, int]:
    found = match.comparison
    return (_FIRST.index(found.relation), -found.confidence, match.claim.pk)
