"""The concept graph as scores: a sentence counts that mentions a concept of the question, or one a step away."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy import sparse

from kg.mentions import Mentions
from kg.model import Ontology
from kg.retrieval_passages import Unit
from kg.retrieval_scores import Scores, matrix


class ConceptScores:
    """The concepts of ``ontology`` over ``units``, the sentences of its passages in their order.

    ``relations`` are the types along which a question's concepts are widened by one step, either way; what is found so
    counts ``hop`` times as much.
    """

    def __init__(self, ontology: Ontology, units: Sequence[Unit], relations: Sequence[str], hop: float) -> None:
        self._ontology, self._units, self._relations = ontology, units, relations
        self._mentions = Mentions(ontology.concepts)
        self._concept_row = {concept.id: row for row, concept in enumerate(ontology.concepts)}
        self._mentioned = self._mention_matrix()
        by_unit = self._mentioned.tocsc()
        self._named = [frozenset(rows.tolist()) for rows in np.split(by_unit.indices, by_unit.indptr[1:-1])]
        self._graph = self._mentioned + hop * (self._step_matrix() @ self._mentioned)

    def find(self, text: str) -> tuple[str, ...]:
        """The ids of the concepts that ``text`` mentions."""
        return self._mentions.find(text)

    def scores(self, found: Sequence[Sequence[str]]) -> Scores:
        """Shape (questions, units), not negative, for the concepts ``found`` in each question."""
        entries = [(row, self._concept_row[id_], 1.0) for row, concepts in enumerate(found) for id_ in concepts]
        scores: Scores = (matrix(entries, (len(found), len(self._concept_row))) @ self._graph).toarray()
        return scores

    def path(self, units: Sequence[int], concepts: Sequence[str], citation: str) -> tuple[str, ...]:
        """How the first of ``concepts`` that leads to the best two of ``units`` does so; empty where none does."""
        rule = f"rule {citation}" if self._units[units[0]].rule_id else f"clause {citation}"
        here = self._named[units[0]].union(*(self._named[unit] for unit in units[1:2]))
        by_id = self._ontology.concept_by_id
        for id_ in concepts:
            if self._concept_row[id_] in here:
                return by_id[id_].label, rule
        for id_ in concepts:
            for relation in self._ontology.relations_of_concept.get(id_, ()):
                out = relation.source_id == id_
                other = relation.target_id if out else relation.source_id
                if relation.type in self._relations and self._concept_row.get(other, -1) in here:
                    return by_id[id_].label, relation.type if out else f"{relation.type} of", by_id[other].label, rule
        return ()

    def _mention_matrix(self) -> sparse.csr_matrix:
        """Concepts x units; a mention weighs by its inverse frequency among the units."""
        links: set[tuple[int, int]] = set()
        for column, unit in enumerate(self._units):
            named = {link.concept_id for link in self._ontology.concepts_of_rule.get(unit.rule_id, ())}
            rows = (self._concept_row.get(id_) for id_ in named.union(self._mentions.find(unit.text)))
            links.update((row, column) for row in rows if row is not None)
        spread = Counter(row for row, _ in links)
        entries = [(row, column, float(np.log1p(len(self._units) / spread[row]))) for row, column in sorted(links)]
        return matrix(entries, (len(self._concept_row), len(self._units)))

    def _step_matrix(self) -> sparse.csr_matrix:
        """Concepts x concepts, 1 where an allowed relation joins two, either way."""
        pairs: set[tuple[int, int]] = set()
        for relation in self._ontology.relations:
            if relation.type in self._relations and relation.polarity > 0:
                source, target = (self._concept_row.get(end) for end in (relation.source_id, relation.target_id))
                if source is not None and target is not None and source != target:
                    pairs.update(((source, target), (target, source)))
        size = len(self._concept_row)
        return matrix([(source, target, 1.0) for source, target in sorted(pairs)], (size, size))
