"""A third family, about a fire in a chemical plant, written after the rules to see what they miss."""

# ruff: noqa: E501 (articles stand here as they would be printed)

from __future__ import annotations

from tests.verification.origins.family import Claim, Family, documents

_TEXTS = {
    "brigade": """Press release no. 114

At 02:41 the control room was alerted to a fire at Corvane Chemicals, Harrow Ferry. On arrival of the first engine, hall C was fully ablaze. 212 firefighters with 46 vehicles were deployed, among them the foam unit of Port Selby.

The fire was under control at 07:15. One firefighter was slightly hurt by a falling gutter.

Enquiries: Marta Quist, press officer, Harrow Fire Brigade""",
    "corvane": """Corvane Chemicals regrets the incident in hall C this morning. Production in halls A and B has been stopped as a precaution. We employ 640 people on this site; all of them are safe.

According to the fire brigade, the blaze was under control at 7.15 a.m.

As to the cause, we trust the investigators. A leaking valve can be ruled out, says plant manager Dr Edwin Saro.""",
    "meridian": """HARROW FERRY, 3 June (Meridian) — A fire destroyed a production hall of the chemical firm Corvane in Harrow Ferry early on Wednesday, and more than 3,000 residents were told to keep their windows shut.

Flames stood forty metres high over the hall, in which solvents were stored, and the smoke drifted across the river as far as Selby Marsh.

"This is the largest operation that we have had in eleven years," said Marta Quist, a spokeswoman for the fire brigade.

The motorway bridge was closed in both directions for six hours.

Corvane shares lost 12% by noon.""",
    "tribune": """There was a bang, then there was light. Flames stood forty metres high over the hall, in which solvents were stored, and the smoke drifted across the river as far as Selby Marsh. More than 3,000 residents were told to keep their windows shut.

The motorway bridge was closed in both directions for nine hours. Corvane shares lost 12% by noon.

Lina Petrow, a chemist's assistant from Dock Row, packed her cat and her papers. She counted three explosions, she says.""",
    "lamp": """Photographs taken by this newspaper from the roof of our building show flames coming from two halls, not from one.

"I told them about the valve in hall C on Monday, and again on Tuesday," says Radek Horn, who has worked as a fitter at Corvane for nineteen years.

Two employees who do not want to see their names in the paper confirm that the valve had been leaking.

The environment office measured 14 micrograms of benzene in Dock Row. The readings of its measuring stations can be looked up by anyone: at nine o'clock the station Dock Row stood at 14.

Founded in 1931 as a soap works, Corvane has belonged to the Tessler family since 1978. It makes solvents, glue and paint, and it is the largest employer in the county.""",
    "selby": """The chemical plant at Harrow Ferry burns, and Selby Marsh coughs. Station Dock Row showed 14 micrograms of benzene in the morning, according to the public measuring network of the environment office.

At Corvane, halls A and B stand still as a precaution, all 640 employees are safe.

The valve in hall C is said to have been leaking; a fitter complained about it twice, the Lamplighter reports.

Health minister Petra Lohan spoke of nine people with irritated lungs; the county hospital had informed her, she said.

Founded as a soap works in 1931, the firm has 640 employees and a football team.""",
    "lamp2": """The fitter's warning reached the management. That follows from an e-mail of 2 June that the Lamplighter has on its desk. The Selby Reporter, too, writes about the valve.

Nine people were treated for irritated lungs, the county hospital says.

A fourth explosion is an invention, says Quist. Online, posts with thousands of clicks claim the opposite.

Founded in 1931 as a soap works, Corvane has belonged to the Tessler family since 1978. It makes solvents, glue and paint, and it is the largest employer in the county.""",
    "dawn": """Hall C is a black frame. Inspectors in white suits stood in front of it on Thursday morning, as our reporter could see from the gate; nobody let him in.

The valve was in order, says Edwin Saro. "Anybody who claims anything else will hear from our lawyers."

The bridge of the motorway was shut for six hours, police said. A spokeswoman of the motorway company speaks of six hours as well.

In hall C, 640 tonnes of solvent were stored. That is shown by the county's register of hazardous substances.

The works council wants the night shift to be staffed again with twelve people rather than seven, chairwoman Ilse Brandt demands.""",
    "dusk": """The register of hazardous substances, which the county keeps, lists 640 tonnes of solvent for hall C.

The night shift had been cut from twelve people to seven, Ilse Brandt, who chairs the works council, told us.

A good 3,000 people had to keep their windows closed, according to Meridian.

The fire is out. It was a leaking valve in hall C, the Dawn Telegram's sister has learned from two investigators.

Police assume six hours for the closure of the motorway bridge.""",
}
_MASTHEADS = {
    "brigade": ("Harrow Fire Brigade", "Harrow Fire Brigade", "03T06:00", "Fire at Corvane Chemicals", None),
    "corvane": ("Corvane Chemicals", "Corvane Chemicals", "03T07:00", "Incident in hall C", None),
    "meridian": ("Meridian Press", "Meridian Press", "03T10:30", "Chemical plant burns", "Ann Dorr"),
    "tribune": ("Harrow Tribune", "Tribune House", "03T14:00", "A bang, then light", "Our editors"),
    "lamp": ("The Lamplighter", "Lamplighter Cooperative", "04T04:00", "The valve", "Igor Vance"),
    "selby": ("Selby Reporter", "Marsh Media", "04T11:00", "Selby Marsh coughs", "Dot Hale"),
    "lamp2": ("The Lamplighter", "Lamplighter Cooperative", "05T04:00", "The e-mail", "Igor Vance"),
    "dawn": ("Dawn Telegram", "Twin Papers", "04T16:00", "A black frame", "Kit Moor"),
    "dusk": ("Dusk Telegram", "Twin Papers", "05T16:00", "What lay in hall C", "Roy Bell"),
}
_FLAMES = "Flames stood forty metres high over the hall"
_1931 = "Founded in 1931 as a soap works"
_3000 = "ore than 3,000 residents were told to keep their windows shut"

