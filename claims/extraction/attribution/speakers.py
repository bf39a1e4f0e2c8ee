"""From a source to the name of who speaks: surnames, offices, pronouns, seats of government."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from claims.extraction.entities import Named
from claims.extraction.entities.people import meant_by_next_pronoun, words

_SHE = frozenset({"she", "her", "herself"})
_HE = frozenset({"he", "him", "his", "himself"})
_MANY = frozenset({"they", "them", "their", "themselves"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
#: How many tokens back a pronoun looks for its name.
_REACH = 120
_BODIES = frozenset({"organisation", "government", "country"})
_NAMED = frozenset({"person", "organisation"})
_FEW = 5  # words of a source behind its owner
_DROPPED = frozenset({"the", "this", "that", "these", "those"})


class Speakers:
    """Resolves the sources of one text."""

    def __init__(self, doc: Doc, named: tuple[Named, ...]) -> None:
        self._doc = doc
        self._named = named
        self._at = {i: one for one in named for i in range(one.start, one.end)}
        self._content: set[int] = set()
        self._described: dict[str, str] = {}

    def resolve(self, head: Token, content: set[int]) -> tuple[str | None, str]:
        """The canonical name and its kind; (None, "") where a pronoun points nowhere.

        Whom the ``content`` names is not who says it: "I met Ms Lee," she said.
        """
        self._content = content
        return self._resolve(head)

    def _resolve(self, head: Token, depth: int = 0) -> tuple[str | None, str]:
        lower = head.lower_
        if lower in _RELATIVE and depth < 3:
            clause = head.head
            while clause.dep_ not in {"relcl", "ROOT"} and clause.head.i != clause.i:
                clause = clause.head
            return self._resolve(clause.head, depth + 1) if clause.dep_ == "relcl" else (None, "")
        if lower in _HE | _SHE:
            return self._person_before(head.i, "m" if lower in _HE else "f")
        if lower in _MANY or lower in {"it", "its"}:
            return self._body_before(head.i, many=lower in _MANY)
        described = any(child.dep_ in {"prep", "relcl"} for child in head.children)  # "one of her aides"
        if lower in {"i", "we", "me", "us", "you"} or (head.pos_ == "PRON" and not described):
            return None, ""
        return self._noun(head)

    def _noun(self, head: Token) -> tuple[str | None, str]:
        one = self._at.get(head.i)
        if one is not None and one.kind != "group":
            return self._name(one)
        apposed = next((c for c in head.children if c.dep_ == "appos" and self._kind(c.i) in _NAMED), None)
        if apposed is not None:
            return self._name(self._at[apposed.i])
        if head.lower_ in words("offices"):
            return self._office(head)
        return self._owned(head) or self._body(head)

    def _body(self, head: Token) -> tuple[str, str]:
        """The "commission" after an "electoral commission": the last body named or described so, in full."""
        description = self._description(head)
        if description.lower() != head.lower_:
            self._described[head.lower_] = description
            return description, ""
        for one in reversed(self._named):
            if one.start < head.i and one.kind in _BODIES and one.name.lower().split()[-1] == head.lower_:
                return self._name(one)
        return self._described.get(head.lower_, description), ""

    def _kind(self, index: int) -> str:
        return self._at[index].kind if index in self._at else ""

    def _name(self, one: Named) -> tuple[str, str]:
        """A seat of government speaks under its own name: "Kremlin", "Washington"."""
        return (self._doc[one.start : one.end].text if one.kind == "government" else one.name), one.kind

    def _office(self, head: Token) -> tuple[str | None, str]:
        """The last person of that office for "the spokeswoman"; "spokeswoman of X" for "his"."""
        owner = next((child for child in head.children if child.dep_ == "poss"), None)
        definite = any(child.lower_ == "the" for child in head.children)
        if definite or owner is not None:
            for one in reversed(self._named):
                if one.start < head.i and one.person and head.lower_ in one.person.offices:
                    return one.person.name, "person"
        return self._owned(head) or (self._description(head), "")

    def _owned(self, head: Token) -> tuple[str, str] | None:
        """ "lawyers of Ann Holt" for "his lawyers": a source that only a pronoun tells apart."""
        owner = next((child for child in head.children if child.dep_ == "poss"), None)
        if owner is None or owner.pos_ != "PRON":
            return None
        self._content = set()  # "Holt resigned, his spokesman said": the owner may be whom it is about
        name, _ = self._resolve(owner, 1)
        words_ = self._doc[owner.i + 1 : head.i + 1].text if head.i - owner.i < _FEW else head.text
        return (f"{words_} of {name}" if name else words_), ""

    def _person_before(self, at: int, gender: str) -> tuple[str | None, str]:
        """The nearest person before, subjects first, and not out of what is said."""
        seen: list[Named] = []
        floor = max(0, min([at, *self._content]) - _REACH)
        for one in reversed(self._named):
            if one.start >= at or one.start < floor or one.start in self._content:
                continue
            if one.kind == "person" and not (one.person and one.person.gender not in {"", gender}):
                seen.append(one)
        if not seen:
            return None, ""
        near = seen[0]
        sentence = self._doc[near.start].sent.start
        subject = next(
            (
                one
                for one in seen
                if one.start >= sentence and self._doc[one.end - 1].dep_ in {"nsubj", "nsubjpass"}
            ),
            None,
        )
        if subject is not None:
            meant = meant_by_next_pronoun(self._doc[subject.end - 1])
            subject = next((one for one in seen if one.start <= meant.i < one.end), subject)
        chosen = subject or near
        if chosen.person and not chosen.person.gender:
            chosen.person.gender = gender
        return chosen.name, "person"

    def _body_before(self, at: int, *, many: bool) -> tuple[str | None, str]:
        for one in reversed(self._named):
            near = at - _REACH <= one.start < at and one.kind in _BODIES
            if near and self._doc[one.end - 1].dep_ in {"nsubj", "nsubjpass"}:
                return self._name(one)
        return self._plural_before(at) if many else (None, "")

    def _plural_before(self, at: int) -> tuple[str | None, str]:
        for token in reversed(self._doc[max(0, at - _REACH // 2) : at]):
            if token.dep_ == "nsubj" and token.tag_ == "NNS":
                return self._description(token), ""
        return None, ""

    def _description(self, head: Token) -> str:
        """As in "a person familiar with the planning": the noun phrase up to its first clause or comma."""
        start, end = head.left_edge.i, head.right_edge.i + 1
        for child in head.children:
            if child.i > head.i and (child.dep_ in {"relcl", "appos", "punct", "cc"} or child.text == ","):
                end = min(end, child.left_edge.i)
        while start < head.i and (
            self._doc[start].lower_ in _DROPPED or self._doc[start].is_punct or self._doc[start].is_space
        ):
            start += 1
        return " ".join(self._doc[start:end].text.split()).strip(' ,;:—–-“”"')
