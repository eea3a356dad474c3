"""A small policy written as records, and a fake retriever: the generation room is tested without extraction."""

from collections.abc import Sequence
from dataclasses import replace

from kg.grounding import ground
from kg.model import (
    Clause,
    ClauseKind,
    Concept,
    Document,
    Modality,
    Ontology,
    Rule,
    Section,
    Span,
    Threshold,
    stable_id,
)
from kg.retrieval import Retrieved
from kg.retrieval_precedents import Decided

M = Modality
USD75 = Threshold(">", 75.0, "USD", "more than USD 75")
DAYS5 = Threshold("<=", 5.0, "working day", "within 5 working days")

# modality, actor, action, object, condition, exception, authority, text, thresholds
_ROWS: tuple[tuple[Modality, str, str, str, str, str, str, str, tuple[Threshold, ...]], ...] = (
    (M.PROHIBITION, "Employees", "accept", "gifts worth more than USD 75", "", "unless the line manager has approved it in writing", "line manager", "Employees must not accept gifts worth more than USD 75 from a supplier unless the line manager has approved it in writing.", (USD75,)),
    (M.PROHIBITION, "Employees", "pay", "bribes", "", "", "", "Employees must not pay bribes.", ()),
    (M.OBLIGATION, "Employees", "report", "accidents", "", "", "", "Employees must report accidents to the site manager within 5 working days.", (DAYS5,)),
    (M.OBLIGATION, "employee", "leave", "conversation", "if a competitor mentions prices", "", "", "If a competitor mentions prices, the employee must leave the conversation.", ()),
    (M.PERMISSION, "Employees", "take", "second job", "only if the work does not compete with the company", "", "", "Employees may take a second job only if the work does not compete with the company.", ()),
    (M.PERMISSION, "", "donate", "used instruments", "to schools ; provided that their memory has been erased", "", "", "Used instruments may be donated to schools, provided that their memory has been erased.", ()),
    (M.PERMISSION, "Employees", "not disclose", "private matters", "", "", "", "Employees need not disclose private matters.", ()),
    (M.RECOMMENDATION, "Managers", "ask", "Ethics Office", "when the rule is unclear", "", "", "Managers should ask the Ethics Office when the rule is unclear.", ()),
    (M.DEFINITION, '"Gift"', "mean", "anything of value given without payment, including vouchers, discounts and favours", "", "", "", '"Gift" means anything of value given without payment, including vouchers, discounts and favours.', ()),
    (M.PROHIBITION, "Employees", "use", "personal data for a new purpose", "until the Data Protection Officer has agreed", "", "Data Protection Officer", "Employees must not use personal data for a new purpose until the Data Protection Officer has agreed.", ()),
    (M.OBLIGATION, "Legal Department", "approve", "Posts about financial results", "before publication", "", "", "Posts about financial results must be approved by the Legal Department before publication.", ()),
    (M.PROHIBITION, "Documents", "leave", "premises", "", "without the consent of the department head", "department head", "Documents must not leave the premises without the consent of the department head.", ()),
    (M.OBLIGATION, "", "erase", "recordings", "after use", "", "", "Recordings must be erased after use.", ()),
    (M.PERMISSION, "Information Security", "scan", "attachments", "", "except during an election", "", "Information Security may scan attachments, except during an election.", ()),
)  # fmt: skip


def policy() -> Ontology:
    """Fourteen rules in fourteen clauses of two sections, with a few concepts."""
    document = Document("doc:1", "Test code", "code.md", "markdown", "0" * 64, "1", 0, 200)
    sections = tuple(Section(f"sec:{n}", "doc:1", str(n), f"Part {n}", 1, None, n, Span(0, 1)) for n in (1, 2))
    clauses, rules = [], []
    for index, (modality, actor, action, object_, condition, exception, authority, text, thresholds) in enumerate(
        _ROWS
    ):
        section = sections[index % 2]
        clause_id = f"clause:{index}"
        clauses.append(
            Clause(
                clause_id,
                "doc:1",
                section.id,
                f"{section.number}.{index}",
                ClauseKind.PARAGRAPH,
                text,
                "",
                index,
                Span(0, 1),
            )
        )
        rules.append(
            Rule(
                stable_id("rule", text), clause_id, section.id, "doc:1", modality, actor, action, object_, condition,
                exception, authority, text, Span(0, 1), f"family:{index}", thresholds,
            )
        )  # fmt: skip
    concepts = tuple(
        Concept(stable_id("concept", name), name, "thing", weight=0.5) for name in ("gift", "bribe", "accident")
    )
    return Ontology((document,), sections, tuple(clauses), tuple(rules), concepts)


class FakeRetriever:
    """Returns the first k clauses whatever the question: the gold clause is mostly missed."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self.decided: tuple[Decided, ...] = ()

    def retrieve_many(self, questions: Sequence[str], k: int) -> tuple[tuple[Retrieved, ...], ...]:
        found = tuple(
            Retrieved(rule.clause_id, rule.id, rule.text, self._ontology.clause_by_id[rule.clause_id].number, 1.0)
            for rule in self._ontology.rules[:k]
        )
        return tuple(found for _ in questions)

    def grounded(self, question: str, passage: Retrieved) -> Retrieved:
        """The passage with its rule held against the question, as the real retriever does."""
        rules = [self._ontology.rule_by_id[id_] for id_ in passage.rule_ids]
        return replace(passage, grounds=ground(question, passage.text, rules))

    def with_precedents(self, decided: Sequence[Decided]) -> "FakeRetriever":
        """It notes the cases and retrieves as before."""
        self.decided = tuple(decided)
        return self
