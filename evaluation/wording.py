"""Figures in words: numbers as a reader wants them, and sentences that claim no more than an interval allows."""

from evaluation.audit import Audit
from evaluation.statistics import Interval
from evaluation.weakness import Standing
from kg.model import Verdict

MINUS = "\u2212"
THIN = "\u2009"
NONE = "\u2013"

VERDICT_NAMES = {
    Verdict.PERMITTED: "Permitted",
    Verdict.PROHIBITED: "Prohibited",
    Verdict.NEEDS_INFORMATION: "Needs information",
}

OUTCOME_NAMES = {
    "mended": "Mended by alignment",
    "spoilt": "Spoilt by alignment",
    "kept_right": "Right before and after",
    "kept_wrong": "Wrong before and after",
    "unscored": "Not scored",
}

KIND_NAMES = {
    "rule": "Rules × verdicts",
    "concept": "Concepts",
    "relation": "Relations",
    "relation_type": "Relation types",
    "exception": "Exceptions",
    "conflict": "Conflicting pairs of rules",
    "tuple": "Combinations",
}
"""The kinds of coverage target, as a table names all of a kind."""

KIND_NAME = {
    "rule": "Rule × verdict",
    "concept": "Concept",
    "relation": "Relation",
    "relation_type": "Relation type",
    "exception": "Exception",
    "conflict": "Conflicting pair",
    "tuple": "Combination",
}
"""One of them."""

KIND_MEANING = {
    "rule": "each rule in a case that it permits, one that it prohibits and one in which a fact is missing",
    "concept": "each concept named in the text of a sample",
    "relation": "each relation with both of its concepts in one sentence",
    "relation_type": "each type of relation at least once",
    "exception": "each exception of a rule in a sample that speaks of it",
    "conflict": "each conflicting pair in one sample that exercises both rules",
    "tuple": "each pair of actor, action, object, condition and verdict that the rules join (more than a pair, where the "
    "configuration asks for it)",
}
"""What covers a target of a kind."""


def figure(value: float | None, digits: int = 2) -> str:
    """A plain number; a dash where there is none."""
    return NONE if value is None else f"{value:.{digits}f}".replace("-", MINUS)


def signed(value: float | None, digits: int = 2) -> str:
    """A number with its sign, a true minus."""
    return NONE if value is None else f"{value:+.{digits}f}".replace("-", MINUS)


def count(value: float) -> str:
    """A whole number in groups of three: 1,057."""
    return f"{round(value):,}".replace("-", MINUS)


def percent(value: float | None) -> str:
    """Whole percent; 100 only where it is all, 0 only where it is nothing."""
    if value is None:
        return NONE
    whole = round(100 * value)
    if whole == 100 and value < 1:
        whole = 99
    if whole == 0 and value > 0:
        whole = 1
    return f"{whole}{THIN}%"


def between(interval: Interval | None, *, sign: bool = False) -> str:
    """The interval as "0.31 to 0.56"."""
    if interval is None:
        return "no interval"
    write = signed if sign else figure
    return f"{write(interval.low)} to {write(interval.high)}"


def duration(seconds: float) -> str:
    """Seconds below two minutes, then minutes and seconds, then hours and minutes."""
    if seconds < 10:
        return f"{seconds:.1f}{THIN}s"
    whole = round(seconds)
    if whole < 120:
        return f"{whole}{THIN}s"
    if whole < 7200:
        return f"{whole // 60}{THIN}min {whole % 60:02d}{THIN}s"
    return f"{whole // 3600}{THIN}h {whole % 3600 // 60:02d}{THIN}min"


def p_value(p: float) -> str:
    """As "p = 0.03" or "p < 0.001"."""
    return f"p < 0.{'0' * 2}1" if p < 0.001 else f"p = {p:.3f}" if p < 0.1 else f"p = {p:.2f}"


def plural(number: int, one: str, many: str = "") -> str:
    """The number with its noun."""
    return f"{count(number)} {one if number == 1 else many or one + 's'}"


