"""Documents to an ontology: what is read, what is rejected, and that nothing is ever silently empty."""

from pathlib import Path

import pytest

from extraction import ExtractionOptions, ingest
from extraction.pipeline import check_yield, find_documents, read_documents, ruleless
from kg.errors import PlumblineError, UserError
from kg.model import Document, Ontology
from tests.extraction import sample_documents as samples

OPTIONS = ExtractionOptions()


def folder(tmp_path: Path) -> Path:
    """A folder with readable and unreadable documents."""
    (tmp_path / "b").mkdir()
    (tmp_path / "a.md").write_text(samples.MARKDOWN)
    (tmp_path / "b" / "a.md").write_text(samples.MARKDOWN)
    (tmp_path / "b" / "scan.pdf").write_bytes(samples.scanned_pdf())
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "README.md").write_text("# Not a policy")
    (tmp_path / "data.csv").write_text("1,2")
    return tmp_path


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    """Supported files in sorted order, none twice, README and other formats left out; a named file is always taken."""
    root = folder(tmp_path)
    names = [path.relative_to(root).as_posix() for path in find_documents([root, root / "a.md"], OPTIONS)]
    assert names == ["a.md", "b/a.md", "b/scan.pdf", "empty.txt"]
    assert find_documents([root / "README.md"], OPTIONS) == (root / "README.md",)


def test_the_rest_goes_on(tmp_path: Path) -> None:
    """Unreadable documents are rejected by name and reason; equal file names keep separate ids; the yield adds up."""
    ontology, rejected, yields = read_documents([folder(tmp_path)], OPTIONS)
    assert [Path(document.path).name for document in ontology.documents] == ["a.md", "a.md"]
    assert len({clause.id for clause in ontology.clauses}) == len(ontology.clauses)
    assert [(Path(one.source).name, one.place) for one in rejected] == [("scan.pdf", "page 1"), ("empty.txt", "")]
    assert (yields[0].read, yields[0].kept, yields[0].rejected) == (4, 2, 2)


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    """The same folder read again gives equal records."""
    root = folder(tmp_path)
    assert read_documents([root], OPTIONS)[0].clauses == read_documents([root], OPTIONS)[0].clauses


def test_mistakes_of_the_user(tmp_path: Path) -> None:
    """A missing path, an empty folder, and no readable document each end with a named reason."""
    with pytest.raises(UserError, match="nowhere"):
        ingest([tmp_path / "nowhere.md"], OPTIONS)
    with pytest.raises(UserError, match="no document in"):
        read_documents([tmp_path], OPTIONS)
    (tmp_path / "empty.md").write_text("\n")
    with pytest.raises(UserError, match=r"empty\.md: the file is empty"):
        read_documents([tmp_path], OPTIONS)
    with pytest.raises(UserError, match="include"):
        ExtractionOptions(include=())


def test_too_few_rules_is_an_error() -> None:
    """A long document without rules ends with the yield report, unless the check is switched off."""
    document = Document("d", "t", "p", "text", "", "", 0, 5000)
    ontology = Ontology(documents=(document,))
    with pytest.raises(PlumblineError, match="only 0 rules in 5000 words"):
        check_yield(ontology, (), OPTIONS)
    check_yield(ontology, (), ExtractionOptions(words_per_rule=0))
    assert [one.reason for one in ruleless(ontology, OPTIONS)] == ["no rule was found in 5000 words"]


@pytest.mark.model
def test_the_whole_chain(tmp_path: Path, parser: Path) -> None:
    """A small policy gives rules, concepts and relations, each stage with its yield, and references as clause ids."""
    (tmp_path / "rules.md").write_text(samples.MARKDOWN)
    told: list[str] = []
    result = ingest([tmp_path], ExtractionOptions(model=str(parser)), lambda stage, _done, _total: told.append(stage))
    ontology = result.ontology
    assert ontology.rules
    assert ontology.concepts
    assert ontology.relations
    assert {one.stage for one in result.yields} == {"documents", "blocks", "rules", "concepts", "relations"}
    assert all(ref in ontology.clause_by_id for rule in ontology.rules for ref in rule.references)
    assert {"documents", "concepts", "relations"} <= set(told)
