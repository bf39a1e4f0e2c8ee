"""The words that origin counting goes by, as data. Nothing here names an event, a body or a person."""

from __future__ import annotations

import re


def _table(words: str) -> frozenset[str]:
    return frozenset(words.split())


STOPWORDS = _table(
    """a an the this that these those of for to in on at by from with into onto over under about after before
    between through during until since against as than then so also too and or but nor if when while where which
    who whom whose what how why is are was were be been being am do does did done has have had having will would
    shall should can could may might must not no it its he him his she her hers they them their theirs we us our
    ours i me my you your there here now just only still yet again more most less some any all both each other
    such own same up down out off"""
)

ABBREVIATIONS = _table(
    """mr. mrs. ms. dr. prof. st. jr. sr. gen. col. lt. sgt. rev. hon. sen. rep. gov. u.s. u.k. u.n. e.u. no. vs.
    jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. a. b. c. d. e. f. g. h. j. k. l. m. n. o. p. r.
    s. t. v. w. inc. ltd. co. corp. approx. ca. e.g. i.e. p. pp. fig."""
)

_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBER_WORDS = {word: str(value) for value, word in enumerate(_UNITS.split())} | {
    word: str(10 * value) for value, word in enumerate(_TENS.split(), start=2)
}
SCALES = {
    "hundred": "e2",
    "thousand": "e3",
    "million": "e6",
    "m": "e6",
    "billion": "e9",
    "bn": "e9",
    "trillion": "e12",
}

#: roles whose holders speak for their body: what they say, the body says
OFFICE_HOLDERS = _table(
    """spokesman spokeswoman spokesperson director head chief chair chairman chairwoman chairperson president
    vice-president ceo cfo coo boss minister secretary commissioner governor mayor manager superintendent
    inspector officer official captain commander commandant chancellor chairmen rector dean administrator
    coordinator executive owner leader founder curator master harbourmaster stationmaster warden marshal sheriff
    ombudsman registrar auditor treasurer representative delegate envoy ambassador adviser advisor
    analyst economist engineer geologist hydrologist meteorologist seismologist epidemiologist veterinarian
    vet biologist statistician forester scientist expert lawyer prosecutor attorney counsel press-officer
    premier prime-minister undersecretary deputy editor"""
)

#: who speaks for himself, whoever employs him: witnesses and scholars
OWN_VOICES = _table(
    """driver nurse worker employee apprentice teacher passenger resident volunteer pupil student visitor witness
    neighbour neighbor customer shopkeeper farmer fisherman angler diver climber cleaner guard caretaker porter
    waiter cook gardener patient tenant professor lecturer historian writer author retired former"""
)

#: words that say what sort of body it is; two names with different ones are two bodies
BODY_HEADS = _table(
    """office ministry agency authority council board department institute commission committee company group
    service police court union association federation chamber bank fund hospital clinic university college school
    brigade army navy guard parliament government party church club museum library laboratory bureau
    administration directorate inspectorate observatory centre center society foundation cooperative trust
    operator utility works port airport railway railways city town municipality county residents campaign
    opposition fire coastguard prosecutor ombudsman"""
)
#: words that name a body no closer
COMPANY_FORMS = _table("inc ltd plc ag gmbh corp corporation co company group holding holdings llc sa")

#: a role that names its body: the minister of a field is the ministry of that field
BODY_OF_ROLE = {
    "minister": "ministry",
    "mayor": "city",
    "harbourmaster": "port",
    "prosecutor": "prosecutor",
    "ambassador": "embassy",
    "sheriff": "sheriff",
    "ombudsman": "ombudsman",
    "coroner": "coroner",
}

#: words in the names of outlets, for telling a citation from a speaker; agencies make it a credit
OUTLET_HEADS = _table(
    """times post herald gazette journal tribune courier chronicle observer mail daily weekly echo examiner
    inquirer mirror express star sentinel bulletin telegraph dispatch advertiser argus globe review standard
    news newspaper newspapers paper magazine broadcaster broadcasting radio television tv channel press media"""
)
AGENCY_HEADS = _table("agency wire wires newswire news-agency")
AGENCY_NAMES = re.compile(
    r"\b(?:news (?:service|agency)|press (?:agency|association|service)|wire(?: service)?|newswire)\b", re.I
)

