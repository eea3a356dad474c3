"""A small policy as an ontology of clauses, built without any reader."""

import re

from kg.model import Clause, ClauseKind, Document, Ontology, Section, Span

TEXT = """Employees must not accept a gift worth more than USD 100 unless the line manager has approved it in writing.
Employees may accept meals if a business matter is discussed.
"Gift" means anything of value, such as goods and vouchers.
The report must contain:
- the date of the incident;
- the name of the witness.
Managers should not ask for medical details. May I keep a pen?
Visitors need not register meals. The office opened in 1999.
An employee who learns of a data breach must report it to the Ethics Office within 3 working days.
A gift may create an impression of bias.
Customer gifts and other gifts are described in section 3.2.
"""


def policy(text: str = TEXT) -> Ontology:
    """One document, one section, one clause per line; a line that begins with a dash is an item of the one above."""
    document = Document("doc:1", "Policy", "policy.md", "markdown", "0" * 64, "1", 0, len(text.split()), text)
    section = Section("section:1", document.id, "1", "All", 1, None, 0, Span(0, len(text)))
    clauses: list[Clause] = []
    lead = ""
    for order, line in enumerate(re.finditer(r"[^\n]+", text)):
        item = line.group().startswith("- ")
        start = line.start() + (2 if item else 0)
        kind = ClauseKind.LIST_ITEM if item else ClauseKind.PARAGRAPH
        clauses.append(
            Clause(
                f"clause:{order}",
                document.id,
                section.id,
                f"1.{order}",
                kind,
                text[start : line.end()],
                lead if item else "",
                order,
                Span(start, line.end()),
                superseded_by="clause:9" if "visitors need not" in line.group().lower() else "",
            )
        )
        if not item:
            lead = line.group() if line.group().endswith(":") else ""
    return Ontology(documents=(document,), sections=(section,), clauses=tuple(clauses))
