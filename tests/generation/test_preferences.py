"""Preference pairs: each value's check tells good from bad, and a pair differs in its value alone."""

from dataclasses import replace

import pytest

from generation.options import GenerationOptions
from generation.pipeline import generate
from generation.preferences import Pair, label_rows, preference_row, preferences
from generation.preferences_checks import VALUES, judged
from generation.preferences_edits import EDITS
from generation.preferences_reading import Citations, Reading, points, read
from kg.errors import UserError
from kg.model import Message, Sample, Split, Verdict
from tests.generation.fixtures import FakeRetriever, policy

ONTOLOGY = policy()
GIFTS, ACCIDENTS, JOB = ONTOLOGY.rules[0], ONTOLOGY.rules[2], ONTOLOGY.rules[4]


def sample(kind: str, question: str, answer: str, rule: int | None = None, verdict: Verdict | None = None) -> Sample:
    """A sample with the passages [1.0] and [2.1] in its prompt."""
    rules = [ONTOLOGY.rules[rule]] if rule is not None else []
    shown = "Policy:\n[1.0] Employees must not accept gifts.\n[2.1] Employees must not pay bribes.\n\n"
    return Sample(
        f"sample:{kind}:{rule}:{verdict}", kind, "rules", rules[0].family if rules else "", question, answer, verdict,
        tuple(one.id for one in rules), tuple(one.clause_id for one in rules),
        messages=(
            Message("system", "Judge."), Message("user", f"{shown}Case: {question}"), Message("assistant", answer),
        ),
    )  # fmt: skip


PROHIBITED = sample(
    "scenario", "Ana reported an accident 8 days later.",
    "Prohibited. Clause 1.2 requires this. Within 5 working days: no, 8 days.", 2, Verdict.PROHIBITED,
)  # fmt: skip
OPEN = sample(
    "scenario", "Ben would like to take a second job.",
    "Needs information. Clause 1.4 allows this. Only if the work does not compete with the company: not said.", 4,
    Verdict.NEEDS_INFORMATION,
)  # fmt: skip
ASKED = sample(
    "ask_back", "Ben would like to take a second job. What is missing?",
    "I need to know whether the work competes with the company, because clause 1.4 turns on it.", 4,
)  # fmt: skip
STATED = sample(
    "rule_qa", "What is the rule on gifts?",
    "Clause 1.0 says: Employees must not accept gifts worth more than USD 75 from a supplier unless the line manager has "
    "approved it in writing.", 0,
)  # fmt: skip
BENIGN = sample(
    "benign", "Eva explains why nobody should pay bribes. Is that all right?",
    "Permitted. Clause 2.1 forbids the act, not talking about it.", 1, Verdict.PERMITTED,
)  # fmt: skip
OUTSIDE = sample(
    "out_of_scope", "What is the capital of Portugal?", "The policy does not speak of this, so I cannot judge it."
)
SAMPLES = (PROHIBITED, OPEN, ASKED, STATED, BENIGN, OUTSIDE)


def reading(of: Sample) -> Reading:
    (found,) = read(ONTOLOGY, (of,))
    return found


@pytest.mark.parametrize(
    ("value", "of", "bad"),
    [
        ("correct", PROHIBITED, "Permitted. Clause 1.2 requires this. Within 5 working days: no, 8 days."),
        ("asks_back", OPEN, "Permitted. Clause 1.4 allows this."),
        ("asks_back", ASKED, "Prohibited. Clause 1.4 allows no second job."),
        ("faithful", PROHIBITED, "Prohibited. Clause 1.2 forbids this. Within 5 working days: no, 8 days."),
        ("faithful", PROHIBITED, "Prohibited. Clause 1.2 requires this. Within 3 working days: no, 8 days."),
        ("faithful", STATED, "Clause 1.0 says: Employees may accept gifts worth more than USD 75."),
        ("faithful", STATED, "Clause 1.0 says: Employees must not accept gifts worth more than USD 750."),
        ("grounded", PROHIBITED, "Prohibited. Clause 1.2 requires this. Within 5 working days: yes, 8 days."),
        ("complete", PROHIBITED, "Prohibited. Clause 1.2 requires this."),
        ("complete", STATED, "Clause 1.0 says: Employees must not accept gifts worth more than USD 75 from a supplier."),
        ("cites", STATED, "Employees must not accept gifts from a supplier."),
        ("sourced", STATED, "Clause 2.1 says: Employees must not accept gifts from a supplier."),
        ("concise", OUTSIDE, "What a question! The policy does not speak of this, so I cannot judge it, I am afraid to say."),
        ("helpful", BENIGN, "I cannot help with this."),
        ("in_scope", OUTSIDE, "Permitted. Clause 2.1 allows this."),
    ],
)  # fmt: skip
def test_each_check_tells_good_from_bad(value: str, of: Sample, bad: str) -> None:
    """The sample's own answer has the value, the hand-written bad one has not."""
    found = reading(of)
    assert VALUES[value].applies(found)
    assert VALUES[value].has(found, of.answer)
    assert not VALUES[value].has(found, bad)


