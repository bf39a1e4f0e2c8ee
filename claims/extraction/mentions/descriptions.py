"""What "the grocer", "the mayor" and "the commission" stand for, where the article has said so before.

A definite description takes up somebody or something known (Vieira and Poesio, 2000). Three kinds are
safe enough to put the name for: one that an apposition, a title or a copula tied to a name ("Brandel,
the largest grocer", "Mayor Ana Torres"), one whose noun a name holds ("the Bank of Marenia"), and the
same noun described more fully before ("the electoral commission"). An organisation may also be taken up
by what it is ("the company"), if one was the talk just before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property

from spacy.tokens import Token

from claims.extraction import resources
from claims.extraction.entities import people
from claims.extraction.mentions.view import View
from claims.extraction.types import EntityMention

_REACH = 2000  # tokens back that a name or a fuller description is looked for
_LONGEST = 7  # tokens of a fuller description
_MODIFIERS = ("compound", "amod", "nmod", "poss")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(resources.toml("reference")[name])


class Descriptions:
    """Resolves nouns with "the" of one document."""

    def __init__(self, view: View, before: Callable[[Token], Iterator[tuple[int, int]]]) -> None:
        """``before`` gives the token ranges to look in, nearest first, for a token."""
        self._view = view
        self._ranges = before

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where each noun stands, in text order, and to none of which a pronoun or heading belongs."""
        places = defaultdict(list)
        for sentence in self._view.parts.sentences:
            for token in self._view.doc[slice(*self._view.tokens(sentence.start, sentence.end))]:
                if token.pos_ in ("NOUN", "PROPN"):
                    places[token.lower_].append(token.i)
        return places

    @staticmethod
    def may_open(i: int, words: Sequence[str]) -> bool:
        """Whether the word at ``i`` may be the noun of a description: "the" stands before it or before its title."""
        if words[i - 1 : i] == ["the"]:
            return True
        return words[max(0, i - 2) : i - 1] == ["the"] and words[i] in people.words("offices")

    def resolve(self, noun: Token) -> str | None:
        """The words to put for ``noun`` with what stands before it; None where it is unsure or full already."""
        if not is_definite(noun):
            return None
        if noun.lower_ in _words("countries"):
            return self._nearest_country(noun)
        office = noun.lower_ in people.words("offices")
        organisation = noun.lower_ in _words("organisations")
        for earlier in self._earlier(noun):
            named = self._named(earlier)
            if named is not None and (office or named.kind != "person"):
                return self.called(named)
            if organisation or noun.lemma_.lower() in _words("events"):
                fuller = self._fuller(earlier)
                if fuller is not None:
                    return fuller
        return self._talked_of(noun) if noun.lower_ in _words("companies") else None

    def _earlier(self, noun: Token) -> Iterator[Token]:
        """The same noun before, with the same modifiers, nearest first."""
        modifiers = {c.lower_ for c in noun.lefts if c.dep_ in _MODIFIERS}
        for i in reversed(self._places.get(noun.lower_, ())):
            if i < noun.i - _REACH:
                return
            if i < noun.i and modifiers <= {t.lower_ for t in self._view.doc[max(0, i - 2) : i]}:
                yield self._view.doc[i]

    def _named(self, noun: Token) -> EntityMention | None:
        """Whom or what an earlier ``noun`` described: by apposition, as a title, or after "is"."""
        at = self._view.entity_at
        ties = [noun.head] if noun.dep_ == "appos" else [c for c in noun.children if c.dep_ == "appos"]
        if noun.dep_ in ("compound", "nmod") and noun.i + 1 in at and at[noun.i + 1].kind == "person":
            ties.append(self._view.doc[noun.i + 1])
        if noun.dep_ == "attr" and noun.head.lemma_ == "be":
            ties += [c for c in noun.head.children if c.dep_ == "nsubj"]
        for tie in ties:
            entity = at.get(tie.i)
            if entity is not None and entity.kind in ("person", "organisation", "other") and noun.i not in at:
                return entity
        return None

    def called(self, entity: EntityMention) -> str:
        """The name as a sentence would have it: "the Bank of Marenia", "Brandel"."""
        first, _ = self._view.tokens(entity.start, entity.end)
        article = entity.kind != "person" and first > 0 and self._view.doc[first - 1].lower_ == "the"
        return f"the {entity.name}" if article and not entity.name.startswith("The ") else entity.name

    def _fuller(self, noun: Token) -> str | None:
        """An earlier mention with more words to it: part of a name, or with modifiers."""
        entity = self._view.entity_at.get(noun.i)
        if entity is not None and entity.kind in ("organisation", "government") and " " in entity.text:
            return self.called(entity)
        modifiers = [c for c in noun.lefts if c.dep_ in _MODIFIERS and c.pos_ != "PRON"]
        vague = any(m.i in self._view.time_tokens or m.lower_ in _words("empty") for m in modifiers)
        if not modifiers or vague or noun.left_edge.tag_ == "PRP$":  # "his shipping company", told in passing
            return None
        first = noun.left_edge.i
        if noun.i - first > _LONGEST:
            return None
        text, opening = self._view.doc[first : noun.i + 1].text, noun.doc[first]
        if opening.dep_ == "det" and opening.lower_ in ("the", "a", "an", "this", "that"):
            return "the " + text[len(opening.text_with_ws) :]
        return text if any(c.dep_ == "poss" for c in noun.children) else "the " + text

    def is_body(self, noun: Token) -> bool:
        """Whether the noun is one that has heads and spokesmen: an organisation, a country, "the board"."""
        entity = self._view.entity_at.get(noun.i)
        if entity is not None:
            return entity.kind in ("organisation", "government", "country")
        return any(noun.lower_ in _words(name) for name in ("organisations", "companies", "countries"))

    def may_be(self, named: Token, noun: Token) -> bool:
        """Whether the name at token ``named`` may be what ``noun`` says: an organisation a bank, a country a nation."""
        entity = self._view.entity_at.get(named.i)
        kinds = {"organisation": ("organisations", "companies"), "country": ("countries",)}
        lists = kinds.get(entity.kind, ()) if entity is not None else ()
        return any(noun.lemma_.lower() in _words(name) for name in lists)

    def _before(self, noun: Token) -> Iterator[tuple[EntityMention, ...]]:
        """The names of the sentence up to ``noun``, then of the sentences before, nearest first."""
        for low, high in self._ranges(noun):
            yield self._view.entities(low, high) if high > low else ()

    def _nearest_country(self, noun: Token) -> str | None:
        for entities in self._before(noun):
            names = [e.name for e in entities if e.kind == "country"]
            if names:
                return names[-1]
        return None

    def _talked_of(self, noun: Token) -> str | None:
        """ "The company": the one organisation that the sentences before speak of, as a subject of theirs."""
        for entities in self._before(noun):
            firms = {e.name: e for e in entities if e.kind == "organisation"}
            if firms:
                (firm, *others) = firms.values()
                head = self._view.head_of(*self._view.tokens(firm.start, firm.end))
                return (
                    self.called(firm) if not others and head.dep_ in ("nsubj", "nsubjpass", "poss") else None
                )
        return None


def is_definite(noun: Token) -> bool:
    """ "the commission", "the prime minister": nothing but "the" and modifiers of the noun's own kind."""
    if noun.pos_ != "NOUN":
        return False
    before = [c for c in noun.children if c.i < noun.i]
    behind = [c for c in noun.children if c.i > noun.i and c.dep_ in ("prep", "relcl", "acl", "appos")]
    if behind or not before or before[0].lower_ != "the" or noun.dep_ in ("compound", "appos"):
        return False
    rest = before[1:]
    return not rest or (noun.lower_ in people.words("offices") and all(_is_part_of_title(c) for c in rest))


def _is_part_of_title(token: Token) -> bool:
    return token.lower_ in people.words("titles") and token.dep_ in _MODIFIERS
