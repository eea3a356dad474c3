"""Labelled pairs of documents as candidates with features, for :mod:`benchmarks.conflicts_fit`."""

import dataclasses
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.conflicts import GOLD, HOME, place, read
from kg.conflicts import find_conflicts
from kg.conflicts_alike import candidates, sayings_of, sentences
from kg.conflicts_likeness import space
from kg.model import Modality, Ontology, Rule
from kg.retrieval import Embed

_FOR = (
    "z_max z_min rare act cosine forth least loose_case duty_excuse only_leave ban_leave ban_duty opposed alone_joint waived overlapping_loose "
    "different_loose different_strict retention_early slot_least cases_alike actors_alike "
    "topic deed both undone other_approver misplaced one_topic"
)
FOR = _FOR.split()
AGAINST = [
    "length",
    "duty_leave",
    "apart_strict",
    "same_strict",
    "same_loose",
    "slots",
    "cases",
    "actors",
    "actors_unlike",
    "topic_unlike",
    "topics",
    "other_topic",
    "crossed",
    "two_topics",
    "one_topic_actors",
    "one_topic_place",
    "one_topic_to",
    "undone_topic",
    "force_topic",
    "limit_topic",
    "force_deed",
    "limit_deed",
    "undone_framed",
    "force_framed",
    "limit_framed",
    "to_unlike",
    "place_unlike",
    "from_unlike",
    "with_unlike",
]
NAMES = [*FOR, *AGAINST]
EVERY = 4
"""Which candidates of real policies are learned from, so that they do not outweigh the labelled ones."""
Floats = NDArray[np.float64]
Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Folder:
    """A pair of documents: ``ids`` (of sentences) and ``rows`` of its candidates (shape (n, features)), ``texts`` of each, those with rules on both
    sides (``ruled``), the planted groups of pairs of sentences, all that is right, and what the exact path finds.
    """

    ids: list[tuple[int, int]]
    rows: Floats
    texts: list[Pair]
    ruled: list[bool]
    planted: list[set[Pair]]
    right: set[Pair]
    exact: set[Pair]


def labels(name: str, ontology: Ontology) -> dict[str, list[set[Pair]]]:
    """For planted pairs, and those true besides, the pairs of sentences that each may be found by."""
    sides: list[tuple[str, set[str], set[str]]] = []
    if name in GOLD:
        by_place: dict[str, set[str]] = {}
        for rule in ontology.rules:
            by_place.setdefault(place(ontology, rule.id), set()).add(rule.text)
        for kind in ("planted", "also", "excepted"):
            both = [text.split() for text in getattr(GOLD[name], kind)]
            sides += [(kind, by_place.get(a, set()), by_place.get(b, set())) for a, b in both]
    else:
        gold = json.loads((HOME / f"conflict_{name}" / "planted.json").read_text(encoding="utf-8"))
        said = {rule.text for rule in ontology.rules}
        sides += [
            ("planted", {text for text in said if a in text}, {text for text in said if b in text})
            for a, b in gold["planted"]
        ]
    found: dict[str, list[set[Pair]]] = {"planted": [], "also": [], "excepted": []}
    for kind, ones, others in sides:
        found[kind].append({frozenset((one, other)) for one in ones for other in others})
    return found


def with_all_sentences(ontology: Ontology) -> Ontology:
    """The ontology with a bare rule for each full sentence that states none by the extraction."""
    made: list[Rule] = []
    for clause in ontology.clauses:
        rules = ontology.rules_of_clause.get(clause.id, ())
        for number, sentence in enumerate(re.split(r"(?<=[.!?;])\s+(?=[A-Z*(])", clause.text)):
            said = sentence.strip()
            if len(said.split()) < 5 or not said.endswith("."):
                continue
            if not any(said.strip(" .") in rule.text or rule.text in said for rule in rules):
                id_ = f"bare:{clause.id}:{number}"
                made.append(
                    Rule(id_, clause.id, clause.section_id, clause.document_id, Modality.OBLIGATION, "", "", "", "", "", "", said, clause.span, id_)
                )  # fmt: skip
    return dataclasses.replace(ontology, rules=(*ontology.rules, *made))


def folder_of(name: str, embed: Embed, parser: str) -> Folder:
    """The candidates of one pair of documents with their labels."""
    documents = GOLD[name].documents if name in GOLD else (HOME / f"conflict_{name}",)
    ontology = read(documents, parser)
    full = with_all_sentences(ontology)
    gold = labels(name, full)
    said = sayings_of(full)
    pairs = candidates(space(said, embed))
    known = ontology.rule_by_id
    texts = {rule.id: rule.text for rule in ontology.rules}
    number = sentences(said)
    return Folder(
        [(number[i], number[j]) for i, j, _ in pairs],
        np.asarray([[found.get(feature, 0.0) for feature in NAMES] for _, _, found in pairs]),
        [frozenset((said[i].rule.text, said[j].rule.text)) for i, j, _ in pairs],
        [said[i].rule.id in known and said[j].rule.id in known for i, j, _ in pairs],
        gold["planted"],
        set().union(*gold["planted"], *gold["also"], *gold["excepted"]),
        {frozenset((texts[one.rule_a], texts[one.rule_b])) for one in find_conflicts(ontology)},
    )


def plain_documents(paths: Sequence[Path], embed: Embed, parser: str) -> tuple[Folder, Folder]:
    """Real policies, in which hardly two sentences conflict: every second document to learn from, the others to count false ones.

    Of the first half every :data:`EVERY`-th candidate is taken, so that they do not outweigh the labelled ones.
    """
    halves: list[Folder] = []
    ontologies = [read((path,), parser) for path in paths]
    for half in (0, 1):
        ids: list[tuple[int, int]] = []
        rows: list[list[float]] = []
        texts: list[Pair] = []
        for ontology in ontologies:
            chosen = {document.id for document in sorted(ontology.documents, key=lambda one: one.path)[half::2]}
            rules = tuple(rule for rule in ontology.rules if rule.document_id in chosen)
            said = sayings_of(dataclasses.replace(ontology, rules=rules))
            pairs = candidates(space(said, embed))
            start = 1 + max((max(pair) for pair in ids), default=-1)
            number = sentences(said)
            ids += [(start + number[i], start + number[j]) for i, j, _ in pairs]
            rows += [[found.get(feature, 0.0) for feature in NAMES] for _, _, found in pairs]
            texts += [frozenset((said[i].rule.text, said[j].rule.text)) for i, j, _ in pairs]
        every = 1 if half else EVERY
        ids, rows, texts = ids[::every], rows[::every], texts[::every]
        halves.append(Folder(ids, np.asarray(rows), texts, [True] * len(ids), [], set(), set()))
    return halves[0], halves[1]
