"""The relevant neighbourhood of a policy in ConceptNet, imported into its ontology.

Not the planet: the terms that the policy's concepts are, and around them what is heavy enough, of an allowed relation,
readable and relevant, with a cap per concept and in all. What is left out is counted by reason. Every imported concept
and relation names its URI and licence.
"""

import dataclasses
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kg.conceptnet_index import ConceptNetIndex, term_of
from kg.conceptnet_link import Link, best_links, candidates, fits, with_senses
from kg.conceptnet_options import PRIORS, ConceptNetOptions
from kg.conceptnet_reader import Assertion
from kg.conceptnet_relations import algebra
from kg.model import Concept, Ontology, Provenance, Relation, stable_id
from kg.retrieval import Embed
from kg.words import STOP_WORDS, content, singular, tokens

DEFAULTS = ConceptNetOptions()
UNKNOWN = 0.2
"""The relevance, without embeddings, of a term that shares no word with the policy and touches it once."""
BRACKETS = re.compile(r"\[\[(.+?)\]\]")


@dataclass(frozen=True, slots=True)
class Enrichment:
    """The ontology with what was linked and imported. ``cut`` counts assertions left out by reason; ``links`` tells
    for each linked concept which term and why, the ambiguous ones for a person to settle.
    """

    ontology: Ontology
    linked: int
    imported_concepts: int
    imported_relations: int
    cut: dict[str, int]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class _Edge:
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


def enrich(
    ontology: Ontology, index: ConceptNetIndex, options: ConceptNetOptions = DEFAULTS,
    embed: Embed | None = None,
) -> Enrichment:  # fmt: skip
    """Link the concepts of ``ontology`` to ConceptNet and import their relevant neighbourhood.

    What an earlier run imported is taken out first, so a second run changes nothing and changed options leave no rest
    behind. Deterministic for the same index, options and embedding.
    """
    ontology = _without_imports(ontology)
    own = ontology.concepts
    wanted = {term for concept in own for term, _, _ in candidates(concept, options.language)}
    links = best_links(own, index.known(sorted(wanted)), options.language)
    edges = index.neighbours_many([link.term for link in links.values()], options.read)
    links = with_senses(ontology, links, edges, embed)
    cut: Counter[str] = Counter()
    work = _Import(ontology, options, embed, cut, links)
    frontier: Mapping[str, Link] = links
    for hop in range(1, options.hops + 1):
        if hop > 1:
            edges = index.neighbours_many([link.term for link in frontier.values()], options.read)
        frontier = work.widen(frontier, edges, hop)
    concepts = tuple(_linked(concept, links.get(concept.id)) for concept in ontology.concepts)
    relations = tuple(work.relations.values())
    return Enrichment(
        dataclasses.replace(
            ontology, concepts=(*concepts, *work.concepts.values()), relations=(*ontology.relations, *relations)
        ),
        len(links), len(work.concepts), len(relations), dict(sorted(cut.items())), tuple(links.values()),
    )  # fmt: skip


def _without_imports(ontology: Ontology) -> Ontology:
    def imported(record: Concept | Relation) -> bool:
        proofs = record.provenance
        return bool(proofs) and all(one.source == "conceptnet" and one.method.startswith("imported") for one in proofs)

    concepts = tuple(concept for concept in ontology.concepts if not imported(concept))
    kept = {concept.id for concept in concepts}
    relations = tuple(
        relation
        for relation in ontology.relations
        if not imported(relation) and relation.source_id in kept and relation.target_id in kept
    )
    return dataclasses.replace(ontology, concepts=concepts, relations=relations)


def _linked(concept: Concept, link: Link | None) -> Concept:
    if link is None:
        return concept
    proof = Provenance("conceptnet", link.uri, f"linked by {link.reason}, score {link.score:.2f}")
    kept = tuple(one for one in concept.provenance if one.source != "conceptnet")
    return dataclasses.replace(concept, conceptnet=link.uri, provenance=(*kept, proof))


