"""Closed word lists of the grammar: who can act, which verbs report rather than rule, what is too general.

The lists hold words of general English and of policy language at large, never words of one document.
"""

MODALS = frozenset({"must", "shall", "may", "should", "will", "can", "need", "ought", "wo", "ca", "'ll", "’ll", "sha"})

PARTY_NOUNS = frozenset(
    """
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
    """.split()
)
PARTY_PRONOUNS = frozenset(
    "you we they he she i us them who anyone everyone nobody someone one somebody everybody".split()
)

# "may" with these verbs guesses; it does not permit.
EPISTEMIC_VERBS = frozenset(
    """
    appear arise affect become be belong believe benefit cause change come compromise concern constitute cost create
    damage depend differ encounter endanger exist expose face fall feel find give happen harm have hurt impact imply
    impair include increase indicate influence interfere involve know lead lose make mean need occur pose prevent prove
    raise reduce reflect relate result reveal seem signal sound suffer suggest think turn understand vary want
    wish wonder remember hear see appear look notice lack like appreciate
    """.split()
)
EPISTEMIC_PASSIVES = frozenset(
    "affect associate cause concern damage expose harm hurt impact influence interest involve see support tempt "
    "perceive compromise lose relate surprise unsure offer require misunderstand view".split()
)
# A legal effect or the reach of a text, not conduct (with shall, will, do, may).
EFFECT_VERBS = frozenset(
    "apply affect remain prejudice cease expire commence extend continue override supersede result depend prevail "
    "matter help work mean become cause lead occur happen appear seem cost protect relate cover govern".split()
)
WILL_STATIVES = EFFECT_VERBS | frozenset(
    "be have need see find know get want learn feel benefit vary take like look think".split()
)
# Imperatives that guide the reader through the text.
READER_VERBS = frozenset(
    "see note remember consider imagine suppose assume learn think click visit look compare picture say take let "
    "recall view recap thank welcome skip go keep".split()
) - frozenset({"keep", "take", "consider"})

EMBEDDING_VERBS = frozenset(
    "provide stipulate state specify require mandate agree certify warrant undertake note".split()
)
LIGHT_CONTROL = frozenset("elect choose agree decide opt need have".split())
ALLOW_VERBS = frozenset("allow permit tolerate accept condone authorize authorise support".split())
FORBID_VERBS = frozenset("prohibit forbid ban bar disallow outlaw".split())
REQUIRE_VERBS = frozenset("require oblige obligate mandate expect direct instruct".split())
URGE_VERBS = frozenset("encourage advise recommend urge ask invite request".split())

RIGHT_NOUNS = frozenset("right discretion authority freedom license licence permission option power liberty".split())
DUTY_NOUNS = frozenset("duty obligation responsibility job role".split())

APPROVAL_NOUNS = frozenset(
    "approval consent permission authorization authorisation sign-off signoff agreement clearance waiver".split()
)

DETERMINERS = frozenset("a an the each any no every".split())
CROSS_REFERENCE = (
    "referred", "described", "set", "specified", "listed", "defined", "provided", "required", "permitted", "laid",
    "mentioned", "identified", "outlined", "pursuant", "under", "stated", "given", "carried",
)  # fmt: skip
REFERENCE_NOUNS = frozenset(
    "section paragraph article clause chapter annex appendix subpart part § point points".split()
)
