"""How claims, what they rest on, and what happened to them look from outside."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.api.serializers import ArticleBriefSerializer, MentionSerializer
from claims.api.showing import Shown, ShownModel
from claims.models import Claim
from verification.comparison.types import Relation as RelationWord
from verification.models import Event, Relation, Verdict
from verification.models.words import Basis, EventKind, Freshness, Status, VerdictWord, Workflow
from verification.origins.types import OriginKind
from verification.selectors.pairs import Compared
from verification.selectors.records import (
    MOST_EVENTS,
    MOST_MEMBERS,
    MOST_MENTIONS,
    MOST_RELATIONS,
    MOST_VERDICTS,
    OriginRecord,
    Record,
    Side,
)

STATUS = [*Status.values, *VerdictWord.values]
RELATIONS = [word.value for word in RelationWord if word is not RelationWord.UNRELATED]
KINDS = [kind.value for kind in OriginKind]


class VerdictField(serializers.ChoiceField):
    """A verdict's word, null where there is none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=VerdictWord.values, allow_null=True, **options)

    def to_representation(self, value: Any) -> Any:
        return value or None


class ClaimBriefSerializer(ShownModel[Claim]):
    """A claim in a line, for what points to it."""

    status = serializers.ChoiceField(source="standing.status", choices=STATUS)
    outdated = serializers.BooleanField(source="standing.outdated")

    class Meta:
        model = Claim
        fields = ["id", "text", "status", "outdated"]


class ClaimSerializer(ClaimBriefSerializer):
    """A claim and how it stands: the status is derived from the four axes."""

    basis = serializers.ChoiceField(source="standing.basis", choices=Basis.values, help_text="the machine's")
    verdict = VerdictField(source="standing.verdict", help_text="the latest that a person decided")
    workflow = serializers.ChoiceField(source="standing.workflow", choices=Workflow.values)
    freshness = serializers.ChoiceField(
        source="standing.freshness", choices=Freshness.values, help_text="the machine's"
    )
    needs_review = serializers.BooleanField(
        source="standing.needs_review", help_text="whether its ground moved after a verdict"
    )
    version = serializers.IntegerField(source="standing.version", help_text="counts changes of the axes")
    confidence = serializers.FloatField(
        source="assessment.confidence",
        default=None,
        allow_null=True,
        help_text="of the weakest link it rests on",
    )
    origins_for = serializers.IntegerField(
        source="assessment.origins_for",
        default=None,
        allow_null=True,
        help_text="how many independent origins affirm it; null until it is assessed",
    )
    origins_against = serializers.IntegerField(
        source="assessment.origins_against",
        default=None,
        allow_null=True,
        help_text="how many independent origins are against it; null until it is assessed",
    )
    mention_count = serializers.IntegerField(help_text="how many mentions it has in current revisions")
    created = serializers.DateTimeField(source="created_at", help_text="when it was first seen")

    class Meta(ClaimBriefSerializer.Meta):
        fields = [
            *ClaimBriefSerializer.Meta.fields,
            "needs_review",
            "basis",
            "verdict",
            "workflow",
            "freshness",
            "version",
            "confidence",
            "origins_for",
            "origins_against",
            "mention_count",
            "kind",
            "checkworthiness",
            "as_of_first",
            "as_of_last",
            "created",
        ]


class UpdateSerializer(Shown[Any]):
    """Another claim that says the same of another time."""

    claim_id = serializers.IntegerField()
    text = serializers.CharField()
    newer = serializers.BooleanField()


class ExplanationSerializer(Shown[Any]):
    """Why the machine concludes what it concludes."""

    against = serializers.ListField(
        child=serializers.CharField(), default=list, help_text="the origins against it"
    )
    newer = UpdateSerializer(many=True, default=list)
    older = UpdateSerializer(many=True, default=list)
    missing = serializers.CharField(default="", help_text="what is missing for a firmer basis")
    flip = serializers.CharField(
        default="", help_text="the single change that would make the basis another one"
    )

    def get_fields(self) -> dict[str, Any]:
        affirming = serializers.ListField(
            child=serializers.CharField(), default=list, help_text="the origins for it"
        )
        return {"for": affirming, **super().get_fields()}  # a keyword of Python


