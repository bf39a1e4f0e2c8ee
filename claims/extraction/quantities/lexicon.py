"""Words that the grammar of amounts rests on and that are neither units nor cues."""

from __future__ import annotations

from claims.extraction.quantities.lexer import words

#: verbs whose bare counts are of people: "killed at least 214", "employs 1,500"
HARM_VERBS = words(
    """
    kill injure wound displace hospitalise hospitalize evacuate arrest detain murder drown execute
    behead maim hurt rescue employ hire recruit imprison jail infect evict strand trap sack dismiss furlough
    deport convict acquit vaccinate
    """
)
#: verbs of which a bare count as the subject is of people: "three died"
LIFE_VERBS = words("die perish survive drown flee starve")
#: states that a bare count of people can be in: "214 dead"
HARM_STATES = words(
    """
    dead killed injured wounded missing homeless hospitalised hospitalized displaced arrested
    stranded trapped unhurt unaccounted hurt wounded
    """
)
#: verbs that multiply: unit "ratio"
MULTIPLIERS: dict[str, float] = {
    "double": 2.0, "triple": 3.0, "treble": 3.0, "quadruple": 4.0, "quintuple": 5.0, "halve": 0.5,
}  # fmt: skip
TIMES_WORDS: dict[str, float] = {"twice": 2.0, "thrice": 3.0}
FOLD = frozenset({"fold"})
#: behind "three times" these make it a ratio
RATIO_FOLLOWERS = words(
    """
    more higher larger bigger greater as the faster longer that its their likelier stronger lower
    less what his her our your normal
    """
)
UP_WORDS = words(
    """
    rise increase grow climb jump gain surge soar advance add expand widen rally spike swell
    accelerate rocket leap rebound up raise lift boost appreciate strengthen improve higher more
    """
)
DOWN_WORDS = words(
    """
    fall decrease drop decline shrink contract slip slide tumble plunge lose shed sink dip plummet
    slump narrow down cut reduce lower weaken depreciate retreat ease slow worsen fewer less
    """
)
#: verbs whose subject is what is measured when an amount is their object or complement
MEASURING_VERBS = (
    UP_WORDS
    | DOWN_WORDS
    | words(
        """
    be reach total stand hit exceed amount come remain stay average measure number represent equal
    account settle top surpass near approach vary range weigh have go turn set last
    """
    )
)
#: the verb "from A to B" is a range behind these, else a change
RANGE_VERBS = words("range ranges ranged ranging vary varies varied varying span spans spanned anywhere")
#: in front of digits these make a label, not an amount
LABELS = words(
    """
    number nr nrs nos precinct sector heat bus article articles section chapter page pages paragraph
    clause rule resolution flight route highway interstate room gate channel type grade phase stage
    level tier class category act scene volume issue figure table appendix annex exhibit schedule model version
    formula unit platform line track berth lane exit district ward zone pier terminal form season episode block lot
    apartment apt suite bib psalm verse item amendment proposition title chapter size
    """
)
#: idioms that are not amounts
IDIOMS: frozenset[tuple[str, ...]] = frozenset(
    {
        ("s", "&", "p", "500"), ("poor", "'", "s", "500"), ("poor", "’", "s", "500"),
        ("24", "/", "7"), ("50", "-", "50"), ("50", "/", "50"), ("fifty", "-", "fifty"),
        ("9", "/", "11"), ("7", "/", "7"), ("one", "another"), ("square", "one"),
        ("ground", "zero"), ("one", "day"), ("zero", "tolerance"), ("number", "one"), ("at", "one"),
        ("double", "-", "digit"), ("one", "-", "sided"), ("one", "-", "on", "-", "one"), ("one", "by", "one"),
        ("below", "zero"), ("net", "zero"), ("net", "-", "zero"), ("one", "of"), ("one", "thing"),
        ("one", "-", "off"), ("one", "'", "s"), ("one", "’", "s"), ("one", "or", "other"), ("one", "time"),
        ("half", "-", "brother"), ("half", "-", "sister"), ("half", "time"), ("half", "-", "time"),
        ("second", "half"), ("first", "half"), ("time", "and", "a", "half"),
        ("at", "sixes", "and", "sevens"), ("one", "side"),
    }
)  # fmt: skip
#: before "one" these make it a pronoun
PRONOUN_MARKERS = words(
    """
    the this that which no every each any some another only such or every- anyone someone a my your
    """
)
#: verbs and nouns by which "3-1" is a score
SCORE_WORDS = words(
    """
    win wins won winning beat beats beaten beating lose loses lost losing loss draw drew drawn
    defeat defeated defeats victory lead leads led score scored tie tied vote votes voted ruling
    ruled decision majority thrash thrashed edge edged trounce trounced down up rout routed hammering
    thrashing aggregate deficit scoreline goalless shutout blank record equalised equalized
    """
)
VOTE_WORDS = words("vote votes voted ruling ruled decision majority jury court senate house council")
STREETS = words(
    """
    street st road rd avenue ave boulevard blvd lane drive square place way court terrace parkway
    highway
    """
)
PERIOD_WORDS = words("second minute hour day night week month quarter year season session annum capita")
#: adjectives that make one name with their noun: not a sort of it, but what it is called
COMPOUNDS = frozenset(
    (adjective, noun)
    for noun, adjectives in {
        "school": "primary secondary high public private middle elementary grammar state",
        "election": "general presidential municipal", "vehicle": "electric armoured armored",
        "car": "electric", "weapon": "nuclear chemical", "warhead": "nuclear", "reactor": "nuclear",
        "panel": "solar", "phone": "mobile", "light": "green red", "card": "red yellow", "flat": "",
        "missile": "ballistic", "bond": "municipal", "aircraft": "", "centre": "medical", "error": "unforced",
        "medal": "gold silver bronze olympic", "transaction": "", "bank": "central commercial", "right": "human",
        "company": "public private limited", "worm": "", "estate": "real", "ground": "", "house": "terraced",
    }.items()
    for adjective in adjectives.split()
)  # fmt: skip
