"""The parser of all commands, and the edge of the process: errors become two lines and an exit code.

Nothing heavy is imported here or in a command's module: ``plumbline --help`` must be fast.
"""

import argparse
import signal
import sys
import warnings
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from kg.errors import PlumblineError
from studio.quiet import keep_quiet

COMMANDS = (
    "init", "doctor", "weights", "run", "ingest", "conceptnet", "ontology", "coverage", "generate", "samples",
    "preferences", "dataset", "train", "audit", "report", "query", "review", "conflicts", "impact", "serve",
)  # fmt: skip
"""Each is the module ``studio.cli.NAME`` with HELP, ``configure(parser)`` and ``run(arguments) -> exit code``."""


class Parser(argparse.ArgumentParser):
    """Argparse with the project's form of an error: what is wrong, what to do, exit code 2."""

    def error(self, message: str) -> NoReturn:
        print(f"error: {message}\nhint: see {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)


def parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    from studio import __version__

    top = Parser(
        prog="plumbline",
        description="From a policy to an audited, aligned model, over a knowledge graph of the policy.",
        epilog="Start with: plumbline init DIR, then plumbline run --config DIR/plumbline.toml",
    )
    top.add_argument("--version", action="version", version=f"plumbline {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in COMMANDS:
        module = import_module(f"studio.cli.{name}")
        sub = commands.add_parser(name, help=module.HELP, description=module.__doc__)
        module.configure(sub)
        sub.set_defaults(run=module.run)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Exit codes: 0 done, 1 the work failed, 2 the user can put it right, 130 interrupted."""
    arguments = parser().parse_args(argv)
    debug = getattr(arguments, "debug", False)
    keep_quiet()
    signal.signal(signal.SIGTERM, _terminate)
    if not debug:
        warnings.simplefilter("ignore")  # libraries talk to their programmers here, not to the user
    try:
        return int(arguments.run(arguments))
    except PlumblineError as error:
        if debug:
            raise
        return report_error(str(error), error.hint, error.exit_code)
    except KeyboardInterrupt:
        return report_error("interrupted", "run the same command again: finished stages are kept", 130)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:  # the process's edge
        if debug:
            raise
        return _report_unforeseen(error)


def report_error(message: str, hint: str, code: int) -> int:
    """Print an error and its remedy to standard error; returns ``code``."""
    print(f"error: {message}", file=sys.stderr)
    if hint:
        print(f"hint: {hint}", file=sys.stderr)
    return code


def _report_unforeseen(error: Exception) -> int:
    """An error that nothing below made clear: the disk's are, wherever they come from."""
    if isinstance(error, OSError):
        from studio.workspace import disk_error

        known = disk_error(error, Path(error.filename) if isinstance(error.filename, str) else Path.cwd())
        if known is not None:
            return report_error(str(known), known.hint, known.exit_code)
    return report_error(f"{type(error).__name__}: {error}", "add --debug for the traceback and report it", 1)


def _terminate(_signal: int, _frame: object) -> NoReturn:
    """SIGTERM unwinds like Ctrl-C, so that the embedded server is stopped and locks are freed."""
    raise KeyboardInterrupt
