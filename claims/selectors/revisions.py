"""What became of an article's mentions from one revision to the next."""

from __future__ import annotations

from dataclasses import dataclass

from claims.changes import Fate
from claims.models import Mention, Revision


@dataclass(frozen=True, slots=True)
class Continued:
    """A mention of the older revision and what stands in its place in the newer one; None: nothing does."""

    fate: Fate
    old: Mention | None
    new: Mention | None


def continued(older: Revision, newer: Revision) -> tuple[Continued, ...]:
    """Each mention of either revision of one article, in the order of the newer text, then what was dropped.

    As it was stored when the revisions were read: what the claims were carried on by. A mention kept all the way
    is kept, one that was changed at any revision between is changed. Two queries.
    """
    rows = Mention.objects.filter(
        revision__article=newer.article_id,
        revision__number__gte=older.number,
        revision__number__lte=newer.number,
    ).select_related("speaker", "claim")
    by_id = {row.pk: row for row in rows.defer("terms", "links")}
    found, left = [], {pk for pk, row in by_id.items() if row.revision_id == older.pk}
    for row in sorted(by_id.values(), key=lambda row: (row.start, row.end)):
        if row.revision_id == newer.pk:
            old, fate = _back(row, older, by_id)
            found.append(Continued(fate, old, row))
            if old is not None:
                left.discard(old.pk)
    dropped = sorted((by_id[pk] for pk in left), key=lambda row: (row.start, row.end))
    return (*found, *(Continued(Fate.DROPPED, row, None) for row in dropped))


def _back(row: Mention, older: Revision, by_id: dict[int, Mention]) -> tuple[Mention | None, Fate]:
    fate = Fate.KEPT
    while row.revision_id != older.pk:
        before = by_id.get(row.predecessor_id or 0)
        if before is None:
            return None, Fate.NEW
        if row.continuity == Fate.CHANGED:
            fate = Fate.CHANGED
        row = before
    return row, fate
