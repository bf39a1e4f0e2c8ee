"""An article to read: its text with the mentions coloured by how their claims stand, and what revisions changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from claims.admin.highlighting import Mark, Segment, segments
from claims.changes import Fate, Pair, Span, Stretch, fates, stretches
from claims.models import Article, Claim, Mention, Revision
from claims.selectors import reading
from verification.models.words import Status, VerdictWord

#: statuses as they are marked in a text: by colour, and by a sign for who does not see colours
SIGNS: dict[str, str] = {
    Status.CORROBORATED: "2+",
    Status.DISPUTED: "≠",
    Status.UNVERIFIED: "?",
    VerdictWord.SUPPORTED: "✓",
    VerdictWord.MOSTLY_SUPPORTED: "✓~",
    VerdictWord.MIXED: "±",
    VerdictWord.MOSTLY_REFUTED: "✗~",
    VerdictWord.REFUTED: "✗",
    VerdictWord.MISLEADING_CONTEXT: "!",
    VerdictWord.UNVERIFIABLE: "∅",
}
UNREAD = "not_cross_checked"
#: what a text is cut by beside its mentions
_CHANGED, _LINE = "words changed", "line"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A mention with the number that it has on the page, and how its claim stands."""

    number: int
    mention: Mention
    status: str
    followed: bool = False  # the reader came from its claim

    @property
    def sign(self) -> str:
        return SIGNS.get(self.status, "…")


@dataclass(frozen=True, slots=True)
class Legend:
    """What a colour and its sign mean, and how many mentions of the text have it."""

    status: str
    sign: str
    count: int


@dataclass(frozen=True, slots=True)
class Reader:
    """One revision, marked, among all of its article. ``claim``: the one whose dossier led here."""

    revision: Revision
    revisions: list[Revision]
    text: tuple[Segment[Numbered], ...]
    mentions: tuple[Numbered, ...]
    legend: tuple[Legend, ...]
    claim: Claim | None


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a revision: whether they changed, and what became of the mention they belong to."""

    text: str
    changed: bool
    fate: str  # "" where no mention is


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of the old revision beside what stands in its place in the new one."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        return any(piece.changed for piece in (*self.old, *self.new))


@dataclass(frozen=True, slots=True)
class Fold:
    """Rows in a run: those that changed are shown, those that did not are folded."""

    changed: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class MentionPair:
    fate: Fate
    old: Numbered | None
    new: Numbered | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Two revisions of an article side by side, the older first."""

    older: Revision
    newer: Revision
    revisions: list[Revision]
    folds: tuple[Fold, ...]
    mentions: tuple[MentionPair, ...]
    fates: tuple[tuple[str, int], ...]


def reader(article: Article, number: str | None, claim_id: int | None = None) -> Reader | None:
    """The revision with this number, the current one if none is given; None if there is none such."""
    revisions = reading.revisions_of(article)
    revision = next((r for r in revisions if (str(r.number) == number if number else r.is_current)), None)
    if revision is None:
        return None
    mentions = _numbered(revision, claim_id)
    followed = Claim.objects.filter(pk=claim_id).first() if claim_id is not None else None
    marks = [Mark(one.mention.start, one.mention.end, one) for one in mentions]
    return Reader(revision, revisions, segments(revision.text, marks), mentions, _legend(mentions), followed)


def changes(article: Article, one: str, other: str) -> Changes | None:
    """What changed from the older to the newer of two revisions; None if one of them is not there."""
    revisions = reading.revisions_of(article)
    wanted = sorted((r for r in revisions if str(r.number) in (one, other)), key=lambda r: r.number)
    if len(wanted) != 2:
        return None
    older, newer = wanted
    cut = stretches(older.text, newer.text)
    olds, news = _numbered(older), _numbered(newer)
    pairs = fates(older.text, newer.text, _spans(olds), _spans(news), cut)
    rows = _rows(older.text, newer.text, cut, _fated(olds, news, pairs))
    order = list(Fate)
    counts = Counter(pair.fate for pair in pairs)
    return Changes(
        older=older,
        newer=newer,
        revisions=revisions,
        folds=tuple(Fold(changed, tuple(run)) for changed, run in groupby(rows, lambda row: row.changed)),
        mentions=tuple(
            MentionPair(
                pair.fate,
                olds[pair.old] if pair.old is not None else None,
                news[pair.new] if pair.new is not None else None,
            )
            for pair in sorted(pairs, key=lambda pair: -order.index(pair.fate))
        ),
        fates=tuple((fate.value, counts[fate]) for fate in order if counts[fate]),
    )


