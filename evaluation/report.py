"""The report: one HTML file that needs nothing else, and the same as JSON.

The page has no script, no outside request (its content-security policy forbids them), light and dark colours by the
reader's setting, and prints. All text from documents and models is escaped.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from enum import Enum
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from evaluation import wording
from evaluation.figures import ReportData
from evaluation.metrics import VERDICTS
from evaluation.probes import reason_of
from evaluation.report_cases import errors_by_region, examples, generated, needs, passages, verdict_shares
from evaluation.report_pictures import pictures, region_strip
from kg.errors import PlumblineError

REGIONS = 16
"""Regions that stand open on the page; the others are one click away."""


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
    environment.filters |= {"flat": flat, "reason_of": reason_of}
    environment.globals |= {"words": wording, "verdicts": VERDICTS, "regions_shown": REGIONS}
    style, _, _ = loader.get_source(environment, "style.css")
    return environment.get_template("report.html.j2").render(
        style=Markup(style),  # noqa: S704  (our own file, not a document's text)
        data=data,
        audit=data.audit,
        headline=wording.headline(data.audit),
        caveats=wording.caveats(data.audit, passages(data.examples), generated(data.examples)),
        weakest=wording.weakest_sentence(data.audit),
        pictures=pictures(data),
        region_strips={one.region_id: region_strip(one, data.audit) for one in data.audit.regions},
        errors=errors_by_region(data),
        region_names={one.region_id: one.name for one in data.audit.regions},
        examples=examples(data.examples),
        needs=needs(data),
        shares=verdict_shares(data.audit),
    )


def flat(config: Mapping[str, object], prefix: str = "") -> Iterable[tuple[str, str]]:
    """Dotted key and value of each leaf of a nested mapping."""
    for key, value in config.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from flat(value, f"{name}.")
        else:
            yield name, json.dumps(plain(value), ensure_ascii=False)
