"""Articles, revisions and mentions for people to read."""

from __future__ import annotations

from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce, Substr

from claims.models import Article, Mention, Revision
from claims.selectors.mentions import with_parts_gathered


def in_sentences(mentions: QuerySet[Mention]) -> QuerySet[Mention]:
    """``mentions`` with their ``sentence``, cut out by the database: the article's text is not loaded."""
    start, end = F("sentence_start"), F("sentence_end")
    return (
        mentions.select_related("speaker", "revision__article__source__publisher")
        .defer("revision__text", "terms")
        .annotate(sentence=Substr("revision__text", start + 1, end - start))
    )


def with_current_revision(articles: QuerySet[Article]) -> QuerySet[Article]:
    """``articles`` with ``current``: a list of the one current revision, with ``mention_count`` and steps."""
    current = (
        Revision.objects.filter(is_current=True)
        .defer("text")
        .annotate(mention_count=Count("mentions"))
        .prefetch_related("steps")
    )
    return articles.select_related("source__publisher").prefetch_related(
        Prefetch("revisions", queryset=current, to_attr="current")
    )


def revisions(rows: QuerySet[Revision]) -> QuerySet[Revision]:
    """``rows`` with their articles and their ``mention_count``, without their texts."""
    mentions = Mention.objects.filter(revision=OuterRef("pk")).order_by()
    count = mentions.values("revision").annotate(count=Count("pk")).values("count")
    return (
        rows.select_related("article__source")
        .defer("text")
        .annotate(mention_count=Coalesce(Subquery(count, output_field=IntegerField()), 0))
    )


def revisions_with_mentions(rows: QuerySet[Revision]) -> QuerySet[Revision]:
    """``rows`` with their texts too, and the mentions in them, in their order."""
    mentions = with_parts_gathered(Mention.objects.select_related("speaker").order_by("start", "end"))
    return revisions(rows).defer(None).prefetch_related(Prefetch("mentions", queryset=mentions))


def revisions_of(article: Article) -> list[Revision]:
    """All revisions of an article, newest first, with their ``mention_count``, without their text."""
    rows = article.revisions.defer("text").annotate(mention_count=Count("mentions"))
    return list(rows.order_by("-number"))


def mentions_in(revision: Revision) -> QuerySet[Mention]:
    """The mentions of a revision in the order of the text, with their speakers, quantities and times."""
    rows = revision.mentions.select_related("speaker", "claim").defer("terms", "links")
    return rows.prefetch_related("quantities", "times").order_by("start", "-end")
