"""Which body "the company", "the grocer" and "it" are: named or described before in the same text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from claims.extraction.attribution.lexicon import bodies, generic
from claims.extraction.entities import Named
from claims.extraction.entities.people import words

KINDS = frozenset({"organisation", "government", "country"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
#: How many tokens back a word that names nothing looks for its body.
REACH = 120


class Bodies:
    """The bodies of one text, by what they are called."""

    def __init__(self, doc: Doc, named: tuple[Named, ...]) -> None:
        self._doc = doc
        self._ending = {one.end - 1: one for one in named if one.kind in KINDS}
        self._unknown = _unknown(doc, {i for one in named for i in range(one.start, one.end)})
        self._as = _descriptions(doc, self._ending, self._unknown)
        self._described: dict[str, str] = {}
        organisations = [i for i, one in self._ending.items() if one.kind == "organisation"]
        self._firms = sorted([*organisations, *self._unknown])
        self._by_last_word: dict[str, list[Named]] = {}
        for one in self._ending.values():
            self._by_last_word.setdefault(one.name.lower().split()[-1], []).append(one)

    def describe(self, noun: str, description: str) -> None:
        """Keeps the full wording, as "electoral commission", for a later "commission"."""
        self._described[noun] = description

    def bare(self, head: Token) -> Named | str | None:
        """For a noun without more: the last body named or described so, in full; None if there is none."""
        noun = head.lower_
        return self.fuller(head) or (
            self.firm_before(head.i) if noun in generic() and head.tag_ == "NN" else None
        )

    def fuller(self, head: Token) -> Named | str | None:
        """The name or description that ends in the noun, or that the noun was put beside."""
        noun = head.lower_
        known = self.ending_in(head) or self._described.get(noun)
        return known or next((body for at, body in reversed(self._as.get(noun, [])) if at < head.i), None)

    def ending_in(self, head: Token) -> Named | None:
        """The last body before whose name ends in the noun: "Harbour Council" for "council"."""
        same = self._by_last_word.get(head.lower_, [])
        before = bisect_left(same, head.i, key=lambda one: one.end)
        return same[before - 1] if before else None

    def firm_before(self, at: int) -> Named | str | None:
        """The organisation that "the company" stands for: the last one that did something, else the last one."""
        low, high = bisect_left(self._firms, at - REACH), bisect_left(self._firms, at)
        near = self._firms[low:high]
        acting = [i for i in near if self._doc[i].dep_ in _SUBJECTS]
        last = acting[-1:] or near[-1:]
        return (self._ending.get(last[0]) or self._unknown[last[0]]) if last else None

    def before(self, at: int, told: set[int]) -> Named | Token | None:
        """What "it" means: the subject its clause is joined to, else the nearest that is a body and not ``told`` of."""
        found = (self._body(token) for token in self._subjects(at) if token.i not in told)
        return next((body for body in found if body is not None), None)

    def _subjects(self, at: int) -> Iterator[Token]:
        clause = self._doc[at].head
        if clause.dep_ == "conj":
            yield from (child for child in clause.head.lefts if child.dep_ in _SUBJECTS)
        yield from (t for t in reversed(self._doc[max(0, at - REACH) : at]) if t.dep_ in _SUBJECTS)

    def _body(self, subject: Token) -> Named | Token | None:
        if subject.i in self._ending:
            return self._ending[subject.i]
        owned = any(
            child.dep_ == "poss" for child in subject.children
        )  # "its agency": whose is another question
        return subject if subject.tag_ == "NN" and subject.lemma_.lower() in bodies() and not owned else None


def _unknown(doc: Doc, known: set[int]) -> dict[int, str]:
    """Names that the recogniser missed and that no office describes, by their last token: "Nordmart, a grocer"."""
    found = {}
    for noun in doc:
        name = noun.head
        if noun.dep_ == "appos" and noun.pos_ == "NOUN" and name.pos_ == "PROPN" and name.i not in known:
            first = min([name.i, *(c.i for c in name.lefts if c.dep_ == "compound")])
            if noun.lower_ not in words("offices"):
                found[name.i] = doc[first : name.i + 1].text
    return found


def _descriptions(
    doc: Doc, ending: dict[int, Named], unknown: dict[int, str]
) -> dict[str, list[tuple[int, Named | str]]]:
    """Nouns put beside names, with where: "Nordmart, the largest grocer", "the airline Skyways"."""
    found: dict[str, list[tuple[int, Named | str]]] = {}
    names: dict[int, Named | str] = {**ending, **unknown}
    for end, one in sorted(names.items(), key=lambda pair: pair[0]):
        root = doc[end]
        beside = [c for c in root.children if c.dep_ in {"appos", "compound", "nmod"} and c.pos_ == "NOUN"]
        if root.dep_ == "appos" and root.head.pos_ == "NOUN":
            beside.append(root.head)
        if root.dep_ == "nsubj" and root.head.lemma_ == "be":
            beside += [c for c in root.head.rights if c.dep_ == "attr" and c.pos_ == "NOUN"]
        for noun in beside:
            if isinstance(one, str) or not one.start <= noun.i < one.end:
                found.setdefault(noun.lower_, []).append((max(noun.i, end), one))
    return found
