"""Does it hold, for people: articles to read, claims with dossiers, relations with traces, what was decided."""

from verification.admin import articles, claims, relations, reviews

__all__ = ["articles", "claims", "relations", "reviews"]
