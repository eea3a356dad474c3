"""The loop: from a policy to an audited, aligned model, one readable function over cached stages."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.codec import encode
from studio.memory import PeakMemory, release
from studio.settings import seeds_of
from studio.stages_model import Index, answer, generate, load_samples, probes, train
from studio.stages_ontology import Job, answers_of_people, enrich, ingest, load_ontology, loaded
from studio.stages_report import Outcome, Stages, audit, load_verdicts, report, summary
from studio.weights import catalogue
from studio.wiring import Studio, input_hashes, require_inputs, versions, weights_id
from studio.workspace import MANIFEST, clear_errors, code_version, digest, now, outputs, read_json, write_json

ROOMS = ("kg", "extraction", "generation", "training", "evaluation", "studio")


@dataclass(frozen=True, slots=True)
class RunResult:
    """A complete run: ``summary`` is what ``plumbline run --json`` prints."""

    run: str
    folder: Path
    up_to_date: bool
    summary: Mapping[str, Any]


def run(studio: Studio) -> RunResult:
    """Do the whole chain, or what is left of it: finished stages are not repeated.

    Raises:
        UserError: the configuration or an input is wrong, or another run works in the same workspace.
        PlumblineError: a stage failed; what was finished before it is kept.
    """
    require_inputs(studio.settings)
    studio.require_graph()
    with studio.workspace.lock(), clear_errors(studio.workspace.root):
        inputs = input_hashes(studio.settings)
        name, complete = studio.workspace.new_run(run_key(studio, inputs))
        folder = studio.workspace.runs / name
        if complete and loaded(studio) == read_json(folder / MANIFEST)["loaded"]:
            return RunResult(name, folder, True, read_json(folder / MANIFEST)["summary"])
        return _run(Job(studio, name, inputs), folder)


def run_key(studio: Studio, inputs: Mapping[str, str]) -> str:
    """What makes two runs the same: configuration, inputs, people's decisions and vocabularies, code, libraries."""
    parts = {
        "settings": studio.settings,
        "inputs": inputs,
        "own_weights": _own_weights(studio),
        "code": code_version(*ROOMS),
        "versions": versions(),
    }
    return digest(parts | answers_of_people(studio), 8)


def _own_weights(studio: Studio) -> list[str]:
    """Which weights the folders hold that the configuration names; those of the catalogue are pinned by the code."""
    options = studio.settings.models
    names = [
        name
        for name in (options.base, options.embedder, options.interaction, options.spacy)
        if name and name not in catalogue()
    ]
    return [weights_id(folder) for name in names if (folder := Path(name).expanduser()).is_dir()]


def chain(job: Job) -> Outcome:
    """Every stage up to the two models' answers, each done or found done."""
    ingested = ingest(job)
    enriched = enrich(job, ingested)
    ontology = load_ontology(job, enriched.folder)
    index = Index(job, ontology)
    dataset = generate(job, enriched.folder, ontology, index)
    samples = load_samples(job, dataset.folder)
    cases = probes(job, enriched.folder, ontology, samples, index)
    del index  # it holds a vector for every word of the documents, and training comes next
    release()
    trained = train(job, samples)
    release()
    unaligned = answer(job, cases, None)
    release()
    aligned = answer(job, cases, trained)
    return Outcome(job, ontology, samples, Stages(ingested, enriched, dataset, trained, cases, unaligned, aligned))


def _run(job: Job, folder: Path) -> RunResult:
    started = time.monotonic()
    folder.mkdir(parents=True, exist_ok=True)  # at once, so that a killed run goes on under its own id
    with PeakMemory() as memory:
        outcome = chain(job)
        audited = audit(outcome)
        load_verdicts(outcome)
        seconds = {stage.name: stage.seconds for stage in outcome.stages.all()}
        path = report(outcome, audited, folder, seconds, memory.peak_mb)
        figures = summary(outcome, audited, time.monotonic() - started, memory.peak_mb, path)
    write_json(folder / MANIFEST, _manifest(outcome, figures, folder))
    return RunResult(job.run, folder, False, figures)


def _manifest(outcome: Outcome, figures: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The record of a run: written last, so that its presence means that the run is complete."""
    job, stages = outcome.job, outcome.stages.all()
    return {
        "run": job.run,
        "finished": now(),
        "settings": encode(job.studio.settings),
        "seeds": seeds_of(job.studio.settings),
        "versions": versions(),
        "inputs": job.inputs,
        "stages": {stage.name: str(stage.folder.relative_to(job.studio.workspace.root)) for stage in stages},
        "parents": sorted({stage.run for stage in stages} - {job.run, ""}),
        "loaded": loaded(job.studio),
        "outputs": {name: sha for name, sha in outputs(folder).items() if name != MANIFEST},
        "summary": figures,
    }
