"""What the rules of the grammar read from, and what they give back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from spacy.tokens import Token

from claims.extraction.quantities.lexer import Lexeme, Sort, words
from claims.extraction.quantities.parse import Page
from claims.extraction.times.periods import Period
from claims.extraction.times.tables import AHEAD, FUTURE_AUXILIARIES, INTENTIONS, TIMETABLE

ZONES = words("est edt cst cdt mst mdt pst pdt et ct pt gmt utc bst cet cest eet msk ist jst")
_SAYING = words("say announce tell warn promise pledge confirm vow state write decide agree report predict")
_OF_CLOCK = words("a p m . am pm noon midday midnight on") | ZONES


class Tense(Enum):
    PAST = -1
    PRESENT = 0
    FUTURE = 1
    UNKNOWN = None


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression from the lexeme where it was looked for up to ``end``.

    ``period`` is the calendar period it names, where it names one; ``first`` and ``last`` are given
    only where they differ from those of the period.
    """

    end: int
    type: str
    value: str
    period: Period | None = None
    first: date | None = None
    last: date | None = None
    begin: int | None = None  # where it starts, if before the lexeme where it was found


@dataclass(slots=True)
class Reader:
    """A text while it is read from left to right.

    ``named`` is the period named last, with where its name ends; ``hour`` is the last time of day.
    """

    page: Page
    published: date | None
    named: tuple[Period, int] | None = None
    hour: Found | None = None
    _over: tuple[int, Period] | None = None
    _latest: dict[str, tuple[int, Period]] = field(default_factory=dict)

    @property
    def lexemes(self) -> Sequence[Lexeme]:
        return self.page.lexemes

    def word(self, i: int) -> str:
        """The lower-case text of lexeme ``i``, "" beyond either end."""
        lexemes = self.page.lexemes
        return lexemes[i].lower if 0 <= i < len(lexemes) else ""

    def words(self, i: int, count: int) -> tuple[str, ...]:
        return tuple(self.word(j) for j in range(i, i + count))

    def capital(self, i: int) -> bool:
        return 0 <= i < len(self.lexemes) and self.lexemes[i].text[:1].isupper()

    def glued(self, i: int) -> bool:
        return 0 <= i < len(self.lexemes) and self.lexemes[i].glued

    def number(self, i: int) -> int | None:
        """The whole number that lexeme ``i`` writes in digits."""
        if not 0 <= i < len(self.lexemes):
            return None
        lexeme = self.lexemes[i]
        return (
            int(lexeme.text)
            if lexeme.text.isascii() and lexeme.text.isdigit() and len(lexeme.text) < 5
            else None
        )

    def token(self, i: int) -> Token | None:
        """The parser's token in which lexeme ``i`` starts."""
        return self.page.token(i)

    def see(self, found: Found) -> None:
        """Remember what later expressions may be reckoned from."""
        if found.period is not None:
            self.named = found.period, found.end
            self._latest[found.period.granularity] = found.end, found.period
            if found.period.granularity == "day" and self.published and found.period.first <= self.published:
                self._over = found.end, found.period
        if found.type == "TIME":
            self.hour = found

    def last_seen(self, *granularities: str, told: int | None = None) -> Period | None:
        """The period of one of these granularities that was named last.

        What is told at lexeme ``told`` in a past tense is not reckoned from a day to come.
        """
        latest = self._latest
        if told is not None and "day" in latest and self._over is not None and self.tense(told) is Tense.PAST:
            latest = {**latest, "day": self._over}
        seen = [latest[one] for one in granularities if one in latest]
        return max(seen, key=lambda pair: pair[0])[1] if seen else None

    def just_seen(self, i: int, sentences: int = 1) -> Period | None:
        """The period named last, if in the sentence of lexeme ``i`` or at most ``sentences`` before it."""
        if self.named is None:
            return None
        period, end = self.named
        return period if self.page.apart(end - 1, i) <= sentences else None

    def tense(self, i: int) -> Tense:
        """Where the verb that lexeme ``i`` depends on puts it."""
        token = self.token(i)
        if token is None:
            return Tense.UNKNOWN
        if self.words(i - 3, 3) in {("as", "soon", "as"), ("as", "early", "as")}:
            return Tense.FUTURE
        if self._signal(i) == "until" and not any(
            child.lower_ == "had" for child in token.head.head.children
        ):
            return Tense.FUTURE
        return Tense.PAST if self._is_beside_past(i) else _tense(token)

    def _is_beside_past(self, i: int) -> bool:
        """ "said in January it would close", where the parser hands the month to the verb behind it."""
        said = self.token(i - 2)
        signal = self.word(i - 1) in {"in", "on"}
        return signal and said is not None and said.tag_ == "VBD" and said.lemma_.lower() in _SAYING

    def _signal(self, i: int) -> str:
        """The word before an expression that ends at ``i``, the clock time in front of a day left out."""
        j = i - 1
        while (
            j > i - 8
            and (self.word(j) in _OF_CLOCK or self.lexemes[j].sort in (Sort.NUMBER, Sort.CODE))
            and j >= 0
        ):
            j -= 1
        return self.word(j)


