"""What a sentence shows that it is worth checking, as named numbers, read off the parse already made.

Features after ClaimBuster (Hassan et al. 2017) and the debates of CheckThat! (Atanasova et al. 2019):
figures, names, days, parts of speech and their order, tense, person, modality, fields of words.
No word of a training set is a feature: function words are a closed class, content words count
only through the fields in ``fields.toml``.
"""

from __future__ import annotations

import math
import tomllib
from bisect import bisect_left
from collections import Counter, defaultdict
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path

from spacy.tokens import Doc, Token

from claims.extraction.mentions.view import within
from claims.extraction.parts import Parts

_TIME_UNITS = frozenset("second minute hour day week month quarter year decade century".split())
_FUNCTION_TAGS = frozenset("CC DT EX IN MD PDT POS PRP PRP$ RP TO UH WDT WP WP$ WRB".split())
_FUNCTION_VERBS = frozenset("be have do get go say think want know let make take come see give tell".split())
#: closed-class words and the commonest verbs, by lemma
FUNCTION_WORDS = (
    frozenset(
        """the a an this that these those some any no every all each both either neither such what which whose
    my your his her its our their i you he she it we they me him us them who whom himself themselves ourselves
    myself yourself itself of in to for with on at from by about as into like through after over between out
    against during without before under around among since until toward across behind beyond up down off
    and but or nor so yet if because although though while when where why how than whether unless
    can could will would shall should may might must not n't never ever also just only even still already
    again always now then here there very too more most much many few less least well really actually
    certainly frankly yes no oh look there""".split()
    )
    | _FUNCTION_VERBS
)


@cache
def _fields() -> dict[str, tuple[str, ...]]:
    table = tomllib.loads(Path(__file__).with_name("fields.toml").read_text(encoding="utf-8"))
    words: dict[str, list[str]] = {}
    for name, listed in table.items():
        for word in dict.fromkeys(listed.split()):
            words.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in words.items()}


class Reported:
    """Whether characters of a text lie in what somebody is said to have said; a look-up takes log time."""

    def __init__(self, parts: Parts) -> None:
        spans = sorted((s.start, s.end) for speech in parts.attributions for s in speech.content)
        self._starts = [start for start, _ in spans]
        self._farthest = list(accumulate((end for _, end in spans), max))

    def __call__(self, start: int, end: int) -> bool:
        before = bisect_left(self._starts, end)
        return before > 0 and self._farthest[before - 1] > start


def read(doc: Doc, first: int, last: int, parts: Parts, reported: Reported) -> dict[str, float]:
    """The features of tokens ``first`` to ``last`` (exclusive): name to value, zeros left out."""
    tokens = [t for t in doc[first:last] if not t.is_space]
    if not tokens:
        return {}
    start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    features = defaultdict[str, float](float)
    features["length"] = math.log1p(len(tokens))
    _marks(features, tokens)
    _words(features, tokens)
    _syntax(features, tokens)
    _figures(features, parts, start, end)
    features["reported speech"] = float(reported(start, end))
    _combine(features)
    return {name: value for name, value in features.items() if value}


def _marks(features: defaultdict[str, float], tokens: list[Token]) -> None:
    final = next((t.text for t in reversed(tokens) if t.text not in "\"”’')"), "")
    features["question"] = float(final == "?")
    features["exclamation"] = float(final == "!")
    features["no full stop"] = float(final not in ".?!")
    features["quotation"] = float(any(t.text in '"“”' for t in tokens))
    features["short"] = float(len(tokens) < 6)
    features["very short"] = float(len(tokens) < 4)


def _words(features: defaultdict[str, float], tokens: list[Token]) -> None:
    fields = _fields()
    counts: defaultdict[str, float] = defaultdict(float)
    for token in tokens:
        lemma = token.lemma_.lower()
        if lemma in FUNCTION_WORDS:
            features[f"word {lemma}"] = 1.0
        for name in fields.get(lemma, ()):
            counts[f"field {name}"] += 1.0
    features.update((name, math.log1p(count)) for name, count in counts.items())
    opening = tokens[0].lemma_.lower()
    if opening in FUNCTION_WORDS:
        features[f"begins with {opening}"] = 1.0


def _syntax(features: defaultdict[str, float], tokens: list[Token]) -> None:
    tags = ["^", *(t.tag_ for t in tokens if not t.is_punct), "$"]
    for tag, count in Counter(tags[1:-1]).items():
        features[f"tag {tag}"] = math.log1p(count)
    for pair in pairwise(tags):
        features["tags " + " ".join(pair)] = 1.0
    for token in tokens:
        features[f"relation {token.dep_}"] = 1.0
        if token.dep_ in ("nsubj", "nsubjpass"):
            features[f"subject {token.lower_ if token.pos_ == 'PRON' else token.pos_}"] = 1.0
        if token.dep_ == "ROOT":
            features[f"root {token.tag_}"] = 1.0
            if token.lemma_.lower() in FUNCTION_WORDS:
                features[f"root {token.lemma_.lower()}"] = 1.0


def _figures(features: defaultdict[str, float], parts: Parts, start: int, end: int) -> None:
    for quantity in within(parts.quantities, start, end):
        features["figures"] += 1.0
        features[f"figure {_unit(quantity.unit)}"] = 1.0
    for time in within(parts.times, start, end):
        features[f"time {time.type.lower()}"] = 1.0
    for entity in within(parts.entities, start, end):
        features["names"] += 1.0
        features[f"name {entity.kind}"] = 1.0
    for name in ("figures", "names"):
        features[name] = math.log1p(features[name])


def _unit(unit: str | None) -> str:
    if unit is None:
        return "bare"
    if unit in ("%", "percentage point", "ratio"):
        return "share"
    if len(unit) == 3 and unit.isupper():
        return "money"
    return "duration" if unit in _TIME_UNITS else "count"


_PAIRS = (
    ("figures", "tag VBD"),
    ("figures", "tag VBN"),
    ("figures", "field change"),
    ("figures", "field money"),
    ("names", "tag VBD"),
    ("names", "field record"),
    ("tag VBD", "field record"),
    ("tag VBD", "field war"),
    ("tag MD", "figures"),
    ("subject he", "tag VBD"),
    ("subject i", "tag VBD"),
    ("subject we", "tag VBD"),
    ("subject we", "tag MD"),
    ("subject i", "field opinion"),
    ("field comparison", "tag VBD"),
    ("field comparison", "field money"),
    ("field change", "field money"),
    ("field change", "field work"),
    ("question", "figures"),
    ("length", "figures"),
    ("length", "names"),
    ("length", "tag MD"),
)


def _combine(features: defaultdict[str, float]) -> None:
    for one, other in _PAIRS:
        if one in features and other in features:
            features[f"{one} with {other}"] = features[one] * features[other]
