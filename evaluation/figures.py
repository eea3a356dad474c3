"""The figures of a report as plain records, counted from what a run left behind. Pure; no drawing."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.audit import Audit
from evaluation.compare import Row
from evaluation.metrics import VERDICTS
from kg.coverage import Coverage, Target
from kg.model import Clause, Exercise, Modality, Ontology, Rejected, Sample, Split

GAPS = 40
"""Gaps that a report lists; all are counted."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """What one document gave."""

    title: str
    path: str
    format: str
    words: int
    pages: int
    sections: int
    clauses: int
    rules: int


@dataclass(frozen=True, slots=True)
class YieldRow:
    """One stage of ingestion: what it read, kept and refused."""

    stage: str
    read: int
    kept: int
    rejected: int


@dataclass(frozen=True, slots=True)
class OntologyFigures:
    """Counts by label, of rules by modality, of concepts by kind, of relations by type; each largest first."""

    counts: tuple[tuple[str, int], ...]
    modalities: tuple[tuple[str, int], ...]
    concept_kinds: tuple[tuple[str, int], ...]
    relation_types: tuple[tuple[str, int], ...]
    linked_concepts: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class Covered:
    """How many targets there are and how many of them the dataset exercises. ``text`` explains the name."""

    name: str
    total: int
    covered: int
    text: str = ""

    @property
    def ratio(self) -> float:
        """In [0, 1]; 1 where there is nothing to cover."""
        return self.covered / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class RegionCoverage:
    """A region's rule targets (rule x verdict), clause by clause."""

    id: str
    name: str
    clauses: tuple[Covered, ...]

    @property
    def total(self) -> int:
        return sum(clause.total for clause in self.clauses)

    @property
    def covered(self) -> int:
        return sum(clause.covered for clause in self.clauses)

    @property
    def ratio(self) -> float:
        return self.covered / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class GapRow:
    """A target that nothing covers."""

    kind: str
    label: str
    verdict: str
    why: str


@dataclass(frozen=True, slots=True)
class CoverageFigures:
    """Coverage by kind of target and by region. ``gaps`` are the first of ``gap_count``."""

    kinds: tuple[Covered, ...]
    regions: tuple[RegionCoverage, ...]
    gaps: tuple[GapRow, ...]
    gap_count: int


@dataclass(frozen=True, slots=True)
class DatasetFigures:
    """Samples by form, verdict ("none" for a form without one) and split; what the filters dropped, by reason.

    ``by_clause``: per clause id the samples that exercise a rule of it by a verified link, as (for training, kept for
    the test, in validation).
    """

    samples: int
    kinds: tuple[tuple[str, int], ...]
    verdicts: tuple[tuple[str, int], ...]
    splits: tuple[tuple[str, int], ...]
    dropped: tuple[tuple[str, int], ...]
    by_clause: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    short: str = ""
    """Why there are fewer samples than were asked for; empty when there are not."""


