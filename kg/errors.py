"""One root for every error a user may meet; each carries a remedy.

Exit codes of the command line: a :class:`UserError` (the input or the configuration is wrong) ends with 2, any
other :class:`PlumblineError` (the work failed) with 1.
"""


class PlumblineError(Exception):
    """The work failed; ``hint`` says in one sentence what to do about it."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UserError(PlumblineError):
    """The user's input, configuration or environment is wrong, and the user can put it right."""

    exit_code = 2


class MissingExtraError(UserError):
    """An optional package is not installed; the hint is the exact command that installs it."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(
            f"the package {package!r} is not installed",
            f"run: pip install 'plumbline-studio[{extra}]'",
        )


class StoreError(PlumblineError):
    """The graph store refused or lost a statement."""


class ReadOnlyError(StoreError, UserError):
    """A write was sent through the read-only door of a graph store."""

    exit_code = 2


class ConstraintViolation(StoreError):  # noqa: N818  (the standard's own name)
    """A record breaks a key or schema constraint."""
