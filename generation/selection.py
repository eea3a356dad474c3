"""Which drafts a budget is spent on: rules and verdicts first, then what covers the most of what is still missing.

1. Each rule with each verdict: of several tellings of its first triple the one that mentions most of what is missing.
2. Hand-written seeds.
3. Of each other form a part of its share, so that none dies out (``GenerationOptions.least_of_form``).
4. Maximum coverage by lazy greedy (:mod:`generation.planner`) over the other forms and further cases together, within
   limits that leave the cases their share, the verdicts equal shares and no rule more than its turns.
5. When nothing is gained any more: the forms in their shares, and the rules in turn; those to which an audit draws
   attention (:mod:`kg.coverage_attention`) more often than others.

Further cases are drawn by how usual they are before anything is counted, so that coverage does not make the data odd.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from math import ceil, floor

from generation.drafting import Desk
from generation.drafts import Draft
from generation.filters import malformed
from generation.options import SCENARIO
from generation.paragraphs import further_candidates
from generation.planner import Limit, plan, quotas
from generation.targets import VERDICTS, order
from kg.coverage import Key
from kg.errors import PlumblineError
from kg.model import Rule, Split, Verdict
from kg.progress import Progress

TELLINGS = 4
"""Tellings of a rule's first triple among which the planner chooses."""
POOL_TURNS = 4
"""Further triples per rule that the planner sees."""
_TURNS = 40
"""Rounds over the rules after which writing more of the same is given up."""
_UNEVEN = 8
"""By how many cases one verdict may run ahead of another while more are written."""
_ATTEMPTS = [(manner, turn) for manner, turns in (("told", 4), ("quoted", 8), ("plain", 12)) for turn in range(turns)]
"""How a case of each verdict is tried for a rule, until one is accepted and proved to exercise it."""


def write_required(desk: Desk, rules: Sequence[Rule], progress: Progress) -> None:
    """One verified case for each rule and verdict: of several tellings the one that mentions most of what is missing.

    Later rounds are tried where all of these are refused, a plain one at last.
    """
    tellings: list[tuple[int, dict[Verdict, Draft]]] = []
    for place, rule in enumerate(rules):
        tellings += [(place, desk.triple(rule, 0, f"told:{number}")) for number in range(TELLINGS)]
        progress("cases", place + 1, len(rules))
    sound = [(place, told) for place, told in tellings if all(_fit(desk, draft) for draft in told.values())]
    elements = [frozenset[Key]().union(*desk.prover.keys(told.values())) for _, told in sound]
    found = plan(
        elements, len(rules), weights=desk.prover.weights, seed=desk.options.seed,
        limits=(Limit([place for place, _ in sound], dict.fromkeys(range(len(rules)), 1)),),
    )  # fmt: skip
    best = {sound[index][0]: sound[index][1] for index in found.chosen}
    for place, rule in enumerate(rules):
        own = [told for _, told in tellings[place * TELLINGS : (place + 1) * TELLINGS]]
        _require(desk, rule, [best[place], *own] if place in best else own)


def _fit(desk: Desk, draft: Draft) -> bool:
    return not malformed(draft, desk.options.max_words) and desk.prover.prove(draft).about_its_rule


def _require(desk: Desk, rule: Rule, tellings: Sequence[Mapping[Verdict, Draft]]) -> None:
    missing = set(VERDICTS)

    def offer(told: Mapping[Verdict, Draft]) -> None:
        for verdict in VERDICTS:
            if verdict in missing and desk.prover.prove(told[verdict]).about_its_rule and desk.offer(told[verdict]):
                missing.discard(verdict)

    for told in tellings:
        if missing:
            offer(told)
    for manner, turn in _ATTEMPTS:
        if not missing:
            return
        offer(desk.triple(rule, turn, manner))
    if missing:
        raise PlumblineError(
            f"no case could be written about the rule {rule.text[:120]!r}",
            "report the rule; meanwhile take its clause out of the sources",
        )


def write_chosen(
    desk: Desk, rules: Sequence[Rule], total: int, progress: Progress, found: Sequence[Draft] = ()
) -> None:
    """Fill the budget of ``total`` samples up; ``found`` are drafts that stand beside those of the writers."""
    others = _Others(desk, total, found)
    others.write_least()
    open_rules = [rule for rule in rules if desk.splits.split_of_family(rule.family) is not Split.TEST]
    cases = max(total - len(desk.kept) - others.left, 0)
    turns = POOL_TURNS if cases else 0
    further = [
        (rule.id, draft)
        for turn in range(1, turns + 1)
        for rule in order(open_rules, turn, desk.options.seed)
        for draft in desk.further(rule, turn, choosy=True)
        if not malformed(draft, desk.options.max_words)
    ]
    progress("plan", 0, 1)
    shares = _shares(desk, open_rules)
    written = _choose(desk, others, further, cases, shares)
    progress("plan", 1, 1)
    others.write_rest()
    _write_on(desk, open_rules, total, written, shares, progress)


def _shares(desk: Desk, rules: Sequence[Rule]) -> dict[str, float]:
    """Rule id -> how many times the mean number of further cases it gets; 1 for all where no audit steers."""
    wanted = {rule.id: desk.prover.attention.get(rule.id, 1.0) for rule in rules}
    mean = sum(wanted.values()) / len(wanted) if wanted else 1.0
    return {rule_id: factor / mean for rule_id, factor in wanted.items()}


