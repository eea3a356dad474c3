"""Closed word lists of the grammar: who can act, which verbs report rather than rule, what is too general.

The lists hold words of general English and of policy language at large, never words of one document.
"""


def word_set(text: str) -> frozenset[str]:
    """The words of ``text`` as a set."""
    return frozenset(text.split())


MODALS = frozenset({"must", "shall", "may", "should", "will", "can", "need", "ought", "wo", "ca", "'ll", "’ll", "sha"})

PARTY_NOUNS = word_set("""
    administrator adviser advisor agency agent applicant approver associate attendee auditor authority bank bidder
    board body candidate carrier ceo cfo chair chairperson child citizen client colleague committee company competitor
    complainant consultant consumer contractor controller council counsel counterparty court coworker creator creditor
    customer debtor delegate department developer director distributor donor driver employee employer enterprise entity
    everyone executive expert family firm founder friend fund government group guest head host household incumbent
    individual insurer intern investigator investor issuer journalist lawyer leader legal lender lobbyist manager
    member minor moderator nobody office officer official operator organisation organization owner parent participant
    partner party patient peer people person personnel plaintiff physician plan police president processor producer
    professional provider public purchaser recipient regulator relative reporter representative requester researcher
    reviewer secretary seller shareholder signatory spouse staff stakeholder student subcontractor subject subsidiary
    supervisor supplier team tenant tender trainee trustee undertaking union user vendor victim visitor volunteer winner
    witness worker workforce
    accountant adult analyst architect assessor beneficiary borrower broker business buyer captain caregiver carer chief
    claimant clerk commission commissioner coordinator corporation crew dealer defendant department doctor engineer
    examiner exporter faculty farmer holder importer inspector institution instructor interviewer judge landlord lessee
    lessor licensee licensor lifeguard manufacturer merchant minister ministry nurse occupant occupier organiser
    organizer panel passenger pharmacist pilot player policyholder practitioner principal professor proprietor pupil
    recruiter registrar resident retailer scientist shipper sponsor state subscriber surgeon teacher technician trader
    translator traveller treasurer tutor underwriter warden wholesaler
    community squad apprentice boarder bookkeeper camper caretaker cashier chef cleaner climber coach concierge cook cyclist dean dentist dispatcher
    editor foreman gardener hairdresser housekeeper instructor interpreter janitor keeper keyholder lecturer librarian lodger
    mechanic midwife nanny paramedic pedestrian photographer plumber porter postman receptionist rescuer rider sailor scholar
    skipper steward stewardess storekeeper swimmer therapist vet veterinarian waiter waitress walker electrician optician
    psychologist radiographer roommate flatmate neighbour neighbor master mistress headmaster headteacher governor mentor chaplain
    school university college library hospital museum charity association society foundation club secretariat bureau workshop
    bursar rector provost chancellor ombudsman invigilator proctor councillor mayor deputy assistant nominee payee custodian bearer hirer
    """)
PARTY_PRONOUNS = word_set("you we they he she i us them who anyone everyone nobody someone one somebody everybody")

# "may" with these verbs guesses; it does not permit.
EPISTEMIC_VERBS = word_set("""
    appear arise affect become be belong believe benefit cause change come compromise concern constitute cost create
    damage depend differ encounter endanger exist expose face fall feel find give happen harm have hurt impact imply
    impair include increase indicate influence interfere involve know lead lose make mean need occur pose prevent prove
    contain count entail rise amount raise reduce reflect relate result reveal seem signal sound suffer suggest think turn understand vary want
    wish wonder impede hinder hamper jeopardise jeopardize justify remember hear see appear look notice lack like appreciate violate infringe get incur
    """)
EPISTEMIC_PASSIVES = word_set(
    "affect associate cause concern damage expose harm hurt impact influence interest involve see support tempt "
    "perceive compromise lose relate surprise unsure offer require misunderstand view allege claim say suspect suppose presume assume believe "
    "think argue know find hamper compel describe consider regard deem construe"
)
# A legal effect or the reach of a text, not conduct (with shall, will, do, may).
EFFECT_VERBS = word_set(
    "apply affect remain prejudice cease expire commence extend continue override supersede result depend prevail "
    "constitute survive matter help work mean become cause lead occur happen appear seem cost protect relate cover govern"
)
WILL_STATIVES = EFFECT_VERBS | word_set(
    "be have need see find know get want learn feel benefit vary take like look think"
)
# With shall or will in the passive: what holds, what a thing is called or how it is reckoned, not what anyone does.
STIPULATED_PASSIVES = word_set(
    "govern construe interpret limit eliminate sever define excuse match base calculate prorate round renew effect "
    "incorporate amend supplement"
)
# Imperatives that guide the reader through the text.
READER_VERBS = word_set(
    "see note understand remember consider imagine suppose assume learn think click visit look compare picture say take let "
    "recall view recap thank welcome skip go keep"
) - frozenset({"keep", "take", "consider"})

EMBEDDING_VERBS = word_set("provide stipulate state specify require mandate agree certify warrant undertake note")
LIGHT_CONTROL = word_set("elect choose agree decide opt need have")
ALLOW_VERBS = word_set("allow permit tolerate accept condone authorize authorise support")
FORBID_VERBS = word_set("prohibit forbid ban bar disallow outlaw")
REQUIRE_VERBS = word_set("require oblige obligate mandate expect direct instruct")
URGE_VERBS = word_set("encourage advise recommend urge ask invite request")

# Verbs that say what is done without an object: "are free to vote".
COMPLETE_VERBS = word_set(
    "pay vote resign smoke drink gamble drive abstain testify strike retire overtake swim hunt camp trespass bid recuse"
)
# Verbs that a place or a time makes whole: "must leave at 8 pm", "must stay on the path".
WHEREABOUTS_VERBS = word_set(
    "come go leave enter stay remain arrive depart return park sleep stand sit wait walk run swim travel live work start begin end "
    "finish close open play dance ride cycle climb dive fish skate queue gather meet eat cook smoke drink camp assemble pass cross"
)

RIGHT_NOUNS = word_set("possibility right discretion authority freedom license licence permission option power liberty")
DUTY_NOUNS = word_set("duty obligation responsibility job role")

APPROVAL_NOUNS = word_set(
    "approval consent permission authorization authorisation sign-off signoff agreement clearance waiver"
)

DETERMINERS = word_set("a an the each any no every")
CROSS_REFERENCE = (
    "referred", "described", "set", "specified", "listed", "defined", "provided", "required", "permitted", "laid",
    "mentioned", "identified", "outlined", "pursuant", "under", "stated", "given", "carried",
)  # fmt: skip
REFERENCE_NOUNS = word_set("section paragraph article clause chapter annex appendix subpart part § point points")
DEPARTMENTS = word_set(
    "accounting audit communications compliance engineering ethics finance hr it legal logistics marketing operations "
    "procurement purchasing quality sales security tax"
)
