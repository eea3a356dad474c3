"""Conflicts by likeness: what sentences say, how their limits stand, and the pairs of a bank and a clinic through the real extraction.

``conflict_bank`` and ``conflict_clinic`` were written by somebody who had not seen the code. The coefficients have learned from
them too; what a fit without them finds is printed by ``python -m benchmarks.conflicts_fit``.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.conflicts import read
from kg.conflicts import LEAST, find_conflicts
from kg.conflicts_alike import SUREST
from kg.conflicts_bounds import Relation, bounds, relation
from kg.conflicts_phrases import other_parties
from kg.conflicts_sayings import Force, saying
from kg.model import Modality, Rule, Span
from studio.models import embedder
from tests.weights import weights_folder

HERE = Path(__file__).parent
PAIRS = ("bank", "clinic")


def rule(text: str, modality: Modality = Modality.OBLIGATION) -> Rule:
    return Rule("r", "c", "s", "d", modality, "", "", "", "", "", "", text, Span(0, 1), "f")


@pytest.mark.parametrize("name", PAIRS)
def test_conflicts_in_other_words_are_found_as_questions(name: str) -> None:
    """Precision of at least .75 and recall of at least .75; none of the likely ones prevails, and each says how it was found."""
    ontology = read((HERE / f"conflict_{name}",), str(weights_folder("spacy")))
    found = find_conflicts(ontology, embed=embedder(weights_folder("minilm")))
    gold = json.loads((HERE / f"conflict_{name}" / "planted.json").read_text(encoding="utf-8"))
    said = {one.id: one.text for one in ontology.rules}
    pairs = [(said[one.rule_a], said[one.rule_b]) for one in found]
    hit = [both for both in gold["planted"] if any(holds(both, pair) for pair in pairs)]
    right = [pair for pair in pairs if any(holds(both, pair) for both in gold["planted"])]
    assert len(hit) >= 0.75 * len(gold["planted"])
    assert len(right) >= 0.75 * len(pairs)
    likely = [one for one in found if one.confidence <= SUREST]
    assert likely
    assert all("a person must judge" in one.reason and not one.prevails for one in likely)
    assert SUREST < LEAST


def holds(both: Sequence[str], pair: tuple[str, str]) -> bool:
    return any(both[0] in one and both[1] in other for one, other in (pair, pair[::-1]))


@pytest.mark.parametrize(
    ("text", "force"),
    [
        ("Orders need not be countersigned.", Force.EXCUSE),
        ("A copy of the deed is sufficient to open a file.", Force.EXCUSE),
        ("Gardeners are exempt from the course.", Force.EXCUSE),
        ("Nobody may lend a key.", Force.BAN),
        ("Cheques are not accepted.", Force.BAN),
        ("Keys may be handed out by the porter only.", Force.ONLY),
        ("The porter may hand out keys.", Force.LEAVE),
        ("Records are deleted after two years.", Force.DUTY),
    ],
)
def test_a_sentence_says_what_it_demands(text: str, force: Force) -> None:
    """Excuses, bans, reservations and plain habits are told from the words, whatever the frame says."""
    assert saying(rule(text)).force is force


def test_what_waives_an_approval_does_not_ask_for_one() -> None:
    """The words "without asking" waive, "only with the consent of" asks; the case and the exception stand by themselves."""
    free, bound = (
        saying(rule("Staff may park here without asking the porter.")),
        saying(rule("Staff may park here only with the consent of the porter, unless it is Sunday.")),
    )
    assert (free.waives, free.asks, bound.waives, bound.asks) == (True, False, False, True)
    assert bound.exception == "it is Sunday"
    assert "consent" in bound.case


@pytest.mark.parametrize(
    ("one", "other", "stands"),
    [
        ("is read twice a day", "is read once a week", Relation.DIFFERENT),
        ("must be told within one hour", "must be told by the end of the week", Relation.DIFFERENT),
        ("sums of more than 5,000 euros", "sums of up to 12,000 euros", Relation.OVERLAPPING),
        ("loans of more than 50,000 euros", "loans of up to 20,000 euros", Relation.APART),
        ("loads of more than 25 kilograms", "boxes weighing 10 kilograms", Relation.APART),
        ("once a year", "yearly", Relation.SAME),
        ("must be handed in within 30 days", "must be handed in by the end of the semester", Relation.DIFFERENT),
    ],
)
def test_limits_in_words_stand_to_each_other(one: str, other: str, stands: Relation) -> None:
    """Deadlines, frequencies and amounts, whether in figures or in words."""
    assert [relation(a, b) for a in bounds(one) for b in bounds(other)] == [stands]


def test_parties_of_which_one_does_what_the_other_does_not_are_two() -> None:
    """A plan that creates records must keep a notice; one that does not create them need not."""
    does = "A plan that creates records must keep a notice."
    assert other_parties(does, "A plan that does not create records is not required to keep a notice.")
    assert not other_parties(does, "A plan that creates records is not required to keep a notice.")


def test_one_document_is_not_compared_with_itself_by_likeness() -> None:
    """Its author knew both sentences; the embedder is not even asked."""
    ontology = read((HERE / "conflict_bank" / "code.md",), str(weights_folder("spacy")))

    def unasked(texts: Sequence[str]) -> "object":
        raise AssertionError(texts)

    assert find_conflicts(ontology, embed=unasked) == find_conflicts(ontology)  # type: ignore[arg-type]