def headline(audit: Audit) -> str:
    """What the audit found, in one sentence."""
    lift, before, after = audit.lift, audit.unaligned.macro_f1, audit.aligned.macro_f1
    if lift is None or before is None or after is None:
        return "No case was answered by both models: nothing can be said of the lift."
    change = f"from {figure(before.value)} to {figure(after.value)}"
    if lift.low > 0:
        return f"Alignment raised macro\u2011F1 {change}."
    if lift.high < 0:
        return f"Alignment lowered macro\u2011F1 {change}."
    return f"Macro\u2011F1 went {change}: these cases cannot tell that from chance."


CHANCE = 0.05
"""A p-value above it may be chance."""


def caveats(audit: Audit, k: int | None, generated: int = 0) -> list[str]:
    """What a reader must know before quoting the figures; ``generated`` cases are samples kept out of training."""
    found = [f"{plural(audit.n, 'case')} on {plural(audit.families, 'family', 'families')} of clauses or rules."]
    if generated:
        found.append(
            f"{count(generated)} of them were written by the writers of the training data, about rules that training did not "
            "see. Their wording gives part of the verdicts away (plumbline samples --diversity says how much): on cases "
            "in people's own words expect less."
        )
    if audit.options.by_family and audit.families < audit.n:
        found.append("Cases of one family depend on each other, so the bootstrap drew whole families.")
    if audit.families < 20:
        found.append("So few families leave the intervals rough: take them as a guide.")
    if audit.lift is not None and audit.lift.low > 0 and audit.change.p > CHANCE:
        found.append(
            f"The number of right answers alone may have changed by chance (McNemar, p = {figure(audit.change.p)}): what "
            "rose for certain is how evenly the three verdicts are found, which macro\u2011F1 measures."
        )
    recall = audit.context_recall
    if recall is not None:
        shown = round(recall.value * recall.n)
        where = "the one clause" if k == 1 else f"among the {k} clauses" if k else "among the clauses"
        found.append(
            f"In {count(shown)} of {count(recall.n)} cases ({percent(recall.low)} to {percent(recall.high)}) the deciding "
            f"clause was {where} that both models were shown."
        )
    for name, model in (("unaligned", audit.unaligned), ("aligned", audit.aligned)):
        if model.unscored:
            found.append(
                f"The {name} model failed on {plural(len(model.unscored), 'case')}: left out, not counted wrong."
            )
        if model.macro_f1 and model.macro_f1.degenerate:
            found.append(f"The interval of the {name} model has no width, because no resample of these cases differs.")
    return found


def weakest_sentence(audit: Audit) -> str:
    """Which regions are weak, and how many are not known."""
    target = percent(audit.options.target)
    by_standing = {kind: [one.name for one in audit.regions if one.standing is kind] for kind in Standing}
    weak, open_ones = by_standing[Standing.WEAK], by_standing[Standing.OPEN] + by_standing[Standing.TOO_FEW]
    parts = []
    if weak:
        parts.append(f"Below {target}, more than chance explains: {_listed(weak)}.")
    else:
        parts.append(f"No section can be said to lie below {target}.")
    if by_standing[Standing.STRONG]:
        parts.append(f"At least {target}: {_few(by_standing[Standing.STRONG])}.")
    if open_ones:
        parts.append(f"Not yet decided by their cases: {plural(len(open_ones), 'section')}.")
    if by_standing[Standing.UNTESTED]:
        parts.append(f"Untested: {_few(by_standing[Standing.UNTESTED])}.")
    return " ".join(parts)


def _few(names: list[str]) -> str:
    """Up to three by name, more by number."""
    return _listed(names) if len(names) <= 3 else plural(len(names), "section")


def _listed(names: list[str], most: int = 3) -> str:
    shown = names[:most]
    if len(names) > most:
        return f"{', '.join(shown)} and {len(names) - most} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
