"""What a claim's assessment rests on, gathered from the database for the pure packages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Q

from claims.models import Claim, Mention, Revision
from verification.assessment import Grounds, Update
from verification.comparison.types import Relation as Word
from verification.models import Comparison, Event, OriginOverride, Relation
from verification.models import Origin as CountedOrigin
from verification.models.words import EventKind
from verification.origins import count_origins
from verification.origins.corrections import retracts, superseded, takes_back, with_label
from verification.origins.types import Document, Origin, OriginKind, Voice
from verification.selectors.shelf_lives import due_dates, last_decided

#: how sure a comparison must be before its claim's mentions speak against another claim
AGAINST_AT = 0.5
#: kinds of events that say that what a claim rests on moved, and the one that it is there again
MOVED = (
    EventKind.SOURCE_CHANGED,
    EventKind.SOURCE_CORRECTED,
    EventKind.SOURCE_RETRACTED,
    EventKind.SOURCE_GONE,
)
BACK = EventKind.SOURCE_BACK


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A claim with those it is related to by contradiction or update."""

    against: tuple[tuple[int, float], ...]  # claim id, confidence
    updates: tuple[Update, ...]


def grounds(
    claim_ids: Iterable[int], known: Mapping[int, tuple[Origin, ...]] | None = None
) -> dict[int, Grounds]:
    """The grounds of each claim, in a constant number of queries. The origins of those in ``known`` are not counted
    anew."""
    known = known or {}
    ids = sorted(set(claim_ids))
    around = _neighbourhoods(ids)
    opposing = {other for pk, n in around.items() if pk not in known for other, _ in n.against}
    mentions = mentions_of({*ids, *opposing})
    ever = dict(Claim.objects.filter(pk__in=ids).annotate(ever=Count("mentions")).values_list("pk", "ever"))
    links = _links(ids)
    moved = _moved(ids)
    due = due_dates({claim_id: mentions.get(claim_id, []) for claim_id in ids})
    overrides = _overrides({m.pk for rows in mentions.values() for m in rows})
    found = {}
    for claim_id in ids:
        neighbourhood = around[claim_id]
        own = mentions.get(claim_id, [])
        others = [m for other, _ in neighbourhood.against for m in mentions.get(other, [])]
        found[claim_id] = Grounds(
            origins=known[claim_id] if claim_id in known else _origins(own, others, overrides),
            updates=neighbourhood.updates,
            link_confidences=(*links[claim_id], *(c for _, c in neighbourhood.against)),
            mentions_now=len(own),
            mentions_ever=ever[claim_id],
            moved=claim_id in moved,
            due_at=due.get(claim_id),
        )
    return found


def origins_of(claim_ids: Iterable[int]) -> dict[int, tuple[Origin, ...]]:
    """The origins of each claim as they were counted last, without their members."""
    found: dict[int, list[Origin]] = {claim_id: [] for claim_id in claim_ids}
    rows = CountedOrigin.objects.filter(claim__in=list(found)).order_by("claim", "number")
    for claim_id, kind, root, against, reason in rows.values_list(
        "claim", "kind", "root", "against", "reason"
    ):
        found[claim_id].append(Origin(OriginKind(kind), root, against, (), reason))
    return {claim_id: tuple(told) for claim_id, told in found.items()}


def mentions_of(claim_ids: Iterable[int]) -> dict[int, list[Mention]]:
    """The current mentions of each claim, oldest first, with what origin counting needs of them. What stands in an
    article that was retracted as a whole is none."""
    rows = list(
        Mention.objects.filter(claim_id__in=list(claim_ids), revision__is_current=True)
        .select_related("speaker")
        .order_by("pk")
    )
    # Apart, since an article's text would come once for each of its mentions.
    revisions = Revision.objects.select_related("article__source__publisher").in_bulk(
        {row.revision_id for row in rows}
    )
    retracted = {pk for pk, revision in revisions.items() if retracts(revision.title, revision.text)}
    found: dict[int, list[Mention]] = defaultdict(list)
    for row in rows:
        assert row.claim_id is not None
        row.revision = revisions[row.revision_id]
        if row.revision_id not in retracted:
            found[row.claim_id].append(row)
    return found


def _moved(ids: list[int]) -> set[int]:
    """The decided claims whose ground moved after the last verdict, as the events tell."""
    last = last_decided(ids)
    events = Event.objects.filter(claim_id__in=last, kind__in=[*MOVED, BACK]).order_by("pk")
    kinds: dict[int, str] = {}
    for claim_id, kind, at in events.values_list("claim_id", "kind", "created_at"):
        if at > last[claim_id]:
            kinds[claim_id] = kind
    return {claim_id for claim_id, kind in kinds.items() if kind in MOVED}


