"""Relations: what the policy says of its concepts, typed and sourced.

Three sources: the rules (who must, may, must not do what to what, and with whose approval), the words themselves (a
head noun is the broader term; Hearst, 1992, patterns name kinds) and definitions.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from extraction.concepts import action_label, concept_id, field_terms, object_head
from extraction.concepts_terms import Mention, mentions
from extraction.nlp import Analyser
from extraction.rules_units import Unit, place, units_of
from kg.model import Modality, Ontology, Provenance, Relation, Rule, Span, stable_id

__all__ = ["RELATION_TYPES", "extract_relations"]

RELATION_TYPES: dict[str, str] = {
    "Must": "the party has to do the act",
    "MustNot": "the party is forbidden the act",
    "May": "the party is allowed the act",
    "NeedNot": "the party is exempt from the act",
    "Should": "the party is advised to do the act",
    "ShouldNot": "the party is advised against the act",
    "ActsOn": "the act is done to the thing",
    "HasAuthority": "the act needs the party's approval or consent",
    "DirectedTo": "the act is directed to the party",
    "HasCondition": "whether the rule about the act holds turns on the thing",
    "IsA": "the first is a kind of the second",
    "PartOf": "the first is a part or member of the second",
}

_DEONTIC: dict[tuple[Modality, bool], str] = {
    (Modality.OBLIGATION, False): "Must",
    (Modality.OBLIGATION, True): "MustNot",
    (Modality.PROHIBITION, False): "MustNot",
    (Modality.PERMISSION, False): "May",
    (Modality.PERMISSION, True): "NeedNot",
    (Modality.RECOMMENDATION, False): "Should",
    (Modality.RECOMMENDATION, True): "ShouldNot",
}
_NEGATIVE = frozenset({"MustNot", "ShouldNot", "NeedNot"})
_ADDRESSEES = ("employee", "staff", "personnel", "worker", "user", "member", "colleague", "associate", "contractor")
_ORGANISATIONS = ("company", "organisation", "organization", "group", "firm", "business")
_DIRECTION = re.compile(r"\b(?:to|with) (?:the |your |our |an? |its |their )?$", re.IGNORECASE)


@dataclass
class _Edge:
    source: str
    type: str
    target: str
    polarity: int = 1
    weight: float = 1.0
    provenance: dict[Provenance, None] = field(default_factory=dict)
    rules: dict[str, None] = field(default_factory=dict)


class _Edges:
    """Edges by their ends, type and polarity; a repeated statement adds its source to the first."""

    def __init__(self, known: set[str]) -> None:
        self.known = known
        self.by_key: dict[tuple[str, str, str, int], _Edge] = {}

    def add(
        self,
        source: str,
        kind: str,
        target: str,
        origin: Provenance,
        rule: str = "",
        *,
        polarity: int = 1,
        weight: float = 1.0,
    ) -> None:
        if source == target or source not in self.known or target not in self.known:
            return
        edge = self.by_key.setdefault((source, kind, target, polarity), _Edge(source, kind, target, polarity, weight))
        edge.provenance[origin] = None
        edge.weight = max(edge.weight, weight)
        if rule:
            edge.rules[rule] = None


def extract_relations(ontology: Ontology, analyser: Analyser) -> tuple[Relation, ...]:
    """All relations between the concepts of ``ontology``; types are those of :data:`RELATION_TYPES`.

    Every relation has at least one source; those read from rules name them in ``rule_ids``. Polarity is -1 for
    forbidden, discouraged and waived acts and for excluded kinds.
    """
    edges = _Edges(set(ontology.concept_by_id))
    parties = _Parties.of(ontology)
    for rule in ontology.rules:
        if rule.modality is Modality.DEFINITION:
            _definition(edges, rule, analyser)
        else:
            _deontic(edges, rule, analyser, parties)
    _head_nouns(edges, ontology)
    units = [unit for clause in ontology.clauses for unit in units_of(clause)]
    for unit, doc in zip(units, analyser.analyse([unit.text for unit in units]), strict=True):
        found = list(mentions(doc))
        for source, kind, target, surface in _patterns(doc.text, found):
            origin = Provenance("clause", unit.clause.id, "text pattern", _place(ontology, unit, surface))
            edges.add(source, kind, target, origin, weight=0.8)
    return tuple(_relation(edges.by_key[key]) for key in sorted(edges.by_key))


def _place(ontology: Ontology, unit: Unit, surface: str) -> Span:
    return place(unit, ontology.document_by_id[unit.clause.document_id], surface)


def _relation(edge: _Edge) -> Relation:
    key = stable_id("relation", edge.source, edge.type, edge.target, str(edge.polarity))
    return Relation(
        key, edge.source, edge.type, edge.target, edge.weight, edge.polarity, tuple(edge.provenance), tuple(edge.rules)
    )


# --- rules -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Parties:
    """Who "you" and "we" are in this policy: the concept most often bound, and the organisation."""

    addressee: str
    organisation: str

    @classmethod
    def of(cls, ontology: Ontology) -> "_Parties":
        actors = Counter(link.concept_id for link in ontology.rule_concepts if link.role == "actor")
        by_label = {concept.label.lower(): concept for concept in ontology.concepts}

        def first(labels: tuple[str, ...]) -> str:
            known = [by_label[label] for label in labels if label in by_label]
            known.sort(key=lambda concept: (-actors[concept.id], -concept.weight))
            return known[0].id if known else ""

        common = [key for key, _ in actors.most_common() if ontology.concept_by_id[key].kind == "party"]
        addressee = first(_ADDRESSEES) or (common[0] if common else "")
        return cls(addressee, first(_ORGANISATIONS) or addressee)


def _deontic(edges: _Edges, rule: Rule, analyser: Analyser, parties: _Parties) -> None:
    terms = field_terms(rule, analyser)
    origin = Provenance("clause", rule.clause_id, "rule", rule.span)
    act = concept_id(action_label(rule, object_head(rule, analyser)), "act")
    kind = _DEONTIC[rule.modality, rule.action.startswith("not ")]
    polarity = -1 if kind in _NEGATIVE else 1
    for actor, weight in _actors(rule, terms, parties):
        edges.add(actor, kind, act, origin, rule.id, polarity=polarity, weight=weight)
    for position, mention in enumerate(terms.get("object", ())):
        edges.add(act, "ActsOn", concept_id(mention.label), origin, rule.id, weight=1.0 if position == 0 else 0.6)
    for mention in terms.get("authority", ())[:1]:
        edges.add(act, "HasAuthority", concept_id(mention.label), origin, rule.id)
    for mention in (*terms.get("condition", ()), *terms.get("exception", ()))[:3]:
        edges.add(act, "HasCondition", concept_id(mention.label), origin, rule.id, weight=0.6)
    for target in _recipients(rule.text, analyser):
        edges.add(act, "DirectedTo", target, origin, rule.id, weight=0.7)


def _actors(rule: Rule, terms: dict[str, tuple[Mention, ...]], parties: _Parties) -> Iterator[tuple[str, float]]:
    """Bound parties; "you" and an unnamed actor are the policy's addressee, "we" its organisation."""
    named = terms.get("actor", ())
    if named:
        for mention in named[:2]:
            yield concept_id(mention.label), 1.0
    elif rule.actor.lower() in {"we", "us"}:
        yield parties.organisation, 0.8
    else:
        yield parties.addressee, 0.8 if rule.actor else 0.5


