"""Regions of an ontology."""

import dataclasses

import pytest

from kg.errors import UserError
from kg.model import Document, Ontology
from kg.regions import region_of_rule, regions
from tests.kg.gift_policy import POLICY, section


def test_one_document_is_cut_by_its_sections() -> None:
    """Top sections, in order, each rule in exactly one."""
    found = regions(POLICY)
    assert [(region.id, region.name) for region in found] == [
        ("s1", "1 Gifts and hospitality"),
        ("s2", "2 Confidential information"),
    ]
    assert [id_ for region in found for id_ in region.rule_ids] == [rule.id for rule in POLICY.rules]
    assert region_of_rule(POLICY)["r3"].id == "s2"


def test_a_title_above_all_sections_is_passed_over() -> None:
    """A document whose title is its only top section is cut one level below."""
    root = section("0", "Code")
    policy = dataclasses.replace(
        POLICY, sections=(root, *(dataclasses.replace(one, parent_id="s0") for one in POLICY.sections))
    )
    assert [region.id for region in regions(policy)] == ["s1", "s2"]


def test_many_documents_are_cut_by_document() -> None:
    """From five documents on, a document is a region."""
    numbers = range(6)
    policy = Ontology(
        documents=tuple(Document(f"d{n}", f"Policy {n}", "", "text", "", "", 1, 1) for n in numbers),
        sections=tuple(dataclasses.replace(section("1", "A"), id=f"s{n}", document_id=f"d{n}") for n in numbers),
        rules=tuple(dataclasses.replace(POLICY.rules[0], id=f"r{n}", section_id=f"s{n}") for n in numbers),
    )
    assert [region.name for region in regions(policy)] == [f"Policy {n}" for n in numbers]


def test_every_rule_is_in_a_subtree_or_in_other() -> None:
    """Concept regions cover all rules."""
    found = regions(POLICY, "concept")
    assert {id_ for region in found for id_ in region.rule_ids} == {rule.id for rule in POLICY.rules}


def test_communities_are_disjoint_and_repeatable() -> None:
    """Louvain with a fixed seed: each rule once, twice the same."""
    found = regions(POLICY, "community")
    ids = [id_ for region in found for id_ in region.rule_ids]
    assert sorted(ids) == ["r1", "r2", "r3", "r4"]
    assert found == regions(POLICY, "community")


def test_an_unknown_way_lists_the_choices() -> None:
    """The error names what may be asked for."""
    with pytest.raises(UserError) as caught:
        regions(POLICY, "colour")
    assert "section, concept, community" in caught.value.hint


def test_an_ontology_without_rules_has_no_regions() -> None:
    """No rules, no regions."""
    assert regions(Ontology()) == ()
