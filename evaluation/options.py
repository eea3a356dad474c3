"""How an audit counts. Apart from the audit itself, so that a configuration is read without its machinery."""

from dataclasses import dataclass

from kg.errors import UserError


@dataclass(frozen=True, slots=True)
class AuditOptions:
    """How an audit counts."""

    target: float = 0.8
    """The accuracy that a region must reach; a region surely below it is called weak."""
    few: int = 12
    """A region with fewer cases whose interval holds the target is called too small to tell."""
    macro_from: int = 15
    """A region needs so many cases, and two of each verdict, before macro-F1 is computed for it."""
    resamples: int = 10_000
    """Bootstrap resamples."""
    level: float = 0.95
    """The level of all intervals."""
    by_family: bool = True
    """Resample whole families (the cases on one clause or rule) and not single cases."""
    seed: int = 20
    """Seed of the bootstrap."""

    def __post_init__(self) -> None:
        if not (0 < self.target < 1 and 0 < self.level < 1):
            raise UserError(
                f"the audit's target is {self.target} and its level {self.level}", "choose both between 0 and 1"
            )
        if self.resamples < 100:
            raise UserError(f"{self.resamples} resamples give no interval", "use 10000, or at least 100")
