"""What goes when an article is removed, for a person to see before."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from claims.models import Article, Claim, Mention
from verification.models.standing import DECIDED

#: decided claims that are named; all of them are counted
MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class Loss:
    """``claims`` lose a mention; ``alone`` of them are made by no other article's current text. ``decided`` of them
    have a verdict that stands, ``published`` of those are public; ``named`` are the decided ones, public ones first."""

    mentions: int
    claims: int
    alone: int
    decided: int
    published: int
    named: tuple[Claim, ...]


def loss(article: Article) -> Loss:
    """What :func:`verification.services.removing.remove_article` would take, counted and not done."""
    own = Mention.objects.filter(revision__article=article)
    claims = Claim.objects.filter(pk__in=own.filter(claim__isnull=False).values("claim"))
    elsewhere = Mention.objects.filter(claim=OuterRef("pk"), revision__is_current=True).exclude(
        revision__article=article
    )
    decided = claims.filter(standing__workflow__in=DECIDED)
    return Loss(
        mentions=own.count(),
        claims=claims.count(),
        alone=claims.filter(~Exists(elsewhere)).count(),
        decided=decided.count(),
        published=decided.filter(standing__workflow="published").count(),
        named=tuple(decided.select_related("standing").order_by("-standing__workflow", "pk")[:MOST_NAMED]),
    )
