"""Plan, write, filter, retrieve, verify, split: an ontology becomes a dataset of exactly N samples."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generation.archive import drawn_evenly, precedents, read_archive
from generation.chats import ContextSource, in_context, linked
from generation.drafting import Desk
from generation.drafts import Draft
from generation.filters import DropLedger
from generation.options import SCENARIO, GenerationOptions
from generation.planning_predict import needed
from generation.proving import Proved, Prover
from generation.reach import Unreached, unreached
from generation.seeds import read_seeds
from generation.seeds_documents import TOPIC, document_seeds
from generation.selection import write_chosen, write_required
from generation.splits import SplitReport, Splits, split_report
from generation.targets import check_budget, rules_of
from generation.teacher import Taught
from generation.teacher_desk import Teaching, write_taught
from kg.coverage import Coverage, Key, Weighting, measure
from kg.errors import PlumblineError
from kg.model import Exercise, Ontology, Sample, Split
from kg.progress import Progress, silent
from kg.regions import region_of_rule

__all__ = ["ContextSource", "Generated", "Selection", "generate", "select"]


@dataclass(frozen=True, slots=True)
class Generated:
    """The dataset with its ledger. ``dropped`` counts by reason, ``drop_examples`` keeps a few texts of each.

    ``splits`` is what was measured between the splits; ``unreached`` names each target that is not covered, and why.
    """

    samples: tuple[Sample, ...]
    exercises: tuple[Exercise, ...]
    dropped: Mapping[str, int]
    drop_examples: Mapping[str, tuple[str, ...]]
    coverage_before: Coverage
    coverage_after: Coverage
    splits: SplitReport
    unreached: tuple[Unreached, ...]
    needed: Mapping[str, int]
    """The samples that cover each rule with each verdict, and about as many as cover everything within reach."""
    taught: Taught | None = None
    """What came of the teacher's cases, where there is a teacher."""
    short: str = ""
    """Why there are fewer samples than were asked for, with the commonest reasons for drops; empty when there are not."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What a budget is spent on, before contexts are retrieved: the drafts in their order, each with what it exercises."""

    proved: tuple[Proved, ...]
    splits: Splits
    ledger: DropLedger
    coverage: Coverage
    unreached: tuple[Unreached, ...]
    taught: Taught | None = None
    short: str = ""

    @property
    def by_kind(self) -> dict[str, int]:
        """How many drafts of each form."""
        return dict(Counter(one.draft.kind for one in self.proved).most_common())


def generate(
    ontology: Ontology,
    retriever: ContextSource,
    options: GenerationOptions,
    progress: Progress = silent,
    *,
    t: int = 2,
    weighting: Weighting | None = None,
    teaching: Teaching | None = None,
) -> Generated:
    """Exactly ``options.samples`` samples that cover every rule with every verdict by verified links, or all that the
    writers have to say of a small policy; then ``short`` says why.

    What the budget leaves is spent on what covers the most of the targets of size ``t`` under ``weighting``
    (:mod:`generation.selection`). With ``test_share`` above 0 whole rule families are written about for the test split
    only. Raises :class:`UserError` when the ontology states no rules, when N is too small or a seed is faulty, and
    :class:`PlumblineError` when a rule cannot be covered. A teacher writes its share of
    the cases beyond the required ones (:mod:`generation.teacher_desk`).
    """
    chosen = select(ontology, options, progress, t=t, weighting=weighting, teaching=teaching)
    placed = [(one.draft, _split(chosen.splits, one.draft)) for one in chosen.proved]
    decided = precedents(placed)
    if decided:
        retriever = retriever.with_precedents(decided)
    samples = in_context(
        ontology,
        placed,
        retriever,
        clauses=options.context_clauses,
        seed=options.seed,
        single=options.single_share,
        progress=progress,
    )
    exercises = tuple(link for one in chosen.proved for link in one.links)
    samples = linked(samples, exercises)
    return Generated(
        samples, exercises, dict(chosen.ledger.counts), dict(chosen.ledger.examples),
        measure(ontology, (), (), t=t, weighting=weighting), chosen.coverage,
        split_report(ontology, samples, options.duplicate_threshold), chosen.unreached,
        needed(ontology, t=t, weighting=weighting), chosen.taught, chosen.short,
    )  # fmt: skip


