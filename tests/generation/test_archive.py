"""An archive of decided cases: read with its faults listed, trained on, and handed to retrieval."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generation.archive import WRITER, drawn_evenly, precedents, read_archive
from generation.options import GenerationOptions
from generation.pipeline import generate
from kg.errors import UserError
from kg.model import Modality, Split, Verdict
from tests.generation.fixtures import FakeRetriever, policy

ONTOLOGY = policy()
GIFT, BRIBE = ONTOLOGY.rules[0], ONTOLOGY.rules[1]


def row(**changed: Any) -> dict[str, Any]:
    return {
        "id": "x-1",
        "family": "x",
        "question": "The firm that cleans our tanks left a hamper worth 200 dollars at my door. Can I keep it?",
        "verdict": "prohibited",
        "clauses": ["1.0"],
        "quote": "Employees must not accept gifts worth more than USD 75 from a supplier",
        "rationale": "A hamper above USD 75 that nobody approved (clause 1.0).",
        **changed,
    }


def archive(path: Path, *rows: object) -> Path:
    lines = [one if isinstance(one, str) else json.dumps(one) for one in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_case_becomes_a_draft_of_the_rule_that_it_quotes(tmp_path: Path) -> None:
    """Verdict, clause and reason stand in the answer, and the rule is the quoted one."""
    found = read_archive(archive(tmp_path / "cases.jsonl", row()), ONTOLOGY)
    (draft,) = found.drafts
    assert (draft.verdict, draft.rule_ids, draft.family, draft.writer) == (
        Verdict.PROHIBITED, (GIFT.id,), GIFT.family, f"{WRITER}x",
    )  # fmt: skip
    assert draft.answer == "Prohibited. Clause 1.0 forbids this. A hamper above USD 75 that nobody approved."
    assert found.rejected == ()


@pytest.mark.parametrize(
    ("modality", "told"),
    [
        (Modality.OBLIGATION, ("is not broken", "is broken", "may be broken")),
        (Modality.PROHIBITION, ("does not forbid this", "forbids this", "may forbid this")),
        (Modality.PERMISSION, ("allows this", "does not allow this", "may allow this")),
        (Modality.DEFINITION, ("defines this", "defines this", "defines this")),
    ],
)
def test_an_answer_claims_no_more_than_the_verdict_and_the_modality_tell(
    tmp_path: Path, modality: Modality, told: tuple[str, ...]
) -> None:
    """A duty that does not reach a case is not said to require its deed, nor is an open case settled before it is known."""
    ontology = replace(ONTOLOGY, rules=(replace(GIFT, modality=modality), *ONTOLOGY.rules[1:]))
    rows = [row(verdict=verdict.value, question=f"Case {verdict.value}?") for verdict in Verdict]
    drafts = read_archive(archive(tmp_path / "cases.jsonl", *rows), ontology).drafts
    answers = {draft.verdict: draft.answer for draft in drafts}
    for verdict, words in zip((Verdict.PERMITTED, Verdict.PROHIBITED, Verdict.NEEDS_INFORMATION), told, strict=True):
        assert f". Clause 1.0 {words}. A hamper" in answers[verdict]


def test_without_a_quotation_the_rationale_finds_the_rule(tmp_path: Path) -> None:
    """The first of the clauses that states a rule decides."""
    case = row(quote="", clauses=["2.1", "1.0"], rationale="Money for a favour is a bribe.")
    (draft,) = read_archive(archive(tmp_path / "cases.jsonl", case), ONTOLOGY).drafts
    assert draft.rule_ids == (BRIBE.id,)
    assert len(draft.clause_ids) == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not valid JSON"),
        ("[1]", "not a JSON object"),
        (row(question=" "), "no question"),
        (row(rationale=None), "no rationale"),
        (row(verdict="maybe"), "unknown verdict (one of: permitted, prohibited, needs_information)"),
        (row(clauses=[]), "no clauses"),
        (row(clauses=["9.9"]), "there is no clause 9.9"),
    ],
)
def test_a_faulty_line_is_rejected_with_its_number(tmp_path: Path, line: object, reason: str) -> None:
    """The others go on; what is wrong is told by line."""
    found = read_archive(archive(tmp_path / "cases.jsonl", row(), "", line), ONTOLOGY)
    assert len(found.drafts) == 1
    assert found.rejected == ((3, reason),)
    assert found.reasons == {reason: 1}
    with pytest.raises(UserError) as caught:
        read_archive(archive(tmp_path / "none.jsonl", line), ONTOLOGY)
    assert "line 1" in str(caught.value)


def test_a_file_that_cannot_be_read_is_a_named_error(tmp_path: Path) -> None:
    """Missing and not UTF-8."""
    with pytest.raises(UserError, match=r"gone\.jsonl"):
        read_archive(tmp_path / "gone.jsonl", ONTOLOGY)
    (tmp_path / "latin.jsonl").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(UserError, match="UTF-8"):
        read_archive(tmp_path / "latin.jsonl", ONTOLOGY)


def test_the_dataset_holds_the_cases_and_retrieval_knows_them(tmp_path: Path) -> None:
    """Each case is in the split of its rules; those in training are precedents; faults are counted with their lines."""
    rows = [
        row(question=f"Case {place}: what of {rule.action} by the {word} team?", clauses=[number], quote=rule.text)
        for place, rule in enumerate(ONTOLOGY.rules)
        for word in ("night", "export")
        for number in [ONTOLOGY.clause_by_id[rule.clause_id].number]
    ]
    path = archive(tmp_path / "cases.jsonl", *rows, row(verdict="perhaps"))
    retriever = FakeRetriever(ONTOLOGY)
    made = generate(ONTOLOGY, retriever, GenerationOptions(samples=110, cases_file=path, validation_share=0.2))
    taken = [sample for sample in made.samples if sample.writer.startswith(WRITER)]
    assert len(taken) == len(rows)
    assert {sample.split for sample in taken} == {Split.TRAIN, Split.VALIDATION}
    assert made.dropped["archive: unknown verdict (one of: permitted, prohibited, needs_information)"] == 1
    trained = precedents(made.samples)
    assert trained == retriever.decided
    assert len(trained) == sum(sample.split is Split.TRAIN for sample in taken)
    assert made.splits.shared_families == 0


def test_of_more_cases_than_their_share_stories_are_drawn_evenly_over_the_clauses(tmp_path: Path) -> None:
    """A long archive leaves room for what the planner wants; each clause has about as many of its stories, whole ones."""
    rows = [
        row(question=f"Case {place} of story {story}: what of {rule.action} by the {word} team?", family=f"{place}-{story}",
            clauses=[ONTOLOGY.clause_by_id[rule.clause_id].number], quote=rule.text)
        for place, rule in enumerate(ONTOLOGY.rules)
        for story in range(4)
        for word in ("night", "export")
    ]  # fmt: skip
    path = archive(tmp_path / "cases.jsonl", *rows)
    made = generate(ONTOLOGY, FakeRetriever(ONTOLOGY), GenerationOptions(samples=110, cases_file=path, cases_share=0.2))
    taken = [sample for sample in made.samples if sample.writer.startswith(WRITER)]
    assert len(taken) == 22
    assert made.dropped["an archived case beyond its share (cases_share)"] == len(rows) - 22
    drafts = list(drawn_evenly(read_archive(path, ONTOLOGY).drafts, 0))
    begin = [draft.clause_ids[0] for draft in drafts[: 4 * len(ONTOLOGY.rules)]]
    assert len({begin.count(clause) for clause in set(begin)}) <= 2
    assert [draft.writer for draft in drafts[::2]] == [draft.writer for draft in drafts[1::2]]
