"""Late interaction and precedents: two more ways from a question to the passage that decides it."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.errors import UserError
from kg.model import Ontology
from kg.retrieval import RetrievalOptions, Retriever
from kg.retrieval_late import LateInteraction
from kg.retrieval_precedents import Decided
from tests.kg.gift_policy import POLICY

LIKE = {"gifts": "presents", "disclose": "reveal", "secrets": "recipes"}
"""Words of the policy and what the fake encoder takes for the same."""


def tokens(texts: Sequence[str]) -> list[NDArray[np.float32]]:
    """A fake encoder: one unit vector for each word, the same for words that mean the same."""
    arrays = []
    for text in texts:
        words = [word.strip(".,?").lower() for word in text.split()] or [""]
        rows = np.zeros((len(words), 997), dtype=np.float32)
        for row, word in enumerate(words):
            named = LIKE.get(word, word)
            rows[row, sum(ord(letter) * 31**place for place, letter in enumerate(named)) % 997] = 1.0
        arrays.append(rows)
    return arrays


def letters(texts: Sequence[str]) -> NDArray[np.float32]:
    """A fake embedding: the frequency of each letter."""
    rows = np.array([[text.lower().count(chr(97 + place)) + 1e-3 for place in range(26)] for text in texts])
    unit: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


def case(question: str, rule_id: str, group: str = "") -> Decided:
    return Decided(question, rule_id, group)


def test_maxsim_is_the_mean_of_the_best_similarities() -> None:
    """By hand: of two words of the question the first text has one, the second both, the third none."""
    texts = ["gift", "gift watch today", "nothing"]
    late = LateInteraction(texts, tokens)
    assert late.scores(tokens(["watch gift"])[0], [0, 1, 2]) == pytest.approx([0.5, 1.0, 0.0])
    assert late.scores(tokens(["watch gift"])[0], [2, 0]) == pytest.approx([0.0, 0.5])
    assert late.scores(tokens(["watch"])[0], []).shape == (0,)


def test_words_that_mean_the_same_lead_to_the_rule() -> None:
    """A question none of whose words is in the policy finds its rule by the token encoder alone."""
    options = RetrievalOptions(dense_weight=0.01, late_weight=2.0)
    question = "May I reveal recipes?"
    found = Retriever(POLICY, letters, options, tokens).retrieve(question, 1)
    assert found[0].clause_id in {"c2.1", "c2.2"}
    assert Retriever(POLICY, letters, options, tokens).retrieve_many([question, "x"], 1)[0] == found


def test_only_candidates_are_compared() -> None:
    """With one candidate the second look cannot change what the first one found."""
    plain = Retriever(POLICY, letters).retrieve("May I reveal recipes?", 1)
    narrow = RetrievalOptions(candidates=1, late_weight=9.0)
    found = Retriever(POLICY, letters, narrow, tokens).retrieve("May I reveal recipes?", 3)
    assert [one.clause_id for one in found] == [plain[0].clause_id]


def test_a_decided_case_leads_to_its_rule() -> None:
    """A question like one that was decided finds the rule that decided it, though no word of the policy is in it."""
    asked = "The haulier's hamper stands in my hall."
    decided = [case("That hamper from the haulier is in our hall now.", "r1"), case("Zebra quiz jinx.", "r3")]
    led = Retriever(POLICY, letters, RetrievalOptions(precedent_weight=5.0)).with_precedents(decided)
    assert led.retrieve(asked, 1)[0].rule_id == "r1"
    assert led.retrieve("Quiz: jinx a zebra.", 1)[0].rule_id == "r3"


def test_a_precedent_does_not_find_itself() -> None:
    """A case of the training data is not led to its own rule by itself; the other precedents still count."""
    decided = [case("zzz qqq", "r3"), case("hhh ggg", "r1")]
    led = Retriever(POLICY, letters, RetrievalOptions(precedent_weight=9.0)).with_precedents(decided)
    assert led.retrieve("zzz qqq", 1)[0].rule_id == "r1"
    assert led.retrieve("zzz qqq.", 1)[0].rule_id == "r3"
    told = [case("zzz qqq", "r3", "a story"), case("zzz qqq q", "r3", "a story"), case("hhh ggg", "r1")]
    led = Retriever(POLICY, letters, RetrievalOptions(precedent_weight=9.0)).with_precedents(told)
    assert led.retrieve("zzz qqq", 1)[0].rule_id == "r1"


def test_a_precedent_is_encoded_once() -> None:
    """A dataset asks about its precedents, and an audit is led by the same ones: nothing is computed anew, nothing changes."""
    seen: list[str] = []

    def counted(texts: Sequence[str]) -> NDArray[np.float32]:
        seen.extend(texts)
        return letters(texts)

    def counted_words(texts: Sequence[str]) -> list[NDArray[np.float32]]:
        seen.extend(texts)
        return tokens(texts)

    decided = [case("zzz qqq", "r3"), case("hhh ggg", "r1")]
    options = RetrievalOptions(precedent_weight=2.0, late_weight=1.0)
    plain = Retriever(POLICY, counted, options, counted_words)
    led = plain.with_precedents(decided)
    assert plain.with_precedents(tuple(decided)) is led
    seen.clear()
    asked = ["zzz qqq", "a gift", "hhh ggg", "a gift"]
    found = led.retrieve_many(asked, 2)
    assert seen == ["a gift", "a gift"]
    assert found == tuple(
        Retriever(POLICY, letters, options, tokens).with_precedents(decided).retrieve(q, 2) for q in asked
    )
    assert plain.with_precedents(decided[:1]) is not led


def test_precedents_without_use_change_nothing() -> None:
    """Unknown rules, no embedder or no weight: the retriever is the same."""
    plain = Retriever(POLICY, letters)
    assert plain.with_precedents([case("a case", "nowhere")]) is plain
    assert plain.with_precedents([]) is plain
    words = Retriever(POLICY)
    assert words.with_precedents([case("a case", "r1")]) is words
    assert Retriever(Ontology(), letters, tokens=tokens).retrieve("a question", 1) == ()


def test_contradicting_options_are_refused() -> None:
    """No candidates and negative weights are errors with a remedy."""
    for wrong in ({"candidates": 0}, {"late_weight": -1.0}, {"precedent_weight": -0.1}):
        with pytest.raises(UserError):
            RetrievalOptions(**wrong)
