"""The words of the calendar."""

from __future__ import annotations

from claims.extraction.quantities.lexer import lex, words
from claims.extraction.quantities.numbers import STARTERS as NUMBER_STARTERS

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thurs thur", "friday fri",
            "saturday", "sunday",
        )
    )
    for name in names.split()
}  # fmt: skip
WEEKDAY_PLURALS: dict[str, int] = {
    name + "s": number for name, number in WEEKDAYS.items() if name.endswith("day")
}
#: first month and TIMEX3 code; winter begins in December of the year it is named after
SEASONS: dict[str, tuple[int, str]] = {
    "spring": (3, "SP"), "summer": (6, "SU"), "autumn": (9, "FA"), "fall": (9, "FA"), "winter": (12, "WI"),
}  # fmt: skip
#: TIMEX3 codes for parts of the day
DAY_PARTS: dict[str, str] = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "noon": "MI",
}  # fmt: skip
#: singular unit -> (granularity of the calendar, TIMEX3 duration designator)
UNITS: dict[str, tuple[str, str]] = {
    "second": ("second", "TS"), "minute": ("minute", "TM"), "hour": ("hour", "TH"), "day": ("day", "D"),
    "night": ("day", "D"), "week": ("week", "W"), "fortnight": ("week", "W"), "weekend": ("weekend", "WE"),
    "month": ("month", "M"), "quarter": ("quarter", "Q"), "year": ("year", "Y"), "decade": ("decade", "DE"),
    "century": ("century", "CE"), "season": ("season", "E"),
}  # fmt: skip
IRREGULAR_PLURALS = {"centuries": "century"}
UNIT_ABBREVIATIONS = {
    "hrs": "hour",
    "hr": "hour",
    "mins": "minute",
    "yrs": "year",
    "yr": "year",
    "secs": "second",
}

#: words that set the time of what follows, by how many periods they shift it
SHIFTS: dict[str, int] = {
    "last": -1, "past": -1, "previous": -1, "prior": -1, "preceding": -1, "this": 0, "current": 0,
    "next": 1, "coming": 1, "following": 1, "upcoming": 1,
}  # fmt: skip
#: of the shifts, those that look from the time last spoken of, not from the day of publication
NARRATIVE = frozenset({"previous", "prior", "preceding", "following"})

DEICTIC: dict[str, int] = {"today": 0, "yesterday": -1, "tomorrow": 1}
#: phrases without a date of their own -> TIMEX3 reference
REFERENCES: dict[str, str] = {
    "now": "PRESENT_REF", "currently": "PRESENT_REF", "presently": "PRESENT_REF",
    "nowadays": "PRESENT_REF", "the moment": "PRESENT_REF", "these days": "PRESENT_REF",
    "recently": "PAST_REF", "lately": "PAST_REF", "long ago": "PAST_REF", "the past": "PAST_REF",
    "the future": "FUTURE_REF", "the near future": "FUTURE_REF", "the foreseeable future": "FUTURE_REF",
}  # fmt: skip
#: of these, those that name a time only by themselves: "in the past", not "in the past of the firm"
LONELY = frozenset({"the past", "the moment"})
SETS: dict[str, str] = {
    "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W", "monthly": "P1M",
    "quarterly": "P3M", "annually": "P1Y", "annual": "P1Y", "yearly": "P1Y", "hourly": "PT1H",
}  # fmt: skip

