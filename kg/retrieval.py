"""From a question to the clauses that bear on it, with the path through the graph that led to each.

The index holds one unit per rule sentence, and one per clause that states no rule. Up to three rankings of the units
are fused by reciprocal rank (Cormack, Clarke and Buettcher, SIGIR 2009): BM25 over the words (Robertson and Zaragoza
2009, computed eagerly into a sparse matrix as in BM25S, Lù 2024), cosine of embeddings when an :data:`Embed` is
given, and the concept graph: a unit that mentions a concept of the question, or one a step away from it (a *watch* is
a *gift*). Everything is a matrix product, so thousands of questions take seconds.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kg.errors import UserError
from kg.mentions import Mentions
from kg.model import Ontology
from kg.words import content

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts -> array of shape (n, d), float32, rows of unit length."""

BATCH = 256


@dataclass(frozen=True, slots=True)
class RetrievalOptions:
    """How the rankings are made and fused."""

    k1: float = 1.2
    """BM25's saturation of term frequency."""
    b: float = 0.75
    """BM25's normalisation by length, in [0, 1]."""
    depth: int = 100
    """How many units of each ranking take part in the fusion."""
    rrf_k: float = 60.0
    """The constant of reciprocal rank fusion; larger flattens the head of the rankings."""
    dense_weight: float = 1.0
    """Weight of the embedding ranking beside the words' 1.0."""
    graph_weight: float = 0.5
    """Weight of the concept graph's ranking beside the words' 1.0; 0 leaves the graph out."""
    hop: float = 0.5
    """What a concept one relation away counts beside one that the question names."""
    relations: tuple[str, ...] = ("IsA", "Synonym", "RelatedTo", "SimilarTo", "MannerOf", "InstanceOf", "PartOf")
    """Relation types along which the question's concepts are widened by one step, either way."""
    max_words: int = 45
    """The longest text of one result, in words."""

    def __post_init__(self) -> None:
        if not (self.depth > 0 and self.rrf_k > 0 and 0 <= self.b <= 1 and self.k1 >= 0 and self.max_words > 0):
            raise UserError(
                "the retrieval options contradict themselves", "depth, rrf_k, max_words > 0; k1 >= 0; b in [0, 1]"
            )


@dataclass(frozen=True, slots=True)
class Retrieved:
    """One clause that bears on a question.

    ``rule_id`` is its best rule, empty when the clause states none; ``text`` its best one or two rule sentences, at
    most ``max_words`` words; ``citation`` its number ("3.2"), or its section's. ``path`` is how the graph led there
    ("watch", "IsA", "gift", "rule 2.3"), empty when the words or the embedding alone did.
    """

    clause_id: str
    rule_id: str
    text: str
    citation: str
    score: float
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Unit:
    clause_id: str
    rule_id: str
    text: str
    superseded: bool


