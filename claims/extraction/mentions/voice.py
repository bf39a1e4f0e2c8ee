"""Who stands behind a clause, and whether the saying or what is said is the claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Token

from claims.extraction.attribution.lexicon import lemma
from claims.extraction.mentions import lexicon
from claims.extraction.mentions.antecedents import Antecedents
from claims.extraction.mentions.clause import Clause, Construction
from claims.extraction.mentions.measures import split
from claims.extraction.mentions.spans import QUOTES
from claims.extraction.mentions.view import View, is_verb, subject_of
from claims.extraction.types import Attitude, AttributedSpeech, Attribution


@dataclass(frozen=True, slots=True)
class Voice:
    """The outlet's own voice when ``speech`` is None."""

    attribution: Attribution = Attribution.ASSERTED
    speaker: str | None = None
    speaker_kind: str = ""
    speech: AttributedSpeech | None = None


def voice(view: View, clause: Clause, antecedents: Antecedents) -> Voice:
    """Who says ``clause``: the innermost attribution that holds its head, or that its head opens."""
    speech = view.speech_at_cue.get(clause.head.i) if is_saying(view, clause) else None
    speech = speech or view.speech_of.get(clause.head.i)
    if speech is None:
        return _going_on(view, clause)
    if (speech.speaker is None and not speech.source) or _is_outlet(view, speech):
        return Voice()
    if is_saying(view, clause) and _is_conduct(view, clause, speech):
        return Voice()
    if clause.construction in _ASIDES and not speech.direct and not is_saying(view, clause):
        return Voice()
    if speech.speaker is not None:
        return Voice(_attribution(view, speech), speech.speaker, speech.speaker_kind, speech)
    speaker = _named(view, speech, antecedents)
    return Voice(_attribution(view, speech), speaker, _kind_of(view, speaker), speech)


def _going_on(view: View, clause: Clause) -> Voice:
    """Free indirect speech, in one paragraph, up to a sentence that is told otherwise.

    "The port said it had lost 40 ships. It would also close a quay.": a pronoun that "would" goes on
    with what the sentence before reports. "He had saved the port, Lind told them. Nobody had helped.":
    behind speech that stands free, before its cue, all that "had" and "would" do.
    """
    ahead, back = _looks_ahead(clause), _looks_back(clause)
    start = clause.head.sent.start if ahead or back else 0
    for _ in range(_GOES_ON):
        if start == 0 or "\n" in view.doc[start - 1].text:
            break
        before = view.doc[start - 1].sent
        told = (view.speech_at_cue.get(i) for i in range(before.start, before.end))
        speech = next((one for one in told if one is not None), None)
        if speech is not None and not (back and _is_told_so(view, speech)):
            if _can_go_on(speech) and (ahead or _stands_free(view, speech)):
                return Voice(Attribution.REPORTED, speech.speaker, speech.speaker_kind, speech)
            break
        if not back or not _shifts(before.root):
            break
        start = before.start
    return Voice()


def _can_go_on(speech: AttributedSpeech) -> bool:
    return not speech.direct and speech.speaker is not None and speech.attitude in _TOLD


def _is_told_so(view: View, speech: AttributedSpeech) -> bool:
    """ "He had asked both for six hours": what was said before that, itself told in the shifted tense."""
    return bool(speech.cue) and _had(view.doc[view.tokens(speech.cue[0].start, speech.cue[0].end)[0]])


def _stands_free(view: View, speech: AttributedSpeech) -> bool:
    """ "He had saved the port, Lind told them": shifted before its cue, and of a person in any past tense."""
    if not speech.cue:
        return False
    before = [s for s in speech.content if s.start < speech.cue[0].start]
    words = [view.doc[i] for s in before for i in range(*view.tokens(s.start, s.end))]
    if any(map(_had, words)):
        return True
    past = speech.speaker_kind == "person" and any(_shifts(t) or t.tag_ == "VBD" for t in words)
    return past and not any(t.tag_ in ("VBZ", "VBP") for t in words)


def _looks_back(clause: Clause) -> bool:
    """ "Nobody had helped", "A second trial would start in May": a main clause in a shifted tense."""
    return clause.construction in _ON_ITS_OWN and _shifts(clause.head) and not _is_conditional(clause.head)


def _shifts(verb: Token) -> bool:
    """Whether a verb stands as reported words do: "had gone", "would go"."""
    return _had(verb) or any(c.dep_ == "aux" and c.lower_ == "would" for c in verb.lefts)


def _is_conditional(head: Token) -> bool:
    """Of what would be if something else was so."""
    conditions = (part for child in head.children if child.dep_ == "advcl" for part in child.lefts)
    return any(part.lower_ in lexicon.IRREALIS_MARKS for part in conditions)


def _had(verb: Token) -> bool:
    return verb.tag_ == "VBN" and any(c.dep_ == "aux" and c.lower_ in _HAD for c in verb.lefts)


def _looks_ahead(clause: Clause) -> bool:
    """ "It would ...": a main clause about somebody's future, not about what would be if."""
    head, subject = clause.head, subject_of(clause.head)
    if clause.construction is not Construction.MAIN or subject is None or subject.tag_ != "PRP":
        return False
    return any(c.dep_ == "aux" and c.lower_ == "would" for c in head.children) and not _is_conditional(head)


