"""Which claims are worth comparing: blocking keys and ranking; no Django."""

from verification.matching.blocking import keys, keys_of
from verification.matching.ranking import Index, rank
from verification.matching.types import Key, Match

__all__ = ["Index", "Key", "Match", "keys", "keys_of", "rank"]
