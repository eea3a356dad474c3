"""Relations: what the policy says of its concepts, typed and sourced.

Three sources: the rules (who must, may, must not do what to what, and with whose approval), the words themselves (a
head noun is the broader term; Hearst, 1992, patterns name kinds) and definitions.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from extraction.concepts import action_label, concept_id
from extraction.concepts_fields import Fields, Terms
from extraction.concepts_terms import Mention, mentions
from extraction.concepts_words import PARTITIVES
from extraction.lexicon import COMPLETE_VERBS, DEPARTMENTS, PARTY_NOUNS
from extraction.nlp import Analyser
from extraction.relations_words import head_nouns, patterns
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
_ADDRESSEES = (
    "employee", "staff", "personnel", "worker", "user", "member", "colleague", "associate", "contractor", "customer",
    "student", "participant", "resident", "subscriber", "supplier", "developer", "licensee",
)  # fmt: skip
_ORGANISATIONS = ("company", "organisation", "organization", "firm", "employer")
_YOU = frozenset({"you", "your"})


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


def extract_relations(ontology: Ontology, analyser: Analyser, fields: Fields | None = None) -> tuple[Relation, ...]:
    """All relations between the concepts of ``ontology``; types are those of :data:`RELATION_TYPES`.

    Every relation has at least one source; those read from rules name them in ``rule_ids``. Polarity is -1 for
    forbidden, discouraged and waived acts and for excluded kinds. Weight is 1 where a sentence says so itself, less
    where the actor is understood (0.5 to 0.8) or the link is looser (a part, a condition, a shared head noun).
    ``fields`` are the terms of the rules where they were read already.
    """
    edges = _Edges(set(ontology.concept_by_id))
    fields = fields or Fields(ontology, analyser)
    kinds = {concept.id: concept.kind for concept in ontology.concepts}
    parties = {document.id: _Parties.of(ontology, document.id) for document in ontology.documents}
    for rule in ontology.rules:
        if rule.modality is Modality.DEFINITION:
            _definition(edges, rule, fields[rule.id])
        else:
            _deontic(edges, rule, fields[rule.id], parties[rule.document_id], kinds)
    for narrower, broader, origin in head_nouns(ontology):
        edges.add(narrower, "IsA", broader, origin, weight=0.7)
    units = [unit for clause in ontology.clauses for unit in units_of(clause)]
    for unit, doc in zip(units, analyser.analyse([unit.text for unit in units]), strict=True):
        for source, kind, target, surface in patterns(unit.text, mentions(doc)):
            if kind == "IsA" and "includ" in surface and not _alike(kinds.get(source, ""), kinds.get(target, "")):
                continue
            origin = Provenance("clause", unit.clause.id, "text pattern", _place(ontology, unit, surface))
            edges.add(source, kind, target, origin, weight=0.8)
    return tuple(_relation(edges.by_key[key]) for key in sorted(edges.by_key))


def _alike(one: str, other: str) -> bool:
    """Whether a thing of the one kind can be a sort of the other: what stands behind "including" often is only a part."""
    return (
        one == other or {one, other} <= {"party", "body"} or ("thing" in {one, other} and "party" not in {one, other})
    )


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
    """Who "you" and "we" are in one document, and whom a rule binds that names nobody; empty where nobody is meant.

    A code speaks to its employees, terms to a user: one party is bound by a good part of the rules. A law binds many,
    and a rule of it that names nobody binds nobody in particular; nor does one of a contract, where what "may be changed"
    may be changed by either side (``understood`` is empty).
    """

    addressee: str
    understood: str
    organisation: str

    @classmethod
    def of(cls, ontology: Ontology, document_id: str) -> "_Parties":
        rules = [rule for rule in ontology.rules if rule.document_id == document_id]
        actors = Counter(
            link.concept_id
            for rule in rules
            for link in ontology.concepts_of_rule.get(rule.id, ())
            if link.role == "actor"
        )
        known = ontology.concept_by_id

        def most(labels: tuple[str, ...], least: float) -> str:
            named = [key for key in actors if _general(known[key].label) in labels]
            best = min(named, key=lambda key: (-actors[key], known[key].label), default="")
            return best if best and actors[best] >= least * actors.total() else ""

        addresses = sum(rule.actor.lower() in _YOU for rule in rules) > 0.1 * len(rules)
        addressee = most(_ADDRESSEES, 0.0 if addresses else 0.2)
        named = [key for key in actors if actors[key] > 2 and _is_name(known[key].label)]
        name = min(named, key=lambda key: (-actors[key], known[key].label), default="")
        return cls(addressee, "" if addresses else addressee, name or most(_ORGANISATIONS, 0.0))


def _is_name(label: str) -> bool:
    """Whether a label is the name of somebody ("Meridian"), not a role in capitals ("Customer") and no department."""
    word = label.lower()
    return label != word and " " not in label and word not in PARTY_NOUNS | DEPARTMENTS | set(_ADDRESSEES)


def _general(label: str) -> str:
    """The noun of a label that names all of them: "user", "GitHub employee"; empty for one sort ("Qualified User")."""
    first, _, last = label.rpartition(" ")
    return last.lower() if not first or (last.islower() and first[0].isupper()) else ""


def _deontic(edges: _Edges, rule: Rule, terms: Terms, parties: _Parties, kinds: Mapping[str, str]) -> None:
    origin = Provenance("clause", rule.clause_id, "rule", rule.span)
    label = action_label(rule, terms.heads)
    act = concept_id(label, "act")
    kind = _DEONTIC[rule.modality, rule.action.startswith("not ")]
    polarity = -1 if kind in _NEGATIVE else 1
    for mention, weight in _things(terms, kinds):
        edges.add(act, "ActsOn", concept_id(mention.label), origin, rule.id, weight=weight)
    if " " not in label and label not in COMPLETE_VERBS and not terms.heads:
        return  # "must not work while they are impaired": of the bare verb it would be untrue
    actors = tuple(_actors(rule, terms, parties, kinds))
    for actor, weight in actors:
        if kinds.get(actor) in _ACTING:
            edges.add(actor, kind, act, origin, rule.id, polarity=polarity, weight=weight)
    own = {actor for actor, _ in actors}
    for mention in terms.fields.get("authority", ())[:1]:
        edges.add(act, "HasAuthority", concept_id(mention.label), origin, rule.id)
    for mention in terms.turns_on[:3]:
        if concept_id(mention.label) not in own:
            edges.add(act, "HasCondition", concept_id(mention.label), origin, rule.id, weight=0.6)
    for mention in terms.recipients:
        edges.add(act, "DirectedTo", concept_id(mention.label), origin, rule.id, weight=0.9)


_ACTING = frozenset({"party", "body", "thing", "asset"})
"""Kinds of what can have a duty: who acts, a name, a machine that is to do something; not a meal, a price or a contract."""
_TRANSPARENT = PARTITIVES | {"copy", "version", "record", "text", "use", "content"}


def _things(terms: Terms, kinds: Mapping[str, str]) -> Iterator[tuple[Mention, float]]:
    """What the act is done to: the noun that names the act, and what stands behind "of" where that is what is meant.

    "bypass guard" is not done to the interlock that "or" adds; disclosing "a copy of the contract" is done to the contract.
    """
    for mention in terms.heads[:1]:
        yield mention, 1.0
    looks_through = not terms.heads or (
        terms.heads[0].head in _TRANSPARENT or kinds.get(concept_id(terms.heads[0].label)) in {"action", "quality"}
    )
    for mention in terms.parts if looks_through else ():
        yield mention, 0.6


def _actors(rule: Rule, terms: Terms, parties: _Parties, kinds: Mapping[str, str]) -> Iterator[tuple[str, float]]:
    """Bound parties; "you" and an unnamed actor are the document's addressee, "we" its organisation.

    Who hires, pays or punishes a person where nobody is named is the organisation, not the one addressed.
    """
    if terms.actors:
        for mention in terms.actors[:2]:
            yield concept_id(mention.label), 1.0
    elif rule.actor.lower() in {"we", "us"}:
        yield parties.organisation, 0.8
    elif rule.actor.lower() in _YOU:
        yield parties.addressee, 0.8
    elif not rule.actor and rule.action.removeprefix("not ") in _NEEDED:
        return  # "no licence is required" is nobody's act
    elif not rule.actor and _is_active(rule):
        yield parties.addressee, 0.5
    elif not rule.actor and _PROMISE.search(rule.text) and parties.organisation:
        yield parties.organisation, 0.5
    elif not rule.actor:
        of_person = bool(terms.heads) and kinds.get(concept_id(terms.heads[0].label)) == "party"
        yield parties.organisation if of_person else parties.understood, 0.5


_NEEDED = frozenset({"require", "need"})


def _is_active(rule: Rule) -> bool:
    """A command or an infinitive ("return it", "it is forbidden to return it"): the verb stands as it is, no participle."""
    verb = rule.action.removeprefix("not ").split(" ", 1)[0]
    before = rule.text[: rule.text.find(rule.object)] if rule.object else rule.text
    return bool(re.search(rf"\b{re.escape(verb)}\b", before, re.IGNORECASE))


_PROMISE = re.compile(r"\bwill (?:\w+ )?(?:not )?(?:\w+ly )?be \w+", re.IGNORECASE)
"""A promise in the passive: its author, not the one addressed, will do it."""


def _definition(edges: _Edges, rule: Rule, terms: Terms) -> None:
    own = terms.actors
    term = concept_id(own[0].label if own else rule.actor.strip("“”\"'‘’ "))
    origin = Provenance("clause", rule.clause_id, "definition", rule.span)
    polarity = -1 if rule.action.startswith("not ") or rule.action == "exclude" else 1
    if rule.action.removeprefix("not ") in {"include", "exclude", "cover"}:
        for mention in terms.heads:
            edges.add(concept_id(mention.label), "IsA", term, origin, rule.id, polarity=polarity)
    elif len(terms.heads) == 1:
        first = min(terms.fields["object"], key=lambda mention: mention.begin)
        if first.label != terms.heads[0].label:
            return  # "refers to GitHub's website, and all content": the kind stands first
        edges.add(term, "IsA", concept_id(terms.heads[0].label), origin, rule.id, polarity=polarity)
    else:  # "a meal, entertainment, travel or lodging": the term is what they have in common
        for mention in terms.heads:
            edges.add(concept_id(mention.label), "IsA", term, origin, rule.id, polarity=polarity, weight=0.8)
