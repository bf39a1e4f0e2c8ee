"""Copied text: whole articles, and the passage around one mention.

Method: w-shingling with w = 5 (Broder, 1997), exact through an inverted index. An exact index of ten thousand
news articles is built in seconds and, unlike MinHash, it also sees the two paragraphs that were cut out
of a long article; sketches pay only where texts cannot be held in memory.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from verification.origins.cues import CALENDAR
from verification.origins.text import SHINGLE, Page, content_words, figures, page_of
from verification.origins.types import Copy, Document

#: reused share of the shorter article from which a pair counts as a copy. Outlets of one publisher share
#: standing paragraphs, so they must share more, and one paragraph alone more than half of the article
REUSED, REUSED_BY_KIN, PARAGRAPH_BY_KIN = 0.12, 0.30, 0.60
#: and the least number of shared shingles outside quotations
LEAST = 12
#: words in a row that two articles without other reuse must share for one passage to be copied
RUN = 16
#: share of a sentence's words that must be found in the original
COVERED = 0.5
#: likeness of two sentences (Indel similarity over words) of articles that are copies as a whole
ALIKE = 0.6
#: a shingle in more articles than this is a standing line, and leads to no pair of its own
STANDING = 200


def kin(a: Document, b: Document) -> bool:
    """Whether one publisher answers for both."""
    publishers = {a.publisher, b.publisher} - {None}
    return a.outlet == b.outlet or (len(publishers) == 1 and bool(a.publisher and b.publisher))


def order(document: Document) -> tuple[bool, float, str]:
    """Sorts documents by time; those without one come last, so that they are nobody's original."""
    moment = document.published
    return moment is None, moment.timestamp() if moment else 0.0, document.id


def copies(documents: Sequence[Document]) -> tuple[Copy, ...]:
    """Return all pairs of articles with reused text, originals first, in order of time.

    A pair of articles that merely quote the same words of a speaker is none, nor is a standing
    paragraph that one outlet repeats.
    """
    pages = [page_of(document) for document in sorted(documents, key=order)]
    index: defaultdict[str, list[int]] = defaultdict(list)
    for number, page in enumerate(pages):
        for shingle in page.narrative:
            index[shingle].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for holders in index.values():
        if 1 < len(holders) <= STANDING:
            shared.update((a, b) for at, a in enumerate(holders) for b in holders[at + 1 :])
    return tuple(
        _copy(pages[a], pages[b])
        for (a, b), count in sorted(shared.items())
        if count >= LEAST and reused(pages[a], pages[b])
    )


@lru_cache(maxsize=4096)
def reused(a: Page, b: Page) -> bool:
    """Whether one of two articles reuses text of the other, quotations left aside."""
    common = a.narrative & b.narrative
    if len(common) < LEAST:
        return False
    share = len(common) / min(len(a.narrative), len(b.narrative))
    if not kin(a.document, b.document):
        return share >= REUSED
    return share >= PARAGRAPH_BY_KIN or (share >= REUSED_BY_KIN and _places(a, common) > 1)


def _places(page: Page, shingles: frozenset[str]) -> int:
    """The number of paragraphs in which at least six of the given shingles begin."""
    starts = (
        word.start for word, shingle in zip(page.words, page.shingles, strict=False) if shingle in shingles
    )
    places = Counter(page.paragraph(start, start + 1) for start in starts)
    return sum(count > SHINGLE for count in places.values())


def _copy(a: Page, b: Page) -> Copy:
    first, second = set(a.shingles), set(b.shingles)
    both = len(first & second)
    return Copy(
        a=a.document.id,
        b=b.document.id,
        shared=both,
        of_a=both / len(first),
        of_b=both / len(second),
        jaccard=both / len(first | second),
    )


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage and the sentence of the original that it was copied from."""

    words: str  # of the copy
    original: tuple[int, int]
    #: figures of the mention that the original has otherwise
    altered: frozenset[str]


def copied_passage(copy: Page, start: int, end: int, original: Page) -> Passage | None:
    """Return the passage of ``original`` that the mention ``copy[start:end]`` was copied from, if any."""
    sentence = copy.sentence(start, end)
    if original.narrative.isdisjoint(copy.narrative):
        return None
    if copy.in_quotation(start) and copy.in_quotation(max(start, end - 1)):
        return None
    whole = reused(copy, original)
    run = _coverage(copy, sentence, original)
    if not (run and (run.share >= COVERED and (whole or run.length >= RUN))):
        if not whole:
            return None
        likeness, found = _most_alike(copy, sentence, original)
        if likeness < ALIKE:
            return None
    else:
        found = original.sentence(run.at, run.at + 1)
    theirs = _facts(original, *found)
    mine, lost = _facts(copy, start, end), theirs - _facts(copy, *sentence)
    return Passage(copy.text[sentence[0] : sentence[1]], found, mine - theirs if lost else frozenset())


def _facts(page: Page, start: int, end: int) -> frozenset[str]:
    """What an altered copy alters: figures, weekdays and months."""
    text = page.text[start:end]
    return figures(text) | (content_words(text) & CALENDAR)


@dataclass(frozen=True, slots=True)
class _Coverage:
    share: float  # of the sentence's words outside quotations
    length: int  # of the longest copied run that touches the sentence, in words outside quotations
    at: int  # offset in the original of the words most of it comes from


def _coverage(copy: Page, span: tuple[int, int], original: Page) -> _Coverage | None:
    covered = _covered(copy, original)
    inside = [at for at in copy.words_in(*span) if not copy.words[at].quoted]
    hits = [at for at in inside if at in covered]
    if not hits:
        return None
    first, last = hits[0], hits[-1]
    while first - 1 in covered:
        first -= 1
    while last + 1 in covered:
        last += 1
    length = sum(at in covered and not copy.words[at].quoted for at in range(first, last + 1))
    places = Counter(original.sentence(*covered[at]) for at in hits)
    best = max(places, key=lambda place: (places[place], -place[0]))
    return _Coverage(len(hits) / len(inside), length, best[0])


def _covered(copy: Page, original: Page) -> dict[int, tuple[int, int]]:
    """Positions of words in ``copy`` that lie in a shared shingle, each with its span in ``original``."""
    places = original.places
    covered: dict[int, tuple[int, int]] = {}
    for at, shingle in enumerate(copy.shingles):
        if (place := places.get(shingle)) is not None:
            for step in range(SHINGLE):
                word = original.words[place + step]
                covered[at + step] = (word.start, word.end)
    return covered


def _most_alike(copy: Page, span: tuple[int, int], original: Page) -> tuple[float, tuple[int, int]]:
    mine = [copy.words[at].lower for at in copy.words_in(*span)]
    best = (0.0, (0, 0))
    for place in original.sentences:
        theirs = [original.words[at].lower for at in original.words_in(*place)]
        best = max(best, (Indel.normalized_similarity(mine, theirs), place), key=lambda pair: pair[0])
    return best
