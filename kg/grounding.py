"""What the graph knows about a case before a model reads it: which limits and steps of the retrieved rules it settles.

A rule turns on facts: a limit ("USD 75 or less", "within 5 working days"), or a step that somebody has to take (an
approval, a report, an entry, a check). For each of them a :class:`Check` says whether the case settles it, and with
which words. Numbers are compared here, because language models compare them poorly and arithmetic does not; what
follows from the facts is left to the model. The checks are data about the case and never name a verdict.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kg.grounding_case import of_all, of_another, without_hearsay, without_rules
from kg.grounding_steps import STEPS, Step
from kg.model import Modality, Rule, Threshold
from kg.quantities import CURRENCIES, Quantity, in_base, quantities
from kg.words import content


class Outcome(StrEnum):
    """Whether the case settles a point of a rule, and how."""

    YES = "yes"
    NO = "no"
    OPEN = "not said"


@dataclass(frozen=True, slots=True)
class Check:
    """One point of a rule, held against a case. ``words`` are the case's own, empty where it says nothing."""

    point: str
    outcome: Outcome
    words: str = ""
    limit: bool = False
    """Whether the point is a quantity rather than a step."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A rule that bears on a case: what it does (its modality) and its points."""

    rule_id: str
    modality: str
    checks: tuple[Check, ...] = ()


MOST = 3
"""Checks of one rule that are kept: what else it turns on seldom decides, and each costs the prompt tokens."""


def ground(case: str, text: str, rules: Sequence[Rule]) -> tuple[Ground, ...]:
    """Each of ``rules`` held against ``case``, as far as ``text``, what is shown of them, states its points.

    A point that two rules share ("USD 75 or less") stands with the first of them; rules of one modality that are left
    without a point of their own are one.
    """
    case, amounts, segments, told = _read(case)
    meant = [rule for rule in rules if _speaks_of(rule, told)]
    seen: set[str] = set()
    found: list[Ground] = []
    for rule in rules:
        checks = [
            check
            for check in (*_limits(rule, text, case, _own(rule, meant, amounts)), *_steps(rule, rules, text, segments))
            if check.point not in seen
        ][:MOST]
        seen.update(check.point for check in checks)
        if checks or all(ground.modality != rule.modality.value for ground in found):
            found.append(Ground(rule.id, rule.modality.value, tuple(checks)))
    return tuple(found)


@lru_cache(maxsize=64)  # the passages found for one question are held against it one after the other
def _read(case: str) -> tuple[str, tuple[Quantity, ...], list[str], frozenset[str]]:
    """The case without the rules that it quotes, its amounts, its parts, and its words."""
    case = without_rules(case)
    return case, quantities(case), _segments(case), frozenset(content(case))


def _speaks_of(rule: Rule, told: AbstractSet[str]) -> bool:
    """Whether a case of the words ``told`` names the rule's act."""
    return bool(set(content(rule.action)) & told)


def _own(rule: Rule, meant: Sequence[Rule], amounts: Sequence[Quantity]) -> Sequence[Quantity]:
    """The amounts of a case that can be about ``rule``: one span of time is that of the act which the case names, where another rule
    is shown beside it ("confirm within 5 days and decide within 15 days").
    """
    spans = [one for one in amounts if one.dimension == "time"]
    others = {limit.text for one in meant for limit in one.thresholds if _is_span(limit)}
    own = {limit.text for limit in rule.thresholds}
    if len(spans) != 1 or rule.id in {one.id for one in meant} or not others or own & others:
        return amounts
    return [one for one in amounts if one.dimension != "time"]


def _is_span(limit: Threshold) -> bool:
    return in_base(limit.value, limit.unit)[1] == "time"


def _limits(rule: Rule, text: str, case: str, amounts: Sequence[Quantity]) -> Iterator[Check]:
    for threshold in rule.thresholds:
        if threshold.text not in text:
            continue
        limit, dimension = in_base(threshold.value, threshold.unit)
        told = [one for one in amounts if one.dimension == dimension and not (one.whole_days and limit < 1)]
        said = _said(case, threshold, told)
        if said is None:
            if threshold.comparator != "=" or dimension == "time":
                yield Check(threshold.text, Outcome.OPEN, limit=True)
            continue
        met = Outcome.YES if _meets(said.value, limit, threshold) else Outcome.NO
        yield Check(threshold.text, met, said.text, limit=True)


