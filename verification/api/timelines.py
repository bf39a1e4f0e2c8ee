"""How the values over time of what a claim measures look from outside."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from verification.api.serializers import KINDS, RELATIONS, ClaimBriefSerializer
from verification.selectors.timelines import Line, Measured, Point, Timeline

TIMELINE = """The values that this claim, and others that measure the same thing, give over time, by origin.

Two mentions measure the same thing if their claims are one, or stand in a relation found by cross-checking
(directly or by way of one claim between them), and their figures answer each other: units that convert into one
another, no change against a level, no other thing measured. A value counts where an origin stands behind it; the
copies of one origin are one point. A claim without a figure has no points."""


class PointSerializer(serializers.Serializer[Point]):
    """What one origin gives for one time, in the unit of the timeline; a fall is negative."""

    claim = serializers.IntegerField(source="claim_id", help_text="the id of the claim it is given in")
    first = serializers.DateField(allow_null=True, help_text="the first day for which it is said to hold")
    last = serializers.DateField(allow_null=True, help_text="the last such day")
    dated = serializers.ChoiceField(
        choices=["text", "published"],
        help_text="whether the text says when, or the day of publication stands for it",
    )
    value = serializers.FloatField(source="reading.value", allow_null=True, help_text="null for a range")
    low = serializers.FloatField(source="reading.low", help_text="the least that the wording may mean")
    high = serializers.FloatField(source="reading.high", help_text="the most that the wording may mean")
    bound = serializers.ChoiceField(
        source="reading.bound",
        choices=[">", "<", ""],
        help_text="of a mere bound: which way it is open; that end of the interval is then a guess",
    )
    words = serializers.CharField(source="reading.words", help_text="the figure as it stands in the text")
    mentions = serializers.ListField(
        child=serializers.IntegerField(), help_text="the ids of the mentions that say so"
    )
    sources = serializers.ListField(child=serializers.CharField(), help_text="who publishes them")


class LineSerializer(serializers.Serializer[Line]):
    """The points of one origin, the earliest first."""

    kind = serializers.ChoiceField(choices=KINDS)
    root = serializers.CharField(help_text="who or what is at the root")  # type: ignore[assignment] # a field of that name
    points = PointSerializer(many=True)


class MeasuredSerializer(serializers.Serializer[Measured]):
    """A claim with a value in the timeline, and why."""

    claim = ClaimBriefSerializer()
    relation = serializers.ChoiceField(
        source="relation.relation",
        choices=RELATIONS,
        default=None,
        allow_null=True,
        help_text="how it stands to the claim asked for, or to the one between; null for the claim asked for",
    )
    relation_id = serializers.IntegerField(
        source="relation.id", default=None, allow_null=True, help_text="for /relations/<id>/"
    )
    via = serializers.IntegerField(
        allow_null=True, help_text="the id of the claim between; null if they are related themselves"
    )
    newer = serializers.BooleanField(
        allow_null=True, help_text="of an update: whether it is the later of the two"
    )


class TimelineSerializer(serializers.Serializer[Timeline]):
    """Values over time of one measure, by origin."""

    claim = serializers.IntegerField(source="claim_id", help_text="the id of the claim asked for")
    unit = serializers.CharField(help_text="ISO 4217 for money; empty for a bare number")
    measure = serializers.CharField(help_text="what is measured, if the text says so")
    words = serializers.CharField(help_text="the claim's own figure; empty if it has none")
    origins = LineSerializer(source="lines", many=True)
    claims = MeasuredSerializer(many=True)
    more = serializers.BooleanField(help_text="whether there is more than was looked at")


def _point(claim: int, day: str, value: float, mention: int, source: str) -> dict[str, Any]:
    return {
        "claim": claim, "first": day, "last": day, "dated": "text", "value": value, "low": value - 0.5,
        "high": value + 0.5, "bound": "", "words": f"{value:g} percent", "mentions": [mention],
        "sources": [source],
    }  # fmt: skip


def _measured(pk: int, text: str, outdated: bool) -> dict[str, Any]:
    return {"id": pk, "text": text, "status": "unverified", "outdated": outdated}


TIMELINE_EXAMPLE = OpenApiExample(
    "Cargo in two months",
    response_only=True,
    status_codes=["200"],
    value={
        "claim": 12,
        "unit": "%",
        "measure": "cargo",
        "words": "12 percent",
        "origins": [
            {
                "kind": "speaker",
                "root": "Port authority of Port Ellery",
                "points": [
                    _point(8, "2024-04-30", -9.0, 17, "Harbour Post"),
                    _point(12, "2024-05-31", -12.0, 31, "Harbour Post"),
                ],
            }
        ],
        "claims": [
            {
                "claim": _measured(12, "The harbour of Port Ellery lost 12 percent of its cargo.", False),
                "relation": None,
                "relation_id": None,
                "via": None,
                "newer": None,
            },
            {
                "claim": _measured(8, "The harbour of Port Ellery lost 9 percent of its cargo.", True),
                "relation": "updates",
                "relation_id": 3,
                "via": None,
                "newer": False,
            },
        ],
        "more": False,
    },
)
