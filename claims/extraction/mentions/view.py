"""One text under the eye: the parse and the layers read from it, addressed by token and by character."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Protocol, TypeVar

from spacy.attrs import DEP, HEAD, IDX, IS_SPACE, LEMMA, LENGTH, LOWER
from spacy.tokens import Doc, Token

from claims.extraction.attribution.lexicon import lemma
from claims.extraction.mentions import lexicon
from claims.extraction.parts import Parts
from claims.extraction.types import Attitude, AttributedSpeech, EntityMention, Quantity, Span, TimeExpression


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


T = TypeVar("T", bound=_Spanned)


class View:
    """A doc with its parts. Token offsets are indices into the doc, character offsets into the text."""

    def __init__(self, doc: Doc, parts: Parts) -> None:
        self.doc = doc
        self.parts = parts
        layers = doc.to_array([IDX, LENGTH, HEAD, IS_SPACE]).astype("int64")
        self._starts: list[int] = layers[:, 0].tolist()
        self._ends: list[int] = (layers[:, 0] + layers[:, 1]).tolist()
        self._blank: list[int] = layers[:, 3].tolist()
        #: the token that each token hangs on, itself at the root of a sentence
        self.heads: list[int] = (layers[:, 2] + range(len(doc))).tolist()
        self._found: dict[tuple[str, int, int], tuple[Any, ...]] = {}

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that characters ``start`` to ``end`` touch, as a half-open range."""
        first = max(0, bisect_right(self._starts, start) - 1)
        if first < len(self._ends) and self._ends[first] <= start:
            first += 1
        return first, max(first, bisect_left(self._starts, end))

    def chars(self, first: int, last: int) -> tuple[int, int]:
        """The characters of the tokens ``first`` to ``last``, ``last`` exclusive, without blanks at the end."""
        while last - 1 > first and self._blank[last - 1]:
            last -= 1
        return self._starts[first], self._ends[last - 1]

    @cached_property
    def forms(self) -> list[tuple[str, str]]:
        """The lower-case word and lemma of every token."""
        return list(zip(self.words, (lemma.lower() for lemma in self._layer(LEMMA)), strict=True))

    @cached_property
    def words(self) -> list[str]:
        """The lower-case word of every token."""
        return self._layer(LOWER)

    @cached_property
    def relations(self) -> list[str]:
        """What every token is to its head: the label of its dependency."""
        return self._layer(DEP)

    def _layer(self, attribute: int) -> list[str]:
        """An attribute of all tokens, without making a Python object of each of them."""
        hashes = self.doc.to_array(attribute).tolist()
        texts = {one: self.doc.vocab.strings[one] for one in set(hashes)}
        return [texts[one] for one in hashes]

    @cached_property
    def speeches(self) -> tuple[AttributedSpeech, ...]:
        """The attributions of propositions.

        Left out are judgements of a thing ("criticised the sale"), acts on one ("the senate rejected
        the treaty"), and what a parser's slip carries over a semicolon ("X says a; Y doubts b").
        """
        return tuple(
            s
            for s in self.parts.attributions
            if s.direct
            or self._judges(s)
            or not (s.attitude is Attitude.JUDGED or self._crosses(s) or self._acts(s))
        )

    def _judges(self, speech: AttributedSpeech) -> bool:
        """ "Each army blames the other": a judgement that somebody put in words."""
        if speech.attitude is not Attitude.JUDGED or self._crosses(speech):
            return False
        return bool(self._cues(speech) & lexicon.VERDICT)

    def _cues(self, speech: AttributedSpeech) -> set[str]:
        return {lemma(t) for span in speech.cue for t in self.doc[slice(*self.tokens(span.start, span.end))]}

    def _acts(self, speech: AttributedSpeech) -> bool:
        cues = self._cues(speech)
        if not cues or cues & (
            lexicon.STANCE
            | lexicon.FORECAST
            | lexicon.LABEL
            | lexicon.ALLEGE
            | lexicon.FIGURE
            | lexicon.ACCOUNTING
            | {"deny", "accord"}
        ):
            return False
        if cues & lexicon.TALLY and any(
            i in self.quantity_tokens
            for span in speech.content
            for i in range(*self.tokens(span.start, span.end))
        ):
            return False
        said = [i for span in speech.content for i in range(*self.tokens(span.start, span.end))]
        inside = frozenset(said)
        heads = [self.doc[i] for i in said if self.doc[i].head.i == i or self.doc[i].head.i not in inside]
        return not any(is_verb(t) for t in heads) and not any(
            self.doc[i].lemma_.lower() in lexicon.CLAIM_NOUNS for i in said
        )

    def _crosses(self, speech: AttributedSpeech) -> bool:
        if not speech.cue or not speech.content:
            return False
        cue, content = speech.cue[0], speech.content[0]
        low, high = (content.end, cue.start) if content.end <= cue.start else (cue.end, content.start)
        return ";" in self.parts.text[max(0, low - 1) : high]

    def _marked(self, spans: Iterable[_Spanned]) -> frozenset[int]:
        return frozenset(i for span in spans for i in range(*self.tokens(span.start, span.end)))

    @cached_property
    def cue_tokens(self) -> frozenset[int]:
        return self._marked(span for speech in self.speeches for span in speech.cue)

    @cached_property
    def source_tokens(self) -> frozenset[int]:
        return self._marked(span for speech in self.speeches for span in speech.source)

    @cached_property
    def quantity_tokens(self) -> frozenset[int]:
        return self._marked(self.parts.quantities)

    @cached_property
    def time_tokens(self) -> frozenset[int]:
        return self._marked(self.parts.times)

    @cached_property
    def entity_tokens(self) -> frozenset[int]:
        return self._marked(self.parts.entities)

    @cached_property
    def entity_at(self) -> dict[int, EntityMention]:
        """The entity that each token belongs to."""
        return {i: e for e in self.parts.entities for i in range(*self.tokens(e.start, e.end))}

    @cached_property
    def kinds(self) -> dict[str, str]:
        """What kind of thing each canonical name is, by its first mention."""
        return {e.name: e.kind for e in reversed(self.parts.entities)}

    @cached_property
    def speech_at_cue(self) -> dict[int, AttributedSpeech]:
        """The attribution that each cue token opens."""
        return {
            i: speech
            for speech in self.speeches
            for cue in speech.cue
            for i in range(*self.tokens(cue.start, cue.end))
        }

    @cached_property
    def speech_of(self) -> dict[int, AttributedSpeech]:
        """The innermost attribution whose content holds each token."""
        held: dict[int, AttributedSpeech] = {}
        for speech in sorted(self.speeches, key=lambda s: -extent(s.content)):
            for span in speech.content:
                for i in range(*self.tokens(span.start, span.end)):
                    held[i] = speech
        return held

    def _inside(self, layer: str, items: Sequence[T], first: int, last: int) -> tuple[T, ...]:
        """What of a layer lies in the tokens; every clause is asked for it several times."""
        key = layer, first, last
        if key not in self._found:
            self._found[key] = within(items, *self.chars(first, last))
        return self._found[key]

    def quantities(self, first: int, last: int) -> tuple[Quantity, ...]:
        return self._inside("quantities", self.parts.quantities, first, last)

    def head_of(self, first: int, last: int) -> Token:
        """The token that the others hang on (``Span.root``, which scans the whole doc each time)."""
        inside = range(first, last)
        return next(
            (t for t in self.doc[first:last] if t.head.i == t.i or t.head.i not in inside), self.doc[first]
        )

    def figures(self, first: int, last: int) -> tuple[Quantity, ...]:
        """The quantities that inform: not "the two countries", which only counts what is known."""
        return tuple(q for q in self.quantities(first, last) if not self._only_counts(q))

    def told(self, first: int, last: int) -> tuple[Quantity, ...]:
        """The quantities that a claim over the tokens tells: not "the two countries", nor the age set
        behind a name ("Lindqvist, 38, won"), which belong to whom it is about."""
        return tuple(q for q in self.quantities(first, last) if not (self._is_known(q) or self._is_aside(q)))

    def _is_known(self, quantity: Quantity) -> bool:
        low, _ = self.tokens(quantity.start, quantity.end)
        few = quantity.text.lower().startswith(("two ", "three ")) and quantity.text.count(" ") == 1
        return few and low > 0 and self.doc[low - 1].lower_ in ("the", "these", "those", "both")

    def _is_aside(self, quantity: Quantity) -> bool:
        low, high = self.tokens(quantity.start, quantity.end)
        if quantity.measure != "age" or low == 0 or high >= len(self.doc):
            return False
        behind = self.doc[high].text in (",", ".", ";", ")")
        return quantity.text.isdigit() and self.doc[low - 1].text == "," and behind

    def _only_counts(self, quantity: Quantity) -> bool:
        low, _ = self.tokens(quantity.start, quantity.end)
        if quantity.text.lower() in ("one", "a", "an"):
            return True
        small = quantity.value in (1, 2, 3, 4, 5) and quantity.unit != "%" and not quantity.text[:1].isdigit()
        return (
            small
            and low > 0
            and self.doc[low - 1].lower_ in ("the", "these", "those", "both", "all", "other", "this", "of")
        )

    def times(self, first: int, last: int) -> tuple[TimeExpression, ...]:
        return self._inside("times", self.parts.times, first, last)

    def entities(self, first: int, last: int) -> tuple[EntityMention, ...]:
        return self._inside("entities", self.parts.entities, first, last)


