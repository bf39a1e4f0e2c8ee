"""A true pair with one number, unit, day, name, role or polarity exchanged is never confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from claims.extraction import as_mention
from verification.comparison import Relation, compare

CONFIRMED = {Relation.SAME, Relation.SUPPORTS}

# (said by one paper, said by another, {what is exchanged in the second: (from, to)})
TRUE_PAIRS = [
    (
        "Ethiopia accused Eritrea of breaking the ceasefire on Friday.",
        "On Friday Eritrea was accused by Ethiopia of breaking the ceasefire.",
        [
            ("by Ethiopia", "by Paraguay"),
            ("Eritrea was accused by Ethiopia", "Ethiopia was accused by Eritrea"),
        ],
    ),
    (
        "Norwegian companies lost about $45 million when they left Kenya in 2023.",
        "Firms from Norway had losses of $45m on quitting Kenya in 2023.",
        [
            ("$45m", "$4.5m"),
            ("$45m", "$450m"),
            ("$45m", "€45m"),
            ("2023", "2019"),
            ("Kenya", "Brazil"),
            ("Norway", "Portugal"),
        ],
    ),
    (
        "Turnout in the Danish election fell to 58.3 percent on Sunday.",
        "Only 58.3% of voters took part in Denmark's election on Sunday.",
        [("58.3%", "53.8%"), ("Denmark's", "Sweden's"), ("Sunday", "Thursday")],
    ),
    (
        "The earthquake in Peru killed 120 people on Tuesday.",
        "120 people died in Peru's earthquake on Tuesday.",
        [("120", "210"), ("Peru's", "Chile's"), ("Tuesday", "Friday"), ("died", "did not die")],
    ),
    (
        "The new bridge near Porto is 12 kilometres long.",
        "The bridge near Porto has a length of 12 kilometres.",
        [("12", "21"), ("kilometres", "miles"), ("Porto", "Turin")],
    ),
    (
        "Germany's exports rose by 4 percent in March.",
        "German exports climbed 4% in March.",
        [
            ("climbed", "fell"),
            ("4%", "7%"),
            ("March", "May"),
            ("German", "Italian"),
            ("climbed", "did not climb"),
        ],
    ),
    (
        "Emma Larsen defeated Mark Jensen in the vote on Monday.",
        "Emma Larsen beat Mark Jensen in Monday's vote.",
        [
            ("Emma Larsen beat Mark Jensen", "Mark Jensen beat Emma Larsen"),
            ("Monday's", "Friday's"),
            ("beat", "did not beat"),
        ],
    ),
    (
        "Canada sold 30 aircraft to India for $2 billion.",
        "India bought 30 aircraft from Canada for $2bn.",
        [("30", "13"), ("$2bn", "$2m"), ("$2bn", "$7bn"), ("Canada", "France")],
    ),
    (
        "The central bank of Mexico raised its key rate to 9 percent on Thursday.",
        "Mexico's central bank lifted its benchmark rate to 9% on Thursday.",
        [("9%", "6%"), ("lifted", "cut"), ("Mexico's", "Chile's"), ("Thursday", "Monday")],
    ),
]
SWAPS = [(a, b.replace(old, new)) for a, b, swaps in TRUE_PAIRS for old, new in swaps]


@pytest.fixture(scope="module")
def read():
    return lambda text: as_mention(text, published=date(2025, 4, 11))


@pytest.mark.parametrize(("a", "b"), SWAPS)
def test_an_exchanged_word_is_never_confirmed(read, a, b):
    assert compare(read(a), read(b)).relation not in CONFIRMED


def test_the_pairs_themselves_are_confirmed(read):
    judged = [compare(read(a), read(b)).relation for a, b, _ in TRUE_PAIRS]
    assert sum(relation in CONFIRMED for relation in judged) >= 6, judged


#: an outlet's copy with what was done exchanged, as two articles on one event would have it
OTHER_DEEDS = [
    ("The miners' union came out against the merger.", "The miners' union came out for the merger."),
    ("Fares will be abolished on 1 June.", "Fares will be doubled on 1 June."),
    (
        "A jab against gout in camels has been licensed after six years of trials.",
        "A jab against gout in camels has been turned down after six years of trials.",
    ),
    (
        "The senate voted on Monday to end the lease of the harbour from 2012.",
        "The senate voted on Monday to extend the lease of the harbour to 2012.",
    ),
]


@pytest.mark.parametrize(("one", "other"), OTHER_DEEDS)
def test_another_deed_in_the_same_words_is_not_confirmed(one: str, other: str) -> None:
    day, setting = date(2025, 4, 11), ("Ostra", "Halden")
    a, b = (replace(as_mention(text, published=day), setting=setting) for text in (one, other))
    assert compare(a, b).relation not in CONFIRMED
    assert compare(a, replace(a, setting=("Ostra", "Halden"))).relation in CONFIRMED
