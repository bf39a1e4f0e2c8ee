"""A second family, about a town's drinking water, in other wording than the first."""

# ruff: noqa: E501 (articles stand here as they would be printed)

from __future__ import annotations

from tests.verification.origins.family import Claim, Family, documents

_TEXTS = {
    "works": """Brackwater Waterworks informs: Since the night of 4 May, the water of the districts Elmside, Tannery and Low Field must be boiled for three minutes. Coliform germs were found in two of nine samples.

Chlorine is added at the Hollin reservoir. Drinking water is handed out from tankers at the fire station, at the Tannery school and on Saddler Square, ten litres a head.

As the district laboratory informs us, the results of the next samples will be there on Thursday.""",
    "dvn": """(DVN) BRACKWATER, May 5 - Some 21,000 people in Brackwater have been told to boil their tap water after germs were found in it, the town's waterworks said on Tuesday.

Two of nine samples contained coliform germs, according to the waterworks.

Supermarkets sold out of bottled water within an hour. A hospital postponed fourteen operations.

The mains of Brackwater are among the oldest in the country; parts of them were laid in 1887.

"We do not know yet how the germs came in, and anyone who says that he knows is guessing," said the works' manager, Hilde Kress.

-- Compiled by Sal Umber""",
    "post": """By our staff and DVN

No tea, no coffee: Brackwater is boiling. Some 21,000 people in Brackwater have been told to boil their tap water after germs were found in it, the town's waterworks said on Tuesday. Supermarkets sold out of bottled water within an hour. A hospital postponed forty operations.

At the tanker on Saddler Square the queue reached to the chemist's, as we saw ourselves; by our count it was 160 metres long at noon.

The mains of Brackwater are among the oldest in the country; parts of them were laid in 1887.

Councillor Ben Aldous wants to know why nobody was warned. "The pipe under Mill Lane has been leaking since Easter," he said.""",
    "argus": """The town has a cough, and everybody hears it. In Elmside, Tannery and Low Field, water is to be boiled for three minutes; ten litres a head are given out on Saddler Square, by the fire station and next to the Tannery school.

Fourteen operations were put off at St Anne's, the clinic's medical director, Dr Femi Ost, said. Dr Ost sees no cases of illness so far.

A pipe under Mill Lane had been leaking for weeks, neighbours told the Argus. Rosa Quill, who lives at number 8, says she rang the waterworks on 20 April. "I wrote down the time, it was ten past nine," she says.

The Weekly Beacon, published in the capital, writes that the waterworks had its laboratory closed last year to save 90,000 crowns.

The waterworks employs 64 people and supplies four towns.""",
    "argus2": """Hilde Kress looks tired. The manager of the waterworks bowed to the full hall of the Tannery school on Wednesday evening and said that she was ashamed.

There is no danger to infants, said Femi Ost of St Anne's.

The land register has the town as the owner of the strip above the broken pipe.

The waterworks employs 64 people and supplies four towns.

The leak in Mill Lane was known since 20 April, as the Hill Country Post has found out.""",
    "channel": """Brackwater's water affair has a number: 90,000 crowns. That is what the waterworks saved by closing its laboratory, as the Weekly Beacon revealed.

Kress bowed before the citizens on Wednesday, our reporter Uma Leth was in the hall.

The number of sick people has risen to 31, said Jonas Reve, who is in charge of infections at the district health office.

The strip of land above the pipe belongs to the town, according to the land register.

The health office got the number of postponed operations, fourteen, from St Anne's, a spokeswoman said.""",
    "hill": """The leak in Mill Lane was known. On 20 April the waterworks noted a call from a resident in its logbook, and the Hill Country Post was able to look at the page.

31 people have fallen ill with cramps so far, the district's health authorities announced.

Schools in Elmside remain closed for the rest of the week. Brackwater's mayor, Iris Tann, wishes to apologise to the children, she said.

That the germs come from a farm is wrong, says the farmers' federation. Its president Otto Wend speaks of a witch hunt.""",
    "citizen": """Whoever lives in Elmside has the children at home: the schools there will stay shut until Monday.

The health office knows of 31 patients, as Channel Nine said in its evening broadcast.

Talk in the queues has it that the germs come from a farm. The waterworks calls this nonsense. "There is not a single farm above the reservoir," said a spokesman.

The broken pipe lay under Mill Lane, and the leak there was reported on 20 April, the Brackwater Argus wrote.""",
    "council": """Statement of the town council of Brackwater

The council has been informed by the waterworks that the pipe under Mill Lane was replaced on 6 May.

The schools in Elmside are closed up to and including Friday.

The council decided on 7 May to put 400,000 crowns into new pipes.""",
    "hill2": """The pipe in Mill Lane is new since Wednesday, said Hilde Kress.

The council will spend 400,000 crowns on pipes. Twelve members voted for it and seven against, in a session that lasted until midnight; our reporter counted the hands.

According to Iris Tann the money comes out of the swimming pool.""",
}
_MASTHEADS = {
    "works": ("Brackwater Waterworks", "Brackwater Waterworks", "05T04:00", "Boil your water", None),
    "dvn": ("DVN", "Dale and Valley News Agency", "05T07:00", "Brackwater told to boil water", "Sal Umber"),
    "post": ("Hill Country Post", "Hill Press", "05T15:00", "No tea in Brackwater", "Staff, DVN"),
    "argus": ("Brackwater Argus", "Argus Ltd", "06T05:00", "A town with a cough", "Tim Orrin"),
    "argus2": ("Brackwater Argus", "Argus Ltd", "07T05:00", "The manager bows", "Tim Orrin"),
    "channel": ("Channel Nine", "Nine Broadcasting", "07T18:00", "The 90,000 crown question", "Uma Leth"),
    "hill": ("Hill Country Post", "Hill Press", "06T15:00", "The page in the logbook", "Ida Karst"),
    "citizen": ("Dale Citizen", "Hill Press", "08T06:00", "Home from school", "Bo Linn"),
    "council": ("Brackwater Town Council", "Brackwater Town Council", "08T09:00", "Statement", None),
    "hill2": ("Hill Country Post", "Hill Press", "08T15:00", "New pipes", "Ida Karst"),
}

