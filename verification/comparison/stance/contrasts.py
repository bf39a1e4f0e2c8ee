"""Generated pairs: one fact told twice, with one part kept, restated or changed.

A fact has a subject, a change or a level of some measure, a figure, a place and a day, or says who did what
to whom. Evidence tells the whole fact. A claim tells part of it in other words (supports), with one part
changed beyond what it says (contradicts), or tells something else about the same subject (neutral). Every
contrast comes with its paraphrase: the same wording, once with the part kept and once with it changed, so
that the claim alone gives nothing away.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

SUPPORTS, CONTRADICTS, NEUTRAL = "supports", "contradicts", "neutral"

_WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("contrasts.toml").read_text(encoding="utf-8"))
_MONTHS: list[str] = _WORDS["months"]


@dataclass(frozen=True, slots=True)
class Pair:
    evidence: str
    claim: str
    label: str
    source: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A measure of a subject that rose or fell to a value, somewhere, on a day."""

    subject: str
    measure: str
    rises: bool
    value: int
    unit: str
    place: str
    day: tuple[int, int, int]  # year, month, day


def contrasts(count: int, seed: int, kinds: Sequence[str] = ()) -> Iterator[Pair]:
    """``count`` pairs, the same for the same seed: as many that support as contradict, and neutrals.

    Of the kinds named, or of all but the footholds, which are for training only.
    """
    random = Random(seed)  # noqa: S311 - not for secrets
    kinds = kinds or [kind for kind in _KINDS if kind not in FOOTHOLDS]
    made = 0
    while made < count:
        (kind,) = random.choices(kinds, [_OFTEN.get(kind, 1) for kind in kinds])
        for evidence, claim, label in _KINDS[kind](random)[: count - made]:
            yield Pair(_sentence(evidence), _sentence(claim), label, f"contrast_{kind}")
            made += 1


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


Triples = list[tuple[str, str, str]]


def _fact(random: Random) -> Fact:
    measure, unit, least, most = random.choice(_WORDS["measures"])
    digits = random.choice((2, 2, 3, 4))
    value = _rounded(random.randint(least, most), digits)
    day = (random.randint(1995, 2025), random.randint(1, 12), random.randint(1, 28))
    return Fact(
        random.choice(_WORDS["bodies"]), measure, random.random() < 0.5, value, unit,
        random.choice(_WORDS["places"]), day,
    )  # fmt: skip


def _rounded(value: int, digits: int) -> int:
    step = 10 ** max(0, len(str(value)) - digits)
    return max(1, round(value / step)) * step


def _number(value: int, random: Random) -> str:
    """The value in figures, or in millions and thousands where these say it exactly."""
    for name, size in (("billion", 10**9), ("million", 10**6)):
        if value >= size and value * 100 % size == 0 and random.random() < 0.6:
            return f"{value / size:g} {name}"
    return f"{value:,}" if random.random() < 0.8 else str(value)


def _amount(value: int, unit: str, random: Random) -> str:
    number = _number(value, random)
    if unit in "$€£":
        return unit + number
    return number + (
        "%" if unit == "%" and random.random() < 0.7 else f" {'percent' if unit == '%' else unit}"
    )


def _date(day: tuple[int, int, int], random: Random) -> str:
    year, month, number = day
    name = _MONTHS[month - 1]
    return random.choice((f"{number} {name} {year}", f"{name} {number}, {year}"))


def _told(fact: Fact, random: Random) -> str:
    verb = random.choice(_WORDS["rises" if fact.rises else "falls"])
    amount = _amount(fact.value, fact.unit, random)
    when = f"on {_date(fact.day, random)}"
    frames = (
        f"{fact.measure} at {fact.subject} in {fact.place} {verb} to {amount} {when}.",
        f"{when}, {fact.measure} at {fact.subject} in {fact.place} {verb} to {amount}.",
        f"In {fact.place}, {fact.measure} at {fact.subject} {verb} to {amount} {when}.",
    )
    return random.choice(frames)


def _claimed(fact: Fact, random: Random, amount: str) -> str:
    verb = random.choice(_WORDS["rises" if fact.rises else "falls"])
    return random.choice(
        (
            f"{fact.subject} said {fact.measure} {verb} to {amount}.",
            f"At {fact.subject}, {fact.measure} {verb} to {amount}.",
            f"{fact.measure} at {fact.subject} {'reached' if fact.rises else 'dropped to'} {amount}.",
        )
    )


