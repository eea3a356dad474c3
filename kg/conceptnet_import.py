"""What of ConceptNet around the linked concepts comes in: filters, relevance, caps; what stays out is counted."""

import dataclasses
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.conceptnet_kinds import NounKind, is_act, no_nouns, settled_kind
from kg.conceptnet_labels import label_of, name_key, readable, words_of
from kg.conceptnet_link import Link, fits
from kg.conceptnet_options import PRIORS, ConceptNetOptions
from kg.conceptnet_reader import Assertion, term_of
from kg.conceptnet_relations import algebra
from kg.conceptnet_relevance import Relevance, joined
from kg.model import Concept, Ontology, Provenance, Relation, stable_id
from kg.retrieval import Embed


@dataclass(frozen=True, slots=True)
class Edge:
    """An assertion seen from the concept it was found at: ``other`` is the term at its far end."""

    concept_id: str
    other: str
    label: str
    outgoing: bool
    type: str
    assertion: Assertion
    hop: int
    weight: float
    relevance: float = 0.0

    @property
    def score(self) -> float:
        """Useful relation, heavy assertion, relevant term, a concept that matters to the policy; near before far."""
        near = (0.25 + self.relevance) * (0.25 + self.weight) / self.hop
        return PRIORS.get(self.type, 0.3) * math.log1p(self.assertion.weight) * near


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What an import may ask: ``about`` gives the assertions about each term, ``nouns`` the kind of a noun.

    ``least`` is the relevance that a term needs.
    """

    about: Callable[[Sequence[str]], Mapping[str, Sequence[Assertion]]]
    least: float
    nouns: NounKind = no_nouns


class Import:
    """One import in the making: what is there already, what came in, what was cut."""

    def __init__(
        self, ontology: Ontology, options: ConceptNetOptions, embed: Embed | None, cut: Counter[str],
        links: Mapping[str, Link], knowledge: Knowledge,
    ) -> None:  # fmt: skip
        self._knowledge = knowledge
        self._options, self._embed, self._cut = options, embed, cut
        self._kinds = {concept.id: concept.kind for concept in ontology.concepts}
        self._weights = {concept.id: concept.weight for concept in ontology.concepts}
        self._labels = {concept.id: concept.label for concept in ontology.concepts}
        self._by_name: dict[str, str] = {}
        for concept in ontology.concepts:
            self._by_name.setdefault(name_key(concept.label), concept.id)
        for id_, link in links.items():
            self._by_name.setdefault(name_key(words_of(link.term)), id_)
        self._relevance = {exact: Relevance(ontology, embed if exact else None) for exact in {False, embed is not None}}
        self._edges = {(relation.source_id, relation.type, relation.target_id) for relation in ontology.relations}
        self.concepts: dict[str, Concept] = {}
        self.relations: dict[str, Relation] = {}

    def widen(
        self, frontier: Mapping[str, Link], edges: Mapping[str, Sequence[Assertion]], hop: int
    ) -> dict[str, Link]:
        """Import the best edges at ``frontier``; return the concepts that are new, as the next frontier."""
        seen = (
            self._edge(id_, link, assertion, hop)
            for id_, link in frontier.items()
            for assertion in edges.get(link.term, ())
        )
        found = self._uncontradicted([edge for edge in seen if edge is not None])
        cap = self._options.per_concept if hop == 1 else max(1, self._options.per_concept // 4)
        rough = self._best(self._with_relevance(found, exact=False), 3 * cap if self._embed else cap)
        if self._embed is not None:
            rough = self._with_relevance(self._to_embed(rough), exact=True)
        said = self._knowledge.about(
            sorted({edge.other for edge in rough if name_key(edge.label) not in self._by_name})
        )
        rough = self._best(self._no_verbs_alone(rough, said), cap)
        brought: dict[str, list[Edge]] = defaultdict(list)
        for edge in rough:
            brought[name_key(edge.label)].append(edge)
        fresh: dict[str, Link] = {}
        for edge in sorted(rough, key=_rank):
            id_ = self._by_name.get(name_key(edge.label))
            if id_ is None:
                if len(self.concepts) >= self._options.max_concepts:
                    self._cut["over the cap in all"] += 1
                    continue
                id_ = self._add_concept(edge, self._kind(edge, brought[name_key(edge.label)], said))
                fresh[id_] = Link(id_, edge.other, 1.0, "imported")
            self._add_relation(edge, id_)
        return fresh

    def _edge(self, id_: str, link: Link, assertion: Assertion, hop: int) -> Edge | None:
        """The assertion as an edge, or None with the reason counted."""
        outgoing = term_of(assertion.start) == link.term
        own, far = (assertion.start, assertion.end) if outgoing else (assertion.end, assertion.start)
        type_ = algebra(assertion.relation).canonical.replace("/", "_")
        edge = Edge(
            id_, term_of(far), label_of(assertion, far), outgoing, type_, assertion, hop, self._weights.get(id_, 0.0)
        )
        reason = self._reason_against(edge, link, own, far)
        if reason:
            self._cut[reason] += 1
            return None
        return edge

    def _reason_against(self, edge: Edge, link: Link, own: str, far: str) -> str:
        """Why an edge from the term ``own`` to ``far`` stays out, or an empty text."""
        options, kind = self._options, self._kinds[edge.concept_id]
        if not far.startswith(f"/c/{options.language}/"):
            return "another language or a web address"
        if edge.type not in options.relations:
            return "relation not allowed"
        if edge.assertion.weight < options.min_weight:
            return "weight too low"
        if not fits(own, link, kind):
            return "another sense"
        if edge.type == "IsA" and kind == "action" and "/v" not in own[len(link.term) :]:
            # Bare terms mix the verb with the noun of the same letters (a set IsA collection).
            return "kind of a noun spelled like the action"
        if not readable(edge.label, options.max_words, options.blocked):
            return "label not readable"
        if name_key(edge.label) == name_key(self._labels[edge.concept_id]):
            return "loop"
        return ""

    def _uncontradicted(self, found: Sequence[Edge]) -> list[Edge]:
        """Of an assertion and its denial (Desires, NotDesires) the heavier; of two as heavy neither."""
        weights: dict[tuple[str, str, bool, str], float] = {}
        for edge in found:
            key = (edge.concept_id, edge.other, edge.outgoing, edge.type)
            weights[key] = max(weights.get(key, 0.0), edge.assertion.weight)
        kept = []
        for edge in found:
            denial = algebra(edge.type).negative or edge.type.removeprefix("Not")
            against = weights.get((edge.concept_id, edge.other, edge.outgoing, denial), 0.0)
            if denial != edge.type and against >= edge.assertion.weight:
                self._cut["denied by an assertion as heavy"] += 1
            else:
                kept.append(edge)
        return kept

    def _to_embed(self, rough: Sequence[Edge]) -> list[Edge]:
        """The edges whose labels are worth an embedding: three times as many new ones as may come in at most."""
        labels: dict[str, None] = {}
        kept = []
        for edge in sorted(rough, key=_rank):
            known = edge.label in labels or name_key(edge.label) in self._by_name
            if not known and len(labels) >= 3 * self._options.max_concepts:
                self._cut["over the cap in all"] += 1
                continue
            if not known:
                labels[edge.label] = None
            kept.append(edge)
        return kept

    def _with_relevance(self, found: Sequence[Edge], *, exact: bool) -> list[Edge]:
        """Edges with their relevance: 1 to a concept that is known, else by embedding (``exact``) or by words."""
        places = joined(
            (edge.label, edge.concept_id, self._labels[edge.concept_id])
            for edge in found
            if name_key(edge.label) not in self._by_name
        )
        near = dict(zip((place.label for place in places), self._relevance[exact].of(places), strict=True))
        valued = [dataclasses.replace(edge, relevance=near.get(edge.label, 1.0)) for edge in found]
        # What words alone say decides nothing where the embedding has the last word.
        if not exact and self._embed is not None:
            return valued
        kept = [edge for edge in valued if edge.relevance >= self._knowledge.least]
        self._cut["not relevant"] += len(valued) - len(kept)
        return kept

    def _best(self, found: Iterable[Edge], cap: int) -> list[Edge]:
        """The ``cap`` best edges of each concept; the rest is counted."""
        groups: dict[str, list[Edge]] = defaultdict(list)
        for edge in sorted(found, key=_rank):
            groups[edge.concept_id].append(edge)
        self._cut["over the cap per concept"] += sum(max(0, len(group) - cap) for group in groups.values())
        return [edge for group in groups.values() for edge in group[:cap]]

    def _no_verbs_alone(self, rough: Sequence[Edge], said: Mapping[str, Sequence[Assertion]]) -> list[Edge]:
        """Without new terms of one word that are verbs ("get", "talk"): they say nothing without what is done to what."""
        kept = []
        for edge in rough:
            if " " not in edge.label and edge.other in said and is_act(edge.other, said[edge.other]):
                self._cut["a verb alone"] += 1
            else:
                kept.append(edge)
        return kept

    def _kind(self, edge: Edge, brought: Sequence[Edge], said: Mapping[str, Sequence[Assertion]]) -> str:
        """The kind of the new concept that ``edge`` and the others ``brought``."""
        joins = [(one.type, one.outgoing, self._kinds[one.concept_id], one.assertion.weight) for one in brought]
        return settled_kind(edge.other, edge.label, joins, said.get(edge.other, ()), self._knowledge.nouns)

    def _add_concept(self, edge: Edge, kind: str) -> str:
        id_ = stable_id("concept", "conceptnet", edge.other)
        proof = Provenance("conceptnet", edge.other, f"imported at hop {edge.hop}", licence=edge.assertion.licence)
        self.concepts[id_] = Concept(id_, edge.label, kind, conceptnet=edge.other, provenance=(proof,))
        self._by_name[name_key(edge.label)] = id_
        self._kinds[id_], self._labels[id_] = kind, edge.label
        return id_

    def _add_relation(self, edge: Edge, other: str) -> None:
        source, target = (edge.concept_id, other) if edge.outgoing else (other, edge.concept_id)
        if source == target:
            self._cut["loop"] += 1
            return
        # A symmetric relation says the same from its other end.
        ends = [(source, target), (target, source)] if algebra(edge.type).symmetric else [(source, target)]
        if any((one, edge.type, two) in self._edges for one, two in ends):
            self._cut["known already"] += 1
            return
        self._edges.add((source, edge.type, target))
        id_ = stable_id("relation", source, edge.type, target)
        method = f"imported at hop {edge.hop}, relevance {edge.relevance:.2f}"
        if edge.assertion.dataset:
            method += f", dataset {edge.assertion.dataset}"
        proof = Provenance("conceptnet", edge.assertion.uri, method, licence=edge.assertion.licence)
        polarity = algebra(edge.assertion.relation).polarity
        self.relations[id_] = Relation(id_, source, edge.type, target, edge.assertion.weight, polarity, (proof,))


def _rank(edge: Edge) -> tuple[float, str, str]:
    """Best first; in an order that depends on the assertions alone."""
    return -edge.score, edge.assertion.uri, edge.concept_id
