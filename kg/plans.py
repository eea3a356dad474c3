"""A query's plan, as Neo4j's EXPLAIN gives it: what is read from it before the query runs. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any


def reads_files(plan: Mapping[str, Any]) -> bool:
    """Whether an operator of ``plan`` fetches files or addresses (LOAD CSV)."""
    return any("loadcsv" in operator.replace(" ", "").lower() for operator in _operators(plan))


def without_prefix(text: str) -> str:
    """The query without its own EXPLAIN or PROFILE, which cannot stand after another."""
    words = text.split(maxsplit=1)
    return words[1] if len(words) == 2 and words[0].upper() in {"EXPLAIN", "PROFILE"} else text


def _operators(plan: Mapping[str, Any]) -> Iterator[str]:
    yield str(plan.get("operatorType", ""))
    for child in plan.get("children", ()):
        yield from _operators(child)
