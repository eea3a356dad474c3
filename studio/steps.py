"""The verbs of the command line as library functions: each does one thing and returns plain values.

``run`` does the chain with its report (studio.loop); these do a part of it, over the same cached stages, so that what
one command has done the other need not repeat.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from kg.errors import UserError
from studio import stages_model, stages_ontology, stages_report
from studio.codec import encode
from studio.loop import chain, run_key
from studio.stages_ontology import Job
from studio.steering import attention
from studio.steps_coverage import gap_reasons
from studio.wiring import Studio, input_hashes, require_inputs
from studio.workspace import MANIFEST, clear_errors, read_json


@contextmanager
def working(studio: Studio) -> Iterator[Job]:
    """A job in the locked workspace, for a step that writes. It bears the id of the run that it is a part of."""
    require_inputs(studio.settings)
    studio.require_graph()
    with studio.workspace.lock(), clear_errors(studio.workspace.root):
        inputs = input_hashes(studio.settings)
        name, _ = studio.workspace.new_run(run_key(studio, inputs))
        yield Job(studio, name, inputs)


def ingest(studio: Studio) -> dict[str, Any]:
    """Documents into the graph: counts, what ConceptNet gave, what was rejected, what waits for a person by kind.

    ``up_to_date`` says that everything had been done before; ``updated`` tells of the last time that it had not.
    """
    with working(studio) as job:
        ingested = stages_ontology.ingest(job)
        enriched = stages_ontology.enrich(job, ingested)
        held = stages_ontology.loaded(studio)
        ontology = stages_ontology.load_ontology(job, enriched.folder)
        up_to_date = ingested.cached and enriched.cached and held == stages_ontology.loaded(studio)
    counts = {name: len(getattr(ontology, name)) for name in COUNTED}
    return {
        **counts,
        "conceptnet": read_json(enriched.folder / "enrichment.json"),
        "resolution": read_json(ingested.folder / "resolution.json"),
        "review": stages_ontology.review_queue(studio).pending(),
        "seconds": round(ingested.seconds + enriched.seconds, 1),
        "rejected": encode(stages_ontology.read_rejected(ingested.folder)),
        "yields": read_json(ingested.folder / "yields.json"),
        "updated": stages_ontology.updated(studio),
        "up_to_date": up_to_date,
    }


COUNTED = ("documents", "sections", "clauses", "rules", "concepts", "relations", "conflicts")


def generate(studio: Studio, *, show: int = 0) -> dict[str, Any]:
    """The dataset and its coverage; the first ``show`` samples are in ``shown``."""
    with working(studio) as job:
        enriched = stages_ontology.enrich(job, stages_ontology.ingest(job))
        ontology = stages_ontology.load_ontology(job, enriched.folder)
        dataset = stages_model.generate(job, enriched.folder, ontology)
        samples = stages_model.load_samples(job, dataset.folder)
    made = read_json(dataset.folder / "generation.json")
    return {
        "samples": len(samples),
        **({"short": made["short"]} if made.get("short") else {}),
        "by_kind": dict(sorted(Counter(sample.kind for sample in samples).items())),
        "by_verdict": dict(sorted(Counter(str(sample.verdict or "none") for sample in samples).items())),
        "dropped": made["dropped"],
        "coverage_before": made["coverage_before"]["by_kind"],
        "coverage_after": made["coverage_after"]["by_kind"],
        "needed": made["needed"],
        "splits": made["splits"],
        "unreached": gap_reasons(made["unreached"]),
        "attention": [one.to_dict() for one in attention(studio.settings, studio.workspace)],
        "seconds": dataset.seconds,
        "folder": str(dataset.folder),
        "shown": [encode(sample) for sample in samples[:show]],
        **{name: made[name] for name in ("document_seeds", "teacher") if name in made},
    }


def train(studio: Studio) -> dict[str, Any]:
    """The adapter and how its training went."""
    with working(studio) as job:
        enriched = stages_ontology.enrich(job, stages_ontology.ingest(job))
        ontology = stages_ontology.load_ontology(job, enriched.folder)
        samples = stages_model.load_samples(job, stages_model.generate(job, enriched.folder, ontology).folder)
        trained = stages_model.train(job, samples)
    result: dict[str, Any] = read_json(trained.folder / "training.json")
    return result | {"adapter": str(trained.folder / "adapter")}


def audit(studio: Studio) -> dict[str, Any]:
    """Both models on the cases, overall and by region."""
    with working(studio) as job:
        return encode_mapping(stages_report.audit(chain(job)).to_dict())


def encode_mapping(value: dict[str, object]) -> dict[str, Any]:
    """``value`` as plain values."""
    return {name: encode(item) for name, item in value.items()}


def runs(studio: Studio) -> list[dict[str, Any]]:
    """The complete runs, newest first."""
    manifests = [(folder, read_json(folder / MANIFEST)) for folder in studio.workspace.complete_runs()]
    return [
        {
            "run": made["run"],
            "finished": made["finished"],
            "report": str(folder / "report.html"),
            "lift": made["summary"]["verdict"]["lift"]["value"],
        }
        for folder, made in manifests
    ]


def report(studio: Studio, run_id: str = "") -> dict[str, Any]:
    """One run's line of :func:`runs` with its summary: the newest, or the one whose id begins with ``run_id``.

    Raises:
        UserError: there is no such run.
    """
    known = runs(studio)
    found = next((row for row in known if row["run"].startswith(run_id)), None)
    if found is None:
        raise UserError(
            f"there is no complete run {run_id} in {studio.workspace.root}".replace("run  in", "run in"),
            "run: plumbline run" if not known else f"the newest is {known[0]['run']}",
        )
    return found | {"summary": read_json(studio.workspace.runs / found["run"] / MANIFEST)["summary"]}


def query(studio: Studio, text: str, parameters: Sequence[str] = ()) -> list[dict[str, object]]:
    """The rows of a reading Cypher statement; ``parameters`` are ``name=value``, the value JSON or plain text."""
    from kg.cypher import Query

    values: dict[str, object] = {}
    for item in parameters:
        name, sign, value = item.partition("=")
        if not sign:
            raise UserError(f"--param {item} is not of the form NAME=VALUE", "e.g. --param id=concept:123")
        try:
            values[name] = json.loads(value)
        except ValueError:
            values[name] = value
    with studio.open_graph() as store:
        return store.read(Query(text, values))
