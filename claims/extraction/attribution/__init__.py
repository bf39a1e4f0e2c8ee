"""Who said what: attributions of direct, indirect and mixed speech in the sense of PolNeAR.

Newell, Margolin, Ruths: "An Attribution Relations Corpus for Political News" (LREC 2018): source,
cue and content spans. The parse gives drafts, quotations widen them over sentences and paragraphs,
and the speaker is the source's canonical name.
"""

from __future__ import annotations

from spacy.tokens import Doc

from claims.extraction.attribution.drafts import drafts
from claims.extraction.attribution.headings import headings
from claims.extraction.attribution.quotations import Quotation, quotations
from claims.extraction.attribution.quoting import attach
from claims.extraction.attribution.speakers import Speakers
from claims.extraction.entities import Named
from claims.extraction.noise import BlockKind
from claims.extraction.types import AttributedSpeech, Span

__all__ = ["find"]


def find(doc: Doc, named: tuple[Named, ...]) -> tuple[AttributedSpeech, ...]:
    """The attributions of a parsed doc, in the order of their contents."""
    quoted = quotations(doc.text, doc._.blocks)
    speakers = Speakers(doc, named)
    found = []
    for draft in (*attach(doc, list(drafts(doc)), quoted), *headings(doc, named)):
        content = _spans(doc, draft.content)
        if not content or _is_boilerplate(doc, content[0]):
            continue
        speaker, kind = speakers.resolve(draft.head, draft.content) if draft.head is not None else (None, "")
        found.append(
            AttributedSpeech(
                source=_spans(doc, draft.source),
                cue=_runs(doc, draft.cue),
                content=content,
                speaker=speaker,
                direct=_is_direct(content, quoted),
                attitude=draft.attitude,
                speaker_kind=kind,
                negated=draft.negated,
            )
        )
    return tuple(sorted(found, key=lambda a: (a.content[0].start, a.content[-1].end)))


def _is_boilerplate(doc: Doc, span: Span) -> bool:
    """As "Support our work": lines of the page ask and promise a lot, and nobody said it."""
    return any(
        block.kind is BlockKind.BOILERPLATE and block.start <= span.start < block.end
        for block in doc._.blocks
    )


def _spans(doc: Doc, tokens: set[int]) -> tuple[Span, ...]:
    """Runs of tokens as spans without blanks and commas at their ends; punctuation alone parts no run."""
    runs: list[list[int]] = []
    for index in sorted(i for i in tokens if not doc[i].is_space):
        if runs and all(
            doc[i].is_space or (doc[i].is_punct and not doc[i].is_quote)
            for i in range(runs[-1][-1] + 1, index)
        ):
            runs[-1].append(index)
        else:
            runs.append([index])
    spans = []
    for run in runs:
        while run and doc[run[0]].text in _EDGES:
            run.pop(0)
        while run and doc[run[-1]].text in _EDGES:
            run.pop()
        if any(doc[i].is_alpha or doc[i].like_num for i in run):
            spans.append(Span(doc[run[0]].idx, doc[run[-1]].idx + len(doc[run[-1]])))
    return tuple(spans)


def _runs(doc: Doc, tokens: set[int]) -> tuple[Span, ...]:
    """Runs of neighbouring tokens, as they are: a colon may be a cue."""
    spans: list[Span] = []
    last = -2
    for index in sorted(tokens):
        end = doc[index].idx + len(doc[index])
        spans.append(Span(spans.pop().start if index == last + 1 else doc[index].idx, end))
        last = index
    return tuple(spans)


#: of the content within marks, for speech to be direct
_MOSTLY = 0.6
_EDGES = frozenset({",", ";", ":", ".", "-", "–", "—", "--"})


def _is_direct(content: tuple[Span, ...], quoted: tuple[Quotation, ...]) -> bool:
    """Whether most of the content stands in quotation marks."""
    total = sum(span.end - span.start for span in content)
    inside = 0
    for span in content:
        for quotation in quoted:
            inside += max(0, min(span.end, quotation.end) - max(span.start, quotation.start))
    return inside >= _MOSTLY * total
