"""The kind of a concept, read from its head noun."""

from extraction.lexicon import PARTY_NOUNS, word_set

_HEADS = {
    "body": """board committee council court agency authority department government ministry commission tribunal union
        office desk team unit function division secretariat regulator parliament panel helpline hotline subsidiary""",
    "document": """agreement appendix article book certificate charter clause code contract declaration directive document
        email file form guideline handbook instruction invoice law legislation letter licence license list log manual memo
        minutes notice notification paper plan policy procedure protocol record register registration regulation report
        request rule schedule section standard statement statute template term terms warrant subpoena questionnaire ledger
        announcement publication post press release message confirmation attestation""",
    "information": """access data e-mail address advice analysis category content credential data database detail fact figure identity
        information intelligence key knowledge location metadata name password purpose reason secret status trade-secret
        result image photo forecast price-list specification evidence feedback research opinion know-how""",
    "money": """amount bonus budget bribe cash charge commission compensation cost credit currency debt discount dividend
        donation expense fee fine funds fund income interest investment invoice kickback loan money payment payroll pay
        penalty price profit rebate reimbursement remuneration salary share sponsorship tax tip value voucher wage""",
    "place": """area branch building country factory facility floor home house laboratory lab location office place premises
        region room site state territory venue warehouse workplace plant jurisdiction market""",
    "time": """date day deadline duration evening hour minute moment month night period quarter schedule term time week
        weekend year morning""",
    "event": """accident audit breach conference dinner emergency event exhibition holiday incident inspection interview
        investigation journey lunch meal meeting occasion outage party proceeding reception search seminar tender trial
        training trip travel visit workshop hospitality entertainment""",
    "asset": """account asset badge brand building car card computer copyright device equipment fixture gift goods hardware
        instrument telephone tablet camera badge inventory laptop machine material media network patent phone product property repository resource sample server
        software stock storage system tool trademark vehicle weapon drug alcohol chemical substance item package service
        platform website application app token copy drive ticket invention""",
    "quality": """accuracy ability balance bias care confidence confidentiality courtesy diligence dignity diversity equality
        fairness faith goodwill health honesty impartiality independence integrity judgement judgment loyalty privacy
        quality reputation respect responsibility safety security trust transparency truth silence error harm sign risk age color colour disability
        gender race religion conflict""",
    "action": """abuse acceptance action activity act approval attempt behaviour behavior bribery business competition
        complaint compliance conduct consent consultation copying decision delivery disclosure discrimination disposal
        download employment exchange export harassment hiring import lobbying marketing misuse monitoring negotiation
        operation practice procurement promotion purchase retaliation review sale sanction sharing step surveillance
        threat trade trading transaction transfer treatment use violation violence work fraud theft corruption""",
}  # fmt: skip
_NOT_ACTS = word_set("element segment garment fragment building ring thing string spring wing king apartment section")
_KIND_OF_HEAD = {word: kind for kind, words in _HEADS.items() for word in words.split()}
_BODY_ADJECTIVES = frozenset(
    {"legal", "compliance", "finance", "procurement", "hr", "it", "security", "ethics", "audit"}
)


def kind_of(label: str, head: str, *, proper: bool = False) -> str:
    """The kind of the concept ``label`` whose head noun has the lemma ``head``; ``thing`` when nothing tells."""
    head = head.lower()
    if proper and label.lower() in _BODY_ADJECTIVES:
        return "body"
    kind = _KIND_OF_HEAD.get(head)
    if (
        proper
        and " " in label
        and kind in {None, "place", "quality", "action", "asset", "event"}
        and head not in PARTY_NOUNS
    ):
        return "body"
    if kind is not None and not (kind == "event" and head == "party"):
        return kind
    if head in PARTY_NOUNS or head.endswith(("holder", "officer", "worker", "maker")):
        return "party"
    if head in _NOT_ACTS:
        return "thing"
    if head.endswith(("ing", "ation", "ition", "ment", "sion", "action", "ution")):
        return "action"
    if head.endswith(("ness", "ity", "ence", "ance", "ship")):
        return "quality"
    if head.endswith(("er", "or", "ee", "ist", "ian")) and len(head) > 5:
        return "party"
    return "thing"
