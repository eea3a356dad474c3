"""How much a target matters: the severity of its rule, what an audit found weak, and what the user says."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.coverage_targets import Target
from kg.errors import UserError
from kg.model import Judgement, Modality, Ontology, Rule

SEVERITY: Mapping[Modality, float] = {
    Modality.PROHIBITION: 1.5,
    Modality.OBLIGATION: 1.25,
    Modality.PERMISSION: 1.0,
    Modality.RECOMMENDATION: 0.75,
    Modality.DEFINITION: 0.75,
}
"""A forbidden act done weighs more than a liberty not taken."""


@dataclass(frozen=True, slots=True)
class Weighting:
    """Factors that multiply a target's weight.

    ``weakness`` gives per region id the share of wrong answers in an audit, in [0, 1]; ``own`` a factor by element id,
    clause number, region id or name, or concept label (case does not matter). ``attention`` gives per region id how many
    times the usual number of further samples it gets (:mod:`kg.coverage_attention`).
    """

    severity: bool = False
    weakness: Mapping[str, float] = field(default_factory=dict)
    own: Mapping[str, float] = field(default_factory=dict)
    attention: Mapping[str, float] = field(default_factory=dict)


def weigh(ontology: Ontology, targets: Iterable[Target], weighting: Weighting) -> tuple[Target, ...]:
    """``targets`` with their weights; a weight of 0 says that the target does not matter at all."""
    own = {name.strip().lower(): factor for name, factor in weighting.own.items()}
    return tuple(replace(one, weight=one.weight * _factor(ontology, one, weighting, own)) for one in targets)


def weakness_by_region(judgements: Iterable[Judgement], model: str = "aligned") -> dict[str, float]:
    """Region id -> share of ``model``'s wrong answers, smoothed by one right and one wrong (Laplace)."""
    asked: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for one in judgements:
        if one.model == model and one.region_id:
            asked[one.region_id] += 1
            wrong[one.region_id] += not one.correct
    return {region: (wrong[region] + 1) / (count + 2) for region, count in sorted(asked.items())}


def read_weights(path: Path) -> dict[str, float]:
    """A user's own factors. Any fault is a :class:`UserError` that names the file and the entry."""
    import yaml

    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(f"the weights file {path} cannot be read: {error.strerror}", "check the path") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UserError(f"the weights file {path} is not YAML", "write lines such as: 3.2: 2.0") from error
    if not isinstance(found, dict):
        raise UserError(f"the weights file {path} is no mapping", "write lines such as: 3.2: 2.0")
    for name, factor in found.items():
        if isinstance(factor, bool) or not isinstance(factor, int | float) or not 0 <= factor < float("inf"):
            raise UserError(f"{path}: the weight of {name!r} is {factor!r}", "a weight is a number of at least 0")
    return {str(name): float(factor) for name, factor in found.items()}


def _factor(ontology: Ontology, target: Target, weighting: Weighting, own: Mapping[str, float]) -> float:
    factor = (1.0 + weighting.weakness.get(target.region, 0.0)) * weighting.attention.get(target.region, 1.0)
    rule = _rule(ontology, target)
    if weighting.severity and rule is not None:
        factor *= SEVERITY[rule.modality]
    if own:
        names = {target.element_id, target.region, _region_name(ontology, target.region), target.label}
        if rule is not None and (clause := ontology.clause_by_id.get(rule.clause_id)):
            names |= {rule.id, clause.id, clause.number}
        for name in sorted({name.lower() for name in names if name}):
            factor *= own.get(name, 1.0)
    return factor


def _rule(ontology: Ontology, target: Target) -> Rule | None:
    return ontology.rule_by_id.get(target.element_id) if target.kind in {"rule", "exception"} else None


def _region_name(ontology: Ontology, region: str) -> str:
    section = ontology.section_by_id.get(region)
    document = ontology.document_by_id.get(region)
    return section.title if section else document.title if document else ""
