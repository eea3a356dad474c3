"""Ways to look at a ledger: by region however it is cut, and as rows of a spreadsheet."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from kg.coverage import Coverage, share_of
from kg.coverage_targets import KINDS
from kg.model import Ontology
from kg.regions import regions

GAP_COLUMNS = (
    "kind",
    "element",
    "label",
    "verdict",
    "region",
    "region_name",
    "depth",
    "weight",
    "samples",
    "within_reach",
    "why",
)


def region_rows(ontology: Ontology, coverage: Coverage, by: str = "section") -> list[dict[str, Any]]:
    """Per region of the cut ``by``: its rule targets, and by kind what else lies in it.

    A rule lies in every region that states it (concept subtrees overlap). For the cut by section concepts, relations,
    exceptions, conflicts and tuples are counted as well. Raises :class:`UserError` for an unknown cut.
    """
    rules = {
        (target.element_id, target.verdict): target.key in coverage.covered
        for target in coverage.targets
        if target.kind == "rule"
    }
    of_rule: dict[str, list[bool]] = {}
    for (rule_id, _), done in rules.items():
        of_rule.setdefault(rule_id, []).append(done)
    kinds = _kinds_by_region(coverage) if by == "section" else {}
    rows = []
    for region in regions(ontology, by):
        flags = [flag for rule_id in region.rule_ids for flag in of_rule.get(rule_id, ())]
        row: dict[str, Any] = {"id": region.id, "name": region.name, **_share(sum(flags), len(flags))}
        if by == "section":
            row["by_kind"] = kinds.get(region.id, {})
        rows.append(row)
    return rows


def gaps_csv(rows: Sequence[Mapping[str, object]]) -> str:
    """Gap rows as CSV (RFC 4180) with a header. A cell that a spreadsheet would take for a formula is quoted by '."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(GAP_COLUMNS)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in GAP_COLUMNS])
    return out.getvalue()


def _cell(value: object) -> object:
    # Texts come from documents: "=HYPERLINK(...)" must not come alive in a spreadsheet (OWASP, CSV injection).
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return "" if value is None else value


def _kinds_by_region(coverage: Coverage) -> dict[str, dict[str, dict[str, float | None]]]:
    total: dict[tuple[str, str], int] = {}
    done: dict[tuple[str, str], int] = {}
    for target in coverage.targets:
        place = (target.region, target.kind)
        total[place] = total.get(place, 0) + 1
        done[place] = done.get(place, 0) + (target.key in coverage.covered)
    found: dict[str, dict[str, dict[str, float | None]]] = {}
    for region, kind in sorted(total, key=lambda place: (place[0], KINDS.index(place[1]))):
        found.setdefault(region, {})[kind] = _share(done[region, kind], total[region, kind])
    return found


def _share(covered: int, total: int) -> dict[str, float | None]:
    return {"total": total, "covered": covered, "ratio": share_of(covered, total)}
