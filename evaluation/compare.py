"""Both models side by side, case by case."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.answers import Answer, Contexts
from evaluation.probes import Probe
from kg.model import Clause, Ontology, Verdict

DECIDING = 8
"""Passages of the deciding clauses that a row quotes: a number may stand for a whole page."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage that decides a case: its number, where it stands, its very words."""

    clause_id: str
    citation: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A retrieved clause as both models saw it; ``gold``: it decides the case."""

    citation: str
    text: str
    gold: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One model's answer. ``right`` is None where it is unscored; ``text`` is then the reason."""

    verdict: Verdict | None
    right: bool | None
    text: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """One case with what was retrieved, the gold verdict, the words that decide it, and both answers."""

    probe_id: str
    region_id: str
    question: str
    retrieved: tuple[Shown, ...]
    gold: Verdict
    gold_clauses: tuple[str, ...]
    rationale: str
    unaligned: Side
    aligned: Side
    deciding: tuple[Quoted, ...] = ()

    @property
    def outcome(self) -> str:
        """What alignment did to this case: mended, spoilt, kept_right, kept_wrong, or unscored."""
        before, after = self.unaligned.right, self.aligned.right
        if before is None or after is None:
            return "unscored"
        return {(False, True): "mended", (True, False): "spoilt", (True, True): "kept_right"}.get(
            (before, after), "kept_wrong"
        )

    @property
    def gold_shown(self) -> bool:
        """Was a clause that decides the case among those that both models read?"""
        return any(one.gold for one in self.retrieved)


def rows(
    probes: Sequence[Probe],
    contexts: Contexts,
    unaligned: Sequence[Answer],
    aligned: Sequence[Answer],
    ontology: Ontology | None = None,
) -> tuple[Row, ...]:
    """One row per probe, in order; answers are given in the order of the probes. ``ontology`` gives the words of the
    deciding clauses and where they stand.

    Raises ValueError where the three are not equally long.
    """
    known = ontology or Ontology()
    return tuple(
        _row(probe, contexts, (before, after), known)
        for probe, before, after in zip(probes, unaligned, aligned, strict=True)
    )


def quote(clause: Clause, ontology: Ontology) -> Quoted:
    """A clause as a reader finds it again: number, document, section and page, and the words."""
    section = ontology.section_by_id.get(clause.section_id)
    document = next((one for one in ontology.documents if one.id == clause.document_id), None)
    parts = [document.title or document.path if document else "", section.title if section else ""]
    page = f"page {clause.span.page}" if clause.span.page else ""
    place = ", ".join(dict.fromkeys(part for part in (*parts, page) if part))
    return Quoted(clause.id, clause.number, place, f"{clause.lead_in} {clause.text}".strip())


def _row(probe: Probe, contexts: Contexts, answers: tuple[Answer, Answer], ontology: Ontology) -> Row:
    return Row(
        probe_id=probe.id,
        region_id=probe.region_id,
        question=probe.question,
        retrieved=tuple(
            Shown(one.citation, one.text, one.clause_id in probe.clause_ids)
            for one in contexts.found.get(probe.question, ())
        ),
        gold=probe.verdict,
        gold_clauses=probe.clause_numbers,
        rationale=probe.rationale,
        unaligned=_side(probe, answers[0]),
        aligned=_side(probe, answers[1]),
        deciding=tuple(
            quote(ontology.clause_by_id[ref], ontology)
            for ref in probe.clause_ids[:DECIDING]
            if ref in ontology.clause_by_id
        ),
    )


def _side(probe: Probe, answer: Answer) -> Side:
    if answer.verdict is None:
        return Side(None, None, answer.unscored, None)
    return Side(answer.verdict, answer.verdict is probe.verdict, answer.text, answer.confidence)


def pick_examples(found: Sequence[Row], limit: int = 12) -> tuple[Row, ...]:
    """A fair handful: each outcome in proportion to its frequency, at least one of each that occurs, and within an
    outcome spread over verdicts and regions. Nothing is picked for looking good. Deterministic; in given order.
    """
    by_outcome: dict[str, list[Row]] = {}
    for row in found:
        by_outcome.setdefault(row.outcome, []).append(row)
    chosen: set[str] = set()
    for share in _shares({name: len(members) for name, members in by_outcome.items()}, limit):
        chosen |= {row.probe_id for row in _spread(by_outcome[share[0]], share[1])}
    return tuple(row for row in found if row.probe_id in chosen)


def _shares(sizes: dict[str, int], limit: int) -> list[tuple[str, int]]:
    """Seats by largest remainder after one seat each, rarest outcomes first."""
    names = sorted(sizes, key=lambda name: (sizes[name], name))[:limit]
    seats = dict.fromkeys(names, 1)
    total = sum(sizes[name] for name in names)
    while sum(seats.values()) < min(limit, total):
        open_names = [name for name in names if seats[name] < sizes[name]]
        seats[max(open_names, key=lambda name: (sizes[name] / total * limit - seats[name], name))] += 1
    return list(seats.items())


def _spread(members: Sequence[Row], count: int) -> list[Row]:
    """``count`` rows, each time one whose verdict and region were taken least."""
    picked: list[Row] = []
    rest = list(members)
    while rest and len(picked) < count:
        best = min(
            rest,
            key=lambda row: (
                sum(one.gold is row.gold for one in picked) + sum(one.region_id == row.region_id for one in picked)
            ),
        )
        picked.append(best)
        rest.remove(best)
    return picked