class Retriever:
    """An index over one ontology, built once; retrieval does not change it."""

    def __init__(
        self, ontology: Ontology, embed: Embed | None = None, options: RetrievalOptions = RetrievalOptions()
    ) -> None:
        self._ontology, self._embed, self._options = ontology, embed, options
        self._units = tuple(_units(ontology))
        self._vocabulary, self._words = _bm25(
            [content(f"{_title(ontology, unit)} {unit.text}") for unit in self._units], options
        )
        self._vectors = embed([unit.text for unit in self._units]) if embed and self._units else None
        self._mentions = Mentions(ontology.concepts)
        self._concept_row = {concept.id: row for row, concept in enumerate(ontology.concepts)}
        self._mentioned = self._mention_matrix()
        self._graph = self._mentioned + options.hop * (self._step_matrix() @ self._mentioned)

    def retrieve(self, question: str, k: int) -> tuple[Retrieved, ...]:
        """The ``k`` best clauses for ``question``, best first; superseded ones last."""
        return self.retrieve_many((question,), k)[0]

    def retrieve_many(self, questions: Sequence[str], k: int) -> tuple[tuple[Retrieved, ...], ...]:
        """:meth:`retrieve` for many questions at once, in their order."""
        results: list[tuple[Retrieved, ...]] = []
        for start in range(0, len(questions), BATCH):
            results.extend(self._batch(questions[start : start + BATCH], k))
        return tuple(results)

    def _batch(self, questions: Sequence[str], k: int) -> Iterator[tuple[Retrieved, ...]]:
        if not self._units or k < 1:
            yield from (() for _ in questions)
            return
        options = self._options
        found = [self._mentions.find(question) for question in questions]
        rankings = [(1.0, (self._question_matrix(questions) @ self._words).toarray())]
        if self._vectors is not None and self._embed is not None:
            # A cosine at or below zero says that the texts have nothing in common.
            rankings.append((options.dense_weight, np.maximum(self._embed(questions) @ self._vectors.T, 0.0)))
        if options.graph_weight > 0 and self._concept_row:
            rankings.append((options.graph_weight, (self._concept_matrix(found) @ self._graph).toarray()))
        fused = sum(weight * _reciprocal(scores, options) for weight, scores in rankings)
        for row, concepts in zip(np.asarray(fused), found, strict=True):
            yield self._clauses(row, concepts, k)

    def _clauses(self, scores: NDArray[np.float64], concepts: Sequence[str], k: int) -> tuple[Retrieved, ...]:
        units = np.flatnonzero(scores > 0)
        units = units[np.argsort(-scores[units], kind="stable")]
        groups: dict[str, list[int]] = defaultdict(list)
        for unit in units.tolist():
            groups[self._units[unit].clause_id].append(unit)
        # Groups stand by their best unit; the sort is stable, so what is in force keeps that order.
        ranked = sorted(groups.values(), key=lambda group: self._units[group[0]].superseded)
        return tuple(self._result(group, float(scores[group[0]]), concepts) for group in ranked[:k])

    def _result(self, group: Sequence[int], score: float, concepts: Sequence[str]) -> Retrieved:
        best = self._units[group[0]]
        text = _shorten(best.text, self._options.max_words)
        if len(group) > 1:
            first, second = sorted(group[:2])
            both = f"{self._units[first].text} {self._units[second].text}"
            if len(both.split()) <= self._options.max_words:
                text = both
        citation = _citation(self._ontology, best.clause_id)
        return Retrieved(
            best.clause_id, best.rule_id, text, citation, round(score, 6), self._path(group[0], concepts, citation)
        )

    def _path(self, unit: int, concepts: Sequence[str], citation: str) -> tuple[str, ...]:
        rule = f"rule {citation}" if self._units[unit].rule_id else f"clause {citation}"
        here = {int(row) for row in self._mentioned[:, [unit]].nonzero()[0]}
        by_id = self._ontology.concept_by_id
        for id_ in concepts:
            if self._concept_row[id_] in here:
                return by_id[id_].label, rule
        for id_ in concepts:
            for relation in self._ontology.relations_of_concept.get(id_, ()):
                out = relation.source_id == id_
                other = relation.target_id if out else relation.source_id
                if relation.type in self._options.relations and self._concept_row.get(other, -1) in here:
                    return by_id[id_].label, relation.type if out else f"{relation.type} of", by_id[other].label, rule
        return ()

    def _question_matrix(self, questions: Sequence[str]) -> sparse.csr_matrix:
        rows = [
            Counter(self._vocabulary[word] for word in content(text) if word in self._vocabulary) for text in questions
        ]
        entries = [(row, column, float(count)) for row, counts in enumerate(rows) for column, count in counts.items()]
        return _matrix(entries, (len(questions), len(self._vocabulary)))

    def _concept_matrix(self, found: Sequence[Sequence[str]]) -> sparse.csr_matrix:
        entries = [(row, self._concept_row[id_], 1.0) for row, concepts in enumerate(found) for id_ in concepts]
        return _matrix(entries, (len(found), len(self._concept_row)))

    def _mention_matrix(self) -> sparse.csr_matrix:
        """Concepts x units; a mention weighs by its inverse frequency among the units."""
        links: set[tuple[int, int]] = set()
        for column, unit in enumerate(self._units):
            named = {link.concept_id for link in self._ontology.concepts_of_rule.get(unit.rule_id, ())}
            rows = (self._concept_row.get(id_) for id_ in named.union(self._mentions.find(unit.text)))
            links.update((row, column) for row in rows if row is not None)
        spread = Counter(row for row, _ in links)
        entries = [(row, column, float(np.log1p(len(self._units) / spread[row]))) for row, column in sorted(links)]
        return _matrix(entries, (len(self._concept_row), len(self._units)))

    def _step_matrix(self) -> sparse.csr_matrix:
        """Concepts x concepts, 1 where an allowed relation joins two, either way."""
        pairs: set[tuple[int, int]] = set()
        for relation in self._ontology.relations:
            if relation.type in self._options.relations and relation.polarity > 0:
                source, target = (self._concept_row.get(end) for end in (relation.source_id, relation.target_id))
                if source is not None and target is not None and source != target:
                    pairs.update(((source, target), (target, source)))
        size = len(self._concept_row)
        return _matrix([(source, target, 1.0) for source, target in sorted(pairs)], (size, size))


