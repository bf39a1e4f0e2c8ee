"""Text to mentions: one spaCy pipeline of components, no Django.

:func:`analyze` reads one text, :func:`analyze_many` a stream of them, :func:`as_mention` takes a
whole text as a single claim, :func:`as_mentions` spans of one, :func:`is_english` tells
whether any of it makes sense here.

They are imported when first used: a web process that only needs the types loads no spaCy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claims.extraction.language import is_english
    from claims.extraction.pipeline import LONGEST, VERSION, analyze, analyze_many
    from claims.extraction.whole import as_mention, as_mentions, spoken

__all__ = [
    "LONGEST",
    "VERSION",
    "analyze",
    "analyze_many",
    "as_mention",
    "as_mentions",
    "is_english",
    "spoken",
]

_MODULES = {"is_english": "language", "as_mention": "whole", "as_mentions": "whole", "spoken": "whole"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES.get(name, 'pipeline')}"), name)
