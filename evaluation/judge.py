"""A judge that anyone can check by hand: does the answer cite a clause that decides the case?

It reads clause numbers off the answer and compares them with the gold clauses. It says nothing about whether the
reason is a good one; that needs a reader.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from evaluation.answers import Answer, Contexts
from evaluation.probes import Probe
from kg.graph import within


@dataclass(frozen=True, slots=True)
class Unscored:
    """No judgement could be made, and why. Counted, and kept out of every figure."""

    reason: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """``right``: a gold clause is cited. ``cited``: the known clauses that the answer names, in order."""

    right: bool
    cited: tuple[str, ...]


def cited_clauses(text: str, known: Collection[str]) -> tuple[str, ...]:
    """The known clause numbers that stand in ``text`` as whole numbers (3.2 is not in 13.2 or 3.21), in order."""
    names = sorted((name for name in known if name), key=lambda name: (-len(name), name))
    if not names:
        return ()
    pattern = re.compile(r"(?<![\w.])(?:" + "|".join(map(re.escape, names)) + r")(?!\w|\.\d)")
    return tuple(dict.fromkeys(match.group() for match in pattern.finditer(text)))


def judge_citation(answer: Answer, gold: Collection[str], known: Collection[str]) -> Judgement | Unscored:
    """Right if the answer cites a gold clause, or a part of one: 3.2(a) for the gold 3.2."""
    if answer.verdict is None:
        return Unscored(answer.unscored)
    if not gold:
        return Unscored("the gold clause has no number to cite")
    cited = cited_clauses(answer.text, known)
    return Judgement(any(within(one, whole) for one in cited for whole in gold), cited)


def gold_citations(probe: Probe, found: Contexts | None) -> frozenset[str]:
    """How the gold clauses of a probe may be cited: by number, or as the retrieved passages cite them."""
    passages = found.found.get(probe.question, ()) if found else ()
    return frozenset(probe.clause_numbers) | {one.citation for one in passages if one.clause_id in probe.clause_ids}


def known_citations(probes: Sequence[Probe], numbers: Collection[str], found: Contexts | None) -> frozenset[str]:
    """Every way in which an answer may name a clause."""
    shown = {one.citation for passages in found.found.values() for one in passages} if found else set()
    return frozenset(numbers) | shown | {number for probe in probes for number in probe.clause_numbers}
