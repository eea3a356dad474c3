"""How much to write, of what, and from which seed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from kg.errors import UserError

SCENARIO = "scenario"

KINDS = (
    SCENARIO,
    "rule_qa",
    "which_rule",
    "definition",
    "ask_back",
    "exception",
    "topic",
    "conflict",
    "out_of_scope",
    "benign",
    "multi_turn",
    "summary",
    "composition",
)
"""The forms of sample that a writer without a model knows."""

DEFAULT_MIX: Mapping[str, float] = MappingProxyType(
    {
        SCENARIO: 0.8,
        "rule_qa": 0.015,
        "which_rule": 0.015,
        "definition": 0.01,
        "ask_back": 0.01,
        "exception": 0.015,
        "topic": 0.06,
        "conflict": 0.01,
        "out_of_scope": 0.01,
        "benign": 0.015,
        "multi_turn": 0.01,
        "summary": 0.012,
        "composition": 0.01,
    }
)
"""Most of the budget goes to cases, because a verdict on a case is what an audit asks for."""


@dataclass(frozen=True, slots=True)
class GenerationOptions:
    """Validated at construction: a contradiction is a :class:`UserError`."""

    samples: int = 1000
    """N, how many samples to write; exactly so many come back."""

    seed: int = 0
    """Everything that is chosen at random follows from it."""

    context_clauses: int = 3
    """k, how many retrieved passages stand in each prompt; an audit shows as many."""

    single_share: float = 0.0
    """Share of the samples that show the best passage alone: cheaper to train on, and nothing in them distracts."""

    seeds_file: Path | None = None
    """A YAML file of hand-written samples that are taken over as they stand, or None."""

    cases_file: Path | None = None
    """A JSON Lines file of decided cases (``generation.archive``) that are taken over as they stand, or None."""

    cases_share: float = 0.6
    """The largest share of the samples that decided cases take; of more, stories are drawn evenly over the clauses."""

    document_seeds: bool = True
    """Whether questions with their answers, call-outs and short paragraphs of the documents become samples as they stand."""

    validation_share: float = 0.05
    """Share of the samples, by whole rule families, on which training is watched."""

    test_share: float = 0.0
    """Share of the rule families kept out of training for the audit; 0 where a hand-made test set exists."""

    mix: Mapping[str, float] = field(default_factory=lambda: DEFAULT_MIX)
    """Shares of the kinds; they are scaled to a sum of 1."""

    least_of_form: float = 0.85
    """The part of its share that each form gets whatever it covers; what is left of the shares goes to those drafts of
    the forms other than cases that cover the most."""

    max_words: int = 90
    """A question longer than this is dropped: long prompts are dear and rarely well-formed."""

    duplicate_threshold: float = 0.8
    """Jaccard similarity of word shingles from which two questions count as near-duplicates."""

    def __post_init__(self) -> None:
        if self.samples < 1:
            raise UserError(f"samples is {self.samples}", "ask for at least 1 sample")
        if not 0 <= self.context_clauses <= 10:
            raise UserError(f"context_clauses is {self.context_clauses}", "use a number between 0 and 10")
        for name, share in (
            ("validation_share", self.validation_share),
            ("test_share", self.test_share),
            ("single_share", self.single_share),
        ):
            if not 0 <= share < 1:
                raise UserError(f"{name} is {share}", "a share lies between 0 and 1, 1 excluded")
        if self.validation_share + self.test_share >= 1:
            raise UserError("validation_share and test_share leave nothing to train on", "lower one of them")
        if not 0 <= self.cases_share <= 1:
            raise UserError(f"cases_share is {self.cases_share}", "use a share between 0 and 1")
        if not 0 <= self.least_of_form <= 1:
            raise UserError(f"least_of_form is {self.least_of_form}", "use a part between 0 and 1")
        if not 0 < self.duplicate_threshold <= 1:
            raise UserError(f"duplicate_threshold is {self.duplicate_threshold}", "use a number in (0, 1]")
        if self.max_words < 10:
            raise UserError(f"max_words is {self.max_words}", "leave a question at least 10 words")
        self._check_mix()

    def _check_mix(self) -> None:
        unknown = sorted(set(self.mix) - set(KINDS))
        if unknown:
            raise UserError(f"mix names an unknown kind {unknown[0]!r}", f"the kinds are: {', '.join(KINDS)}")
        if any(share < 0 for share in self.mix.values()) or sum(self.mix.values()) <= 0:
            raise UserError("the shares of mix must be positive", "give at least one kind a share above 0")
