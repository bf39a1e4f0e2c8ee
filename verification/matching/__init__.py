"""Which claims are worth comparing: blocking keys and ranking; no Django."""

from verification.comparison.occasions import event_words
from verification.matching.blocking import in_common, keys, keys_of, leads_of
from verification.matching.ranking import WITHIN_EVENTS, Index, features_of, rank
from verification.matching.types import Key, Match

__all__ = [
    "WITHIN_EVENTS",
    "Index",
    "Key",
    "Match",
    "event_words",
    "features_of",
    "in_common",
    "keys",
    "keys_of",
    "leads_of",
    "rank",
]
