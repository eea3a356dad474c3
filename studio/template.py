"""The commented ``plumbline.toml`` of ``plumbline init``, written from the docstrings of the options themselves."""

import ast
import dataclasses
import inspect
import itertools
import json
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import UserError
from studio.codec import encode
from studio.settings import CONFIG, WIRED, Settings, section_kind

HEAD = """\
# The configuration of Plumbline. Relative paths are taken from the folder of this file.
# A line that begins with "# " and a key shows a default; take the "# " away to change it.
# Passwords and addresses stand in the environment alone: NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD, PLUMBLINE_TOKEN,
# PLUMBLINE_TEACHER_KEY.
"""

EXAMPLES: Mapping[str, str] = {
    "title": '"Code of conduct"',
    "documents": '["policy.md"]',
    "licence": '"cc-by-4.0"',
    "conceptnet": '["assertions.csv.gz"]',
    "seeds": '"seeds.yaml"',
    "cases": '"cases.jsonl"',
    "heldout": '"heldout.jsonl"',
    "workspace": '".plumbline"',
}
UNCOMMENTED = ("documents",)
UNSHOWN = ("enrichment.blocked",)
"""Keys whose defaults are better not spread: a list of obscene words."""


def init(folder: Path) -> Path:
    """Write a commented ``plumbline.toml`` into ``folder`` and return its path.

    Raises:
        UserError: there is one already, or ``folder`` cannot be made.
    """
    path = folder / CONFIG
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as stream:
            stream.write(render())
    except FileExistsError as error:
        raise UserError(f"{error.filename} is there already", "edit it, or name another folder") from error
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}", "choose another folder") from error
    return path


def render() -> str:
    """The text of a new configuration: every key with its meaning and its default."""
    docs = field_docs(Settings)
    kinds = {item.name: section_kind(item.name) for item in dataclasses.fields(Settings)}
    values = [_key(name, docs[name]) for name, kind in kinds.items() if kind is None]
    sections = [_section(name, kind, docs[name]) for name, kind in kinds.items() if kind is not None]
    return "\n".join([HEAD, *values, *sections])


def _key(name: str, about: str) -> str:
    mark = "" if name in UNCOMMENTED else "# "
    return f"{_comment(about)}{mark}{name} = {EXAMPLES[name]}\n"


def _section(name: str, kind: type, about: str) -> str:
    docs = field_docs(kind)
    defaults = kind()
    lines = [f"{_comment(about)}[{name}]\n"]
    for item in dataclasses.fields(kind):
        value = getattr(defaults, item.name)
        if f"{name}.{item.name}" in {*WIRED, *UNSHOWN}:
            continue
        shown = '""' if value is None else toml(encode(value))
        lines.append(f"{_comment(docs.get(item.name, ''))}# {item.name} = {shown}\n")
    return "\n".join(lines)


def field_docs(kind: type) -> dict[str, str]:
    """The docstring under each field of a dataclass (PEP 257 calls them attribute docstrings), by field name."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind)))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    docs: dict[str, str] = {}
    for statement, following in itertools.pairwise(body):
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and isinstance(following, ast.Expr)
            and isinstance(following.value, ast.Constant)
            and isinstance(following.value.value, str)
        ):
            docs[statement.target.id] = inspect.cleandoc(following.value.value)
    return docs


def toml(value: Any) -> str:
    """A plain value in TOML (texts, numbers, booleans, lists and flat inline tables)."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def _comment(text: str) -> str:
    joined = " ".join(text.split()).replace("``", "")
    return "".join(f"# {line}\n" for line in textwrap.wrap(joined, 116))
