"""What became of an article's mentions from one revision to the next, as :mod:`claims.changes` tells from the texts."""

from __future__ import annotations

from collections.abc import Sequence

from claims.changes import Fate, Span, Stretch, fates, stretches
from claims.models import Mention, Revision

Cut = Sequence[Stretch]
KEPT, CHANGED = Fate.KEPT.value, Fate.CHANGED.value


def earlier(revision: Revision) -> Revision | None:
    """The latest revision before ``revision`` in which something was found."""
    before = Revision.objects.filter(article=revision.article_id, number__lt=revision.number)
    return before.filter(mentions__isnull=False).order_by("-number").first()


def compare_texts(revision: Revision) -> Cut:
    """How the text differs from the earlier one: the slow part, which writes nothing. Empty for a first one."""
    before = earlier(revision)
    return stretches(before.text, revision.text) if before else ()


def link(revision: Revision, cut: Cut) -> None:
    """Give each mention of ``revision`` the one in whose place it stands, and say whether that is kept or changed.

    A mention that is in the text once more after it was dropped takes up where it was last. What was not linked
    before is dropped. Safe to repeat; ``cut`` is that of :func:`compare_texts`.
    """
    before = earlier(revision)
    new = list(revision.mentions.order_by("start", "end"))
    for mention in new:
        mention.predecessor, mention.continuity = None, ""
    if before is not None:
        old = list(before.mentions.order_by("start", "end"))
        # a revision that came to have mentions meanwhile has another text than the one that was compared
        cut = cut if cut and cut[-1].old.end == before.length else stretches(before.text, revision.text)
        for pair in fates(before.text, revision.text, _spans(old), _spans(new), cut):
            if pair.old is not None and pair.new is not None:
                _link(new[pair.new], old[pair.old], kept=pair.fate == Fate.KEPT)
        _take_up(revision, before, [m for m in new if m.predecessor is None])
    Mention.objects.bulk_update(new, ["predecessor", "continuity"])


def _link(new: Mention, old: Mention, *, kept: bool) -> None:
    new.predecessor = old
    new.continuity = KEPT if kept and _reading(new) == _reading(old) else CHANGED


def _take_up(revision: Revision, before: Revision, free: list[Mention]) -> None:
    past = Mention.objects.filter(revision__article=revision.article_id, revision__number__lt=revision.number)
    kept_on = past.filter(continuity=KEPT, predecessor__isnull=False).values("predecessor")
    gone = past.exclude(revision=before).exclude(pk__in=kept_on)
    last = {(m.text, *_reading(m)): m for m in gone.order_by("revision__number", "start", "end")}
    for mention in free:
        old = last.pop((mention.text, *_reading(mention)), None)
        if old is not None:
            _link(mention, old, kept=True)


def _reading(mention: Mention) -> tuple[object, ...]:
    """What must be the same besides the words for a mention to be the same: who says it, and how."""
    return (
        mention.wording,
        mention.speaker_id,
        mention.attribution,
        mention.hedged,
        mention.negated,
        mention.as_of_first,
        mention.as_of_last,
    )


def _spans(mentions: Sequence[Mention]) -> list[Span]:
    return [Span(m.start, m.end) for m in mentions]