@dataclass(frozen=True, slots=True)
class TrainingFigures:
    """Loss by step as (step, mean loss per token), and whatever is worth saying of the training by name."""

    train: tuple[tuple[float, float], ...] = ()
    validation: tuple[tuple[float, float], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReportData:
    """Everything that a report says. ``examples`` are the rows of all cases (the page shows a fair dozen of them);
    ``created`` is ISO 8601, ``seconds`` by stage, ``peak_rss_mb`` in MiB.
    """

    run_id: str
    title: str
    created: str
    documents: tuple[DocumentRow, ...]
    yields: tuple[YieldRow, ...]
    rejected: tuple[Rejected, ...]
    ontology: OntologyFigures
    coverage: CoverageFigures
    dataset: DatasetFigures
    training: TrainingFigures
    audit: Audit
    examples: tuple[Row, ...]
    config: Mapping[str, object] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    seeds: Mapping[str, int] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    peak_rss_mb: float = 0.0


def document_rows(ontology: Ontology) -> tuple[DocumentRow, ...]:
    """One row per document, in order. Paths are told from the folder that holds them all: a report is passed on, and
    what lies above that folder is nobody else's business.
    """
    folders = [Path(one.path).parent for one in ontology.documents]
    absolute = bool(folders) and all(folder.is_absolute() for folder in folders)
    above = os.path.commonpath(folders) if absolute else ""
    counts = [
        Counter(record.document_id for record in records)
        for records in (ontology.sections, ontology.clauses, ontology.rules)
    ]
    return tuple(
        DocumentRow(
            one.title,
            os.path.relpath(one.path, above) if above else one.path,
            one.format,
            one.words,
            one.pages,
            *(count[one.id] for count in counts),
        )
        for one in ontology.documents
    )


def ontology_figures(ontology: Ontology) -> OntologyFigures:
    """How much of what the ontology holds."""
    counts = {
        "documents": ontology.documents,
        "sections": ontology.sections,
        "clauses": ontology.clauses,
        "rules": ontology.rules,
        "concepts": ontology.concepts,
        "relations": ontology.relations,
    }
    modalities = Counter(rule.modality for rule in ontology.rules)
    return OntologyFigures(
        counts=tuple((name, len(records)) for name, records in counts.items()),
        modalities=tuple((modality.value, modalities[modality]) for modality in Modality),
        concept_kinds=_largest_first(concept.kind for concept in ontology.concepts),
        relation_types=_largest_first(relation.type for relation in ontology.relations),
        linked_concepts=sum(bool(concept.conceptnet) for concept in ontology.concepts),
        conflicts=len(ontology.conflicts),
    )


def coverage_figures(coverage: Coverage, ontology: Ontology) -> CoverageFigures:
    """The ledger, ready to be drawn: kinds, regions with their clauses, gaps."""
    gaps = coverage.gaps()
    shown = tuple(
        GapRow(gap.target.kind, gap.target.label, gap.target.verdict.value if gap.target.verdict else "", gap.why)
        for gap in gaps[:GAPS]
    )
    kinds = tuple(Covered(name, share.total, share.covered) for name, share in coverage.by_kind.items())
    by_region: dict[str, list[Target]] = defaultdict(list)
    for target in coverage.targets:
        if target.kind == "rule":
            by_region[target.region].append(target)
    regions = tuple(
        RegionCoverage(ref, name, _clauses(by_region[ref], coverage, ontology)) for ref, name in coverage.regions
    )
    return CoverageFigures(kinds, regions, shown, len(gaps))


def _clauses(targets: Iterable[Target], coverage: Coverage, ontology: Ontology) -> tuple[Covered, ...]:
    """By clause number, which several passages may share; a passage without a number stands alone."""
    total: Counter[str] = Counter()
    done: Counter[str] = Counter()
    first: dict[str, Clause] = {}
    for target in targets:
        clause = ontology.clause_by_id[ontology.rule_by_id[target.element_id].clause_id]
        name = f"{clause.document_id} {clause.number}" if clause.number else clause.id
        first.setdefault(name, clause)
        total[name] += 1
        done[name] += target.key in coverage.covered
    return tuple(Covered(clause.number, total[name], done[name], clause.text) for name, clause in first.items())


def dataset_figures(
    samples: Sequence[Sample],
    dropped: Mapping[str, int],
    exercises: Iterable[Exercise] = (),
    ontology: Ontology | None = None,
    short: str = "",
) -> DatasetFigures:
    """How many samples of which kind and for which clause, and how many were dropped for what."""
    verdicts = Counter(sample.verdict for sample in samples)
    named = [(verdict.value, verdicts[verdict]) for verdict in VERDICTS]
    splits = Counter(sample.split for sample in samples)
    return DatasetFigures(
        samples=len(samples),
        kinds=_largest_first(sample.kind for sample in samples),
        verdicts=(*named, ("none", verdicts[None])),
        splits=tuple((split.value, splits[split]) for split in Split),
        dropped=tuple(sorted(dropped.items(), key=lambda pair: (-pair[1], pair[0]))),
        by_clause=_by_clause(samples, exercises, ontology or Ontology()),
        short=short,
    )


def _by_clause(
    samples: Sequence[Sample], exercises: Iterable[Exercise], ontology: Ontology
) -> dict[str, tuple[int, int, int]]:
    split_of = {sample.id: sample.split for sample in samples}
    found: dict[str, dict[Split, set[str]]] = defaultdict(lambda: defaultdict(set))
    for link in exercises:
        rule = ontology.rule_by_id.get(link.element_id) if link.kind == "rule" else None
        if rule is not None and link.sample_id in split_of:
            found[rule.clause_id][split_of[link.sample_id]].add(link.sample_id)
    order = (Split.TRAIN, Split.TEST, Split.VALIDATION)
    counts = {ref: [len(parts[split]) for split in order] for ref, parts in sorted(found.items())}
    return {ref: (trained, kept, checking) for ref, (trained, kept, checking) in counts.items()}


def _largest_first(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0])))
