"""Two mentions to a relation, a confidence and a trace of evidence; no Django."""

from verification.comparison.compare import VERSION, compare, compare_any, mirrored, related
from verification.comparison.types import Comparison, Evidence, Relation, Stance

__all__ = [
    "VERSION",
    "Comparison",
    "Evidence",
    "Relation",
    "Stance",
    "compare",
    "compare_any",
    "mirrored",
    "related",
]