class _Import:
    """One import in the making: what is there already, what came in, what was cut."""

    def __init__(
        self, ontology: Ontology, options: ConceptNetOptions, embed: Embed | None, cut: Counter[str],
        links: Mapping[str, Link],
    ) -> None:  # fmt: skip
        self._options, self._embed, self._cut = options, embed, cut
        self._kinds = {concept.id: concept.kind for concept in ontology.concepts}
        self._weights = {concept.id: concept.weight for concept in ontology.concepts}
        self._labels = {concept.id: concept.label for concept in ontology.concepts}
        self._by_name: dict[str, str] = {}
        for concept in ontology.concepts:
            self._by_name.setdefault(_name(concept.label), concept.id)
        for id_, link in links.items():
            self._by_name.setdefault(_name(_words_of(link.term)), id_)
        texts = (*(rule.text for rule in ontology.rules), *(concept.label for concept in ontology.concepts))
        self._vocabulary = frozenset(word for text in texts for word in content(text))
        heavy = sorted(ontology.concepts, key=lambda concept: (-concept.weight, concept.id))[:400]
        self._policy = embed([concept.label for concept in heavy]) if embed and heavy else None
        self._edges = {(relation.source_id, relation.type, relation.target_id) for relation in ontology.relations}
        self.concepts: dict[str, Concept] = {}
        self.relations: dict[str, Relation] = {}

    def widen(
        self, frontier: Mapping[str, Link], edges: Mapping[str, Sequence[Assertion]], hop: int
    ) -> dict[str, Link]:
        """Import the best edges at ``frontier``; return the concepts that are new, as the next frontier."""
        found = [
            edge
            for id_, link in frontier.items()
            for assertion in edges.get(link.term, ())
            if (edge := self._edge(id_, link, assertion, hop)) is not None
        ]
        cap = self._options.per_concept if hop == 1 else max(1, self._options.per_concept // 4)
        rough = self._best(self._with_relevance(found, None), 3 * cap if self._embed else cap)
        if self._embed is not None:
            rough = self._best(self._with_relevance(self._to_embed(rough), self._embed), cap)
        fresh: dict[str, Link] = {}
        for edge in sorted(rough, key=lambda edge: (-edge.score, edge.assertion.uri, edge.concept_id)):
            id_ = self._by_name.get(_name(edge.label))
            if id_ is None:
                if len(self.concepts) >= self._options.max_concepts:
                    self._cut["over the cap in all"] += 1
                    continue
                id_ = self._add_concept(edge)
                fresh[id_] = Link(id_, edge.other, 1.0, "imported")
            self._add_relation(edge, id_)
        return fresh

    def _to_embed(self, rough: Sequence[_Edge]) -> list[_Edge]:
        """The edges whose labels are worth an embedding: three times as many new ones as may come in at most."""
        labels: dict[str, None] = {}
        kept = []
        for edge in sorted(rough, key=lambda edge: (-edge.score, edge.assertion.uri, edge.concept_id)):
            known = edge.label in labels or _name(edge.label) in self._by_name
            if not known and len(labels) >= 3 * self._options.max_concepts:
                self._cut["over the cap in all"] += 1
                continue
            if not known:
                labels[edge.label] = None
            kept.append(edge)
        return kept

    def _edge(self, id_: str, link: Link, assertion: Assertion, hop: int) -> _Edge | None:
        """The assertion as an edge, or None with the reason counted."""
        outgoing = term_of(assertion.start) == link.term
        own, far = (assertion.start, assertion.end) if outgoing else (assertion.end, assertion.start)
        type_ = algebra(assertion.relation).canonical.replace("/", "_")
        label = _label(assertion, far)
        reason = ""
        if not far.startswith(f"/c/{self._options.language}/"):
            reason = "another language or a web address"
        elif type_ not in self._options.relations:
            reason = "relation not allowed"
        elif assertion.weight < self._options.min_weight:
            reason = "weight too low"
        elif not fits(own, link, self._kinds[id_]):
            reason = "another sense"
        elif type_ == "IsA" and self._kinds[id_] == "action" and "/v" not in own[len(link.term) :]:
            # Bare terms mix the verb with the noun of the same letters (a set IsA collection).
            reason = "kind of a noun spelled like the action"
        elif not self._readable(label):
            reason = "label not readable"
        elif _name(label) == _name(self._labels[id_]):
            reason = "loop"
        if reason:
            self._cut[reason] += 1
            return None
        return _Edge(id_, term_of(far), label, outgoing, type_, assertion, hop, self._weights.get(id_, 0.0))

    def _readable(self, label: str) -> bool:
        words = label.split()
        return (
            0 < len(words) <= self._options.max_words
            and all(re.fullmatch(r"[^\W\d_]+(?:-[^\W\d_]+)*", word) for word in words)
            and len(label) > 2
            and words[0] != "of" != words[-1]
            and all(word == "of" or word not in STOP_WORDS for word in words)
            and not any(singular(word) in self._options.blocked for word in words)
        )

    def _with_relevance(self, found: Sequence[_Edge], embed: Embed | None) -> list[_Edge]:
        """Edges with their relevance: 1 to a concept that is known, else by embedding, or by words and touches."""
        touches: dict[str, set[str]] = defaultdict(set)
        for edge in found:
            touches[edge.other].add(edge.concept_id)
        unknown = sorted({edge.label for edge in found if _name(edge.label) not in self._by_name})
        near = self._cosines(unknown, embed) if embed else {}

        def relevance(edge: _Edge) -> float:
            if _name(edge.label) in self._by_name:
                return 1.0
            if embed:
                return near[edge.label]
            words = content(edge.label)
            shared = sum(word in self._vocabulary for word in words) / max(1, len(words))
            return UNKNOWN + 0.4 * shared + 0.4 * min(1.0, (len(touches[edge.other]) - 1) / 2)

        kept = []
        for edge in found:
            value = relevance(edge)
            if value < self._options.min_relevance:
                self._cut["not relevant"] += 1
            else:
                kept.append(dataclasses.replace(edge, relevance=value))
        return kept

    def _cosines(self, labels: Sequence[str], embed: Embed) -> dict[str, float]:
        """Label -> mean cosine to the three nearest of the policy's 400 heaviest concepts."""
        if self._policy is None or not labels:
            return dict.fromkeys(labels, 0.0)
        scores = np.sort(embed(labels) @ self._policy.T, axis=1)[:, -3:].mean(axis=1)
        return dict(zip(labels, scores.tolist(), strict=True))

    def _best(self, found: Iterable[_Edge], cap: int) -> list[_Edge]:
        """The ``cap`` best edges of each concept; the rest is counted. One edge per type and far end."""
        groups: dict[str, list[_Edge]] = defaultdict(list)
        for edge in sorted(found, key=lambda edge: (-edge.score, edge.assertion.uri)):
            groups[edge.concept_id].append(edge)
        kept: list[_Edge] = []
        for group in groups.values():
            kept.extend(group[:cap])
            self._cut["over the cap per concept"] += max(0, len(group) - cap)
        return kept

    def _add_concept(self, edge: _Edge) -> str:
        id_ = stable_id("concept", "conceptnet", edge.other)
        proof = Provenance("conceptnet", edge.other, f"imported at hop {edge.hop}", licence=edge.assertion.licence)
        kind = _kind(edge, self._kinds[edge.concept_id])
        self.concepts[id_] = Concept(id_, edge.label, kind, conceptnet=edge.other, provenance=(proof,))
        self._by_name[_name(edge.label)] = id_
        self._kinds[id_], self._labels[id_] = kind, edge.label
        return id_

    def _add_relation(self, edge: _Edge, other: str) -> None:
        source, target = (edge.concept_id, other) if edge.outgoing else (other, edge.concept_id)
        if source == target:
            self._cut["loop"] += 1
            return
        if (source, edge.type, target) in self._edges:
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


def _name(label: str) -> str:
    """What two labels of one thing share: lower case, singular words."""
    return " ".join(singular(word) for word in tokens(label))


def _words_of(uri: str) -> str:
    return term_of(uri).rsplit("/", 1)[-1].replace("_", " ")


def _label(assertion: Assertion, uri: str) -> str:
    """How people wrote the term in the surface text where that is near its URI, else the URI's words.

    The older versions store stems ("wrap_paper"); their surface text still says "wrapping paper".
    """
    words = _words_of(uri)
    for found in BRACKETS.findall(assertion.surface_text):
        spoken = [word for word in tokens(found) if word not in {"a", "an", "the", "your", "some", "my", "our", "his"}]
        stems = words.split()
        if len(spoken) == len(stems) and all(
            word[: max(3, min(4, len(stem)))] == stem[: max(3, min(4, len(stem)))]
            for word, stem in zip(spoken, stems, strict=True)
        ):
            return " ".join([*spoken[:-1], singular(spoken[-1])])
    return words


def _kind(edge: _Edge, near: str) -> str:
    """The kind of an imported concept, by the relation that brought it."""
    if edge.type in {"IsA", "Synonym", "SimilarTo", "InstanceOf", "MannerOf", "Antonym", "DistinctFrom"}:
        return near
    if edge.outgoing:
        by_type = {
            "AtLocation": "place", "HasProperty": "quality", "NotHasProperty": "quality", "UsedFor": "action",
            "CapableOf": "action", "NotCapableOf": "action", "ReceivesAction": "action", "HasSubevent": "action",
            "HasPrerequisite": "action", "MotivatedByGoal": "action", "Causes": "event", "CausesDesire": "action",
        }  # fmt: skip
        return by_type.get(edge.type, "thing")
    return "party" if edge.type in {"CapableOf", "Desires"} else "thing"
