"""The stages from documents to the ontology in the graph: ingest, index, enrich, load."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.model import Ontology, Rejected
from studio.codec import decode, encode
from studio.vocabularies import parts as vocabulary_parts
from studio.vocabularies import plant
from studio.wiring import Studio, weights_id
from studio.workspace import StageResult, code_version, read_json, sha256_of, write_json

if TYPE_CHECKING:
    from kg.review import ReviewQueue

LOADED = "loaded.json"
UPDATED = "updated.json"
PARSES = "parses"
"""The folder of the parses of the last ingestion: what did not change is not parsed again."""


@dataclass(frozen=True, slots=True)
class Job:
    """One run: where it works, its id, and the hashes of its inputs by path."""

    studio: Studio
    run: str
    inputs: Mapping[str, str]

    def hashes(self, paths: tuple[Path, ...]) -> list[tuple[str, str]]:
        return [(str(path), self.inputs[str(path)]) for path in paths]

    def done(self, result: StageResult) -> StageResult:
        """Tell the progress port that a stage was there already."""
        if result.cached:
            self.studio.progress(f"{result.name}: up to date", 1, 1)
        return result


def ingest(job: Job) -> StageResult:
    """Documents -> ontology.json (names resolved, with a person's decisions), rejected.json, yields.json,
    resolution.json; what may be one concept goes to the review queue.
    """
    from kg.resolution_review import MERGE, decided_pairs
    from kg.review import ReviewItem

    studio = job.studio
    queue = review_queue(studio)
    decisions = decided_pairs(queue.decided(MERGE))
    made = _read(job)

    def build(folder: Path) -> None:
        from kg.resolution import merge_concepts, resolve, stated_synonyms
        from kg.resolution_review import questions

        studio.progress("resolve names", 0, 0)
        ontology = plant(studio.workspace, read_ontology(made.folder), folder)
        resolution = resolve(ontology.concepts, decisions, synonyms=stated_synonyms(ontology))
        write_json(folder / "ontology.json", merge_concepts(ontology, resolution))
        write_json(folder / "review.json", questions(ontology, resolution, decisions))
        counts = {"merges": len(resolution.merges), "review": len(resolution.review), "decisions": len(decisions)}
        write_json(folder / "resolution.json", counts)
        for name in ("rejected.json", "yields.json"):
            write_json(folder / name, read_json(made.folder / name))

    parts = {
        "read": made.key,
        "decisions": [(*pair, same) for pair, same in decisions.items()],
        "vocabularies": vocabulary_parts(studio.workspace),
        "code": code_version(*RESOLUTION),
    }
    result = studio.workspace.stage(studio.workspace.index, "ingest", parts, build, run=job.run)
    queue.propose(MERGE, decode(tuple[ReviewItem, ...], read_json(result.folder / "review.json")))
    return job.done(replace(result, seconds=round(made.seconds + result.seconds, 1)))


RESOLUTION = (
    "kg.model", "kg.words", "kg.review", "kg.review_log", "kg.resolution", "kg.resolution_clusters", "kg.resolution_evidence",
    "kg.resolution_merge", "kg.resolution_names", "kg.resolution_opposites", "kg.resolution_review",
    "kg.resolution_spelling", "kg.resolution_tokens", "kg.resolution_variants",
)  # fmt: skip
"""What the names of concepts are resolved by."""


def _read(job: Job) -> StageResult:
    """Documents -> ontology.json as read, rejected.json, yields.json."""
    from extraction.pipeline import ingest as read_documents

    studio = job.studio
    options = studio.extraction_options()

    def build(folder: Path) -> None:
        from studio.teaching import proposer, unread_answers

        with proposer(studio) as teacher:
            found = read_documents(
                studio.settings.documents, options, studio.progress, studio.workspace.index / PARSES, proposer=teacher
            )
        note_update(studio, parsing=found.parsing)
        write_json(folder / "ontology.json", found.ontology)
        unread = () if teacher is None else unread_answers(teacher)
        write_json(folder / "rejected.json", (*found.rejected, *unread))
        write_json(folder / "yields.json", found.yields)

    parts = {
        "documents": job.hashes(studio.settings.documents),
        "options": studio.settings.extraction,
        "parser": weights_id(Path(options.model)),
        "code": code_version("extraction", "kg.model"),
        **(
            {"teacher": [teacher.base_url, teacher.model]}
            if (teacher := studio.settings.teacher).asked and teacher.rules
            else {}
        ),
    }
    return studio.workspace.stage(studio.workspace.index, "read", parts, build, run=job.run)


def review_queue(studio: Studio) -> "ReviewQueue":
    """The questions to a person and the decisions, in the workspace."""
    from kg.review import QUEUE, ReviewQueue

    return ReviewQueue(studio.workspace.root / QUEUE)


def answers_of_people(studio: Studio) -> dict[str, object]:
    """What people told the workspace and the stages above apply: decisions of the review queue, vocabularies.

    Who decided and when makes no difference to a result; a decision that was taken back leaves no trace.
    """
    from kg.conceptnet_review import LINK
    from kg.conflicts_review import CONFLICT
    from kg.resolution_review import MERGE

    queue = review_queue(studio)
    decided = {
        kind: [(item.subject, item.candidates, item.status, item.choice) for item in queue.decided(kind)]
        for kind in (MERGE, LINK, CONFLICT)
    }
    return {"decisions": decided, "vocabularies": vocabulary_parts(studio.workspace)}


def enrich(job: Job, ingested: StageResult) -> StageResult:
    """Ontology + ConceptNet -> ontology.json with links, imports and conflicts, enrichment.json with the counts; links
    in doubt go to the review queue.
    """
    from kg.conceptnet_review import LINK, decided_links
    from kg.review import ReviewItem
    from studio.conflicts import weigh

    studio = job.studio
    queue = review_queue(studio)
    decisions = decided_links(queue.decided(LINK))
    parts: dict[str, object] = {
        "ontology": sha256_of(ingested.folder / "ontology.json"),
        "sources": [sha for _, sha in job.hashes(studio.settings.conceptnet)],
        "options": studio.settings.enrichment,
        "embedder": embedder_id(studio),
        "decisions": list(decisions.items()),
        "code": code_version(
            "kg",
            "studio.concept_kinds",
            "extraction.concepts_kinds",
            "extraction.concepts_kind_words",
            "extraction.lexicon",
        ),
    }

    def build(folder: Path) -> None:
        ontology = read_ontology(ingested.folder)
        write_json(folder / "review.json", [])
        if not studio.settings.conceptnet:
            write_json(folder / "ontology.json", ontology)
            write_json(
                folder / "enrichment.json", {"linked": 0, "imported_concepts": 0, "imported_relations": 0, "cut": {}}
            )
            return
        from kg.conceptnet import ConceptNetIndex, link_questions
        from kg.conceptnet import enrich as link_and_import
        from studio.concept_kinds import known_kind

        indexed = index(job)
        studio.progress("link ConceptNet", 0, 0)
        reader = ConceptNetIndex.open(indexed.folder / "conceptnet.index")
        try:
            found = link_and_import(ontology, reader, studio.settings.enrichment, studio.embed(), decisions, known_kind)
        finally:
            reader.close()
        write_json(folder / "ontology.json", found.ontology)
        write_json(
            folder / "enrichment.json", {key: value for key, value in record_of(found).items() if key != "ontology"}
        )
        write_json(folder / "review.json", link_questions(found.pending))

    linked = studio.workspace.stage(studio.workspace.index, "enrich", parts, build, run=job.run)
    queue.propose(LINK, decode(tuple[ReviewItem, ...], read_json(linked.folder / "review.json")))
    return job.done(weigh(job, linked))


def index(job: Job) -> StageResult:
    """ConceptNet's assertions -> conceptnet.index, which answers look-ups without reading the whole."""
    studio = job.studio

    def build(folder: Path) -> None:
        from kg.conceptnet import build_index

        language = studio.settings.enrichment.language
        report = build_index(studio.settings.conceptnet, folder / "conceptnet.index", studio.progress, (language,))
        write_json(folder / "report.json", report)

    parts = {
        "sources": job.hashes(studio.settings.conceptnet),
        "language": studio.settings.enrichment.language,
        "code": code_version(*(f"kg.conceptnet_{part}" for part in ("build", "columns", "filter", "reader", "unpack"))),
    }
    return job.done(studio.workspace.stage(studio.workspace.index, "conceptnet", parts, build, run=job.run))


def loaded(studio: Studio) -> dict[str, str]:
    """What the graph holds: the hashes of ontology, dataset and verdicts, and which server that was."""
    path = studio.workspace.graph / LOADED
    found: dict[str, str] = read_json(path) if path.is_file() else {}
    return found if found.get("server") == server_name(studio) else {}


def note_loaded(studio: Studio, **changes: str) -> None:
    """Remember what was loaded; an empty value says that this part is being written right now."""
    write_json(studio.workspace.graph / LOADED, loaded(studio) | {"server": server_name(studio)} | changes)


def updated(studio: Studio) -> dict[str, Any]:
    """What the last change of the documents took: clauses and texts parsed anew, rows written and left as they were."""
    path = studio.workspace.graph / UPDATED
    found: dict[str, Any] = read_json(path) if path.is_file() else {}
    return found


def note_update(studio: Studio, **parts: object) -> None:
    """Remember what a change took."""
    write_json(studio.workspace.graph / UPDATED, updated(studio) | parts)


def server_name(studio: Studio) -> str:
    return studio.environment.neo4j_uri or "embedded"


def load_ontology(job: Job, folder: Path) -> Ontology:
    """The ontology of ``folder``; put into the graph, what is no longer in it taken out, unless it is there already."""
    studio = job.studio
    ontology = read_ontology(folder)
    sha = sha256_of(folder / "ontology.json")
    if loaded(studio).get("ontology") == sha:
        studio.progress("load graph: up to date", 1, 1)
        return ontology
    note_loaded(studio, ontology="", samples="", verdicts="")
    with studio.open_graph() as store:
        store.bootstrap()
        report = store.load(ontology, studio.progress)
        removed = store.remove_stale(ontology)
    note_update(
        studio,
        graph={"written": report.counts, "moved": report.moved, "unchanged": report.unchanged, "removed": removed},
    )
    left = sum(report.unchanged.values())
    studio.progress(f"graph: {sum(report.counts.values()):,} rows written, {left:,} left as they were", 1, 1)
    note_loaded(studio, ontology=sha)
    return ontology


def read_ontology(folder: Path) -> Ontology:
    return decode(Ontology, read_json(folder / "ontology.json"))


def read_rejected(folder: Path) -> tuple[Rejected, ...]:
    return decode(tuple[Rejected, ...], read_json(folder / "rejected.json"))


def embedder_id(studio: Studio) -> str:
    name = studio.settings.models.embedder
    return weights_id(studio.weights(name)) if name else ""


def record_of(value: object) -> dict[str, Any]:
    """The fields of a record by name, one level deep, each encoded."""
    import dataclasses

    if not dataclasses.is_dataclass(value):
        raise TypeError(type(value).__name__)
    return {
        item.name: encode(getattr(value, item.name)) for item in dataclasses.fields(value) if item.name != "ontology"
    }
