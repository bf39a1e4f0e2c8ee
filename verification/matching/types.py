"""What matching returns: frozen values."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """A blocking key: mentions that share one are worth comparing.

    ``value`` is canonical and what a table is indexed on; ``words`` are those that it rests on in this
    mention and do not count for equality.
    """

    kind: str
    value: str
    words: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"

    @property
    def reason(self) -> str:
        """For the reviewer: "shares Ukraine + %"."""
        return f"shares {self.words or self.value.replace('|', ' + ')}"


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate, its score (higher is better, comparable within one answer only), and why."""

    id: Hashable
    score: float
    reasons: tuple[str, ...]
