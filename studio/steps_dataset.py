"""The verbs around the dataset as library functions: samples to read, their measured quality, preferences, files."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from kg.errors import UserError
from kg.model import Ontology, Sample, Verdict
from studio import stages_model, stages_ontology
from studio.codec import encode
from studio.stages_ontology import Job
from studio.steps import working
from studio.wiring import Studio, versions
from studio.workspace import read_json

if TYPE_CHECKING:
    from generation.card import About, Source
    from generation.leakage import Leakage
    from generation.preferences import Preferences

PAIRS_SHOWN = 1
CASES = "scenario"
"""The kind on which the leak test is judged; the others are about a rule and no case."""


@dataclass(frozen=True, slots=True)
class Made:
    """The dataset of the configuration with what it was written from."""

    ontology: Ontology
    samples: tuple[Sample, ...]
    report: Mapping[str, Any]
    inputs: Mapping[str, str]


def made(studio: Studio) -> Made:
    """The dataset, written now where it is not there already; the graph is not touched."""
    with working(studio) as job:
        enriched = stages_ontology.enrich(job, stages_ontology.ingest(job))
        ontology = stages_ontology.read_ontology(enriched.folder)
        dataset = stages_model.generate(job, enriched.folder, ontology)
        samples = stages_model.read_samples(dataset.folder)
        return Made(ontology, samples, read_json(dataset.folder / "generation.json"), _input_names(job))


def _input_names(job: Job) -> dict[str, str]:
    """SHA-256 of the inputs that the samples are written from, by name; the test set is none of them."""
    settings = job.studio.settings
    paths = [*settings.documents, *settings.conceptnet, *(path for path in (settings.seeds, settings.cases) if path)]
    return {str(path): job.inputs[str(path)] for path in paths}


def samples(studio: Studio, *, count: int = 3, seed: int = 0, kind: str = "") -> dict[str, Any]:
    """``count`` random samples of each kind, or of ``kind``, with their clauses and rules.

    Raises:
        UserError: no sample is of that kind, or the count is below 1.
    """
    from generation.samples_page import chosen, shown

    _check_count(count)
    dataset = made(studio)
    kinds = sorted({sample.kind for sample in dataset.samples})
    if kind and kind not in kinds:
        raise UserError(f"no sample is of the kind {kind!r}", f"the kinds are: {', '.join(kinds)}")
    found = chosen(dataset.samples, count, seed, (kind,) if kind else ())
    return {
        "samples": len(dataset.samples),
        "seed": seed,
        "by_kind": dict(sorted(Counter(sample.kind for sample in dataset.samples).items())),
        "shown": {name: shown(dataset.ontology, mine) for name, mine in found.items()},
    }


def samples_page(studio: Studio, path: Path, *, count: int, seed: int = 0, quality: bool = False) -> dict[str, Any]:
    """Write the Markdown page of :func:`generation.samples_page.page` to ``path``; with the measured quality on request."""
    from generation.samples_page import page

    _check_count(count)
    dataset = made(studio)
    measured = _measure(studio, dataset.samples) if quality else None
    text = page(
        dataset.ontology, dataset.samples, count=count, seed=seed, quality=_quality_tables(measured) if measured else None
    )  # fmt: skip
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}", "choose another place") from error
    kinds = Counter(sample.kind for sample in dataset.samples)
    written = {"file": str(path), "samples": {kind: min(count, total) for kind, total in sorted(kinds.items())}}
    return written | ({"quality": measured} if measured else {})


def _check_count(count: int) -> None:
    if count < 1:
        raise UserError(f"--count {count} shows nothing", "count from 1")


def diversity(studio: Studio) -> dict[str, Any]:
    """Distinct-n, dispersion, lengths and duplicates by kind, and what a bag of words learns of the verdicts."""
    return _measure(studio, made(studio).samples)


def _measure(studio: Studio, found: Sequence[Sample]) -> dict[str, Any]:
    from generation.diversity import measure_diversity
    from generation.leakage import LIMIT, measure_leakage

    studio.progress("leak test", 0, 0)
    cases = [sample for sample in found if sample.kind == CASES]
    leak = {
        name: _leak(measure_leakage(chosen, cues=15, interval=score_interval))
        for name, chosen in ((CASES, cases), ("every kind with a verdict", found))
    }
    studio.progress("diversity", 0, 0)
    varied = measure_diversity(found, studio.embed())
    return {
        "samples": len(found),
        "leak": leak | {"limit": LIMIT, "chance": round(1 / len(Verdict), 3)},
        "diversity": varied.to_dict(),
    }


def score_interval(
    truth: Sequence[Verdict], guessed: Sequence[Verdict], clusters: Sequence[str]
) -> tuple[float, float]:
    """The 95 % interval of macro-F1 by a bootstrap over whole clusters (:mod:`evaluation.statistics`)."""
    from evaluation.statistics import paired_bootstrap

    found = paired_bootstrap(truth, guessed, guessed, Random(0), clusters).first
    if found is None:
        raise UserError("no case was scored", "write samples with a verdict")
    return found.low, found.high


def _leak(found: "Leakage") -> dict[str, Any]:
    return {
        "macro_f1": round(found.macro_f1, 4),
        "ci": [round(bound, 4) for bound in found.interval] if found.interval else None,
        "n": found.samples,
        "families": found.families,
        "passed": found.passed,
        "by_writer": [
            {"writer": writer, "guessed_right": round(share, 3), "n": count} for writer, share, count in found.by_writer
        ],
        "cues": [
            {"word": cue.word, "verdict": cue.verdict.value, "weight": cue.weight,
             "cases": dict(zip((verdict.value for verdict in Verdict), cue.cases, strict=True))}
            for cue in found.cues
        ],
    }  # fmt: skip


def _quality_tables(measured: Mapping[str, Any]) -> dict[str, list[list[object]]]:
    """The figures of :func:`diversity` as tables for a page."""
    leaks = [(name, leak) for name, leak in measured["leak"].items() if isinstance(leak, dict)]
    leak_rows = [[name, leak["macro_f1"], *leak["ci"], leak["n"], leak["families"]] for name, leak in leaks]
    varied = [
        [kind, *(one[f"distinct_{n}"] for n in (1, 2, 3)), "-" if one["dispersion"] is None else one["dispersion"],
         one["length_in_words"]["p5"], one["length_in_words"]["p50"], one["length_in_words"]["p95"],
         one["exact_duplicates"], one["words"], one["n"]]
        for kind, one in measured["diversity"]["questions"].items()
    ]  # fmt: skip
    leak_head: list[object] = ["A bag of words guesses the verdict of", "macro-F1", "low", "high", "n", "families"]
    head: list[object] = ["Questions", "distinct-1", "distinct-2", "distinct-3", "dispersion", "words p5", "p50", "p95",
                          "duplicates", "words", "n"]  # fmt: skip
    return {
        f"What gives the verdict away (limit {measured['leak']['limit']}, chance {measured['leak']['chance']})": [
            leak_head, *leak_rows,
        ],
        "How varied the questions are": [head, *varied],
    }  # fmt: skip


def preferences(
    studio: Studio, *, values: Sequence[str] = (), per_value: int = 0, show: int = PAIRS_SHOWN
) -> dict[str, Any]:
    """Pairs by value and split, what could not be spoiled in one value alone, and ``show`` pairs of each value."""
    dataset = made(studio)
    found = _pairs(studio, dataset, values, per_value)
    shown: dict[str, list[dict[str, str]]] = {}
    for pair in found.pairs:
        if len(shown.setdefault(pair.value, [])) < show:
            question = pair.prompt[-1].content if pair.prompt else ""
            shown[pair.value].append({"prompt": question, "chosen": pair.chosen, "rejected": pair.rejected})
    return {**_preference_counts(found), "shown": {value: pairs for value, pairs in shown.items() if pairs}}


def _pairs(studio: Studio, dataset: Made, values: Sequence[str], per_value: int) -> "Preferences":
    from generation.preferences import preferences as derive

    studio.progress("preferences", 0, 0)
    seed = studio.settings.generation.seed
    return derive(dataset.ontology, dataset.samples, seed, values=values, per_value=per_value)


def _preference_counts(found: "Preferences") -> dict[str, Any]:
    return {"pairs": len(found.pairs), "by_value": found.counts(), "dropped": dict(found.dropped)}


def write(
    studio: Studio,
    folder: Path,
    *,
    forms: Sequence[str] = (),
    encodings: Sequence[str] = (),
    per_value: int = 0,
) -> dict[str, Any]:
    """The dataset as files in ``folder`` (:func:`generation.datasets.write_dataset`), all forms and encodings by default."""
    from generation.datasets import ENCODINGS, FORMS, NO_PREFERENCES, write_dataset

    dataset = made(studio)
    wanted = tuple(forms) or FORMS
    paired = {"preferences", "labels"} & set(wanted)
    found = _pairs(studio, dataset, (), per_value) if paired else NO_PREFERENCES
    written = write_dataset(
        dataset.samples, folder, about(studio, dataset), found,
        forms=wanted, encodings=tuple(encodings) or ENCODINGS, progress=studio.progress,
    )  # fmt: skip
    told = {"samples": len(dataset.samples), **written.to_dict()}
    return told | ({"preferences": _preference_counts(found)} if paired else {})


def about(studio: Studio, dataset: Made) -> "About":
    """What the card tells of the dataset's making; no path of this machine and nothing of the environment is in it."""
    from generation.card import About, outside_rows

    settings = studio.settings
    before, after = (dataset.report[name]["by_kind"] for name in ("coverage_before", "coverage_after"))
    options = encode(studio.generation_options())
    told = {
        f"generation.{name}": value
        for name, value in options.items()
        if name not in {"seeds_file", "cases_file", "teacher"}
    }
    told |= {f"retrieval.{name}": value for name, value in encode(settings.retrieval).items()}
    if settings.teacher.base_url:
        told |= {f"teacher.{name}": getattr(settings.teacher, name) for name in ("model", "share", "temperature")}
    told |= {"models.embedder": Path(settings.models.embedder).name, "models.spacy": Path(settings.models.spacy).name}
    return About(
        settings.title or next((document.title for document in dataset.ontology.documents), "Policy"),
        tuple(_sources(studio, dataset)), settings.licence, outside_rows(dataset.ontology, dataset.samples),
        {
            kind: (share["total"], share["covered"], before.get(kind, {}).get("covered", 0))
            for kind, share in after.items()
        },
        dataset.report["dropped"], settings.generation.seed, told,
        dict(versions()) | {name: version(name) for name in ("datasets", "pyarrow")},
    )  # fmt: skip


def _sources(studio: Studio, dataset: Made) -> "list[Source]":
    """The inputs by file name: the documents as they were read, ConceptNet's rows, the seeds, the archive of cases."""
    from generation.card import Source

    settings = studio.settings
    read = [
        Source(Path(document.path).name, f"document, {document.format}", document.sha256, settings.licence)
        for document in dataset.ontology.documents
    ]
    rows = [
        Source(path.name, "ConceptNet assertions", dataset.inputs[str(path)], "each row its own, see below")
        for path in settings.conceptnet
    ]
    written = [("seeds", settings.seeds), ("decided cases", settings.cases)]
    own = [Source(path.name, role, dataset.inputs[str(path)]) for role, path in written if path]
    return [*read, *rows, *own]