#: data that others can read; the reader is not its source
DATA_HEADS = _table(
    """register registry census counter gauge meter database dataset statistics record log ledger filing index
    survey roll cadastre archive sensor satellite barometer catalogue catalog inventory balance-sheet bulletin
    monitor tracker logbook accounts figures data numbers"""
)
#: of these, the ones that say nothing about which data: "figures of the counters" are the counters
DATA_FILLERS = _table("figure data number statistic record reading official published public list entry")

#: nobody whom a reader could ask: the outlet itself answers for them
ANONYMOUS = re.compile(
    r"\b(?:familiar with|close to the|with (?:direct )?knowledge|briefed on|anonym\w+|unnamed|not (?:to )?be(?:ing)? named"
    r"|insiders?|(?:two|three|four|several|multiple|some) (?:people|persons|sources|officials|diplomats|employees)"
    r"|sources?)\b",
    re.I,
)
ANONYMOUS_ALONE = _table(
    """official officials people person witness witnesses resident residents source sources expert experts analyst
    analysts observer observers employee employees critic critics local locals neighbour neighbours they he she it
    we somebody someone one"""
)
#: no one stands behind it at all
RUMOUR = re.compile(
    r"\b(?:rumou?rs?|gossip|social[- ]media(?: posts?| users?)?|(?:online|viral|anonymous) posts?|posts? (?:on|in|say)"
    r"|chat groups?|word of mouth|speculation|hearsay|talk)\b",
    re.I,
)

#: the outlet's own reporting: eyes, ears, calls, papers that only it has
OWN_REPORTING = re.compile(
    r"\b(?:our (?:own )?(?:reporter|correspondent|photographer|staff|team|colleague|reporters|correspondents|visit|count"
    r"|measurement|analysis|calculation|review of|survey|man|woman)\b"
    r"|(?:this|the) (?:news)?paper(?:'s (?:reporters?|correspondents?|own)| (?:has seen|saw|counted|watched|obtained|visited|reviewed))"
    r"|(?:seen|obtained|reviewed|examined|read|viewed|inspected|witnessed|observed|counted|verified) by (?:the |this |our )"
    r"(?:[A-Z]|newspaper|paper|reporters?|newsroom)"
    r"|in front of our|we (?:saw|watched|counted|heard|visited|measured|timed|stood|found|have seen|asked|called|rang)\b"
    r"|as (?:this reporter|our reporters?) )",
    re.I,
)
#: "... that the Journal has seen": complete with a check that the name is the outlet's own
SEEN_BY_NAME = re.compile(
    r"\b(?:the )?((?:[A-Z][\w'-]+ ?){1,4})(?:'s reporters?|'s correspondents?| reporters?| correspondents?)? ?"
    r"(?:has|have|had)? ?(?:seen|saw|obtained|watched|counted|visited|witnessed|reviewed|viewed|timed|heard)\b"
)

#: a speaker's own senses: an employee who says so is a witness
OWN_SENSES = re.compile(
    r"\b(?:I|we) (?:\w+ )?(?:saw|counted|heard|timed|measured|felt|watched|smelled|noticed|stood|found|had)\b"
    r"|\b(?:himself|herself|themselves)\b|\btook the time\b|\b(?:his|her) own (?:eyes|watch|count|stopwatch)\b"
)

