"""How sources, articles and mentions look from outside.

Offsets count code points of the revision's text, ends are exclusive.
"""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.api.showing import Shown, ShownModel
from claims.models import Article, EntityMention, Mention, Quantity, Revision, Source, TimeExpression
from claims.selectors.articles import Reading


class SourceSerializer(ShownModel[Source]):
    publisher = serializers.CharField(
        source="publisher.name", allow_null=True, default=None, help_text="who owns it, null if not known"
    )

    class Meta:
        model = Source
        fields = ["id", "name", "kind", "publisher"]
        extra_kwargs = {"id": {"help_text": "for /sources/<id>/"}}


class ArticleBriefSerializer(ShownModel[Article]):
    """An article in a line, for what points to it."""

    source = serializers.CharField(source="source.name", help_text="the source's name")  # type: ignore[assignment] # a field of that name
    published = serializers.DateTimeField(source="published_at", allow_null=True)

    class Meta:
        model = Article
        fields = ["id", "url", "source", "published"]


class QuantitySerializer(ShownModel[Quantity]):
    unit = serializers.CharField(help_text="ISO 4217 for money, %, else a noun; '' for a bare number")

    class Meta:
        model = Quantity
        fields = ["start", "end", "text", "value", "low", "high", "unit", "approximate", "change", "measure"]


class TimeSerializer(ShownModel[TimeExpression]):
    class Meta:
        model = TimeExpression
        fields = ["start", "end", "text", "type", "value", "first", "last"]
        extra_kwargs = {"value": {"help_text": "TIMEX3"}}


class EntityMentionSerializer(ShownModel[EntityMention]):
    name = serializers.CharField(help_text="canonical")
    kind = serializers.CharField()

    class Meta:
        model = EntityMention
        fields = ["start", "end", "text", "name", "kind"]


class SpeakerSerializer(Shown[Any]):
    name = serializers.CharField(help_text="canonical")
    kind = serializers.CharField()


class MentionBriefSerializer(ShownModel[Mention]):
    """A mention without its article."""

    claim = serializers.IntegerField(
        source="claim_id", allow_null=True, help_text="the claim's id, null until it is cross-checked"
    )
    speaker = SpeakerSerializer(allow_null=True, help_text="who says it, null for the outlet itself")
    quantities = QuantitySerializer(source="quantity_list", many=True)
    times = TimeSerializer(source="time_list", many=True)
    entities = EntityMentionSerializer(source="entity_list", many=True)

    class Meta:
        model = Mention
        fields = [
            "id",
            "claim",
            "start",
            "end",
            "sentence_start",
            "sentence_end",
            "text",
            "wording",
            "kind",
            "speaker",
            "attribution",
            "hedged",
            "negated",
            "checkworthiness",
            "as_of_first",
            "as_of_last",
            "quantities",
            "times",
            "entities",
        ]


class MentionSerializer(MentionBriefSerializer):
    """A place in an article where a claim is made."""

    article = ArticleBriefSerializer(source="revision.article")
    revision = serializers.IntegerField(source="revision.number", help_text="of the article's revisions")
    current = serializers.BooleanField(
        source="revision.is_current", help_text="whether the article still reads so"
    )
    sentence = serializers.CharField(help_text="the sentence it stands in")

    class Meta(MentionBriefSerializer.Meta):
        fields = [*MentionBriefSerializer.Meta.fields, "sentence", "article", "revision", "current"]


class RevisionSerializer(ShownModel[Revision]):
    current = serializers.BooleanField(source="is_current")
    created = serializers.DateTimeField(source="created_at", help_text="when this text was first seen")
    mention_count = serializers.IntegerField(help_text="how many mentions it has")

    class Meta:
        model = Revision
        fields = ["id", "number", "current", "title", "length", "sha256", "created", "mention_count"]


class RevisionListedSerializer(RevisionSerializer):
    """A revision in a list of them."""

    article = ArticleBriefSerializer()

    class Meta(RevisionSerializer.Meta):
        fields = ["id", "article", *RevisionSerializer.Meta.fields[1:]]


class RevisionReadSerializer(RevisionListedSerializer):
    """A revision with its text and the mentions that were found in it."""

    mentions = MentionBriefSerializer(many=True, help_text="in the order of the text")

    class Meta(RevisionListedSerializer.Meta):
        fields = [*RevisionListedSerializer.Meta.fields, "text", "mentions"]
        extra_kwargs = {"text": {"help_text": "all offsets point into it"}}


class ArticleSerializer(ShownModel[Article]):
    """An article in a list."""

    source = SourceSerializer()  # type: ignore[assignment] # a field of that name
    title = serializers.SerializerMethodField(help_text="of the current revision")
    published = serializers.DateTimeField(source="published_at", allow_null=True)
    created = serializers.DateTimeField(source="created_at", help_text="when it came in")
    mention_count = serializers.SerializerMethodField(help_text="how many, in the current revision")

    class Meta:
        model = Article
        fields = ["id", "url", "source", "title", "byline", "published", "created", "mention_count"]

    def get_title(self, article: Any) -> str:
        return next((revision.title for revision in article.current), "")

    def get_mention_count(self, article: Any) -> int:
        return next((revision.mention_count for revision in article.current), 0)


class ReadingSerializer(Shown[Reading]):
    """An article with its current text, what was found in it, and the texts it had."""

    id = serializers.IntegerField(source="article.id")
    url = serializers.CharField(source="article.url")
    source = SourceSerializer(source="article.source")  # type: ignore[assignment] # a field of that name
    title = serializers.CharField()
    byline = serializers.CharField(source="article.byline")
    published = serializers.DateTimeField(source="article.published_at", allow_null=True)
    created = serializers.DateTimeField(source="article.created_at", help_text="when it came in")
    text = serializers.CharField(help_text="of the current revision; all offsets point into it")
    revisions = RevisionSerializer(many=True, help_text="newest first")
    mentions = MentionBriefSerializer(many=True, help_text="in the current revision, in their order")
