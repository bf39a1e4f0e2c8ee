"""What extraction returns: frozen values, offsets in code points, end exclusive.

Every span points into the text that was given to :func:`claims.extraction.analyze`, so that
``text[span.start:span.end]`` is what was read. Names follow the field: TIMEX3 (TimeML) for times,
ISO 4217 for money, PolNeAR for attributions (source, cue, content).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Attribution(StrEnum):
    """Who stands behind a mention."""

    ASSERTED = "asserted"  # the outlet itself
    QUOTED = "quoted"  # direct speech
    REPORTED = "reported"  # indirect speech
    ALLEGED = "alleged"  # somebody says so and the outlet keeps its distance
    DENIED = "denied"  # quoted in order to be rejected; the speaker is who rejects


class Attitude(StrEnum):
    """What an attribution's cue says about the content."""

    STATED = "stated"  # said, told, according to
    ALLEGED = "alleged"  # claimed, accused: the text keeps its distance
    DENIED = "denied"  # denied, rejected: the content is what the source says is not so
    BELIEVED = "believed"  # thinks, hopes, expects
    INTENDED = "intended"  # promised, plans, decided
    ASKED = "asked"  # urged, demanded, called for
    JUDGED = "judged"  # criticised, praised, endorsed: the content is a thing, no proposition


class Kind(StrEnum):
    """What sort of proposition a mention makes."""

    QUANTITY = "quantity"  # a figure is the point of it
    EVENT = "event"  # something happened
    STATE = "state"  # something is so
    STATEMENT = "statement"  # that somebody said something is the point of it
    FORECAST = "forecast"  # an institution's expectation


class Change(StrEnum):
    """How a quantity's wording relates the value to the world."""

    EQUAL = "="
    ABOUT = "~"
    MORE = ">"
    LESS = "<"
    UP = "up"  # the value is the size of a rise
    DOWN = "down"  # the value is the size of a fall


@dataclass(frozen=True, slots=True, order=True)
class Span:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """One amount: a number, or an interval, and its unit.

    ``value`` is None for a range ("18 to 20 percent": low 18, high 20). A one-sided bound has
    ``high`` or ``low`` None on the open side ("at least 214": value = low = 214, high None).
    ``unit`` is ISO 4217 for money, ``%``, ``percentage point``, ``ratio``, else the singular English unit
    name or the counted noun ("people" for persons); None for a bare number.
    ``low`` and ``high`` are what the wording *states*; the precision that "about" implies is
    worked out by comparison.
    """

    start: int
    end: int
    text: str
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    approximate: bool = False
    change: Change = Change.EQUAL
    #: what is measured, as lower-case lemmas: "loss", "ukrainian territory"; "" when not found
    measure: str = ""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A TIMEX3: ``type`` is DATE, TIME, DURATION or SET, ``value`` its TimeML value.

    ``first`` and ``last`` are the days it spans, both inclusive, None where it spans none
    (durations, sets, references that cannot be resolved).
    """

    start: int
    end: int
    text: str
    type: str
    value: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class AttributedSpeech:
    """A source says something: spans may be discontinuous; ``speaker`` is the canonical name.

    Source and cue are empty where a quotation has none of its own and goes on from the last one.
    ``speaker_kind`` is an :attr:`EntityMention.kind`, "" where the source has no name ("two officials").
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: str | None
    direct: bool
    attitude: Attitude = Attitude.STATED
    speaker_kind: str = ""
    negated: bool = False  # "did not say that ..."


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A named thing. ``name`` is canonical: "United States" for "U.S.", "American", "Washington"."""

    start: int
    end: int
    text: str
    name: str
    #: person, organisation, country, government, place, event, group, work or other
    kind: str


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    checkworthiness: float  # 0 (not worth checking) to 1
    #: the features that speak loudest for and against, strongest first: (name, weight)
    reasons: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """Who did what: lower-case lemmas, "" where there is none. ``terms`` are all content lemmas in order.

    ``links`` are the arguments and modifiers of the clause, each "governor relation dependent" in lemmas:
    "attack agent norland", "attack patient vestria", "company mod vestrian", "invasion of ukraine".
    Relations are agent and patient (a passive turned round), mod, and the preposition itself.
    """

    subject: str = ""
    predicate: str = ""
    object: str = ""
    terms: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


#: kinds of entities that stand in too many texts to tell which events one is about
EVERYWHERE = ("country", "government")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a claim is made.

    ``text`` is verbatim, ``claim`` its self-contained wording. ``speaker`` is the canonical name of
    who says it, None for the outlet itself. ``as_of_first`` and ``as_of_last`` bound the days for
    which the claim is said to hold, both inclusive, None where the text does not tell.
    Offsets in ``quantities``, ``times`` and ``entities`` are offsets in the whole text.
    """

    start: int
    end: int
    text: str
    sentence: Span
    claim: str
    kind: Kind
    speaker: str | None = None
    speaker_kind: str = ""
    attribution: Attribution = Attribution.ASSERTED
    hedged: bool = False
    negated: bool = False
    checkworthiness: float = 0.0
    quantities: tuple[Quantity, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    entities: tuple[EntityMention, ...] = ()
    frame: Frame = field(default_factory=Frame)
    as_of_first: date | None = None
    as_of_last: date | None = None
    #: the day on which the text that holds it was published
    published: date | None = None
    #: the canonical names, but for countries, in all claims of that text: what it is about; () if it is one claim
    setting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that was read from one text."""

    text: str
    sentences: tuple[Sentence, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    attributions: tuple[AttributedSpeech, ...] = ()
    entities: tuple[EntityMention, ...] = ()
    mentions: tuple[Mention, ...] = ()
