"""Which of two conflicting rules prevails, and by which principle.

In this order, which is that of the courts: what the text says itself; the higher authority (*lex superior*); the more specific
rule (*lex specialis*); the later one (*lex posterior*), which does not undo an older special rule. Where none decides, nobody
is named: a person must.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.conflicts_limits import DATE, MONTHS
from kg.conflicts_scope import Meeting
from kg.conflicts_wording import documents_that_prevail
from kg.model import Document, Ontology, Rule

EXPLICIT, SUPERIOR, SPECIALIS, POSTERIOR, PERSON = (
    "explicit wording",
    "higher authority",
    "specific over general",
    "later over earlier",
    "decided by a person",
)
PRINCIPLES = (EXPLICIT, SUPERIOR, SPECIALIS, POSTERIOR, PERSON)
HEAD = 15
"""How many clauses at the beginning of a document may say who issued it and when."""
ISSUED = re.compile(
    r"\b(?:adopted|approved|issued|enacted|passed|resolved|ratified|signed|authorised|authorized)\b[^.;]{0,40}?\bby\s+(?P<who>[^.;]{3,90})",
    re.IGNORECASE,
)
RANKS = (
    (
        6,
        re.compile(
            r"\b(?:parliament|congress|legislature|government|ministry|council of the european union)\b", re.IGNORECASE
        ),
    ),
    (5, re.compile(r"\b(?:board|trustees|shareholders|general assembly|supervisory|senate|council)\b", re.IGNORECASE)),
    (4, re.compile(r"\b(?:chief|ceo|executive|president|rector|managing director|management)\b", re.IGNORECASE)),
    (
        3,
        re.compile(r"\b(?:director|department|office|committee|division|head of (?:department|unit))\b", re.IGNORECASE),
    ),
    (
        2,
        re.compile(
            r"\b(?:head|leader|officer|supervisor|captain|master|manager|laboratory|site|team|plant|local|branch|school)\b",
            re.IGNORECASE,
        ),
    ),
)
"""From who issued a document to its rank; the first that matches."""
FORMS = (
    (6, re.compile(r"\b(?:act|regulation|directive|statute|law|charter)\b", re.IGNORECASE)),
    (4, re.compile(r"\b(?:policy|code of conduct|code)\b", re.IGNORECASE)),
    (3, re.compile(r"\bstandard\b", re.IGNORECASE)),
    (
        2,
        re.compile(
            r"\b(?:procedure|handbook|manual|guide|guideline|guidelines|instruction|instructions|faq)\b", re.IGNORECASE
        ),
    ),
)
"""From a document's title to its rank, where neither says who issued it: policy, standard, procedure and guideline."""
DATED = re.compile(
    r"\b(?:in force|effective|takes? effect|valid|last (?:updated|revised|modified)|as of|dated|adopted|approved|issued|version|revised|updated)\b",
    re.IGNORECASE,
)
US_DATE = re.compile(
    r"\b(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)\s+(?P<day>\d{1,2}),\s+(?P<year>\d{4})"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A document's rank by who issued it and by its form (0: not known) and the day it is from, as yyyymmdd."""

    issuer: int
    form: int
    day: int


@dataclass(frozen=True, slots=True)
class Precedence:
    """How the documents of an ontology stand to each other."""

    standing: Mapping[str, Standing]
    stated: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Ruling:
    """``prevails`` is the rule's id or empty, ``principle`` one of :data:`PRINCIPLES` or empty, ``why`` says it in words."""

    prevails: str
    principle: str
    why: str


def precedence(ontology: Ontology) -> Precedence:
    """Ranks and dates of the documents, read from their first clauses and titles, and what they say about each other."""
    heads: dict[str, list[str]] = {document.id: [] for document in ontology.documents}
    for clause in ontology.clauses:
        if len(heads.setdefault(clause.document_id, [])) < HEAD:
            heads[clause.document_id].append(clause.text)
    standing = {document.id: _standing(document, heads[document.id]) for document in ontology.documents}
    return Precedence(standing, documents_that_prevail(ontology))


def _standing(document: Document, head: list[str]) -> Standing:
    issuer = next(
        (rank for text in head if (found := ISSUED.search(text)) for rank, form in RANKS if form.search(found["who"])),
        0,
    )
    form = next((rank for rank, pattern in FORMS if pattern.search(document.title)), 0)
    days = [
        day
        for text in (document.version, *head[:6])
        if text == document.version or DATED.search(text)
        for day in _days(text)
    ]
    stated = (
        int(document.effective_from.replace("-", "") or 0) if document.effective_from.replace("-", "").isdigit() else 0
    )
    return Standing(issuer, form, stated or max(days, default=0))


def _days(text: str) -> list[int]:
    found = [*DATE.finditer(text), *US_DATE.finditer(text)]
    return [
        int(one["year"]) * 10_000 + (MONTHS.index(one["month"].lower()) + 1) * 100 + int(one["day"])
        for one in found
        if one["year"]
    ]


def decide(order: Precedence, first: Rule, second: Rule, meeting: Meeting) -> Ruling:
    """The ruling on two conflicting rules."""
    for winner, loser in ((first, second), (second, first)):
        said = order.stated.get((winner.document_id, loser.document_id)) or order.stated.get((winner.document_id, ""))
        if winner.document_id != loser.document_id and said:
            return Ruling(winner.id, EXPLICIT, f'the text says: "{said}"')
    one, other = order.standing.get(first.document_id), order.standing.get(second.document_id)
    ranks = _ranks(one, other) if first.document_id != second.document_id else (0, 0)
    if ranks[0] != ranks[1]:
        winner = first if ranks[0] > ranks[1] else second
        return Ruling(winner.id, SUPERIOR, "its document has the higher authority")
    if meeting.narrower:
        winner = first if meeting.narrower < 0 else second
        return Ruling(winner.id, SPECIALIS, (meeting.first if meeting.narrower < 0 else meeting.second)[0])
    if one and other and one.day and other.day and one.day != other.day and first.document_id != second.document_id:
        winner = first if one.day > other.day else second
        return Ruling(winner.id, POSTERIOR, "its document is the later one")
    return Ruling("", "", "neither is of higher authority, more specific or later")


def outranks(order: Precedence, first: Rule, second: Rule) -> bool:
    """Whether the document of ``first`` is of higher authority than that of ``second``."""
    one, other = _ranks(order.standing.get(first.document_id), order.standing.get(second.document_id))
    return first.document_id != second.document_id and one > other


def _ranks(one: Standing | None, other: Standing | None) -> tuple[int, int]:
    """By who issued them where both say so, else by their form."""
    if one is None or other is None:
        return 0, 0
    if one.issuer and other.issuer:
        return one.issuer, other.issuer
    return (one.form, other.form) if one.form and other.form else (0, 0)
