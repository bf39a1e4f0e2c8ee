"""Finds the times of a text: TIMEX3 (TimeML 1.2.1) with the days each spans.

The grammar reads the text from left to right and takes the longest expression at each place.
Relative expressions are resolved from the day of publication; those of a narrative ("a day
earlier", "that autumn") from the time last named; bare weekdays, months and feasts lie in the past
or in the future as the verb above them says. Method and values follow HeidelTime (Strötgen and
Gertz, 2010) where TimeML leaves a choice.
"""

from __future__ import annotations

from datetime import date, datetime

from claims.extraction.quantities.parse import Page
from claims.extraction.times.grammar import expressions
from claims.extraction.times.reading import Reader
from claims.extraction.types import TimeExpression

__all__ = ["find"]


def find(page: Page, published: date | datetime | None = None) -> tuple[TimeExpression, ...]:
    """The time expressions of a parsed text in text order, none overlapping.

    ``published`` is the day that "today" means; without it relative expressions keep their TIMEX3
    placeholder (``XXXX-WXX-2``) and no days. ``first`` and ``last`` are inclusive. They are those of
    the interval told of, while ``value`` stays that of the words themselves: behind "since" they
    reach to the day of publication, and each of the two expressions of "2016 to 2020" and "the
    three months to May" spans the whole.
    """
    day = published.date() if isinstance(published, datetime) else published
    return tuple(expressions(Reader(page, day)))