def _numbered(revision: Revision, claim_id: int | None = None) -> tuple[Numbered, ...]:
    rows = reading.mentions_in(revision).select_related("claim__standing")
    return tuple(
        Numbered(
            place, mention, _status(mention.claim), claim_id is not None and mention.claim_id == claim_id
        )
        for place, mention in enumerate(rows, start=1)
    )


def _status(claim: Claim | None) -> str:
    standing = getattr(claim, "standing", None)
    return standing.status if standing is not None else UNREAD


def _legend(mentions: Iterable[Numbered]) -> tuple[Legend, ...]:
    counts = Counter(one.status for one in mentions)
    known = [*SIGNS, UNREAD]
    return tuple(Legend(status, SIGNS.get(status, "…"), counts[status]) for status in known if counts[status])


def _spans(mentions: Sequence[Numbered]) -> list[Span]:
    return [Span(one.mention.start, one.mention.end) for one in mentions]


def _fated(
    olds: Sequence[Numbered], news: Sequence[Numbered], pairs: Iterable[Pair]
) -> tuple[list[Mark[str]], list[Mark[str]]]:
    """The mentions of both texts as marks that tell what became of them."""
    old, new = [], []
    for pair in pairs:
        if pair.old is not None:
            mention = olds[pair.old].mention
            old.append(Mark(mention.start, mention.end, pair.fate.value))
        if pair.new is not None:
            mention = news[pair.new].mention
            new.append(Mark(mention.start, mention.end, pair.fate.value))
    return old, new


def _rows(
    old: str, new: str, cut: Sequence[Stretch], marks: tuple[list[Mark[str]], list[Mark[str]]]
) -> list[Row]:
    """Both texts cut where a line ends in both, each line as pieces."""
    ends = [(0, 0)]
    for stretch in cut:
        if stretch.same:
            words = old[stretch.old.start : stretch.old.end]
            for place, character in enumerate(words, start=1):
                if character == "\n":
                    ends.append((stretch.old.start + place, stretch.new.start + place))
    ends.append((len(old), len(new)))
    left = _pieces(old, [(s.old, s.same) for s in cut], marks[0], [end for end, _ in ends])
    right = _pieces(new, [(s.new, s.same) for s in cut], marks[1], [end for _, end in ends])
    rows = [Row(a, b) for a, b in zip(left, right, strict=True)]
    return [row for row in rows if any(piece.text.strip() for piece in (*row.old, *row.new))]


def _pieces(
    text: str, parts: Iterable[tuple[Span, bool]], marks: Iterable[Mark[str]], ends: Sequence[int]
) -> list[tuple[Piece, ...]]:
    """The lines of one text, each cut where words change and where mentions begin and end."""
    changed = [Mark(span.start, span.end, _CHANGED) for span, same in parts if not same]
    lines: list[list[Piece]] = [[] for _ in ends[1:]]
    line = position = 0
    breaks = [Mark(a, b, _LINE) for a, b in pairwise(ends)]
    for segment in segments(text, [*marks, *changed, *breaks]):
        while position >= ends[line + 1]:
            line += 1
        marked = [item for item in segment.over if item not in (_CHANGED, _LINE)]
        lines[line].append(Piece(segment.text, _CHANGED in segment.over, marked[-1] if marked else ""))
        position += len(segment.text)
    return [tuple(pieces) for pieces in lines]
