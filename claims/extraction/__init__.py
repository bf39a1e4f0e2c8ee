"""Text to mentions: one spaCy pipeline of components, no Django.

:func:`analyze` reads one text, :func:`analyze_many` a stream of them, :func:`as_mention` takes a
whole text as a single claim, :func:`is_english` tells whether any of it makes sense here.
"""

from claims.extraction.language import is_english
from claims.extraction.pipeline import LONGEST, VERSION, analyze, analyze_many
from claims.extraction.whole import as_mention

__all__ = ["LONGEST", "VERSION", "analyze", "analyze_many", "as_mention", "is_english"]
