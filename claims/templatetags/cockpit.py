"""Small things that many pages of the admin show alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString

from claims.admin.base import badge as _badge

register = template.Library()


@register.filter
def badge(value: str) -> SafeString:
    """A value of a closed vocabulary as a coloured word: ``{{ standing.status|badge }}``."""
    return _badge(value)


@register.filter
def words(value: str) -> str:
    """``mostly_supported`` as people write it."""
    return str(value).replace("_", " ")


@register.filter
def percent(value: float) -> str:
    """A share of 1 as a whole percentage."""
    return f"{value:.0%}"


@register.filter
def signed(value: float) -> str:
    """A whole number with its sign, and a real minus: ``+12``, ``−3``."""
    return f"{value:+.0f}".replace("-", "−").replace("−0", "+0")


@register.filter
def up_to(count: int, most: int) -> str:
    """A count that was not taken further than one above ``most``: ``1000+``."""
    return f"{most}+" if count > most else str(count)


@register.filter
def get(mapping: Mapping[str, Any] | Sequence[Any], key: str) -> Any:
    """What stands under a key, None if nothing does."""
    return mapping.get(key) if isinstance(mapping, Mapping) else None