Rule = Callable[[Reader, int], Found | None]


def _tense(token: Token, depth: int = 12) -> Tense:
    """The tense of the nearest verb above ``token`` that has one."""
    if any(child.dep_ == "case" for child in token.children):  # "Wednesday's ruling": it lies behind us
        if token.head.dep_ not in {"nsubj", "nsubjpass"}:
            return Tense.PAST
        token = token.head
    start = token.i
    for _ in range(depth):
        if token.lemma_.lower() in AHEAD and token.i <= start:
            return Tense.FUTURE
        if token.pos_ in {"VERB", "AUX"}:
            found = _verb(token)
            if found is not Tense.UNKNOWN:
                return found
        if token.head.i == token.i:
            break
        token = token.head
    return Tense.UNKNOWN


def _infinitive(verb: Token, depth: int, *, done: bool) -> Tense:
    """ "wants to meet" and "agreed to meet" lie ahead, "failed to meet" does not."""
    above = verb.head
    if above.pos_ == "ADJ" and above.lemma_.lower() not in AHEAD:
        while above.pos_ not in {"VERB", "AUX"} and above.head.i != above.i:
            above = above.head  # "left millions of people unable to call on Monday"
    past = above.i < verb.i and above.pos_ in {"VERB", "AUX"} and _verb(above, depth - 1) is Tense.PAST
    intended = above.lemma_.lower() in AHEAD | INTENTIONS
    return Tense.PAST if done or (past and not intended) else Tense.FUTURE


def _verb(verb: Token, depth: int = 4) -> Tense:
    auxiliaries = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    words = {child.lower_ for child in auxiliaries}
    tags = {child.tag_ for child in auxiliaries}
    if words & FUTURE_AUXILIARIES:
        return Tense.PAST if "have" in words else Tense.FUTURE
    if verb.tag_ == "VB" and "to" in words:
        return _infinitive(verb, depth, done="have" in words) if depth else Tense.FUTURE
    if verb.tag_ == "VBD" or "VBD" in tags or words & {"has", "have", "had", "'ve", "’ve"}:
        return Tense.PAST
    if verb.tag_ == "VBN" and not auxiliaries:
        if verb.dep_ in {"ccomp", "oprd", "xcomp"} and verb.head.tag_ == "VB":
            return Tense.UNKNOWN  # "wants to see her gone by Friday"
        return Tense.PAST
    if verb.tag_ in {"VBZ", "VBP"} and not auxiliaries and verb.lemma_ in TIMETABLE:
        return Tense.FUTURE
    if verb.tag_ in {"VBZ", "VBP"} or tags & {"VBZ", "VBP"}:
        return Tense.PRESENT
    return Tense.UNKNOWN
