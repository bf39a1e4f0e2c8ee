"""Names that any newsroom knows, from ``data/*.tsv``, found with one matcher."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from claims.extraction import resources


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name stands for. ``seat``: a town or palace that may stand for the government of ``name``."""

    name: str
    kind: str
    seat: bool = False


@cache
def entries() -> dict[str, Entry]:
    """Surface form to entry; where two lists hold the same form, the earlier wins."""
    table: dict[str, Entry] = {}
    for country, others, people, seats in (_pad(row, 4) for row in resources.rows("countries")):
        name = country[0]
        for form in (name, *others):
            table.setdefault(form, Entry(name, "country"))
        for form in people:
            table.setdefault(form, Entry(name, "country"))
            if form[-1] not in "sh":
                table.setdefault(form + "s", Entry(name, "group"))
        for form in seats:
            table.setdefault(form.removeprefix("the "), Entry(name, "government", seat=True))
    for name, others in (_pad(row, 2) for row in resources.rows("places")):
        for form in (*name, *others):
            table.setdefault(form.removeprefix("the "), Entry(name[0], "place"))
            if form != name[0] and form.endswith("an"):
                table.setdefault(form + "s", Entry(name[0], "group"))
    table["Brussels"] = Entry("European Union", "government", seat=True)
    for name, others in (_pad(row, 2) for row in resources.rows("organisations")):
        for form in (*name, *others):
            table.setdefault(form.removeprefix("the "), Entry(name[0], "organisation"))
    for name, others in (_pad(row, 2) for row in resources.rows("people")):
        for form in (*name, *others):
            table.setdefault(form, Entry(name[0], "person"))
    for form in [form for form in table if "'" in form]:
        table.setdefault(form.replace("'", "’"), table[form])
    return table


class Gazetteer:
    """Finds the entries in a doc. Made once per pipeline, outside any memory zone."""

    def __init__(self, nlp: Language) -> None:
        self._matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._matcher.add("name", [nlp.make_doc(form) for form in entries()])

    def find(self, doc: Doc) -> Iterator[tuple[Span, Entry]]:
        """The longest entry at each place, from left to right, without overlaps."""
        spans = sorted(self._matcher(doc, as_spans=True), key=lambda s: (s.start, -s.end))
        last = 0
        for span in spans:
            if span.start < last or _is_word(span):
                continue
            last = span.end
            yield span, entries()[span.text]


def _is_word(span: Span) -> bool:
    """"WHO" and "US" in a line of capitals are as likely the small words."""
    if len(span) > 1 or not span[0].is_stop or not span[0].is_upper:
        return False
    around = [t for t in span.doc[max(0, span.start - 3) : span.end + 3] if t.is_alpha and t.i != span.start]
    return bool(around) and all(t.is_upper for t in around)


def _pad(row: tuple[tuple[str, ...], ...], width: int) -> tuple[tuple[str, ...], ...]:
    return row[:width] + ((),) * (width - len(row))
