"""Conflicts by likeness: sentences of two documents that say the like in other words and do not go together.

The exact path (:mod:`kg.conflicts`) compares acts and things by name and is seldom wrong, but two people who write about one matter
seldom use one name. Here the nearest sentences of other documents are judged by a logistic regression over a few features
(:mod:`kg.conflicts_features`); its coefficients stand in :mod:`kg.conflicts_weights` and are made by ``python -m benchmarks.conflicts_fit``.
What is found this way is a question to a person, never a ruling.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.conflicts_bounds import Relation, relation
from kg.conflicts_features import features, opposed, parted
from kg.conflicts_likeness import Space, near, space
from kg.conflicts_sayings import Force, Saying, saying
from kg.conflicts_weights import BIAS, THRESHOLD, WEIGHTS
from kg.model import Modality, Ontology
from kg.retrieval import Embed

Entail = Callable[[Sequence[tuple[str, str]]], Sequence[float]]
"""Pairs of sentences -> for each the probability in [0, 1] that they contradict each other, as a model of inference gives it."""
NEAREST, LEAST = 12, 0.25
"""How many neighbours of a sentence are looked at, and the least cosine of one."""
RIVALRY = 0.7
"""How much of its lead over a pair a better pair of the same sentence takes from it: a rule is seldom contradicted twice."""
FEWEST = 3
"""Content words without which a sentence says too little: "contact us"."""
SUREST = 0.69
"""The highest confidence of a conflict by likeness, below that of any that the exact path reports."""


@dataclass(frozen=True, slots=True)
class Likely:
    """Two sayings that probably conflict: the ``score`` in log-odds, their features, and what does not go together, in words."""

    first: Saying
    second: Saying
    score: float
    found: Mapping[str, float]
    why: str

    @property
    def kind(self) -> str:
        """``limit`` where their forces go together and only their limits differ, else ``contradiction``."""
        differ = any(name.startswith(("different", "overlapping")) for name in self.found)
        return "limit" if differ and not opposed(self.first, self.second) else "contradiction"

    @property
    def confidence(self) -> float:
        """The probability that the score stands for, at most :data:`SUREST`."""
        return min(SUREST, 1.0 / (1.0 + math.exp(-self.score)))


def sayings_of(ontology: Ontology) -> list[Saying]:
    """What the rules of an ontology say, without definitions and what has been superseded."""
    clauses = ontology.clause_by_id
    return [
        saying(rule, clauses.get(rule.clause_id))
        for rule in ontology.rules
        if rule.modality is not Modality.DEFINITION and not rule.superseded and rule.text
    ]


def likely(
    ontology: Ontology, embed: Embed, threshold: float = THRESHOLD, entail: Entail | None = None
) -> Iterator[Likely]:
    """The pairs of sentences of different documents whose score is ``threshold`` or more, most likely first.

    A model of inference, where there is one, has the last word: what it does not hold for contradictory is left out.
    """
    said = sayings_of(ontology)
    if len({one.rule.document_id for one in said}) < 2:
        return
    vectors = space(said, embed)
    pairs = candidates(vectors)
    # The more documents a sentence is compared with, the likelier that one of them only looks like a contradiction.
    prior = math.log(len({one.rule.document_id for one in said}) - 1)
    number = sentences(said)
    known = [(number[i], number[j], found) for i, j, found in pairs]
    scores = [value - prior for value in rivalled(known, [score(found) for _, _, found in pairs])]
    chosen = [
        Likely(said[i], said[j], value, found, _why(said[i], said[j], found))
        for (i, j, found), value in zip(pairs, scores, strict=True)
        if value >= threshold
    ]
    if entail is not None:
        held = entail([(one.first.text, one.second.text) for one in chosen])
        chosen = [one for one, probability in zip(chosen, held, strict=True) if probability >= 0.5]
    yield from sorted(chosen, key=lambda one: (-one.score, one.first.rule.id, one.second.rule.id))


def candidates(vectors: Space) -> list[tuple[int, int, dict[str, float]]]:
    """The pairs that could conflict, with their features."""
    found: list[tuple[int, int, dict[str, float]]] = []
    for i, j in near(vectors, NEAREST, LEAST):
        one, other = vectors.sayings[i], vectors.sayings[j]
        if one.rule.text != other.rule.text and _could(one, other):
            known = features(vectors, i, j)
            if not parted(known):
                found.append((i, j, known))
    return found


def _could(one: Saying, other: Saying) -> bool:
    """Whether two forces can clash at all; two of one kind only where both set limits."""
    if min(len(one.words), len(other.words)) < FEWEST:
        return False
    if one.force is not other.force or one.force is Force.DUTY:
        return {one.force, other.force} != {Force.LEAVE, Force.EXCUSE}
    return bool(one.bounds and other.bounds)


def score(found: Mapping[str, float]) -> float:
    """The log-odds of a conflict."""
    return BIAS + sum(weight * found.get(name, 0.0) for name, weight in WEIGHTS.items())


def rivalled(pairs: Sequence[tuple[int, int, Mapping[str, float]]], scores: Sequence[float]) -> list[float]:
    """The scores less :data:`RIVALRY` of what the best pair of either sentence with a third one has more.

    ``pairs`` names sentences by number (:func:`sentences`): two rules of one sentence are no rivals of each other.
    """
    best: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j, _), value in zip(pairs, scores, strict=True):
        for row, whom in ((i, j), (j, i)):
            best[row][whom] = max(value, best[row].get(whom, -math.inf))
    top = {
        row: sorted(((value, whom) for whom, value in others.items()), reverse=True)[:2] for row, others in best.items()
    }

    def lead(row: int, other: int, value: float) -> float:
        return max((0.0, *(rival - value for rival, whom in top[row] if whom != other)))

    return [
        value - RIVALRY * (lead(i, j, value) + lead(j, i, value))
        for (i, j, _), value in zip(pairs, scores, strict=True)
    ]


def sentences(said: Sequence[Saying]) -> list[int]:
    """The number of each saying's sentence."""
    number: dict[tuple[str, str], int] = {}
    return [number.setdefault((one.rule.clause_id, one.rule.text), len(number)) for one in said]


def told(one: Likely, first: str, second: str) -> str:
    """Why two rules that stand at ``first`` and ``second`` may conflict: what they say, how alike they are, what opposes."""
    return (
        f"{first} {one.first.force.value} and {second} {one.second.force.value} what is much alike "
        f"({one.found['cosine']:.2f} by the sentences, {one.found['act']:.2f} by the acts): {one.why}; "
        "found by likeness, a person must judge"
    )


def _why(one: Saying, other: Saying, found: Mapping[str, float]) -> str:
    """What does not go together, in words that end the sentence "A and B ..."."""
    limits = [
        f"“{a.text.strip()}” and “{b.text.strip()}”"
        for a in one.bounds
        for b in other.bounds
        if relation(a, b) in {Relation.DIFFERENT, Relation.OVERLAPPING}
    ]
    what = [f"the one {one.force.value} and the other {other.force.value}"] if opposed(one, other) else []
    what += [f"they name {limits[0]}"] if limits else []
    what += ["the one asks for somebody else's word, which the other waives"] if found.get("waived") else []
    what += ["the one asks for more than one, the other for one alone"] if found.get("alone_joint") else []
    what += ["the one keeps what the other deletes"] if found.get("retention_early") else []
    return (
        "; ".join(what)
        or f"the one {one.force.value} and the other {other.force.value}, and the acts seem to exclude each other"
    )
