"""Words that name the two sides of something: names that differ by such a pair are two concepts, whatever else says so."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from kg.resolution_names import POLARITY, Key

_PAIRS = """
giver receiver, giver recipient, giver taker, donor donee, donor recipient, donor beneficiary, sender receiver,
sender recipient, sender addressee, employer employee, employer worker, employer staff, controller processor, payer payee,
licensor licensee, lessor lessee, landlord tenant, buyer seller, purchaser seller, buyer vendor, buyer supplier,
supplier customer, supplier client, vendor customer, vendor client, seller customer, provider customer, provider user,
lender borrower, debtor creditor, principal agent, offeror offeree, assignor assignee, mortgagor mortgagee,
grantor grantee, trustor trustee, trustee beneficiary, transferor transferee, franchisor franchisee, promisor promisee,
bailor bailee, insurer insured, insurer policyholder, auditor auditee, interviewer interviewee, mentor mentee,
appointer appointee, nominator nominee, referrer referee, consignor consignee, drawer drawee, indemnitor indemnitee,
plaintiff defendant, prosecutor defendant, complainant respondent, accuser accused, investigator suspect,
reporter accused, whistleblower accused, teacher student, doctor patient, manager subordinate, supervisor subordinate,
supervisor supervisee, leader follower, host guest, victim offender, winner loser, parent subsidiary, parent child,
husband wife, man woman, male female, internal external, inside outside, interior exterior, inner outer, inbound outbound,
incoming outgoing, inward outward, import export, importer exporter, minimum maximum, min max, before after, prior
subsequent, previous next, earlier later, above below, over under, more less, most least, upper lower, top bottom,
input output, public private, public confidential, direct indirect, with without, pre post, accept reject, accept refuse,
accept decline, accept give, accept offer, receive give, receive send, give take, acceptance refusal, acceptance rejection,
approval rejection, approval refusal, approve reject, approve refuse, allow forbid, allow prohibit, permit prohibit,
permit forbid, permitted prohibited, permitted forbidden, allowed prohibited, allowed forbidden, permission prohibition,
permission obligation, right duty, right obligation, grant deny, grant revoke, consent refusal, confirm deny, asset
liability, debit credit, profit loss, gain loss, income expense, revenue cost, cost benefit, surplus deficit, former current,
former present, old new, past future, past present, first last, start end, beginning end, begin end, opening closing, open
close, open closed, senior junior, online offline, active passive, voluntary mandatory, voluntary compulsory, optional
mandatory, optional required, optional compulsory, domestic foreign, domestic international, national international,
onshore offshore, primary secondary, positive negative, increase decrease, rise fall, encrypt decrypt, encryption
decryption, upload download, hire dismiss, hire fire, lock unlock, inclusive exclusive, include exclude, inclusion exclusion,
entry exit, arrival departure, in out, on off, up down, to from, for against, and or, all some, all none, any every, always
never, high low, long short, full partial, full part, whole part, temporary permanent, fixed variable, general specific,
major minor, buy sell, purchase sale, lend borrow, rent let, send receive, win lose, attack defense, offense defense, true
false, good bad, right wrong, left right, day night, summer winter, weekly monthly, monthly annual, daily weekly, quarterly
annual, monthly quarterly, hard soft, hardware software, wholesale retail, gross net, civil criminal, natural legal,
explicit implicit, express implied, physical virtual, manual automatic, live dead, dependent independent, strong weak,
simple complex, single joint, single multiple, individual collective, formal informal, verbal written, oral written,
known unknown, paid free, competitor competition, competition competence, data metadata, content container, backup original,
draft final, copy original, north south, east west, horizontal vertical, front back, inclusion omission, act omission,
commission omission, supply demand, question answer, request response, cause effect, theory practice, war peace
"""
_TURNING = (
    "un", "in", "im", "il", "ir", "dis", "mis", "non", "anti", "pre", "post", "counter", "de", "re", "sub", "super",
    "inter", "intra", "under", "over", "ex", "co", "out", "multi", "semi", "mal", "a", "en",
)  # fmt: skip
"""Prefixes that make another meaning of the word behind them."""


def _table() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for pair in " ".join(_PAIRS.split()).split(", "):
        first, second = pair.split()
        found[first].add(second)
        found[second].add(first)
    return {word: frozenset(others) for word, others in found.items()}


OPPOSITES = _table()


def opposed(first: Key, second: Key) -> bool:
    """Whether the words in which two keys differ turn the meaning: polarity, modality, role, direction or a prefix."""
    mine, yours = Counter(first), Counter(second)
    only, other = mine - yours, yours - mine
    if any(word in POLARITY for word in (*only, *other)):
        return True
    return any(_turned(one, two) for one in only for two in other)


def _turned(one: str, two: str) -> bool:
    if two in OPPOSITES.get(one, ()):
        return True
    short, long = sorted((one, two), key=len)
    return len(short) > 2 and long.endswith(short) and long.removesuffix(short) in _TURNING
