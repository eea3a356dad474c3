"""The example says the same in all four formats."""

from pathlib import Path

import pytest

from extraction.readers import read_document
from extraction.structure import Source, Structured, build

FOLDER = Path("examples/meridian")


def structured(suffix: str) -> Structured:
    """The example in one format, under one name, so that ids can be compared."""
    return build(read_document(FOLDER / f"code.{suffix}"), Source("code", "code", ""))


@pytest.mark.parametrize("suffix", ["html", "docx", "pdf"])
def test_same_sections_and_clauses(suffix: str) -> None:
    """Sections and clauses agree with the Markdown source in number, level, form, words and id."""
    source, other = structured("md"), structured(suffix)
    assert [(s.number, s.title, s.level) for s in other.sections] == [
        (s.number, s.title, s.level) for s in source.sections
    ]
    for mine, theirs in zip(other.clauses, source.clauses, strict=True):
        assert (mine.number, mine.kind, mine.lead_in, mine.text) == (
            theirs.number,
            theirs.kind,
            theirs.lead_in,
            theirs.text,
        )
        assert mine.id == theirs.id


def test_the_superseded_clause_is_marked() -> None:
    """The old rule on personal devices names the clause that replaced it."""
    marked = {clause.number: clause.superseded_by for clause in structured("md").clauses if clause.superseded_by}
    assert marked == {"5.5": "5.6"}
