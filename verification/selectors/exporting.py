"""Everything that ``manage.py export`` writes: an iterator of JSON-able dicts for each kind of thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from claims.extraction import serialise
from claims.models import Article, Claim, Mention
from claims.selectors.mentions import as_read, with_parts
from verification.models import Event, Origin, Relation

Rows = Iterator[dict[str, Any]]
CHUNK = 500


def articles() -> Rows:
    """Each article with its current text."""
    rows = Article.objects.select_related("source__publisher").prefetch_related("revisions").order_by("pk")
    for row in rows.iterator(CHUNK):
        current = next((r for r in row.revisions.all() if r.is_current), None)
        yield {
            "id": row.pk,
            "url": row.url,
            "source": row.source.name,
            "publisher": row.source.publisher.name if row.source.publisher else None,
            "byline": row.byline or None,
            "title": current.title if current else "",
            "published": row.published_at.isoformat() if row.published_at else None,
            "revision": current.number if current else None,
            "text": current.text if current else "",
        }


def claims() -> Rows:
    """Each claim that is not merged into another, with the ids of its current mentions."""
    rows = (
        Claim.objects.filter(merged_into=None)
        .select_related("standing", "assessment")
        .prefetch_related("mentions__revision")
        .order_by("pk")
    )
    for row in rows.iterator(CHUNK):
        yield {**as_it_stands(row), "mentions": [m.pk for m in row.mentions.all() if m.revision.is_current]}


def as_it_stands(claim: Claim) -> dict[str, Any]:
    """A claim with its axes; it should come with its standing and assessment."""
    standing, assessment = claim.standing, getattr(claim, "assessment", None)
    return {
        "id": claim.pk,
        "claim": claim.text,
        "status": standing.status,
        "basis": standing.basis,
        "verdict": standing.verdict or None,
        "freshness": standing.freshness,
        "workflow": standing.workflow,
        "outdated": standing.outdated,
        "needs_review": standing.needs_review,
        "origins": assessment.origins_for if assessment else 0,
        "against_origins": assessment.origins_against if assessment else 0,
    }


def mentions() -> Rows:
    """Each mention in a current text, in ``analyze``'s words and with its article's address."""
    rows = with_parts(Mention.objects.filter(revision__is_current=True))
    for row in rows.select_related("revision__article", "speaker").order_by("pk").iterator(CHUNK):
        read = serialise.mention(as_read(row))
        wording = read.pop("claim")
        yield {
            "id": row.pk,
            "article": row.revision.article.url,
            "claim": row.claim_id,
            **read,
            "wording": wording,
            "as_of": [day.isoformat() if day else None for day in (row.as_of_first, row.as_of_last)],
        }


def relations() -> Rows:
    """Each relation between two claims, with the trace of the comparison that decided it."""
    rows = Relation.objects.select_related("comparison").order_by("a", "b")
    for row in rows.iterator(CHUNK):
        turned = row.comparison.newer and row.newer_id is not None
        yield {
            "a": row.a_id,
            "b": row.b_id,
            "relation": row.relation,
            "confidence": row.confidence,
            "newer": row.newer_id if turned else None,
            "mentions": [row.comparison.a_id, row.comparison.b_id],
            "trace": row.comparison.trace,
        }


def origins() -> Rows:
    """Each origin of each claim, with the addresses of the articles in it."""
    rows = Origin.objects.prefetch_related("members__mention__revision__article").order_by("claim", "number")
    for row in rows.iterator(CHUNK):
        urls = {member.mention.revision.article.url for member in row.members.all()}
        yield {
            "id": row.pk,
            "kind": row.kind,
            "articles": sorted(urls),
            "claim": row.claim_id,
            "stance": "against" if row.against else "for",
            "root": row.root,
            "reason": row.reason,
        }


def events() -> Rows:
    """All that happened to claims, oldest first."""
    rows = Event.objects.select_related("actor").order_by("pk")
    for row in rows.iterator(CHUNK):
        yield {
            "id": row.pk,
            "at": row.created_at.isoformat(),
            "claim": row.claim_id,
            "kind": row.kind,
            "actor": row.actor.get_username() if row.actor else None,
            "before": row.before,
            "after": row.after,
            "reason": row.reason,
            "evidence": row.evidence,
        }


EXPORTS: dict[str, Callable[[], Rows]] = {
    "articles": articles,
    "claims": claims,
    "mentions": mentions,
    "relations": relations,
    "origins": origins,
    "events": events,
}
