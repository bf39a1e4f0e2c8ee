"""Mentions, for pages and as the frozen values that comparison works on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, OuterRef, Prefetch, QuerySet

from claims.extraction import types as read
from claims.models import EntityMention, Mention, Quantity, TimeExpression
from claims.selectors.gathering import Gathered

_OF_A_QUANTITY = (
    "start", "end", "text", "value", "low", "high", "unit", "approximate", "change", "measure",
)  # fmt: skip
_OF_A_TIME = ("start", "end", "text", "type", "value", "first", "last")


def with_parts(mentions: QuerySet[Mention]) -> QuerySet[Mention]:
    """``mentions`` with all that :func:`as_read` needs, in a constant number of queries."""
    entities = Prefetch("entity_mentions", queryset=EntityMention.objects.select_related("entity"))
    rows = mentions.select_related("speaker", "revision__article").defer("revision__text")
    return rows.prefetch_related("quantities", "times", entities)


def with_parts_gathered(mentions: QuerySet[Mention]) -> QuerySet[Mention]:
    """``mentions`` with ``quantity_list``, ``time_list`` and ``entity_list``, as objects, in the same query."""
    of = {"mention": OuterRef("pk")}
    entities = EntityMention.objects.filter(**of).order_by("start", "pk")
    return mentions.defer("revision__text", "terms", "links").annotate(
        quantity_list=Gathered(Quantity.objects.filter(**of).order_by("start"), *_OF_A_QUANTITY),
        time_list=Gathered(TimeExpression.objects.filter(**of).order_by("start"), *_OF_A_TIME),
        entity_list=Gathered(
            entities, "start", "end", "text", name=F("entity__name"), kind=F("entity__kind")
        ),
    )


def read_mentions(ids: Iterable[int]) -> dict[int, read.Mention]:
    """Stored mentions as extraction returned them, by id."""
    return read_rows(with_parts(Mention.objects.filter(pk__in=list(ids))))


def read_rows(mentions: QuerySet[Mention]) -> dict[int, read.Mention]:
    """Rows that came through :func:`with_parts` as extraction returned them, by id."""
    rows = list(mentions)
    settings = _settings({row.revision_id for row in rows})
    return {row.pk: as_read(row, settings.get(row.revision_id, ())) for row in rows}


def setting_of(revision_id: int) -> tuple[str, ...]:
    """The names that tell what a revision is about."""
    return _settings({revision_id}).get(revision_id, ())


def _settings(revisions: set[int]) -> dict[int, tuple[str, ...]]:
    """The names that tell what each revision is about, as extraction gives them to its mentions."""
    rows = EntityMention.objects.filter(mention__revision__in=revisions)
    rows = rows.exclude(entity__kind__in=read.EVERYWHERE)
    named: dict[int, set[str]] = defaultdict(set)
    for revision, name in rows.values_list("mention__revision", "entity__name").distinct():
        named[revision].add(name)
    return {revision: tuple(sorted(names)) for revision, names in named.items()}


def as_read(row: Mention, setting: tuple[str, ...] = ()) -> read.Mention:
    """A stored mention as extraction returned it; the row should come through :func:`with_parts`."""
    return read.Mention(
        start=row.start,
        end=row.end,
        text=row.text,
        sentence=read.Span(row.sentence_start, row.sentence_end),
        claim=row.wording,
        kind=read.Kind(row.kind),
        speaker=row.speaker.name if row.speaker else None,
        speaker_kind=row.speaker.kind if row.speaker else "",
        attribution=read.Attribution(row.attribution),
        hedged=row.hedged,
        negated=row.negated,
        checkworthiness=row.checkworthiness,
        quantities=tuple(
            read.Quantity(
                q.start,
                q.end,
                q.text,
                q.value,
                q.low,
                q.high,
                q.unit or None,
                q.approximate,
                read.Change(q.change),
                q.measure,
            )
            for q in row.quantities.all()
        ),
        times=tuple(
            read.TimeExpression(t.start, t.end, t.text, t.type, t.value, t.first, t.last)
            for t in row.times.all()
        ),
        entities=tuple(
            read.EntityMention(e.start, e.end, e.text, e.entity.name, e.entity.kind)
            for e in row.entity_mentions.all()
        ),
        frame=read.Frame(row.subject, row.predicate, row.object, tuple(row.terms), tuple(row.links)),
        as_of_first=row.as_of_first,
        as_of_last=row.as_of_last,
        published=(row.revision.article.published_at or row.revision.created_at).date(),
        setting=setting,
    )