def _neighbourhoods(ids: list[int]) -> dict[int, Neighbourhood]:
    """Contradicting claims and other times' values. A claim without a current mention has no say."""
    against: dict[int, list[tuple[int, float]]] = defaultdict(list)
    updates: dict[int, list[Update]] = defaultdict(list)
    weighty = Relation.objects.filter(
        relation__in=[Word.CONTRADICTS.value, Word.UPDATES.value], confidence__gte=AGAINST_AT
    )
    told = weighty.filter(Q(a__in=ids) | Q(b__in=ids)).order_by()
    # Sorted here: asked for an order, or for the claims' words in the same query, databases walk all relations.
    rows = sorted(
        told.values_list("a_id", "b_id", "relation", "confidence", "newer_id"), key=lambda row: row[:2]
    )
    current = Mention.objects.filter(
        claim_id__in={i for row in rows for i in row[:2]}, revision__is_current=True
    )
    text_of = dict(current.values_list("claim_id", "claim__text"))
    for a, b, relation, confidence, newer in rows:
        for claim, other in ((a, b), (b, a)):
            if other not in text_of:
                continue
            if relation == Word.CONTRADICTS.value:
                against[claim].append((other, confidence))
            elif newer is not None:
                updates[claim].append(Update(other, text_of[other], newer == other))
    return {i: Neighbourhood(tuple(against[i]), tuple(updates[i])) for i in ids}


def _links(ids: list[int]) -> dict[int, list[float]]:
    """How sure the comparisons are that hold each claim's mentions together."""
    links: dict[int, list[float]] = defaultdict(list)
    rows = Comparison.objects.filter(
        relation=Word.SAME.value, a__claim_id__in=ids, a__claim_id=F("b__claim_id")
    )
    for claim_id, confidence in rows.values_list("a__claim_id", "confidence"):
        assert claim_id is not None
        links[claim_id].append(confidence)
    return defaultdict(list, links)


def _overrides(mention_ids: set[int]) -> dict[str, frozenset[tuple[str, str]]]:
    pairs: dict[str, set[tuple[str, str]]] = {"cut": set(), "join": set()}
    rows = OriginOverride.objects.filter(a__in=mention_ids, b__in=mention_ids)
    for a, b, word in rows.values_list("a_id", "b_id", "word"):
        pairs[word].add((str(a), str(b)))
    return {word: frozenset(found) for word, found in pairs.items()}


def _origins(
    own: list[Mention], others: list[Mention], overrides: dict[str, frozenset[tuple[str, str]]]
) -> tuple[Origin, ...]:
    """Count the origins of a claim's own mentions and of those that contradict it.

    A denial among its own counts against it; a denial of what contradicts it says nothing on it. What an
    article takes back in a correction counts against it, and what the article said of it before no longer counts.
    """
    taken_back = {m.pk for m in own if _takes_back(m)}
    corrected = {m.revision.article_id for m in own if m.pk in taken_back}
    own = [m for m in own if m.pk in taken_back or m.revision.article_id not in corrected]
    others = [m for m in others if not _takes_back(m)]
    voices = [_voice(m, against=m.pk in taken_back or m.attribution == "denied") for m in own]
    voices += [_voice(m, against=True) for m in others if m.attribution != "denied"]
    documents = {m.revision.article_id: _document(m) for m in (*own, *others)}
    return count_origins(list(documents.values()), voices, cuts=overrides["cut"], joins=overrides["join"])


def _takes_back(mention: Mention) -> bool:
    text = mention.revision.text
    first = with_label(text, mention.sentence_start)
    sentence = text[first : mention.sentence_end]
    return takes_back(sentence, mention.start - first, mention.end - first) or superseded(
        text, mention.start, mention.end
    )


def _voice(mention: Mention, *, against: bool) -> Voice:
    return Voice(
        id=str(mention.pk),
        document=str(mention.revision.article_id),
        start=mention.start,
        end=mention.end,
        speaker=mention.speaker.name if mention.speaker else None,
        attribution=mention.attribution,
        against=against,
    )


def _document(mention: Mention) -> Document:
    revision, article = mention.revision, mention.revision.article
    return Document(
        id=str(article.pk),
        outlet=article.source.name,
        text=revision.text,
        publisher=article.source.publisher.name if article.source.publisher else None,
        published=article.published_at,
        byline=article.byline or None,
        title=revision.title,
        url=article.url,
    )
