"""A fourth family, about a zoo, written after the rules to see what they miss."""

# ruff: noqa: E501 (articles stand here as they would be printed)

from __future__ import annotations

from tests.verification.origins.family import Claim, Family, documents

_TEXTS = {
    "zoo": """Ellerdale Zoo, 9 September

Since Monday morning our lynx Mirka has been missing. She is four years old, weighs 17 kilograms and wears a green collar. Visitors are in no danger.

The fence of the enclosure was cut over a length of 60 centimetres. We have reported this to the police.

Our ponds stay closed until 30 September because of bird flu. As the veterinary office has informed us, three dead swans were found to have the virus.

Children under six have free admission in September.""",
    "newsline": """ELLERDALE (Newsline). A lynx has escaped from the zoo in Ellerdale. Somebody had cut the fence of her enclosure, zoo director Pavel Orlik said on Tuesday. The animal, a female by the name of Mirka, was seen last on Sunday evening.

The zoo has set a reward of 5,000 thalers for clues that lead to the animal. Hunters from the whole district are on their feet, and two helicopters with thermal cameras searched the Kestrel Wood until after midnight.

It is the third escape from the zoo within two years. In 2024 a red panda lived on the roof of the savings bank for nine days.

Newsline/ab""",
    "bugle": """A big cat walks through the wood, and the zoo has a hole in the fence. Somebody had cut the fence of her enclosure, zoo director Pavel Orlik said on Tuesday. Hunters from the whole district are on their feet, and three helicopters with thermal cameras searched the Kestrel Wood until after midnight. The zoo has set a reward of 5,000 thalers for clues that lead to the animal.

It is the third escape from the zoo within two years. In 2024 a red panda lived on the roof of the savings bank for nine days.

The keeper Hanna Brod saw the cat on Sunday at about seven, she told the Bugle. "She was asleep on her branch," Brod said.""",
    "globe": """The lynx of Ellerdale weighs 17 kilograms, is four years old and has a green collar around her neck. Whoever sees her should not run.

"She was lying on her branch and sleeping," says keeper Hanna Brod of Sunday evening.

We found fresh tracks on Tuesday at the brook behind Tolling Farm; the Globe had them looked at by the wildlife expert Sven Arkady, who says that they are a lynx's.

It was an act of revenge, people with inside knowledge of the zoo say.

The city pays the zoo 2.1 million thalers a year. So it says in the budget plan of the city, page 212.

Three swans have died of bird flu on the zoo's ponds, the county's veterinary office announced.""",
    "globe2": """The Bugle reports that tracks have been found at Tolling Farm. They are those of Mirka, says Sven Arkady.

The police have a suspect. That was confirmed on Thursday by police spokeswoman Greta Holm. The man is 34 years old.

Mirka is not the first: it is the third escape from the zoo within two years, if one counts the red panda.

Orlik fought with his tears when he stepped before the press on Wednesday.""",
    "bugle2": """The police know whom they are looking for. A 34-year-old man is under suspicion, said chief inspector Aldo Reiss at Thursday's press conference.

The lynx was near Tolling Farm, tracks prove it. The Ellerdale Globe was the first to write about it.

Orlik wept on Wednesday. He had hardly said good morning when his voice failed; the cameras clicked.

The subsidy of the zoo is 2.1 million thalers a year, according to the city's budget plan.

"A dangerous animal? Nonsense," said Orlik. He denies as well that the zoo knew of the hole in the fence for days. This had been claimed by the friends of animals.""",
    "friends": """Friends of Animals Ellerdale

The zoo knew of the hole since Thursday. Members of our group saw it and reported it at the cash desk.

Zoo and city spend 2.1 million thalers a year on cages. Close them.""",
    "radio": """The hole was there for days: the Friends of Animals say that they reported it last Thursday.

The zoo's ponds are closed until the end of September, and children under six have free admission.

The reward has been raised to 8,000 thalers, the zoo said this morning.

A man of 34 is suspected, the Ellerdale Bugle reports in its Friday edition.

Councillor Dora Milch says that the police had told the council of 14 witnesses.

Rumour has it that Mirka was sold.""",
    "police": """Police Ellerdale, 12 September, 10:00

14 witnesses have been heard in the matter of the zoo. The suspect, 34, denies the deed.""",
}
_MASTHEADS = {
    "zoo": ("Ellerdale Zoo", "Ellerdale Zoo", "09T09:00", "Lynx missing", None),
    "newsline": ("Newsline", "Newsline", "09T13:00", "Lynx escapes from zoo", "ab"),
    "bugle": ("Ellerdale Bugle", "Bugle and Sons", "09T19:00", "A hole in the fence", "Tina Wolk"),
    "globe": ("Ellerdale Globe", "Globe Media", "10T05:00", "On the trail", "Max Oder"),
    "globe2": ("Ellerdale Globe", "Globe Media", "12T05:00", "A suspect", "Max Oder"),
    "bugle2": ("Ellerdale Bugle", "Bugle and Sons", "11T19:00", "The man and the cat", "Tina Wolk"),
    "friends": (
        "Friends of Animals Ellerdale",
        "Friends of Animals Ellerdale",
        "10T10:00",
        "Close the cages",
        None,
    ),
    "radio": ("Radio Kestrel", "Kestrel Broadcasting", "12T08:00", "The hole", None),
    "police": ("Ellerdale Police", "Ellerdale Police", "12T10:00", "Witnesses heard", None),
}
_CUT = "omebody had cut the fence of her enclosure"
_THIRD = "t is the third escape from the zoo within two years"

