"""Does it hold: how claims stand to one another, where they come from, what people decided."""

from verification.models.bulk import BulkChange
from verification.models.comparisons import (
    ArticleWord,
    BlockingKey,
    Comparison,
    Judgement,
    KeyFrequency,
    Relation,
    Tie,
)
from verification.models.imports import ImportedReview
from verification.models.origins import Origin, OriginMember, OriginOverride
from verification.models.queue import Lease, SavedFilter, Waiting
from verification.models.reviews import Event, Verdict, Withdrawal
from verification.models.shelf_lives import ShelfLife
from verification.models.standing import Assessment, Standing
from verification.models.statistics import CountedUpTo, DailyCount

__all__ = [
    "ArticleWord",
    "Assessment",
    "BlockingKey",
    "BulkChange",
    "Comparison",
    "CountedUpTo",
    "DailyCount",
    "Event",
    "ImportedReview",
    "Judgement",
    "KeyFrequency",
    "Lease",
    "Origin",
    "OriginMember",
    "OriginOverride",
    "Relation",
    "SavedFilter",
    "ShelfLife",
    "Standing",
    "Tie",
    "Verdict",
    "Waiting",
    "Withdrawal",
]