def _units(ontology: Ontology) -> Iterator[_Unit]:
    for clause in ontology.clauses:
        rules = ontology.rules_of_clause.get(clause.id, ())
        for rule in rules:
            yield _Unit(clause.id, rule.id, rule.text, rule.superseded or bool(clause.superseded_by))
        if not rules and clause.text.strip():
            yield _Unit(clause.id, "", f"{clause.lead_in} {clause.text}".strip(), bool(clause.superseded_by))


def _title(ontology: Ontology, unit: _Unit) -> str:
    section = ontology.section_by_id.get(ontology.clause_by_id[unit.clause_id].section_id)
    return section.title if section else ""


def _citation(ontology: Ontology, clause_id: str) -> str:
    clause = ontology.clause_by_id[clause_id]
    section = ontology.section_by_id.get(clause.section_id)
    return clause.number or (section.number or section.title if section else "")


def _bm25(texts: Sequence[Sequence[str]], options: RetrievalOptions) -> tuple[dict[str, int], sparse.csr_matrix]:
    """Vocabulary and the matrix words x units of BM25 scores, so that a question is one sparse product."""
    vocabulary = {word: row for row, word in enumerate(sorted({word for text in texts for word in text}))}
    counts = [Counter(vocabulary[word] for word in text) for text in texts]
    spread = Counter(row for count in counts for row in count)
    mean = sum(map(len, texts)) / max(1, len(texts))
    entries = []
    for column, (text, count) in enumerate(zip(texts, counts, strict=True)):
        length = options.k1 * (1 - options.b + options.b * len(text) / max(1.0, mean))
        for row, frequency in count.items():
            idf = np.log1p((len(texts) - spread[row] + 0.5) / (spread[row] + 0.5))
            entries.append((row, column, float(idf * frequency * (options.k1 + 1) / (frequency + length))))
    return vocabulary, _matrix(entries, (len(vocabulary), len(texts)))


def _matrix(entries: Sequence[tuple[int, int, float]], shape: tuple[int, int]) -> sparse.csr_matrix:
    rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
    return sparse.csr_matrix((np.asarray(values, dtype=np.float64), (rows, columns)), shape=shape)


def _reciprocal(scores: NDArray[np.float64], options: RetrievalOptions) -> NDArray[np.float64]:
    """1 / (rrf_k + rank) for the first ``depth`` units of each row with a score above zero, else 0; ties in order."""
    order = np.argsort(-scores, axis=1, kind="stable")[:, : options.depth]
    gains = np.broadcast_to(1.0 / (options.rrf_k + 1 + np.arange(order.shape[1])), order.shape)
    fused = np.zeros(scores.shape, dtype=np.float64)
    np.put_along_axis(fused, order, gains * (np.take_along_axis(scores, order, axis=1) > 0), axis=1)
    return fused


def _shorten(text: str, words: int) -> str:
    """At most ``words`` words, cut after a comma, semicolon or sentence in the last third when there is one."""
    parts = text.split()
    if len(parts) <= words:
        return text
    kept = parts[:words]
    stops = [place for place, word in enumerate(kept) if re.search(r"[,;:.]$", word) and place >= 2 * words // 3]
    return " ".join(kept[: stops[-1] + 1] if stops else kept).rstrip(",;:") + " ..."
