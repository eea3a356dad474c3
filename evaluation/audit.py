"""The audit: both models on the same cases, overall and by region of the ontology, with how sure each figure is."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from evaluation.answers import Answer, Contexts
from evaluation.judge import Judgement, gold_citations, judge_citation, known_citations
from evaluation.metrics import Confusion, confusion
from evaluation.options import AuditOptions
from evaluation.probes import Probe
from evaluation.results import Audit, ContextResult, ModelResult, RegionResult
from evaluation.statistics import Interval, McNemar, PairedBootstrap, holm, mcnemar, paired_bootstrap, wilson
from evaluation.weakness import in_words, rank_key, rules_in_need, standing
from kg.errors import PlumblineError
from kg.model import Ontology, Verdict
from kg.regions import Region, regions

__all__ = ["Audit", "AuditOptions", "ContextResult", "ModelResult", "RegionResult", "audit"]


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
        unaligned=_model(
            cases, [case.unaligned for case in cases], (boot.first, boot.first_f1), (known, contexts), options
        ),
        aligned=_model(
            cases, [case.aligned for case in cases], (boot.second, boot.second_f1), (known, contexts), options
        ),
        lift=boot.difference,
        change=_change(cases),
        context_recall=_context_recall(cases, contexts, options),
        by_context=_by_context(cases, contexts, options),
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
    f1: tuple[Interval | None, tuple[Interval | None, ...]],
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
        macro_f1=f1[0],
        accuracy=wilson(table.correct, table.n, options.level),
        citation=wilson(sum(scored), len(scored), options.level),
        unscored=tuple((answer.probe_id, answer.unscored) for answer in answers if answer.verdict is None),
        f1=f1[1],
    )


def _table(cases: Sequence[_Case], answers: Sequence[Answer]) -> Confusion:
    return confusion([case.probe.verdict for case in cases], [answer.verdict for answer in answers])


def _change(cases: Sequence[_Case]) -> McNemar:
    """McNemar's test over the cases that both models answered."""
    both = [case for case in cases if case.unaligned.verdict and case.aligned.verdict]
    marks = [(case.right(case.unaligned), case.right(case.aligned)) for case in both]
    return mcnemar(marks.count((False, True)), marks.count((True, False)))


def _shown(case: _Case, found: Contexts) -> bool:
    """Was a gold clause among those that both models read?"""
    passages = found.found.get(case.probe.question, ())
    return any(passage.clause_id in case.probe.clause_ids for passage in passages)


def _context_recall(cases: Sequence[_Case], found: Contexts | None, options: AuditOptions) -> Interval | None:
    if found is None:
        return None
    return wilson(sum(_shown(case, found) for case in cases), len(cases), options.level)


def _by_context(cases: Sequence[_Case], found: Contexts | None, options: AuditOptions) -> tuple[ContextResult, ...]:
    if found is None:
        return ()
    results = []
    for shown in (True, False):
        part = [case for case in cases if _shown(case, found) is shown]
        tables = [_table(part, [case.unaligned for case in part]), _table(part, [case.aligned for case in part])]
        before, after = (wilson(table.correct, table.n, options.level) for table in tables)
        results.append(ContextResult(shown, before, after))
    return tuple(results)


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
    boot = _bootstrap(cases, options) if _enough(before, options) or _enough(after, options) else None
    return RegionResult(
        region_id=region_id,
        name=named[0],
        rules=named[1],
        n=len(cases),
        unaligned=wilson(before.correct, before.n, options.level),
        aligned=aligned,
        unaligned_macro_f1=boot.first if boot and _enough(before, options) else None,
        aligned_macro_f1=boot.second if boot and _enough(after, options) else None,
        change=_change(cases),
        p_adjusted=p_adjusted,
        standing=standing(aligned, options.target, options.few),
        words=in_words(aligned, options.target, options.few),
        errors=tuple(case.probe.id for case in cases if case.aligned.verdict and not case.right(case.aligned)),
    )


def _enough(table: Confusion, options: AuditOptions) -> bool:
    """Is the region large and mixed enough for macro-F1 to mean something?"""
    return table.n >= options.macro_from and all(table.gold(verdict) >= 2 for verdict in Verdict)
