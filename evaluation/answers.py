"""Put the probes to a model, and read its verdict off its own likelihoods.

How a verdict is read. The model sees the prompt of the training data and scores each verdict phrase as the start of
its answer; the phrase with the greatest total log-likelihood is its verdict. The total, and not the mean per token,
because the phrases are complete and exclusive answers: their totals are the model's own odds, while a mean per token
favours long phrases, whose later tokens follow from the first. Scoring a closed set keeps a model that answers in
other words from being counted as wrong; what it cannot mend is that a phrase may be likely for reasons apart from
the case ("surface form competition", Holtzman et al. 2021). ``calibrate`` therefore offers contextual calibration
(Zhao et al. 2021): subtract the scores that the phrases get for a content-free case. It is off by default, since the
aligned model is used without it.

A model that fails on a probe gives an answer without a verdict and a reason. It is never counted as wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, isfinite
from typing import Protocol

from evaluation.metrics import VERDICTS
from evaluation.probes import Probe
from generation.prompting import VERDICT_PHRASES, build_messages
from kg.errors import PlumblineError, UserError
from kg.grounding import Ground
from kg.model import Message, Verdict
from kg.progress import Progress, silent

BATCH = 16
"""Prompts handed to the model at a time; a failure costs at most one retry of so many."""

CONTENT_FREE = "N/A"


class Passage(Protocol):
    """A retrieved clause (``kg.retrieval.Retrieved`` fits)."""

    @property
    def clause_id(self) -> str: ...

    @property
    def citation(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def grounds(self) -> Sequence[Ground]: ...


class ClauseFinder(Protocol):
    """Whatever finds clauses for a question (``kg.retrieval.Retriever`` and :class:`Contexts` fit)."""

    def retrieve(self, question: str, k: int) -> Sequence[Passage]: ...


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What a model said: ``choice_scores[i]`` is the total log-likelihood (nats) of choice i after the prompt, ``text`` the
    best choice with the model's reason after it. ``error`` says why there is none.
    """

    choice_scores: tuple[float, ...] = ()
    text: str = ""
    error: str = ""


class AnswerModel(Protocol):
    """The port to a language model. A whole call may raise; a single failed prompt may carry ``error``."""

    def answer(self, prompts: Sequence[tuple[Message, ...]], choices: Sequence[str]) -> list[ModelAnswer]: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """A model's answer to one probe. ``verdict`` is None where ``unscored`` says why. ``scores`` are in the order of
    the verdicts (permitted, prohibited, needs information).
    """

    probe_id: str
    verdict: Verdict | None
    scores: tuple[float, ...] = ()
    text: str = ""
    unscored: str = ""

    @property
    def confidence(self) -> float | None:
        """The chosen verdict's share of the probability that the model gives to the three phrases."""
        if self.verdict is None or not self.scores:
            return None
        top = max(self.scores)
        weights = [exp(score - top) for score in self.scores]
        return weights[VERDICTS.index(self.verdict)] / sum(weights)


@dataclass(frozen=True, slots=True)
class Contexts:
    """Retrieved once, used for every model: itself a clause finder that only looks up what was found."""

    found: Mapping[str, tuple[Passage, ...]]
    k: int

    def retrieve(self, question: str, k: int) -> tuple[Passage, ...]:
        """The first ``k`` passages for a question of the probes. Raises PlumblineError for any other question."""
        if question not in self.found or k > self.k:
            raise PlumblineError(
                f"no {k} passages were retrieved for the question {question[:60]!r}",
                "build the contexts from the same probes and with at least as many passages",
            )
        return self.found[question][:k]


def contexts(probes: Sequence[Probe], retriever: ClauseFinder, k: int, progress: Progress = silent) -> Contexts:
    """Retrieve ``k`` passages for each probe, once, so that all models judge the same case file."""
    found: dict[str, tuple[Passage, ...]] = {}
    for done, probe in enumerate(probes, start=1):
        if probe.question not in found:
            found[probe.question] = tuple(retriever.retrieve(probe.question, k))
        progress("retrieve", done, len(probes))
    return Contexts(found, k)


