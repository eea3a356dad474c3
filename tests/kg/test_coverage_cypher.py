"""Every Cypher block of docs/coverage.md runs on both stores and gives what the ledger gives."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.coverage import Coverage, Weighting, measure, verify_links
from kg.cypher import Query
from kg.model import Conflict, Ontology, Verdict
from kg.store import GraphStore
from tests.graph_servers import Address
from tests.kg.gift_policy import POLICY, RULES, relation, sample

BLOCKS = dict(
    re.findall(
        r"```cypher\n// ([^\n]+)\n(.*?)```",
        (Path(__file__).parents[2] / "docs" / "coverage.md").read_text(encoding="utf-8"),
        re.DOTALL,
    )
)
EXCEPTED = replace(RULES[1], exception="except meals below ten dollars")
ONTOLOGY: Ontology = replace(
    POLICY,
    rules=(RULES[0], EXCEPTED, RULES[2], replace(RULES[3], exception="unless a court forbids it")),
    relations=(*POLICY.relations, relation("meal", "UsedFor", "trade secret")),
    conflicts=(
        Conflict("x1", "r3", "r4", "exception", "the law requires it", "r4"),
        Conflict("x2", "r1", "r2", "contradiction", "for the test"),
    ),
)
SAMPLES = (
    sample("May an employee accept a gift from a supplier?", "Prohibited.", ("r1",), Verdict.PROHIBITED, "a"),
    sample("May I accept a watch, which is a gift, from a supplier?", "", ("r1",), Verdict.PERMITTED, "b"),
    sample(
        "An employee disclosed a trade secret. The law requires it. A court forbids it.",
        "",
        ("r3", "r4"),
        Verdict.PERMITTED,
        "c",
    ),
    sample("An employee disclosed a trade secret.", "", ("r3",), Verdict.PERMITTED, "d"),
)


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest) -> Iterator[GraphStore]:
    address = request.getfixturevalue(f"{request.param}_address")
    assert isinstance(address, Address)
    with address.open() as opened:
        opened.clear()
        opened.load(ONTOLOGY)
        opened.load_samples(SAMPLES, verify_links(ONTOLOGY, SAMPLES))
        yield opened
        opened.clear()


def ledger(t: int = 2, weighting: Weighting | None = None) -> Coverage:
    return measure(ONTOLOGY, SAMPLES, verify_links(ONTOLOGY, SAMPLES), t=t, weighting=weighting)


def rows(store: GraphStore, name: str) -> list[dict[str, object]]:
    return store.read(Query(BLOCKS[name], {}))


def test_the_document_has_every_block() -> None:
    """No block goes untested: each is named here or is a list of gaps."""
    kinds = {f"gaps: {kind}" for kind in ("rule", "concept", "relation", "relation_type", "exception", "conflict")}
    others = {"gaps: tuple actor action", "gaps: tuple actor action verdict", "below 3: rule", "weighted: rule"}
    assert set(BLOCKS) == kinds | others | {"by region", "evidence"}
    text = (Path(__file__).parents[2] / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert text.count("```cypher") == len(BLOCKS)


@pytest.mark.parametrize("kind", ["rule", "concept", "relation", "relation_type", "exception", "conflict"])
def test_gaps_in_cypher_are_the_ledgers(store: GraphStore, kind: str) -> None:
    """Same elements, same verdicts; and neither side is trivially empty or full."""
    expected = {(gap.target.element_id, gap.target.key[2]) for gap in ledger().gaps(kind)}
    assert {(row["element"], row.get("verdict", "")) for row in rows(store, f"gaps: {kind}")} == expected
    assert 0 < len(expected) < sum(target.kind == kind for target in ledger().targets)


@pytest.mark.parametrize(("name", "factors", "t"), [("actor action", 2, 2), ("actor action verdict", 2, 3)])
def test_tuples_in_cypher_are_the_ledgers(store: GraphStore, name: str, factors: int, t: int) -> None:
    """The block of these factors gives the ledger's tuples of the same factors."""
    expected = {
        gap.target.key[1:]
        for gap in ledger(t).gaps("tuple")
        if re.findall(r"(?:^| \| )(\w+): ", gap.target.element_id) == ["actor", "action"]
        and (gap.target.verdict is None) == (t == factors)
    }
    assert {(row["element"], row.get("verdict", "")) for row in rows(store, f"gaps: tuple {name}")} == expected
    assert expected


def test_too_few_samples_in_cypher(store: GraphStore) -> None:
    """--below 3 counts samples, not links."""
    expected = {(*gap.target.key[1:], gap.samples) for gap in ledger().gaps("rule", below=3)}
    assert {(row["element"], row["verdict"], row["samples"]) for row in rows(store, "below 3: rule")} == expected


def test_weighted_gaps_in_cypher(store: GraphStore) -> None:
    """The weights are the severities of the ledger."""
    weighed = ledger(weighting=Weighting(severity=True)).gaps("rule")
    expected = {(*gap.target.key[1:], gap.target.weight) for gap in weighed}
    found = rows(store, "weighted: rule")
    assert {(row["element"], row["verdict"], row["weight"]) for row in found} == expected
    weights = [float(str(row["weight"])) for row in found]
    assert weights == sorted(weights, reverse=True)


def test_regions_in_cypher(store: GraphStore) -> None:
    """Total and covered by outermost section."""
    expected = {(id_, share.total, share.covered) for id_, share in ledger().by_region.items()}
    assert {(row["region"], row["total"], row["covered"]) for row in rows(store, "by region")} == expected


def test_evidence_in_cypher(store: GraphStore) -> None:
    """Each link to a rule says which fields occur."""
    found = rows(store, "evidence")
    assert len(found) == sum(link.kind == "rule" for link in verify_links(ONTOLOGY, SAMPLES))
    assert all(str(row["how"]).startswith("construction: ") for row in found)
