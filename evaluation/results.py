"""What an audit found, as records that know how to be JSON."""

from dataclasses import dataclass

from evaluation.metrics import VERDICTS, Confusion
from evaluation.options import AuditOptions
from evaluation.statistics import Interval, McNemar
from evaluation.weakness import RuleNeed, Standing


@dataclass(frozen=True, slots=True)
class ModelResult:
    """One model over all cases. ``citation`` is the share of answers that cite a gold clause; ``f1`` is by verdict, in
    the order of ``VERDICTS``.
    """

    confusion: Confusion
    macro_f1: Interval | None
    accuracy: Interval | None
    citation: Interval | None
    unscored: tuple[tuple[str, str], ...]
    f1: tuple[Interval | None, ...] = (None,) * len(VERDICTS)

    def to_dict(self) -> dict[str, object]:
        return {
            "n": self.confusion.n,
            "macro_f1": self.macro_f1.to_dict() if self.macro_f1 else None,
            "accuracy": self.accuracy.to_dict() if self.accuracy else None,
            "citation": self.citation.to_dict() if self.citation else None,
            "by_verdict": {
                verdict.value: {
                    "n": self.confusion.gold(verdict),
                    "precision": self.confusion.precision(verdict),
                    "recall": self.confusion.recall(verdict),
                    "f1": interval.to_dict() if interval else None,
                }
                for verdict, interval in zip(VERDICTS, self.f1, strict=True)
            },
            "confusion": [list(row) for row in self.confusion.counts],
            "unscored": [{"probe": probe, "reason": reason} for probe, reason in self.unscored],
        }


@dataclass(frozen=True, slots=True)
class RegionResult:
    """One region: both models' accuracy (Wilson), macro-F1 where the cases allow it, and the errors by probe id.

    ``change`` counts cases mended and spoilt by alignment; ``p_adjusted`` is its p over all tested regions (Holm).
    """

    region_id: str
    name: str
    rules: int
    n: int
    unaligned: Interval | None
    aligned: Interval | None
    unaligned_macro_f1: Interval | None
    aligned_macro_f1: Interval | None
    change: McNemar
    p_adjusted: float
    standing: Standing
    words: str
    errors: tuple[str, ...]

    @property
    def wrong(self) -> int:
        return len(self.errors)

    def to_dict(self) -> dict[str, object]:
        return {
            "region": self.region_id, "name": self.name, "rules": self.rules, "n": self.n,
            "unaligned": self.unaligned.to_dict() if self.unaligned else None,
            "aligned": self.aligned.to_dict() if self.aligned else None,
            "unaligned_macro_f1": self.unaligned_macro_f1.to_dict() if self.unaligned_macro_f1 else None,
            "aligned_macro_f1": self.aligned_macro_f1.to_dict() if self.aligned_macro_f1 else None,
            "change": {**self.change.to_dict(), "p_adjusted": self.p_adjusted},
            "standing": self.standing.value, "words": self.words, "errors": list(self.errors),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ContextResult:
    """Accuracy on the cases whose gold clause was (``shown``) or was not among the retrieved clauses: tells errors of
    retrieval from errors of judgement.
    """

    shown: bool
    unaligned: Interval | None
    aligned: Interval | None

    def to_dict(self) -> dict[str, object]:
        return {
            "gold_clause_shown": self.shown,
            "unaligned": self.unaligned.to_dict() if self.unaligned else None,
            "aligned": self.aligned.to_dict() if self.aligned else None,
        }


@dataclass(frozen=True, slots=True)
class Audit:
    """The whole audit. ``regions`` are weakest first and untested last; ``context_recall`` is the share of cases
    whose gold clause was among the retrieved ones: what no model could have known is not its fault alone.
    """

    n: int
    families: int
    unaligned: ModelResult
    aligned: ModelResult
    lift: Interval | None
    change: McNemar
    context_recall: Interval | None
    by_context: tuple[ContextResult, ...]
    regions: tuple[RegionResult, ...]
    needs: tuple[RuleNeed, ...]
    options: AuditOptions

    def to_dict(self) -> dict[str, object]:
        """Plain values for JSON. Rules in need are cut at 200."""
        return {
            "n": self.n,
            "families": self.families,
            "unaligned": self.unaligned.to_dict(),
            "aligned": self.aligned.to_dict(),
            "lift": self.lift.to_dict() if self.lift else None,
            "mcnemar": self.change.to_dict(),
            "context_recall": self.context_recall.to_dict() if self.context_recall else None,
            "by_context": [one.to_dict() for one in self.by_context],
            "regions": [region.to_dict() for region in self.regions],
            "next_rules": [need.to_dict() for need in self.needs[:200]],
            "target": self.options.target,
            "level": self.options.level,
            "resamples": self.options.resamples,
            "seed": self.options.seed,
        }
