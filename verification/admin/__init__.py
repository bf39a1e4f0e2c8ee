"""Does it hold, for people: the queue, articles, claims with dossiers, relations, what was decided."""

from verification.admin import (
    articles,
    bulk,
    claims,
    imports,
    queue,
    relations,
    reviews,
    shelf_lives,
    webhooks,
)

__all__ = [
    "articles",
    "bulk",
    "claims",
    "imports",
    "queue",
    "relations",
    "reviews",
    "shelf_lives",
    "webhooks",
]
