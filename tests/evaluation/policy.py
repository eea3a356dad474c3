"""A small made-up policy: three sections, six clauses, eight rules, one concept; and cases on it."""

import json
from pathlib import Path

from kg.model import Clause, ClauseKind, Concept, Document, Modality, Ontology, Relation, Rule, Section, Span

SECTIONS = (("1", "Gifts"), ("2", "Travel"), ("3", "Records"), ("4", "Contacts"))
CLAUSES = {
    "1.1": ("1", "Employees may accept a gift worth less than 50 USD."),
    "1.2": ("1", "Employees must not accept cash."),
    "2.1": ("2", "Travel by air must be approved by a manager."),
    "2.2": ("2", "Employees may travel second class."),
    "3.1": ("3", "Employees must keep invoices for ten years."),
    "3.2": ("3", "Employees must not alter an invoice."),
    "4.1": ("4", "The help line is open at all hours."),
}
MODALITY = {"may": Modality.PERMISSION, "must": Modality.OBLIGATION, "must not": Modality.PROHIBITION}


def small_policy() -> Ontology:
    """An ontology by hand. Section 4 states no rule."""
    text = "\n".join(sentence for _, sentence in CLAUSES.values())
    sections = tuple(
        Section(f"s{number}", "d1", number, title, 1, None, order, Span(0, 1))
        for order, (number, title) in enumerate(SECTIONS)
    )
    clauses, rules = [], []
    for order, (number, (section, sentence)) in enumerate(CLAUSES.items()):
        start = text.index(sentence)
        span = Span(start, start + len(sentence))
        clauses.append(
            Clause(f"c{number}", "d1", f"s{section}", number, ClauseKind.PARAGRAPH, sentence, "", order, span)
        )
        words = next((name for name in ("must not", "must", "may") if f" {name} " in sentence), "")
        if words:
            rules.append(
                Rule(
                    f"r{number}",
                    f"c{number}",
                    f"s{section}",
                    "d1",
                    MODALITY[words],
                    "employee",
                    "act",
                    "thing",
                    "",
                    "",
                    "",
                    sentence,
                    span,
                    f"f{number}",
                )
            )
    return Ontology(
        documents=(Document("d1", "House rules", "rules.md", "markdown", "0" * 64, "1", 0, 60, text),),
        sections=sections,
        clauses=tuple(clauses),
        rules=tuple(rules),
        concepts=(Concept("k1", "gift", "asset"), Concept("k2", "employee", "party")),
        relations=(Relation("e1", "k2", "MayAccept", "k1"),),
    )


def heldout_rows() -> list[dict[str, object]]:
    """Nine cases: three on each of three clauses, none on section 3."""
    rows: list[dict[str, object]] = []
    for clause, subject in (("1.1", "a pen"), ("1.2", "an envelope"), ("2.1", "a flight")):
        for verdict in ("permitted", "prohibited", "needs_information"):
            number = len(rows) + 1
            rows.append(
                {
                    "id": f"h{number:02d}",
                    "question": f"Case {number:02d}: Ana is offered {subject}.",
                    "verdict": verdict,
                    "clauses": [clause],
                    "section": clause[0],
                    "rationale": f"Clause {clause} decides.",
                }
            )
    return rows


def write_rows(path: Path, rows: list[dict[str, object]]) -> Path:
    """Rows as JSON lines."""
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    return path
