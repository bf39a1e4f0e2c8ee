"""Mentions, for pages and as the frozen values that comparison works on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Case, F, OuterRef, QuerySet, When, Window
from django.db.models.functions import Coalesce, RowNumber

from claims.extraction import types as read
from claims.models import EntityMention, Mention, Quantity, TimeExpression
from claims.selectors.gathering import Exact, Gathered

_OF_A_QUANTITY = ("start", "end", "text", "unit", "approximate", "change", "measure")
_NUMBERS = ("value", "low", "high")
_OF_A_TIME = ("start", "end", "text", "type", "value", "first", "last")


def with_parts(mentions: QuerySet[Mention]) -> QuerySet[Mention]:
    """``mentions`` with all that :func:`as_read` needs, in one query."""
    rows = mentions.select_related("speaker", "revision__article").defer(None).defer("revision__text")
    return _gathered(rows)


def to_be_read(mentions: QuerySet[Mention]) -> QuerySet[Mention]:
    """``mentions`` with all that :func:`read_rows` needs, in one query: the first of a revision has its names, too."""
    revision = Coalesce("revision_id", 0)  # or SQLite goes through all revisions, in their order
    first = Window(RowNumber(), partition_by=revision, order_by="pk")
    return with_parts(mentions).annotate(first=first, setting_list=Case(When(first=1, then=_setting())))


def few_to_be_read(mentions: QuerySet[Mention]) -> QuerySet[Mention]:
    """The same for ``mentions`` of which only some will be taken: each has the names of its revision."""
    return with_parts(mentions).annotate(setting_list=_setting())


def _setting() -> Gathered:
    """The names in a mention's revision that tell what it is about."""
    named = _naming(EntityMention.objects.filter(mention__revision=OuterRef("revision")))
    return Gathered(named.order_by().distinct(), name=F("entity__name"))


def with_parts_gathered(mentions: QuerySet[Mention]) -> QuerySet[Mention]:
    """``mentions`` with ``quantity_list``, ``time_list`` and ``entity_list``, as objects, in the same query."""
    return _gathered(mentions.defer("revision__text", "terms", "links"))


def _gathered(mentions: QuerySet[Mention]) -> QuerySet[Mention]:
    of = {"mention": OuterRef("pk")}
    numbers = {name: Exact(name) for name in _NUMBERS}
    entities = EntityMention.objects.filter(**of).order_by("start", "pk")
    return mentions.annotate(
        quantity_list=Gathered(Quantity.objects.filter(**of).order_by("start"), *_OF_A_QUANTITY, **numbers),
        time_list=Gathered(TimeExpression.objects.filter(**of).order_by("start"), *_OF_A_TIME),
        entity_list=Gathered(
            entities, "start", "end", "text", name=F("entity__name"), kind=F("entity__kind")
        ),
    )


def read_mentions(ids: Iterable[int]) -> dict[int, read.Mention]:
    """Stored mentions as extraction returned them, by id. One query."""
    wanted = list(ids)
    return read_rows(to_be_read(Mention.objects.filter(pk__in=wanted))) if wanted else {}


def read_rows(mentions: Iterable[Mention]) -> dict[int, read.Mention]:
    """Rows that came through :func:`to_be_read`, all of them, or :func:`few_to_be_read`, as extraction returned them,
    by id."""
    rows: list[Any] = list(mentions)
    of = {row.revision_id: row.setting_list for row in rows if row.setting_list is not None}
    settings = {revision: tuple(sorted(one["name"] for one in names)) for revision, names in of.items()}
    return {row.pk: as_read(row, settings[row.revision_id]) for row in rows}


def settings_of(revisions: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The names that tell what each revision is about, as extraction gives them to its mentions."""
    if not revisions:
        return {}
    rows = _naming(EntityMention.objects.filter(mention__revision__in=list(revisions)))
    named: dict[int, set[str]] = defaultdict(set)
    for revision, name in rows.values_list("mention__revision", "entity__name").distinct():
        named[revision].add(name)
    return {revision: tuple(sorted(names)) for revision, names in named.items()}


def _naming(entities: QuerySet[EntityMention]) -> QuerySet[EntityMention]:
    """Those of ``entities`` that tell what a text is about."""
    return entities.exclude(entity__kind__in=read.EVERYWHERE)


def as_read(row: Any, setting: tuple[str, ...] = ()) -> read.Mention:
    """A stored mention as extraction returned it; the row must come through :func:`with_parts`."""
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
        quantities=tuple(map(_quantity, row.quantity_list)),
        times=tuple(map(_time, row.time_list)),
        entities=tuple(
            read.EntityMention(e["start"], e["end"], e["text"], e["name"], e["kind"]) for e in row.entity_list
        ),
        frame=read.Frame(row.subject, row.predicate, row.object, tuple(row.terms), tuple(row.links)),
        as_of_first=row.as_of_first,
        as_of_last=row.as_of_last,
        published=(row.revision.article.published_at or row.revision.created_at).date(),
        setting=setting,
    )


def _quantity(q: Mapping[str, Any]) -> read.Quantity:
    return read.Quantity(
        start=q["start"],
        end=q["end"],
        text=q["text"],
        value=_number(q["value"]),
        low=_number(q["low"]),
        high=_number(q["high"]),
        unit=q["unit"] or None,
        approximate=bool(q["approximate"]),
        change=read.Change(q["change"]),
        measure=q["measure"],
    )


def _time(t: Mapping[str, Any]) -> read.TimeExpression:
    first, last = _day(t["first"]), _day(t["last"])
    return read.TimeExpression(t["start"], t["end"], t["text"], t["type"], t["value"], first, last)


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
