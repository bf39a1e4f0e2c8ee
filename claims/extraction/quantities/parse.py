"""The parser's view of a lexeme, kept apart so that the grammar needs it only where grammar does."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from claims.extraction.quantities.lexer import Lexeme, lex

_FAR = 80  # tokens


@dataclass(slots=True)
class Page:
    """A parsed text with its lexemes."""

    doc: Doc
    text: str = field(init=False)
    lexemes: Sequence[Lexeme] = field(init=False)
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.text = self.doc.text  # joined anew at every access
        self.lexemes = lex(self.text)
        self._starts = self.doc.to_array("IDX").tolist()  # no Python object for each token

    def token(self, i: int) -> Token | None:
        """The token in which lexeme ``i`` starts; None beyond either end."""
        if not 0 <= i < len(self.lexemes) or not self._starts:
            return None
        return self.token_at(self.lexemes[i].start)

    def token_at(self, char: int) -> Token:
        return self.doc[max(0, bisect_right(self._starts, char) - 1)]

    def word(self, i: int) -> str:
        return self.lexemes[i].lower if 0 <= i < len(self.lexemes) else ""

    def glued(self, i: int) -> bool:
        """Whether lexeme ``i`` touches the one before it."""
        return 0 <= i < len(self.lexemes) and self.lexemes[i].glued

    def line_start(self, i: int) -> bool:
        """Whether lexeme ``i`` is the first on its line."""
        if i == 0:
            return True
        return "\n" in self.text[self.lexemes[i - 1].end : self.lexemes[i].start]

    def same_sentence(self, i: int, j: int) -> bool:
        """Whether lexemes ``i`` and ``j`` stand in one sentence; far apart they are taken not to."""
        return self.apart(i, j) == 0

    def apart(self, i: int, j: int) -> int:
        """How many sentences lie between lexemes ``i`` and ``j``, 0 within one; many where they are far apart."""
        left, right = self.token(i), self.token(j)
        if left is None or right is None or abs(right.i - left.i) > _FAR:
            return _FAR
        first, last = sorted((left.i, right.i))
        return sum(bool(self.doc[k].is_sent_start) for k in range(first + 1, last + 1))
