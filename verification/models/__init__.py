"""Does it hold: how claims stand to one another, where they come from, what people decided."""

from verification.models.comparisons import BlockingKey, Comparison, Judgement, KeyFrequency, Relation, Tie
from verification.models.origins import Origin, OriginMember, OriginOverride
from verification.models.reviews import Event, Verdict
from verification.models.standing import Assessment, Standing

__all__ = [
    "Assessment",
    "BlockingKey",
    "Comparison",
    "Event",
    "Judgement",
    "KeyFrequency",
    "Origin",
    "OriginMember",
    "OriginOverride",
    "Relation",
    "Standing",
    "Tie",
    "Verdict",
]
