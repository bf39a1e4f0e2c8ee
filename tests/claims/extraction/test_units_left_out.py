"""Numbers whose noun, magnitude or rate a news text leaves to its reader; persons; and numbers that are none."""

from __future__ import annotations

from datetime import date

import pytest

from claims.extraction import analyze

PUBLISHED = date(2026, 6, 17)


def told(text: str) -> list[tuple[float | None, str | None]]:
    return [(q.value, q.unit) for q in analyze(text, PUBLISHED).quantities]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        # a rate that was told before, that an adjective tells, or that goes without saying
        (
            "Cleaners get $17 an hour. It will rise to $18.50 in May.",
            [(17, "USD per hour"), (18.5, "USD per hour")],
        ),
        (
            "Hotels charge €4 per guest, up from €3.20.",
            [(4, "EUR per guest"), (3.2, "EUR per guest")],
        ),
        (
            "The average rent is £900 a month. Rents have gone up by £75.",
            [(900, "GBP per month"), (75, "GBP per month")],
        ),
        ("The lowest hourly wage goes up to £12.", [(12, "GBP per hour")]),
        ("The dividend was raised to 4p.", [(0.04, "GBP per share")]),
        ("A pass costs 70p a ride.", [(0.7, "GBP per ride")]),
        ("The toll is $6 per arriving lorry.", [(6, "USD per lorry")]),
        ("Freight costs $1,900 per 20ft container.", [(1900, "USD per container")]),
        # a noun that stands elsewhere
        ("The charity puts the number of orphans at 41,000.", [(41000, "people")]),
        ("The number of unemployed fell by 9,000 to 1.3 million.", [(9000, "people"), (1300000, "people")]),
        ("Arrests have doubled, to 84.", [(2, "ratio"), (84, "arrest")]),
        ("Burglaries went up, rising from 90 to 131.", [(90, "burglary"), (131, "burglary")]),
        ("Vacancies fell by 18,000 to 742,000.", [(18000, "vacancy"), (742000, "vacancy")]),
        (
            "The office has 260 inspectors. Unions want at least 400.",
            [(260, "people"), (400, "people")],
        ),
        (
            "The plant added 1,400 jobs, above the 1,100 analysts had forecast.",
            [(1400, "job"), (1100, "job")],
        ),
        ("A pass will cost 62 euros instead of 49.", [(62, "EUR"), (49, "EUR")]),
        ("She owes 230,000 euros, of which she has paid 18,000.", [(230000, "EUR"), (18000, "EUR")]),
        ("The working week falls from 38 to 35 hours.", [(38, "hour"), (35, "hour")]),
        # a magnitude that could be a measure
        ("Passenger numbers at the airport rose to 1.2m.", [(1200000, "people")]),
        ("The wall is 1.2m high.", [(1.2, "metre")]),
        # persons
        (
            "The 6,000-strong workforce and 14,000 ground crew are covered.",
            [(6000, "people"), (14000, "people")],
        ),
        ("Two crews fought the fire, stranding 300.", [(2, "crew"), (300, "people")]),
        ("Pike, 63, was sentenced to two years.", [(63, "year"), (2, "year")]),
        # one stretch, one noun
        ("The dive lasted an hour and 52 minutes.", [(112, "minute")]),
        ("There were 209 first-time claims.", [(209, "claim")]),
    ],
)
def test_what_a_number_counts_and_per_what(text: str, figures: list[tuple[float, str]]) -> None:
    assert told(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "Most families in the valley do not own one.",
        "The chairs, including one made for the king, were sold.",
        "Profits rose in the half-year to September.",
        "Buses come every 15 minutes instead of every 20.",
        "Overtime is paid at time and a half.",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert told(text) == []