#: what is set off by commas within reported words explains them, and is the outlet's own
_ASIDES = frozenset([Construction.RELATIVE, Construction.APPOSITION])
_GOES_ON = 6  # sentences
_HAD = frozenset({"had", "'d", "’d"})
_ON_ITS_OWN = frozenset({Construction.MAIN, Construction.COORDINATE})
_TOLD = frozenset({Attitude.STATED, Attitude.INTENDED})


def _is_outlet(view: View, speech: AttributedSpeech) -> bool:
    """ "Our reporter counted 31 ruins": the outlet's own eyes."""
    return (
        bool(speech.source)
        and view.doc[view.tokens(speech.source[0].start, speech.source[0].end)[0]].lower_ == "our"
    )


def _is_conduct(view: View, clause: Clause, speech: AttributedSpeech) -> bool:
    """ "Lund refused to resign", "wants to sell": what somebody does or wants, told by the outlet."""
    return speech is view.speech_at_cue.get(clause.head.i) and bool(
        cue_lemmas(view, speech) & lexicon.CONDUCT
    )


def _named(view: View, speech: AttributedSpeech, antecedents: Antecedents) -> str | None:
    """Who the source is when it is a pronoun: "it conceded", "she hinted"."""
    if len(speech.source) != 1:
        return None
    first, last = view.tokens(speech.source[0].start, speech.source[0].end)
    if last - first != 1 or view.doc[first].pos_ != "PRON":
        return None
    name = antecedents.resolve(view.doc[first])
    return name.removeprefix("the ") if name else None


def is_saying(view: View, clause: Clause) -> bool:
    return clause.construction is Construction.SAYING or clause.head.i in view.cue_tokens


def cue_lemmas(view: View, speech: AttributedSpeech) -> frozenset[str]:
    return frozenset(
        lemma(view.doc[i]) for span in speech.cue for i in range(*view.tokens(span.start, span.end))
    )


def _attribution(view: View, speech: AttributedSpeech) -> Attribution:
    cues = cue_lemmas(view, speech)
    if cues & lexicon.DENY or (cues & lexicon.LABEL and cues & lexicon.FALSE):
        return Attribution.DENIED
    if cues & lexicon.ALLEGE:
        return Attribution.ALLEGED
    own = speech.direct or (bool(cues & lexicon.LABEL) and _ends_in_marks(view, speech))
    return Attribution.QUOTED if own else Attribution.REPORTED


def _ends_in_marks(view: View, speech: AttributedSpeech) -> bool:
    """ "Called the plan "a gift"": what the thing is called stands in the speaker's own words."""
    return view.parts.text[speech.content[-1].end - 1] in QUOTES


def _kind_of(view: View, speaker: str | None) -> str:
    """What the speaker is: the kind of the entity of that name, "" for somebody without one."""
    return view.kinds.get(speaker or "", "")


def settle(view: View, clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """For each saying, keeps either the whole ("She said talks would begin") or only what is said.

    What is said stands alone when it is put as a fact; a promise, a denial, a guess or a forecast can
    only be checked as something that somebody said.
    """
    clauses = tuple(clauses)
    sayings = [c for c in clauses if c.construction is Construction.SAYING]
    kept = [c for c in clauses if c.construction is not Construction.SAYING]
    for saying in sayings:
        speech = view.speech_at_cue.get(saying.head.i)
        content = next((c for c in kept if _is_said(view, c, saying, speech)), None)
        if content is None:
            if speech is not None and _holds_content(view, saying, speech):
                kept.append(saying)
        elif speech is not None and _saying_is_the_point(view, saying, content, speech):
            kept.remove(content)
            whole = replace(
                saying, first=min(saying.first, content.first), last=max(saying.last, content.last)
            )
            kept.append(_not_over(whole, saying, content, kept))
        else:
            kept += split(view, saying)[1:]
    return tuple(sorted(kept, key=lambda c: (c.first, c.last)))


def _is_said(view: View, clause: Clause, saying: Clause, speech: AttributedSpeech | None) -> bool:
    if clause.construction not in (Construction.CONTENT, Construction.MAIN, Construction.COORDINATE):
        return False
    if clause.head.dep_ == "conj":
        return False
    return clause.head.head == saying.head or (
        speech is not None and view.speech_of.get(clause.head.i) is speech
    )


def _not_over(whole: Clause, saying: Clause, content: Clause, kept: list[Clause]) -> Clause:
    """The whole must not swallow a clause that stands between the saying and what is said."""
    between = [c for c in kept if saying.last <= c.first and c.last <= content.first]
    return replace(content, construction=Construction.SAYING) if between else whole


def _holds_content(view: View, saying: Clause, speech: AttributedSpeech) -> bool:
    held = range(saying.first, saying.last)
    return any(i in held for span in speech.content for i in range(*view.tokens(span.start, span.end)))


def _saying_is_the_point(view: View, saying: Clause, content: Clause, speech: AttributedSpeech) -> bool:
    cues = cue_lemmas(view, speech)
    if cues & (lexicon.DENY | lexicon.STANCE):
        return True
    if speech.direct:
        return False
    head = content.head
    if not is_verb(head):
        return True
    modals = {c.lower_ for c in head.children if c.dep_ == "aux"}
    return bool(modals & (lexicon.MODALS_OF_CHANCE | lexicon.MODALS_OF_FUTURE | lexicon.MODALS_OF_DUTY))
