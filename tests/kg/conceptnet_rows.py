"""Rows in ConceptNet's official format for the tests, about the gift policy."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "../shared/data/conceptnet"
CONFORMANCE = DATA / "conceptnet5-official-reference-assertions-allversions.csv.gz"
real = pytest.mark.skipif(not CONFORMANCE.exists(), reason="the extracts of ../shared/data/conceptnet are not here")


def row(relation: str, start: str, end: str, weight: float = 2.0, **info: object) -> str:
    """One line of the official format; terms without a slash are English."""
    ends = [term if "/" in term else f"/c/en/{term}" for term in (start, end)]
    uri = f"/a/[/r/{relation}/,{ends[0]}/,{ends[1]}/]"
    values = {"license": "cc:by/4.0", "dataset": "/d/test", "weight": weight, **info}
    return "\t".join((uri, f"/r/{relation}", *ends, json.dumps(values)))


ROWS = (
    row("IsA", "bracelet", "gift", 3.0),
    row("IsA", "/c/en/gift/n", "transfer", 1.0),
    row("UsedFor", "gift", "celebrate_birthday"),
    row("NotDesires", "employee", "bribe", 1.5),
    row("Synonym", "employee", "staff_member", 2.5, sources=[{"contributor": "/s/x"}]),
    row("RelatedTo", "gift", "x1"),
    row("IsA", "cheap_gift", "gift", 0.2),
    row("Synonym", "gift", "/c/fr/cadeau"),
    row("ExternalURL", "gift", "http://dbpedia.org/resource/Gift"),
    row("Causes", "/c/en/accept/v", "receive"),
    row("RelatedTo", "/c/en/accept/n", "nonsense"),
)


def write(path: Path, rows: Sequence[str]) -> Path:
    data = "".join(f"{line}\n" for line in rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path
