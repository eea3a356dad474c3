"""Concepts: the terms that a policy speaks in, ranked by termhood and linked to the rules that use them.

Termhood is the C-value of Frantzi, Ananiadou and Mima (2000) with ``log2(words + 1)``, so that single words count,
scaled to [0, 1] by its logarithm. What a rule binds, allows or protects is a concept however rare it is.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extraction.concepts_kinds import kind_of
from extraction.concepts_terms import Mention, mention_of, mentions
from extraction.lexicon import word_set
from extraction.nlp import Analyser
from extraction.rules_units import Unit, place, units_of
from kg.model import Concept, Modality, Ontology, Provenance, Rule, RuleConcept, stable_id

__all__ = ["concept_id", "extract_concepts", "field_terms"]

MAX_SOURCES = 5
ROLES = ("actor", "object", "condition", "exception", "authority")
_ACRONYM = re.compile(
    r"\b((?:[A-Z][\w’'-]+(?: (?:and|of|for|the|&))? ){1,5}[A-Z][\w’'-]+) \([“\"']?([A-Z][A-Za-z&]{1,7})[”\"']?\)"
)


def concept_id(label: str, kind: str = "") -> str:
    """The id of a concept: its label in small letters; an action never shares an id with a noun."""
    return stable_id("concept", "act" if kind == "act" else "", label.lower())


@dataclass
class _Term:
    """What is known of one label while the document is read."""

    label: str
    head: str
    proper: bool
    count: int = 0
    surfaces: Counter[str] = field(default_factory=Counter)
    places: list[tuple[Unit, str]] = field(default_factory=list)


def extract_concepts(ontology: Ontology, analyser: Analyser) -> tuple[tuple[Concept, ...], tuple[RuleConcept, ...]]:
    """The concepts of ``ontology`` and their links to its rules; every rule has at least its action.

    Concepts are in order of falling weight. Actions are labelled by verb and object head ("accept gift").
    """
    units = [unit for clause in ontology.clauses for unit in units_of(clause)]
    terms = _collect(units, analyser)
    roles = {rule.id: field_terms(rule, analyser) for rule in ontology.rules}
    essential = _essential(ontology.rules, roles)
    for mention in essential.values():
        terms.setdefault(mention.label.lower(), _Term(mention.label, mention.head, mention.proper))
    scores = _termhood(terms)
    named = {key for key, term in terms.items() if term.proper and " " in key}
    often = {key for key, term in terms.items() if term.count >= (2 if " " in key else 3) and scores[key] > 0}
    kept = (set(essential) | named | often) & terms.keys()
    concepts = _nouns(ontology, terms, scores, kept)
    heads = {rule.id: object_head(rule, analyser) for rule in ontology.rules}
    actions, links = _link(ontology, roles, kept, heads)
    ordered = sorted([*concepts, *actions], key=lambda concept: (-concept.weight, concept.label, concept.id))
    return tuple(ordered), tuple(links)


def _collect(units: Sequence[Unit], analyser: Analyser) -> dict[str, _Term]:
    terms: dict[str, _Term] = {}
    docs = analyser.analyse([unit.text for unit in units])
    for unit, doc in zip(units, docs, strict=True):
        for mention in mentions(doc):
            key = mention.label.lower()
            term = terms.setdefault(key, _Term(mention.label, mention.head, mention.proper))
            term.count += 1
            term.proper = term.proper or mention.proper
            term.surfaces[mention.surface] += 1
            if len(term.places) < MAX_SOURCES:
                term.places.append((unit, mention.surface))
    return terms


def field_terms(rule: Rule, analyser: Analyser) -> dict[str, tuple[Mention, ...]]:
    """The terms in each field of a rule, in the order of the text; the first of ``object`` is its head's term."""
    docs = analyser.analyse([_field_text(getattr(rule, role)) for role in ROLES])
    found: dict[str, tuple[Mention, ...]] = {}
    for role, doc in zip(ROLES, docs, strict=True):
        names = tuple(mention for mention in mentions(doc) if mention.label)
        if names:
            found[role] = tuple({name.label.lower(): name for name in reversed(names)}.values())[::-1]
    return found


_BARE = re.compile(
    r"(?:the|an?|this|that|these|those|his|her|their|your|our|its|my|what|who|how|whether|which|where|when|to|if|only|"
    r"unless|until|after|before|for|in|on|at|by|with|without|from|except|any|anything|everything|something|anyone|it|"
    r"them|they|we|you|all|one|two|such|up|more|less|no|not|nobody|in|of|upon|during|while|provided|as|even|other)\b",
    re.IGNORECASE,
)


def _field_text(text: str) -> str:
    """A field as a small sentence: with an article, "share in a supplier" is read as a noun, not as a verb."""
    if not text:
        return ""
    return f"{text}." if _BARE.match(text) or not text[0].islower() else f"the {text}."


def object_head(rule: Rule, analyser: Analyser) -> Mention | None:
    """The term that heads the rule's object; None where a vague word heads it ("anything of a sexual nature")."""
    if not rule.object:
        return None
    chunk = next(iter(analyser.doc(_field_text(rule.object)).noun_chunks), None)
    return mention_of(chunk) if chunk is not None and chunk.start <= 3 else None