#: fixed days: month, day
FIXED_HOLIDAYS: dict[str, tuple[int, int]] = {
    "new year's eve": (12, 31), "new year's day": (1, 1), "valentine's day": (2, 14), "halloween": (10, 31),
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
    "independence day": (7, 4), "veterans day": (11, 11), "bastille day": (7, 14), "armistice day": (11, 11),
    "st. patrick's day": (3, 17), "epiphany": (1, 6), "may day": (5, 1), "midsummer": (6, 24),
    "midsummer day": (6, 24), "midsummer's day": (6, 24), "all saints' day": (11, 1), "michaelmas": (9, 29),
    "candlemas": (2, 2), "lady day": (3, 25),
}  # fmt: skip
#: the nth weekday of a month: month, weekday (Monday is 0), n (-1 is the last), days added
FLOATING_HOLIDAYS: dict[str, tuple[int, int, int, int]] = {
    "thanksgiving": (11, 3, 4, 0), "thanksgiving day": (11, 3, 4, 0), "black friday": (11, 3, 4, 1),
    "labor day": (9, 0, 1, 0), "memorial day": (5, 0, -1, 0), "presidents' day": (2, 0, 3, 0),
    "martin luther king day": (1, 0, 3, 0), "columbus day": (10, 0, 2, 0), "election day": (11, 0, 1, 1),
    "super tuesday": (3, 1, 1, 0),
}  # fmt: skip
#: days from Easter Sunday
EASTER_HOLIDAYS: dict[str, int] = {
    "easter": 0, "easter sunday": 0, "good friday": -2, "easter monday": 1, "palm sunday": -7,
    "ash wednesday": -46, "pentecost": 49, "ascension day": 39,
}  # fmt: skip

#: "first" to "twentieth"; those behind "twentieth" are written in figures
ORDINALS: dict[str, int] = {
    name: number
    for number, name in enumerate(
        """
        first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
        fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
        """.split(),
        1,
    )
}
#: decades by name -> their first year within the century
DECADES: dict[str, int] = {
    name: 10 * tens
    for tens, name in enumerate(
        "twenties thirties forties fifties sixties seventies eighties nineties".split(), 2
    )
}

#: what a word before or behind says about where in the period; ``edge`` picks days of it
EDGES: dict[str, str] = {
    "start": "start", "beginning": "start", "outset": "start", "end": "end", "close": "end", "middle": "mid",
}  # fmt: skip
PARTS_OF_PERIOD: dict[str, str] = {"early": "early", "late": "late", "mid": "mid", "earlier": "", "later": ""}

#: what limits the number of a stretch of time
BOUNDS: frozenset[tuple[str, ...]] = frozenset(
    tuple(phrase.split())
    for phrase in (
        "almost", "nearly", "about", "around", "approximately", "roughly", "over",
        "less than", "more than", "at least", "at most", "up to", "no more than",
        "no less than", "not more than", "not less than",
    )
)  # fmt: skip

#: verbs and adjectives whose complement lies ahead
AHEAD = words(
    """
    due set scheduled expected slated planned plan expect intend hope aim promise propose schedule
    want wish upcoming forthcoming deadline
    """
)
#: verbs whose infinitive lies ahead of them, even when they stand in the past
INTENTIONS = words(
    """
    agree vow pledge offer threaten decide prepare invite order urge ask call demand require promise
    oblige allow permit tell instruct authorise authorize appoint choose elect vote move seek apply
    """
)
#: verbs whose simple present is a timetable: "his contract runs out in December"
TIMETABLE = words("expire run end start begin open close finish conclude resume reopen retire mature lapse")
FUTURE_AUXILIARIES = words("will would shall 'll ’ll wo can may must should")
#: behind a bare number these make it a count, not a year
COUNT_NOUNS = words(
    """
    people persons men women children troops soldiers percent per dollars euros pounds tonnes tons
    """
)
#: every word that a time expression can start with, or that can follow its article
STARTERS: frozenset[str] = frozenset(
    {
        *MONTHS, *WEEKDAYS, *SEASONS, *SHIFTS, *DEICTIC, *SETS, *EDGES, *PARTS_OF_PERIOD, *DAY_PARTS,
        *UNITS, *(unit + "s" for unit in UNITS), *IRREGULAR_PLURALS, *NUMBER_STARTERS,
        *(phrase.split()[0] for phrase in REFERENCES), *DECADES, *ORDINALS, *WEEKDAY_PLURALS,
        *(lex(name)[0].lower for name in {*FIXED_HOLIDAYS, *FLOATING_HOLIDAYS, *EASTER_HOLIDAYS}),
        *words(
            """
            that same then opening initial closing tonight overnight every each
            several few couple many some recent final first second third fourth q h fiscal midnight midday near
            future past moment foreseeable long latest half once twice
            daylong nightlong weeklong weekendlong monthlong yearlong decadelong
            """
        ),
    }
)  # fmt: skip
