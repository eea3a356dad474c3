"""What a budget buys, said before it is spent: ``plumbline generate --dry-run``."""

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from generation.options import SCENARIO
from generation.planner import Plan, plan, quotas
from generation.planning_bound import fewest_needed, most_coverable
from generation.planning_specs import Spec, Specs, specs
from generation.targets import VERDICTS, rules_of
from kg.coverage import KINDS, Target, Weighting, share_of, targets
from kg.coverage_weights import weigh
from kg.errors import UserError
from kg.model import Ontology


@dataclass(frozen=True, slots=True)
class Prediction:
    """What ``budget`` samples will cover.

    ``total`` and ``covered`` count targets by kind. ``for_rules`` samples cover each rule with each verdict,
    ``for_all`` everything that the writers can reach; ``forms`` says what would be written. ``bound`` is the share of
    the weight that no plan of this size exceeds and ``reached`` that of the plan, both None unless asked for;
    ``fewest`` is a lower bound of ``for_all``.
    """

    budget: int
    total: Mapping[str, int]
    covered: Mapping[str, int]
    for_rules: int
    for_all: int
    forms: Mapping[str, int]
    curve: tuple[tuple[int, float], ...]
    reached: float | None = None
    bound: float | None = None
    fewest: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        by_kind = {
            kind: {"total": total, "covered": self.covered.get(kind, 0),
                   "ratio": share_of(self.covered.get(kind, 0), total)}
            for kind, total in self.total.items()
        }  # fmt: skip
        asked = {} if self.bound is None else {
            "bound": {
                "plan": round(self.reached or 0.0, 4), "best_possible": round(self.bound, 4),
                "fewest_for_everything": round(self.fewest or 0.0, 1),
            }
        }  # fmt: skip
        return {
            "budget": self.budget,
            "by_kind": by_kind,
            "samples_for_every_rule_and_verdict": self.for_rules,
            "samples_for_everything": self.for_all,
            "forms": dict(self.forms),
            "curve": [{"samples": samples, "covered": round(share, 4)} for samples, share in self.curve],
            **asked,
        }


def predict(
    ontology: Ontology,
    budget: int,
    *,
    t: int = 2,
    weighting: Weighting | None = None,
    seed: int = 0,
    bound: bool = False,
    mix: Mapping[str, float] | None = None,
) -> Prediction:
    """What ``budget`` samples will cover: the planner's greedy plan over :func:`generation.planning_specs.specs`.

    With ``mix`` (``GenerationOptions.mix``) each form gets the share of the budget that the pipeline gives it: first
    the cases that cover each rule with each verdict, then of each other form those that cover the most.

    Raises :class:`UserError` when the ontology states no rules or the budget is below 1; the hint says how many
    samples full coverage needs.
    """
    with collector_paused():
        asked, known, elements, weights, whole = _whole(ontology, t, weighting, seed)
    possible = known.all
    for_rules = len(VERDICTS) * len(ontology.rules)
    if budget < 1:
        raise UserError(
            f"a budget of {budget} samples buys nothing",
            f"{for_rules} samples cover each rule with each verdict, {len(whole.chosen)} everything within reach",
        )
    if mix is not None:
        spent = _as_mixed(possible, elements, weights, budget, mix)
    else:
        spent = plan(elements, budget, weights=weights, seed=seed) if budget < len(whole.chosen) else whole
    reached, best, fewest = _compare(elements, weights, spent, budget) if bound else (None, None, None)
    return Prediction(
        budget, _count(target.kind for target in asked), _count(known.keys[one][0] for one in spent.covered if one in weights), for_rules, len(whole.chosen),
        _forms(possible, spent, budget), _curve(whole), reached, best, fewest,
    )  # fmt: skip


def needed(ontology: Ontology, *, t: int = 2, weighting: Weighting | None = None, seed: int = 0) -> Mapping[str, int]:
    """How many samples cover each rule with each verdict, and about how many everything that writers can reach.

    Raises :class:`UserError` when the ontology states no rules.
    """
    return {
        "every_rule_and_verdict": len(VERDICTS) * len(rules_of(ontology)),
        "everything": len(_whole(ontology, t, weighting, seed)[-1].chosen),
    }


def _whole(
    ontology: Ontology, t: int, weighting: Weighting | None, seed: int
) -> tuple[tuple[Target, ...], Specs, list[frozenset[int]], dict[int, float], Plan[int]]:
    """The targets, the specs, their elements, the weights of these, and the plan that spares nothing."""
    rules_of(ontology)
    asked = targets(ontology, t)
    if weighting:
        asked = weigh(ontology, asked, weighting)
    possible = specs(ontology, t)
    weight = {target.key: target.weight for target in asked}
    weights = {number: weight[key] for number, key in enumerate(possible.keys) if key in weight}
    # What no target asks for (a superfluous tuple) must not steer the plan.
    wanted = frozenset(number for number, value in weights.items() if value)
    whole = len(wanted) == len(possible.keys)
    elements = [one.elements if whole else one.elements & wanted for one in possible.all]
    return asked, possible, elements, weights, plan(elements, len(possible.all), weights=weights, seed=seed)


@contextmanager
def collector_paused() -> Iterator[None]:
    """No garbage collection meanwhile: hundreds of thousands of small sets are made, none of them in a cycle, and every full
    pass that they set off walks over all that the program holds besides.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _as_mixed(
    possible: tuple[Spec, ...],
    elements: list[frozenset[int]],
    weights: Mapping[int, float],
    budget: int,
    mix: Mapping[str, float],
) -> Plan[int]:
    """A plan in which each form keeps to its share."""
    places: dict[str, list[int]] = {}
    for index, spec in enumerate(possible):
        places.setdefault(spec.form, []).append(index)
    wanted = quotas(budget, mix)
    wanted.pop(SCENARIO, None)
    left = max(budget - len(places.get(SCENARIO, ())), 0)
    caps = quotas(min(left, sum(wanted.values())), wanted) if left and sum(wanted.values()) else {}
    chosen: list[int] = []
    covered: frozenset[int] = frozenset()
    for form in (SCENARIO, *sorted(caps)):
        own = places.get(form, [])
        cap = min(budget, len(own)) if form == SCENARIO else caps[form]
        found = plan([elements[index] for index in own], cap, weights=weights, covered=covered)
        chosen.extend(own[index] for index in found.chosen)
        covered |= found.covered
    return plan(elements, len(chosen), weights=weights, chosen=chosen)


def _compare(
    elements: list[frozenset[int]], weights: Mapping[int, float], spent: Plan[int], budget: int
) -> tuple[float, float, float]:
    total = spent.total or 1.0
    best = most_coverable(elements, budget, weights)
    return sum(spent.gains) / total, best / total, fewest_needed(elements, 1.0, weights)


def _count(kinds: Iterable[str]) -> dict[str, int]:
    counts = Counter(kinds)
    return {kind: counts[kind] for kind in KINDS}


def _forms(possible: tuple[Spec, ...], spent: Plan[int], budget: int) -> dict[str, int]:
    counts = Counter(possible[index].form for index in spent.chosen)
    if budget > len(spent.chosen):
        counts[SCENARIO] += budget - len(spent.chosen)  # what is left goes into further cases
    return dict(counts.most_common())


def _curve(whole: Plan[int], points: int = 20) -> tuple[tuple[int, float], ...]:
    """The predicted share at ``points`` even steps up to everything."""
    length = len(whole.chosen)
    places = sorted({round(length * step / points) for step in range(1, points + 1)} - {0})
    curve = whole.curve
    return tuple((place, curve[place - 1]) for place in places)
