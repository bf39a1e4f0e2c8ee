"""A clause: a candidate claim, and what predicates it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Token

from claims.extraction.mentions.view import View


class Construction(StrEnum):
    """How a clause hangs in its sentence."""

    MAIN = "main"
    COORDINATE = "coordinate"  # "..., and currently occupies"
    JUXTAPOSED = "juxtaposed"  # "...; others expect", "prices rose, the crown fell"
    CONTENT = "content"  # what somebody says
    SAYING = "saying"  # the words that say who said it
    RELATIVE = "relative"  # "which seized Crimea"
    PARTICIPLE = "participle"  # "annexed in 2014", "accompanied by"
    ADVERBIAL = "adverbial"  # "after 41,000 votes were added"
    APPOSITION = "apposition"  # "head of the fund"
    NOMINAL = "nominal"  # "its annexation of Crimea"
    ABSOLUTE = "absolute"  # "with no delegation in the room"
    MEASURE = "measure"  # "down from 4.1%", "the lowest since 1948"


@dataclass(frozen=True, slots=True)
class Clause:
    """A candidate claim: tokens ``first`` to ``last`` (exclusive), with the head of what it says.

    ``parent`` is the head that the clause is subordinate to; ``anchor`` the noun that it describes
    (the antecedent of a relative clause), inside the span or not. ``opens`` is where the span begins
    when another claim stands between the subject and the rest: in "Lego, which owns 12 ports, sold 3"
    the clause is "sold 3", and the span opens with "Lego".
    """

    head: Token
    construction: Construction
    first: int
    last: int
    parent: Token | None = None
    anchor: Token | None = None
    opens: int | None = None


def predicate_of(view: View, clause: Clause) -> Token:
    """The head of what is claimed: for a saying, that of what is said."""
    if clause.construction is Construction.SAYING:
        speech = view.speech_at_cue.get(clause.head.i)
        inside = [
            c
            for c in clause.head.children
            if c.dep_ in ("ccomp", "xcomp") and clause.first <= c.i < clause.last
        ]
        if inside and (speech is None or view.speech_of.get(inside[0].i) is speech):
            return inside[0]
    return clause.head
