"""The audit: both models on the same cases, overall and by region of the ontology, with how sure each figure is."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from evaluation.answers import Answer, Contexts
from evaluation.judge import Judgement, gold_citations, judge_citation, known_citations
from evaluation.metrics import VERDICTS, Confusion, confusion
from evaluation.options import AuditOptions
from evaluation.probes import Probe
from evaluation.statistics import Interval, McNemar, PairedBootstrap, holm, mcnemar, paired_bootstrap, wilson
from evaluation.weakness import RuleNeed, Standing, in_words, rank_key, rules_in_need, standing
from kg.errors import PlumblineError
from kg.model import Ontology, Verdict
from kg.regions import Region, regions

__all__ = ["Audit", "AuditOptions", "ModelResult", "RegionResult", "audit"]


@dataclass(frozen=True, slots=True)
class ModelResult:
    """One model over all cases. ``citation`` is the share of answers that cite a gold clause."""

    confusion: Confusion
    macro_f1: Interval | None
    accuracy: Interval | None
    citation: Interval | None
    unscored: tuple[tuple[str, str], ...]

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
                    "f1": self.confusion.f1(verdict),
                }
                for verdict in VERDICTS
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
    unaligned_macro_f1: float | None
    aligned_macro_f1: float | None
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
            "unaligned_macro_f1": self.unaligned_macro_f1, "aligned_macro_f1": self.aligned_macro_f1,
            "change": {**self.change.to_dict(), "p_adjusted": self.p_adjusted},
            "standing": self.standing.value, "words": self.words, "errors": list(self.errors),
        }  # fmt: skip


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
            "regions": [region.to_dict() for region in self.regions],
            "next_rules": [need.to_dict() for need in self.needs[:200]],
            "target": self.options.target,
            "level": self.options.level,
            "resamples": self.options.resamples,
            "seed": self.options.seed,
        }


@dataclass(frozen=True, slots=True)
class _Case:
    """A probe with both answers."""

    probe: Probe
    unaligned: Answer
    aligned: Answer

    def right(self, answer: Answer) -> bool:
        return answer.verdict is self.probe.verdict


def audit(
    probes: Sequence[Probe],
    unaligned: Sequence[Answer],
    aligned: Sequence[Answer],
    ontology: Ontology,
    options: AuditOptions | None = None,
    contexts: Contexts | None = None,
) -> Audit:
    """Compare the two models' answers to the probes.

    Answers are matched by probe id; a probe without an answer is unscored. ``contexts`` (what both models were shown)
    adds the share of cases in which retrieval found the gold clause. Raises PlumblineError where there is no probe.
    """
    options = options or AuditOptions()
    if not probes:
        raise PlumblineError("there is no case to audit", "give a held-out set, or keep a share of the rules for tests")
    cases = _cases(probes, unaligned, aligned)
    boot = _bootstrap(cases, options)
    parts = regions(ontology, by="section")
    results = _regions(cases, parts, ontology, options)
    region_of_rule = {rule_id: region.id for region in parts for rule_id in region.rule_ids}
    rates = {result.region_id: result.aligned.value if result.aligned else None for result in results}
    outcomes = [
        (ref, case.right(case.aligned)) for case in cases if case.aligned.verdict for ref in case.probe.clause_ids
    ]
    numbers = {clause.number for clause in ontology.clauses}
    known = known_citations(probes, numbers, contexts)
    return Audit(
        n=len(cases),
        families=len({probe.family for probe in probes}),
        unaligned=_model(cases, [case.unaligned for case in cases], boot.first, (known, contexts), options),
        aligned=_model(cases, [case.aligned for case in cases], boot.second, (known, contexts), options),
        lift=boot.difference,
        change=_change(cases),
        context_recall=_context_recall(probes, contexts, options),
        regions=results,
        needs=rules_in_need(outcomes, ontology, region_of_rule, rates),
        options=options,
    )


def _cases(probes: Sequence[Probe], unaligned: Sequence[Answer], aligned: Sequence[Answer]) -> list[_Case]:
    by_id = [{answer.probe_id: answer for answer in answers} for answers in (unaligned, aligned)]
    return [_Case(probe, *(found.get(probe.id) or _missing(probe) for found in by_id)) for probe in probes]


def _missing(probe: Probe) -> Answer:
    return Answer(probe.id, None, unscored="the model was not asked")


def _bootstrap(cases: Sequence[_Case], options: AuditOptions) -> PairedBootstrap:
    return paired_bootstrap(
        [case.probe.verdict for case in cases],
        [case.unaligned.verdict for case in cases],
        [case.aligned.verdict for case in cases],
        Random(options.seed),
        [case.probe.family for case in cases] if options.by_family else None,
        resamples=options.resamples,
        level=options.level,
    )


def _model(
    cases: Sequence[_Case],
    answers: Sequence[Answer],
    macro: Interval | None,
    citing: tuple[frozenset[str], Contexts | None],
    options: AuditOptions,
) -> ModelResult:
    known, found = citing
    table = _table(cases, answers)
    judged = [
        judge_citation(answer, gold_citations(case.probe, found), known)
        for case, answer in zip(cases, answers, strict=True)
    ]
    scored = [one.right for one in judged if isinstance(one, Judgement)]
    return ModelResult(
        confusion=table,
        macro_f1=macro,
        accuracy=wilson(table.correct, table.n, options.level),
        citation=wilson(sum(scored), len(scored), options.level),
        unscored=tuple((answer.probe_id, answer.unscored) for answer in answers if answer.verdict is None),
    )


def _table(cases: Sequence[_Case], answers: Sequence[Answer]) -> Confusion:
    return confusion([case.probe.verdict for case in cases], [answer.verdict for answer in answers])


def _change(cases: Sequence[_Case]) -> McNemar:
    """McNemar's test over the cases that both models answered."""
    both = [case for case in cases if case.unaligned.verdict and case.aligned.verdict]
    marks = [(case.right(case.unaligned), case.right(case.aligned)) for case in both]
    return mcnemar(marks.count((False, True)), marks.count((True, False)))


