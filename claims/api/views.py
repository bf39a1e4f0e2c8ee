"""Sources, articles and mentions."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.exceptions import NotFound

from claims.api import filters, serializers
from claims.api.base import ReadOnlyResource
from claims.models import Article, Mention, Revision, Source
from claims.selectors.articles import Reading, reading
from claims.selectors.mentions import with_parts_gathered
from claims.selectors.reading import (
    in_sentences,
    revisions,
    revisions_with_mentions,
    with_current_revision,
)


@extend_schema_view(
    list=extend_schema(summary="List sources", description="Who publishes, newest first."),
    retrieve=extend_schema(summary="Read a source"),
)
class SourceViewSet(ReadOnlyResource):
    queryset = Source.objects.select_related("publisher")
    serializer_class = serializers.SourceSerializer
    filterset_class = filters.SourceFilters


@extend_schema_view(
    list=extend_schema(summary="List articles", description="Newest first, without their texts."),
    retrieve=extend_schema(
        summary="Read an article",
        description="Its current text, the mentions found in it, and the revisions it had.",
        responses=serializers.ReadingSerializer,
    ),
)
class ArticleViewSet(ReadOnlyResource):
    queryset = Article.objects.all()
    filterset_class = filters.ArticleFilters

    def get_serializer_class(self) -> Any:
        if self.action == "list":
            return serializers.ArticleSerializer
        return serializers.ReadingSerializer

    def get_queryset(self) -> QuerySet[Article]:
        return with_current_revision(Article.objects.all())

    def get_object(self) -> Reading:
        found = reading(int(self.kwargs["pk"]))
        if found is None:
            raise NotFound(f"There is no article {self.kwargs['pk']}.")
        return found


@extend_schema_view(
    list=extend_schema(
        summary="List revisions",
        description="The texts that articles had and have, newest first, without the texts themselves.",
    ),
    retrieve=extend_schema(
        summary="Read a revision", description="A text as it stood, with the mentions found in it."
    ),
)
class RevisionViewSet(ReadOnlyResource):
    queryset = Revision.objects.all()
    filterset_class = filters.RevisionFilters

    def get_serializer_class(self) -> Any:
        return (
            serializers.RevisionListedSerializer
            if self.action == "list"
            else serializers.RevisionReadSerializer
        )

    def get_queryset(self) -> QuerySet[Revision]:
        rows = Revision.objects.all()
        return revisions(rows) if self.action == "list" else revisions_with_mentions(rows)

    def get_object(self) -> Revision:
        found: Revision = super().get_object()
        self.modified = found.created_at
        return found


@extend_schema_view(
    list=extend_schema(
        summary="List mentions",
        description="Where claims are made, newest first; in the current revisions only, unless asked.",
    ),
    retrieve=extend_schema(summary="Read a mention"),
)
class MentionViewSet(ReadOnlyResource):
    queryset = with_parts_gathered(in_sentences(Mention.objects.all()))
    serializer_class = serializers.MentionSerializer
    filterset_class = filters.MentionFilters
