"""Seeds: hand-written ones with their faults by line, and those that the documents hold."""

from dataclasses import replace
from pathlib import Path

import pytest

from generation.seeds import read_seeds
from generation.seeds_documents import document_seeds
from kg.errors import UserError
from kg.model import Clause, ClauseKind, Ontology, Verdict
from tests.generation.fixtures import policy

POLICY = policy()
GOOD = '- kind: scenario\n  question: Dana kept a watch.\n  answer: Prohibited. Too dear.\n  verdict: prohibited\n  clauses: ["1.0"]\n'


def read(folder: Path, text: str, ontology: Ontology = POLICY) -> tuple[str, str]:
    """The error's message without the folder, and its hint."""
    path = folder / "seeds.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_seeds(path, ontology)
    return str(caught.value).removeprefix(f"{folder}/"), caught.value.hint


@pytest.mark.parametrize(
    ("line", "said", "hint"),
    [
        ("- knid: scenario\n  question: Q\n  answer: A", "seeds.yaml:6: unknown field 'knid'", "did you mean 'kind'?"),
        ("- kind: senario\n  question: Q\n  answer: A", "seeds.yaml:6: unknown kind 'senario'", "did you mean 'scenario'?"),
        ("- kind: scenario\n  question: Q\n  answer: A\n  verdict: prohibitted", "seeds.yaml:9: unknown verdict 'prohibitted'", "did you mean 'prohibited'?"),
        ("- kind: topic\n  question: Q\n  answer: A\n  clauses:\n    - 1.0\n    - 1.11", "seeds.yaml:11: there is no clause 1.11", "did you mean '2.11'?"),
        ("- kind: topic\n  question: Q\n  answer: A\n  clauses: 1.0", "seeds.yaml:9: clauses must be a list", '["3.2"]'),
        ("- kind: topic\n  question: Q", "seeds.yaml:6: the seed has no answer", "fill it in"),
        ("- kind: topic\n  question:\n  answer: A", "seeds.yaml:7: the seed has no question", "fill it in"),
        ("- kind: topic\n  question: [a]\n  answer: A", "seeds.yaml:7: question must be a text", "write question"),
        ("- kind: topic\n  kind: topic\n  question: Q\n  answer: A", "seeds.yaml:7: the field 'kind' stands twice", "take one"),
        ("- kind: topic\n  question: Dana kept a watch.\n  answer: A", "seeds.yaml:6: this question stands at line 1", "take one"),
        ("- just a text", "seeds.yaml:6: expected a mapping", "write kind"),
        ("- kind: topic\n  question: Note: this\n  answer: A", "seeds.yaml:7: not valid YAML", "in quotes"),
        ("- !!python/object:os.system {}", "seeds.yaml:6: ", ""),
    ],
)  # fmt: skip
def test_a_fault_is_refused_with_its_line_and_the_nearest_name(tmp_path: Path, line: str, said: str, hint: str) -> None:
    """The file's sixth line and after; the remedy names what was meant."""
    found = read(tmp_path, f"{GOOD}{line}\n")
    assert found[0].startswith(said), found
    assert hint in found[1]


def test_values_are_read_as_they_are_written(tmp_path: Path) -> None:
    """An unquoted 2.10 is no number, ``no`` is a word; a verdict opens the answer once."""
    ontology = replace(POLICY, clauses=tuple(replace(one, number="2.10") for one in POLICY.clauses[:1]))
    path = tmp_path / "seeds.yaml"
    path.write_text(
        "- kind: rule_qa\n  question: May I?\n  answer: no\n  clauses: [2.10]\n" + GOOD.replace("1.0", "2.10"), "utf-8"
    )
    question, case = read_seeds(path, ontology)
    assert (question.answer, question.clause_ids) == ("no", (POLICY.clauses[0].id,))
    assert case.answer == "Prohibited. Too dear."
    assert (case.verdict, case.family) == (Verdict.PROHIBITED, POLICY.rules[0].family)
    path.write_text("", "utf-8")
    assert read_seeds(path, ontology) == ()


