"""An article with everything that a reader of it wants at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, OuterRef, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce

from claims.models import Article, Mention, Revision
from claims.selectors.mentions import with_parts_gathered


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as it reads now: its revisions without their texts, newest first, and the mentions in it."""

    article: Article
    title: str
    text: str
    revisions: tuple[Revision, ...]
    mentions: tuple[Mention, ...]


def reading(article_id: int) -> Reading | None:
    """The article, None if there is none. Three queries, however long it is."""
    article = Article.objects.select_related("source__publisher").filter(pk=article_id).first()
    if article is None:
        return None
    revisions = _revisions(article)
    current = next((revision for revision in revisions if revision.is_current), None)
    if current is None:
        return Reading(article, "", "", revisions, ())
    body: str = current.body  # type: ignore[attr-defined] # an annotation
    mentions = with_parts_gathered(
        Mention.objects.filter(revision=current).select_related("speaker").order_by("start", "end")
    )
    return Reading(article, current.title, body, revisions, tuple(mentions))


def _revisions(article: Article) -> tuple[Revision, ...]:
    """All of them with their ``mention_count``; ``body`` is the text of the current one, "" of the others."""
    mentions = Mention.objects.filter(revision=OuterRef("pk")).order_by()
    count = mentions.values("revision").annotate(count=Count("pk")).values("count")
    rows = article.revisions.defer("text").annotate(
        mention_count=Coalesce(Subquery(count, output_field=IntegerField()), 0),
        body=Case(When(is_current=True, then="text"), default=Value(""), output_field=TextField()),
    )
    return tuple(rows.order_by("-number"))
