"""The questions of an audit, from a hand-made set or from samples that were kept out of training."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from generation.prompting import VERDICT_PHRASES
from kg.errors import UserError
from kg.graph import within
from kg.model import Clause, Ontology, Sample, Verdict, group
from kg.regions import regions

REPORTED = 10
"""Problems of a file that one error names; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A case with its gold verdict.

    ``clause_numbers`` are the numbers of the gold clauses as a reader cites them, ``clause_ids`` every passage under
    those numbers (a number often stands for several paragraphs and list items). ``family`` groups cases that share a source and so are not independent of each other.
    """

    id: str
    question: str
    verdict: Verdict
    clause_numbers: tuple[str, ...]
    rationale: str
    region_id: str
    family: str
    clause_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegionFinder:
    """Which region of the audit a clause lies in: that of its rules; else the region that its section, a section
    above it or its document is; else, on its own, its outermost section.
    """

    ontology: Ontology
    region_of_rule: Mapping[str, str]
    region_ids: frozenset[str]

    @classmethod
    def by_section(cls, ontology: Ontology) -> "RegionFinder":
        found = regions(ontology, by="section")
        of_rule = {rule_id: region.id for region in found for rule_id in region.rule_ids}
        return cls(ontology, of_rule, frozenset(region.id for region in found))

    def of_clause(self, clause: Clause) -> str:
        for rule in self.ontology.rules_of_clause.get(clause.id, ()):
            if rule.id in self.region_of_rule:
                return self.region_of_rule[rule.id]
        above: str | None = clause.section_id
        while above is not None:
            if above in self.region_ids:
                return above
            above = self.ontology.section_by_id[above].parent_id
        if clause.document_id in self.region_ids:
            return clause.document_id
        return self.ontology.top_section(clause.section_id).id


def from_samples(samples: Sequence[Sample], ontology: Ontology) -> tuple[Probe, ...]:
    """A probe for each sample that has a verdict and a known clause, in their order. The samples' rule family is the
    probes' family; their rationale is the reason of the sample's answer, without the verdict phrase before it.
    """
    finder = RegionFinder.by_section(ontology)
    probes = []
    for sample in samples:
        clauses = [ontology.clause_by_id[ref] for ref in sample.clause_ids if ref in ontology.clause_by_id]
        if sample.verdict is None or not clauses:
            continue
        probes.append(
            Probe(
                id=sample.id,
                question=sample.question,
                verdict=sample.verdict,
                clause_numbers=tuple(dict.fromkeys(clause.number for clause in clauses if clause.number)),
                rationale=reason_of(sample.answer),
                region_id=finder.of_clause(clauses[0]),
                family=sample.family,
                clause_ids=tuple(clause.id for clause in clauses),
            )
        )
    return tuple(probes)


def reason_of(answer: str) -> str:
    """An answer without the verdict phrase that opens it."""
    for phrase in VERDICT_PHRASES.values():
        if answer.startswith(phrase) and not answer[len(phrase) : len(phrase) + 1].isalnum():
            return answer[len(phrase) :].lstrip(".,:;! ")
    return answer


def load_heldout(path: Path, ontology: Ontology) -> tuple[Probe, ...]:
    """Read a hand-made test set: one JSON object per line with ``id``, ``question``, ``verdict``, ``clauses`` (a list
    of clause numbers), ``section`` (optional) and ``rationale``. Blank lines are skipped.

    Raises UserError for a file that cannot be read or holds no case, and for bad rows: all at once, each with its
    line number, an unknown clause number with the nearest that exist.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError as error:
        raise UserError(f"the test set {path} does not exist", "check the path in the configuration") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"the test set {path} cannot be read: {error}", "save it as UTF-8 text") from error
    reader = _RowReader(ontology)
    for number, line in enumerate(lines, start=1):
        if line.strip():
            reader.read(number, line)
    if reader.problems:
        shown = "\n".join(reader.problems[:REPORTED])
        more = len(reader.problems) - REPORTED
        tail = f"\nand {more} more" if more > 0 else ""
        raise UserError(f"the test set {path} has {len(reader.problems)} bad rows:\n{shown}{tail}", "correct the rows")
    if not reader.probes:
        raise UserError(f"the test set {path} holds no case", "write one JSON object per line")
    return tuple(reader.probes)


class _RowReader:
    """Collects probes and problems over the rows of one file."""

    def __init__(self, ontology: Ontology) -> None:
        self.probes: list[Probe] = []
        self.problems: list[str] = []
        self._lines: dict[str, int] = {}
        self._finder = RegionFinder.by_section(ontology)
        self._clauses = group((clause for clause in ontology.clauses if clause.number), lambda clause: clause.number)

    def read(self, number: int, line: str) -> None:
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            self.problems.append(f"line {number}: not JSON ({error.msg}, column {error.colno})")
            return
        problem = self._problem(row)
        if not problem and row["id"] in self._lines:
            problem = f"the id {row['id']!r} is that of line {self._lines[row['id']]}"
        if problem:
            self.problems.append(f"line {number}: {problem}")
            return
        self._lines[row["id"]] = number
        self.probes.append(self._probe(row))

    def _problem(self, row: object) -> str:
        """What is wrong with the row, or nothing."""
        if not isinstance(row, dict):
            return "not a JSON object"
        for key in ("id", "question", "verdict"):
            if not isinstance(row.get(key), str) or not row[key].strip():
                return f"{key!r} must be a text that is not empty"
        if row["verdict"] not in set(Verdict):
            return f"the verdict {row['verdict']!r} is none of {', '.join(Verdict)}"
        clauses = row.get("clauses")
        if not isinstance(clauses, list) or not clauses or not all(isinstance(one, str) for one in clauses):
            return "'clauses' must be a list of clause numbers (texts) with at least one"
        return next((self._unknown(one) for one in clauses if not self._of(one)), "")

    def _of(self, number: str) -> list[Clause]:
        """All clauses that a reader finds under a number: the paragraphs and list items that bear it, or a part of
        it (3.2(a) under 3.2).
        """
        return [clause for name, members in self._clauses.items() if within(name, number) for clause in members]

    def _unknown(self, number: str) -> str:
        near = get_close_matches(number, list(self._clauses), n=3, cutoff=0.5)
        meant = f"; did you mean {' or '.join(near)}?" if near else ""
        return f"the policy has no clause {number!r}{meant}"

    def _probe(self, row: Mapping[str, object]) -> Probe:
        numbers = row["clauses"]
        if not isinstance(numbers, list):  # _problem has refused it: this tells the type checker
            raise TypeError(numbers)
        clauses = [clause for number in numbers for clause in self._of(number)]
        first = next((clause for clause in clauses if clause.id in self._finder.ontology.rules_of_clause), clauses[0])
        return Probe(
            id=str(row["id"]),
            question=str(row["question"]),
            verdict=Verdict(str(row["verdict"])),
            clause_numbers=tuple(numbers),
            rationale=str(row.get("rationale", "")),
            region_id=self._finder.of_clause(first),
            family=f"clause {numbers[0]}",
            clause_ids=tuple(dict.fromkeys(clause.id for clause in clauses)),
        )
