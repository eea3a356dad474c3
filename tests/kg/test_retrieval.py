"""Retrieval of clauses for a question."""

import dataclasses
import time
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.errors import UserError
from kg.model import Ontology
from kg.retrieval import RetrievalOptions, Retriever
from tests.kg.gift_policy import POLICY


def letters(texts: Sequence[str]) -> NDArray[np.float32]:
    """A fake embedding: the frequency of each letter."""
    rows = np.array([[text.lower().count(chr(97 + place)) + 1e-3 for place in range(26)] for text in texts])
    unit: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


def test_the_words_of_a_rule_find_its_clause() -> None:
    """The clause that shares the question's words is first, with its number and best rule."""
    found = Retriever(POLICY).retrieve("Who records a meal with a client?", 2)
    assert (found[0].clause_id, found[0].rule_id, found[0].citation) == ("c1.2", "r2", "1.2")
    assert found[0].text == POLICY.rules[1].text


def test_the_graph_leads_from_a_watch_to_gifts() -> None:
    """A question whose words are not in the policy is answered along a relation, and the path says which."""
    found = Retriever(POLICY).retrieve("I got a watch.", 1)
    assert found[0].clause_id == "c1.1"
    assert found[0].path == ("watch", "IsA", "gift", "rule 1.1")
    without = Retriever(POLICY, options=RetrievalOptions(graph_weight=0)).retrieve("I got a watch.", 1)
    assert without == ()


def test_a_clause_without_rules_is_found() -> None:
    """A clause that states no rule is still retrieved."""
    found = Retriever(POLICY).retrieve("Which finance desk keeps it?", 1)
    assert (found[0].clause_id, found[0].rule_id) == ("c1.3", "")


def test_many_equal_one_by_one_with_embeddings() -> None:
    """Batches give what single questions give; embeddings take part."""
    retriever = Retriever(POLICY, letters)
    questions = ["May I accept a gift?", "disclose", "", "zzz"]
    many = retriever.retrieve_many(questions, 3)
    assert many == tuple(retriever.retrieve(question, 3) for question in questions)
    assert len(many[0]) == 3


def test_superseded_rules_come_last() -> None:
    """What no longer holds stands behind what does."""
    rules = tuple(dataclasses.replace(rule, superseded=rule.id == "r3") for rule in POLICY.rules)
    found = Retriever(dataclasses.replace(POLICY, rules=rules)).retrieve("disclose trade secrets", 5)
    assert [one.citation for one in found][:1] == ["2.2"]
    assert found[-1].citation == "2.1"


def test_texts_are_short() -> None:
    """A long clause is cut at a stop, with a mark."""
    long = dataclasses.replace(POLICY.clauses[2], text="register " * 40 + "end, " + "finance " * 30)
    policy = dataclasses.replace(POLICY, clauses=(long,), rules=())
    text = Retriever(policy).retrieve("finance", 1)[0].text
    assert len(text.split()) <= 46
    assert text.endswith("end ...")


def test_an_empty_ontology_gives_nothing() -> None:
    """No clause, no result, no error."""
    assert Retriever(Ontology()).retrieve_many(["a question"], 3) == ((),)
    assert Retriever(POLICY).retrieve("gift", 0) == ()


def test_contradictory_options_are_refused() -> None:
    """An option out of range names its bounds."""
    with pytest.raises(UserError):
        RetrievalOptions(hop=-1)


def test_thousands_of_questions_take_seconds() -> None:
    """Scoring is a matrix product, not a loop."""
    questions = [f"May I accept gift number {place}?" for place in range(2_000)]
    start = time.perf_counter()
    assert len(Retriever(POLICY).retrieve_many(questions, 3)) == 2_000
    assert time.perf_counter() - start < 5