def select(
    ontology: Ontology,
    options: GenerationOptions,
    progress: Progress = silent,
    *,
    t: int = 2,
    weighting: Weighting | None = None,
    teaching: Teaching | None = None,
) -> Selection:
    """The drafts that :func:`generate` makes into samples, and their coverage: all but retrieval. Raises as it does."""
    rules = rules_of(ontology)
    check_budget(ontology, options.samples)
    prover = Prover(ontology, t=t, weighting=weighting)
    seeds = read_seeds(options.seeds_file, ontology) if options.seeds_file else ()
    splits = Splits.of(
        ontology, test_share=options.test_share, validation_share=options.validation_share, seed=options.seed,
        training=_families(ontology, seeds),
    )  # fmt: skip
    desk = Desk(ontology, options, prover, splits)
    write_required(desk, rules, progress)
    _take_seeds(desk, seeds)
    if options.cases_file:
        _take_cases(desk, options.cases_file)
    found = document_seeds(ontology).drafts if options.document_seeds else ()
    _take_found(desk, [seed for seed in found if not _is_paragraph(seed)])
    taught = write_taught(desk, rules, seeds, teaching, progress) if teaching else None
    write_chosen(desk, rules, options.samples, progress, found=[seed for seed in found if _is_paragraph(seed)])
    covered = _coverage(ontology, prover, desk.kept)
    return Selection(
        tuple(desk.kept),
        splits,
        desk.ledger,
        covered,
        unreached(ontology, covered, prover.proved, frozenset(desk.refused)),
        taught,
        _short(desk.ledger, len(desk.kept), options.samples),
    )


def _families(ontology: Ontology, seeds: Sequence[Draft]) -> frozenset[str]:
    unsplit = Splits(ontology, frozenset(), frozenset())
    return frozenset().union(*(unsplit.families(seed) for seed in seeds))


def _take_seeds(desk: Desk, seeds: Sequence[Draft]) -> None:
    for seed in seeds:
        if len(desk.kept) >= desk.options.samples:
            desk.ledger.drop("a seed beyond the budget", seed.question)
        elif desk.splits.split(seed) is not Split.TRAIN:
            desk.ledger.drop("a seed about a rule of the test split", seed.question)
        else:
            desk.offer(seed)


def _take_cases(desk: Desk, path: Path) -> None:
    """The decided cases of an archive, each in the split of its rules; story by story, evenly over the clauses."""
    archive = read_archive(path, desk.ontology)
    for number, reason in archive.rejected:
        desk.ledger.drop(f"archive: {reason}", f"{path.name}, line {number}")
    most = min(len(desk.kept) + int(desk.options.cases_share * desk.options.samples), desk.options.samples)
    for case in drawn_evenly(archive.drafts, desk.options.seed):
        if len(desk.kept) >= most:
            desk.ledger.drop("an archived case beyond its share (cases_share)", case.question)
        elif desk.splits.split(case) is None:
            desk.ledger.drop("an archived case about rules of several splits", case.question)
        else:
            desk.offer(case)


def _take_found(desk: Desk, found: Sequence[Draft]) -> None:
    """The questions and call-outs of the documents, drawn at random, up to half of what the other forms get.

    Their paragraphs are many; which of them are worth a sample the planner says.
    """
    mix = desk.options.mix
    others = desk.options.samples * (1 - mix.get(SCENARIO, 0.0) / sum(mix.values()))
    open_seeds = [seed for seed in found if desk.splits.split(seed) not in {Split.TEST, None}]
    random.Random(f"{desk.options.seed}:found").shuffle(open_seeds)
    for seed in open_seeds[: max(min(int(others / 2), desk.options.samples - len(desk.kept)), 0)]:
        desk.offer(seed)


def _is_paragraph(seed: Draft) -> bool:
    return seed.writer == f"seed/{TOPIC}"


def _split(splits: Splits, draft: Draft) -> Split:
    found = splits.split(draft)
    if found is None:
        raise PlumblineError(f"a draft lies in two splits: {draft.question[:120]!r}", "report the document")
    return found


def _coverage(ontology: Ontology, prover: Prover, kept: Sequence[Proved]) -> Coverage:
    """The ledger of ``kept``, counted from the links that were verified when they were kept."""
    counts: Counter[Key] = Counter()
    for one in kept:
        counts.update(one.keys)
    cut = dict.fromkeys((region.id, region.name) for region in region_of_rule(ontology).values())
    return Coverage(prover.targets, frozenset(counts), tuple(cut), len(kept), counts)


def _short(ledger: DropLedger, kept: int, wanted: int) -> str:
    """Why ``kept`` is less than ``wanted``: the writers never repeat themselves to fill a number."""
    if kept >= wanted:
        return ""
    reasons = "; ".join(f"{reason} ({count})" for reason, count in ledger.commonest()) or "none"
    return f"the writers had no more to say of this policy than {kept:,} of {wanted:,} samples; dropped: {reasons}"
