"""Nouns for persons: counts of them have the unit "people", whatever the persons are called.

A table of the nouns that news counts, and the endings by which English makes further ones that name
hardly anything but persons ("-ologist", "-woman"); closed compounds go by their last part
("shareholder", "goalkeeper"). Agent nouns in -er at large are not taken for persons: "container",
"boiler" and "charger" are none; nor is who is as often a company or a state: "lender", "employer".
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from claims.extraction.quantities.lexer import words

_NOUNS = words(
    """
    person people persons individual human resident inhabitant citizen voter soul national native villager
    foreigner immigrant migrant emigrant refugee settler evacuee nomad pilgrim tourist visitor guest
    traveller traveler holidaymaker passenger commuter pedestrian motorist driver rider cyclist biker
    walker hiker climber skier swimmer runner jogger sailor rower surfer skater
    man woman child boy girl kid baby infant newborn toddler teenager teen adolescent youth youngster
    adult pensioner retiree minor orphan widow widower parent mother father grandparent grandchild
    husband wife spouse son daughter brother sister sibling twin cousin relative bride
    patient victim casualty survivor sufferer carer caregiver donor volunteer participant respondent
    worker employee staffer labourer laborer builder miner farmer fisherman baker butcher cook chef waiter
    cleaner nurse midwife doctor physician surgeon dentist paramedic pharmacist therapist medic
    staff personnel grader classmate teammate schoolchild
    teacher lecturer professor tutor instructor pupil student undergraduate graduate scholar trainee
    apprentice intern researcher scientist engineer technician mechanic electrician plumber carpenter
    pilot trucker docker porter courier shopkeeper shopper customer client consumer trader
    shareholder taxpayer earner saver tenant landlord lodger homeowner householder subscriber user viewer
    listener reader follower
    manager executive boss supervisor consultant adviser advisor analyst economist accountant auditor
    lawyer attorney solicitor barrister judge juror magistrate prosecutor defendant plaintiff claimant
    witness suspect offender convict prisoner inmate detainee captive hostage fugitive criminal gangster
    thief robber murderer killer rapist smuggler trafficker attacker gunman assailant bomber hijacker
    kidnapper terrorist extremist militant insurgent rebel guerrilla fighter jihadist separatist
    soldier troop trooper officer policeman constable detective ranger marine seaman airman conscript recruit
    reservist veteran mercenary peacekeeper commander captain sergeant crewman firefighter fireman rescuer
    responder lifeguard
    politician minister president senator congressman lawmaker legislator parliamentarian councillor
    councilor mayor governor delegate envoy ambassador diplomat official bureaucrat candidate nominee
    contender supporter opponent activist campaigner protester protestor demonstrator marcher striker
    rioter unionist member colleague founder aide spokesman spokeswoman mp mep
    journalist reporter editor correspondent photographer blogger writer author poet novelist artist painter
    actor actress singer musician dancer performer comedian filmmaker composer designer architect
    player athlete footballer cricketer golfer boxer wrestler gymnast jockey goalkeeper defender midfielder
    coach referee umpire spectator competitor medallist medalist finisher fan
    priest bishop monk nun imam rabbi pastor believer worshipper
    expert specialist friend neighbour neighbor stranger bystander onlooker mourner newcomer applicant
    recipient beneficiary jobseeker entrant attendee drinker smoker addict bidder plotter caller
    lad lass bloke guy fellow youth investor buyer seller borrower renter occupant occupier camper bather
    foreman forewoman clerk guard bodyguard whistleblower steward stewardess assistant secretary chauffeur treasurer
    widow stockholder saver bondholder policyholder diner exile defector dissident dweller seeker
    inspector collector observer warden ranger bailiff sheriff deputy sentry gaoler jailer clergyman
    conductor signaller dispatcher handler packer picker fitter welder joiner bricklayer roofer
    glazier plasterer surveyor planner programmer coder cashier receptionist typist bookkeeper actuary
    salesman saleswoman salesperson barista bartender barman barmaid waitress caterer housekeeper janitor
    caretaker gardener groundsman gamekeeper forester lumberjack shepherd herdsman rancher beekeeper
    tailor seamstress weaver potter blacksmith childminder nanny babysitter psychologist psychiatrist
    counsellor counselor optician radiographer headteacher headmaster headmistress librarian archivist curator
    translator interpreter paralegal notary advocate arbitrator mediator coroner commissioner trustee
    deportee stowaway castaway truant bachelor divorcee newlywed abuser stalker burglar
    shoplifter looter vandal arsonist fraudster swindler hacker trespasser ringleader accomplice
    informant spy traitor deserter paratrooper gunner sniper colonel lieutenant corporal cadet brigadier
    gendarme garda gardaí gardai steelworker dockworker farmhand deckhand stevedore seafarer ferryman boatman
    machinist operative technologist physicist statistician archaeologist astronomer astronaut
    cosmonaut inventor entrepreneur industrialist millionaire billionaire tycoon canvasser pollster lobbyist
    backbencher frontbencher missionary preacher chaplain vicar friar archbishop churchman
    signatory petitioner complainant litigant appellant accused bystander eyewitness passer-by
    matchgoer reveller clubber busker
    """
)
_ENDINGS = (
    "ologist", "ographer", "ician", "woman", "women", "sman", "smen", "iatrist", "holder", "goalkeeper",
    "shopkeeper", "goer", "worker", "fighter", "player", "seeker", "officer", "dweller",
)  # fmt: skip
_THINGS = words("placeholder freeholder leaseholder candleholder")


@cache
def _is_person(noun: str) -> bool:
    return noun in _NOUNS or (noun.endswith(_ENDINGS) and noun not in _THINGS)


def is_person(noun: Token, singular: str) -> bool:
    """Whether a noun, of which ``singular`` is the lower-case singular, names persons.

    The names of peoples and parties do ("three Belgians", "nine Democrats").
    """
    return _is_person(singular) or (noun.ent_type_ == "NORP" and noun.tag_ in {"NNS", "NNPS"})
