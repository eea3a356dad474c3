"""The citation judge, checked by eye."""

import pytest

from evaluation.answers import Answer, Contexts
from evaluation.judge import Judgement, Unscored, cited_clauses, gold_citations, judge_citation
from evaluation.probes import Probe
from kg.model import Verdict

KNOWN = {"3.2", "3.2(a)", "13.2", "3.21", "Annex B"}


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Prohibited. Clause 3.2 does not allow it.", ("3.2",)),
        ("See clause 3.2.", ("3.2",)),
        ("See §3.2 and (13.2).", ("3.2", "13.2")),
        ("Clause 3.21 applies.", ("3.21",)),
        ("Clause 3.2.1 applies.", ()),
        ("Clause 3.2(a), and again 3.2(a).", ("3.2(a)",)),
        ("Annex B lists them.", ("Annex B",)),
        ("It costs 3.25 USD.", ()),
    ],
)
def test_only_whole_clause_numbers_are_citations(text: str, cited: tuple[str, ...]) -> None:
    """3.2 is in neither 13.2 nor 3.21 nor 3.2.1."""
    assert cited_clauses(text, KNOWN) == cited


def test_a_part_of_the_gold_clause_is_right_and_its_whole_is_not() -> None:
    """3.2(a) for 3.2 is more exact; 3.2 for 3.2(a) is less."""
    said = Answer("p", Verdict.PROHIBITED, (), "Prohibited. Clause 3.2(a) says so.")
    assert judge_citation(said, {"3.2"}, KNOWN) == Judgement(True, ("3.2(a)",))
    less = Answer("p", Verdict.PROHIBITED, (), "Prohibited. Clause 3.2 says so.")
    assert judge_citation(less, {"3.2(a)"}, KNOWN) == Judgement(False, ("3.2",))


def test_what_cannot_be_judged_is_unscored() -> None:
    """No answer, or a gold clause without a number."""
    assert judge_citation(Answer("p", None, unscored="failed"), {"3.2"}, KNOWN) == Unscored("failed")
    assert isinstance(judge_citation(Answer("p", Verdict.PERMITTED), set(), KNOWN), Unscored)


def test_gold_citations_include_how_the_passage_was_cited(probes: tuple[Probe, ...], found: Contexts) -> None:
    """Where a clause has no number, the retrieved passage's citation is what an answer can name."""
    assert gold_citations(probes[0], found) == {"1.1"}
    assert gold_citations(probes[0], None) == {"1.1"}
