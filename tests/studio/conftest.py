"""What the tests of the command line share: a command called in this process with the module's own configuration."""

from collections.abc import Callable
from pathlib import Path

import pytest

from studio.cli.app import main


@pytest.fixture
def run(config: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Calls a command with the ``config`` of the test's module: exit code, standard output, standard error."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--config", str(config)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call
