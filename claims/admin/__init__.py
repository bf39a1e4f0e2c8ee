"""What came in, for people: articles to read, how far each has come, who publishes. One module an idea."""

from claims.admin import articles, entities, keys, mentions, sources, steps, submissions

__all__ = ["articles", "entities", "keys", "mentions", "sources", "steps", "submissions"]
