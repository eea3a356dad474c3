"""Two versions of a policy compared: what is paired with what, which field changed, and what becomes history."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Clause, ClauseKind, Concept, Document, Modality, Ontology, Rule, Section, Span, Threshold
from kg.versions import Change, compare
from kg.versions_archive import history_edges, history_from, history_nodes
from kg.versions_history import History, archived
from kg.versions_rows import STEP, placed

Numbered = tuple[str, str]
GIFT = "An employee must not accept a gift worth more than USD 100."
MEAL = "Employees may accept meals if a business matter is discussed."
BREACH = "Staff must report a data breach to the Ethics Office within 3 working days."
PEN = "Visitors need not register pens, pencils and calendars of small value."


def policy(*clauses: Numbered, version: str = "1", name: str = "code.md", effective_from: str = "") -> Ontology:
    """One document of numbered clauses, each stating one rule of the same words; ids as extraction makes them."""
    text = "\n\n".join(text for _, text in clauses)
    document = Document(
        f"doc:{name}", "Code", name, "markdown", f"sha-{version}-{text}", version, 0, 9, text, effective_from
    )
    section = Section(f"sec:{name}", document.id, "1", "All", 1, None, 0, Span(0, 1))
    records = tuple(
        Clause(
            f"cl:{name}:{text}", document.id, section.id, number, ClauseKind.PARAGRAPH, text, "", order, Span(order, order + 1)
        )
        for order, (number, text) in enumerate(clauses)
    )  # fmt: skip
    return Ontology((document,), (section,), records, tuple(_rule(clause) for clause in records))


def _rule(clause: Clause) -> Rule:
    words = clause.text.rstrip(".").split()
    modality = Modality.PROHIBITION if "not" in words else Modality.OBLIGATION
    limits = tuple(Threshold(">", float(word), "USD", word) for word in words if word.isdigit())
    return Rule(
        f"rule:{clause.id}", clause.id, clause.section_id, clause.document_id, modality, words[0], "do", words[-1],
        "", "", "", clause.text, clause.span, "family", limits,
    )  # fmt: skip


def changes(old: Ontology, new: Ontology) -> list[tuple[str, str, str]]:
    """Each clause's change with its numbers, without those that stayed."""
    return [
        (str(one.change), one.old.number if one.old else "", one.new.number if one.new else "")
        for one in compare(old, new).clauses
        if one.change is not Change.UNCHANGED
    ]


def test_nothing_changes_nothing() -> None:
    """A policy compared with itself has no change."""
    one = policy(("1", GIFT), ("2", MEAL))
    assert changes(one, one) == []
    assert {rule.change for rule in compare(one, one).rules} == {Change.UNCHANGED}


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ([("1", GIFT), ("2", MEAL), ("3", BREACH)], []),
        ([("1", GIFT), ("2", BREACH)], [("removed", "2", ""), ("renumbered", "3", "2")]),
        ([("1", GIFT), ("2", PEN), ("3", MEAL), ("4", BREACH)],
         [("added", "", "2"), ("renumbered", "2", "3"), ("renumbered", "3", "4")]),
        ([("1", GIFT.replace("100", "50")), ("2", MEAL), ("3", BREACH)], [("changed", "1", "1")]),
        ([("1", PEN), ("2", MEAL), ("3", BREACH)], [("added", "", "1"), ("removed", "1", "")]),
        ([("1", MEAL), ("2", GIFT.replace("100", "50")), ("3", BREACH)],
         [("renumbered", "2", "1"), ("changed", "1", "2")]),
        ([], [("removed", "1", ""), ("removed", "2", ""), ("removed", "3", "")]),
    ],
)  # fmt: skip
def test_clauses_are_paired_by_content_and_number(new: list[Numbered], expected: list[tuple[str, str, str]]) -> None:
    """A renumbered clause is none that was removed and added, and an edited one keeps its history."""
    old = policy(("1", GIFT), ("2", MEAL), ("3", BREACH))
    assert sorted(changes(old, policy(*new))) == sorted(expected)


def test_the_field_that_changed_is_named() -> None:
    """A lower limit is a change of the threshold, a turned modality one of the modality."""
    old = policy(("1", GIFT), ("2", MEAL))
    limit = next(one for one in compare(old, policy(("1", GIFT.replace("100", "50")), ("2", MEAL))).rules if one.fields)
    assert {item.field: (item.old, item.new) for item in limit.fields}["threshold"] == ("> 100 USD", "> 50 USD")
    turned = next(
        one for one in compare(old, policy(("1", GIFT), ("2", MEAL.replace("may", "must not")))).rules if one.fields
    )
    assert [item.field for item in turned.fields] == ["modality"]


def test_versions_under_other_file_names_are_compared() -> None:
    """Ids hold the file's name; what is compared is what the clauses say."""
    old, new = policy(("1", GIFT), ("2", MEAL)), policy(("1", GIFT), name="code-2027.md")
    assert changes(old, new) == [("removed", "2", "")]


def test_each_record_is_in_one_pair() -> None:
    """Repeated clauses are paired one by one."""
    old, new = policy(("1", GIFT), ("1", MEAL)), policy(("1", GIFT), ("1", MEAL))
    twice = tuple(replace(clause, id=f"{clause.id}:{place}") for place in range(2) for clause in old.clauses)
    compared = compare(replace(old, clauses=twice), new)
    assert [str(one.change) for one in compared.clauses].count("removed") == 2
    assert len({one.old.id for one in compared.clauses if one.old}) == 4


