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

    audit: str = ""
    """The run whose audit steers what is written: its id or how that begins. Regions in which the aligned model failed get
    more of the samples beyond the required ones (docs/coverage.md); "" steers nothing."""

    audit_strength: float = 1.0
    """How strongly: 0 not at all, 1 in proportion to the share of wrong answers, above 1 more than that."""

    def __post_init__(self) -> None:
        if not 0 <= self.t <= len(FACTORS):
            raise UserError(
                f"coverage.t is {self.t}", f"a tuple joins 1 to {len(FACTORS)} of {', '.join(FACTORS)}; 0 = no tuples"
            )
        if not 0 <= self.audit_strength <= 3:
            raise UserError(f"coverage.audit_strength is {self.audit_strength}", "use a number between 0 and 3")
