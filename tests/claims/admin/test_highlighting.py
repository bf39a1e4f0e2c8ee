"""Marks in a text are shown where they are, whatever they overlap, and nothing of the text is lost."""

from hypothesis import given
from hypothesis import strategies as st

from claims.admin.highlighting import Mark, segments

texts = st.text(max_size=60)
spans = st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=8)


@given(texts, spans)
def test_nothing_of_the_text_is_lost_or_said_twice(text: str, found: list[tuple[int, int]]) -> None:
    marks = [Mark(start, end, number) for number, (start, end) in enumerate(found)]
    assert "".join(segment.text for segment in segments(text, marks)) == text


@given(texts, spans)
def test_each_mark_covers_its_words_and_no_others(text: str, found: list[tuple[int, int]]) -> None:
    marks = [Mark(start, end, number) for number, (start, end) in enumerate(found)]
    cut = segments(text, marks)
    for mark in marks:
        covered = "".join(segment.text for segment in cut if mark.item in segment.over)
        assert covered == text[max(mark.start, 0) : max(mark.end, 0)]


@given(texts, spans)
def test_each_mark_opens_and_closes_once(text: str, found: list[tuple[int, int]]) -> None:
    marks = [Mark(start, end, number) for number, (start, end) in enumerate(found)]
    cut = segments(text, marks)
    shown = sorted({item for segment in cut for item in segment.over})
    assert sorted(item for segment in cut for item in segment.opens) == shown
    assert sorted(item for segment in cut for item in segment.closes) == shown


def test_a_nested_mark_is_innermost() -> None:
    whole, inner = Mark(0, 20, "whole"), Mark(4, 9, "inner")
    cut = segments("The mayor, she said, left.", [inner, whole])
    assert [(s.text, s.innermost, s.depth) for s in cut] == [
        ("The ", "whole", 1),
        ("mayor", "inner", 2),
        (", she said,", "whole", 1),
        (" left.", None, 0),
    ]


def test_marks_that_overlap_are_both_shown_where_they_do() -> None:
    cut = segments("abcdef", [Mark(0, 4, "first"), Mark(2, 6, "second")])
    assert [(s.text, set(s.over)) for s in cut] == [
        ("ab", {"first"}),
        ("cd", {"first", "second"}),
        ("ef", {"second"}),
    ]
