"""A small policy about gifts, as an ontology: the fixture of the knowledge tests."""

from kg.model import (
    Clause,
    ClauseKind,
    Concept,
    Document,
    Modality,
    Ontology,
    Relation,
    Rule,
    RuleConcept,
    Sample,
    Section,
    Span,
    Verdict,
)

SPAN = Span(0, 1)


def section(number: str, title: str, parent: str | None = None) -> Section:
    return Section(f"s{number}", "d", number, title, number.count(".") + 1, parent, 0, SPAN)


def clause(number: str, text: str, superseded_by: str = "") -> Clause:
    return Clause(f"c{number}", "d", f"s{number[0]}", number, ClauseKind.PARAGRAPH, text, "", 0, SPAN, superseded_by)


def rule(id_: str, clause_number: str, modality: Modality, frame: str, text: str) -> Rule:
    """``frame`` is "actor | action | object | condition | exception"."""
    actor, action, object_, condition, exception = (*(part.strip() for part in frame.split("|")), "", "")[:5]
    return Rule(
        id_, f"c{clause_number}", f"s{clause_number[0]}", "d", modality, actor, action, object_, condition, exception,
        "", text, SPAN, f"f{clause_number}",
    )  # fmt: skip


def concept(label: str, kind: str = "thing", weight: float = 0.5, aliases: tuple[str, ...] = ()) -> Concept:
    return Concept(f"k:{label}", label, kind, aliases, weight=weight)


def relation(source: str, type_: str, target: str) -> Relation:
    return Relation(f"r:{source}-{type_}-{target}", f"k:{source}", type_, f"k:{target}")


RULES = (
    rule(
        "r1", "1.1", Modality.PROHIBITION, "employee | accept | gift from supplier",
        "Employees must not accept gifts from suppliers.",
    ),
    rule(
        "r2", "1.2", Modality.OBLIGATION, "employee | record | meal",
        "Employees must record every meal in the hospitality register.",
    ),
    rule(
        "r3", "2.1", Modality.PROHIBITION, "employee | disclose | trade secret",
        "Employees must not disclose trade secrets.",
    ),
    rule("r4", "2.2", Modality.PERMISSION, "employee | disclose | trade secret | if the law requires it",
         "Employees may disclose trade secrets if the law requires it."),
)  # fmt: skip

POLICY = Ontology(
    documents=(Document("d", "Code", "code.md", "markdown", "0", "1", 1, 40, ""),),
    sections=(section("1", "Gifts and hospitality"), section("2", "Confidential information")),
    clauses=(
        clause("1.1", RULES[0].text),
        clause("1.2", RULES[1].text),
        clause("1.3", "The hospitality register is kept by the finance desk."),
        clause("2.1", RULES[2].text),
        clause("2.2", RULES[3].text),
    ),
    rules=RULES,
    concepts=(
        concept("employee", "party"),
        concept("gift", "asset", aliases=("present",)),
        concept("supplier", "party"),
        concept("accept", "action"),
        concept("meal", "asset"),
        concept("trade secret", "information"),
        concept("watch", "asset", 0.0),
        concept("gift card", "asset", 0.0),
    ),
    relations=(
        relation("watch", "IsA", "gift"),
        relation("gift card", "IsA", "gift"),
        relation("employee", "mustNot", "gift"),
        relation("supplier", "CapableOf", "gift"),
    ),
    rule_concepts=(
        RuleConcept("r1", "k:employee", "actor"),
        RuleConcept("r1", "k:accept", "action"),
        RuleConcept("r1", "k:gift", "object"),
        RuleConcept("r1", "k:supplier", "object"),
        RuleConcept("r2", "k:employee", "actor"),
        RuleConcept("r2", "k:meal", "object"),
        RuleConcept("r3", "k:employee", "actor"),
        RuleConcept("r3", "k:trade secret", "object"),
        RuleConcept("r4", "k:trade secret", "object"),
    ),
)


def sample(
    question: str, answer: str = "", rules: tuple[str, ...] = (), verdict: Verdict | None = None, id_: str = "x"
) -> Sample:
    return Sample(id_, "scenario", "test", "f", question, answer, verdict, rules, ())
