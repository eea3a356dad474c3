"""Arguments that several commands share, and the studio that they describe."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from studio.wiring import Studio


def output(parser: argparse.ArgumentParser, *, nested: bool = False) -> None:
    """``--json`` and ``--debug``."""
    unset: Any = argparse.SUPPRESS if nested else False
    parser.add_argument("--json", action="store_true", default=unset, help="print one JSON object on standard output")
    parser.add_argument("--debug", action="store_true", default=unset, help="show the traceback of an error")


def common(parser: argparse.ArgumentParser, *, nested: bool = False) -> None:
    """``--config`` and ``--set``, ``--json`` and ``--debug``.

    ``nested`` parsers stand below one that has the same arguments: theirs have no default that would hide a value
    given before the action's name.
    """
    config: Any = argparse.SUPPRESS if nested else Path("plumbline.toml")
    overrides: Any = argparse.SUPPRESS if nested else []
    parser.add_argument(
        "--config", type=Path, default=config, metavar="FILE", help="the configuration (default: ./plumbline.toml)"
    )
    parser.add_argument(
        "--set",
        action="append",
        default=overrides,
        dest="overrides",
        metavar="A.B=C",
        help="override one key; may be repeated",
    )
    output(parser, nested=nested)


def budgeted(parser: argparse.ArgumentParser, meaning: str) -> None:
    """``--budget``: short for ``--set generation.samples=N``, so that one dataset is meant by all commands alike."""
    parser.add_argument("--budget", type=int, metavar="N", help=f"{meaning} (default: generation.samples)")


def studio_of(arguments: argparse.Namespace, *, quiet: bool = False) -> "Studio":
    """The studio for ``--config`` and ``--set``, with a progress display on standard error."""
    from kg.progress import silent
    from studio.cli.console import display
    from studio.settings import environment, load_settings
    from studio.wiring import Studio
    from studio.workspace import Workspace

    budget = getattr(arguments, "budget", None)
    wanted = [] if budget is None else [f"generation.samples={budget}"]
    settings = load_settings(arguments.config, [*arguments.overrides, *wanted])
    return Studio(settings, environment(), Workspace(settings.workspace), silent if quiet else display())
