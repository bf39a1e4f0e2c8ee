"""spaCy's attribute ruler, with the same annotation in a tenth of its time.

The model's rules map tags to parts of speech and morphology, with exceptions for some words. The original tries each
of nearly two hundred rules on each token, which is a tenth of the whole parse; here the rules that a word with its tag
and dependency meets are looked up once and remembered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from spacy.attrs import DEP, IS_SPACE, LOWER, TAG
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

_NAME = "remembering_ruler"
_READ: dict[str, int | str] = {"TAG": TAG, "LOWER": LOWER, "DEP": DEP, "IS_SPACE": IS_SPACE}
_REMEMBERED = 1 << 16  # words with tag and dependency; an article has about a thousand

Values = tuple[int, ...]  # what a token has of each of _READ
Test = Callable[[Values], bool]


def quicken(nlp: Language) -> None:
    """Let the model's attribute ruler remember; it annotates as it did before."""
    if "attribute_ruler" in nlp.pipe_names:
        rules = nlp.get_pipe("attribute_ruler").patterns  # type: ignore[attr-defined]
        nlp.replace_pipe("attribute_ruler", _NAME)
        nlp.get_pipe("attribute_ruler").add_patterns(rules)  # type: ignore[attr-defined]


class RememberingRuler(AttributeRuler):
    """An attribute ruler for rules of words, tags, dependencies and blanks; others it leaves to the original."""

    def add_patterns(self, patterns: Any) -> None:
        super().add_patterns(patterns)
        rules: Any = self.patterns
        try:
            self._rules: list[tuple[int, list[Test]]] | None = [
                (number, [self._test(token) for token in alternative])
                for number, rule in enumerate(rules)
                for alternative in rule["patterns"]
            ]
        except _Unread:
            self._rules = None
        self._begun = lru_cache(_REMEMBERED)(self._begin)

    def match(self, doc: Doc) -> Any:
        """(number of the rule, its name, first token, last token exclusive), later rules last."""
        if self._rules is None:
            return super().match(doc)
        tokens: list[Values] = [tuple(row) for row in doc.to_array(list(_READ.values())).tolist()]
        found = []
        for start, token in enumerate(tokens):
            for number, name, rest in self._begun(token):
                end = start + 1 + len(rest)
                following = tokens[start + 1 : end]
                if len(following) == len(rest) and all(t(v) for t, v in zip(rest, following, strict=True)):
                    found.append((number, name, start, end))
        return sorted(found)

    def _begin(self, token: Values) -> list[tuple[int, int, Sequence[Test]]]:
        """The rules that may begin at the token, with what the tokens behind it have to meet."""
        return [
            (number, self.vocab.strings[str(number)], tests[1:])
            for number, tests in self._rules or ()
            if tests[0](token)
        ]

    def _test(self, wanted: Mapping[str, Any]) -> Test:
        if not wanted.keys() <= _READ.keys():
            raise _Unread
        tests = [self._one(list(_READ).index(name), value) for name, value in wanted.items()]
        return lambda token: all(test(token) for test in tests)

    def _one(self, column: int, wanted: Any) -> Test:
        strings = self.vocab.strings
        if not isinstance(wanted, dict):
            value = strings.add(wanted) if isinstance(wanted, str) else int(wanted)
            return lambda token: token[column] == value
        ((operator, operand),) = wanted.items()
        if operator == "REGEX":
            regex = re.compile(operand)
            return lambda token: regex.search(strings[token[column]]) is not None
        if operator not in ("IN", "NOT_IN"):
            raise _Unread
        values = {strings.add(word) if word else 0 for word in operand}
        return lambda token: (token[column] in values) is (operator == "IN")


class _Unread(Exception):
    """A rule asks for something that is not read here."""


@Language.factory(_NAME)
def _make(nlp: Language, name: str) -> RememberingRuler:
    return RememberingRuler(nlp.vocab, name)
