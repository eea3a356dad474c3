"""The rows that a graph is loaded from."""

from dataclasses import replace

import pytest

from kg.graph import CLAUSE_CLAUSE, edge_rows, successions
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


def test_a_number_whose_parts_alone_are_clauses_means_all_of_them() -> None:
    """Superseded by 3.2, where only 3.2(a) and 3.2.1 bear a text: an edge to each of the two, none to 3.21 or itself."""
    first = POLICY.clauses[0]
    numbers = ("1", "3.2(a)", "3.2.1", "3.21", "")
    clauses = tuple(replace(first, id=f"cl:{number}", number=number) for number in numbers)
    for named, found in (("3.2", {"cl:3.2(a)", "cl:3.2.1"}), ("3.2.1", {"cl:3.2.1"}), ("9", set()), ("1", set())):
        marked = replace(POLICY, clauses=(replace(clauses[0], superseded_by=named), *clauses[1:]))
        assert {newer for _, newer in successions(marked)} == found
