"""The last stages of a run: audit, report, verdicts into the graph, and the figures of the summary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.model import Exercise, Judgement, Ontology, Sample
from studio.codec import decode, encode
from studio.settings import seeds_of
from studio.stages_model import read_answers, read_cases
from studio.stages_ontology import Job, loaded, note_loaded, read_rejected
from studio.wiring import versions
from studio.workspace import StageResult, now, read_json, read_rows

if TYPE_CHECKING:
    from evaluation.audit import Audit
    from evaluation.figures import ReportData, TrainingFigures
    from kg.coverage import Coverage
    from training.artifacts import VerdictFit


@dataclass(frozen=True, slots=True)
class Stages:
    """The finished stages of a run."""

    ingested: StageResult
    enriched: StageResult
    dataset: StageResult
    trained: StageResult
    cases: StageResult
    unaligned: StageResult
    aligned: StageResult

    def all(self) -> tuple[StageResult, ...]:
        return (self.ingested, self.enriched, self.dataset, self.trained, self.cases, self.unaligned, self.aligned)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the audit and the report look at."""

    job: Job
    ontology: Ontology
    samples: tuple[Sample, ...]
    stages: Stages


def audit(outcome: Outcome) -> "Audit":
    """Both models' answers, compared."""
    from evaluation.audit import audit as compare

    found, shown = read_cases(outcome.stages.cases.folder)
    unaligned, aligned = (read_answers(one.folder) for one in (outcome.stages.unaligned, outcome.stages.aligned))
    outcome.job.studio.progress("audit", 0, 1)
    audited = compare(found, unaligned, aligned, outcome.ontology, outcome.job.studio.settings.audit, shown)
    outcome.job.studio.progress("audit", 1, 1)
    return audited


def report(outcome: Outcome, audited: "Audit", folder: Path, seconds: Mapping[str, float], peak_mb: int) -> Path:
    """Write report.html and report.json into ``folder``; returns the former."""
    from evaluation.report import write_report

    outcome.job.studio.progress("report", 0, 1)
    path = write_report(report_data(outcome, audited, seconds, peak_mb), folder)
    outcome.job.studio.progress("report", 1, 1)
    return path


def report_data(outcome: Outcome, audited: "Audit", seconds: Mapping[str, float], peak_mb: int) -> "ReportData":
    """Everything that the report says, read back from the stages."""
    from evaluation.compare import rows
    from evaluation.figures import (
        ReportData,
        YieldRow,
        coverage_figures,
        dataset_figures,
        document_rows,
        ontology_figures,
    )

    stages, settings, ontology = outcome.stages, outcome.job.studio.settings, outcome.ontology
    found, shown = read_cases(stages.cases.folder)
    made = read_json(stages.dataset.folder / "generation.json")
    answers = [read_answers(one.folder) for one in (stages.unaligned, stages.aligned)]
    title = settings.title or next((one.title for one in ontology.documents if one.title), "Policy")
    return ReportData(
        run_id=outcome.job.run,
        title=title,
        created=now(),
        documents=document_rows(ontology),
        yields=decode(tuple[YieldRow, ...], read_json(stages.ingested.folder / "yields.json")),
        rejected=read_rejected(stages.ingested.folder),
        ontology=ontology_figures(ontology),
        coverage=coverage_figures(coverage(outcome), ontology),
        dataset=dataset_figures(outcome.samples, made["dropped"], exercises(outcome), ontology, made.get("short", "")),
        training=training_figures(stages.trained.folder),
        audit=audited,
        examples=rows(found, shown, answers[0], answers[1], ontology),
        config=encode(settings),
        versions=versions(),
        seeds=seeds_of(settings),
        seconds=seconds,
        peak_rss_mb=float(peak_mb),
    )


def training_figures(folder: Path) -> "TrainingFigures":
    """The training curve and what is worth saying of the training."""
    from evaluation.figures import TrainingFigures
    from evaluation.wording import count, duration
    from training.artifacts import CurvePoint, read_result

    result = read_result(folder)
    if result is None:
        return TrainingFigures()

    def points(curve: Sequence[CurvePoint]) -> tuple[tuple[float, float], ...]:
        return tuple((float(point.step), point.loss) for point in curve)

    facts = (
        ("steps", count(result.steps)),
        ("samples trained on", count(result.samples)),
        ("left out as too long", count(result.over_long)),
        ("trainable parameters", count(result.trainable_parameters)),
        ("tokens read", count(result.tokens)),
        ("time", duration(result.seconds)),
        *_verdict_facts(result.verdicts),
    )
    return TrainingFigures(points(result.train_curve), points(result.validation_curve), facts)