@pytest.mark.parametrize(
    ("value", "of", "good"),
    [
        ("asks_back", OPEN, "What would you do in that job? Clause 1.4 turns on it."),
        ("faithful", STATED, "By clause 1.0 you must not take a gift of more than USD 75."),
        ("complete", STATED, "No, unless in writing the line manager has approved it."),
        ("cites", PROHIBITED, "Prohibited, see clause 1.2."),
        ("sourced", PROHIBITED, "Prohibited."),
        ("helpful", BENIGN, "Permitted: nobody pays a bribe there."),
        ("in_scope", OUTSIDE, "I know nothing about capitals."),
    ],
)
def test_a_check_is_not_bound_to_one_wording(value: str, of: Sample, good: str) -> None:
    """Another good answer passes as well."""
    assert VALUES[value].has(reading(of), good)


def test_values_are_asked_only_where_they_apply() -> None:
    """Nobody asks a poem for its clause, or an open case for a verdict."""
    assert set(judged(reading(OUTSIDE), OUTSIDE.answer)) == {"concise", "in_scope"}
    assert "correct" not in judged(reading(OPEN), OPEN.answer)
    assert "asks_back" not in judged(reading(PROHIBITED), PROHIBITED.answer)
    assert "correct" not in judged(reading(BENIGN), BENIGN.answer)


def test_every_value_gets_pairs_that_differ_in_it_alone() -> None:
    """Both answers of each pair, judged again by every check."""
    found = preferences(ONTOLOGY, SAMPLES, seed=3)
    assert {pair.value for pair in found.pairs} == set(VALUES) == set(EDITS)
    readings = {one.sample.id: one for one in read(ONTOLOGY, SAMPLES)}
    for pair in found.pairs:
        good, bad = (judged(readings[pair.sample_id], text) for text in (pair.chosen, pair.rejected))
        assert all(good.values())
        assert [name for name, has in bad.items() if not has] == [pair.value]


def test_the_rejected_answers_read_as_expected() -> None:
    """The spoiled texts of the deterministic edits, word for word."""
    found = {(pair.sample_id, pair.value): pair.rejected for pair in preferences(ONTOLOGY, SAMPLES).pairs}
    assert found[PROHIBITED.id, "cites"] == "Prohibited. The policy requires this. Within 5 working days: no, 8 days."
    assert found[PROHIBITED.id, "correct"] == "Permitted. Clause 1.2 requires this. Within 5 working days: no, 8 days."
    assert found[PROHIBITED.id, "complete"] == "Prohibited. Clause 1.2 requires this."
    assert found[PROHIBITED.id, "sourced"].startswith("Prohibited. Clause ")
    assert found[STATED.id, "complete"] == (
        "Clause 1.0 says: Employees must not accept gifts worth more than USD 75 from a supplier."
    )
    assert found[ASKED.id, "cites"].endswith("because the policy turns on it.")
    assert found[BENIGN.id, "helpful"] == "I cannot help with this. Clause 2.1 forbids the act, not talking about it."


def test_a_question_asked_back_is_spoiled_by_a_verdict_in_its_place() -> None:
    asked = sample(
        "ask_back", "Ben took a second job. What is missing?",
        "Does the work compete with the company? If so, clause 1.4 does not allow it.", 4,
    )  # fmt: skip
    found = {pair.value: pair.rejected for pair in preferences(ONTOLOGY, (asked,)).pairs}
    phrase, _, rest = found["asks_back"].partition(". ")
    assert phrase in {"Permitted", "Prohibited"}
    assert rest == ("Never mind “Does the work compete with the company”. If so, clause 1.4 does not allow it.")


def test_the_samples_that_are_written_give_pairs_of_the_common_values() -> None:
    """On what the writers make, in the split of the rule family, the same for the same seed."""
    options = GenerationOptions(samples=48, test_share=0.2)
    written = generate(ONTOLOGY, FakeRetriever(ONTOLOGY), options).samples
    found = preferences(ONTOLOGY, written, seed=1)
    counts = found.counts()
    for value in ("correct", "asks_back", "faithful", "cites", "sourced", "concise"):
        assert sum(counts[value].values()) >= 10, value
        assert counts[value]["test"] > 0
    families: dict[str, set[Split]] = {}
    for pair in found.pairs:
        assert pair.chosen != pair.rejected
        families.setdefault(pair.family or pair.sample_id, set()).add(pair.split)
    assert all(len(splits) == 1 for splits in families.values())
    assert preferences(ONTOLOGY, written, seed=1) == found