class MemberSerializer(Shown[Any]):
    """A mention in an origin, and why it is there."""

    mention = serializers.IntegerField(source="mention_id", help_text="the mention's id")
    text = serializers.CharField(source="mention.text")
    speaker = serializers.CharField(source="mention.speaker.name", default=None, allow_null=True)
    attribution = serializers.CharField(source="mention.attribution")
    article = ArticleBriefSerializer(source="mention.revision.article")
    parent = serializers.IntegerField(  # type: ignore[assignment] # a field of that name
        source="parent_id",
        allow_null=True,
        help_text="the mention it has it from; null: from the root itself",
    )
    rule = serializers.ChoiceField(choices=KINDS, help_text="the rule that put it there")
    words = serializers.CharField(help_text="the words on which the rule rests")


class OriginSerializer(Shown[OriginRecord]):
    """Where the information comes from once copies are collapsed."""

    number = serializers.IntegerField(source="origin.number")
    kind = serializers.ChoiceField(source="origin.kind", choices=KINDS)
    root = serializers.CharField(  # type: ignore[assignment] # a field of that name
        source="origin.root", help_text="who or what is at the root"
    )
    against = serializers.BooleanField(
        source="origin.against", help_text="whether it speaks against the claim"
    )
    reason = serializers.CharField(source="origin.reason")
    members = MemberSerializer(many=True)


class SideSerializer(Shown[Side]):
    """How this claim stands to another."""

    id = serializers.IntegerField(source="relation.id", help_text="for /relations/<id>/, which has the trace")
    relation = serializers.ChoiceField(source="relation.relation", choices=RELATIONS)
    confidence = serializers.FloatField(source="relation.confidence")
    newer = serializers.ChoiceField(
        choices=["this", "other"],
        allow_null=True,
        help_text="of an update: which of the two is the later value",
    )
    claim = ClaimBriefSerializer(source="other", help_text="the other claim")


