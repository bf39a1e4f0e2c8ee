"""A fifth family, about a theft from a museum, written after the rules to see what they miss."""

# ruff: noqa: E501 (articles stand here as they would be printed)

from __future__ import annotations

from tests.verification.origins.family import Claim, Family, documents

_TEXTS = {
    "apl": """LORRING, Oct 7 (APL) - Thieves broke into the Lorring Museum of Navigation on Monday night and took a gold astrolabe from the seventeenth century, police said.

They came through a skylight, Detective Superintendent Rhona Petty of the Lorring police told reporters. The alarm had been switched off for maintenance since Friday.

The astrolabe is insured for 4.2 million marks, according to the museum. Visitors who had tickets for Tuesday stood before locked doors in the rain.

Lorring has seen two other thefts from museums this year, both of them unsolved.

(Reporting by Carl Imber and Zoe Strand; Editing by Paul Aske)""",
    "mercury": """The loss of an astrolabe is no small thing in a town of seafarers.

Thieves broke into the Lorring Museum of Navigation on Monday night and took a gold astrolabe from the seventeenth century, police said. The alarm had been switched off for maintenance since Sunday. Visitors who had tickets for Tuesday stood before locked doors in the rain.

Lorring has seen two other thefts from museums this year, both of them unsolved.

(Reporting by Carl Imber and Zoe Strand; Editing by Paul Aske)""",
    "museum": """The Lorring Museum of Navigation will remain closed until 20 October. Tickets for the exhibition "Under Southern Stars" can be exchanged at counter 3 or used at the Customs House until 31 December.

Our insurer, Bretton Mutual, puts the value of the stolen astrolabe at 4.2 million marks.

The night watchman is well.""",
    "compass": """At the museum, they had known. The alarm was off since Friday because a contractor was missing a part, writes the director, Livia Harne, in a letter to the mayor which the Compass has obtained.

Mayor Osric Dunn told the Compass that he had read the letter on Wednesday; before that he had been told by the police that the alarm worked.

The skylight was open, not broken, says Jory Fenn, the watchman, who was on the stairs at the time. "I felt the cold air before I saw anything," he says.

The museum was opened in 1904 and holds 31,000 objects. It is visited by 90,000 people a year.""",
    "compass2": """The insurance will not pay. Bretton Mutual informed the museum of this on Friday, two persons briefed on the matter say.

Osric Dunn put on his hat and left the council chamber in the middle of the debate. The chamber fell silent.

The Compass's report on the letter has been taken up by the Mercury.

The museum was opened in 1904 and holds 31,000 objects. It is visited by 90,000 people a year.""",
    "sentinel": """A hat, a door, silence: the mayor walked out of Thursday's session, and this reporter had to draw in her feet to let him pass.

Holders of tickets can exchange them at counter 3 or use them at the Customs House until 31 December; the house stays closed until 20 October.

Rhona Petty, who leads the inquiry, said on Thursday: the burglars entered through the skylight.

The watchman Fenn says that the skylight stood open when he came up the stairs.

In 1904, when the museum opened, it had 200 objects.

The alarm was off from Friday on, according to a letter of the museum's director, about which the Compass was first to report.""",
    "mercury2": """The mayor knew of the alarm, the Lorring Compass reported on Thursday. Osric Dunn contradicts. "I knew nothing until Wednesday," he said in the council.

The 4.2 million marks are a matter for lawyers now: Bretton Mutual does not pay, the insurer's spokesman Hal Corby said.

Thefts from museums in the county have doubled, from eleven to twenty-two, the crime statistics of the interior ministry show.

It was an inside job, so it is whispered in the town.""",
    "evening": """Crime against museums is on the rise: 22 thefts were recorded in the county against eleven in the year before, according to the interior ministry's crime statistics.

The museum's closure lasts until 20 October at the least.

A spokesman for Lorring police said that the skylight had been the way in.""",
}
_MASTHEADS = {
    "apl": (
        "APL",
        "Associated Press of Lorring",
        "07T09:00",
        "Gold astrolabe stolen",
        "Carl Imber, Zoe Strand",
    ),
    "mercury": ("Lorring Mercury", "Mercury Group", "07T16:00", "Town of seafarers mourns", None),
    "museum": (
        "Lorring Museum of Navigation",
        "Lorring Museum of Navigation",
        "08T08:00",
        "Closed until 20 October",
        None,
    ),
    "compass": ("Lorring Compass", "Compass Trust", "09T05:00", "They had known", "Bea Trill"),
    "compass2": ("Lorring Compass", "Compass Trust", "11T05:00", "No money", "Bea Trill"),
    "sentinel": ("Sentinel on Sunday", "Quayside Media", "10T12:00", "A hat, a door", "Fay Moss"),
    "mercury2": ("Lorring Mercury", "Mercury Group", "12T16:00", "Dunn contradicts", "Gil Roe"),
    "evening": ("Mercury Evening", "Mercury Group", "13T17:00", "Twice as many", None),
}
_STOLEN = "Thieves broke into the Lorring Museum of Navigation on Monday night"
_1904 = "The museum was opened in 1904"

