"""The words that mention finding knows: closed classes and general newsroom vocabulary, lower-case lemmas."""

from __future__ import annotations

from functools import cache

from claims.extraction import resources

#: that somebody expects it is the content: such a sentence is a claim about the expectation
FORECAST = frozenset(
    "expect forecast predict project anticipate estimate foresee envisage envision see warn".split()
)
FORECAST_NOUNS = frozenset("forecast prediction projection outlook estimate expectation".split())
#: cues that keep their distance from what is said
ALLEGE = frozenset("allege claim accuse purport suspect contend charge insinuate".split())
#: cues that give a figure for a thing
FIGURE = frozenset("put peg value".split())
#: cues that do so only where a figure stands: "reported a profit of 20 million", "spoke of 300 dead"
TALLY = frozenset(
    """report count record reckon speak hope project announce admit concede acknowledge confirm see cite note
    state claim show find give indicate list""".split()
)
#: what an account does: "the mayor's own count stood at 287"
ACCOUNTING = frozenset("stand be come give run reach amount".split())
#: cues that hold something against somebody, so that it is what they say: "blamed the rain", "accuses the guards"
VERDICT = frozenset("blame accuse fault".split())
#: cues that reject what is said
DENY = frozenset(
    "deny reject dismiss refute rebut dispute disavow repudiate contradict disclaim gainsay".split()
)
#: cues whose subject commits, wants or judges: the saying itself is what can be checked
STANCE = frozenset(
    """promise pledge vow threaten want demand urge call insist believe think doubt hope repeat reiterate
    propose offer refuse agree decline plan intend welcome criticise criticize condemn praise suggest hint
    fear consider regard expect forecast predict project anticipate warn swear maintain argue""".split()
)
#: what authorities do to find out or to help, day by day
INQUIRIES = frozenset(
    """investigate examine question interview interrogate probe inspect search treat hunt seek review test
    trace study assess audit monitor evacuate negotiate""".split()
)
#: verbs of taking sides
STANDS = frozenset(
    """accuse blame back oppose support reject deny dispute contest favour favor endorse criticise criticize
    condemn denounce challenge recognise recognize sue boycott refuse""".split()
)
#: cues that tell of conduct or of a wish, not of words
CONDUCT = frozenset("refuse decline want plan intend decide agree seek aim choose opt prefer order".split())

#: what can be denied or dismissed without a clause
CLAIM_NOUNS = frozenset(
    """claim accusation allegation charge report suggestion rumour rumor assertion finding criticism statement
    figure idea notion involvement responsibility wrongdoing""".split()
)
#: "calls this untrue": a denial in two words
LABEL = frozenset("call brand label describe".split())
FALSE = frozenset("untrue false baseless wrong fabricated lie lies nonsense unfounded groundless".split())

MODALS_OF_DUTY = frozenset("should must ought shall".split())
MODALS_OF_ADVICE = frozenset("should ought".split())
#: what somebody has to do to a thing before it holds
CONSENT = frozenset(
    """approve ratify sign endorse confirm clear authorise authorize pass adopt vote back accept certify verify
    countersign agree sanction license grant review examine inspect check""".split()
)
MODALS_OF_CHANCE = frozenset("may might could can".split())
MODALS_OF_FUTURE = frozenset("will would 'll ’ll 'd ’d wo".split())

#: subjects that refer to nothing one could look up
EMPTY_SUBJECTS = frozenset("this that there what these those which one something nothing nobody".split())
FIRST_AND_SECOND = frozenset(
    "i we you me us my our your mine ours yours myself ourselves yourself yourselves".split()
)
#: "nobody has died" can be checked as well as "two have died"
NOBODY = frozenset("nobody none nothing no-one".split())
#: what only who tells it can know
EXPERIENCE = frozenset(
    """think feel hear see know believe hope wish want love hate like fear wonder understand remember dream
    enjoy regret trust mean suppose guess listen care notice""".split()
)
THIRD_PERSON = frozenset(
    "he she they it him her them his hers their theirs its himself herself itself".split()
)
VAGUE_SUBJECTS = frozenset(
    """other others some many few most critic observer commentator expert analyst supporter opponent insider
    pundit reader everybody everyone somebody someone people thing question matter time number""".split()
)
VAGUE_QUANTIFIERS = frozenset("few some many several most other various certain".split())

