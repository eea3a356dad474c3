"""How many samples a policy needs, and the order in which its rules are written about. Pure."""

import random
from collections.abc import Sequence

from kg.errors import UserError
from kg.model import Ontology, Rule, Verdict

VERDICTS = tuple(Verdict)


def rules_of(ontology: Ontology) -> tuple[Rule, ...]:
    """The rules to write about, in the order of the document. A superseded rule counts: it stays a target.

    Raises :class:`UserError` when there are none.
    """
    if not ontology.rules:
        raise UserError(
            "the ontology states no rules, so there is nothing to write about",
            "check that the documents were read (plumbline doctor) and hold sentences with must, may or should",
        )
    return ontology.rules


def needed(ontology: Ontology, kept_out: Sequence[Rule] = ()) -> int:
    """The fewest samples that cover each rule with each verdict."""
    return len(VERDICTS) * (len(rules_of(ontology)) - len(kept_out))


def check_budget(ontology: Ontology, samples: int) -> None:
    """Refuse a budget that cannot cover every rule with every verdict, and say how much is needed."""
    least = needed(ontology)
    if samples < least:
        raise UserError(
            f"{samples} samples cannot cover {len(ontology.rules)} rules with {len(VERDICTS)} verdicts each",
            f"ask for at least {least} samples; plumbline generate --budget {least} --dry-run says how many cover everything",
        )


def order(rules: Sequence[Rule], turn: int, seed: int) -> list[Rule]:
    """The rules in the order of round ``turn``: the document's at first, then shuffled anew each round."""
    ordered = list(rules)
    if turn:
        random.Random(f"{seed}:{turn}").shuffle(ordered)
    return ordered
