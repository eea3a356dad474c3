"""From statements of precedence between numbered parts to pairs of rules.

A statement names clauses, not rules: of its two groups those rules are paired that speak of one act and thing; where none do,
the two that are nearest.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.conflicts_clash import OPPOSED
from kg.conflicts_kinds import Kinds
from kg.conflicts_norms import Norm
from kg.conflicts_terms import best
from kg.conflicts_wording import Statement, Wording
from kg.model import Rule
from kg.words import content

MOST = 40
"""How many norms of either side of a statement are compared."""
ENOUGH = 0.9
"""The least likeness of two norms that are paired although another pair is nearer."""

SOME = 0.1
"""The least likeness of the nearest pair of a strong statement."""


@dataclass(frozen=True, slots=True)
class StatedPair:
    """Two rules that the text itself orders; ``what`` says it between their citations."""

    winner: Rule
    loser: Rule
    wording: Wording
    text: str
    confidence: float

    @property
    def what(self) -> str:
        return "replaces" if self.wording is Wording.SUPERSEDES else "goes before"


@dataclass(frozen=True)
class Links:
    """Which rules a statement ties together: between those no other conflict is looked for."""

    of_rule: Mapping[str, frozenset[tuple[int, int]]]

    @classmethod
    def of(cls, said: Sequence[Statement]) -> "Links":
        """The ties of all statements: (statement, side) by rule."""
        found: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for place, statement in enumerate(said):
            for side, rules in enumerate((statement.winners, statement.losers)):
                for rule in rules:
                    found[rule].add((place, side))
        return cls({rule: frozenset(ties) for rule, ties in found.items()})

    def tie(self, first: str, second: str) -> bool:
        one, other = self.of_rule.get(first, frozenset()), self.of_rule.get(second, frozenset())
        return any((place, 1 - side) in other for place, side in one)


def stated_pairs(said: Sequence[Statement], listed: Sequence[Norm], kinds: Kinds) -> Iterator[StatedPair]:
    """The pairs of rules of all statements."""
    by_rule: dict[str, list[Norm]] = defaultdict(list)
    for norm in listed:
        by_rule[norm.rule.id].append(norm)
    for statement in said:
        winners = [norm for rule in statement.winners for norm in by_rule[rule]][:MOST]
        losers = [norm for rule in statement.losers for norm in by_rule[rule]][:MOST]
        yield from _pairs(statement, winners, losers, kinds)


def _pairs(statement: Statement, winners: Sequence[Norm], losers: Sequence[Norm], kinds: Kinds) -> Iterator[StatedPair]:
    parts: dict[str, list[Norm]] = defaultdict(list)
    for norm in losers:
        parts[norm.rule.section_id].append(norm)
    for part in parts.values():
        yield from _part(statement, winners, part, kinds)


def _part(statement: Statement, winners: Sequence[Norm], losers: Sequence[Norm], kinds: Kinds) -> Iterator[StatedPair]:
    """The pairs with the rules of one section: every rule that is near one of the winners, or the nearest."""
    ranked: list[tuple[float, int, Norm, Norm]] = []
    for place, (loser, winner) in enumerate((loser, winner) for loser in losers for winner in winners):
        if winner.rule.id != loser.rule.id and (nearness := near(winner, loser, kinds)) > 0:
            ranked.append((nearness, -place, winner, loser))
    ranked.sort(key=lambda one: one[:2], reverse=True)
    taken: set[str] = set()
    for nearness, _, winner, loser in ranked:
        if nearness < ENOUGH and (taken or not statement.strong or nearness < SOME):
            break
        if loser.rule.id not in taken:
            taken.add(loser.rule.id)
            yield StatedPair(
                winner.rule, loser.rule, statement.wording, statement.text, 0.95 if nearness >= ENOUGH else 0.8
            )


def near(first: Norm, second: Norm, kinds: Kinds) -> float:
    """How much two norms speak of one thing: act and thing up to 0.5 each, opposition 0.3, shared words up to 0.2."""
    thing = best(first.things, second.things, kinds)[0] if first.things and second.things else 0.0
    act = 1.0 if first.act == second.act else 0.0
    opposed = frozenset((first.stance, second.stance)) in OPPOSED
    one, other = frozenset(content(first.rule.text)), frozenset(content(second.rule.text))
    shared = len(one & other) / max(1, min(len(one), len(other)))
    return 0.5 * act + 0.5 * thing + (0.3 if opposed and act else 0.0) + 0.2 * shared
