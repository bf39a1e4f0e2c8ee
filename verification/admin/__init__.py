"""Does it hold, for people: claims with their dossiers, relations with their traces, what was decided."""

from verification.admin import claims, relations, reviews

__all__ = ["claims", "relations", "reviews"]
