"""Copied text: whole articles, and the passage around one mention.

Method: w-shingling with w = 5 (Broder, 1997), exact through an inverted index. An exact index of ten thousand
news articles is built in seconds and, unlike MinHash, it also sees the two paragraphs that were cut out
of a long article; sketches pay only where texts cannot be held in memory.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from verification.origins.cues import CALENDAR
from verification.origins.text import SHINGLE, Page, content_words, figures, of_page, page_of
from verification.origins.types import Copy, Document

#: reused share of the shorter article from which a pair counts as a copy. Outlets of one publisher share
#: standing paragraphs, so they must share more, and one paragraph alone more than half of the article
REUSED, REUSED_BY_KIN, PARAGRAPH_BY_KIN = 0.12, 0.30, 0.60
#: and the least number of shared shingles outside quotations
LEAST = 12
#: words outside quotations in a row that two articles without other reuse must share for one passage to be copied
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


@of_page
def place_in_time(page: Page) -> tuple[bool, float, str]:
    """:func:`order` of its document."""
    return order(page.document)


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


@dataclass(frozen=True, slots=True)
class _Beside:
    """One page beside another: whether they have a shingle in common, whether one reuses text of the other, and the
    passages of the first that have been looked for in the other, by their spans."""

    sharing: bool
    reused: bool
    passages: dict[tuple[int, int], Passage | None]


def _beside(a: Page, b: Page) -> _Beside:
    known: _Beside | None = a.beside.get(b)
    if known is None:
        common = a.narrative & b.narrative
        known = a.beside[b] = _Beside(bool(common), _reused(a, b, common), {})
    return known


def reused(a: Page, b: Page) -> bool:
    """Whether one of two articles reuses text of the other, quotations left aside."""
    return _beside(a, b).reused


def _reused(a: Page, b: Page, common: frozenset[str]) -> bool:
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
    beside = _beside(copy, original)
    if not beside.sharing:
        return None
    if (start, end) not in beside.passages:
        beside.passages[start, end] = _copied_passage(copy, start, end, original, whole=beside.reused)
    return beside.passages[start, end]


def _copied_passage(copy: Page, start: int, end: int, original: Page, *, whole: bool) -> Passage | None:
    sentence = copy.sentence(start, end)
    if copy.in_quotation(start) and copy.in_quotation(max(start, end - 1)):
        return None
    run = _coverage(copy, sentence, original)
    if not (run and (run.share >= COVERED and (whole or _is_long(run, copy, original)))):
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
    first: int  # the sentence's first copied word outside quotations, as a position in the copy's words
    last: int
    at: int  # offset in the original of the words most of it comes from


def _coverage(copy: Page, span: tuple[int, int], original: Page) -> _Coverage | None:
    positions = copy.words_in(*span)
    covered = _covered(copy, positions, original)
    inside = [at for at in positions if not copy.words[at].quoted]
    hits = [at for at in inside if at in covered]
    if not hits:
        return None
    places = Counter(original.sentence(*covered[at]) for at in hits)
    best = max(places, key=lambda place: (places[place], -place[0]))
    return _Coverage(len(hits) / len(inside), hits[0], hits[-1], best[0])


def _is_long(run: _Coverage, copy: Page, original: Page) -> bool:
    """Whether what is copied, here and in the words that go on from it on both sides, makes a run."""
    inside = _covered(copy, range(run.first, run.last + 1), original)
    length = sum(not copy.words[at].quoted for at in inside)
    for at, step in ((run.first, -1), (run.last, 1)):
        at += step
        while length < RUN and _covered(copy, range(at, at + 1), original):
            length += not copy.words[at].quoted
            at += step
    return length >= RUN


def _covered(copy: Page, positions: range, original: Page) -> dict[int, tuple[int, int]]:
    """Those of the words of ``copy`` that lie in a shared shingle, each with its span in ``original``."""
    first = max(0, positions.start - SHINGLE + 1)
    places = original.places
    if places.keys().isdisjoint(around := copy.shingles[first : positions.stop]):
        return {}
    covered: dict[int, tuple[int, int]] = {}
    for at, shingle in enumerate(around, start=first):
        if (place := places.get(shingle)) is not None:
            for step in range(max(0, positions.start - at), min(SHINGLE, positions.stop - at)):
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
