"""t-way tuples: which combinations of actor, action, object, condition and verdict a set of samples exercises.

As in combinatorial testing (Kuhn, Kacker and Lei 2010) an element is a combination of t values of different factors.
Only combinations that some rule states are asked for: the policy says nothing of the others. A value is the
rule's field in lower case, so that the same can be asked in Cypher.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import combinations

from kg.coverage_options import FACTORS
from kg.model import Modality, Rule, Verdict

SEPARATOR = " | "
OPERATORS = frozenset({"require", "need"})


def values(rule: Rule) -> Mapping[str, str]:
    """Factor -> value for the factors that ``rule`` fills; the verdict is not a property of a rule.

    "Means", "requires" and "needs" are operators of the norm, nobody's act: they are no value.
    """
    found = {name: " ".join(str(getattr(rule, name)).lower().split()) for name in FACTORS if name != "verdict"}
    if rule.modality is Modality.DEFINITION or found["action"] in OPERATORS:
        found["action"] = ""
    return {name: value for name, value in found.items() if value}


def tuples_of(rule: Rule, t: int) -> Iterator[tuple[str, Verdict | None]]:
    """Every tuple of ``t`` factors that ``rule`` states, as (element id, verdict)."""
    filled = values(rule)
    for names in factor_sets(t):
        stated = [name for name in names if name != "verdict"]
        if all(name in filled for name in stated):
            id_ = SEPARATOR.join(f"{name}: {filled[name]}" for name in stated)
            if "verdict" in names:
                yield from ((id_, verdict) for verdict in Verdict)
            else:
                yield id_, None


def proved_tuples(rule: Rule, fields: AbstractSet[str], verdict: Verdict | None, t: int) -> Iterator[tuple[str, str]]:
    """The tuples, as (element id, verdict or empty), that a sample proves whose text speaks of ``fields`` of ``rule``."""
    filled = values(rule)
    for names in factor_sets(t):
        stated = [name for name in names if name != "verdict"]
        if not all(name in filled and name in fields for name in stated):
            continue
        if "verdict" not in names:
            yield SEPARATOR.join(f"{name}: {filled[name]}" for name in stated), ""
        elif verdict is not None:
            yield SEPARATOR.join(f"{name}: {filled[name]}" for name in stated), verdict.value


@lru_cache
def factor_sets(t: int) -> tuple[tuple[str, ...], ...]:
    """The sets of ``t`` factors, in the order of :data:`~kg.coverage_options.FACTORS`; none for t = 0."""
    return tuple(combinations(FACTORS, t)) if t else ()
