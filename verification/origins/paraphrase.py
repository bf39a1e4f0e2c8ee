"""Paraphrase without attribution: does an earlier text have every detail of a passage?"""

from __future__ import annotations

from verification.origins.cues import CALENDAR
from verification.origins.text import Page, content_words, figures

#: details (figures, names) that a passage must share with the earlier text
DETAILS = 3
#: share of the passage's words that the earlier passage must have, too
WORDING = 0.4


def borrowed_details(
    page: Page, start: int, end: int, source: Page, source_start: int, source_end: int
) -> frozenset[str]:
    """Return the details of the sentence around ``page[start:end]`` if the earlier passage has them all.

    The earlier passage is the paragraph around ``source[source_start:source_end]`` with its neighbours.
    Empty where there are fewer than three details, where one is new, or where the wording is too far off.
    """
    start, end = page.sentence(start, end)
    details = _details(page, start, end, content_words(source.document.title))
    if len(details) < DETAILS:
        return frozenset()
    earlier = _with_neighbours(source, *source.paragraph(source_start, source_end))
    known = figures(earlier) | content_words(earlier)
    if not all(detail in known or content_words(detail) <= known for detail in details):
        return frozenset()
    mine = content_words(page.text[start:end])
    return details if len(mine & known) >= WORDING * len(mine) else frozenset()


def _details(page: Page, start: int, end: int, topic: frozenset[str]) -> frozenset[str]:
    """Figures and names of a passage, but not the topic, which the headlines name, and no dates."""
    topic |= content_words(page.document.title) | CALENDAR
    told = {name for name in page.names(start, end) if not content_words(name) <= topic}
    return frozenset(told) | (figures(page.text[start:end]) - {"1"})


def _with_neighbours(page: Page, start: int, end: int) -> str:
    paragraphs = page.paragraphs
    at = [number for number, span in enumerate(paragraphs) if span[0] < end and start < span[1]]
    if not at:
        return page.text[start:end]
    first, last = max(0, at[0] - 1), min(len(paragraphs) - 1, at[-1] + 1)
    return page.text[paragraphs[first][0] : paragraphs[last][1]]
