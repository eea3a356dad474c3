"""Other ways to write a name that mean the same: "approval of the manager", "sub-processor", "data base", "DPO report".

Each variant is a key that the name would have had; two names whose key or variant is equal are one. Only forms that
English reads one way are here. "Course of business" is no business course, a "gift of the client" no client gift, and
what is done "by" somebody is not what is done "of" somebody.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kg.resolution_names import ARTICLES, DIRECTED, OWNERS, POLARITY, Key, Name
from kg.resolution_spelling import word_set

_SMALL = POLARITY | ARTICLES | OWNERS | word_set("a an and or of for to from by in on at with about into under over between among against through as than per via "
    "all any every each some other another both either between / 's")  # fmt: skip
_RELATIONAL = word_set("""
    abuse access address advice age aim analysis approach approval area audit author bearer board breach change chair
    chairman chairperson charter check choice claimant client control controller copy cost culture custodian customer
    date deadline default delay delivery design director disclosure disposal editor end error exchange expiry exporter
    failure fee flow format goal guardian handling head history holder importer increase influence instance interest
    keeper lack length level limit list location loss manager mark member misuse model name network number object
    objective officer origin output owner participant partner period place plan point policy price priority procedure
    process processor producer project proof provider publisher purchase purpose quality quantity range rate receipt record
    reduction register release removal renewal replacement report representative request review risk role sale scale
    schedule scope secrecy security seizure share signature size source sponsor staff start status step storage
    strategy structure subject supervisor supplier supply support survey target team test theft time title trade transfer
    trustee type use user value violation volume withdrawal year
    """)
"""Heads whose "of" names what a noun before them would name: list of employees, employee list."""
_OWN_SENSE = word_set("""
    action administration association audition caution commission constitution direction division edition element environment
    fraction function government institution instrument intention mission moment nation notion occasion occupation
    operation option organization passion pension portion position possession profession proportion question ration
    region section segment session situation station transaction version vision document department apartment commitment
    judgment sentiment argument equipment statement treatment agreement settlement building thing king ring string
    meaning standing being understanding wing evening morning spring offering opening hearing saying
    """)
_MEASURES = word_set("use year age time place end point interest number")
"""Heads of :data:`_RELATIONAL` with a second reading once they stand last: "time of work", "work time"."""
_COMBINING = word_set("""
    base site page place holder sheet flow frame payer keeper keeping roll list log letter force station shop cast ware
    blower blowing raising raiser line card mail book group
    name
    """)
"""Nouns that English also writes together with the noun before them: data base, share holder, cash flow."""
_NO_FIRST = _SMALL | word_set("""
    after any back bad big black blue brown by cold common cross dark dead deep down dry early every fair far fast fine first
    fore free front full good gray great green half hard head heavy high home hot in key large last late left light long
    loose low main mid new no off old on one open out over own past plain poor public quick raw real red right rough safe
    second self sharp short side slow small smart soft some still straight strong sub sweet through top under up wet white
    whole wide wild yellow data's
    """)
_THINGS = word_set("""
    asset benefit bill bonus cash commission compensation contract cost damages data debt deposit document dues expense fee
    file fine fund funds goods income information installment insurance interest invoice item knowledge levy license loan
    money ownership pension premium price product property record rent risk salary security service share stock tax technology
    title toll value wage work
    """)
"""What is given and does not give: "transfer of data" is a data transfer."""
_PEOPLE = word_set("""
    agent applicant borrower buyer candidate client consultant consumer contractor creditor customer distributor donor employee
    employer investor lender member official owner partner patient person processor provider purchaser recipient seller
    shareholder staff student subcontractor supplier tenant user vendor visitor worker
    """)
_ROLES = word_set("""
    chair client controller customer director guardian head holder keeper manager officer owner participant partner processor
    producer provider publisher representative sponsor staff supervisor supplier team trustee user
    """)
"""A "manager of the client" works for the client, a "client manager" for us."""
_NOMINAL = re.compile(r"(?:[a-z]{4,}(?:tion|sion|ment|ing)|[a-z]{4,}(?:ance|ence))$")


class Variant(NamedTuple):
    """Another key for a name, how sure that is, and why."""

    score: float
    reason: str
    key: Key


def variants(name: Name, acronyms: Mapping[str, Key]) -> Iterator[Variant]:
    """The variants of ``name``; ``acronyms`` are the defined ones with what they stand for. O(words) each."""
    if name.fused != name.key:
        yield Variant(0.95, "one of them with a hyphen, the other in one word", name.fused)
    if (turned := _genitive(name.key)) is not None:
        yield Variant(0.93, "one of them with 'of', the other as a compound", turned)
    if len(name.key) == 3 and name.key[1] in {"and", "or"}:
        first, second = sorted((name.key[0], name.key[2]))
        yield Variant(0.92, "the same two in another order", ("both", first, name.key[1], second))
    for place in range(len(name.key) - 1):
        first, second = name.key[place : place + 2]
        if second in _COMBINING and first.isalpha() and len(first) > 2 and first not in _NO_FIRST:
            joined = (*name.key[:place], first + second, *name.key[place + 2 :])
            yield Variant(0.9, "a compound in one word or in two", joined)
    if len(name.key) > 1 and any(word in acronyms for word in name.key):
        full = tuple(part for word in name.key for part in acronyms.get(word, (word,)))
        yield Variant(0.92, "a defined acronym written out", full)


def _genitive(key: Key) -> Key | None:
    """The compound that "HEAD of OWNER" may be written as, or None where it could mean something else."""
    if key.count("of") != 1 or key[0] == "to":
        return None
    place = key.index("of")
    head, owner = key[:place], key[place + 1 :]
    while len(owner) > 1 and owner[0] in ARTICLES | {"a", "an"}:
        owner = owner[1:]
    if not head or not owner or not _SMALL.isdisjoint((*head, *owner)):
        return None
    if head[-1] in DIRECTED and owner[-1] not in _THINGS:
        return (*owner, "'s", *head)
    if head[-1] in _ROLES and owner[-1] in _PEOPLE:
        return None
    known = head[-1] in _RELATIONAL - _MEASURES or (_NOMINAL.match(head[-1]) and head[-1] not in _OWN_SENSE)
    return (*owner, *head) if known or head[-1] in DIRECTED else None
