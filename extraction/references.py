"""Cross-references: ``see 3.4``, ``section 5.2``, ``§ 164.508(a)``, ``Article 6(1)``, ``paragraph (b)`` to clause ids."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extraction.numbering import key
from kg.model import Clause, Ontology, Rule

BRACKETS = r"(?:\s?\((?:[a-zA-Z]{1,2}|[ivxl]{1,6}|\d{1,3})\))"
NUMBER = rf"[A-Z]?\d+[A-Z]?(?:\.\d+[a-z]?)*{BRACKETS}*"
MORE = rf"(?:(?:,\s*|\s*(?:and|or|to|through|,\s*and|,\s*or)\s+)(?:§\s*)?(?:{NUMBER}|{BRACKETS}+))*"
# A bare "3.4" is a reference only after such a word, and not when it is a quantity ("of 2.5 percent").
PREPOSITION = r"[Ss]ee|under|in|by|with|of|and|or|to|per|from|that|over|than|for|as|outside|beyond|both"
POINTED = r"(?:V?\d{1,2}\.|[A-Z]{1,2}\.|[A-Z]{1,3}-)\d{1,2}(?:\.\d{1,2})*(?![\w%]|\.\d)(?!\s*(?:%|percent|USD|EUR|million|billion|times|hours|days))"
# "Article 8(1) of the Charter" is another document's.
EXTERNAL = re.compile(r"\s*,?\s+of\s+(?!this\b)(?:the\s+)?(?:Annex\b|[A-Z][A-Za-z]*\b)")
PATTERNS = (
    (re.compile(rf"§+\s*({NUMBER}{MORE})"), "§"),
    (re.compile(rf"\b[Aa]rticles?\s+({NUMBER}{MORE})"), "article "),
    (re.compile(rf"\b[Rr]ecitals?\s+({NUMBER}{MORE})"), "recital "),
    (
        re.compile(
            rf"\b(?:[Ss]ections?|[Cc]lauses?|[Rr]equirements?|[Rr]ules?)\s+((?:{NUMBER}|[A-Z](?:\.\d+)*{BRACKETS}*(?![\w.]*[a-z])){MORE})"
        ),
        "",
    ),
    (re.compile(rf"\b[Pp]aragraphs?\s+((?:{BRACKETS}+|\d+{BRACKETS}*){MORE})"), "paragraph"),
    (re.compile(rf"\b(?:{PREPOSITION})\s+({POINTED}(?:(?:,\s*|,?\s+(?:and|or|to)\s+){POINTED})*)"), ""),
    (
        re.compile(
            rf"(?:^|[;:(]\s*|[.!?]\s+)({POINTED})(?=\s+(?:appl|govern|say|forbid|permit|require|set|prevail|allow)\w*)"
        ),
        "",
    ),
)
ITEM = re.compile(rf"{NUMBER}|[A-Z](?:\.\d+)*{BRACKETS}*|{BRACKETS}+")
RANGE = re.compile(r"^\s*(?:to|through)\s+$")


@dataclass(frozen=True, slots=True)
class Numbers:
    """The clauses of one document by the key of their number, and by that of their section's number."""

    clauses: Mapping[tuple[str, ...], tuple[str, ...]]
    sections: Mapping[tuple[str, ...], tuple[str, ...]]

    def find(self, wanted: tuple[str, ...]) -> tuple[str, ...]:
        """The clauses that a number means: the clause itself, or all of the section's own."""
        return self.clauses.get(wanted) or self.sections.get(wanted, ())


def mentions(text: str, own: str = "") -> tuple[tuple[str, ...], ...]:
    """Keys of the numbers that a text refers to, in order; ``own`` is the number of the clause it stands in.

    >>> mentions("as Article 6(1) and section 5.2 say")
    (('article', '6', '1'), ('5', '2'))
    """
    found = [
        hit
        for pattern, prefix in PATTERNS
        for match in pattern.finditer(text)
        if not EXTERNAL.match(text, match.end())
        for hit in _items(match, prefix, own)
    ]
    return tuple(dict.fromkeys(wanted for _, wanted in sorted(found)))


def _items(match: re.Match[str], prefix: str, own: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    listed = match.group(1)
    base, last_end = "", 0
    previous: tuple[str, ...] = ()
    for item in ITEM.finditer(listed):
        part = item.group().strip()
        if prefix == "paragraph":
            wanted = _relative(own, part)
        elif part.startswith("("):
            wanted = key(base) + key(part)
        else:
            base = f"{prefix}{part.split('(')[0]}"
            wanted = key(f"{prefix}{part}")
        if (
            previous
            and RANGE.match(listed[last_end : item.start()])
            and previous[-1].isdigit()
            and wanted[-1].isdigit()
        ):
            for value in range(int(previous[-1]) + 1, min(int(wanted[-1]), int(previous[-1]) + 40)):
                yield match.start(1) + item.start(), (*previous[:-1], str(value))
        yield match.start(1) + item.start(), wanted
        previous, last_end = wanted, item.end()


def _relative(own: str, part: str) -> tuple[str, ...]:
    """``paragraph (b)`` is counted from the section of the clause it stands in: ``Article 6``, ``§ 164.502``."""
    return key(own.split("(", maxsplit=1)[0]) + key(part)


def index(clauses: Sequence[Clause], section_numbers: Mapping[str, str]) -> Numbers:
    """The clauses of one document by number. ``section_numbers``: section id -> number."""
    by_clause: dict[tuple[str, ...], list[str]] = {}
    by_section: dict[tuple[str, ...], list[str]] = {}
    for clause in clauses:
        section = key(section_numbers.get(clause.section_id, ""))
        own = key(clause.number)
        if own and own != section:
            by_clause.setdefault(own, []).append(clause.id)
        for depth in range(1, len(section) + 1):
            if depth == len(section) or depth > 1 or section[0].isdigit():
                by_section.setdefault(section[:depth], []).append(clause.id)
    return Numbers(
        {name: tuple(ids) for name, ids in by_clause.items()}, {name: tuple(ids) for name, ids in by_section.items()}
    )


def references(ontology: Ontology, limit: int = 24) -> dict[str, tuple[str, ...]]:
    """Clause id -> ids of the clauses that it refers to, at most ``limit``; a number that does not exist is left out."""
    numbers = _indices(ontology)
    return {clause.id: _resolve(clause.text, clause, numbers, limit) for clause in ontology.clauses}


def link_rules(ontology: Ontology, rules: Sequence[Rule], limit: int = 24) -> tuple[Rule, ...]:
    """The rules with ``references`` as clause ids, read from their own words."""
    numbers = _indices(ontology)
    return tuple(
        replace(rule, references=_resolve(rule.text, ontology.clause_by_id[rule.clause_id], numbers, limit))
        for rule in rules
    )


def _indices(ontology: Ontology) -> dict[str, Numbers]:
    by_document: dict[str, list[Clause]] = {document.id: [] for document in ontology.documents}
    for clause in ontology.clauses:
        by_document[clause.document_id].append(clause)
    numbers = {section.id: section.number for section in ontology.sections}
    return {document: index(clauses, numbers) for document, clauses in by_document.items()}


def _resolve(text: str, clause: Clause, numbers: Mapping[str, Numbers], limit: int) -> tuple[str, ...]:
    own = numbers[clause.document_id]
    found = (target for wanted in mentions(text, clause.number) for target in own.find(wanted) if target != clause.id)
    return tuple(dict.fromkeys(found))[:limit]