_CLAIMS = (
    Claim(
        "stolen", (("apl", _STOLEN, "police"), ("mercury", _STOLEN, "Lorring police")), (("apl", "mercury"),)
    ),
    Claim(
        "skylight: three voices of one police, and a copy-free witness who only confirms",
        (
            ("apl", "They came through a skylight", "Rhona Petty"),
            ("sentinel", "the burglars entered through the skylight", "Rhona Petty"),
            ("evening", "the skylight had been the way in", "a spokesman for Lorring police"),
        ),
        (("apl", "sentinel", "evening"),),
    ),
    Claim(
        "alarm off since Friday",
        (
            ("apl", "The alarm had been switched off for maintenance since Friday", None),
            ("compass", "The alarm was off since Friday", "Livia Harne"),
            ("sentinel", "The alarm was off from Friday on", "letter of the museum's director"),
            ("!mercury", "The alarm had been switched off for maintenance since Sunday", None),
        ),
        (("apl",), ("compass", "sentinel")),
    ),
    Claim(
        "4.2 million: the museum has it from its insurer",
        (
            ("apl", "The astrolabe is insured for 4.2 million marks", "Lorring Museum of Navigation"),
            ("museum", "puts the value of the stolen astrolabe at 4.2 million marks", "Bretton Mutual"),
        ),
        (("apl", "museum"),),
    ),
    Claim(
        "two other thefts",
        (
            ("apl", "Lorring has seen two other thefts", None),
            ("mercury", "Lorring has seen two other thefts", None),
        ),
        (("apl", "mercury"),),
    ),
    Claim(
        "tickets paraphrased",
        (
            ("museum", "can be exchanged at counter 3 or used at the Customs House", None),
            ("sentinel", "can exchange them at counter 3 or use them at the Customs House", None),
        ),
        (("museum", "sentinel"),),
    ),
    Claim(
        "closed until 20 October",
        (
            ("museum", "will remain closed until 20 October", None),
            ("evening", "The museum's closure lasts until 20 October", None),
        ),
        (("museum",), ("evening",)),
    ),
    Claim(
        "the open skylight: one witness in two papers",
        (
            ("compass", "The skylight was open, not broken", "Jory Fenn"),
            ("sentinel", "the skylight stood open", "Fenn"),
        ),
        (("compass", "sentinel"),),
    ),
    Claim(
        "the walk-out, seen by two",
        (
            ("compass2", "Osric Dunn put on his hat and left the council chamber", None),
            ("sentinel", "the mayor walked out of Thursday's session", None),
        ),
        (("compass2",), ("sentinel",)),
    ),
    Claim(
        "1904",
        (
            ("compass", _1904, None),
            ("compass2", _1904, None),
            ("sentinel", "In 1904, when the museum opened", None),
        ),
        (("compass", "compass2"), ("sentinel",)),
    ),
    Claim(
        "insurer does not pay: unnamed persons, and the insurer",
        (
            ("compass2", "The insurance will not pay", "two persons briefed on the matter"),
            ("mercury2", "Bretton Mutual does not pay", "Hal Corby"),
        ),
        (("compass2",), ("mercury2",)),
    ),
    Claim(
        "22 thefts: statistics in sister papers",
        (
            ("mercury2", "from eleven to twenty-two", "crime statistics of the interior ministry"),
            ("evening", "22 thefts were recorded in the county", "interior ministry's crime statistics"),
        ),
        (("mercury2", "evening"),),
    ),
    Claim(
        "the mayor knew: cited and denied",
        (
            ("mercury2", "The mayor knew of the alarm", "Lorring Compass"),
            ("!mercury2", "I knew nothing until Wednesday", "Osric Dunn"),
            ("!compass", "he had read the letter on Wednesday", "Osric Dunn"),
        ),
        (("mercury2",),),
        (("compass", "mercury2"),),
    ),
    Claim("inside job", (("mercury2", "It was an inside job", "whispers in the town"),), ()),
)
_COPIES = {("apl", "mercury")}

MUSEUM = Family(documents("2026-10", _TEXTS, _MASTHEADS), _CLAIMS, frozenset(_COPIES))