class StatusField(serializers.ChoiceField):
    """A claim's status, null where it is not told."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=STATUS, allow_null=True, **options)


class VerdictSerializer(ShownModel[Verdict]):
    """What a person decided on a claim."""

    claim = serializers.IntegerField(source="claim_id", help_text="the claim's id")
    verdict = serializers.ChoiceField(source="word", choices=VerdictWord.values)
    reviewer = serializers.CharField(source="reviewer.username", help_text="who gave it")
    confirms = serializers.IntegerField(
        source="confirms_id", allow_null=True, help_text="of a second review: the first verdict's id"
    )
    evidence = serializers.ListField(
        child=serializers.CharField(), help_text="addresses, and mentions as mention:<id>"
    )
    withdrawn = serializers.BooleanField(help_text="whether its reviewer took it back")
    created = serializers.DateTimeField(source="created_at")

    class Meta:
        model = Verdict
        fields = [
            "id", "claim", "verdict", "reviewer", "confirms", "blind", "note", "evidence", "withdrawn", "created",
        ]  # fmt: skip


class StandingSerializer(Shown[Any]):
    """How a claim stands."""

    claim = serializers.IntegerField(source="claim_id", help_text="the claim's id")
    status = serializers.ChoiceField(choices=STATUS)
    outdated = serializers.BooleanField()
    needs_review = serializers.BooleanField()
    basis = serializers.ChoiceField(choices=Basis.values)
    verdict = VerdictField()
    workflow = serializers.ChoiceField(choices=Workflow.values)
    freshness = serializers.ChoiceField(choices=Freshness.values)
    version = serializers.IntegerField(help_text="for If-Match")


class EventSerializer(ShownModel[Event]):
    """Something that happened to a claim."""

    claim = serializers.IntegerField(source="claim_id", help_text="the claim's id")
    kind = serializers.ChoiceField(choices=EventKind.choices)
    actor = serializers.CharField(
        source="actor.username", default=None, allow_null=True, help_text="who did it, null for the machine"
    )
    from_status = StatusField(help_text="the claim's status before it, null if not known")
    to_status = StatusField(help_text="the claim's status after it, null if not known")
    before = serializers.CharField(help_text="the status, and after a colon what moved")
    after = serializers.CharField(help_text="the status, and after a colon where to")
    evidence = serializers.JSONField(help_text="what it rests on, depending on its kind")
    created = serializers.DateTimeField(source="created_at")
    position = serializers.IntegerField(
        allow_null=True,
        help_text="its place in the order of all events; null for some moments after it happened",
    )

    class Meta:
        model = Event
        fields = [
            "id",
            "position",
            "claim",
            "kind",
            "actor",
            "from_status",
            "to_status",
            "before",
            "after",
            "reason",
            "evidence",
            "created",
        ]


class RecordSerializer(Shown[Record]):
    """A claim with all that its status rests on: what lists tell of it, and the fields below."""

    explanation = ExplanationSerializer(source="claim.assessment.explanation", default=None, allow_null=True)
    engine = serializers.CharField(
        source="claim.assessment.engine_version",
        default=None,
        allow_null=True,
        help_text="the versions of the rules behind it",
    )
    origins = OriginSerializer(
        many=True,
        help_text=f"those that affirm it, then those against it, with {MOST_MEMBERS} mentions in all: of each the "
        "first, then of each the second...",
    )
    mentions = MentionSerializer(many=True, help_text=f"the first {MOST_MENTIONS}; /mentions/?claim= has all")
    relations = SideSerializer(
        many=True, help_text=f"the surest {MOST_RELATIONS}; /relations/?claim= has all"
    )
    verdicts = VerdictSerializer(
        many=True, help_text=f"the latest {MOST_VERDICTS}; /verdicts/?claim= has all"
    )
    events = EventSerializer(many=True, help_text=f"the latest {MOST_EVENTS}; /events/?claim= has all")

    def get_fields(self) -> dict[str, Any]:
        of_claim = ClaimSerializer().get_fields()
        for name, field in of_claim.items():
            field.source = f"claim.{field.source or name}"
        return {**of_claim, **super().get_fields()}


class TraceSerializer(Shown[Any]):
    """One step of a comparison: weights are of evidence, in bits."""

    feature = serializers.CharField()
    level = serializers.CharField()
    weight = serializers.FloatField(help_text="for (positive) or against both being about the same thing")
    conflict = serializers.FloatField(default=0.0, help_text="for both not being true at once")
    shift = serializers.FloatField(default=0.0, help_text="for both being about different times")
    a = serializers.CharField(help_text="the words of the first that it rests on")
    b = serializers.CharField(help_text="the words of the second")
    note = serializers.CharField()


class RelationSerializer(ShownModel[Relation]):
    """How two claims stand to each other; ``a`` is the one that was known first."""

    a = ClaimBriefSerializer()
    b = ClaimBriefSerializer()
    relation = serializers.ChoiceField(choices=RELATIONS)
    newer = serializers.IntegerField(
        source="newer_id", allow_null=True, help_text="of an update: the id of the claim with the later value"
    )
    updated = serializers.DateTimeField(source="updated_at")

    class Meta:
        model = Relation
        fields = ["id", "a", "b", "relation", "confidence", "newer", "updated"]


class ComparedSerializer(Shown[Any]):
    """A mention that was compared."""

    id = serializers.IntegerField()
    text = serializers.CharField()
    sentence = serializers.CharField()
    speaker = serializers.CharField(source="speaker.name", default=None, allow_null=True)
    attribution = serializers.CharField()
    article = ArticleBriefSerializer(source="revision.article")


class StanceSerializer(Shown[Any]):
    """Probabilities, together 1, that the first supports or contradicts the second, or does not touch it."""

    supports = serializers.FloatField()
    contradicts = serializers.FloatField()
    neutral = serializers.FloatField()


class PairSerializer(Shown[Compared]):
    """A relation with the two mentions compared and the trace of it; all sides are those of the claims."""

    mention_a = ComparedSerializer()
    mention_b = ComparedSerializer()
    stance = StanceSerializer(source="comparison")
    trace = TraceSerializer(many=True, help_text="the evidence, piece by piece")
    reasons = serializers.ListField(
        source="comparison.reasons",
        child=serializers.CharField(),
        help_text="why the two were compared at all",
    )
    engine = serializers.CharField(source="comparison.engine_version")

    def get_fields(self) -> dict[str, Any]:
        of_relation = RelationSerializer().get_fields()
        for name, field in of_relation.items():
            field.source = f"relation.{field.source or name}"
        return {**of_relation, **super().get_fields()}