class _Others:
    """The forms other than cases: their shares of the budget and their drafts."""

    def __init__(self, desk: Desk, total: int, found: Sequence[Draft]) -> None:
        self._desk = desk
        shares = {kind: share for kind, share in desk.options.mix.items() if share > 0 or kind == SCENARIO}
        wanted = quotas(total, shares)
        wanted.pop(SCENARIO, None)
        seeded = sum(one.draft.kind != SCENARIO for one in desk.kept)
        self.left = max(min(total - len(desk.kept), sum(wanted.values()) - seeded), 0)
        """How many samples of these forms may still be written; hand-written ones count."""
        self._wanted = quotas(self.left, wanted) if self.left else {}
        offered = further_candidates(desk.ontology, desk.frames, desk.options.seed)
        for draft in found:
            offered.setdefault(draft.kind, []).append(draft)
        kept_out = {Split.TEST, None}
        self.offered: dict[str, list[Draft]] = {
            kind: [draft for draft in offered.get(kind, ()) if desk.splits.split(draft) not in kept_out]
            for kind in sorted(offered)
        }
        for drafts in self.offered.values():  # so that a gap can be told from what is out of reach, whatever the shares
            desk.prover.keys(drafts)
        self.written: Counter[str] = Counter()

    def write_least(self) -> None:
        """Of each form the part of its share that it always gets, those first that cover the most."""
        for kind, most in sorted(self._wanted.items()):
            self._write(kind, int(most * self._desk.options.least_of_form))

    def write_rest(self) -> None:
        """What the planner left of the budget goes to the forms in their shares."""
        for kind, most in sorted(self._wanted.items()):
            self._write(kind, most)

    def open(self) -> list[Draft]:
        """What is not written yet."""
        own = [draft for kind in sorted(self._wanted) for draft in self.offered[kind]]
        return [draft for draft in own if not self._desk.holds(draft)]

    def offer(self, draft: Draft) -> bool:
        if self.left < 1 or not self._desk.offer(draft):
            return False
        self.left -= 1
        self.written[draft.kind] += 1
        return True

    def _write(self, kind: str, most: int) -> None:
        """Up to ``most`` of ``kind``: by gain, then at random."""
        pool = [draft for draft in self.offered[kind] if not self._desk.holds(draft)]
        number = min(most - self.written[kind], self.left)
        if number < 1:
            return
        desk = self._desk
        found = plan(
            desk.prover.keys(pool), number, weights=desk.prover.weights, covered=desk.covered,
            accept=lambda index: self.offer(pool[index]),
        )  # fmt: skip
        rest = [index for index in range(len(pool)) if index not in set(found.chosen)]
        random.Random(f"{desk.options.seed}:{kind}").shuffle(rest)
        for index in rest:
            if self.written[kind] >= most or self.left < 1:
                return
            if not desk.holds(pool[index]):
                self.offer(pool[index])


def _choose(
    desk: Desk, others: _Others, further: Sequence[tuple[str, Draft]], cases: int, shares: Mapping[str, float]
) -> dict[Verdict, int]:
    """Maximum coverage over other forms and further cases; says how many cases of each verdict were taken."""
    open_others = others.open()
    pool = [*open_others, *(draft for _, draft in further if not desk.holds(draft))]
    owners = ["", *dict.fromkeys(owner for owner, _ in further)]
    sides = [""] * len(open_others) + [str(draft.verdict) for draft in pool[len(open_others) :]]
    about = [""] * len(open_others) + [draft.rule_ids[0] for draft in pool[len(open_others) :]]
    limits = (
        Limit(sides, {"": others.left, **{str(verdict): cases // len(VERDICTS) for verdict in VERDICTS}}),
        Limit(about, {owner: ceil(cases / len(shares) * shares[owner]) + 1 for owner in owners if owner}),
    )

    def accept(index: int) -> bool:
        return others.offer(pool[index]) if index < len(open_others) else desk.offer(pool[index])

    found = plan(
        desk.prover.keys(pool), others.left + cases, weights=desk.prover.weights, covered=desk.covered,
        limits=limits, accept=accept, seed=desk.options.seed,
    )  # fmt: skip
    taken = Counter(pool[index].verdict for index in found.chosen if index >= len(open_others))
    return {verdict: taken[verdict] for verdict in VERDICTS}


def _write_on(
    desk: Desk,
    rules: Sequence[Rule],
    total: int,
    written: dict[Verdict, int],
    shares: Mapping[str, float],
    progress: Progress,
) -> None:
    """Further cases until the budget is spent: what people ask about, the verdicts in equal shares, the rules in turn.

    A rule of share 2 has its turn twice in a round, one of a half in every other. Where that is not enough, as for a handful of rules, any case will do. A rule of the test split keeps its first three
    cases, so that the split stays balanced.
    """
    for choosy in (True, False):
        for turn in range(1, _TURNS):
            for rule in order(rules, turn, desk.options.seed):
                if len(desk.kept) >= total:
                    return
                begun, done = (floor(place * shares[rule.id] + 1e-9) for place in (turn - 1, turn))
                own = (desk.further(rule, number, choosy=choosy) for number in range(begun + 1, done + 1))
                for draft in chain.from_iterable(own):
                    verdict = draft.verdict
                    if verdict is None or len(desk.kept) >= total or desk.holds(draft):
                        continue
                    fair = not choosy or written[verdict] <= min(written.values()) + _UNEVEN
                    if fair and desk.offer(draft):
                        written[verdict] += 1
            progress("more cases", len(desk.kept), total)
