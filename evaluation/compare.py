"""Both models side by side, case by case."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.answers import Answer, Contexts
from evaluation.probes import Probe
from kg.model import Verdict


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
    """One case with what was retrieved, the gold verdict and both answers."""

    probe_id: str
    region_id: str
    question: str
    retrieved: tuple[Shown, ...]
    gold: Verdict
    gold_clauses: tuple[str, ...]
    rationale: str
    unaligned: Side
    aligned: Side

    @property
    def outcome(self) -> str:
        """What alignment did to this case: mended, spoilt, kept_right, kept_wrong, or unscored."""
        before, after = self.unaligned.right, self.aligned.right
        if before is None or after is None:
            return "unscored"
        return {(False, True): "mended", (True, False): "spoilt", (True, True): "kept_right"}.get(
            (before, after), "kept_wrong"
        )


def rows(
    probes: Sequence[Probe], contexts: Contexts, unaligned: Sequence[Answer], aligned: Sequence[Answer]
) -> tuple[Row, ...]:
    """One row per probe, in order; answers are given in the order of the probes.

    Raises ValueError where the three are not equally long.
    """
    return tuple(
        _row(probe, contexts, before, after) for probe, before, after in zip(probes, unaligned, aligned, strict=True)
    )


def _row(probe: Probe, contexts: Contexts, before: Answer, after: Answer) -> Row:
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
        unaligned=_side(probe, before),
        aligned=_side(probe, after),
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