def _verdict_facts(fitted: "VerdictFit | None") -> tuple[tuple[str, str], ...]:
    """What fitting the verdict did to its loss (nats; 1.099 is a guess among three), on what it saw and did not see."""
    if fitted is None:
        return ()
    unseen = (
        ""
        if fitted.held_out_before is None
        else f"; {fitted.held_out_before:.3f} to {fitted.held_out_after:.3f} on {fitted.held_out:,} validation cases"
    )
    return (
        (
            "verdict fitted" if fitted.kept else "verdict fitted, not kept",
            f"loss {fitted.loss_before:.3f} to {fitted.loss_after:.3f} on {fitted.measured:,} of {fitted.cases:,} training cases{unseen}",
        ),
    )


def coverage(outcome: Outcome) -> "Coverage":
    """The ledger of the dataset: verified links alone count."""
    from kg.coverage import measure

    t = outcome.job.studio.settings.coverage.t
    return measure(outcome.ontology, outcome.samples, exercises(outcome), t=t)


def exercises(outcome: Outcome) -> tuple[Exercise, ...]:
    """The verified links of the dataset."""
    return _exercises(outcome.stages.dataset.folder)


@lru_cache(maxsize=1)
def _exercises(folder: Path) -> tuple[Exercise, ...]:
    """Read once for the coverage, the report and the summary: there are hundreds of thousands. A stage never changes."""
    return tuple(decode(Exercise, row) for row in read_rows(folder / "exercises.jsonl"))


def load_verdicts(outcome: Outcome) -> None:
    """Put each model's answer to each case into the graph, under the run's id."""
    studio = outcome.job.studio
    if loaded(studio).get("verdicts") == outcome.job.run:
        return
    note_loaded(studio, verdicts="")
    studio.progress("load verdicts", 0, 1)
    with studio.open_graph() as store:
        store.load_verdicts(judgements(outcome))
    note_loaded(studio, verdicts=outcome.job.run)
    studio.progress("load verdicts", 1, 1)


def judgements(outcome: Outcome) -> list[Judgement]:
    """One record per case and model."""
    found, _ = read_cases(outcome.stages.cases.folder)
    sides = (("unaligned", outcome.stages.unaligned), ("aligned", outcome.stages.aligned))
    by_model = {name: {one.probe_id: one for one in read_answers(stage.folder)} for name, stage in sides}
    return [
        Judgement(
            run_id=outcome.job.run,
            probe_id=probe.id,
            model=name,
            question=probe.question,
            expected=probe.verdict,
            given=answers[probe.id].verdict,
            region_id=probe.region_id,
            clause_ids=probe.clause_ids,
            answer=answers[probe.id].text or answers[probe.id].unscored,
        )
        for name, answers in by_model.items()
        for probe in found
    ]


def summary(outcome: Outcome, audited: "Audit", seconds: float, peak_mb: int, path: Path) -> dict[str, Any]:
    """What ``plumbline run --json`` prints."""
    ontology, ledger = outcome.ontology, coverage(outcome)
    shares = {name: ledger.by_kind[kind].to_dict()["ratio"] for name, kind in COVERAGE_NAMES.items()}
    return {
        "documents": len(ontology.documents),
        "sections": len(ontology.sections),
        "clauses": len(ontology.clauses),
        "rules": len(ontology.rules),
        "concepts": len(ontology.concepts),
        "relations": len(ontology.relations),
        "rejected": encode(read_rejected(outcome.stages.ingested.folder)),
        "samples": len(outcome.samples),
        "samples_short": read_json(outcome.stages.dataset.folder / "generation.json").get("short", ""),
        "coverage": shares,
        "verdict": verdict_figures(audited),
        "seconds": round(seconds, 1),
        "peak_rss_mb": peak_mb,
        "report": str(path),
    }


COVERAGE_NAMES = {"rules": "rule", "concepts": "concept", "relations": "relation"}


def verdict_figures(audited: "Audit") -> dict[str, Any]:
    """Macro-F1 of both models and the lift, each with its interval; None where too little was scored."""
    figures: dict[str, Any] = {}
    for name, result in (("unaligned", audited.unaligned), ("aligned", audited.aligned)):
        macro = result.macro_f1.to_dict() if result.macro_f1 else {"value": None, "ci": None}
        figures[name] = {"macro_f1": macro["value"], "n": result.confusion.n, "ci": macro["ci"]}
    lift = audited.lift.to_dict() if audited.lift else {"value": None, "ci": None}
    figures["lift"] = {"value": lift["value"], "ci": lift["ci"]}
    return figures
