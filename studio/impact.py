"""``plumbline impact``: two versions of a policy from files or from the workspace, and what of the workspace is stale."""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import UserError
from kg.model import Exercise, Judgement, Ontology
from studio.codec import decode
from studio.stages_model import read_answers, read_cases, read_samples
from studio.stages_ontology import PARSES, read_ontology
from studio.wiring import Studio
from studio.workspace import MANIFEST, read_json, read_rows

if TYPE_CHECKING:
    from kg.impact import Impact

CURRENT, PREVIOUS = "current", "previous"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the policy that the workspace holds: the newest ingestion of these very documents."""

    folder: Path
    key: str
    run: str
    finished: str
    documents: tuple[tuple[str, str, str], ...]
    """Title, stated version and SHA-256 of each."""

    @property
    def name(self) -> str:
        stated = sorted({version for _, version, _ in self.documents if version})
        return f"{self.key} ({', '.join(stated) or 'no version stated'}, read {self.finished[:16]})"


def impact(studio: Studio, old: str, new: str) -> "Impact":
    """What changed from ``old`` to ``new``, each a file, a folder or a version in the workspace.

    Raises:
        UserError: neither a file nor a version of this name.
    """
    from kg.impact import impact as compare_versions
    from kg.impact import recognised, stale_samples, stale_verdicts

    found = compare_versions(_ontology(studio, old), _ontology(studio, new))
    compared = found.comparison
    for read, folder in _datasets(studio):
        exercises = (decode(Exercise, row) for row in read_rows(folder / "exercises.jsonl"))
        samples = stale_samples(compared, read, read_samples(folder), exercises)
        known = recognised(compared, read)
        found = dataclasses.replace(found, samples=samples, known=len(read.rules), recognised=known)
    for read, rows in _audits(studio):
        found = dataclasses.replace(found, verdicts=stale_verdicts(compared, read, rows))
    return found


def versions(studio: Studio) -> tuple[Version, ...]:
    """The versions of the policy that the workspace holds, newest first; each once, however often it was read."""
    found: dict[tuple[str, ...], Version] = {}
    for manifest in _newest(studio.workspace.index.glob(f"ingest-*/{MANIFEST}")):
        made, records = read_json(manifest), read_json(manifest.parent / "ontology.json")["documents"]
        documents = tuple((row["title"], row["version"], row["sha256"]) for row in records)
        version = Version(manifest.parent, str(made["key"]), str(made["run"]), str(made["finished"]), documents)
        found.setdefault(tuple(sorted(sha for _, _, sha in documents)), version)
    return tuple(found.values())


def _ontology(studio: Studio, name: str) -> Ontology:
    if Path(name).exists():
        return _read(studio, Path(name))
    known = versions(studio)
    words = {CURRENT: known[:1], PREVIOUS: known[1:2]}
    match = words.get(name) or [
        one
        for one in known
        if one.key.startswith(name) or one.run.startswith(name) or name in {stated for _, stated, _ in one.documents}
    ]
    if not match or not name:
        listed = "; ".join(one.name for one in known) or "none: run plumbline ingest"
        raise UserError(
            f"{name!r} is neither a file nor a version in {studio.workspace.root}",
            f"give a file, {CURRENT}, {PREVIOUS}, or the key, run or stated version of one of these: {listed}",
        )
    return read_ontology(match[0].folder)


def _read(studio: Studio, path: Path) -> Ontology:
    """The ontology of a file or folder, with names resolved as an ingestion does."""
    from extraction.pipeline import ingest
    from kg.resolution import merge_concepts, resolve

    memory = studio.workspace.index / PARSES
    options = dataclasses.replace(studio.extraction_options(), words_per_rule=0)
    found = ingest([path], options, studio.progress, memory if memory.is_dir() else None).ontology
    return merge_concepts(found, resolve(found.concepts))


def _datasets(studio: Studio) -> Iterator[tuple[Ontology, Path]]:
    """The newest dataset with the ontology that it was written from, if both are there."""
    for manifest in _newest(studio.workspace.datasets.glob(f"samples-*/{MANIFEST}")):
        sha = read_json(manifest)["parts"]["ontology"]
        for enriched in _newest(studio.workspace.index.glob(f"enrich-*/{MANIFEST}")):
            if read_json(enriched)["outputs"].get("ontology.json") == sha:
                yield read_ontology(enriched.parent), manifest.parent
                return


def _audits(studio: Studio) -> Iterator[tuple[Ontology, list[Judgement]]]:
    """The verdicts of the newest complete run, with the ontology of that run."""
    for folder in studio.workspace.complete_runs():
        made: dict[str, Any] = read_json(folder / MANIFEST)
        stages = {name: studio.workspace.root / place for name, place in made["stages"].items()}
        needed = ("enrich", "probes", "answers-unaligned", "answers-aligned")
        if all(name in stages and stages[name].is_dir() for name in needed):
            yield read_ontology(stages["enrich"]), _judgements(str(made["run"]), stages)
            return


def _judgements(run: str, stages: dict[str, Path]) -> list[Judgement]:
    probes, _ = read_cases(stages["probes"])
    rows = []
    for model in ("unaligned", "aligned"):
        answers = {one.probe_id: one for one in read_answers(stages[f"answers-{model}"])}
        rows += [
            Judgement(
                run, probe.id, model, probe.question, probe.verdict, answers[probe.id].verdict, probe.region_id,
                probe.clause_ids,
            )
            for probe in probes
            if probe.id in answers
        ]  # fmt: skip
    return rows


def _newest(manifests: Iterator[Path]) -> Sequence[Path]:
    return sorted(manifests, key=lambda path: (-path.stat().st_mtime_ns, str(path)))
