"""Where the aligned model is weak, how sure that is, and which rules to write data for next.

Ranking. Regions are ordered by the upper end of Wilson's interval of their accuracy, lowest first: the first region
is the one whose *best plausible* accuracy is worst. Ordering by the observed accuracy would put a region with one
case, answered wrong, before a region with 20 of 60 wrong; ordering by the lower end would do the same. A region
without a case has the upper end 1 and comes last, marked untested: what was not asked is not known to be good.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evaluation.statistics import Interval
from kg.model import Ontology


class Standing(StrEnum):
    """What the interval of a region allows one to say of it against the target."""

    WEAK = "weak"
    STRONG = "strong"
    OPEN = "open"
    TOO_FEW = "too_few"
    UNTESTED = "untested"


def standing(accuracy: Interval | None, target: float, few: int) -> Standing:
    """``WEAK``: the whole interval lies below ``target``; ``STRONG``: none of it does; ``OPEN``: it holds the target
    and rests on at least ``few`` cases; ``TOO_FEW``: it holds the target and rests on fewer.
    """
    if accuracy is None:
        return Standing.UNTESTED
    if accuracy.high < target:
        return Standing.WEAK
    if accuracy.low >= target:
        return Standing.STRONG
    return Standing.TOO_FEW if accuracy.n < few else Standing.OPEN


def in_words(accuracy: Interval | None, target: float, few: int) -> str:
    """The standing as a reader should hear it, with its n."""
    if accuracy is None:
        return "no case: untested"
    share = f"{100 * target:g}\u2009%"
    return {
        Standing.WEAK: f"n = {accuracy.n}: below {share}",
        Standing.STRONG: f"n = {accuracy.n}: at least {share}",
        Standing.OPEN: f"n = {accuracy.n}: may be either side",
        Standing.TOO_FEW: f"n = {accuracy.n}: too few to tell",
    }[standing(accuracy, target, few)]


def rank_key(accuracy: Interval | None, name: str) -> tuple[float, float, str]:
    """Sort key: surely weak first, untested last."""
    return (accuracy.high, accuracy.value, name) if accuracy else (2.0, 2.0, name)


@dataclass(frozen=True, slots=True)
class RuleNeed:
    """A rule that wants more data. ``weight`` is in (0, 1]; ``wrong`` of ``asked`` cases on its clause failed."""

    rule_id: str
    clause_id: str
    citation: str
    region_id: str
    text: str
    wrong: int
    asked: int
    weight: float
    reason: str

    def to_dict(self) -> dict[str, object]:
        return {
            "rule": self.rule_id, "clause": self.clause_id, "citation": self.citation, "region": self.region_id,
            "text": self.text, "wrong": self.wrong, "asked": self.asked, "weight": round(self.weight, 6),
            "reason": self.reason,
        }  # fmt: skip


def rules_in_need(
    outcomes: Sequence[tuple[str, bool]],
    ontology: Ontology,
    region_of_rule: Mapping[str, str],
    region_rate: Mapping[str, float | None],
) -> tuple[RuleNeed, ...]:
    """Every rule by the need for data, greatest first.

    ``outcomes`` are (gold clause id, answered right) of the aligned model; ``region_rate`` the accuracy by region,
    None where untested. The weight is the expected share of wrong answers on the rule's clause: its own cases, shrunk
    towards its region's rate by two pseudo-cases (towards 1/2 where the region is untested). So a rule that was never
    asked inherits the weakness of its region. Rules of no need (weight 0) are left out.
    """
    asked: dict[str, list[bool]] = {}
    for clause_id, right in outcomes:
        asked.setdefault(clause_id, []).append(right)
    needs = []
    for rule in ontology.rules:
        if rule.superseded:
            continue
        cases = asked.get(rule.clause_id, [])
        wrong = cases.count(False)
        region = region_of_rule.get(rule.id, "")
        rate = region_rate.get(region)
        expected_wrong = 1 - rate if rate is not None else 0.5
        weight = (wrong + 2 * expected_wrong) / (len(cases) + 2)
        if weight > 0:
            citation = ontology.clause_by_id[rule.clause_id].number
            reason = _reason(wrong, len(cases), rate)
            needs.append(
                RuleNeed(rule.id, rule.clause_id, citation, region, rule.text, wrong, len(cases), weight, reason)
            )
    return tuple(sorted(needs, key=lambda need: (-need.wrong, -need.weight, need.rule_id)))


def _reason(wrong: int, asked: int, rate: float | None) -> str:
    if wrong:
        return f"{wrong} of {asked} {'case' if asked == 1 else 'cases'} wrong"
    if asked:
        return f"{asked} of {asked} right, in a region with errors"
    return "never asked, in an untested region" if rate is None else "never asked, in a region with errors"