def answer(
    model: AnswerModel,
    probes: Sequence[Probe],
    retriever: ClauseFinder,
    k: int,
    progress: Progress = silent,
    *,
    calibrate: bool = False,
) -> tuple[Answer, ...]:
    """One answer per probe, in order. Give :class:`Contexts` as ``retriever`` to compare models.

    Raises PlumblineError when the model answered none of the probes: then something other than its knowledge is
    wrong. A UserError of the model (no weights, no package) goes through.
    """
    choices = tuple(VERDICT_PHRASES[verdict] for verdict in VERDICTS)
    prior = _prior(model, choices) if calibrate else (0.0,) * len(choices)
    answers: list[Answer] = []
    for start in range(0, len(probes), BATCH):
        batch = probes[start : start + BATCH]
        prompts = [build_messages(probe.question, retriever.retrieve(probe.question, k)) for probe in batch]
        replies = _ask(model, prompts, choices)
        answers += [_read(probe.id, reply, prior) for probe, reply in zip(batch, replies, strict=True)]
        progress("answer", len(answers), len(probes))
    if answers and all(one.verdict is None for one in answers):
        raise PlumblineError(
            f"the model answered none of the {len(answers)} cases; the first failed with: {answers[0].unscored}",
            "check that the model loads and answers one prompt by hand",
        )
    return tuple(answers)


def _ask(model: AnswerModel, prompts: Sequence[tuple[Message, ...]], choices: Sequence[str]) -> list[ModelAnswer]:
    """The replies to a batch. A batch that fails is asked one by one, so that one bad prompt costs one answer."""
    try:
        replies = model.answer(prompts, choices)
    except UserError:
        raise  # missing weights or packages fail every prompt alike, and the error says what to do
    except (PlumblineError, RuntimeError, ValueError, OSError) as error:
        if len(prompts) == 1:
            return [ModelAnswer(error=f"{type(error).__name__}: {error}")]
        return [reply for prompt in prompts for reply in _ask(model, [prompt], choices)]
    if len(replies) != len(prompts):
        return [ModelAnswer(error=f"the model gave {len(replies)} answers to {len(prompts)} prompts")] * len(prompts)
    return replies


def _prior(model: AnswerModel, choices: Sequence[str]) -> tuple[float, ...]:
    """The scores of the phrases for a case that says nothing."""
    reply = _ask(model, [build_messages(CONTENT_FREE, ())], choices)[0]
    if reply.error or len(reply.choice_scores) != len(choices):
        raise PlumblineError(f"the model gave no scores to calibrate by: {reply.error}", "switch calibration off")
    return reply.choice_scores


def _read(probe_id: str, reply: ModelAnswer, prior: Sequence[float]) -> Answer:
    """The verdict with the greatest score; the first of equals, in the order of the verdicts."""
    if reply.error:
        return Answer(probe_id, None, unscored=reply.error)
    if len(reply.choice_scores) != len(VERDICTS):
        return Answer(probe_id, None, unscored=f"{len(reply.choice_scores)} scores for {len(VERDICTS)} verdicts")
    if not all(map(isfinite, reply.choice_scores)):
        return Answer(probe_id, None, unscored=f"scores that are not numbers: {reply.choice_scores}")
    scores = tuple(score - base for score, base in zip(reply.choice_scores, prior, strict=True))
    best = max(range(len(scores)), key=lambda index: scores[index])
    return Answer(probe_id, VERDICTS[best], scores, reply.text)


@dataclass(frozen=True, slots=True)
class ScriptedModel:
    """A model that answers by the book, for examples, documentation and tests.

    ``script`` maps a piece of the user's message to the answer text; the first piece found decides, else
    ``otherwise``. The choice that begins the text gets the score 0, the others -5. A text in ``errors`` (again by
    piece) is a failure of the model on that prompt.
    """

    script: Mapping[str, str] = field(default_factory=dict)
    otherwise: str = "Needs information. Nothing is known of this case."
    errors: Mapping[str, str] = field(default_factory=dict)

    def answer(self, prompts: Sequence[tuple[Message, ...]], choices: Sequence[str]) -> list[ModelAnswer]:
        return [self._one(prompt[-1].content, choices) for prompt in prompts]

    def _one(self, asked: str, choices: Sequence[str]) -> ModelAnswer:
        for piece, reason in self.errors.items():
            if piece in asked:
                return ModelAnswer(error=reason)
        text = next((reply for piece, reply in self.script.items() if piece in asked), self.otherwise)
        return ModelAnswer(tuple(0.0 if text.startswith(choice) else -5.0 for choice in choices), text)