def _context_recall(probes: Sequence[Probe], found: Contexts | None, options: AuditOptions) -> Interval | None:
    if found is None:
        return None
    shown = [(probe, {one.clause_id for one in found.found.get(probe.question, ())}) for probe in probes]
    hits = sum(not shown_ids.isdisjoint(probe.clause_ids) for probe, shown_ids in shown)
    return wilson(hits, len(shown), options.level)


def _regions(
    cases: Sequence[_Case], parts: Sequence[Region], ontology: Ontology, options: AuditOptions
) -> tuple[RegionResult, ...]:
    """Every region of the ontology, also those without a case or without a rule, weakest first."""
    names = {region.id: (region.name, len(region.rule_ids)) for region in parts}
    for case in cases:
        section = ontology.section_by_id.get(case.probe.region_id)
        names.setdefault(case.probe.region_id, (section.title if section else case.probe.region_id, 0))
    members = {ref: [case for case in cases if case.probe.region_id == ref] for ref in names}
    tested = [ref for ref in names if members[ref]]
    adjusted = dict(zip(tested, holm([_change(members[ref]).p for ref in tested]), strict=True))
    results = [_region(ref, members[ref], names[ref], adjusted.get(ref, 1.0), options) for ref in names]
    return tuple(sorted(results, key=lambda one: rank_key(one.aligned, one.name)))


def _region(
    region_id: str, cases: Sequence[_Case], named: tuple[str, int], p_adjusted: float, options: AuditOptions
) -> RegionResult:
    before = _table(cases, [case.unaligned for case in cases])
    after = _table(cases, [case.aligned for case in cases])
    aligned = wilson(after.correct, after.n, options.level)
    return RegionResult(
        region_id=region_id,
        name=named[0],
        rules=named[1],
        n=len(cases),
        unaligned=wilson(before.correct, before.n, options.level),
        aligned=aligned,
        unaligned_macro_f1=_enough(before, options),
        aligned_macro_f1=_enough(after, options),
        change=_change(cases),
        p_adjusted=p_adjusted,
        standing=standing(aligned, options.target, options.few),
        words=in_words(aligned, options.target, options.few),
        errors=tuple(case.probe.id for case in cases if case.aligned.verdict and not case.right(case.aligned)),
    )


def _enough(table: Confusion, options: AuditOptions) -> float | None:
    """Macro-F1, where the region is large and mixed enough for it to mean something."""
    mixed = all(table.gold(verdict) >= 2 for verdict in Verdict)
    return table.macro_f1 if mixed and table.n >= options.macro_from else None
