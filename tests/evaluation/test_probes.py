"""Held-out sets are read with care, and refused with line numbers."""

from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.probes import from_samples, load_heldout
from kg.errors import UserError
from kg.model import Ontology, Sample, Verdict
from tests.evaluation.policy import heldout_rows, write_rows


def test_a_heldout_set_becomes_probes_with_regions(tmp_path: Path, ontology: Ontology) -> None:
    """Gold clauses resolve to ids, the region is that of the clause's rules, the clause is the family."""
    probes = load_heldout(write_rows(tmp_path / "h.jsonl", heldout_rows()), ontology)
    assert [probe.region_id for probe in probes] == ["s1"] * 6 + ["s2"] * 3
    assert probes[0].clause_ids == ("c1.1",)
    assert {probe.family for probe in probes} == {"clause 1.1", "clause 1.2", "clause 2.1"}
    assert probes[2].verdict is Verdict.NEEDS_INFORMATION


def test_a_case_on_a_clause_without_rules_lies_in_its_outermost_section(tmp_path: Path, ontology: Ontology) -> None:
    """Section 4 states no rule, so no region holds it; the case must not be lost."""
    row = {**heldout_rows()[0], "clauses": ["4.1"]}
    assert load_heldout(write_rows(tmp_path / "h.jsonl", [row]), ontology)[0].region_id == "s4"


def test_every_bad_row_is_named_by_its_line(tmp_path: Path, ontology: Ontology) -> None:
    """One error lists all rows, suggests near clause numbers and does not stop at the first."""
    rows = heldout_rows()[:5]
    rows[1]["clauses"] = ["1.22"]
    rows[2]["verdict"] = "allowed"
    rows[3]["id"] = rows[0]["id"]
    rows[4]["question"] = " "
    path = write_rows(tmp_path / "h.jsonl", rows)
    path.write_text(path.read_text() + "\n{broken\n[1]\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_heldout(path, ontology)
    text = str(caught.value)
    assert "6 bad rows" in text
    assert "line 2: the policy has no clause '1.22'; did you mean 1.2" in text
    assert "line 3: the verdict 'allowed' is none of permitted, prohibited, needs_information" in text
    assert "line 4: the id 'h01' is that of line 1" in text
    assert "line 5: 'question' must be a text" in text
    assert "line 7: not JSON" in text
    assert "line 8: not a JSON object" in text
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00"])
def test_a_file_without_cases_is_the_users_error(tmp_path: Path, ontology: Ontology, content: bytes) -> None:
    """Empty and undecodable files say what to do."""
    path = tmp_path / "h.jsonl"
    path.write_bytes(content)
    with pytest.raises(UserError) as caught:
        load_heldout(path, ontology)
    assert caught.value.hint


def test_a_missing_file_is_the_users_error(tmp_path: Path, ontology: Ontology) -> None:
    """The path is named."""
    with pytest.raises(UserError, match=r"none\.jsonl does not exist"):
        load_heldout(tmp_path / "none.jsonl", ontology)


def test_samples_with_a_verdict_become_probes_of_their_family(ontology: Ontology) -> None:
    """A sample without a verdict, or on a clause that is gone, is no probe."""
    samples = [
        Sample("a", "scenario", "w", "f1.1", "May I?", "Yes.", Verdict.PERMITTED, ("r1.1",), ("c1.1",)),
        Sample("b", "definition", "w", "f1.1", "What is a gift?", "A thing.", None, ("r1.1",), ("c1.1",)),
        Sample("c", "scenario", "w", "f9", "May I?", "Yes.", Verdict.PERMITTED, ("r9",), ("c9",)),
    ]
    probes = from_samples(samples, ontology)
    assert [(probe.id, probe.family, probe.clause_numbers) for probe in probes] == [("a", "f1.1", ("1.1",))]


def test_a_number_stands_for_all_its_passages(tmp_path: Path, ontology: Ontology) -> None:
    """A second paragraph under 1.1 and its part 1.1(a) are gold too; 1.11 is another clause."""
    first = ontology.clauses[0]
    more = [replace(first, id=f"more{place}", number=number) for place, number in enumerate(("1.1", "1.1(a)", "1.11"))]
    whole = replace(ontology, clauses=(*ontology.clauses, *more))
    probe = load_heldout(write_rows(tmp_path / "h.jsonl", heldout_rows()[:1]), whole)[0]
    assert probe.clause_ids == ("c1.1", "more0", "more1")
