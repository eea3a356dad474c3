"""The stages from the ontology to two models' answers: generate, train, retrieve, answer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import PlumblineError
from kg.model import Exercise, Ontology, Sample, Split
from studio.codec import decode, encode
from studio.stages_ontology import Job, embedder_id, loaded, note_loaded
from studio.teaching import DROPPED, teacher, teacher_parts, write_dropped
from studio.wiring import Studio, weights_id
from studio.workspace import StageResult, code_version, digest, read_json, read_rows, sha256_of, write_json, write_rows

if TYPE_CHECKING:
    from evaluation.answers import Answer, Contexts
    from evaluation.probes import Probe
    from kg.retrieval import Retriever


@dataclass(slots=True)
class Index:
    """The retriever over an ontology: built when it is first asked for, shared by the stages that are given it, and gone
    with this object. Stages that were done before need none.
    """

    job: Job
    ontology: Ontology
    built: "Retriever | None" = None

    def retriever(self) -> "Retriever":
        from kg.retrieval import Retriever

        if self.built is None:
            studio = self.job.studio
            studio.progress("index clauses", 0, 0)
            self.built = Retriever(self.ontology, studio.embed(), studio.settings.retrieval, studio.token_embed())
        return self.built


def generate(job: Job, ontology_folder: Path, ontology: Ontology, index: Index | None = None) -> StageResult:
    """Ontology -> samples.jsonl, exercises.jsonl and generation.json (coverage before and after, what was dropped, what
    the splits share, what is not covered and why).
    """
    studio = job.studio
    index = index or Index(job, ontology)
    options = studio.generation_options()
    t, weighting = studio.settings.coverage.t, studio.weighting()

    def build(folder: Path) -> None:
        from generation.pipeline import generate as write_samples

        with teacher(studio, ontology) as lent:
            made = write_samples(
                ontology, index.retriever(), options, studio.progress,
                t=t, weighting=weighting, teaching=lent.teaching if lent else None,
            )  # fmt: skip
        write_rows(folder / "samples.jsonl", made.samples)
        write_rows(folder / "exercises.jsonl", made.exercises)
        report = {
            "asked": options.samples,
            "short": made.short,
            "dropped": made.dropped,
            "drop_examples": made.drop_examples,
            "coverage_before": made.coverage_before.to_dict(),
            "coverage_after": made.coverage_after.to_dict(gaps=50),
            "splits": made.splits.to_dict(),
            "needed": made.needed,
            "unreached": [one.to_dict() for one in made.unreached],
        }
        if options.document_seeds:
            report["document_seeds"] = _found_seeds(ontology, made.samples)
        if lent and made.taught:
            write_dropped(folder / DROPPED, made.taught.dropped, ontology)
            report["teacher"] = lent.report(made.taught)
        write_json(folder / "generation.json", report)

    parts = {
        "ontology": sha256_of(ontology_folder / "ontology.json"),
        "options": encode(options) | {"seeds_file": None, "cases_file": None},
        "seeds": job.inputs.get(str(studio.settings.seeds), ""),
        "cases": job.inputs.get(str(studio.settings.cases), ""),
        "coverage": [t, weighting],
        "retrieval": studio.settings.retrieval,
        "embedder": encoders_id(studio),
        "teacher": teacher_parts(job),
        "code": code_version("generation", "kg"),
    }
    return job.done(studio.workspace.stage(studio.workspace.datasets, "samples", parts, build, run=job.run))


def _found_seeds(ontology: Ontology, samples: Sequence[Sample]) -> dict[str, Any]:
    """What the documents themselves hold that can be a sample, by form: how many were found, how many are used."""
    from generation.seeds_documents import document_seeds

    found = document_seeds(ontology)
    used = Counter(sample.writer.partition("/")[2] for sample in samples if sample.writer.startswith("seed/"))
    return {
        "found": found.counts,
        "used": {name: used[name] for name in found.counts},
        "rejected": [encode(one) for one in found.rejected],
    }


def encoders_id(studio: Studio) -> list[str]:
    """What tells the encoders of retrieval from others."""
    models = studio.settings.models
    late = models.interaction if models.embedder else ""
    return [embedder_id(studio), weights_id(studio.weights(late)) if late else ""]


def load_samples(job: Job, folder: Path) -> tuple[Sample, ...]:
    """The samples of ``folder``; put into the graph with their verified links unless they are there already."""
    studio = job.studio
    samples = read_samples(folder)
    sha = samples_id(folder)
    if loaded(studio).get("samples") == sha:
        return samples
    note_loaded(studio, samples="")
    studio.progress("load samples", 0, 1)
    exercises = tuple(decode(Exercise, row) for row in read_rows(folder / "exercises.jsonl"))
    with studio.open_graph() as store:
        store.remove_stale_samples(samples)
        store.load_samples(samples, exercises, studio.progress)
    note_loaded(studio, samples=sha)
    studio.progress("load samples", 1, 1)
    return samples


def samples_id(folder: Path) -> str:
    """What tells the samples of ``folder``, with their links, from others."""
    return digest([sha256_of(folder / "samples.jsonl"), sha256_of(folder / "exercises.jsonl")])


def read_samples(folder: Path) -> tuple[Sample, ...]:
    return tuple(decode(Sample, row) for row in read_rows(folder / "samples.jsonl"))


def split(samples: Sequence[Sample], part: Split) -> list[Sample]:
    return [sample for sample in samples if sample.split is part]


def train(job: Job, samples: Sequence[Sample]) -> StageResult:
    """Training and validation samples -> adapter/ and training.json. A killed training goes on from its checkpoint."""
    studio = job.studio
    training, validation = split(samples, Split.TRAIN), split(samples, Split.VALIDATION)
    base = studio.weights(studio.settings.models.base)

    def build(folder: Path) -> None:
        from training.sft import train as fine_tune

        fine_tune(training, validation, studio.settings.training, base, folder, studio.progress)

    parts = {
        "training": digest(training, 64),
        "validation": digest(validation, 64),
        "options": studio.settings.training,
        "base": weights_id(base),
        "code": code_version("training"),
    }
    workspace = studio.workspace
    return job.done(workspace.stage(workspace.models, "sft", parts, build, run=job.run, resumable=True))


@dataclass(frozen=True, slots=True)
class Case:
    """A probe with what was retrieved for it, as both models see it."""

    probe: "Probe"
    retrieved: tuple[Any, ...]


def probes(
    job: Job, ontology_folder: Path, ontology: Ontology, samples: Sequence[Sample], index: Index | None = None
) -> StageResult:
    """The cases of the audit, with the clauses retrieved for each -> probes.json, contexts.json.

    Raises:
        PlumblineError: neither a test set nor a test split has a case.
    """
    studio = job.studio
    index = index or Index(job, ontology)
    heldout = studio.settings.heldout
    tests = split(samples, Split.TEST)
    k = studio.settings.generation.context_clauses
    from generation.archive import precedents

    decided = precedents(samples)

    def build(folder: Path) -> None:
        from evaluation.answers import contexts
        from evaluation.probes import from_samples, load_heldout

        found = load_heldout(heldout, ontology) if heldout else from_samples(tests, ontology)
        if not found:
            raise PlumblineError(
                "there is no case to audit the models on", "name a test set (heldout) or raise generation.test_share"
            )
        shown = contexts(found, index.retriever().with_precedents(decided), k, studio.progress)
        write_json(folder / "probes.json", found)
        write_json(folder / "contexts.json", {"k": k, "found": shown.found})

    parts = {
        "ontology": sha256_of(ontology_folder / "ontology.json"),
        "cases": job.inputs[str(heldout)] if heldout else digest(tests, 64),
        "k": k,
        "precedents": digest(decided, 64),
        "retrieval": studio.settings.retrieval,
        "embedder": encoders_id(studio),
        "code": code_version("evaluation.probes", "evaluation.answers", "kg"),
    }
    return job.done(studio.workspace.stage(studio.workspace.datasets, "probes", parts, build, run=job.run))


def answer(job: Job, cases: StageResult, trained: StageResult | None) -> StageResult:
    """The cases put to the unaligned model (``trained`` None) or to the aligned one -> answers.json."""
    studio = job.studio
    name = "answers-aligned" if trained else "answers-unaligned"
    adapter = trained.folder / "adapter" if trained else None

    def build(folder: Path) -> None:
        from evaluation.answers import answer as put

        found, shown = read_cases(cases.folder)

        def progress(stage: str, done: int, total: int) -> None:
            studio.progress(f"{stage} ({'aligned' if trained else 'unaligned'})", done, total)

        write_json(folder / "answers.json", put(studio.answer_model(adapter), found, shown, shown.k, progress))

    parts = {
        "cases": [sha256_of(cases.folder / "probes.json"), sha256_of(cases.folder / "contexts.json")],
        "base": weights_id(studio.weights(studio.settings.models.base)),
        "adapter": sha256_of(adapter) if adapter else "",
        "options": [
            studio.settings.models.batch_size,
            studio.settings.models.max_new_tokens,
            studio.settings.models.dtype,
        ],
        "code": code_version("studio.models", "generation.prompting", "evaluation.answers"),
    }
    return job.done(studio.workspace.stage(studio.workspace.datasets, name, parts, build, run=job.run))


def read_cases(folder: Path) -> tuple[tuple["Probe", ...], "Contexts"]:
    from evaluation.answers import Contexts
    from evaluation.probes import Probe
    from kg.retrieval import Retrieved

    plain = read_json(folder / "contexts.json")
    found = {question: decode(tuple[Retrieved, ...], shown) for question, shown in plain["found"].items()}
    return decode(tuple[Probe, ...], read_json(folder / "probes.json")), Contexts(found, plain["k"])


def read_answers(folder: Path) -> tuple["Answer", ...]:
    from evaluation.answers import Answer

    return decode(tuple[Answer, ...], read_json(folder / "answers.json"))