def test_concepts_are_compared_without_weight() -> None:
    """Termhood shifts with every edit; a definition that changes is news."""
    gift = Concept("k:gift", "gift", "asset", definition="anything of value", weight=0.5)
    old = Ontology(concepts=(gift, Concept("k:meal", "meal", "asset")))
    new = Ontology(concepts=(replace(gift, weight=0.9), Concept("k:pen", "pen", "asset")))
    assert [str(one.change) for one in compare(old, new).concepts] == ["unchanged", "added", "removed"]
    defined = compare(old, Ontology(concepts=(replace(gift, definition="any benefit"),))).concepts[0]
    assert [item.field for item in defined.fields] == ["definition"]


LISTS = st.lists(st.integers(0, 30), unique=True, max_size=12)


@given(st.lists(LISTS, min_size=1, max_size=6))
def test_ordinals_keep_the_order(versions: list[list[int]]) -> None:
    """After any edits the ordinals rise in the wanted order, and no key outside the edit gets another one."""
    present: dict[int, int] = {}
    for keys in versions:
        found = placed(keys, present)
        assert sorted(keys, key=found.__getitem__) == keys
        assert len(set(found.values())) == len(keys)
        if keys == [key for key in present if key in keys] and set(keys) <= present.keys():
            assert all(found[key] == present[key] for key in keys)
        present = dict(sorted(found.items(), key=lambda pair: pair[1]))


def test_a_full_gap_is_widened() -> None:
    """Insertion at one place over and over ends in a new numbering, never in a double ordinal."""
    keys = [0, 1]
    present = placed(keys, {})
    for fresh in range(2, 60):
        keys.insert(1, fresh)
        present = placed(keys, present)
        assert sorted(keys, key=present.__getitem__) == keys
    assert max(present.values()) >= STEP


def chain(*versions: Ontology) -> History:
    """The history after these versions came one after the other."""
    history = History()
    for old, new in pairwise(versions):
        history = archived(history, old, new)
    return history


def test_history_links_each_version_to_the_next() -> None:
    """A clause changed twice is found through both of its earlier wordings; one that stayed is not repeated."""
    first = policy(("1", GIFT), ("2", MEAL), version="1")
    second = policy(("1", GIFT.replace("100", "75")), ("2", MEAL), version="2", effective_from="2026-03-01")
    third = policy(("1", GIFT.replace("100", "50")), version="3")
    history = chain(first, second, third)
    assert [(one.id, one.version, one.successor, one.effective_to) for one in history.documents] == [
        ("doc:code.md@1", "1", "doc:code.md@2", "2026-03-01"),
        ("doc:code.md@2", "2", "doc:code.md", ""),
    ]
    followed = {past.record.text: (past.change, past.successor) for past in history.clauses}
    assert followed == {
        GIFT: ("changed", f"{second.clauses[0].id}@2"),
        second.clauses[0].text: ("changed", third.clauses[0].id),
        MEAL: ("removed", ""),
    }
    assert {past.successor for past in history.rules} == {
        f"{second.rules[0].id}@2", third.rules[0].id, "",
    }  # fmt: skip


def test_putting_away_twice_changes_nothing() -> None:
    """A load that was killed may begin again; and where another version comes instead, the first is taken back."""
    first = policy(("1", GIFT), ("2", MEAL), version="1")
    second = policy(("1", GIFT.replace("100", "75")), ("2", MEAL), version="2")
    other = policy(("1", GIFT), version="3")
    once = archived(History(), first, second)
    assert archived(once, first, second) == once
    assert archived(once, first, other) == archived(History(), first, other)


def test_the_same_text_may_come_back() -> None:
    """Old, new, old again: three versions of which none overwrites another."""
    first, second = policy(("1", GIFT), version="1"), policy(("1", GIFT.replace("100", "75")), version="2")
    history = chain(first, second, first, second)
    assert [one.id for one in history.documents] == ["doc:code.md@1", "doc:code.md@2", "doc:code.md@3"]
    assert [past.successor for past in history.clauses] == [
        f"{second.clauses[0].id}@2", f"{first.clauses[0].id}@3", second.clauses[0].id,
    ]  # fmt: skip


def test_a_withdrawn_document_keeps_its_words() -> None:
    """Its version has no successor, and every clause of it is past."""
    first = policy(("1", GIFT), ("2", MEAL))
    history = archived(History(), first, Ontology())
    assert [one.successor for one in history.documents] == [""]
    assert [past.record for past in history.clauses] == list(first.clauses)


def test_history_comes_back_from_its_rows() -> None:
    """Rows and back is the identity, and every past record hangs on its version and its successor."""
    first = policy(("1", GIFT), ("2", MEAL), version="1")
    second = policy(("1", GIFT.replace("100", "75")), version="2")
    history = archived(History(), first, second)
    rows = {part.label: part.rows for part in history_nodes(history)}
    assert history_from(rows) == history
    ids = {"Document": {"doc:code.md"}, "Clause": {second.clauses[0].id}, "Rule": {second.rules[0].id}}
    kinds = [(part.edge.type, part.edge.source, len(part.rows)) for part in history_edges(history, ids)]
    assert kinds == [
        ("SUPERSEDES", "Document", 1), ("SUPERSEDES", "Clause", 1), ("SUPERSEDES", "Rule", 1),
        ("IN_VERSION", "PastClause", 2), ("IN_VERSION", "PastRule", 2),
    ]  # fmt: skip
