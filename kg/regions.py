"""Regions: the parts of an ontology that coverage and audits speak about.

Three ways of cutting: ``section`` (disjoint, by the outline of the documents), ``concept`` (overlapping, one region
per subtree of IsA) and ``community`` (disjoint, Louvain on the graph of rules and concepts; Blondel et al. 2008).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from kg.errors import UserError
from kg.model import Ontology, Section

FEWEST, MOST = 5, 60
"""A cut with fewer regions says too little, one with more cannot be read; the first cut in between is taken."""


@dataclass(frozen=True, slots=True)
class Region:
    """A named part of the ontology; ``rule_ids`` in the order of the documents."""

    id: str
    name: str
    rule_ids: tuple[str, ...]


def regions(ontology: Ontology, by: str = "section") -> tuple[Region, ...]:
    """The regions of ``ontology`` that state at least one rule.

    Raises :class:`UserError` when ``by`` is not one of section, concept, community.
    """
    ways: dict[str, Callable[[Ontology], tuple[Region, ...]]] = {
        "section": _by_section,
        "concept": _by_concept,
        "community": _by_community,
    }
    if by not in ways:
        raise UserError(f"there is no way {by!r} to cut regions", f"choose one of: {', '.join(ways)}")
    return ways[by](ontology)


def region_of_rule(ontology: Ontology) -> Mapping[str, Region]:
    """The section region of each rule id."""
    return {rule_id: region for region in _by_section(ontology) for rule_id in region.rule_ids}


def _by_section(ontology: Ontology) -> tuple[Region, ...]:
    cuts = [partial(_ancestor, ontology, depth=depth) for depth in (1, 2, 3)]
    if len(ontology.documents) > 1:
        cuts.insert(0, partial(_document, ontology))
    candidates = [_cut(ontology, cut) for cut in cuts]
    useful = [cut for cut in candidates if FEWEST <= len(cut) <= MOST]
    small = [cut for cut in candidates if len(cut) <= MOST]
    return useful[0] if useful else max(small, key=len, default=candidates[0])


def _cut(ontology: Ontology, key: Callable[[str], tuple[str, str]]) -> tuple[Region, ...]:
    members: dict[tuple[str, str], list[str]] = defaultdict(list)
    for rule in ontology.rules:
        members[key(rule.section_id)].append(rule.id)
    return tuple(Region(id_, name, tuple(rules)) for (id_, name), rules in members.items())


def _document(ontology: Ontology, section_id: str) -> tuple[str, str]:
    document = ontology.document_by_id[ontology.section_by_id[section_id].document_id]
    return document.id, document.title or document.path


def _ancestor(ontology: Ontology, section_id: str, depth: int) -> tuple[str, str]:
    chain = [ontology.section_by_id[section_id]]
    while (parent := chain[-1].parent_id) is not None and parent in ontology.section_by_id:
        chain.append(ontology.section_by_id[parent])
    section = chain[max(0, len(chain) - depth)]
    return section.id, _name(ontology, section)


def _name(ontology: Ontology, section: Section) -> str:
    name = " ".join(part for part in (section.number, section.title) if part) or section.id
    if len(ontology.documents) > 1 and (document := ontology.document_by_id.get(section.document_id)):
        return f"{document.title}: {name}"
    return name


def _by_concept(ontology: Ontology) -> tuple[Region, ...]:
    children: dict[str, set[str]] = defaultdict(set)
    for relation in ontology.relations:
        if relation.type == "IsA" and relation.polarity > 0:
            children[relation.target_id].add(relation.source_id)
    mentioned: dict[str, set[str]] = defaultdict(set)
    for link in ontology.rule_concepts:
        mentioned[link.concept_id].add(link.rule_id)
    most = 0.6 * len(ontology.rules)
    found: list[tuple[str, set[str]]] = []
    for root in sorted(children):
        rules = {rule for concept in _subtree(root, children) for rule in mentioned.get(concept, ())}
        if root in ontology.concept_by_id and 3 <= len(rules) <= most:
            found.append((root, rules))
    found.sort(key=lambda entry: (-len(entry[1]), entry[0]))
    kept = found[: MOST - 1]
    rest = {rule.id for rule in ontology.rules}.difference(*(rules for _, rules in kept))
    named = [(root, ontology.concept_by_id[root].label, rules) for root, rules in kept]
    if rest:
        named.append(("other", "other", rest))
    order = {rule.id: place for place, rule in enumerate(ontology.rules)}
    return tuple(
        Region(id_, name, tuple(sorted((rule for rule in rules if rule in order), key=order.__getitem__)))
        for id_, name, rules in named
    )


def _subtree(root: str, children: Mapping[str, set[str]]) -> set[str]:
    seen, stack = {root}, [root]
    while stack:
        for child in children.get(stack.pop(), ()):
            if child not in seen:
                seen.add(child)
                stack.append(child)
    return seen


def _by_community(ontology: Ontology, seed: int = 17) -> tuple[Region, ...]:
    import networkx as nx

    spread = Counter(link.concept_id for link in ontology.rule_concepts)
    graph = nx.Graph()
    graph.add_nodes_from(rule.id for rule in ontology.rules)
    for link in ontology.rule_concepts:
        # A concept in every rule ("employee") ties nothing together: its edges weigh as an inverse frequency.
        graph.add_edge(link.rule_id, link.concept_id, weight=1.0 / spread[link.concept_id])
    communities = nx.community.louvain_communities(graph, weight="weight", seed=seed)
    by_rule = {node: place for place, nodes in enumerate(communities) for node in nodes}
    members: dict[int, list[str]] = defaultdict(list)
    for rule in ontology.rules:
        members[by_rule[rule.id]].append(rule.id)
    ranked = sorted(members.values(), key=len, reverse=True)
    large = [rules for rules in ranked[: MOST - 1] if len(rules) > 1]
    rest = [rule for rules in ranked if rules not in large for rule in rules]
    found = [
        Region(f"community:{place + 1}", _community_name(ontology, rules), tuple(rules))
        for place, rules in enumerate(large)
    ]
    return (*found, Region("other", "other", tuple(rest))) if rest else tuple(found)


def _community_name(ontology: Ontology, rules: list[str]) -> str:
    counts: Counter[str] = Counter()
    for rule in rules:
        for link in ontology.concepts_of_rule.get(rule, ()):
            if concept := ontology.concept_by_id.get(link.concept_id):
                counts[concept.label] += 1
    best = sorted(counts, key=lambda label: (-counts[label], label))[:3]
    return ", ".join(best) or "without concepts"
