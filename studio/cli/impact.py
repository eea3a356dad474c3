"""Compare two versions of a policy, clause by clause and rule by rule, and list what of the workspace is stale.

OLD and NEW are files, folders, or versions that the workspace holds: current, previous, the key or run of an ingestion,
or the version that the document states (4.2).
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli.options import common, studio_of

if TYPE_CHECKING:
    from kg.impact import Impact
    from studio.wiring import Studio

HELP = "what changed between two versions of the policy, and what that makes stale"
SHOWN = 40
"""Rows of a table of changes; --json has all."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "old", metavar="OLD", help="a file, a folder, or a version in the workspace (previous, 4.1, ...)"
    )
    parser.add_argument("new", metavar="NEW", help="the same for the later version (current, 4.2, ...)")
    common(parser)


def run(arguments: argparse.Namespace) -> int:
    from studio.cli.console import close_display, print_json
    from studio.impact import impact

    try:
        found = impact(_studio(arguments), arguments.old, arguments.new)
    finally:
        close_display()
    if arguments.json:
        print_json(found.to_dict())
    else:
        _render(found)
    return 0


def _studio(arguments: argparse.Namespace) -> "Studio":
    """The configured studio; two files can be compared without a configuration."""
    from studio.settings import CONFIG, Settings, environment
    from studio.wiring import Studio
    from studio.workspace import Workspace

    unconfigured = arguments.config == Path(CONFIG) and not arguments.config.exists() and not arguments.overrides
    if unconfigured and Path(arguments.old).exists() and Path(arguments.new).exists():
        settings = Settings()
        return Studio(settings, environment(), Workspace(settings.workspace))
    return studio_of(arguments, quiet=arguments.json)


def _render(found: "Impact") -> None:
    from kg.versions_changes import Change
    from studio.cli.console import table

    compared = found.comparison
    for old, new in compared.documents:
        before, after = (f"version {one.version or '?'}" if one else "none" for one in (old, new))
        document = new or old
        title = document.title if document else ""
        since = f", in force from {new.effective_from}" if new and new.effective_from else ""
        print(f"{title}: {before} > {after}{since}")
    counts = found.counts()
    table("", ("", *map(str, Change)), [(name, *tally.values()) for name, tally in counts.items()])
    _list("Clauses", ("change", "number", "text"), list(_clause_rows(found)))
    _list("Rules", ("change", "field", "before", "after", "rule"), list(_rule_rows(found)))
    _list("Concepts", ("change", "concept", "kind", "field", "before", "after"), list(_concept_rows(found)))
    _list(
        "Stale samples",
        ("sample", "question", "rule", "change"),
        [(one.sample_id, one.question, what, str(change)) for one in found.samples for what, change in one.rules],
    )
    _list(
        "Stale verdicts",
        ("run", "case", "model", "expected", "given", "clause", "change"),
        [
            (one.run_id, one.probe_id, one.model, one.expected, one.given, what, str(change))
            for one in found.verdicts
            for what, change in one.clauses
        ],
    )
    if found.known:
        print(
            f"stale samples: {len(found.samples):,}; the dataset knows {found.known:,} rules, "
            f"{found.recognised:,} of them stand in the old version"
        )


def _list(title: str, columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    from studio.cli.console import table

    if rows:
        table(title, columns, rows[:SHOWN])
        if len(rows) > SHOWN:
            print(f"... and {len(rows) - SHOWN:,} more: --json has all")


def _clause_rows(found: "Impact") -> Iterator[tuple[object, ...]]:
    from kg.impact import difference
    from kg.versions_changes import Change

    for one in found.comparison.clauses:
        if one.change is Change.UNCHANGED:
            continue
        numbers = dict.fromkeys(clause.number or "-" for clause in (one.old, one.new) if clause is not None)
        old, new = one.old.text if one.old else "", one.new.text if one.new else ""
        text = difference(old, new) if old and new and old != new else new or old
        yield str(one.change), " > ".join(numbers), text


def _rule_rows(found: "Impact") -> Iterator[tuple[object, ...]]:
    from kg.versions_changes import Change

    for one in found.comparison.rules:
        rule = one.new or one.old
        if one.change is Change.UNCHANGED or rule is None:
            continue
        if not one.fields:
            yield str(one.change), "", "", "", rule.text
        for place, item in enumerate(one.fields):
            yield str(one.change) if not place else "", item.field, item.old, item.new, rule.text if not place else ""


def _concept_rows(found: "Impact") -> Iterator[tuple[object, ...]]:
    from kg.versions_changes import Change

    for one in found.comparison.concepts:
        concept = one.new or one.old
        if one.change is Change.UNCHANGED or concept is None:
            continue
        if not one.fields:
            yield str(one.change), concept.label, concept.kind, "", "", ""
        for item in one.fields:
            yield str(one.change), concept.label, concept.kind, item.field, item.old, item.new
