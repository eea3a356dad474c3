"""The container files agree with the project: its rooms, its pins, its environment and its command line."""

import re
import tomllib
from pathlib import Path
from typing import Any

import yaml

from studio.cli.app import parser
from studio.settings import environment

ROOT = Path(__file__).resolve().parent.parent


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _studio() -> dict[str, Any]:
    services: dict[str, dict[str, Any]] = yaml.safe_load(_text("docker-compose.yml"))["services"]
    return services["studio"]


def test_every_room_reaches_the_image() -> None:
    """Each package of the wheel, and each file that the build reads, is copied and not left out of the context."""
    project = tomllib.loads(_text("pyproject.toml"))
    rooms = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    files = [project["project"]["readme"], *project["project"]["license-files"], "pyproject.toml", "constraints.txt"]
    copied = {
        word
        for line in re.findall(r"^COPY (?!--from)(.+)$", _text("Dockerfile"), re.MULTILINE)
        for word in line.split()[:-1]
    }
    allowed = {line[1:] for line in _text(".dockerignore").splitlines() if line.startswith("!")}
    assert copied == allowed == {*rooms, *files}


def test_torch_is_the_pinned_one() -> None:
    """torch, which is installed before the rest, has the version of the constraints."""
    (version,) = re.findall(r"\btorch==(\S+)", _text("Dockerfile"))
    assert f"torch=={version}" in _text("constraints.txt").splitlines()


def test_every_setting_of_the_compose_file_is_explained() -> None:
    """The compose file asks for the variables that .env.example names, and for no others."""
    asked = set(re.findall(r"(?<!\$)\$\{(\w+)", _text("docker-compose.yml")))
    assert asked == set(re.findall(r"^(\w+)=", _text(".env.example"), re.MULTILINE))


def test_the_studio_understands_its_container() -> None:
    """The container's command is one of the command line, and its environment is one that the studio reads."""
    studio = _studio()
    arguments = parser().parse_args(studio["command"])
    assert (arguments.host, arguments.port) == ("0.0.0.0", 8377)  # noqa: S104
    read = environment({name: f"/{name}" for name in studio["environment"]})
    found = {read.neo4j_uri, read.neo4j_user, read.neo4j_password, read.token, str(read.cache)}
    assert found == {f"/{name}" for name in studio["environment"]}
