"""What retrieval ranks: passages, which are what one citation names, and the sentences in them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Clause, Ontology


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence of a passage: a rule, or a clause that states none."""

    clause_id: str
    rule_id: str
    text: str
    superseded: bool


def passages_of(ontology: Ontology, most: int) -> Iterator[tuple[str, list[Unit]]]:
    """The text of each passage, led by its section's title, with its units; consecutive clauses of one citation."""
    groups: dict[tuple[str, str, str], list[Clause]] = defaultdict(list)
    for clause in ontology.clauses:
        groups[clause.document_id, clause.section_id, clause.number].append(clause)
    for (_, section_id, _), clauses in groups.items():
        section = ontology.section_by_id.get(section_id)
        title = [f"{section.title}."] if section and section.title else []
        units: list[Unit] = []
        texts: list[str] = []
        words = 0
        for clause in clauses:
            length = len(clause.text.split())
            if units and words + length > most:
                yield " ".join((*title, *texts)), units
                units, texts, words = [], [], 0
            if not texts and clause.lead_in:
                texts.append(clause.lead_in)
            texts.append(clause.text)
            words += length
            units.extend(units_of(ontology, clause))
        if units:
            yield " ".join((*title, *texts)), units


def units_of(ontology: Ontology, clause: Clause) -> Iterator[Unit]:
    rules = ontology.rules_of_clause.get(clause.id, ())
    for rule in rules:
        yield Unit(clause.id, rule.id, rule.text, rule.superseded or bool(clause.superseded_by))
    if not rules and clause.text.strip():
        yield Unit(clause.id, "", f"{clause.lead_in} {clause.text}".strip(), bool(clause.superseded_by))


def citation_of(ontology: Ontology, clause: Clause) -> str:
    section = ontology.section_by_id.get(clause.section_id)
    return clause.number or (section.number or section.title if section else "")