def _both(random: Random, one: Fact, other: Fact, claim: Callable[[Fact], str]) -> Triples:
    """Each fact's telling with each fact's claim: two that support, two that contradict, one neutral."""
    a, b = _told(one, random), _told(other, random)
    claim_a, claim_b = claim(one), claim(other)
    topic = random.choice([m for m in _WORDS["measures"] if m[0] != one.measure])
    elsewhere = replace(one, measure=topic[0], unit=topic[1], value=_rounded(random.randint(*topic[2:]), 2))
    return [
        (a, claim_a, SUPPORTS), (a, claim_b, CONTRADICTS), (b, claim_b, SUPPORTS), (b, claim_a, CONTRADICTS),
        (_told(elsewhere, random), random.choice((claim_a, claim_b)), NEUTRAL),
    ]  # fmt: skip


def _other_value(value: int, random: Random) -> int:
    factor = random.choice((0.1, 0.5, 0.6, 0.75, 0.9, 1.12, 1.25, 1.5, 2, 10))
    digits = len(str(value).rstrip("0"))
    other = _rounded(max(1, round(value * factor)), max(2, digits))
    return other if other != value else value + max(1, value // 5)


def _numeric(random: Random) -> Triples:
    fact = _fact(random)
    other = replace(fact, value=_other_value(fact.value, random))
    return _both(random, fact, other, lambda f: _claimed(f, random, _amount(f.value, f.unit, random)))


def _rounding(random: Random) -> Triples:
    """A precise figure against a rounded one, or a bound that it keeps or breaks."""
    fact = next(fact for fact in iter(lambda: _fact(random), None) if fact.unit != "%")
    fact = replace(fact, value=fact.value * 10 + random.randint(-4, 4))
    other = replace(fact, value=max(10, round(fact.value * random.choice((0.4, 0.7, 1.4, 2.1)))))
    low, high = sorted((fact, other), key=lambda f: f.value)
    between = _rounded((low.value + high.value) // 2, 2)
    if low.value < between < high.value and random.random() < 0.5:
        bound = _amount(between, fact.unit, random)
        claims = {low.value: f"less than {bound}", high.value: f"more than {bound}"}
        return _both(random, fact, other, lambda f: _claimed(f, random, claims[f.value]))
    about = random.choice(_WORDS["about"])
    return _both(
        random, fact, other,
        lambda f: _claimed(f, random, f"{about} {_amount(_rounded(f.value, 2), f.unit, random)}"),
    )  # fmt: skip


def _unit(random: Random) -> Triples:
    """An extent and the same in another unit, against another extent or the same figure in a third unit."""
    big, small, size, wrong, extent = random.choice(_WORDS["units"])
    things, (has, also) = _WORDS["extents"][extent]
    thing, place, value = random.choice(things), random.choice(_WORDS["places"]), random.randint(2, 90)
    more = value * random.choice((2, 3, 10))
    one, other = f"{value} {big}", random.choice((f"{more} {big}", f"{value} {wrong}"))
    alike = other == f"{more} {big}"  # then both can be claimed in the small unit
    claim_one = f"The {thing} {also} {f'{value * size:,} {small}' if alike else one}."
    claim_other = f"The {thing} {also} {f'{more * size:,} {small}' if alike else other}."
    told_one, told_other = (f"The {thing} in {place} {has} {said}, officials said." for said in (one, other))
    cost = f"The {thing} in {place} cost {value * size:,} dollars, officials said."
    return [
        (told_one, claim_one, SUPPORTS), (told_one, claim_other, CONTRADICTS),
        (told_other, claim_other, SUPPORTS), (told_other, claim_one, CONTRADICTS),
        (cost, random.choice((claim_one, claim_other)), NEUTRAL),
    ]  # fmt: skip


def _dates(random: Random) -> Triples:
    """A day against the day, its month or its year; the other differs in what the claim tells."""
    fact = _fact(random)
    year, month, number = fact.day
    part = random.randrange(3)
    changed = [
        (year, month, number % 28 + 1),
        (year, month % 12 + 1, number),
        (year + random.choice((-3, -1, 1, 2)), month, number),
    ][part]
    other = replace(fact, day=changed)

    def claim(told: Fact) -> str:
        year, month, _ = told.day
        when = (f"on {_date(told.day, random)}", f"in {_MONTHS[month - 1]} {year}", f"in {year}")[part]
        verb = random.choice(_WORDS["rises" if told.rises else "falls"])
        return f"{told.subject} saw that {told.measure} {verb} {when}."

    return _both(random, fact, other, claim)


def _direction(random: Random) -> Triples:
    fact = _fact(random)

    def claim(told: Fact) -> str:
        verb = random.choice(_WORDS["rises" if told.rises else "falls"])
        noun = random.choice(_WORDS["rise" if told.rises else "fall"])
        return random.choice(
            (
                f"At {told.subject}, {told.measure} {verb}.",
                f"There was {noun} in {told.measure} at {told.subject}.",
                f"{told.subject} in {told.place} reported {noun} in {told.measure}.",
            )
        )

    return _both(random, fact, replace(fact, rises=not fact.rises), claim)


def _entity(random: Random) -> Triples:
    """Another place in what is otherwise the same."""
    fact = _fact(random)
    other = replace(fact, place=random.choice([p for p in _WORDS["places"] if p != fact.place]))

    def claim(told: Fact) -> str:
        verb = random.choice(_WORDS["rises" if told.rises else "falls"])
        return f"In {told.place}, {told.measure} at {told.subject} {verb} on that day."

    return _both(random, fact, other, claim)


def _person(random: Random) -> str:
    """Somebody by an office, or by a first and a last name."""
    if random.random() < 0.5:
        return str(random.choice(_WORDS["people"]))
    return f"{random.choice(_WORDS['first_names'])} {random.choice(_WORDS['last_names'])}"


def _role(random: Random) -> Triples:
    """Who did it to whom: active and passive, against the two exchanged."""
    one, two = _person(random), _person(random)
    while two == one:
        two = _person(random)
    did, done, other = random.choice(_WORDS["actions"])
    place = random.choice(_WORDS["places"])
    tail = random.choice(
        (f" in {place}", " on Tuesday", " after a long dispute", f", according to a court in {place}")
    )

    def claim(by: str, to: str) -> str:
        return random.choice(
            (f"{by} {did} {to}.", f"{to} was {done} by {by}.", f"It was {by} who {did} {to}.")
        )

    told = random.choice((f"{one} {did} {two}{tail}.", f"{two} was {done} by {one}{tail}."))
    turned = random.choice((f"{two} {did} {one}{tail}.", f"{one} was {done} by {two}{tail}."))
    here, there = claim(one, two), claim(two, one)
    return [
        (told, here, SUPPORTS), (told, there, CONTRADICTS), (turned, there, SUPPORTS), (turned, here, CONTRADICTS),
        (f"{one} {other} {two}{tail}.", random.choice((here, there)), NEUTRAL),
    ]  # fmt: skip


def _order(random: Random) -> Triples:
    """Who did it to whom, in the voice in which it was told: the order of the names alone decides.

    Where both voices come as often on either side, neither order nor voice by itself says anything of the label, and
    a small model never finds out that both together do. From here it knows what to make of the order.
    """
    one, two = _person(random), _person(random)
    while two == one:
        two = _person(random)
    did, done, other = random.choice(_WORDS["actions"])
    tail = random.choice(
        (f" in {random.choice(_WORDS['places'])}", " last year", " once more", " at the time")
    )
    passive = random.random() < 0.4

    def told(by: str, to: str) -> str:
        return f"{to} was {done} by {by}" if passive else f"{by} {did} {to}"

    here, there = told(one, two) + ".", told(two, one) + "."
    return [
        (told(one, two) + tail + ".", here, SUPPORTS), (told(one, two) + tail + ".", there, CONTRADICTS),
        (told(two, one) + tail + ".", there, SUPPORTS), (told(two, one) + tail + ".", here, CONTRADICTS),
        (f"{one} {other} {two}{tail}.", random.choice((here, there)), NEUTRAL),
    ]  # fmt: skip


def _negation(random: Random) -> Triples:
    """Done against not done, in the many ways of saying not."""
    body = random.choice(_WORDS["bodies"])
    plain, past, opposite = random.choice(_WORDS["deeds"])
    other = random.choice([d for d in _WORDS["deeds"] if d[0] != plain])
    place = random.choice(_WORDS["places"])
    yes = (f"{body} {past}", f"{body} did {plain}", f"{body} decided to {plain} and did so")
    not_done = (f"{body} did not {plain}", f"{body} never {past}")  # follows from each of the rest
    no = (
        *not_done, f"{body} failed to {plain}", f"{body} refused to {plain}", f"{body} {opposite}",
        f"{body} left without agreeing to {plain}",
    )  # fmt: skip
    when = f" on {random.choice(_WORDS['weekdays'])}, officials in {place} said."
    did, did_not = random.choice(yes) + when, random.choice(no) + when
    here, there = random.choice(yes) + ".", random.choice(not_done) + "."
    return [
        (did, here, SUPPORTS), (did, there, CONTRADICTS), (did_not, there, SUPPORTS), (did_not, here, CONTRADICTS),
        (f"{body} {other[1]}" + when, random.choice((here, there)), NEUTRAL),
    ]  # fmt: skip


_KINDS: dict[str, Callable[[Random], Triples]] = {
    "numeric": _numeric, "rounding": _rounding, "unit": _unit, "date": _dates, "direction": _direction,
    "entity": _entity, "role": _role, "negation": _negation, "order": _order,
}  # fmt: skip
#: easier kinds, from which a harder one is learnt
FOOTHOLDS = ("order",)
#: the kinds that are hard to learn come up more often
_OFTEN = {"role": 3, "rounding": 3, "unit": 2}
