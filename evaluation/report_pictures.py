"""The pictures of the report, drawn from its figures."""

from collections.abc import Sequence

from markupsafe import Markup

from evaluation import wording
from evaluation.audit import Audit, RegionResult
from evaluation.drawing import Cell, Group, Mark, Series, axis, curve, strip, treemap, unnamed
from evaluation.figures import CoverageFigures, ReportData, TrainingFigures
from evaluation.statistics import Interval

WIDE, NARROW = 880.0, 344.0
"""Widths in px of a picture on a page and on a telephone."""

FEW_GROUPS = 12
"""A treemap of more groups than these is drawn higher, so that each keeps room for its name."""


def pictures(data: ReportData) -> dict[str, Markup | list[tuple[str, str]]]:
    """Every picture by the name that the page calls it; of a treemap also the groups that it could only number."""
    audit, maps = data.audit, coverage_pictures(data.coverage)
    return {
        "headline": _headline_strip(audit),
        "lift": _lift_strip(audit.lift),
        "lift_axis": axis((-1, -0.5, 0, 0.5, 1), ("−1", "−0.5", "0", "+0.5", "+1"), (-1, 1)),
        "unit_axis": axis((0, 0.25, 0.5, 0.75, 1), ("0", "0.25", "0.5", "0.75", "1")),
        "region_axis": axis((0, 0.25, 0.5, 0.75, 1), ("0", "25", "50", "75", "100 %")),
        **{f"treemap_{size}": picture for size, (picture, _) in maps.items()},
        **{f"unnamed_{size}": names for size, (_, names) in maps.items()},
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


def region_strip(region: RegionResult, audit: Audit) -> Markup:
    """Both models' accuracy in a region, with the target."""
    marks = [*_mark(region.unaligned, "unaligned"), *_mark(region.aligned, "aligned")]
    return strip(marks, audit.options.target)


def coverage_pictures(
    coverage: CoverageFigures, width: float = WIDE
) -> dict[str, tuple[Markup, list[tuple[str, str]]]]:
    """The treemap of the rules' coverage, ``wide`` (px) and ``narrow``, each with the sections that it cannot name."""
    groups = coverage_groups(coverage)
    extra = 11.0 * max(0, len([one for one in groups if one.size]) - FEW_GROUPS)
    sizes = {"wide": (width, min(800.0, 420.0 + extra)), "narrow": (NARROW, min(1400.0, 560.0 + 2 * extra))}
    return {name: (_treemap(f"map-{name}", groups, size), unnamed(groups, size)) for name, size in sizes.items()}


def coverage_groups(coverage: CoverageFigures) -> list[Group]:
    """The treemap's groups: a section with its clauses. What most names begin with ("GitHub ") is left to the table."""
    start = common_start([region.name for region in coverage.regions if region.total])
    return [
        Group(
            _short(region.name, start),
            wording.percent(region.ratio),
            tuple(
                Cell(
                    clause.name, clause.total, clause.ratio,
                    f"{clause.name or region.name}: {clause.covered} of {clause.total} covered. {clause.text[:160]}",
                )
                for clause in region.clauses
            ),
            tip=f"{region.name}: {region.covered} of {region.total} covered",
        )
        for region in coverage.regions
    ]  # fmt: skip


def common_start(names: Sequence[str]) -> str:
    """The words, with the space after them, that begin more than half of ``names`` and leave each something to say."""
    ranked = sorted(names)
    middle = ranked[len(ranked) // 2] if len(ranked) > 3 else ""
    for end in range(len(middle) - 1, 0, -1):
        start = middle[:end]
        if start.endswith(" ") and 2 * sum(name.startswith(start) and len(name) > end for name in names) > len(names):
            return start
    return ""


def _short(name: str, start: str) -> str:
    """``name`` without ``start``, where what follows can stand alone ("and Trade Controls" cannot)."""
    rest = name.removeprefix(start)
    return rest if rest[:1].isupper() else name


def _treemap(name: str, groups: Sequence[Group], size: tuple[float, float]) -> Markup:
    cells = [cell for group in groups for cell in group.cells]
    covered = round(sum(cell.ratio * cell.size for cell in cells))
    total = round(sum(cell.size for cell in cells))
    words = (
        f"{len(groups)} sections, {wording.count(covered)} of {wording.count(total)} rule and verdict pairs covered."
    )
    return treemap(name, groups, size, "Coverage of rules by section and clause", words)


def _curve(name: str, training: TrainingFigures, size: tuple[float, float]) -> Markup:
    series = [Series("training", training.train, "train"), Series("validation", training.validation, "validation")]
    return curve(name, series, size, ("step", "loss"), "Loss by training step")