def _essential(rules: Iterable[Rule], roles: dict[str, dict[str, tuple[Mention, ...]]]) -> dict[str, Mention]:
    """Terms that a rule turns on: its actor, the head of its object, its authority, a defined term."""
    needed: dict[str, Mention] = {}
    for rule in rules:
        for role, limit in (("actor", 2), ("object", 1), ("authority", 1)):
            for mention in roles[rule.id].get(role, ())[:limit]:
                needed.setdefault(mention.label.lower(), mention)
        if rule.modality is Modality.DEFINITION and not roles[rule.id].get("actor"):
            label = rule.actor.strip("“”\"'‘’ ").lower()
            if 2 < len(label) < 40 and re.fullmatch(r"[a-z][a-z \-]+", label):
                needed.setdefault(label, Mention(label, label, label.split()[-1], False, 0, 0))
    return needed


def _termhood(terms: dict[str, _Term]) -> dict[str, float]:
    """C-value per label (occurrences inside longer terms are discounted), scaled to [0, 1]."""
    nested: dict[str, list[int]] = defaultdict(list)
    for key, term in terms.items():
        words = key.split()
        inner = {" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)} - {key}
        for part in inner & terms.keys():
            nested[part].append(term.count)
    values: dict[str, float] = {}
    for key, term in terms.items():
        inside = nested.get(key, [])
        base = term.count - (sum(inside) / len(inside) * 0.5 if inside else 0)
        values[key] = max(math.log2(len(key.split()) + 1) * base, 0.0)
    top = max((math.log1p(value) for value in values.values()), default=1.0) or 1.0
    return {key: round(math.log1p(value) / top, 4) for key, value in values.items()}


def _nouns(ontology: Ontology, terms: dict[str, _Term], scores: dict[str, float], kept: set[str]) -> list[Concept]:
    definitions = {
        rule.actor.strip("“”\"'‘’ ").lower(): rule
        for rule in reversed(ontology.rules)
        if rule.modality is Modality.DEFINITION and rule.action in {"mean", "be", "refer to"}
    }
    acronyms = _acronyms(ontology)
    concepts = []
    for key in sorted(kept):
        term = terms[key]
        defined = definitions.get(key)
        surfaces = {surface.replace("’", "'") for surface in term.surfaces} - {term.label}
        aliases = tuple(sorted({surface for surface in surfaces if surface.lower() != key} | acronyms.get(key, set())))
        sources = tuple(
            Provenance(
                "clause",
                unit.clause.id,
                "noun phrase",
                place(unit, ontology.document_by_id[unit.clause.document_id], surface),
            )
            for unit, surface in term.places
        ) or _rule_sources(ontology.rules, key)
        concepts.append(
            Concept(
                concept_id(key),
                term.label,
                kind_of(term.label, term.head, proper=term.proper),
                aliases,
                defined.object if defined else "",
                max(scores.get(key, 0.0), 0.05),
                provenance=sources,
            )
        )
    return concepts


def _rule_sources(rules: Iterable[Rule], key: str) -> tuple[Provenance, ...]:
    """The sentence of the first rule whose fields hold the term."""
    for rule in rules:
        if key.split(maxsplit=1)[0] in f"{rule.actor} {rule.object} {rule.authority}".lower():
            return (Provenance("clause", rule.clause_id, "rule field", rule.span),)
    return ()


def _acronyms(ontology: Ontology) -> dict[str, set[str]]:
    """Short forms introduced in brackets, by the long form in small letters, and the other way round."""
    pairs: dict[str, set[str]] = defaultdict(set)
    for clause in ontology.clauses:
        for long, short in _ACRONYM.findall(clause.text):
            initials = "".join(word[0] for word in long.split() if word[0].isupper())
            if short.upper() == initials.upper()[-len(short) :]:
                pairs[long.lower()].add(short)
                pairs[short.lower()].add(long)
    return pairs


def _link(
    ontology: Ontology,
    roles: dict[str, dict[str, tuple[Mention, ...]]],
    kept: set[str],
    heads: dict[str, Mention | None],
) -> tuple[list[Concept], list[RuleConcept]]:
    uses: dict[str, list[Rule]] = defaultdict(list)
    labels: dict[str, str] = {}
    links: dict[RuleConcept, None] = {}
    for rule in ontology.rules:
        for role in ROLES:
            for mention in roles[rule.id].get(role, ()):
                if mention.label.lower() in kept:
                    name = "term" if role == "actor" and rule.modality is Modality.DEFINITION else role
                    links[RuleConcept(rule.id, concept_id(mention.label), name)] = None
        if rule.modality is not Modality.DEFINITION:
            label = action_label(rule, heads[rule.id])
            if not label and not any(
                mention.label.lower() in kept for found in roles[rule.id].values() for mention in found
            ):
                label = rule.action.removeprefix("not ").strip()
            if label:
                key = concept_id(label, "act")
                labels[key] = label
                uses[key].append(rule)
                links[RuleConcept(rule.id, key, "action")] = None
    most = max((len(rules) for rules in uses.values()), default=1)
    actions = [
        Concept(
            key,
            labels[key],
            "action",
            weight=round(math.log1p(len(rules)) / math.log1p(most + 4), 4),
            provenance=tuple(
                Provenance("clause", rule.clause_id, "rule action", rule.span) for rule in rules[:MAX_SOURCES]
            ),
        )
        for key, rules in uses.items()
    ]
    return actions, list(links)


_LIGHT = word_set("do be take make have give get come go keep hold let put")


def action_label(rule: Rule, head: Mention | None) -> str:
    """The act that a rule is about, without its polarity: verb and object head ("accept gift")."""
    verb = rule.action.removeprefix("not ").strip()
    if head is None and verb in _LIGHT:
        words = re.sub(r"^(?:the|an?|any) ", "", rule.object).split()
        return f"{verb} {' '.join(words)}" if 0 < len(words) <= 3 else ""
    return f"{verb} {head.label if head is not None else ''}".strip()
