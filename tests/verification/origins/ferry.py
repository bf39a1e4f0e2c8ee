"""A family of articles about a ferry on a sandbank, written for these tests, with the origins of each claim.

Every outlet, body and person is invented.
"""

# ruff: noqa: E501 (articles stand here as they would be printed)

from __future__ import annotations

from tests.verification.origins.family import Claim, Family, documents

_TEXTS = {
    "wire": """OYSTERMOUTH, Jan 12 (SPA) - The ferry Petrel ran aground on the Gannet Bank at 4.10 a.m. on Monday on its way from Calloway Island to the mainland, the Oystermouth Harbour Authority said.

There were 142 passengers on board, a spokeswoman for the operator, Marlin Lines, said by telephone.

Nine lifeboats brought the passengers ashore before sunrise. The tide was at its lowest point of the year.

"The ship sits upright and she sits safely, and there she will stay until the tide has come back for her," harbour master Ivo Brandt told reporters.

Marlin Lines lost 4% on the stock exchange in early trading.

The Petrel has run aground twice before, in 2009 and 2016.

(Reporting by Nell Harcastle; editing by Jo Quaid)""",
    "mirror": """The ferry Petrel ran aground on the Gannet Bank at 4.10 a.m. on Monday on its way from Calloway Island to the mainland, the Oystermouth Harbour Authority said.

Nine lifeboats brought the passengers ashore before sunrise. The tide was at its lowest point of the year.

A Mirror photographer counted 31 buses on the quay at seven o'clock, most of them empty.

There were 142 passengers on board, a spokeswoman for the operator, Marlin Lines, said by telephone.

The Petrel has run aground twice before, in 2009 and 2016.

With material from Seaboard Press Agency""",
    "gazette": """Milla Toft still has wet shoes. "The lights went out, and then there were two knocks against the hull," she says. She was on deck when it happened.

The inquiry may take time. The captain had complained in writing about a missing buoy, The Islander reported on Tuesday.

The ferry terminal will not open before Sunday. Whoever has a ticket gets the money back.

Repairing the hull will cost three million crowns, said Lars Engel, the transport minister, on a visit to the quay.

The mayor of Calloway, Edda Lunn, said the harbour authority had told her that the wreck of an older ship lies under the Petrel.

Toft will take the plane next time, she says.""",
    "harbour": """Notice to the public, 12 January

The ferry Petrel has been aground on the Gannet Bank since 04:10 today. According to the operator, Marlin Lines, 142 passengers were on board. No one was hurt.

The remains of an older ship were found under the hull with sonar.

Replacement buses 7, 9 and 12 leave from Market Quay, and tickets are valid on the Heron until 20 January. Anglers are asked to stay 400 metres away.

The harbour master, Ivo Brandt, will answer questions at noon.""",
    "radio": """The ferry lies there like a toy that somebody has put down. There were 142 people on it, says Hedda Fane, who speaks for Marlin Lines.

Gusts of 74 kilometres an hour swept over the bank that night, according to the gauge on Tern Point.

The captain had warned of a missing buoy in December, in a letter that Radio Calloway has read.

"Two knocks against the hull, and then it was dark," Milla Toft told us on the quay.

"The ship sits upright and she sits safely, and there she will stay until the tide has come back for her," said Ivo Brandt, the harbour master, when he was asked whether she might break.

Nobody was injured, said Bram Ostler of the coastguard.

Before she took questions, the head of Marlin Lines, Vera Stroud, turned to the passengers and asked them to forgive her. Stroud called it nonsense that the captain had been asleep.

The pilot on duty had gone home early, two people close to the inquiry said.

The cat of the ship's cook was found alive, as The Islander was the first to report.""",
    "lantern": """It was supposed to be the last crossing before the holidays.

Nine lifeboats brought the passengers ashore before sunrise. The ferry Petrel ran aground on the Gannet Bank at 4.10 a.m. on Monday on its way from Calloway Island to the mainland.

There were 124 passengers on board, a spokeswoman for the operator, Marlin Lines, said by telephone. The tide was at its lowest point of the year.

The Petrel has run aground twice before, in 2009 and 2016. Her bell hangs in the town hall.""",
    "islander": """The sea gives and the sea takes, and on Monday it took its time.

The captain of the Petrel had pointed out in a letter that a buoy was missing, as Radio Calloway reported. On the stock exchange, Marlin Lines fell by 4%, according to Seaboard.

The cook's cat has been rescued, Radio Calloway reported, and sleeps in the bridge now.

The ferry, built in 1991, is 88 metres long and has two decks for cars.

The union of seamen rejects the story of the sleeping captain. "He was awake and he was on the bridge," said its chairman, Tor Vesterby.

The terminal is closed.""",
    "marlin": """Statement by Marlin Lines

On the morning of 12 January our ferry Petrel touched the Gannet Bank with 142 passengers on board. We thank the crews of the lifeboats.

Passengers can have their money back at every counter. A hotline has been set up.""",
    "update": """OYSTERMOUTH, Jan 13 (SPA) - Tugs will try on Thursday to pull the ferry Petrel off the Gannet Bank, the Oystermouth Harbour Authority said on Tuesday.

Nine lifeboats brought the passengers ashore before sunrise on Monday. The Petrel has run aground twice before, in 2009 and 2016.

The repair of the hull is expected to cost three million crowns, a spokesman for the transport ministry said.

(Reporting by Nell Harcastle; editing by Jo Quaid)""",
    "chronicle": """Whoever wants to leave the island these days must get up early. The replacement buses 7, 9 and 12 start from Market Quay, tickets are good for the Heron until 20 January, and anglers have to keep a distance of 400 metres.

The gauge on Tern Point shows gusts of 74 kilometres an hour for the night of the accident.

The pilot left before his shift was over, according to a source with knowledge of the inquiry.

Ida Roon, a nurse who was on board, remembers it otherwise than most. "There was one long scrape, no knock," she said.

The terminal is closed.""",
    "mirror2": """Our reporter stood three metres away when Vera Stroud apologised to the passengers of the Petrel on Tuesday evening.

The terminal stays shut until and including Saturday, and the kiosk with it.

Ole Tamm, who was asleep in the saloon, heard nothing at all. "I woke up because it was so quiet," he said.

The Petrel was built in 1991. She is 88 metres long and can take 60 cars, and she has crossed to the island more than 20,000 times since then.""",
    "mirror3": """The tugs have come from three countries, and they have all come in vain.

The Petrel was built in 1991. She is 88 metres long and can take 60 cars, and she has crossed to the island more than 20,000 times since then.

The next attempt is planned for spring tide.""",
}