_TOLD = "Some 21,000 people in Brackwater have been told to boil their tap water"
_OLD = "The mains of Brackwater are among the oldest in the country"
_64 = "The waterworks employs 64 people"

_CLAIMS = (
    Claim(
        "samples: the body itself, and the agency",
        (
            ("works", "Coliform germs were found in two of nine samples", None),
            ("dvn", "Two of nine samples contained coliform germs", "Brackwater Waterworks"),
        ),
        (("works", "dvn"),),
    ),
    Claim(
        "21,000",
        (("dvn", _TOLD, "the town's waterworks"), ("post", _TOLD, "the town's waterworks")),
        (("dvn", "post"),),
    ),
    Claim(
        "boiling paraphrased",
        (
            ("works", "must be boiled for three minutes", None),
            ("argus", "water is to be boiled for three minutes", None),
        ),
        (("works", "argus"),),
    ),
    Claim(
        "fourteen operations",
        (
            ("dvn", "A hospital postponed fourteen operations", None),
            ("argus", "Fourteen operations were put off at St Anne's", "Femi Ost"),
            ("channel", "the number of postponed operations, fourteen", "district health office"),
            ("!post", "A hospital postponed forty operations", None),
        ),
        (("dvn",), ("argus", "channel")),
    ),
    Claim(
        "forty operations",
        (
            ("post", "A hospital postponed forty operations", None),
            ("!dvn", "A hospital postponed fourteen operations", None),
            ("!argus", "Fourteen operations were put off at St Anne's", "Femi Ost"),
        ),
        (("post",),),
        (("dvn",), ("argus",)),
    ),
    Claim("old mains", (("dvn", _OLD, None), ("post", _OLD, None)), (("dvn", "post"),)),
    Claim(
        "queue seen in a credited article; nobody else has it",
        (("post", "the queue reached to the chemist's", None), ("dvn", "Supermarkets sold out", None)),
        (("post",), ("dvn",)),
    ),
    Claim(
        "the leak was known on 20 April",
        (
            ("argus", "says she rang the waterworks on 20 April", "Rosa Quill"),
            ("hill", "The leak in Mill Lane was known", None),
            ("argus2", "The leak in Mill Lane was known since 20 April", "Hill Country Post"),
            ("citizen", "the leak there was reported on 20 April", "Brackwater Argus"),
        ),
        (("argus",), ("hill", "argus2", "citizen")),
    ),
    Claim(
        "an outlet outside the family, cited twice",
        (
            (
                "argus",
                "the waterworks had its laboratory closed last year to save 90,000 crowns",
                "Weekly Beacon",
            ),
            ("channel", "That is what the waterworks saved by closing its laboratory", "the Weekly Beacon"),
        ),
        (("argus", "channel"),),
    ),
    Claim(
        "a bow seen by two",
        (
            ("argus2", "bowed to the full hall of the Tannery school", None),
            ("channel", "Kress bowed before the citizens on Wednesday", None),
        ),
        (("argus2",), ("channel",)),
    ),
    Claim(
        "31 ill",
        (
            ("channel", "The number of sick people has risen to 31", "Jonas Reve"),
            ("hill", "31 people have fallen ill with cramps", "the district's health authorities"),
            ("citizen", "The health office knows of 31 patients", "Channel Nine"),
        ),
        (("channel", "hill", "citizen"),),
    ),
    Claim(
        "no danger",
        (
            ("argus", "sees no cases of illness so far", "Femi Ost"),
            ("argus2", "There is no danger to infants", "Femi Ost"),
        ),
        (("argus", "argus2"),),
    ),
    Claim(
        "land register",
        (
            ("argus2", "the town as the owner of the strip", "land register"),
            ("channel", "The strip of land above the pipe belongs to the town", "the land register"),
        ),
        (("argus2", "channel"),),
    ),
    Claim("64 people", (("argus", _64, None), ("argus2", _64, None)), (("argus", "argus2"),)),
    Claim(
        "schools closed: sister papers and the council",
        (
            ("hill", "Schools in Elmside remain closed for the rest of the week", None),
            ("citizen", "the schools there will stay shut until Monday", None),
            ("council", "The schools in Elmside are closed up to and including Friday", None),
        ),
        (("hill", "citizen"), ("council",)),
    ),
    Claim(
        "from a farm: denied by two bodies",
        (
            ("!hill", "That the germs come from a farm is wrong", "farmers' federation"),
            ("!hill", "speaks of a witch hunt", "Otto Wend"),
            ("!citizen", "The waterworks calls this nonsense", "Brackwater Waterworks"),
            ("!citizen", "There is not a single farm above the reservoir", "a spokesman"),
            ("citizen", "the germs come from a farm", "talk in the queues"),
        ),
        (),
        (("hill",), ("citizen",)),
    ),
    Claim(
        "new pipe",
        (
            ("council", "the pipe under Mill Lane was replaced on 6 May", "Brackwater Town Council"),
            ("hill2", "The pipe in Mill Lane is new since Wednesday", "Hilde Kress"),
        ),
        (("council", "hill2"),),
    ),
    Claim(
        "400,000: the council and a reporter in the session",
        (
            ("council", "The council decided on 7 May to put 400,000 crowns into new pipes", None),
            ("hill2", "Twelve members voted for it and seven against", None),
        ),
        (("council",), ("hill2",)),
    ),
    Claim(
        "leak: councillor and neighbour",
        (
            ("post", "The pipe under Mill Lane has been leaking since Easter", "Ben Aldous"),
            ("argus", "A pipe under Mill Lane had been leaking for weeks", "neighbours"),
        ),
        (("post",), ("argus",)),
    ),
    Claim(
        "the next results",
        (("works", "the results of the next samples will be there on Thursday", "district laboratory"),),
        (("works",),),
    ),
)
_COPIES = {("dvn", "post")}

WATER = Family(documents("2026-05", _TEXTS, _MASTHEADS), _CLAIMS, frozenset(_COPIES))
