"""Sections, clauses, numbers, lead-ins, spans and ids."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.numbering import compose, heading_number, key, split_label
from extraction.outline import follows
from extraction.readers import Block, BlockKind, Reading, read_bytes
from extraction.structure import Source, Structured, build
from kg.model import ClauseKind
from tests.extraction import sample_documents as samples

SOURCE = Source("rules.md", "docs/rules.md", "0")


def structured(text: str) -> Structured:
    """A Markdown text taken apart."""
    return build(read_bytes(text.encode(), "rules.md"), SOURCE)


@pytest.mark.parametrize(
    ("heading", "number", "title"),
    [
        ("3.2 Gifts", "3.2", "Gifts"),
        ("3. Gifts", "3", "Gifts"),
        ("§ 164.502 Uses and disclosures", "§ 164.502", "Uses and disclosures"),
        ("Article 5 Principles", "Article 5", "Principles"),
        ("Chapter IV - Controllers", "Chapter IV", "Controllers"),
        ("V1.2.3 Encoding", "V1.2.3", "Encoding"),
        ("V1 Encoding", "V1", "Encoding"),
        ("A. Definitions", "A", "Definitions"),
        ("1A.2 Payment", "1A.2", "Payment"),
        ("IV. Remedies", "IV", "Remedies"),
        ("Part of the deal", "", "Part of the deal"),
        ("90 days or less", "", "90 days or less"),
    ],
)
def test_heading_numbers(heading: str, number: str, title: str) -> None:
    """The numbering of codes, laws and standards is told from a title that begins with a figure."""
    assert heading_number(heading) == (number, title)


def test_labels_and_composition() -> None:
    """Labels of paragraphs compose with the section they stand in; equal numbers have one key."""
    assert split_label("(a)(1)(ii) To the person;") == ("(a)(1)(ii)", "To the person;")
    assert split_label("2.1 Roles. The parties agree.") == ("2.1", "Roles. The parties agree.")
    assert split_label("A guest may stay.") == ("", "A guest may stay.")
    assert compose("Article 5", "1.") == "Article 5(1)"
    assert compose("3.2", "3.2.1") == "3.2.1"
    assert key("section B(5)") == key("B.5")
    assert key("V1.2.3") == key("1.2.3")
    assert key("§ 164.502(a)") == key("164.502(a)")


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("D.1 Staff may keep it.", "D.1"),
        ("C.10 Staff may keep it.", "C.10"),
        ("B.2.1: staff may keep it.", "B.2.1"),
        ("1.a Staff may keep it.", "1.a"),
        ("2(b) Staff may keep it.", "2(b)"),
        ("R-12 Staff may keep it.", "R-12"),
        ("HR-04: staff may keep it.", "HR-04"),
        ("A1. Staff may keep it.", "A1"),
        ("Rule 7. Staff may keep it.", "Rule 7"),
        ("Step 3 - Staff may keep it.", "Step 3"),
        ("Art. 3 Staff may keep it.", "Art. 3"),
        ("No. 4 Staff may keep it.", "No. 4"),
        ("§ 5 Staff may keep it.", "§ 5"),
        ("5.) Staff may keep it.", "5.)"),
        ("7: Staff may keep it.", "7"),
        ("(1a) Staff may keep it.", "(1a)"),
        ("IV. Staff may keep it.", "IV."),
    ],
)
def test_labels_of_house_rules(line: str, label: str) -> None:
    """The styles in which handbooks number their rules are told from the rule itself."""
    assert split_label(line) == (label, line[len(line.split("taff", maxsplit=1)[0]) - 1 :])
    assert split_label(line.replace(label, "", 1).strip(" .:-)"))[0] == ""


@pytest.mark.parametrize(
    "line",
    [
        "COVID-19 tests are free.",
        "A4 paper is kept in the store.",
        "Article 6 GDPR allows it.",
        "Rule 7 applies to guests.",
        "X.509 Certificates must be renewed.",
        "U.S. citizens may vote.",
        "No dogs.",
        "24 hours before the start, doors open.",
    ],
)
def test_words_that_are_no_label(line: str) -> None:
    """A sentence may begin with a code, a paper size or a reference."""
    assert split_label(line) == ("", line)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rules.md", "## D. The team\n\nD.1 Staff must go.\nD.2 Staff must rest:\n\n(a) at noon;\n"),
        ("rules.txt", "D. The team\n\nD.1 Staff must go.\nD.2 Staff must rest:\n(a) at noon;\n"),
        ("rules.html", "<h2>D. The team</h2><p>D.1 Staff must go.</p><p>D.2 Staff must rest:</p><p>(a) at noon;</p>"),
    ],
)
def test_lettered_clauses_in_every_form(name: str, text: str) -> None:
    """A clause is found by its label, and what hangs on it by both."""
    clauses = build(read_bytes(text.encode(), name), SOURCE).clauses
    assert [(clause.number, clause.text) for clause in clauses] == [
        ("D.1", "Staff must go."),
        ("D.2", "Staff must rest:"),
        ("D.2(a)", "at noon;"),
    ]


def test_series() -> None:
    """The letter i after h is a letter, after ii a Roman numeral."""
    assert follows("(h)", "(i)")
    assert follows("(i)", "(ii)")
    assert follows("9.", "10.")
    assert not follows("(a)", "(1)")
    assert not follows("(b)", "2.")


def test_sample_document() -> None:
    """Sections nest by number, items hang on their lead-ins, questions keep their answers, old rules their mark."""
    one = structured(samples.MARKDOWN)
    assert [(s.number, s.title, s.level) for s in one.sections][1:4] == [
        ("1", "Visitors", 1),
        ("1.1", "Guests", 2),
        ("1.2", "Old rule", 2),
    ]
    by_text = {clause.text: clause for clause in one.clauses}
    inner = by_text["a resident is present; and"]
    assert inner.lead_in == "A guest may not: use the workshop, unless:"
    assert inner.number == "1.1(2)"
    assert by_text["smoke indoors;"].number == "1.1(1)"
    answer = by_text["Q: May a guest stay for a week?\nA: No. A guest may stay for three nights."]
    assert answer.kind is ClauseKind.QUESTION_ANSWER
    assert by_text["Guests must sign the book."].superseded_by == "1.1"
    assert by_text["Day: Monday; Open: 8 to 12"].kind is ClauseKind.TABLE_ROW
    kinds = {clause.kind for clause in one.clauses}
    assert {ClauseKind.CALLOUT, ClauseKind.DEFINITION, ClauseKind.FOOTNOTE, ClauseKind.LIST_ITEM} <= kinds
    assert one.document.version == "1.3"


def test_legal_numbering_without_indentation() -> None:
    """Letters, figures and Roman numerals nest by their form alone; a label that stands alone counts."""
    text = "## § 9.5 Use\n\n(a) One:\n\n(1) two\n\n(i) three\n\n(ii) four\n\n(2) five\n\n(b)\n\n(1) six"
    assert [c.number for c in structured(text).clauses] == [
        "§ 9.5(a)", "§ 9.5(a)(1)", "§ 9.5(a)(1)(i)", "§ 9.5(a)(1)(ii)", "§ 9.5(a)(2)", "§ 9.5(b)(1)",
    ]  # fmt: skip


def test_row_with_a_number_is_the_requirement() -> None:
    """In a table of numbered requirements the prose is the clause and the level stays outside it."""
    text = "| # | Description | Level |\n|--|--|--|\n| 1.1.1 | Verify that every input is decoded once. | 2 |\n"
    clause = structured(text).clauses[0]
    assert (clause.number, clause.text) == ("1.1.1", "Verify that every input is decoded once.")


def test_same_rules_in_every_format() -> None:
    """HTML and Markdown of one document give the same section numbers and clauses."""
    html = build(read_bytes(samples.HTML.encode(), "rules.html"), SOURCE)
    markdown = structured(samples.MARKDOWN)
    assert {s.number for s in html.sections} <= {s.number for s in markdown.sections}
    assert {c.number for c in html.clauses} <= {c.number for c in markdown.clauses}


def test_ids_survive_an_insertion() -> None:
    """A new clause changes no other clause's id, and the path is no part of an id."""
    before = structured(samples.MARKDOWN)
    after = build(
        read_bytes(
            samples.MARKDOWN.replace("A guest may not:", "Guests are welcome.\n\nA guest may not:").encode(), "rules.md"
        ),
        Source("rules.md", "elsewhere/rules.md", "1"),
    )
    assert {clause.id for clause in before.clauses} < {clause.id for clause in after.clauses}
    assert [section.id for section in before.sections] == [section.id for section in after.sections]