_MASTHEADS = {
    "wire": (
        "Seaboard Press Agency",
        "Seaboard Press Agency",
        "12T06:40",
        "Ferry aground off Oystermouth",
        "Nell Harcastle",
    ),
    "mirror": ("Kettle Bay Mirror", "Mirror Group", "12T09:00", "Aground before breakfast", None),
    "gazette": ("Northshore Gazette", "Mirror Group", "14T05:00", "Wet shoes", "Pia Lund"),
    "harbour": (
        "Oystermouth Harbour Authority",
        "Oystermouth Harbour Authority",
        "12T06:00",
        "Petrel aground",
        None,
    ),
    "radio": ("Radio Calloway", "Calloway Broadcasting", "13T12:00", "The ship on the bank", "Finn Aske"),
    "lantern": ("Daily Lantern", "Lantern Press", "12T17:30", "Last crossing", "Lantern desk"),
    "islander": ("The Islander", "Island Weeklies", "13T16:00", "What the sea took", "Mo Brill"),
    "marlin": ("Marlin Lines", "Marlin Lines", "12T08:00", "Statement", None),
    "update": (
        "Seaboard Press Agency",
        "Seaboard Press Agency",
        "13T14:00",
        "Tugs to try on Thursday",
        "Nell Harcastle",
    ),
    "chronicle": ("Calloway Chronicle", "Chronicle House", "13T18:00", "Up early", "Gus Pell"),
    "mirror2": ("Kettle Bay Mirror", "Mirror Group", "14T04:00", "An apology", "Ada Noor"),
    "mirror3": ("Kettle Bay Mirror", "Mirror Group", "17T04:00", "In vain", "Ada Noor"),
}


