"""What a retriever is made with and what it gives: the embedder, the options, a passage found for a question."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.errors import UserError
from kg.grounding import Ground

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts -> array of shape (n, d), float32, rows of unit length."""


@dataclass(frozen=True, slots=True)
class RetrievalOptions:
    """How passages are made and ranked. The weights are relative to each other."""

    k1: float = 1.2
    """BM25's saturation of term frequency."""
    b: float = 0.75
    """BM25's normalisation by length, in [0, 1]."""
    dense_weight: float = 1.0
    """Weight of the passage's embedding."""
    words_weight: float = 0.5
    """Weight of the passage's words."""
    sentence_weight: float = 0.25
    """What the best sentence of a passage counts beside the whole passage, for embedding and words alike."""
    late_weight: float = 1.0
    """Weight of the words compared one by one, where a model for it is given."""
    candidates: int = 32
    """How many passages are compared word by word."""
    precedent_weight: float = 1.0
    """Weight of decided cases (``cases``) that are like the question, where there are any and an embedder."""
    graph_weight: float = 0.05
    """Weight of the concept graph; 0 leaves the graph out."""
    hop: float = 0.5
    """What a concept one relation away counts beside one that the question names."""
    relations: tuple[str, ...] = ("IsA", "Synonym", "RelatedTo", "SimilarTo", "MannerOf", "InstanceOf", "PartOf")
    """Relation types along which the question's concepts are widened by one step, either way."""
    passage_words: int = 250
    """Where the clauses of one citation are parted into several passages, in words."""
    max_words: int = 45
    """The longest text of one result, in words."""

    def __post_init__(self) -> None:
        weights = (
            self.dense_weight, self.words_weight, self.sentence_weight, self.late_weight, self.graph_weight, self.hop,
            self.precedent_weight,
        )  # fmt: skip
        sizes = (self.passage_words, self.max_words, self.candidates)
        if not (min(weights) >= 0 and 0 <= self.b <= 1 and self.k1 >= 0 and min(sizes) > 0):
            raise UserError("the retrieval options contradict themselves", "no weight below 0; b in [0, 1]; words > 0")


@dataclass(frozen=True, slots=True)
class Retrieved:
    """One passage that bears on a question.

    ``clause_id`` and ``rule_id`` are of its best sentence, ``rule_id`` empty when that states none; ``text`` its best
    sentences, at most ``max_words`` words; ``citation`` its number ("3.2"), or its section's. ``path`` is
    how the graph led there ("watch", "IsA", "gift", "rule 2.3"), empty when words or embedding alone did. ``score``
    only orders the results of one question.
    """

    clause_id: str
    rule_id: str
    text: str
    citation: str
    score: float
    path: tuple[str, ...] = ()
    rule_ids: tuple[str, ...] = ()
    """The rules whose sentences ``text`` shows, the best first."""
    grounds: tuple[Ground, ...] = ()
    """Those rules held against the question, in the order of ``text``."""
