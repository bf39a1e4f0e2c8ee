"""What the lists of sources, articles, mentions and submissions can be filtered by."""

from __future__ import annotations

from django.db.models import QuerySet, Value
from django.db.models.functions import Upper
from django_filters import rest_framework as filters

from claims.api.parameters import Address, Flag, Id, named, since, until, words
from claims.extraction.types import Attribution
from claims.models import Article, EntityMention, Mention, Revision, Source, Submission
from claims.selectors.submissions import State


class SubmissionFilters(filters.FilterSet):
    state = words("progress", State.values, "How far it has come")
    kind = words("kind", Submission.Kind.values, "What was handed in")
    channel = words("channel", Submission.Channel.values, "Through which door it came")

    class Meta:
        model = Submission
        fields: list[str] = []


class SourceFilters(filters.FilterSet):
    name = named("name", "The source")
    publisher = named("publisher__name", "Its publisher")
    kind = words("kind", Source.Kind.values, "What sort of source it is")

    class Meta:
        model = Source
        fields: list[str] = []


class ArticleFilters(filters.FilterSet):
    url = Address(field_name="url", help_text="The article's address, in any spelling of it.")
    source = named("source__name", "The source")
    publisher = named("source__publisher__name", "The source's publisher")
    published_after = since("published_at")
    published_before = until("published_at")

    class Meta:
        model = Article
        fields: list[str] = []


class RevisionFilters(filters.FilterSet):
    article = Id(field_name="article", help_text="The article's id.")
    current = Flag(field_name="is_current", help_text="Whether it is what the article says now.")

    class Meta:
        model = Revision
        fields: list[str] = []


class MentionFilters(filters.FilterSet):
    article = Id(field_name="revision__article", help_text="The article's id.")
    claim = Id(field_name="claim", help_text="The claim's id.")
    speaker = named("speaker__name", "Who says it")
    entity = filters.CharFilter(
        method="naming", max_length=200, help_text="A person, body or place that it names: the whole name."
    )
    attribution = words("attribution", [a.value for a in Attribution], "Who stands behind it")
    superseded = Flag(
        method="stay",
        help_text="true: also mentions in texts that their articles no longer have.",
    )

    class Meta:
        model = Mention
        fields: list[str] = []

    def stay(self, mentions: QuerySet[Mention], name: str, value: bool) -> QuerySet[Mention]:
        return mentions  # what is left out is left out below, also when the parameter is not given

    def naming(self, mentions: QuerySet[Mention], name: str, entity: str) -> QuerySet[Mention]:
        named = EntityMention.objects.filter(entity__name__upper=Upper(Value(entity)))
        return mentions.filter(pk__in=named.values("mention"))

    def filter_queryset(self, queryset: QuerySet[Mention]) -> QuerySet[Mention]:
        found = super().filter_queryset(queryset)
        if self.form.cleaned_data["superseded"]:
            return found
        return found.filter(revision__is_current=True)