_AGROUND = "The ferry Petrel ran aground on the Gannet Bank at 4.10 a.m. on Monday"
_142 = "There were 142 passengers on board"
_BOATS = "Nine lifeboats brought the passengers ashore before sunrise"
_TWICE = "The Petrel has run aground twice before"
_1991 = "The Petrel was built in 1991"

_CLAIMS = (
    Claim(
        "a body's statement, the agency that quotes it, and copies with and without its name",
        (
            ("wire", _AGROUND, "Oystermouth Harbour Authority"),
            ("mirror", _AGROUND, "Oystermouth Harbour Authority"),
            ("lantern", _AGROUND, None),
            ("harbour", "The ferry Petrel has been aground on the Gannet Bank since 04:10 today", None),
        ),
        (("harbour", "wire", "mirror", "lantern"),),
    ),
    Claim(
        "a body that has the number from a company passes it on; an altered copy is silent",
        (
            ("wire", _142, "Marlin Lines"),
            ("mirror", _142, "a spokeswoman for Marlin Lines"),
            ("harbour", "142 passengers were on board", "Marlin Lines"),
            ("radio", "There were 142 people on it", "Hedda Fane"),
            ("marlin", "our ferry Petrel touched the Gannet Bank with 142 passengers on board", None),
            ("!lantern", "There were 124 passengers on board", "Marlin Lines"),
        ),
        (("harbour", "marlin", "wire", "mirror", "radio"),),
    ),
    Claim(
        "an altered copy is one origin for its own figure",
        (
            ("lantern", "There were 124 passengers on board", "Marlin Lines"),
            ("!wire", _142, "Marlin Lines"),
            ("!mirror", _142, "a spokeswoman for Marlin Lines"),
            ("!radio", "There were 142 people on it", "Hedda Fane"),
        ),
        (("lantern",),),
        (("wire", "mirror", "radio"),),
    ),
    Claim(
        "the agency's own assertion, its later version, a credited and an uncredited copy",
        tuple((slug, _BOATS, None) for slug in ("wire", "mirror", "lantern", "update")),
        (("wire", "mirror", "lantern", "update"),),
    ),
    Claim(
        "background that only copies of the agency have",
        tuple((slug, _TWICE, None) for slug in ("wire", "mirror", "lantern", "update")),
        (("wire", "mirror", "lantern", "update"),),
    ),
    Claim(
        "own eyes inside a reprint",
        (
            ("mirror", "A Mirror photographer counted 31 buses on the quay", None),
            ("wire", "Nine lifeboats", None),
        ),
        (("mirror",), ("wire",)),
    ),
    Claim(
        "two bodies",
        (("harbour", "No one was hurt", None), ("radio", "Nobody was injured", "Bram Ostler")),
        (("harbour",), ("radio",)),
    ),
    Claim(
        "one instrument read twice",
        (
            ("radio", "Gusts of 74 kilometres an hour swept over the bank that night", "gauge on Tern Point"),
            ("chronicle", "gusts of 74 kilometres an hour", "Tern Point gauge"),
        ),
        (("radio", "chronicle"),),
    ),
    Claim(
        "a chain of citations to a letter that one outlet has read",
        (
            ("radio", "The captain had warned of a missing buoy in December", None),
            (
                "islander",
                "The captain of the Petrel had pointed out in a letter that a buoy was missing",
                "Radio Calloway",
            ),
            ("gazette", "The captain had complained in writing about a missing buoy", "The Islander"),
        ),
        (("radio", "islander", "gazette"),),
    ),
    Claim(
        "two outlets that cite each other",
        (
            ("radio", "The cat of the ship's cook was found alive", "The Islander"),
            ("islander", "The cook's cat has been rescued", "Radio Calloway"),
        ),
        (("radio", "islander"),),
    ),
    Claim(
        "one witness in two outlets, another witness in a third",
        (
            ("gazette", "then there were two knocks against the hull", "Milla Toft"),
            ("radio", "Two knocks against the hull", "Milla Toft"),
            ("!chronicle", "There was one long scrape, no knock", "Ida Roon"),
        ),
        (("gazette", "radio"),),
        (("chronicle",),),
    ),
    Claim(
        "an official by his name and by his body, in the same words",
        (
            ("wire", "The ship sits upright and she sits safely", "Ivo Brandt"),
            ("radio", "The ship sits upright and she sits safely", "harbour master Ivo Brandt"),
        ),
        (("wire", "radio"),),
    ),
    Claim(
        "two outlets watch an apology",
        (
            ("radio", "turned to the passengers and asked them to forgive her", None),
            ("mirror2", "Vera Stroud apologised to the passengers of the Petrel", None),
        ),
        (("radio",), ("mirror2",)),
    ),
    Claim(
        "a rumour that a company and a union reject",
        (
            ("!radio", "Stroud called it nonsense that the captain had been asleep", "Vera Stroud"),
            ("!islander", "rejects the story of the sleeping captain", "union of seamen"),
            ("!islander", "He was awake and he was on the bridge", "Tor Vesterby"),
        ),
        (),
        (("radio",), ("islander",)),
    ),
    Claim(
        "a paraphrase without attribution",
        (
            ("harbour", "Replacement buses 7, 9 and 12 leave from Market Quay", None),
            ("chronicle", "The replacement buses 7, 9 and 12 start from Market Quay", None),
        ),
        (("harbour", "chronicle"),),
    ),
    Claim(
        "an agency credited in the outlet's own words",
        (
            ("wire", "Marlin Lines lost 4% on the stock exchange", None),
            ("islander", "Marlin Lines fell by 4%", "Seaboard"),
        ),
        (("wire", "islander"),),
    ),
    Claim(
        "sister papers on their own account, and a stranger in a short equal sentence",
        (
            ("gazette", "The ferry terminal will not open before Sunday", None),
            ("mirror2", "The terminal stays shut until and including Saturday", None),
            ("islander", "The terminal is closed.", None),
            ("chronicle", "The terminal is closed.", None),
        ),
        (("gazette", "mirror2"), ("islander",), ("chronicle",)),
    ),
    Claim(
        "sister papers with two witnesses",
        (
            ("gazette", "The lights went out", "Milla Toft"),
            ("mirror2", "I woke up because it was so quiet", "Ole Tamm"),
        ),
        (("gazette",), ("mirror2",)),
    ),
    Claim(
        "sources without a name count as the outlet",
        (
            ("radio", "The pilot on duty had gone home early", "two people close to the inquiry"),
            (
                "chronicle",
                "The pilot left before his shift was over",
                "a source with knowledge of the inquiry",
            ),
        ),
        (("radio",), ("chronicle",)),
    ),
    Claim(
        "a minister and the spokesman of the ministry",
        (
            ("gazette", "Repairing the hull will cost three million crowns", "Lars Engel"),
            (
                "update",
                "The repair of the hull is expected to cost three million crowns",
                "spokesman for the transport ministry",
            ),
        ),
        (("gazette", "update"),),
    ),
    Claim(
        "a mayor who was told by a body",
        (
            ("gazette", "the wreck of an older ship lies under the Petrel", "Edda Lunn"),
            ("harbour", "The remains of an older ship were found under the hull with sonar", None),
        ),
        (("gazette", "harbour"),),
    ),
    Claim(
        "a standing paragraph of one outlet, and the fact in another's words",
        (
            ("mirror2", _1991, None),
            ("mirror3", _1991, None),
            ("islander", "The ferry, built in 1991", None),
        ),
        (("mirror2", "mirror3"), ("islander",)),
    ),
)

_COPIES = {
    ("wire", "mirror"),
    ("wire", "lantern"),
    ("mirror", "lantern"),
    ("mirror", "update"),
}

FERRY = Family(documents("2026-01", _TEXTS, _MASTHEADS), _CLAIMS, frozenset(_COPIES))
