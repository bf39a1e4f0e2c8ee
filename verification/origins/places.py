"""What the words around one mention say, whatever claim it is looked at for."""

from __future__ import annotations

import re
from functools import cached_property

from verification.origins import cues
from verification.origins.text import Page, content_words


class Place:
    """A mention's span with the sentence and the paragraph around it: everything is worked out once, on demand."""

    def __init__(self, page: Page, start: int, end: int) -> None:
        self._text = page.text
        self.span = page.sentence(start, end)
        self.sentence = page.text[slice(*self.span)]
        self._unquoted = page.outside_quotations(*self.span)
        self._paragraph = page.paragraph(start, end)

    @cached_property
    def words(self) -> frozenset[str]:
        """The sentence's words that mean something."""
        return content_words(self.sentence)

    @cached_property
    def own_senses(self) -> bool:
        """Whether the paragraph tells that its speaker saw it."""
        return cues.OWN_SENSES.search(self._text, *self._paragraph) is not None

    @cached_property
    def is_told(self) -> bool:
        """Whether the sentence names, in whatever way, somebody who says so."""
        return cues.SAID.search(self.sentence) is not None

    @cached_property
    def own_reporting(self) -> str:
        """The words by which an outlet speaks of eyes, ears or papers of its own, or ""."""
        found = cues.OWN_REPORTING.search(self._unquoted)
        return found.group() if found else ""

    @cached_property
    def seen_by(self) -> tuple[tuple[str, str], ...]:
        """The names of those who are said to have seen it, with the words."""
        return tuple(
            ((found.group(1) or found.group(2)).strip().removesuffix("'s"), found.group())
            for found in cues.SEEN_BY_NAME.finditer(self._unquoted)
        )

    @cached_property
    def passed_on(self) -> tuple[re.Match[str], ...]:
        """From whom the sentence's source is said to have it."""
        patterns = (*cues.PASSED_ON, cues.PASSED_ON_BEFORE)
        return tuple(match for pattern in patterns for match in pattern.finditer(self.sentence))

    @cached_property
    def according(self) -> tuple[re.Match[str], ...]:
        """According to whom."""
        return tuple(cues.ACCORDING.finditer(self.sentence))


def place_of(page: Page, start: int, end: int) -> Place:
    """The place of a span, kept with the page."""
    key = (Place, start, end)
    if key not in page.kept:
        page.kept[key] = Place(page, start, end)
    place: Place = page.kept[key]
    return place
