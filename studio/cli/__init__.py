"""The command line: ``plumbline COMMAND``. One module per command; each parses, calls one function and renders."""

from studio.cli.app import main

__all__ = ["main"]