#: of which there "is none" only in somebody's opinion
ABSTRACT = frozenset(
    """reason doubt need question point alternative excuse choice hope chance sense way room justification shame
    substitute going turning place time comparison mistaking denying""".split()
)

#: what no one can look at: with neither figure, name nor day, sayings and moods are told of it
INTANGIBLE = frozenset(
    """silence trust hope patience mood lesson answer rest wound debate certainty truth story doubt fear anger memory
    tension future past nerve glove jury dust die damage gap rift scar trouble grief joy pride shame dream faith
    atmosphere frustration resentment bitterness optimism pessimism confidence suspicion sympathy luck fate history
    justice freedom peace love beauty courage wisdom era nightmare honeymoon pressure momentum breath heart soul spirit
    clock curtain tide""".split()
)
#: what becomes of a thing so that it can be looked up: "went bankrupt", unlike "fell silent"
PLAIN = frozenset(
    """open closed shut dark dead missing ill bankrupt insolvent vacant ablaze blank unconscious offline online
    homeless jobless unemployed violent blind deaf public""".split()
)
#: verbs of becoming
TURNING = frozenset("go fall grow turn".split())

ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth last only".split())
#: predicates of judgement and taste, and words of an author's aside
EVALUATIVE = frozenset(
    """good bad better worse best great terrible awful wonderful excellent poor foolish wise silly absurd
    unwise important vital crucial essential significant notable remarkable striking surprising obvious clear
    unclear uncertain certain likely unlikely possible impossible probable fair unfair right wrong just unjust
    tired weak strong disappointing encouraging worrying alarming hopeful difficult hard easy simple
    complicated interesting curious odd strange ironic unacceptable acceptable reasonable unreasonable
    dangerous tragic shameful historic unprecedented different same similar apt welcome necessary
    understandable inevitable natural palpable pivotal steadfast willing ready proud happy sad sorry
    confident optimistic pessimistic grateful dearly badly poorly brilliantly beautifully bravely splendidly
    simply plainly frankly miserably magnificently admirably heroically shamefully disgracefully superbly
    terribly""".split()
)
EVALUATIVE_NOUNS = frozenset(
    """warning lesson shame disgrace triumph tragedy mistake blunder gamble test matter question sign signal
    reminder problem solution step moment way story kind sort sense mess failure success partner rounding
    continuation hero villain darling scapegoat favourite favorite""".split()
)
#: habitual and generic adverbs: "are sometimes mixed", "usually write"
HABITUAL = frozenset("sometimes usually often always generally typically normally rarely frequently".split())

TIME_UNITS = frozenset("second minute hour day week month quarter year decade century".split())

#: shares as words: "a tenth", "two thirds", "every second"
COUNTS = frozenset("a one two three four five six seven eight nine".split())
PARTS = frozenset(
    """half third thirds quarter quarters fifth fifths sixth sixths seventh sevenths eighth eighths ninth
    ninths tenth tenths""".split()
)
SHARES = frozenset("most half all none many several some".split())
EVERY = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
MULTIPLY = frozenset("double triple treble quadruple halve".split())
TIMES = frozenset("twice thrice half".split()) | PARTS