_CLAIMS = (
    Claim(
        "under control at 7.15: a company repeats the brigade",
        (
            ("brigade", "The fire was under control at 07:15", None),
            ("corvane", "the blaze was under control at 7.15 a.m.", "fire brigade"),
        ),
        (("brigade", "corvane"),),
    ),
    Claim(
        "flames: uncredited reprint",
        (("meridian", _FLAMES, None), ("tribune", _FLAMES, None)),
        (("meridian", "tribune"),),
    ),
    Claim(
        "windows: reprint of half a sentence, and a citation",
        (
            ("meridian", _3000, None),
            ("tribune", _3000, None),
            ("dusk", "A good 3,000 people had to keep their windows closed", "Meridian Press"),
        ),
        (("meridian", "tribune", "dusk"),),
    ),
    Claim(
        "six hours: agency, police twice, the motorway company; an altered reprint",
        (
            ("meridian", "The motorway bridge was closed in both directions for six hours", None),
            ("dawn", "The bridge of the motorway was shut for six hours", "police"),
            ("dawn", "speaks of six hours as well", "a spokeswoman of the motorway company"),
            ("dusk", "six hours for the closure of the motorway bridge", "the police"),
            ("!tribune", "The motorway bridge was closed in both directions for nine hours", None),
        ),
        (("meridian",), ("dawn", "dusk"), ("dawn",)),
    ),
    Claim(
        "shares",
        (("meridian", "Corvane shares lost 12%", None), ("tribune", "Corvane shares lost 12%", None)),
        (("meridian", "tribune"),),
    ),
    Claim(
        "three explosions and a denial",
        (
            ("tribune", "She counted three explosions", "Lina Petrow"),
            ("!lamp2", "A fourth explosion is an invention", "Marta Quist"),
        ),
        (("tribune",),),
        (("lamp2",),),
    ),
    Claim(
        "valve leaked: worker, anonymous colleagues, citations, investigators; the company denies twice",
        (
            ("lamp", "I told them about the valve in hall C on Monday", "Radek Horn"),
            ("selby", "The valve in hall C is said to have been leaking", "The Lamplighter"),
            ("dusk", "It was a leaking valve in hall C", "two investigators"),
            ("!corvane", "A leaking valve can be ruled out", "Edwin Saro"),
            ("!dawn", "The valve was in order", "Edwin Saro"),
        ),
        (("lamp", "selby"), ("dusk",)),
        (("corvane", "dawn"),),
    ),
    Claim(
        "warning reached the management: an e-mail, and a circle",
        (
            ("lamp2", "The fitter's warning reached the management", None),
            ("selby", "a fitter complained about it twice", "the Lamplighter"),
            ("lamp", "I told them about the valve in hall C on Monday", "Radek Horn"),
        ),
        (("lamp", "selby"), ("lamp2",)),
    ),
    Claim(
        "benzene: one instrument, read by its office and by another paper",
        (
            ("lamp", "the station Dock Row stood at 14", "measuring stations of the environment office"),
            (
                "selby",
                "Station Dock Row showed 14 micrograms of benzene",
                "public measuring network of the environment office",
            ),
        ),
        (("lamp", "selby"),),
    ),
    Claim(
        "all safe: paraphrase of the company's statement",
        (
            ("corvane", "Production in halls A and B has been stopped as a precaution", None),
            ("selby", "halls A and B stand still as a precaution", None),
        ),
        (("corvane", "selby"),),
    ),
    Claim(
        "nine people treated: the minister had it from the hospital",
        (
            ("selby", "nine people with irritated lungs", "Petra Lohan"),
            ("lamp2", "Nine people were treated for irritated lungs", "county hospital"),
        ),
        (("selby", "lamp2"),),
    ),
    Claim(
        "1931",
        (("lamp", _1931, None), ("lamp2", _1931, None), ("selby", "Founded as a soap works in 1931", None)),
        (("lamp", "lamp2"), ("selby",)),
    ),
    Claim(
        "a register read by sister papers",
        (
            ("dawn", "640 tonnes of solvent were stored", "the county's register of hazardous substances"),
            ("dusk", "640 tonnes of solvent for hall C", "register of hazardous substances"),
        ),
        (("dawn", "dusk"),),
    ),
    Claim(
        "the night shift: one chairwoman in two papers",
        (
            ("dawn", "staffed again with twelve people rather than seven", "Ilse Brandt"),
            ("dusk", "The night shift had been cut from twelve people to seven", "works council"),
        ),
        (("dawn", "dusk"),),
    ),
    Claim(
        "a spokeswoman and her brigade",
        (
            ("meridian", "This is the largest operation", "Marta Quist"),
            ("brigade", "212 firefighters with 46 vehicles were deployed", None),
        ),
        (("meridian", "brigade"),),
    ),
    Claim(
        "two outlets on their own eyes",
        (
            ("lamp", "show flames coming from two halls", None),
            ("dawn", "Hall C is a black frame", None),
        ),
        (("lamp",), ("dawn",)),
    ),
)
_COPIES = {("meridian", "tribune")}

PLANT = Family(documents("2026-06", _TEXTS, _MASTHEADS), _CLAIMS, frozenset(_COPIES))
