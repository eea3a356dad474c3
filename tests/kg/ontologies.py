"""Ontologies for property tests: every record and field, texts of every kind, ids that try to break out."""

from hypothesis import strategies as st

from kg.model import (
    Clause,
    ClauseKind,
    Concept,
    Conflict,
    Document,
    Modality,
    Ontology,
    Provenance,
    Relation,
    Rule,
    RuleConcept,
    Section,
    Span,
    Threshold,
)
from kg.schema import COMPARATORS
from tests.graph_servers import HOSTILE

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(
        [*HOSTILE, 'ends with a "', 'two lines\n"', "back\\", '\n\\"', "> <x:y> .", "a#b/c?d%20", "x" * 90]
    ),
)
IDS = TEXTS.filter(bool)
NAMES = st.lists(TEXTS, max_size=3).map(tuple)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
SHARES = st.floats(0, 1)
COUNTS = st.integers(0, 2**62)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start, length = draw(st.integers(0, 10**9)), draw(st.integers(0, 10**6))
    return Span(start, start + length, draw(st.integers(0, 5_000)))


PROOFS = st.lists(
    st.builds(Provenance, st.sampled_from(["clause", "conceptnet", "person", "seed"]) | TEXTS, TEXTS, TEXTS,
              st.none() | spans(), TEXTS),
    max_size=3,
).map(tuple)  # fmt: skip
THRESHOLDS = st.lists(
    st.builds(Threshold, st.sampled_from(sorted(COMPARATORS)), NUMBERS, TEXTS, TEXTS), max_size=3
).map(tuple)


@st.composite
def ontologies(draw: st.DrawFn) -> Ontology:
    """Small ontologies that the schema allows: ids differ, and every end is there."""

    def some_ids(least: int = 0) -> list[str]:
        return draw(st.lists(IDS, min_size=least, max_size=3, unique=True))

    def one_of(ids: list[str]) -> str:
        return draw(st.sampled_from(ids))

    document_ids, concept_ids = some_ids(1), some_ids(1)
    section_ids, clause_ids, rule_ids = some_ids(1), some_ids(1), some_ids(1)
    return Ontology(
        documents=tuple(
            Document(id_, draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(COUNTS), draw(COUNTS),
                     draw(TEXTS))
            for id_ in document_ids
        ),
        sections=tuple(
            Section(id_, one_of(document_ids), draw(TEXTS), draw(TEXTS), draw(st.integers(1, 9)),
                    draw(st.none() | st.sampled_from(section_ids)), draw(COUNTS), draw(spans()))
            for id_ in section_ids
        ),
        clauses=tuple(
            Clause(id_, one_of(document_ids), one_of(section_ids), draw(TEXTS), draw(st.sampled_from(ClauseKind)),
                   draw(TEXTS), draw(TEXTS), draw(COUNTS), draw(spans()), draw(TEXTS))
            for id_ in clause_ids
        ),
        rules=tuple(
            Rule(id_, one_of(clause_ids), one_of(section_ids), one_of(document_ids), draw(st.sampled_from(Modality)),
                 draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(IDS), draw(spans()),
                 draw(TEXTS), draw(THRESHOLDS), draw(NAMES), draw(st.booleans()), draw(SHARES))
            for id_ in rule_ids
        ),
        concepts=tuple(
            Concept(id_, draw(IDS), draw(TEXTS), draw(NAMES), draw(TEXTS), draw(SHARES),
                    draw(TEXTS | st.just("/c/en/gift_card/n")), draw(PROOFS))
            for id_ in concept_ids
        ),
        relations=tuple(
            Relation(id_, one_of(concept_ids), draw(IDS | st.just("IsA")), one_of(concept_ids), draw(NUMBERS),
                     draw(st.sampled_from([1, -1])), draw(PROOFS), draw(NAMES))
            for id_ in some_ids()
        ),
        rule_concepts=tuple(
            RuleConcept(*link)
            for link in draw(
                st.lists(
                    st.tuples(st.sampled_from(rule_ids), st.sampled_from(concept_ids), TEXTS), max_size=4, unique=True
                )
            )
        ),
        conflicts=tuple(
            Conflict(id_, one_of(rule_ids), one_of(rule_ids), draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(SHARES))
            for id_ in some_ids()
        ),
    )  # fmt: skip