_CLAIMS = (
    Claim(
        "the cut fence",
        (
            ("zoo", "The fence of the enclosure was cut", None),
            ("newsline", _CUT, "Pavel Orlik"),
            ("bugle", _CUT, "Pavel Orlik"),
        ),
        (("zoo", "newsline", "bugle"),),
    ),
    Claim(
        "the weight of the lynx",
        (("zoo", "weighs 17 kilograms", None), ("globe", "weighs 17 kilograms", None)),
        (("zoo", "globe"),),
    ),
    Claim(
        "5,000 thalers",
        (
            ("newsline", "The zoo has set a reward of 5,000 thalers", None),
            ("bugle", "The zoo has set a reward of 5,000 thalers", None),
            ("!radio", "The reward has been raised to 8,000 thalers", "Ellerdale Zoo"),
        ),
        (("newsline", "bugle"),),
        (("radio",),),
    ),
    Claim(
        "two helicopters",
        (
            ("newsline", "two helicopters with thermal cameras", None),
            ("!bugle", "three helicopters with thermal cameras", None),
        ),
        (("newsline",),),
    ),
    Claim(
        "third escape: ten equal words alone are no copy",
        (("newsline", _THIRD, None), ("bugle", _THIRD, None), ("globe2", _THIRD, None)),
        (("newsline", "bugle"), ("globe2",)),
    ),
    Claim(
        "asleep on her branch",
        (
            ("bugle", "She was asleep on her branch", "Hanna Brod"),
            ("globe", "She was lying on her branch and sleeping", "Hanna Brod"),
        ),
        (("bugle", "globe"),),
    ),
    Claim(
        "tracks at Tolling Farm: a circle",
        (
            ("globe", "We found fresh tracks on Tuesday at the brook behind Tolling Farm", None),
            ("bugle2", "The lynx was near Tolling Farm", "Ellerdale Globe"),
            ("globe2", "tracks have been found at Tolling Farm", "Ellerdale Bugle"),
        ),
        (("globe", "bugle2", "globe2"),),
    ),
    Claim(
        "the expert",
        (
            ("globe", "they are a lynx's", "Sven Arkady"),
            ("globe2", "They are those of Mirka", "Sven Arkady"),
        ),
        (("globe", "globe2"),),
    ),
    Claim(
        "2.1 million: a plan that all can read, and a body on its own account",
        (
            ("globe", "The city pays the zoo 2.1 million thalers a year", "budget plan of the city"),
            ("bugle2", "The subsidy of the zoo is 2.1 million thalers a year", "city's budget plan"),
            ("friends", "Zoo and city spend 2.1 million thalers a year", None),
        ),
        (("globe", "bugle2"), ("friends",)),
    ),
    Claim(
        "three swans: a body on another's site, and that body",
        (
            ("zoo", "three dead swans were found to have the virus", "veterinary office"),
            ("globe", "Three swans have died of bird flu", "county's veterinary office"),
        ),
        (("zoo", "globe"),),
    ),
    Claim(
        "34 years: two officers, a citation, and the police themselves",
        (
            ("globe2", "The man is 34 years old", "Greta Holm"),
            ("bugle2", "A 34-year-old man is under suspicion", "Aldo Reiss"),
            ("radio", "A man of 34 is suspected", "Ellerdale Bugle"),
            ("police", "The suspect, 34", None),
        ),
        (("globe2", "bugle2", "radio", "police"),),
    ),
    Claim(
        "Orlik wept before all",
        (
            ("globe2", "Orlik fought with his tears", None),
            ("bugle2", "Orlik wept on Wednesday", None),
        ),
        (("globe2",), ("bugle2",)),
    ),
    Claim(
        "the hole was known: activists, an outlet that has it from them, a denial",
        (
            ("friends", "The zoo knew of the hole since Thursday", None),
            ("radio", "they reported it last Thursday", "Friends of Animals"),
            ("!bugle2", "He denies as well that the zoo knew of the hole", "Pavel Orlik"),
        ),
        (("friends", "radio"),),
        (("bugle2",),),
    ),
    Claim(
        "free admission paraphrased with the ponds",
        (
            ("zoo", "Children under six have free admission in September", None),
            ("radio", "children under six have free admission", None),
        ),
        (("zoo",), ("radio",)),
    ),
    Claim(
        "14 witnesses: a councillor who was told",
        (
            ("radio", "the police had told the council of 14 witnesses", "Dora Milch"),
            ("police", "14 witnesses have been heard", None),
        ),
        (("radio", "police"),),
    ),
    Claim("sold", (("radio", "Mirka was sold", "rumour"),), ()),
)
_COPIES = {("newsline", "bugle")}

ZOO = Family(documents("2026-09", _TEXTS, _MASTHEADS), _CLAIMS, frozenset(_COPIES))
