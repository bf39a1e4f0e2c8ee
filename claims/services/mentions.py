"""Storing what extraction found in a revision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from claims.extraction import types as read
from claims.models import Entity, EntityMention, Mention, Quantity, TimeExpression
from claims.services.locks import one_at_a_time
from claims.writing import add_all

Span = tuple[int, int, int]  # revision, start, end
_AT_ONCE = 100  # rows that one statement changes


@transaction.atomic
def store_mentions(found: Mapping[int, Iterable[read.Mention]], version: str) -> dict[int, int]:
    """Make the mentions of revisions, by id, those in ``found``: in a constant number of queries. Returns how many.

    A mention at a span that is there already keeps its row, and with it its claim; one that is no longer
    found goes. ``version`` is that of the extraction.
    """
    by_span = {(revision_id, m.start, m.end): m for revision_id, mentions in found.items() for m in mentions}
    entities = make_entities(by_span.values())
    stored = _stored(found)
    if stored:  # and may be compared with others at this moment; entities come before the lock, for all
        one_at_a_time("crosscheck")
        stored = _stored(found)
        Mention.objects.filter(pk__in=[m.pk for span, m in stored.items() if span not in by_span]).delete()
        _change({span: stored[span] for span in by_span if span in stored}, by_span, entities, version)
    new = add_all(
        Mention(revision_id=span[0], start=span[1], end=span[2], **_fields(by_span[span], entities, version))
        for span in by_span
        if span not in stored
    )
    rows = stored | {(m.revision_id, m.start, m.end): m for m in new}
    _store_parts([(rows[span], mention) for span, mention in by_span.items()], entities)
    count = Counter(revision_id for revision_id, _, _ in by_span)
    return {revision_id: count[revision_id] for revision_id in found}


def _stored(revision_ids: Iterable[int]) -> dict[Span, Mention]:
    rows = Mention.objects.filter(revision__in=list(revision_ids))
    return {(row.revision_id, row.start, row.end): row for row in rows}


def _change(
    rows: Mapping[Span, Mention],
    found: Mapping[Span, read.Mention],
    entities: Mapping[tuple[str, str], Entity],
    version: str,
) -> None:
    """Write the new reading on these rows, and take the parts of the old one away."""
    names: tuple[str, ...] = ()
    for span, row in rows.items():
        fields = _fields(found[span], entities, version)
        names = tuple(fields)
        for name, value in fields.items():
            setattr(row, name, value)
    if rows:
        Mention.objects.bulk_update(rows.values(), names, batch_size=_AT_ONCE)
    for part in (Quantity, TimeExpression, EntityMention):
        part.objects.filter(mention__in=[row.pk for row in rows.values()]).delete()


def _fields(
    mention: read.Mention, entities: Mapping[tuple[str, str], Entity], version: str
) -> dict[str, Any]:
    speaker = None
    if mention.speaker and mention.attribution != read.Attribution.ASSERTED:
        speaker = entities[_speaker_key(mention)]
    return {
        "sentence_start": mention.sentence.start,
        "sentence_end": mention.sentence.end,
        "text": mention.text,
        "wording": mention.claim,
        "kind": mention.kind.value,
        "speaker": speaker,
        "attribution": mention.attribution.value,
        "hedged": mention.hedged,
        "negated": mention.negated,
        "checkworthiness": mention.checkworthiness,
        "subject": mention.frame.subject,
        "predicate": mention.frame.predicate[:200],
        "object": mention.frame.object,
        "terms": list(mention.frame.terms),
        "links": list(mention.frame.links),
        "as_of_first": mention.as_of_first,
        "as_of_last": mention.as_of_last,
        "extraction_version": version,
    }


def _speaker_key(mention: read.Mention) -> tuple[str, str]:
    return ((mention.speaker or "")[:200], mention.speaker_kind or "other")


def make_entities(mentions: Iterable[read.Mention]) -> dict[tuple[str, str], Entity]:
    """All entities that the mentions and their speakers name, made where there are none yet.

    To be called once in a transaction for all that it stores, or with those that were made: of two that make the
    same in another order each would wait for the other.
    """
    mentions = list(mentions)
    wanted = {(e.name[:200], e.kind) for m in mentions for e in m.entities}
    wanted |= {_speaker_key(m) for m in mentions if m.speaker}
    found = _named(wanted)
    if new := sorted(wanted - found.keys()):
        Entity.objects.bulk_create([Entity(name=n, kind=k) for n, k in new], ignore_conflicts=True)
        found |= _named(new)
    return found


def _named(wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], Entity]:
    rows = Entity.objects.filter(name__in={name for name, _ in wanted})
    return {(row.name, row.kind): row for row in rows}


def _store_parts(
    rows: Sequence[tuple[Mention, read.Mention]], entities: Mapping[tuple[str, str], Entity]
) -> None:
    add_all(
        Quantity(
            mention=row,
            start=q.start,
            end=q.end,
            text=q.text[:300],
            value=q.value,
            low=q.low,
            high=q.high,
            unit=(q.unit or "")[:80],
            approximate=q.approximate,
            change=q.change.value,
            measure=q.measure[:200],
        )
        for row, mention in rows
        for q in mention.quantities
    )
    add_all(
        TimeExpression(
            mention=row,
            start=t.start,
            end=t.end,
            text=t.text[:300],
            type=t.type,
            value=t.value[:80],
            first=t.first,
            last=t.last,
        )
        for row, mention in rows
        for t in mention.times
    )
    add_all(
        EntityMention(
            mention=row, entity=entities[(e.name[:200], e.kind)], start=e.start, end=e.end, text=e.text[:300]
        )
        for row, mention in rows
        for e in mention.entities
    )
