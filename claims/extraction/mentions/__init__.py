"""Sentences to mentions: which clauses are checkable claims, who says them, how sure, how much, when."""

from claims.extraction.mentions.finder import find

__all__ = ["find"]
