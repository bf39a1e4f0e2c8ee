"""When an article changes what it says, what rested on it has moved: events that tell, and claims to look at again.

Nothing is taken from a claim here: its mentions, origins and basis follow from the texts. A verdict is never
touched; the claim needs review.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claims.models import Mention, Revision
from verification import ranking
from verification.models import Event, Standing
from verification.models.standing import UNDER_REVIEW
from verification.models.words import EventKind
from verification.origins.corrections import retracts, takes_back, with_label
from verification.selectors.grounds import BACK, MOVED


@dataclass(frozen=True, slots=True)
class Moved:
    """What happened to a claim by a revision of an article. ``mention`` is the one it is told of."""

    claim_id: int
    kind: EventKind
    reason: str
    mention: int


def tell(before: Revision, revision: Revision) -> set[int]:
    """Compare what two revisions of an article make of claims, and record what moved.

    After the mentions have their claims. Safe to repeat: an event of a revision is written once.
    Returns the claims concerned.
    """
    old = _by_claim(before)
    new = _by_claim(revision)
    if before.pk == revision.pk:
        moved = _gone(revision, new)
    elif retracts(revision.title, revision.text):
        moved = _retracted(revision, {**new, **old})
    else:
        moved = [
            *_lost(revision, old, new),
            *_corrected(revision, new),
            *_edited(new),
            *_back(revision, old, new),
        ]
    return _record(moved, revision)


def _lost(revision: Revision, old: Mapping[int, Mention], new: Mapping[int, Mention]) -> list[Moved]:
    """Claims that the article made and makes no longer: it says something else there, or nothing."""
    instead = {
        m.predecessor_id: m for m in revision.mentions.filter(predecessor__in=[m.pk for m in old.values()])
    }
    found = []
    for claim_id, mention in old.items():
        if claim_id in new:
            continue
        heir, said = instead.get(mention.pk), mention.text
        now = heir.text if heir else ""
        if heir and now == said:  # in the same words: a fact check that found otherwise
            now, said = heir.wording, mention.wording
        reason = f"{_outlet(revision)} {f'says “{now}” instead of' if heir else 'no longer says'} “{said}”"
        found.append(Moved(claim_id, EventKind.SOURCE_CHANGED, reason, mention.pk))
    return found


def _corrected(revision: Revision, new: Mapping[int, Mention]) -> list[Moved]:
    return [
        Moved(
            claim_id,
            EventKind.SOURCE_CORRECTED,
            f"{_outlet(revision)} takes back “{mention.text}”",
            mention.pk,
        )
        for claim_id, mention in new.items()
        if mention.continuity != "kept" and _takes_back(revision, mention)
    ]


def _edited(new: Mapping[int, Mention]) -> list[Moved]:
    """Other words for the same: told, and no reason to look again."""
    return [
        Moved(
            claim_id,
            EventKind.SOURCE_EDITED,
            f"“{mention.predecessor.text}” became “{mention.text}”",
            mention.pk,
        )
        for claim_id, mention in new.items()
        if mention.continuity == "changed"
        and mention.predecessor
        and mention.predecessor.claim_id == claim_id
    ]


def _back(revision: Revision, old: Mapping[int, Mention], new: Mapping[int, Mention]) -> list[Moved]:
    """Claims that the article had dropped and makes again."""
    fresh = set(new) - set(old)
    earlier = Mention.objects.filter(
        claim__in=fresh, revision__article=revision.article_id, revision__number__lt=revision.number
    )
    return [
        Moved(c, BACK, f"{_outlet(revision)} says “{new[c].text}” again", new[c].pk)
        for c in sorted(set(earlier.values_list("claim_id", flat=True)))
        if c is not None
    ]


def _retracted(revision: Revision, mentions: Mapping[int, Mention]) -> list[Moved]:
    reason = f"{_outlet(revision)} has retracted the whole article"
    return [Moved(claim_id, EventKind.SOURCE_RETRACTED, reason, m.pk) for claim_id, m in mentions.items()]


def _gone(revision: Revision, new: Mapping[int, Mention]) -> list[Moved]:
    """The article was taken down: what it said still counts, for many outlets let old pages go."""
    watch = getattr(revision.article, "watch", None)
    if watch is None or watch.gone_at is None:
        return []
    reason = f"{_outlet(revision)} has taken the article down ({watch.error_code})"
    return [Moved(claim_id, EventKind.SOURCE_GONE, reason, m.pk) for claim_id, m in new.items()]


def _record(moved: Iterable[Moved], revision: Revision) -> set[int]:
    rows = {(one.claim_id, one.kind): one for one in moved}
    told = Event.objects.filter(
        claim__in={claim_id for claim_id, _ in rows}, evidence__revision=revision.pk
    ).values_list("claim_id", "kind")
    fresh = [one for key, one in sorted(rows.items()) if key not in set(told)]
    _need_review({one.claim_id for one in fresh if one.kind in MOVED})
    Event.objects.bulk_create(
        Event(
            claim_id=one.claim_id,
            kind=one.kind,
            reason=one.reason,
            evidence={
                "article": revision.article.url,
                "revision": revision.pk,
                "number": revision.number,
                "mention": one.mention,
            },
        )
        for one in fresh
    )
    return {one.claim_id for one in fresh}


def _need_review(claim_ids: set[int]) -> None:
    """Claims that a person decided on, or is deciding on, are to be looked at again."""
    rows = (
        Standing.objects.select_for_update().filter(claim__in=claim_ids, needs_review=False).order_by("claim")
    )
    changed = [row for row in rows if row.verdict or row.workflow in UNDER_REVIEW]
    for row in changed:
        row.needs_review, row.waiting_day = True, ranking.today()
        row.version += 1
    Standing.objects.bulk_update(changed, ["needs_review", "waiting_day", "version"])


def _by_claim(revision: Revision) -> dict[int, Mention]:
    """The first mention that the revision has of each claim."""
    rows = revision.mentions.filter(claim__isnull=False).select_related("predecessor").defer("terms", "links")
    found: dict[int, Mention] = {}
    for row in rows.order_by("start", "end"):
        assert row.claim_id is not None
        found.setdefault(row.claim_id, row)
    return found


def _takes_back(revision: Revision, mention: Mention) -> bool:
    first = with_label(revision.text, mention.sentence_start)
    sentence = revision.text[first : mention.sentence_end]
    return takes_back(sentence, mention.start - first, mention.end - first)


def _outlet(revision: Revision) -> str:
    return revision.article.source.name
