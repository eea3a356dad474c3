"""Both models get the same prompts, and a failure is a reason and never a zero."""

from collections.abc import Sequence

import pytest

from evaluation.answers import AnswerModel, Contexts, ModelAnswer, ScriptedModel, answer, contexts
from evaluation.probes import Probe
from kg.errors import PlumblineError, UserError
from kg.model import Message, Ontology, Verdict
from tests.evaluation.conftest import FirstClauses


def test_contexts_are_retrieved_once_for_all_models(probes: tuple[Probe, ...], ontology: Ontology) -> None:
    """Two models are asked, retrieval happens once per case; the passages stand in the prompt."""
    retriever = FirstClauses(ontology)
    found = contexts(probes, retriever, 2)
    seen: list[str] = []

    class Listens:
        def answer(self, prompts: Sequence[tuple[Message, ...]], choices: Sequence[str]) -> list[ModelAnswer]:
            seen.extend(prompt[-1].content for prompt in prompts)
            return [ModelAnswer((-1.0, -2.0, -3.0), "Permitted.") for _ in prompts]

    model: AnswerModel = Listens()
    answer(model, probes, found, 2)
    answer(model, probes, found, 2)
    assert retriever.asked == len(probes)
    assert seen[: len(probes)] == seen[len(probes) :]
    assert "[1.1] Employees may accept a gift" in seen[0]


def test_contexts_refuse_a_question_that_was_not_retrieved(found: Contexts) -> None:
    """Comparing models on different contexts would compare nothing."""
    with pytest.raises(PlumblineError, match="no 2 passages were retrieved"):
        found.retrieve("What else?", 2)


def test_the_verdict_is_the_likeliest_phrase_with_its_share(probes: tuple[Probe, ...], found: Contexts) -> None:
    """The scripted model's score gap of 5 nats on two rivals gives its share of the odds."""
    first = answer(ScriptedModel(otherwise="Prohibited. No."), probes, found, 2)[0]
    assert first.verdict is Verdict.PROHIBITED
    assert first.confidence == pytest.approx(1 / (1 + 2 * 2.718281828**-5))


def test_a_failed_prompt_costs_one_answer(probes: tuple[Probe, ...], found: Contexts) -> None:
    """A batch that raises is asked one by one; the bad one is unscored with its reason."""

    class Chokes:
        def answer(self, prompts: Sequence[tuple[Message, ...]], choices: Sequence[str]) -> list[ModelAnswer]:
            if any("Case 03" in prompt[-1].content for prompt in prompts):
                raise RuntimeError("no memory left")
            return [ModelAnswer((-1.0, -2.0, -3.0), "Permitted.") for _ in prompts]

    answers = answer(Chokes(), probes, found, 2)
    assert [one.probe_id for one in answers if one.verdict is None] == ["h03"]
    assert answers[2].unscored == "RuntimeError: no memory left"
    assert answers[2].confidence is None


def test_missing_weights_go_through_with_their_remedy(probes: tuple[Probe, ...], found: Contexts) -> None:
    """What the user must put right is not hidden among unscored answers."""

    class NoWeights:
        def answer(self, prompts: Sequence[tuple[Message, ...]], choices: Sequence[str]) -> list[ModelAnswer]:
            raise UserError("no weights", "fetch them")

    with pytest.raises(UserError, match="no weights"):
        answer(NoWeights(), probes, found, 2)


@pytest.mark.parametrize("scores", [(), (-1.0, -2.0), (-1.0, float("nan"), -2.0)])
def test_scores_that_say_nothing_are_unscored(
    probes: tuple[Probe, ...], found: Contexts, scores: tuple[float, ...]
) -> None:
    """Too few scores or NaN never become a verdict."""

    class Odd:
        def answer(self, prompts: Sequence[tuple[Message, ...]], choices: Sequence[str]) -> list[ModelAnswer]:
            good = (-1.0, -2.0, -3.0)
            return [ModelAnswer(scores if "Case 01" in p[-1].content else good, "") for p in prompts]

    answers = answer(Odd(), probes, found, 2)
    assert answers[0].verdict is None
    assert answers[0].unscored


def test_a_model_that_answers_nothing_is_an_error(probes: tuple[Probe, ...], found: Contexts) -> None:
    """All unscored means that the set-up is broken; no report should be written about it."""
    with pytest.raises(PlumblineError, match="none of the 9 cases; the first failed with: broken"):
        answer(ScriptedModel(errors={"Case": "broken"}), probes, found, 2)


def test_calibration_subtracts_what_the_phrases_get_for_nothing(probes: tuple[Probe, ...], found: Contexts) -> None:
    """A model that likes "Permitted" regardless is judged by what the case adds."""

    class Likes:
        def answer(self, prompts: Sequence[tuple[Message, ...]], choices: Sequence[str]) -> list[ModelAnswer]:
            return [
                ModelAnswer((-1.0, -5.0, -5.0) if "N/A" in prompt[-1].content else (-1.0, -2.0, -5.0), "")
                for prompt in prompts
            ]

    assert answer(Likes(), probes, found, 2)[0].verdict is Verdict.PERMITTED
    assert answer(Likes(), probes, found, 2, calibrate=True)[0].verdict is Verdict.PROHIBITED