#: outside the source that is named, a body or person that this source has it from. NAME stands for what follows.
_NP = r"(?P<source>(?:the |its |their |an? )?[A-Za-z][\w'&-]*(?: (?!(?:said|say|says|told|that|who|which|and|but|had|has|have|was|were|is|are|on|in|at|when|after|before|for|as|to|would|will|she|he|they|it|show|shows|showed)\b)[\w'&-]+){0,6})"
_CAUSE = r"(?:figures?|data|information|numbers?|a report|reports|a list|an estimate|estimates|calculations?|measurements?|a letter|a statement|word)"
PASSED_ON = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:citing|quoting|relying on|referring to|drawing on|based on|on the basis of)(?: {_CAUSE}(?: (?:from|by|of|supplied by|provided by))?)? {_NP}",
        rf"\b(?:heard|learned|learnt|had it|got it|has it|have it|had this|had that|got this|received|obtained|taken|took|came|comes|come|stems?|copied)(?: (?:this|that|it|them|the (?:figure|number|news|information|list|count|estimate)))? (?:straight |directly )?from {_NP}",
        rf"\b(?:informed|told|notified|advised|assured|given to understand) by {_NP}",
        rf"\b(?:figures?|numbers?|counts?|estimates?|data|information|list|calculation)s? (?:(?:that )?(?:was |were |is |are )?(?:supplied|provided|given|sent|passed on|delivered|compiled|reported) (?:to \w+ )?by|(?:it |he |she |they )?(?:had |has )?(?:received |got |obtained )?from) {_NP}",
    )
)
#: "the water board had told her": the source comes first
PASSED_ON_BEFORE = re.compile(
    r"(?P<source>(?:[Tt]he |[Ii]ts )?[A-Za-z][\w'&-]*(?: [\w'&-]+){0,4}?) (?:had|has|have) "
    r"(?:told|informed|notified|advised|assured|given) (?:her|him|them|it|us|me|the (?:office|ministry|council|authority|company|city))\b"
)

ACCORDING = re.compile(r"\b[Aa]ccording to (?P<source>[^,.;:()\"“”\n]{2,80})")
OUTLET_REPORTED = re.compile(
    r"(?P<source>[Tt]he (?:[A-Z][\w'-]+ ?){1,4}|(?:[A-Z][\w'-]+ ?){1,4}|[Tt]he (?:news )?agency)(?:had |has |have )?"
    r"(?:(?:first |also |earlier )?(?:reported|reports|wrote|writes|revealed|reveals|disclosed))\b"
)

#: credit lines of agencies. NAME in the first group where it has one.
DATELINE = re.compile(
    r"^\W*(?:[A-Z][A-Za-z .,'/-]{2,60}?\d{0,2} ?)?\(([A-Z][\w .&'-]{1,40})\)(?: ?[-–—]|\s+(?=[A-Z\"“]))"
)
CREDIT_LINES = (
    re.compile(r"^\s*[(\[]([A-Z][\w .&'-]{1,40})[)\]]\s*$", re.M),
    re.compile(
        r"^\W*(?:[Ss]ource|[Aa]gency|[Cc]redit|[Vv]ia|[Ww]ith material from|[Mm]aterial from|[Ww]ith reporting (?:by|from)"
        r"|[Ff]irst published by|[Oo]riginally published (?:by|in)): ?([A-Z][\w .&'-]{1,40})\W*$",
        re.M,
    ),
    re.compile(
        r"\b(?:[Ww]ith (?:additional )?(?:material|reporting|files|information) (?:from|by)|[Ff]irst (?:published|appeared) (?:by|in|on)"
        r"|[Oo]riginally (?:published|appeared) (?:by|in|on)|[Tt]his (?:article|report|story) (?:was (?:published|provided|written|produced) by"
        r"|comes from|is from)) ((?:the )?[A-Z][\w&'-]*(?: [A-Z][\w&'-]*){0,4})"
    ),
    re.compile(r"^\s*[-–—] ?((?:the )?[A-Z][\w&'-]*(?: [A-Z][\w&'-]*){0,4})\s*$", re.M),
)
SIGNATURE = re.compile(
    r"\b(?:Reporting|Writing|Report|Compiled) by ([A-Z][^;.()\n]{2,80})(?:;|\.) ?(?:[Ee]diting|[Ww]riting|[Ee]dited) by"
)
