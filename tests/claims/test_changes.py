"""What changed between two texts: exact, word by word, and quick whatever the texts are."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.changes import Fate, Span, fates, stretches

WORDS = st.lists(st.sampled_from(["port", "12", "15", "percent", ".", "\n", " ", "rain,", "1.5", "ü"]))
TEXTS = st.one_of(st.text(), WORDS.map(" ".join))


def words(old: str, new: str) -> list[tuple[str, str]]:
    """What was replaced by what."""
    changed = [s for s in stretches(old, new) if not s.same]
    return [(old[s.old.start : s.old.end].strip(), new[s.new.start : s.new.end].strip()) for s in changed]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Cargo fell 12 percent in May.", "Cargo fell 15 percent in May.", [("12", "15")]),
        ("It cost $1.2 million.", "It cost $1.3 million.", [("1.2", "1.3")]),
        ("Rain came. Trams ran.", "Rain came. Nobody rode. Trams ran.", [("", "Nobody rode.")]),
        ("Rain came.", "Rain came.", []),
        ("", "Rain came.", [("", "Rain came.")]),
    ],
)
def test_what_changed_is_found_word_by_word(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert words(old, new) == expected


@given(TEXTS, TEXTS)
def test_the_stretches_are_both_texts_whole_and_what_is_called_the_same_is(old: str, new: str) -> None:
    found = stretches(old, new)
    assert "".join(old[s.old.start : s.old.end] for s in found) == old
    assert "".join(new[s.new.start : s.new.end] for s in found) == new
    for s in found:
        assert not s.same or old[s.old.start : s.old.end] == new[s.new.start : s.new.end]
    assert all(one.same != other.same for one, other in pairwise(found))


@given(TEXTS, TEXTS, st.data())
def test_every_mention_has_one_fate(old: str, new: str, data: st.DataObject) -> None:
    def places(text: str) -> list[Span]:
        if not text:
            return []
        starts = data.draw(st.lists(st.integers(0, len(text) - 1), max_size=4))
        return [Span(start, data.draw(st.integers(start + 1, len(text)))) for start in starts]

    ours, theirs = places(old), places(new)
    pairs = fates(old, new, ours, theirs, stretches(old, new))
    assert sorted(p.old for p in pairs if p.old is not None) == list(range(len(ours)))
    assert sorted(p.new for p in pairs if p.new is not None) == list(range(len(theirs)))
    for pair in pairs:
        if pair.fate is Fate.KEPT:
            assert pair.old is not None and pair.new is not None
            a, b = ours[pair.old], theirs[pair.new]
            assert old[a.start : a.end] == new[b.start : b.end]


def test_mentions_are_kept_moved_changed_dropped_or_new() -> None:
    old = "Cargo fell 12 percent. Trams ran late. Nobody was hurt. Rain came."
    new = "Trams ran late. Cargo fell 15 percent. Snow is due. Rain came."

    def places(text: str, *mentions: str) -> list[Span]:
        return [Span(text.index(m), text.index(m) + len(m)) for m in mentions]

    ours = places(old, "Cargo fell 12 percent", "Trams ran late", "Nobody was hurt", "Rain came")
    theirs = places(new, "Trams ran late", "Cargo fell 15 percent", "Rain came")
    found = {p.old: p.fate for p in fates(old, new, ours, theirs, stretches(old, new)) if p.old is not None}
    assert found[1] is Fate.KEPT
    assert found[2] is Fate.DROPPED
    assert found[3] is Fate.KEPT


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a. " * 100_000, "a. b. " * 100_000),
        ("a " * 100_000, "b a " * 100_000),
        (
            " ".join(f"w{n % 3000}" for n in range(40_000)),
            " ".join(f"w{n * 7 % 3000}" for n in range(40_000)),
        ),
    ],
)
def test_texts_that_are_alike_everywhere_do_not_take_for_ever(old: str, new: str) -> None:
    started = time.process_time()
    stretches(old, new)
    assert time.process_time() - started < 10
