"""Train, validation and test by rule family: a family never lies in two splits.

Rules that share a family are told about the same matter; a split by sample would let a model answer a test case
from a training twin. What is written about rules of several families lies in the split that holds them all, and is not
written when there is none. Samples without a family are training data.
"""

import random
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from generation.drafts import Draft
from generation.filters import near_duplicates_between
from kg.model import Ontology, Rule, Sample, Split


@dataclass(frozen=True)
class Splits:
    """Which families are kept out of training, decided before anything is written."""

    ontology: Ontology
    test: frozenset[str]
    validation: frozenset[str]

    @classmethod
    def of(
        cls,
        ontology: Ontology,
        *,
        test_share: float,
        validation_share: float,
        seed: int,
        training: Collection[str] = (),
    ) -> "Splits":
        """About the given shares of the rules by whole families; those of ``training`` are not kept out."""
        test = _families(ontology.rules, test_share, seed, frozenset()) if test_share else frozenset()
        validation = _families(ontology.rules, validation_share, seed + 1, {*test, *training})
        return cls(ontology, test, validation)

    @cached_property
    def _of_clause(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for rule in self.ontology.rules:
            if rule.family:
                found[rule.clause_id].add(rule.family)
        return {clause_id: frozenset(families) for clause_id, families in found.items()}

    def families(self, draft: Draft) -> frozenset[str]:
        """The families of every rule that ``draft`` is about or cites."""
        rules = [self.ontology.rule_by_id[id_] for id_ in draft.rule_ids if id_ in self.ontology.rule_by_id]
        cited = (self._of_clause.get(id_, frozenset()) for id_ in draft.clause_ids)
        return frozenset({draft.family, *(rule.family for rule in rules)}.union(*cited)) - {""}

    def split(self, draft: Draft) -> Split | None:
        """The split of ``draft``; None where its families lie in several."""
        found = {self.split_of_family(family) for family in self.families(draft)} or {Split.TRAIN}
        return found.pop() if len(found) == 1 else None

    def split_of_family(self, family: str) -> Split:
        """The split of everything that is about ``family`` alone."""
        if family in self.test:
            return Split.TEST
        return Split.VALIDATION if family in self.validation else Split.TRAIN


def _families(rules: Sequence[Rule], share: float, seed: int, taken: Collection[str]) -> frozenset[str]:
    """About ``share`` of the rules by whole families, none of them in ``taken``; a shuffle under ``seed`` spreads them."""
    sizes: dict[str, int] = defaultdict(int)
    for rule in rules:
        if rule.family:
            sizes[rule.family] += 1
    goal = share * sum(sizes.values())
    names = sorted(name for name in sizes if name not in taken)
    random.Random(seed).shuffle(names)
    chosen: set[str] = set()
    filled = 0
    for name in names:
        if filled >= goal:
            break
        if filled + sizes[name] <= goal * 1.25 + 1:
            chosen.add(name)
            filled += sizes[name]
    return frozenset(chosen)


@dataclass(frozen=True, slots=True)
class SplitReport:
    """What was measured on a finished dataset. ``parts`` gives per split its samples, families and rules written about.

    ``shared_families`` counts families that lie in two splits, ``near_duplicates`` the questions of one split that have
    a near-duplicate in another, by pair of splits; ``unseen`` the rules that no training sample is about.
    """

    parts: Mapping[str, Mapping[str, int]]
    shared_families: int
    near_duplicates: Mapping[str, int]
    rules: int
    unseen: int

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            **{name: dict(part) for name, part in self.parts.items()},
            "shared_families": self.shared_families,
            "near_duplicates": sum(self.near_duplicates.values()),
            "near_duplicates_between": dict(self.near_duplicates),
            "rules_unseen_in_training": self.unseen,
            "share_of_rules_unseen_in_training": round(self.unseen / self.rules, 4) if self.rules else 0.0,
        }


def split_report(ontology: Ontology, samples: Sequence[Sample], threshold: float) -> SplitReport:
    """Count what the splits of ``samples`` share; near-duplicates by MinHash from Jaccard ``threshold`` on."""
    rules: dict[Split, set[str]] = {split: set() for split in Split}
    families: dict[Split, set[str]] = {split: set() for split in Split}
    questions: dict[Split, list[str]] = {split: [] for split in Split}
    for sample in samples:
        questions[sample.split].append(sample.question)
        about = [ontology.rule_by_id[id_] for id_ in sample.rule_ids if id_ in ontology.rule_by_id]
        rules[sample.split].update(rule.id for rule in about)
        families[sample.split].update({sample.family, *(rule.family for rule in about)} - {""})
    filled = [split for split in Split if questions[split]]
    pairs = list(combinations(filled, 2))
    return SplitReport(
        {split.value: {"samples": len(questions[split]), "families": len(families[split]), "rules": len(rules[split])}
         for split in filled},
        len({family for one, other in pairs for family in families[one] & families[other]}),
        {f"{one.value}/{other.value}": near_duplicates_between(questions[one], questions[other], threshold)
         for one, other in pairs},
        len(ontology.rules),
        len(ontology.rules) - len(rules[Split.TRAIN]),
    )  # fmt: skip