def _recipients(text: str, analyser: Analyser) -> Iterator[str]:
    for mention in mentions(analyser.doc(text)):
        begin = analyser.doc(text)[mention.start].idx
        if _DIRECTION.search(text[:begin]) and re.search(
            r"\b(?:report|notify|disclose|speak|tell|send|submit|refer|escalate|contact|give|offer|return|inform|talk|provide|share|pay)\w*\b",
            text[:begin],
            re.IGNORECASE,
        ):
            yield concept_id(mention.label)


def _definition(edges: _Edges, rule: Rule, analyser: Analyser) -> None:
    terms = field_terms(rule, analyser)
    own = terms.get("actor", ())
    term = concept_id(own[0].label if own else rule.actor.strip("“”\"'‘’ "))
    origin = Provenance("clause", rule.clause_id, "definition", rule.span)
    negated = rule.action.startswith("not ") or rule.action == "exclude"
    heads = terms.get("object", ())
    if rule.action.removeprefix("not ") in {"include", "exclude", "cover"}:
        for mention in heads:
            edges.add(concept_id(mention.label), "IsA", term, origin, rule.id, polarity=-1 if negated else 1)
    elif heads:
        edges.add(term, "IsA", concept_id(heads[0].label), origin, rule.id, polarity=-1 if negated else 1)


# --- words -----------------------------------------------------------------------------------------------------


def _head_nouns(edges: _Edges, ontology: Ontology) -> None:
    """As in "customer gift" is a kind of "gift": the longest known ending is the broader term."""
    nouns = {c.label.lower(): c for c in ontology.concepts if c.id == concept_id(c.label)}
    for label, concept in nouns.items():
        words = label.split()
        for start in range(1, len(words)):
            broader = nouns.get(" ".join(words[start:]))
            if broader is not None:
                origin = concept.provenance[0] if concept.provenance else broader.provenance[0]
                origin = Provenance(origin.source, origin.ref, "head noun", origin.span)
                edges.add(concept.id, "IsA", broader.id, origin, weight=0.7)
                break


_GAP = {
    "such as": re.compile(r"^,?\s*(?:such as|including|for example|e\.g\.|like)\s+(?:an? |the |any )?$", re.IGNORECASE),
    "list": re.compile(r"^,?\s*(?:,|and|or|, and|, or)\s+(?:an? |the |any )?$", re.IGNORECASE),
    "other": re.compile(r"^,?\s*(?:and|or)\s+(?:any |all )?other\s+$", re.IGNORECASE),
    "part": re.compile(r"^\s+(?:is|are) (?:a )?part of (?:the |our |an? )?$", re.IGNORECASE),
    "member": re.compile(r"^\s+(?:is|are) (?:a )?members? of (?:the |our |an? )?$", re.IGNORECASE),
}


def _patterns(text: str, found: list[Mention]) -> Iterator[tuple[str, str, str, str]]:
    """Pairs of neighbouring terms whose words between say how they relate."""
    position = 0
    places: list[tuple[int, int, Mention]] = []
    for mention in found:
        start = text.find(mention.surface, position)
        if start >= 0:
            position = start + len(mention.surface)
            places.append((start, position, mention))
    for index in range(len(places) - 1):
        _, end, left = places[index]
        begin, stop, right = places[index + 1]
        gap = text[end:begin]
        surface = text[places[index][0] : stop]
        if _GAP["such as"].match(gap):
            yield concept_id(right.label), "IsA", concept_id(left.label), surface
            for more in range(index + 2, len(places)):
                if not _GAP["list"].match(text[places[more - 1][1] : places[more][0]]):
                    break
                yield (
                    concept_id(places[more][2].label),
                    "IsA",
                    concept_id(left.label),
                    text[places[index][0] : places[more][1]],
                )
        elif _GAP["other"].match(gap):
            yield concept_id(left.label), "IsA", concept_id(right.label), surface
        elif _GAP["part"].match(gap) or _GAP["member"].match(gap):
            yield concept_id(left.label), "PartOf", concept_id(right.label), surface
