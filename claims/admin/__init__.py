"""What came in, for people: mentions, how far each submission has come, who publishes. One module an idea."""

from claims.admin import entities, feeds, keys, mentions, sources, steps, submissions

__all__ = ["entities", "feeds", "keys", "mentions", "sources", "steps", "submissions"]
