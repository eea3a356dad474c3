"""What coverage asks for and how much each part of it matters."""

from dataclasses import dataclass
from pathlib import Path

from kg.errors import UserError

FACTORS = ("actor", "action", "object", "condition", "verdict")
"""What a t-way tuple is made of (combinatorial testing: Kuhn, Kacker and Lei 2010, NIST SP 800-142)."""


@dataclass(frozen=True, slots=True)
class CoverageOptions:
    """Validated at construction: what cannot be is a :class:`UserError`."""

    t: int = 2
    """How many of actor, action, object, condition and verdict one tuple joins; 0 asks for no tuples."""

    severity: bool = True
    """Prohibitions and obligations weigh more than permissions when gaps are ranked and budgets are planned."""

    weights: Path | None = None
    """A YAML file of your own weights: element id, clause number, region name or concept label to a factor."""

    def __post_init__(self) -> None:
        if not 0 <= self.t <= len(FACTORS):
            raise UserError(
                f"coverage.t is {self.t}", f"a tuple joins 1 to {len(FACTORS)} of {', '.join(FACTORS)}; 0 = no tuples"
            )