_PASSING = re.compile(
    r"\b(?:within|after|later|ago|since|before\w*|in advance|earl(?:y|ier)|late|notice|until|next|following|last|yesterday|overnight)\b",
    re.IGNORECASE,
)
"""Beside a span of time: it tells when something was done, not how long something lasts."""

_BESIDE = 14
"""Characters before and after a span in which such a word is looked for."""


def _said(case: str, threshold: Threshold, amounts: Sequence[Quantity]) -> Quantity | None:
    """The amount of a case that a limit is about: of two spans of time the one that is of the limit's kind, a time that
    passes until something is done ("within 30 days") or a time that something lasts ("for up to 3 days"), else the first.
    """
    if len(amounts) < 2 or amounts[0].dimension != "time":
        return amounts[0] if amounts else None
    asked = bool(_PASSING.search(threshold.text))

    def passes(amount: Quantity) -> bool:
        end = amount.start + len(amount.text)
        return bool(_PASSING.search(case[max(amount.start - _BESIDE, 0) : end + _BESIDE]))

    return next((amount for amount in amounts if passes(amount) == asked), amounts[0])


_TOLERANCE = 0.021
"""Calendar spans are rounded ("a month" is 30.4 days), so a value this close to the limit, as a share, is on it."""


def _meets(value: float, limit: float, threshold: Threshold) -> bool:
    near = 0.0 if threshold.unit in CURRENCIES else _TOLERANCE * limit
    on = abs(value - limit) <= near
    match threshold.comparator:
        case ">":
            return value > limit and not on
        case ">=":
            return value > limit or on
        case "<":
            return value < limit and not on
        case "=":
            return on
        case _:
            return value < limit or on


_NEGATIVE = re.compile(
    r"\b(?:no|not|never|nobody|no one|none|nothing|nowhere|neither|without|refus\w+|declined|forgot\w*|turned \w+(?: \w+)? down|"
    r"rejected|rather than|only afterwards)\b|n[’']t\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:whether|has to|have to|need to|must|should|may I|can I|can we|may we|do I|do we)\b", re.IGNORECASE
)
"""A segment that asks about a step does not say that it was taken."""


_SPARED = re.compile(
    r"\b(?:without|no|nor)\s+(?:\w+\s+){0,2}(?:approval|consent|permission|authori[sz]ation)\b|\bneed not (?:be )?\w+",
    re.IGNORECASE,
)
"""A step that the rule says is not asked for."""


@lru_cache(maxsize=4096)  # a rule is held against many cases
def _asked(wording: str) -> tuple[Step, ...]:
    """The steps that the ``wording`` of a rule asks for."""
    wording = _SPARED.sub("", wording)
    return tuple(step for step in STEPS if step.asked.search(wording))


def _steps(rule: Rule, rules: Sequence[Rule], text: str, segments: Sequence[str]) -> Iterator[Check]:
    """The steps that ``rule`` asks for: in all of a duty, elsewhere in what it makes a condition or an exception."""
    asked_for = f"{rule.condition} {rule.exception} {rule.authority}"
    if rule.modality in {Modality.OBLIGATION, Modality.RECOMMENDATION}:
        asked_for = rule.text if rule.text[:60] in text else text
    for step in _asked(asked_for):
        parts = segments
        if step.name == "report":
            parts = [without_hearsay(part, text) for part in segments]
        elif step.name == "approval":
            parts = [part for part in segments if not of_another(part, [one.authority for one in rules])]
        told = [part for part in parts if step.taken.search(part)]
        denied = [part for part in parts if step.left.search(part) or (part in told and _NEGATIVE.search(part))]
        said = denied or [part for part in told if not _ASKED.search(part)]
        if step.name == "approval" and not denied and not any(of_all(" ".join(said), one.authority) for one in rules):
            said = []  # one of two has agreed
        outcome = Outcome.NO if denied else Outcome.YES if said else Outcome.OPEN
        yield Check(step.name, outcome, said[0] if said else "")


def _segments(case: str) -> list[str]:
    return [part.strip() for part in re.split(r"[.;:!?]\s+|,\s+|\s+(?:but|and|so)\s+", case) if part.strip()]
