"""The ledger's links: what a sample truly exercises, each proved by a check that says how.

A concept by mention; a relation when one sentence mentions both of its concepts and, if rules state it, the sample is
proved to exercise one of these; a rule when its writer named it (``Sample.rule_ids``) and :mod:`kg.coverage_fields` finds its actor, action and object in the text.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from kg.coverage_fields import FIELDS, RuleCheck, Spoken
from kg.coverage_spoken import spoken_text
from kg.mentions import Mentions
from kg.model import Exercise, Ontology, Sample

CONSTRUCTION = "construction"
"""How a rule was proved when its writer named it: ``construction: actor action object``, the fields that occur."""
SENTENCE = re.compile(r"(?<=[.!?])[\"”')]*\s+|\n+")
LISTED = re.compile(
    r"\s*(?:related terms? (?:for|of)|a related term (?:for|of)|kinds of|other words for)\b[^:.]*?(?: are | is |: )",
    re.IGNORECASE,
)
"""What a list is of: "Related terms for “date” are contract and certificate" says nothing of contract and certificate."""
Edges = Mapping[str, Mapping[str, Sequence[str]]]


def proved_fields(how: str) -> frozenset[str]:
    """The fields of a rule that ``Exercise.how`` says were found."""
    return frozenset(how.partition(":")[2].split()) & frozenset(FIELDS)


def verify_links(ontology: Ontology, samples: Iterable[Sample]) -> tuple[Exercise, ...]:
    """The links of ``samples`` that hold, in the order of the samples.

    ``score`` is 1 for concepts and relations, and for a rule the share of the words of its actor, action and object
    that occur. Linear in the text.
    """
    checker = Checker(ontology)
    return tuple(link for sample in samples for link in checker.links(sample))


class Checker:
    """:func:`verify_links` sample by sample: what it needs of the ontology is prepared once."""

    __slots__ = ("_check", "_ontology", "_reader")

    def __init__(self, ontology: Ontology) -> None:
        self._ontology, self._reader, self._check = ontology, Reader(ontology), RuleCheck(ontology)

    def links(self, sample: Sample) -> tuple[Exercise, ...]:
        """The links of ``sample`` that hold: concepts, relations, rules."""
        text = spoken_text(sample)
        found, joined = self._reader.read(text)
        spoken = Spoken.of(text, found)
        rules: list[Exercise] = []
        for id_ in dict.fromkeys(sample.rule_ids):
            if rule := self._ontology.rule_by_id.get(id_):
                evidence = self._check.evidence(rule, spoken)
                if evidence.score > 0:
                    how = f"{CONSTRUCTION}: {' '.join(evidence.fields)}"
                    rules.append(Exercise(sample.id, "rule", id_, how, evidence.score))
        proved = self._reader.proved(joined, (link.element_id for link in rules))
        return (*mention_links(sample, found, proved), *rules)


def mention_links(sample: Sample, concepts: Iterable[str], relations: Iterable[str]) -> list[Exercise]:
    """The links of a sample to the concepts and relations that its sentences mention."""
    return [
        *(Exercise(sample.id, "concept", id_, "mention", 1.0) for id_ in concepts),
        *(Exercise(sample.id, "relation", id_, "both ends in a sentence", 1.0) for id_ in relations),
    ]


class Reader:
    """Finds the concepts of a text and the relations that its sentences join."""

    __slots__ = ("_edges", "_mentions", "_order", "_stated")

    def __init__(self, ontology: Ontology) -> None:
        self._mentions = Mentions(ontology.concepts)
        self._edges = _edges(ontology)
        self._stated = {relation.id: frozenset(relation.rule_ids) for relation in ontology.relations}
        self._order = {concept.id: place for place, concept in enumerate(ontology.concepts)}

    def read(self, text: str) -> tuple[list[str], list[str]]:
        """Concept ids in the order of the ontology, and relation ids; each once."""
        found: set[str] = set()
        joined: dict[str, None] = {}
        for sentence in SENTENCE.split(text):
            here = self._mentions.find(sentence)
            found.update(here)
            listed = LISTED.match(sentence)
            heads = frozenset(self._mentions.find(listed[0])) if listed else None
            joined.update(dict.fromkeys(self.joined(here, heads)))
        return sorted(found, key=self._order.__getitem__), list(joined)

    def joined(self, concepts: Sequence[str], heads: AbstractSet[str] | None = None) -> Iterator[str]:
        """The ids of the relations of which a sentence that mentions ``concepts`` names both ends; ``heads``: of what it lists, so that one
        end must be among them.
        """
        return _joined(concepts, self._edges, heads)

    def proved(self, relations: Iterable[str], rules: Iterable[str]) -> list[str]:
        """Those of ``relations`` that nobody's rule states, or that one of the exercised ``rules`` does.

        That a sentence names an employee and work does not yet say that employees must not work.
        """
        exercised = frozenset(rules)
        return [id_ for id_ in relations if not self._stated[id_] or not self._stated[id_].isdisjoint(exercised)]


def _edges(ontology: Ontology) -> Edges:
    """Source id -> target id -> relation ids; loops are left out, one mention cannot prove them."""
    edges: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for relation in ontology.relations:
        if relation.source_id != relation.target_id:
            edges[relation.source_id][relation.target_id].append(relation.id)
    return edges


def _joined(found: Sequence[str], edges: Edges, heads: AbstractSet[str] | None = None) -> Iterator[str]:
    for source in found:
        if source in edges:
            ends = edges[source]
            for target in found:
                if target in ends and (heads is None or source in heads or target in heads):
                    yield from ends[target]