LINE = st.text(st.characters(codec="utf-8"), max_size=30)
TEXTS = st.sampled_from(
    ["(a) x", "1. y", "Q: why?", "A: so", "a:", "3.2 Title", "(i) z", "1.2.3 w", "§ 4.5 t", "•", "(b)"]
)
BLOCKS = st.builds(
    Block,
    kind=st.sampled_from(list(BlockKind)),
    text=(LINE.map(lambda s: " ".join(s.split())) | TEXTS).filter(bool),
    level=st.integers(1, 4),
    depth=st.integers(0, 3),
    number=st.sampled_from(["", "1.", "(a)", "2.1"]),
    cells=st.tuples(LINE, LINE),
    header=st.sampled_from([(), ("Head", "Tail")]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOCKS, max_size=12))
def test_spans_are_exact(blocks: list[Block]) -> None:
    """Whatever the blocks, each span holds exactly the clause's words, ids are unique and a rerun gives the same."""
    reading = Reading("markdown", "Title", "", 0, tuple(blocks))
    one = build(reading, SOURCE)
    for clause in one.clauses:
        assert one.document.text[clause.span.start : clause.span.end] == clause.text
    spans = [clause.span for clause in one.clauses]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert len({clause.id for clause in one.clauses}) == len(one.clauses)
    sections = {section.id for section in one.sections}
    assert all(clause.section_id in sections for clause in one.clauses)
    assert all(section.parent_id is None or section.parent_id in sections for section in one.sections)
    assert one == build(reading, SOURCE)


def test_a_lone_line_in_capitals_is_a_heading() -> None:
    """A title that the format does not mark opens a section; an acronym on a line of its own, or a shouted sentence, does not."""
    told = structured(
        "STAFF RULES\n\nGIFTS AND MEALS\n\nStaff must not accept gifts of any value.\n\n"
        "2. WORKING HOURS\n\nStaff must rest for one hour every day.\n\nUK\n\nTHE DOOR MUST BE LOCKED.\n\nStaff must keep the key safe."
    )
    assert told.document.title == "STAFF RULES"
    assert [(section.number, section.title) for section in told.sections] == [
        ("", "GIFTS AND MEALS"),
        ("2", "WORKING HOURS"),
    ]
    assert [clause.text for clause in told.clauses][-3:] == [
        "UK",
        "THE DOOR MUST BE LOCKED.",
        "Staff must keep the key safe.",
    ]
