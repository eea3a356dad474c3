"""The report: one HTML file that needs nothing else, and the same as JSON.

The page has no script, no outside request (its content-security policy forbids them), light and dark colours by the
reader's setting, and prints. All text from documents and models is escaped.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from enum import Enum
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from evaluation import wording
from evaluation.audit import Audit, RegionResult
from evaluation.compare import Row, pick_examples
from evaluation.drawing import Cell, Group, Mark, Series, axis, curve, strip, treemap
from evaluation.figures import CoverageFigures, ReportData, TrainingFigures
from evaluation.metrics import VERDICTS
from evaluation.statistics import Interval
from evaluation.weakness import RuleNeed
from generation.prompting import VERDICT_PHRASES
from kg.errors import PlumblineError
from kg.model import group

EXAMPLES = 12
"""Cases shown side by side on the page; report.json holds all."""

ERRORS_PER_REGION = 6
NEEDS = 8
REGIONS = 16
WIDE, NARROW = 880.0, 344.0


def write_report(data: ReportData, folder: Path) -> Path:
    """Write report.json and report.html into ``folder`` (made when missing) and return the path of the page.

    Each file is replaced in one step, the page last. Raises PlumblineError where they cannot be written.
    """
    page = folder / "report.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _replace(folder / "report.json", json.dumps(report_json(data), indent=2, ensure_ascii=False, allow_nan=False))
        _replace(page, render(data))
    except OSError as error:
        raise PlumblineError(
            f"the report cannot be written to {folder}: {error.strerror or error}",
            "free space or choose another folder",
        ) from error
    return page


def _replace(path: Path, text: str) -> None:
    scratch = path.with_suffix(path.suffix + ".part")
    scratch.write_text(text + "\n", encoding="utf-8")
    os.replace(scratch, path)  # noqa: PTH105  (Path.replace is the same call; this one reads as what it is: atomic)


def report_json(data: ReportData) -> dict[str, object]:
    """All of the report as plain values; every case, not only the examples."""
    sections: dict[str, object] = {
        "run": data.run_id, "title": data.title, "created": data.created, "audit": data.audit.to_dict(),
    }  # fmt: skip
    for name in ("documents", "yields", "rejected", "ontology", "coverage", "dataset", "training", "examples"):
        sections[name] = plain(getattr(data, name))
    for name in ("config", "versions", "seeds", "seconds", "peak_rss_mb"):
        sections[name] = plain(getattr(data, name))
    return sections


def plain(value: object) -> object:
    """Records, enums, paths and mappings as what JSON knows; a number that is not finite becomes None."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float):
        return value if value - value == 0 else None
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        members = sorted(value, key=str) if isinstance(value, (set, frozenset)) else value
        return [plain(one) for one in members]
    return value if value is None or isinstance(value, (str, int, bool)) else str(value)


def render(data: ReportData) -> str:
    """The page as a text."""
    loader = PackageLoader("evaluation")
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        name: getattr(wording, name)
        for name in ("figure", "signed", "count", "percent", "between", "duration", "p_value", "plural")
    }
    environment.filters |= {"flat": flat, "after_phrase": after_phrase}
    environment.globals |= {"words": wording, "verdicts": VERDICTS, "regions_shown": REGIONS}
    style, _, _ = loader.get_source(environment, "style.css")
    return environment.get_template("report.html.j2").render(
        style=Markup(style),  # noqa: S704  (our own file, not a document's text)
        data=data,
        audit=data.audit,
        headline=wording.headline(data.audit),
        caveats=wording.caveats(data.audit, _passages(data.examples)),
        weakest=wording.weakest_sentence(data.audit),
        pictures=_pictures(data),
        region_strips={one.region_id: _region_strip(one, data.audit) for one in data.audit.regions},
        region_axis=axis((0, 0.25, 0.5, 0.75, 1), ("0", "25", "50", "75", "100 %")),
        region_errors=_region_errors(data),
        region_names={one.region_id: one.name for one in data.audit.regions},
        examples=_examples(data.examples),
        needs=_needs(data.audit),
    )


def flat(config: Mapping[str, object], prefix: str = "") -> Iterable[tuple[str, str]]:
    """Dotted key and value of each leaf of a nested mapping."""
    for key, value in config.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from flat(value, f"{name}.")
        else:
            yield name, json.dumps(plain(value), ensure_ascii=False)


