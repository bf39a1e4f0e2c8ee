"""The past tense of a verb: "killing at least 23" is worded "... killed at least 23"."""

from __future__ import annotations

import re

#: base and past of the irregular verbs that news uses
_IRREGULAR_PAIRS = """
be was become became begin began bend bent bind bound bite bit bleed bled blow blew break broke breed bred
bring brought build built burn burned burst burst buy bought cast cast catch caught choose chose cling clung
come came cost cost creep crept cut cut deal dealt dig dug do did draw drew drink drank drive drove eat ate
fall fell feed fed feel felt fight fought find found flee fled fling flung fly flew forbid forbade
forget forgot forgive forgave freeze froze get got give gave go went grind ground grow grew hang
hung have had hear heard
hide hid hit hit hold held hurt hurt keep kept kneel knelt know knew lay laid lead led leap leapt leave left
lend lent let let lie lay light lit lose lost make made mean meant meet met mislead misled outdo outdid
overcome overcame overtake overtook overthrow overthrew pay paid put put quit quit read read rid rid ride rode
ring rang rise rose run ran say said see saw seek sought sell sold send sent set set shake shook shed shed
shine shone shoot shot show showed shrink shrank shut shut sing sang sink sank sit sat sleep slept slide slid
speak spoke spend spent spin spun split split spread spread spring sprang stand stood steal stole stick stuck
strike struck strive strove swear swore sweep swept swell swelled swim swam swing swung take took teach taught
tear tore tell told think thought throw threw undergo underwent understand understood undertake undertook
undo undid uphold upheld wake woke wear wore weave wove weep wept win won wind wound withdraw withdrew
withhold withheld withstand withstood write wrote
""".split()
_IRREGULAR = dict(zip(_IRREGULAR_PAIRS[::2], _IRREGULAR_PAIRS[1::2], strict=True))
_DOUBLES = re.compile(r"(?:^|[^aeiou])[aeiou][bdgmnprt]$")
_STRESSED_LAST = frozenset(
    "admit commit permit submit omit refer prefer transfer occur incur recur deter compel equip".split()
)


def past(lemma: str, *, plural: bool = False) -> str:
    """The simple past of a verb given as a lower-case lemma."""
    if lemma == "be":
        return "were" if plural else "was"
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and len(lemma) > 1 and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ied"
    doubles = _DOUBLES.search(lemma) and (len(lemma) <= 4 or lemma in _STRESSED_LAST)
    return lemma + (lemma[-1] if doubles else "") + "ed"


def possessive(name: str) -> str:
    """ "the port's", "the hoteliers'"."""
    return name + ("'" if name.endswith("s") else "'s")
