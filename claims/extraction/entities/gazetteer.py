"""Names that any newsroom knows, from ``data/*.tsv``, found with one matcher."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from claims.extraction import resources
from claims.extraction.noise import BlockKind


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
    for form, entry in (
        *_countries(),
        *_others("organisations", "organisation"),
        *_places(),
        *_others("people", "person"),
    ):
        table.setdefault(form.removeprefix("the "), entry)
    for form in [form for form in table if "'" in form]:
        table.setdefault(form.replace("'", "’"), table[form])
    return table


def _countries() -> Iterator[tuple[str, Entry]]:
    for row in resources.rows("countries"):
        (country,), others, inhabitants, seats = _pad(row, 4)
        yield from ((form, Entry(country, "country")) for form in (country, *others, *inhabitants))
        yield from _plurals(country, inhabitants)
        yield from ((form, Entry(country, "government", seat=True)) for form in seats)
    yield "Brussels", Entry("European Union", "government", seat=True)


def _places() -> Iterator[tuple[str, Entry]]:
    yield from _others("places", "place")
    for row in resources.rows("places"):
        (place,), adjectives = _pad(row, 2)
        yield from _plurals(place, (form for form in adjectives if form.endswith("an")))


def _others(table: str, kind: str) -> Iterator[tuple[str, Entry]]:
    for row in resources.rows(table):
        (name,), forms = _pad(row, 2)
        yield from ((form, Entry(name, kind)) for form in (name, *forms))


def _plurals(name: str, inhabitants: Iterable[str]) -> Iterator[tuple[str, Entry]]:
    """The inhabitants: "Americans", but not "Frenchs"."""
    return ((form + "s", Entry(name, "group")) for form in inhabitants if form[-1] not in "sh")


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
    """The "WHO" and "IT" in a heading in capitals are as likely the small words; "US" is more often a name."""
    if len(span) > 1 or not span[0].is_stop or not span[0].is_upper or span.text == "US":
        return False
    at = span.start_char
    return any(
        block.kind is BlockKind.HEADING and block.start <= at < block.end for block in span.doc._.blocks
    )


def _pad(row: tuple[tuple[str, ...], ...], width: int) -> tuple[tuple[str, ...], ...]:
    return row[:width] + ((),) * (width - len(row))