def test_a_limit_keeps_so_many_of_each_value_and_split() -> None:
    """Families in turn; an unknown value and a negative limit are refused."""
    limited = preferences(ONTOLOGY, SAMPLES, per_value=1)
    assert all(sum(splits.values()) == 1 for splits in limited.counts().values())
    assert {pair.value for pair in preferences(ONTOLOGY, SAMPLES, values=("cites",)).pairs} == {"cites"}
    with pytest.raises(UserError, match="no value 'kind'") as caught:
        preferences(ONTOLOGY, SAMPLES, values=("kind",))
    assert "faithful" in caught.value.hint
    with pytest.raises(UserError):
        preferences(ONTOLOGY, SAMPLES, per_value=-1)


def test_an_answer_without_its_value_makes_no_pair() -> None:
    """A sample whose own answer is unfaithful teaches nothing; it is counted with the reason."""
    wrong = sample("rule_qa", "What is the rule on gifts?", "Clause 1.1 says: Employees must not accept gifts.", 0)
    found = preferences(ONTOLOGY, (wrong,), values=("cites", "sourced", "concise"))
    assert (
        all("also differs" in why or "still there" in why or "nothing" in why for why in found.dropped) or found.pairs
    )
    bare = sample("rule_qa", "What is the rule on gifts?", "Ask your manager.", 0)
    assert {pair.value for pair in preferences(ONTOLOGY, (bare,)).pairs} == {"concise"}


def test_the_rows_are_those_of_trl() -> None:
    """Conversational preference rows for DPO and reward models, prompt, completion and label for KTO."""
    (pair,) = preferences(ONTOLOGY, (PROHIBITED,), values=("cites",)).pairs
    row = preference_row(pair)
    assert [message["role"] for message in _messages(row["prompt"])] == ["system", "user"]
    assert _messages(row["chosen"]) == [{"role": "assistant", "content": PROHIBITED.answer}]
    assert _messages(row["rejected"])[0]["content"] == pair.rejected
    good, bad = label_rows(pair)
    assert (good["label"], bad["label"]) == (True, False)
    assert _messages(good["completion"])[0]["content"] == pair.chosen
    assert isinstance(pair, Pair)


def _messages(value: object) -> list[dict[str, str]]:
    assert isinstance(value, list)
    return value


def test_citations_and_points_are_found_where_they_stand() -> None:
    """Numbers that only begin alike are others; a figure in a sentence is no clause."""
    citations = Citations(ONTOLOGY)
    assert citations.found("Clause 1.10 and clause 2.1, not clause 9.9 or USD 1.2") == {"1.10", "2.1"}
    assert points("Permitted. Clause 1.2 requires this. It is done: yes; USD 10.50 or less: no, USD 12.") == {
        "it is done": ("yes", ""),
        "usd # or less": ("no", ", USD 12"),
    }


def test_clauses_without_numbers_are_cited_by_their_title() -> None:
    """As in a policy that numbers nothing: the citation is found, left out, and exchanged for another title."""
    untitled = replace(
        ONTOLOGY,
        clauses=tuple(replace(clause, number="") for clause in ONTOLOGY.clauses),
        sections=tuple(replace(one, number="", title=title) for one, title in zip(ONTOLOGY.sections, ("Gifts", "Bribes (2)"), strict=True)),
    )  # fmt: skip
    told = sample(
        "scenario",
        "Ana took a gift.",
        "Prohibited. The rule in Gifts forbids this. It is done: yes.",
        0,
        Verdict.PROHIBITED,
    )
    found = {pair.value: pair.rejected for pair in preferences(untitled, (told,)).pairs}
    assert found["cites"] == "Prohibited. The policy forbids this. It is done: yes."
    assert found["sourced"] == "Prohibited. The rule in Bribes (2) forbids this. It is done: yes."
    assert found["faithful"] == "Prohibited. The rule in Gifts allows this. It is done: yes."


def test_whether_it_is_done_is_a_point_in_a_sentence() -> None:
    """Read from the sentence on the clause, turned round for "grounded", left out for "complete"."""
    answer = "Prohibited. Clause 1.2 forbids this, and it is done."
    assert points(answer) == {"done": ("yes", "")}
    assert points("Permitted. Clause 1.2 requires this, but it is not done. If ill: no.") == {
        "done": ("no", ""),
        "if ill": ("no", ""),
    }
    told = sample("scenario", "Ana took a gift.", answer, 0, Verdict.PROHIBITED)
    found = {pair.value: pair.rejected for pair in preferences(ONTOLOGY, (told,)).pairs}
    assert found["grounded"] == "Prohibited. Clause 1.2 forbids this, but it is not done."
    assert found["complete"] == "Prohibited. Clause 1.2 forbids this."