def test_a_seed_rests_on_the_paragraph_of_its_clause_that_it_speaks_of(tmp_path: Path) -> None:
    """A clause may begin with a preamble that rules nothing."""
    first, second = POLICY.clauses[:2]
    split = (
        replace(first, number="1.0", text="Courtesy matters."),
        replace(second, number="1.0", text="A watch may be kept."),
    )
    path = tmp_path / "seeds.yaml"
    path.write_text(GOOD, "utf-8")
    (case,) = read_seeds(path, replace(POLICY, clauses=split))
    assert case.clause_ids == (second.id,)


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    """Absent, not UTF-8, not a list."""
    with pytest.raises(UserError, match="cannot be read"):
        read_seeds(tmp_path / "none.yaml", POLICY)
    (tmp_path / "bad.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match="UTF-8"):
        read_seeds(tmp_path / "bad.yaml", POLICY)
    assert read(tmp_path, "kind: topic\n") == (
        "seeds.yaml:1: expected a list of seeds",
        "start each seed with '- kind: ...'",
    )


def holding(*clauses: tuple[ClauseKind, str]) -> Ontology:
    """The test policy with further clauses in its first section."""
    first = POLICY.clauses[0]
    more = tuple(
        Clause(f"clause:x{place}", first.document_id, first.section_id, f"1.{50 + place}", kind, text, "", 100 + place, first.span)
        for place, (kind, text) in enumerate(clauses)
    )  # fmt: skip
    return replace(POLICY, clauses=(*POLICY.clauses, *more))


def test_questions_and_call_outs_of_the_documents_are_seeds() -> None:
    """A question with its answer, a story with what follows from it, a story that shows the rule, a rule pointed out."""
    found = document_seeds(
        holding(
            (ClauseKind.QUESTION_ANSWER, "Q: May I keep a pen?\nA: Yes. A pen is allowed."),
            (ClauseKind.CALLOUT, "Scenario. Lena got a box at 6 p.m. and took it home. She must return it by 9 a.m."),
            (ClauseKind.CALLOUT, "Example: Tom declines the box, notes the time and calls the office."),
            (ClauseKind.CALLOUT, "Note: Every box must be returned to the giver at once."),
        )
    )
    said = [(draft.kind, draft.question, draft.answer) for draft in found.drafts[:4]]
    assert said == [
        ("rule_qa", "May I keep a pen?", "Yes. A pen is allowed (clause 1.50)."),
        ("rule_qa", "Lena got a box at 6 p.m. and took it home. What does the policy say of this?", "She must return it by 9 a.m. (clause 1.51)."),
        ("topic", 'Give an example of what the policy asks under "Part 1".', "Tom declines the box, notes the time and calls the office (clause 1.52)."),
        ("topic", 'What does the policy point out under "Part 1"?', "Every box must be returned to the giver at once (clause 1.53)."),
    ]  # fmt: skip
    assert (found.counts["question_answer"], found.counts["callout"], found.rejected) == (1, 3, ())


def test_a_heading_with_its_rules_is_a_seed() -> None:
    """One per section, of paragraphs that state rules, as long as a short answer."""
    found = document_seeds(POLICY)
    assert found.counts == {"question_answer": 0, "callout": 0, "topic": 2}
    draft = found.drafts[0]
    assert draft.question == 'What does the policy say under "Part 1"?'
    assert draft.answer.startswith("Employees must not accept gifts worth more than USD 75")
    assert len(draft.answer.split()) <= 63
    assert draft.rule_ids[0] == POLICY.rules[0].id


def test_what_cannot_be_used_is_told_with_its_line(tmp_path: Path) -> None:
    """In the document's own file; text that was superseded is left alone."""
    path = tmp_path / "code.md"
    path.write_text("# Code\n\nText.\n\n> **Q:** May I keep a *pen*?\n", "utf-8")
    ontology = holding((ClauseKind.QUESTION_ANSWER, "Q: May I keep a pen?"))
    ontology = replace(ontology, documents=(replace(POLICY.documents[0], path=str(path)),))
    (rejected,) = document_seeds(ontology).rejected
    assert (rejected.source, rejected.reason, rejected.place) == (str(path), "a question without an answer", "line 5")
    gone = tuple(replace(one, superseded_by="9.9") for one in ontology.clauses)
    assert document_seeds(replace(ontology, clauses=gone)).drafts == ()
    elsewhere = replace(ontology, documents=(replace(POLICY.documents[0], path="gone.md"),))
    assert document_seeds(elsewhere).rejected[0].place == "clause 1.50"
