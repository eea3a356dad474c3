"""The cases of a report: which are shown, why they failed, and which data would mend that."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluation import wording
from evaluation.audit import Audit
from evaluation.compare import Row, pick_examples
from evaluation.figures import DatasetFigures, ReportData
from evaluation.metrics import VERDICTS, Confusion
from evaluation.statistics import Interval, wilson
from evaluation.weakness import RuleNeed
from kg.model import Verdict, group

EXAMPLES = 12
"""Cases shown side by side on the page; report.json holds all."""

ERRORS = 400
"""Wrong answers that the page can unfold, weakest regions first; report.json holds all."""

NEEDS = 8


@dataclass(frozen=True, slots=True)
class Need:
    """A clause that wants data first. ``missed`` says by gold verdict how many of its cases failed; ``trained``,
    ``kept`` and ``checking`` are the samples on its rules that training could read, those kept for the test, and those by
    which training is checked (the validation split).
    """

    need: RuleNeed
    texts: tuple[str, ...]
    place: str
    interval: Interval | None
    missed: str
    trained: int
    kept: int
    checking: int = 0

    @property
    def advice(self) -> str:
        """What to do about it, as far as the figures say."""
        if not self.trained and self.kept:
            return "Kept out of training for this test: data on rules like it, not on itself."
        if not self.trained:
            if self.checking:
                return "In validation only, so that no sample trains it: data on rules like it, or another split."
            return "No sample trains it: write some."
        return "Trained, and still wrong: more samples of what was missed, or read its cases for a fault of the data."


def examples(rows: Sequence[Row]) -> list[tuple[str, int, list[Row]]]:
    """The chosen cases by outcome: its name, how many cases of all it has, those shown."""
    chosen = pick_examples(rows, EXAMPLES)
    total = Counter(row.outcome for row in rows)
    shown = {outcome: [row for row in chosen if row.outcome == outcome] for outcome in wording.OUTCOME_NAMES}
    return [(outcome, total[outcome], members) for outcome, members in shown.items() if members]


def passages(rows: Iterable[Row]) -> int | None:
    """How many clauses were shown with a case at most."""
    return max((len(row.retrieved) for row in rows), default=0) or None


def generated(rows: Iterable[Row]) -> int:
    """How many cases are samples of the project's own writers, kept out of training."""
    return sum(row.probe_id.startswith("sample:") for row in rows)


def errors_by_region(data: ReportData) -> dict[str, tuple[list[Row], int]]:
    """By region the cases that the aligned model got wrong, and how many more there are than the page has room for."""
    rows = {row.probe_id: row for row in data.examples}
    found, room = {}, ERRORS
    for region in data.audit.regions:
        wrong = [rows[probe_id] for probe_id in region.errors if probe_id in rows][:room]
        room -= len(wrong)
        found[region.region_id] = (wrong, len(region.errors) - len(wrong))
    return found


def needs(data: ReportData) -> list[Need]:
    """The clauses that want data first, by their number: the first need of each, with all of its rules."""
    by_clause = group(
        data.audit.needs, lambda need: f"{need.region_id} {need.citation}" if need.citation else need.clause_id
    )
    return [_need(found, data) for found in list(by_clause.values())[:NEEDS]]


def _need(found: Sequence[RuleNeed], data: ReportData) -> Need:
    clauses = {need.clause_id for need in found}
    rows = [row for row in data.examples if clauses & {one.clause_id for one in row.deciding}]
    scored = [row for row in rows if row.aligned.right is not None]
    wrong = Counter(row.gold for row in scored if not row.aligned.right)
    asked = Counter(row.gold for row in scored)
    names = {one.region_id: one.name for one in data.audit.regions}
    quoted = next((one for row in rows for one in row.deciding if one.clause_id in clauses), None)
    samples = samples_of(clauses, data.dataset)
    return Need(
        found[0],
        tuple(dict.fromkeys(need.text for need in found)),
        quoted.place if quoted else names.get(found[0].region_id, ""),
        wilson(wrong.total(), asked.total(), data.audit.options.level),
        ", ".join(_missed(verdict, wrong[verdict], asked[verdict]) for verdict in VERDICTS if wrong[verdict]),
        *samples,
    )


def _missed(verdict: Verdict, wrong: int, asked: int) -> str:
    return f"{wording.VERDICT_NAMES[verdict].lower()} {wrong} of {asked}"


def samples_of(clauses: Iterable[str], dataset: DatasetFigures) -> tuple[int, int, int]:
    """How many samples exercise rules of ``clauses``: for training, kept for the test, in validation. One sample may
    count twice.
    """
    counts = [dataset.by_clause.get(ref, (0, 0, 0)) for ref in clauses]
    trained, kept, checking = (sum(parts[place] for parts in counts) for place in range(3))
    return trained, kept, checking


def verdict_shares(audit: Audit) -> dict[tuple[str, Verdict], tuple[Interval | None, Interval | None]]:
    """By model and verdict: precision and recall, each a share of cases with Wilson's interval."""
    models = {"unaligned": audit.unaligned.confusion, "aligned": audit.aligned.confusion}
    return {
        (name, verdict): _shares(table, verdict, audit.options.level)
        for name, table in models.items()
        for verdict in VERDICTS
    }


def _shares(table: Confusion, verdict: Verdict, level: float) -> tuple[Interval | None, Interval | None]:
    hits = table.hits(verdict)
    return wilson(hits, table.answered(verdict), level), wilson(hits, table.gold(verdict), level)
