"""Train, validation and test by rule family: a family never lies in two splits.

Rules that share a family are told about the same matter; a split by sample would let a model answer a test case
from a training twin. Samples without a family are training data.
"""

import random
from collections import defaultdict
from collections.abc import Collection, Sequence

from generation.drafts import Draft
from kg.model import Rule, Split


def test_families(rules: Sequence[Rule], share: float, seed: int) -> frozenset[str]:
    """About ``share`` of the rules by whole families, spread over the top sections by a shuffle under ``seed``."""
    return _families([(rule.family, 1) for rule in rules], share, seed, frozenset())


def validation_families(drafts: Sequence[Draft], share: float, seed: int, taken: Collection[str]) -> frozenset[str]:
    """Families with about ``share`` of the drafts, none of them in ``taken``."""
    return _families([(draft.family, 1) for draft in drafts if draft.family], share, seed + 1, taken)


def _families(counted: Sequence[tuple[str, int]], share: float, seed: int, taken: Collection[str]) -> frozenset[str]:
    sizes: dict[str, int] = defaultdict(int)
    for family, count in counted:
        sizes[family] += count
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


def split_of(draft: Draft, test: Collection[str], validation: Collection[str]) -> Split:
    """The split of ``draft`` by its family."""
    if draft.family and draft.family in test:
        return Split.TEST
    if draft.family and draft.family in validation:
        return Split.VALIDATION
    return Split.TRAIN
