"""Kinds of a thing that may stand for it in a case: a gift becomes a hamper, a business partner a supplier.

Kinds come from the ontology's own IsA relations, most of them imported from a knowledge base. A kind that another rule
speaks of is left out, for that rule may decide the case otherwise; kinds of persons and bodies are taken as they are.
"""

import re
from collections import defaultdict
from collections.abc import Mapping

from generation.grammar import MASS_NOUNS, readings, singular
from kg.model import Ontology, Relation

_TAKEN_ROLES = frozenset({"object", "action"})
_PEOPLE = frozenset({"party"})
_MATERIAL = frozenset({"software", "equipment", "overtime", "ammonia", "acetone", "mercury", "acid", "lye", "hydraulic oil", "coolant",
                       "source code", "tea money", "petty cash", "foreign currency", "insulin", "used oil", "packaging",
                       "broken glass", "electronic scrap", "waste paper", "cough syrup", "cryptocurrency"})  # fmt: skip
_LEADS = frozenset(
    ["a", "an", "the", "any", "each", "every", "of", "in", "on", "to", "from", "for", "with", "by", "or", "and", "about", "into",
     "such", "against"]
)  # fmt: skip
_TOO_GENERAL = frozenset(
    {"thing", "person", "party", "place", "time", "name", "value", "body", "interest", "money", "law"}
)


def kinds(ontology: Ontology) -> Mapping[str, tuple[str, ...]]:
    """For each concept's label (lower case) the labels of its kinds, in a fixed order."""
    spoken = {link.concept_id for link in ontology.rule_concepts if link.role in _TAKEN_ROLES}
    found: dict[str, list[str]] = defaultdict(list)
    for relation in ontology.relations:
        if relation.type != "IsA" or relation.polarity < 0 or not _vouched(relation):
            continue
        source = ontology.concept_by_id.get(relation.source_id)
        target = ontology.concept_by_id.get(relation.target_id)
        if source is None or target is None or source.kind in {"action", "quality"}:
            continue
        if target.kind == "action" or (source.kind == "party") != (target.kind == "party"):
            continue
        general, special = target.label.lower(), source.label
        if general in _TOO_GENERAL or len(special.split()) > 3 or (special[:1].isupper() and special[1:2].islower()):
            continue
        if source.kind in _PEOPLE:
            if target.kind not in _PEOPLE:
                continue
        elif source.id in spoken:
            continue
        if special.lower().split()[-1] == general.split()[-1] and len(general.split()) > 1:
            continue
        found[general].append(special)
    return {label: tuple(sorted(set(names))) for label, names in sorted(found.items())}


_VOUCHED = 2.0


def _vouched(relation: Relation) -> bool:
    """Whether the kind may stand for the thing in a sentence: the documents define it so, or more than one source of a
    knowledge base says it. A single one often means another sense of the word: music is a kind of software there.
    """
    return any(
        one.method == "definition" or (one.source == "conceptnet" and relation.weight >= _VOUCHED)
        for one in relation.provenance
    )


def kinds_of(phrase: str, known: Mapping[str, tuple[str, ...]]) -> tuple[str, str, tuple[str, ...]]:
    """The words of ``phrase`` that name a known concept (longest first), its label, and its kinds; empty when none."""
    words = re.findall(r"[A-Za-z'’-]+", phrase)
    for width in (3, 2, 1):
        for start in range(1, len(words) - width + 1):
            if words[start - 1].lower() not in _LEADS and start > 1:  # "a confidential document" is not any document
                continue
            if start + width < len(words) and _heads(words[start + width]):  # a "company physician" is not a company
                continue
            spoken = " ".join(words[start : start + width])
            for name in (spoken.lower(), _one(spoken.lower())):
                if name in known:
                    return spoken, name, known[name]
    return "", "", ()


def _heads(word: str) -> bool:
    """Whether ``word`` may be the head of a compound with what stands before it."""
    found = readings(word.lower())
    return "NOUN" in found and not {"ADP", "ADJ", "ADV"} & set(found) and word.lower() not in _LEADS


def _one(name: str) -> str:
    *front, last = name.split()
    return " ".join([*front, singular(last) or last])


def countable(name: str) -> bool:
    """Whether ``name`` takes an article in the singular."""
    last = name.rsplit(maxsplit=1)[-1].lower()
    if name.lower() in _MATERIAL or last in MASS_NOUNS or last.endswith("ing"):
        return False
    return singular(last) is None and ("NOUN" in readings(last) or not readings(last))
