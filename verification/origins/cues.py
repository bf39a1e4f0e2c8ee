"""The words that origin counting goes by, as data. Nothing here names an event, a body or a person."""

from __future__ import annotations

import re


def _table(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _any(*alternatives: str) -> str:
    return "(?:" + "|".join(alternatives) + ")"


# --- words ------------------------------------------------------------------------------------------

STOPWORDS = _table("""
    a an the this that these those of for to in on at by from with into onto over under about after before
    between through during until since against as than then so also too and or but nor if when while
    where which who whom whose what how why is are was were be been being am do does did done has have
    had having will would shall should can could may might must not no it its he him his she her hers
    they them their theirs we us our ours i me my you your there here now just only still yet again more
    most less some any all both each other such own same up down out off
""")
ABBREVIATIONS = _table("""
    mr. mrs. ms. dr. prof. st. jr. sr. gen. col. lt. sgt. rev. hon. sen. rep. gov. u.s. u.k. u.n. e.u.
    no. vs. jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. a. b. c. d. e. f. g. h. j. k. l.
    m. n. o. p. r. s. t. v. w. inc. ltd. co. corp. approx. ca. e.g. i.e. p. pp. fig.
""")
#: every report has a date and a weekday; to share one is no detail
CALENDAR = _table("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december
""")
_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBER_WORDS = {word: value for value, word in enumerate(_UNITS.split())} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), start=2)
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
#: a last line that says that the text is made up; it is no part of the article
LABEL = re.compile(r"(?:\W*)(?:synthetic|sample|fictional|test) (?:test )?(?:text|article|news)\b", re.I)

# --- who speaks -------------------------------------------------------------------------------------

#: roles whose holders speak for their body: what they say, the body says
OFFICE_HOLDERS = _table("""
    spokesman spokeswoman spokesperson director head chief chair chairman chairwoman chairperson president
    vice-president ceo cfo coo boss minister secretary commissioner governor mayor manager superintendent
    inspector officer official commander commandant chancellor rector dean administrator coordinator
    executive owner leader founder curator master harbourmaster stationmaster warden marshal sheriff
    ombudsman registrar auditor treasurer representative delegate envoy ambassador adviser advisor analyst
    economist engineer geologist hydrologist meteorologist seismologist epidemiologist veterinarian vet
    biologist statistician forester scientist expert lawyer prosecutor attorney counsel premier
    undersecretary deputy
""")
#: who speaks for himself, whoever employs him: witnesses and scholars
OWN_VOICES = _table("""
    driver nurse worker employee apprentice teacher passenger resident volunteer pupil student visitor
    witness neighbour neighbor customer shopkeeper farmer fisherman angler diver climber cleaner guard
    caretaker porter waiter cook gardener patient tenant professor lecturer historian writer author
    retired former
""")
HONORIFICS = _table("""
    mr mrs ms miss dr prof professor sir dame lord lady general colonel captain sergeant major lieutenant
    admiral detective constable councillor senator judge justice bishop father sister brother reverend
""")
RANKS = _table("""
    deputy managing executive chief general senior acting vice former new press first interim assistant
    then current longtime long-time regional local
""")
#: words that say what sort of body it is; two names with different ones are two bodies
BODY_HEADS = _table("""
    office ministry agency authority council board department institute commission committee company
    service police court union association federation chamber bank fund hospital clinic university
    college school brigade army navy parliament government party church club museum library laboratory
    bureau administration directorate inspectorate observatory centre center society foundation
    cooperative trust operator utility works waterworks port airport railway railways city town municipality
    county residents campaign opposition fire coastguard prosecutor ombudsman
    zoo theatre opera orchestra factory mill brewery dairy shipyard refinery mine airline hotel prison embassy
    consulate diocese stadium league gallery cinema institution alliance academy
""")
#: of these, the ones that a report names as places or people rather than as somebody who speaks
PLACES = _table("""
    city town municipality county port airport railway railways school church residents campaign opposition
    fire service trust works government party union bank fund hospital clinic
""")
#: words that name a company or an outlet no closer
FORMS = _table("""
    inc ltd plc ag gmbh corp corporation co company group holding holdings llc sa newspaper magazine
    website broadcaster portal
""")
#: what a company is called in place of its name; "a spokesman for the operator, X" does not employ X
COMPANY_WORDS = _table("operator firm owner builder maker manufacturer supplier producer utility contractor")
#: what somebody can lead without speaking for a body
NO_BODIES = _table("""
    inquiry investigation operation search project study talks delegation effort expedition debate
    meeting case
""")
#: papers that are no public data: whoever has one is its source
PAPERS = _table("letter memo memorandum email e-mail mail document note minutes draft page file paper")
#: of bodies that have several common names
BODY_SYNONYMS = (
    (frozenset({"fire"}), _table("brigade service department crew fighter")),
    (frozenset({"police"}), _table("force department service officer")),
    (frozenset({"weather"}), _table("service office bureau institute")),
)
SAME_WORD = {
    "town": "city",
    "municipality": "city",
    "municipal": "city",
    "meteorological": "weather",
    "harbor": "harbour",
    "center": "centre",
    "labor": "labour",
    # names of one public office that papers take for each other
    "authority": "office",
    "department": "office",
    "agency": "office",
    "bureau": "office",
    "directorate": "office",
    "administration": "office",
}
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
#: words in the names of outlets, for telling a citation from a speaker
OUTLET_HEADS = _table("""
    times post herald gazette journal tribune courier chronicle observer mail daily weekly echo examiner
    inquirer mirror express star sentinel bulletin telegraph dispatch advertiser argus globe review
    standard news newspaper newspapers paper magazine broadcaster broadcasting radio television tv
    channel press media wire newswire
""")
AGENCY = re.compile(
    r"\b(?:news (?:service|agency)|press (?:agency|association|service)|wire(?: service)?|newswire)\b", re.I
)
#: data that others can read; the reader is not its source
DATA_HEADS = _table("""
    register registry census counter gauge meter database dataset statistics record log ledger filing
    index survey roll cadastre archive sensor satellite barometer catalogue catalog inventory
    balance-sheet monitor tracker logbook accounts figures data numbers network station
""")
#: of these, the ones that do not say which data: "figures of the counters" are the counters
DATA_FILLERS = _table("""
    figure data number statistic record reading official published public list entry network station system
    measuring monitoring online open automatic website portal table
""")

#: nobody whom a reader could ask: the outlet itself answers for them
ANONYMOUS = re.compile(
    r"\b(?:familiar with|close to the|with (?:direct )?knowledge|briefed on|anonym\w+|unnamed"
    r"|insiders?|sources?"
    r"|(?:not|asked not) (?:to )?be(?:ing)? (?:named|identified)"
    r"|(?:two|three|four|several|multiple|some) (?:people|persons|officials|diplomats|employees))\b",
    re.I,
)
ANONYMOUS_ALONE = _table("""
    officials people person witnesses residents experts analysts observers employees critics locals
    neighbours they he she it we somebody someone one
""")
#: no one stands behind it at all
RUMOUR = re.compile(
    r"\b(?:rumou?rs?|gossip|social[- ]media(?: posts?| users?)?|(?:online|viral) posts?|posts? (?:on|in|say)"
    r"|posts|chat groups?|word of mouth|speculation|hearsay|talk|whispers?"
    r"|grapevine|word on the street)\b",
    re.I,
)

# --- own eyes ---------------------------------------------------------------------------------------

_REPORTERS = _any(
    "reporters?",
    "correspondents?",
    "photographers?",
    "journalists?",
    "staff",
    "team",
    "colleagues?",
    "newsroom",
)
_SENSED = _any(
    "saw", "seen", "watched", "counted", "heard", "visited", "measured", "timed", "witnessed", "read",
    "reviewed", "viewed", "obtained", "examined", "inspected", "observed", "checked",
)  # fmt: skip
#: the outlet's own reporting: eyes, ears, calls, papers that only it has
OWN_REPORTING = re.compile(
    rf"\bour (?:own )?{_any(_REPORTERS, 'visit', 'count', 'measurements?', 'analysis', 'calculations?')}\b"
    rf"|\b(?:this|the) (?:news)?paper(?:'s)? (?:own )?(?:has |had )?{_any(_REPORTERS, _SENSED)}\b"
    rf"|\b{_SENSED} by (?:this (?:news)?paper|our|one of our|a reporter)\b"
    rf"|\b(?:in front of|told|showed) our\b|\bthis reporter\b"
    rf"|\bwe (?:have |had |also )?(?:{_SENSED}|asked|called|rang|stood)\b",
    re.I,
)
#: "that the Journal has seen", "a Journal photographer": own eyes if the name is the outlet's own
SEEN_BY_NAME = re.compile(
    rf"\b((?:[A-Z][\w'-]* ?){{1,4}}?)(?:'s)? ?(?:has |have |had |also )?\b{_any(_REPORTERS, _SENSED)}\b"
    rf"|\b{_SENSED} by (?:the )?((?:[A-Z][\w'-]* ?){{1,4}})"
)
#: a speaker's own senses: an employee who says so is a witness
OWN_SENSES = re.compile(
    r"\bI (?:\w+ )?(?:saw|counted|heard|timed|measured|felt|watched|smelled|noticed)\b|\btook the time\b"
    r"|\b(?:saw|counted|heard|timed|measured|watched)\b[^.\n]{0,40}\b(?:himself|herself)\b"
    r"|\b(?:his|her) own (?:eyes|ears|watch|stopwatch)\b"
)
#: somebody else is said to be the source; such a passage is no unattributed one
SAID = re.compile(
    r"\b(?:said|says|told|according to|reported|reports|wrote|confirmed|announced|stated|show|shows|showed)\b"
)

# --- where a source has it from ---------------------------------------------------------------------

STOP = _any(
    "said", "say", "says", "told", "that", "who", "which", "and", "but", "had", "has", "have", "was",
    "were", "is", "are", "on", "in", "at", "when", "after", "before", "for", "as", "to", "would", "will",
    "she", "he", "they", "it", "show", "shows", "showed", "by",
)  # fmt: skip
_NP = rf"(?P<source>(?:the |its |their |an? )?(?!{STOP}\b)[A-Za-z][\w'&-]*(?: (?!{STOP}\b)[\w'&-]+){{0,6}})"
_THING = _any(
    "figures?", "data", "information", "numbers?", "counts?", "(?:a |the )?reports?", "(?:an )?estimates?",
    "lists?", "calculations?", "measurements?", "a letter", "a statement", "word", "news",
)  # fmt: skip
_GOT = _any(
    "heard", "learned", "learnt", "had", "got", "has", "have", "received", "obtained", "taken", "took",
    "came", "comes", "come", "stems?", "copied",
)  # fmt: skip
_IT = _any("this", "that", "it", "them", rf"(?:the |an? |its |their )?{_THING}")
_GIVEN = _any("supplied", "provided", "given", "sent", "passed on", "delivered", "compiled", "reported")
PASSED_ON = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:citing|quoting|relying on|relies on|referring to|referred to|drawing on|based on"
        rf"|on the basis of|pointing to|pointed to|repeating|relaying|passing on)(?: what| {_THING})?"
        rf"(?: (?:from|by|of|{_GIVEN} by))? {_NP}",
        rf"\b{_GOT}(?: {_IT}\b[^.;:\n]{{0,50}}?)? (?:straight |directly )?from {_NP}",
        rf"\b(?:informed|told|notified|advised|assured) by {_NP}",
        rf"\b{_THING} (?:(?:that )?(?:was |were |is |are )?{_GIVEN} (?:to \w+ )?by|from) {_NP}",
    )
)
#: "the water board had told her": the source comes first
PASSED_ON_BEFORE = re.compile(
    rf"\b(?P<source>(?:[Tt]he |[Ii]ts )?(?!{STOP}\b|[Tt]he )[A-Za-z][\w'&-]*(?: (?!{STOP}\b)[\w'&-]+){{0,4}})"
    r" (?:(?:had|has|have) )?(?:told|informed|notified|advised|assured|given) "
    r"(?:her|him|them|it|us|me|the (?:office|ministry|council|authority|company|city|agency|board))\b"
)
ACCORDING = re.compile(r"\b[Aa]ccording to (?P<source>[^,.;:()\"“”\n]{2,80})")
OUTLET_REPORTED = re.compile(
    r"(?P<source>(?:[Tt]he )?(?:[A-Z][\w'-]*)(?: [A-Z][\w'-]*){0,3}|[Tt]he (?:news )?agency) "
    r"(?:(?:had|has|have|first|also|earlier|was (?:the )?first to) ){0,2}"
    r"(?:reported|reports|report|wrote|writes|revealed|reveals|disclosed)\b"
)

# --- credit lines -----------------------------------------------------------------------------------

_CREDITED = r"(?P<agency>[A-Z][\w .&'-]{1,40})"
_TITLE_CASE = r"(?P<agency>(?:the )?[A-Z][\w&'-]*(?: [A-Z][\w&'-]*){0,4})"
#: "PLACE, Nov 3 (NAME) -" and "(NAME) -" at the head of a text
DATELINE = re.compile(
    rf"\A[^\w\n]*(?:[A-Z][A-Za-z .,'/-]{{2,60}}?\d{{0,2}} ?)?\({_CREDITED}\)(?: ?[-–—]|\s+(?=[A-Z\"“]))"
)
CREDIT_LINES = (
    re.compile(rf"^[ \t]*[(\[]{_CREDITED}[)\]][ \t]*$", re.M),
    re.compile(rf"^[^\w\n]*(?:[Ss]ource|[Aa]gency|[Cc]redit|[Vv]ia): ?{_CREDITED}[^\w\n]*$", re.M),
    re.compile(
        r"\b(?:[Ww]ith (?:additional )?(?:material|reporting|files|information) (?:from|by)"
        r"|[Mm]aterial from|[Ff]irst (?:published|appeared) (?:by|in|on)"
        r"|[Oo]riginally (?:published|appeared) (?:by|in|on)"
        r"|[Tt]his (?:article|report|story|text) (?:was (?:published|provided|written|produced) by"
        rf"|comes from|is from)):? {_TITLE_CASE}"
    ),
    re.compile(rf"{_TITLE_CASE} contributed to this (?:report|article|story)"),
    re.compile(rf"^[ \t]*[-–—] ?{_TITLE_CASE}[ \t]*$", re.M),
)
SIGNATURE = re.compile(
    r"\b(?:Reporting|Writing|Report|Compiled) by (?P<people>[A-Z][^;.()\n]{2,80})[;.] ?"
    r"(?:[Ee]diting|[Ww]riting|[Ee]dited) by"
)