def after_phrase(text: str) -> str:
    """An answer without its verdict phrase, which the page shows apart."""
    for phrase in VERDICT_PHRASES.values():
        if text.startswith(phrase):
            return text[len(phrase) :].lstrip(". ")
    return text


def _examples(rows: tuple[Row, ...]) -> list[tuple[str, int, list[Row]]]:
    """The chosen cases by outcome: its name, how many cases of all it has, those shown."""
    chosen = pick_examples(rows, EXAMPLES)
    total = Counter(row.outcome for row in rows)
    shown = {outcome: [row for row in chosen if row.outcome == outcome] for outcome in wording.OUTCOME_NAMES}
    return [(outcome, total[outcome], members) for outcome, members in shown.items() if members]


def _needs(audit: Audit) -> list[tuple[RuleNeed, list[str]]]:
    """The clauses that want data first, by their number: the first need of each, with the texts of its rules."""
    by_clause = group(
        audit.needs, lambda need: f"{need.region_id} {need.citation}" if need.citation else need.clause_id
    )
    return [(needs[0], list(dict.fromkeys(need.text for need in needs))) for needs in list(by_clause.values())[:NEEDS]]


def _passages(rows: Iterable[Row]) -> int | None:
    """How many clauses were shown with a case at most."""
    return max((len(row.retrieved) for row in rows), default=0) or None


def _pictures(data: ReportData) -> dict[str, Markup]:
    audit = data.audit
    return {
        "headline": _headline_strip(audit),
        "lift": _lift_strip(audit.lift),
        "lift_axis": axis((-1, -0.5, 0, 0.5, 1), ("−1", "−0.5", "0", "+0.5", "+1"), (-1, 1)),
        "unit_axis": axis((0, 0.25, 0.5, 0.75, 1), ("0", "0.25", "0.5", "0.75", "1")),
        "treemap_wide": _treemap("map-wide", data.coverage, (WIDE, 420.0)),
        "treemap_narrow": _treemap("map-narrow", data.coverage, (NARROW, 560.0)),
        "curve_wide": _curve("curve-wide", data.training, (WIDE, 300.0)),
        "curve_narrow": _curve("curve-narrow", data.training, (NARROW, 230.0)),
    }


def _mark(interval: Interval | None, name: str) -> list[Mark]:
    if interval is None:
        return []
    words = f"{name}: {interval.value:.2f}, from {interval.low:.2f} to {interval.high:.2f}, n = {interval.n}"
    return [Mark(interval.value, interval.low, interval.high, name, words)]


def _headline_strip(audit: Audit) -> Markup:
    return strip([*_mark(audit.unaligned.macro_f1, "unaligned"), *_mark(audit.aligned.macro_f1, "aligned")])


def _lift_strip(lift: Interval | None) -> Markup:
    return strip(_mark(lift, "lift"), 0.0, (-1.0, 1.0))


def _region_strip(region: RegionResult, audit: Audit) -> Markup:
    marks = [*_mark(region.unaligned, "unaligned"), *_mark(region.aligned, "aligned")]
    return strip(marks, audit.options.target)


def _region_errors(data: ReportData) -> dict[str, tuple[list[Row], int]]:
    """By region the first cases that the aligned model got wrong, and how many more there are."""
    rows = {row.probe_id: row for row in data.examples}
    found = {}
    for region in data.audit.regions:
        wrong = [rows[probe_id] for probe_id in region.errors if probe_id in rows]
        found[region.region_id] = (wrong[:ERRORS_PER_REGION], max(0, len(region.errors) - ERRORS_PER_REGION))
    return found


def _treemap(name: str, coverage: CoverageFigures, size: tuple[float, float]) -> Markup:
    groups = [
        Group(
            region.name,
            wording.percent(region.ratio),
            tuple(
                Cell(
                    clause.name, clause.total, clause.ratio,
                    f"{clause.name or region.name}: {clause.covered} of {clause.total} covered. {clause.text[:160]}",
                )
                for clause in region.clauses
            ),
        )
        for region in coverage.regions
    ]  # fmt: skip
    total = sum(region.total for region in coverage.regions)
    covered = sum(region.covered for region in coverage.regions)
    words = f"{len(groups)} sections, {covered} of {total} rule and verdict pairs covered."
    return treemap(name, groups, size, "Coverage of rules by section and clause", words)


def _curve(name: str, training: TrainingFigures, size: tuple[float, float]) -> Markup:
    series = [Series("training", training.train, "train"), Series("validation", training.validation, "validation")]
    return curve(name, series, size, ("step", "loss"), "Loss by training step")
