"""Cross-references are read from the words and resolved to clauses."""

import pytest

from extraction.numbering import key
from extraction.readers import read_bytes
from extraction.references import link_rules, mentions, references
from extraction.structure import Source, build
from kg.model import Modality, Ontology, Rule, Span


@pytest.mark.parametrize(
    ("text", "own", "numbers"),
    [
        ("Gifts follow the stricter rule in 3.3.", "2.1", ["3.3"]),
        ("It prevails over 4.7 and 4.8.", "4.9", ["4.7", "4.8"]),
        ("6.2 applies on every platform.", "5.9", ["6.2"]),
        ("as section 5.2 and clause 7(b) say", "", ["5.2", "7(b)"]),
        ("under § 164.508(a)(1), (b) or 164.510", "", ["164.508(a)(1)", "164.508(b)", "164.510"]),
        (
            "Articles 12 to 15 apply; see Article 6(1).",
            "",
            ["Article 12", "Article 13", "Article 14", "Article 15", "Article 6(1)"],
        ),
        ("the report in paragraph (b)", "§ 9.5(a)(1)", ["9.5(b)"]),
        ("paragraphs 1 and 4 of this Article", "Article 28(5)", ["Article 28(1)", "Article 28(4)"]),
        ("see Section B(5)", "A(7)", ["B.5"]),
        ("Article 8(1) of the Charter of Fundamental Rights", "", []),
        ("a rate of 2.5 percent in 3 days for USD 4.50", "", []),
    ],
)
def test_mentions(text: str, own: str, numbers: list[str]) -> None:
    """Numbers with a keyword or after a preposition are references; quantities and other laws' articles are not."""
    assert list(mentions(text, own)) == [key(number) for number in numbers]


def test_resolution() -> None:
    """A reference to a section means its clauses; to an item, the item; one to nothing is left out."""
    text = "# Code\n\n## 1 One\n\nSee 2 and section 2(b) and section 9.\n\n## 2 Two\n\n(a) First.\n\n(b) Second."
    one = build(read_bytes(text.encode(), "code.md"), Source("code.md", "code.md", ""))
    ontology = Ontology((one.document,), one.sections, one.clauses)
    first = one.clauses[0]
    assert references(ontology)[first.id] == (one.clauses[2].id,)
    rule = Rule(
        "r", first.id, first.section_id, one.document.id, Modality.OBLIGATION, "", "", "", "", "", "", "Do as section 2 says.",
        Span(0, 1), "f", references=("stale",),
    )  # fmt: skip
    assert link_rules(ontology, [rule])[0].references == (one.clauses[1].id, one.clauses[2].id)
