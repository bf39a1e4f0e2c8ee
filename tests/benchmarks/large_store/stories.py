"""Stories of the made-up world, as extraction would have read them: claims, told in one or several articles."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from claims.extraction.types import (
    Attribution,
    EntityMention,
    Frame,
    Kind,
    Mention,
    Quantity,
    Span,
    TimeExpression,
)
from tests.benchmarks.large_store.words import Named, Unit, Verb, world

FIRST_DAY = datetime(2019, 1, 1, 6, tzinfo=UTC)
DAYS = 2_500
CLAIMS_A_STORY = (6, 30)
MOST_ARTICLES = 8
_MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class Fact:
    """What a claim says, before it is worded. ``opposes`` is the fact of which it gives another figure."""

    actor: Named
    verb: Verb
    noun: str
    other: str
    place: Named | None
    unit: Unit | None
    value: float
    day: date | None
    opposes: int | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """One mention in one article; ``claim`` is the number of its claim in the story."""

    claim: int
    mention: Mention


@dataclass(frozen=True, slots=True)
class Told:
    """An article. Offsets of its mentions are those of ``text``."""

    outlet: int
    published: datetime
    title: str
    text: str
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Story:
    facts: tuple[Fact, ...]
    articles: tuple[Told, ...]


def stories(claims: int, outlets: int, seed: int) -> Iterator[Story]:
    """Stories with ``claims`` claims in all; the same seed gives the same ones."""
    left, number = claims, 0
    while left > 0:
        rng = random.Random(f"{seed}:{number}")
        story = _story(rng, min(left, rng.randint(*CLAIMS_A_STORY)), outlets)
        left -= len(story.facts)
        number += 1
        yield story


def _story(rng: random.Random, count: int, outlets: int) -> Story:
    day = FIRST_DAY + timedelta(days=rng.randrange(DAYS), minutes=rng.randrange(1000))
    facts = _facts(rng, count, day.date())
    speakers = [*world().people.some(rng, 2), world().bodies.draw(rng)]
    number = min(MOST_ARTICLES, count, int(rng.paretovariate(1.1)))
    articles = []
    for article, outlet in enumerate(rng.sample(range(outlets), number)):
        own = [claim for claim in range(count) if claim % number == article]
        others = [claim for claim in range(count) if claim % number < article and rng.random() < 0.35]
        published = day + timedelta(hours=5 * article)
        articles.append(_article(rng, outlet, published, facts, sorted(own + others), speakers))
    return Story(facts, tuple(articles))


def _facts(rng: random.Random, count: int, day: date) -> tuple[Fact, ...]:
    """Facts about a few names and a few things: what makes a story."""
    w = world()
    actors = [w.countries.draw(rng), *w.bodies.some(rng, 2), w.people.draw(rng)]
    places = [w.countries.draw(rng), *w.places.some(rng, 2), None, None, None]
    nouns = w.nouns.some(rng, 8)
    facts: list[Fact] = []
    for _ in range(count):
        with_figure = [i for i, fact in enumerate(facts) if fact.unit and fact.opposes is None]
        if with_figure and rng.random() < 0.03:
            at = rng.choice(with_figure)
            facts.append(replace(facts[at], value=_rounded(facts[at].value * 1.6 + 1), opposes=at))
            continue
        unit = w.units.draw(rng) if rng.random() < 0.55 else None
        value = _rounded(unit.least * (unit.most / unit.least) ** rng.random()) if unit else 0.0
        noun, other = rng.sample(nouns, 2)
        when = day - timedelta(days=rng.randrange(60)) if rng.random() < 0.4 else None
        facts.append(
            Fact(rng.choice(actors), w.verbs.draw(rng), noun, other, rng.choice(places), unit, value, when)
        )
    return tuple(facts)


def _rounded(value: float) -> float:
    """To two digits, whole from ten on, as papers give figures."""
    return float(f"{value:.2g}")


def _article(
    rng: random.Random,
    outlet: int,
    published: datetime,
    facts: tuple[Fact, ...],
    claims: list[int],
    speakers: list[Named],
) -> Told:
    text, tellings, setting = "", [], set()
    for claim in claims:
        speaker = rng.choice(speakers) if rng.random() < 0.45 else None
        sentence = _Sentence(len(text))
        mention = _tell(rng, sentence, facts[claim], speaker, published.date())
        tellings.append((claim, mention))
        setting |= {e.name for e in mention.entities if e.kind not in ("country", "government")}
        text += sentence.text + " "
    title = f"{facts[0].actor.name} and the {facts[0].other} {facts[0].noun}"
    about = tuple(sorted(setting))
    return Told(
        outlet,
        published,
        title,
        text.strip(),
        tuple(Telling(c, replace(m, setting=about)) for c, m in tellings),
    )


@dataclass(slots=True)
class _Sentence:
    """A sentence that grows; what is added tells where it stands in the article."""

    at: int
    text: str = ""
    entities: list[EntityMention] = field(default_factory=list)

    def add(self, words: str) -> tuple[int, int]:
        gap = " " if self.text else ""
        start = self.at + len(self.text) + len(gap)
        self.text += gap + words
        return start, start + len(words)

    def name(self, named: Named) -> None:
        start, end = self.add(named.name)
        self.entities.append(EntityMention(start, end, named.name, named.name, named.kind))


def _tell(
    rng: random.Random, sentence: _Sentence, fact: Fact, speaker: Named | None, published: date
) -> Mention:
    """ "Orla Holdings lost about 12 percent of its timber exports in Velm on 3 March 2024, Ada Venn said." """
    sentence.name(fact.actor)
    sentence.add(rng.choice(fact.verb.past))
    quantities = [_figure(rng, sentence, fact)] if fact.unit else []
    sentence.add(f"{'of ' if fact.unit else ''}the {fact.other} {fact.noun}")
    if fact.place:
        sentence.add("in")
        sentence.name(fact.place)
    times = [_time(sentence, fact.day)] if fact.day else []
    end = sentence.at + len(sentence.text)
    inside = sentence.text
    attribution = Attribution.ASSERTED
    if speaker is not None:
        attribution = rng.choice((Attribution.REPORTED, Attribution.REPORTED, Attribution.QUOTED))
        sentence.text += f", {speaker.name} said"
    sentence.text += "."
    return Mention(
        start=sentence.at,
        end=end,
        text=inside,
        sentence=Span(sentence.at, sentence.at + len(sentence.text)),
        claim=inside + ".",
        kind=Kind.QUANTITY if fact.unit else Kind.EVENT,
        speaker=speaker.name if speaker else None,
        speaker_kind=speaker.kind if speaker else "",
        attribution=attribution,
        checkworthiness=round(rng.betavariate(3, 2), 4),
        quantities=tuple(quantities),
        times=tuple(times),
        entities=tuple(sentence.entities),
        frame=_frame(fact),
        as_of_first=fact.day,
        as_of_last=fact.day,
        published=published,
    )


def _figure(rng: random.Random, sentence: _Sentence, fact: Fact) -> Quantity:
    assert fact.unit is not None
    about = rng.random() < 0.2
    number = f"{fact.value:,.0f}" if fact.value >= 10 else f"{fact.value:g}"
    words = fact.unit.words.format(number)
    start, end = sentence.add(f"about {words}" if about else words)
    value = fact.value * fact.unit.times
    measure = f"{fact.other} {fact.noun}"
    return Quantity(start, end, words, value, value, value, fact.unit.unit, about, measure=measure)


def _time(sentence: _Sentence, day: date) -> TimeExpression:
    sentence.add("on")
    words = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    start, end = sentence.add(words)
    return TimeExpression(start, end, words, "DATE", day.isoformat(), day, day)


def _frame(fact: Fact) -> Frame:
    actor, place = fact.actor.name.lower(), fact.place.name.lower().split() if fact.place else []
    head = actor.split()[-1]
    return Frame(
        subject=actor,
        predicate=fact.verb.lemma,
        object=f"{fact.other} {fact.noun}",
        terms=(*actor.split(), fact.verb.lemma, fact.other, fact.noun, *place),
        links=(
            f"{fact.verb.lemma} agent {head}",
            f"{fact.verb.lemma} patient {fact.noun}",
            f"{fact.noun} mod {fact.other}",
            *(f"{fact.verb.lemma} in {word}" for word in place[-1:]),
        ),
    )