def extent(spans: Sequence[Span]) -> int:
    """How many characters the spans cover together."""
    return sum(span.end - span.start for span in spans)


def within(items: Sequence[T], start: int, end: int) -> tuple[T, ...]:
    """Those of ``items``, which stand in text order, that lie wholly inside ``start`` to ``end``."""
    low = bisect_left(items, start, key=lambda item: item.start)
    high = bisect_left(items, end, key=lambda item: item.start)
    return tuple(item for item in items[low:high] if item.end <= end)


def is_verb(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def is_finite(token: Token) -> bool:
    """Whether the verb, with its auxiliaries, carries tense."""
    if token.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return True
    return any(
        child.dep_ in ("aux", "auxpass") and child.tag_ in ("VBD", "VBZ", "VBP", "MD")
        for child in token.children
    )


def is_past(head: Token) -> bool:
    """Past or perfect: "lost", "has lost", "was lost", not "will lose" nor "to be lost"."""
    auxiliaries = [c for c in head.children if c.dep_ in ("aux", "auxpass")]
    if any(a.tag_ == "MD" or a.lower_ in ("will", "would", "to") for a in auxiliaries):
        return False
    if head.tag_ == "VBD" or any(a.tag_ == "VBD" for a in auxiliaries):
        return True
    # "are mixed" is a present state, "has mixed" and the bare participle are not
    return head.tag_ == "VBN" and (any(a.lemma_.lower() == "have" for a in auxiliaries) or not auxiliaries)


def subject_of(token: Token) -> Token | None:
    """The subject of a verb, its own or the one that it shares with the verb it is coordinated to."""
    seen = 0
    while seen < 8:
        subjects = [
            c for c in token.children if c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl", "csubjpass")
        ]
        if subjects:
            return subjects[-1]
        if token.dep_ not in ("conj", "xcomp", "advcl") or not is_verb(token.head) or token.head.i == token.i:
            return None
        token, seen = token.head, seen + 1
    return None