#: what has been arranged when it stands in the passive
PLANNED = frozenset("plan schedule set due mean slate book design expect".split())
#: what nobody arranges: with "will" these are predictions
CHANGES = frozenset(
    """rise fall grow shrink increase decrease decline drop climb soar slump slide ease worsen improve recover
    rebound suffer benefit succeed fail win lose last continue survive""".split()
)
#: the outlet's own guess, in a word
GUESSING = frozenset("perhaps maybe possibly presumably arguably probably surely".split())
#: participles that lead over to a saying: ", adding later"
ASIDES = frozenset(
    """add speak refer note write quote cite talk address ask answer reply sit stand lean smile laugh sigh weep
    shrug nod wave point gesture hold wear""".split()
)
#: "as a survey showed"
SHOW = frozenset("show suggest indicate confirm reveal find see note report put".split())

#: "a tenth less than", "slightly above": what compares figures, and by how much
COMPARATIVES = frozenset("more less fewer higher lower bigger smaller longer shorter earlier later".split())
DEGREES = frozenset(
    """a an slightly well far much about around nearly almost some roughly approximately half third quarter fifth sixth
    seventh eighth ninth tenth twice even still""".split()
)

COPULAS = frozenset("be seem remain look appear become mark feel sound".split())
#: what something makes one think: "looked beaten", "sounds like a revolution"
IMPRESSIONS = frozenset("look feel sound smell taste".split())
#: verbs of being and having: a state, not an event
STATIVE = frozenset(
    """be have hold own contain include consist belong remain stay live exist occupy control lead run head
    chair stand lie cover account represent employ cost know need want seem appear look mean equal
    comprise cover amount total depend possess constitute face border reside feel""".split()
)

#: verbs that frame a fact: "it is crucial to recognise that ..."
FRAMING = frozenset(
    "recognise recognize note remember know realise realize acknowledge recall stress forget".split()
)
#: participles that have become prepositions
PREPOSITIONAL = frozenset(
    "following regarding including concerning according given compared based starting depending".split()
)

#: nouns that name an event or an act: "its annexation of Crimea", "the death of two miners"
EVENT_NOUNS = frozenset(
    """attack death arrest strike raid crash collapse fall rise fire flood quake earthquake storm eruption
    protest riot coup election vote referendum birth marriage divorce defeat victory win loss visit trip call
    launch murder killing shooting bombing blast assault theft robbery sale purchase takeover merger
    bankruptcy closure retreat withdrawal return exit entry arrival departure release trial verdict
    conviction sentence ban recall outbreak rescue search discovery speech talk summit meeting clash war
    invasion annexation seizure siege offensive ceasefire truce deal cut increase decrease drop surge hike
    dismissal removal ouster overthrow conquest debut transfer injury breach leak hack spill derailment
    landslide request order spat delay strike walkout bid probe default bailout""".split()
)
EVENT_SUFFIXES = ("tion", "sion", "ment", "ance", "ence", "sal", "val", "ing")
NOT_EVENTS = frozenset(
    """government parliament department nation station region mission commission million question position
    section institution corporation association organisation organization federation administration
    population union religion opinion generation conference audience evidence science agreement
    document environment apartment distance insurance finance province division pension profession
    building meaning morning evening thing king spring ring string wing ceiling housing funding
    percentage situation condition reason information television session version competition occasion
    attention intention option addition relation relations portion proportion fraction""".split()
)
#: prepositions that introduce an event already past or under way
EVENT_PREPOSITIONS = frozenset("following after despite amid".split())
#: "at the invitation of", "on the orders of": acts that name their author
INSTIGATION = frozenset("invitation request behest order urging instigation insistence".split())

#: subordinators whose clause is put forward as a fact
FACTIVE_MARKS = frozenset(
    "after before when while as because since although though whereas where once".split()
)
#: of these, those that can look ahead: "once the votes have been counted"
TEMPORAL_MARKS = frozenset("after before when once".split())
#: subordinators whose clause is not
IRREALIS_MARKS = frozenset("if unless whether until lest provided supposing so than".split())

MONTHS = "January February March April May June July August September October November December".split()


@cache
def offices() -> frozenset[str]:
    """What a person can be for somebody: "spokesman", "director"."""
    return frozenset(resources.toml("entities")["offices"])
