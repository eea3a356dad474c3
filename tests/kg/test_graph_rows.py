"""The rows that a graph is loaded from."""

from dataclasses import replace

import pytest

from kg.graph import CLAUSE_CLAUSE, edge_rows
from tests.kg.gift_policy import POLICY


@pytest.mark.parametrize("named", ["number", "id"])
def test_a_superseded_clause_points_to_the_one_that_replaces_it(named: str) -> None:
    """Documents name the new clause by its number; the edge joins the two all the same, within the document."""
    old, new = POLICY.clauses[0], next(clause for clause in POLICY.clauses if clause.number != POLICY.clauses[0].number)
    marked = replace(old, superseded_by=new.number if named == "number" else new.id)
    changed = replace(POLICY, clauses=(marked, *POLICY.clauses[1:]))
    (rows,) = (part.rows for part in edge_rows(changed) if part.edge == CLAUSE_CLAUSE)
    assert {(row["source"], row["target"]) for row in rows} == {
        (old.id, clause.id) for clause in POLICY.clauses if clause.number == new.number
    }
