"""What of ConceptNet has to do with a policy, and of which kind it is."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.conceptnet import ConceptNetIndex, ConceptNetOptions, build_index, enrich
from kg.conceptnet_kinds import is_act, settled_kind
from kg.conceptnet_reader import Assertion
from kg.conceptnet_relevance import Relevance, joined
from kg.model import Ontology
from tests.kg.conceptnet_rows import row, write
from tests.kg.gift_policy import POLICY

AXES = ("gift", "meal", "secret", "river", "music")
NEAR = {"bracelet": "gift", "watch": "gift", "gift card": "gift", "accept": "gift", "cutlery": "meal", "boat": "river"}


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """One axis per subject; a word that is near a subject lies on its axis."""
    rows = [[float(axis in text or NEAR.get(text) == axis) for axis in AXES] + [0.1] for text in texts]
    marks = np.array(rows, dtype=np.float32)
    unit: NDArray[np.float32] = marks / np.linalg.norm(marks, axis=1, keepdims=True)
    return unit


def edge(relation: str, start: str, end: str, weight: float = 2.0) -> Assertion:
    return Assertion("", f"/r/{relation}", f"/c/en/{start}", f"/c/en/{end}", weight, "", "", "", "")


def test_a_neighbour_of_another_subject_is_less_relevant() -> None:
    """What lies near the policy's concepts and rules counts for more than what a word happens to touch."""
    places = joined([("bracelet", "k:gift", "gift"), ("boat", "k:gift", "gift"), ("music", "k:meal", "meal")])
    bracelet, boat, music = Relevance(POLICY, embed).of(places)
    assert 1 >= bracelet > 0.5 > max(boat, music) >= 0


def test_relevance_is_the_same_whatever_else_is_asked() -> None:
    """A term's relevance does not depend on the others of the same question."""
    places = joined([("bracelet", "k:gift", "gift"), ("boat", "k:meal", "meal")])
    relevance = Relevance(POLICY, embed)
    assert [relevance.of([place])[0] for place in places] == relevance.of(places)
    assert relevance.of([]) == []
    assert Relevance(Ontology(), embed).of(places) == [0.0, 0.0]


ROWS = (
    row("IsA", "bracelet", "gift"), row("RelatedTo", "gift", "boat"), row("UsedFor", "gift", "rejoice"),
    *(row("HasSubevent", "rejoice", f"act{letter}") for letter in "abcde"),
    *(row("IsA", f"one{letter}", f"two{letter}") for letter in "abcdefghijklmnopqrstuvwxyz"),
)  # fmt: skip


@pytest.mark.parametrize(("options", "labels"), [
    (ConceptNetOptions(), {"bracelet"}),
    (ConceptNetOptions(min_relevance=0.0), {"bracelet", "boat"}),
    (ConceptNetOptions(min_relevance=1.0, trust_extract=False), set()),
])  # fmt: skip
def test_what_is_not_relevant_is_cut_by_reason(tmp_path: Path, options: ConceptNetOptions, labels: set[str]) -> None:
    """By default another subject stays out, and so does a verb alone; each is counted."""
    build_index([write(tmp_path / "rows.csv", ROWS)], tmp_path / "i.duckdb")
    with ConceptNetIndex.open(tmp_path / "i.duckdb") as index:
        found = enrich(POLICY, index, options, embed)
    new = {concept.label for concept in found.ontology.concepts} - {concept.label for concept in POLICY.concepts}
    assert new == labels
    assert found.cut.get("not relevant", 0) + found.cut.get("a verb alone", 0) == 3 - len(labels)
    assert ("a verb alone" in found.cut) == (options.min_relevance == 0)


def test_less_is_asked_of_a_file_about_the_policy(tmp_path: Path) -> None:
    """The least relevance falls with the share of the assertions that speak of the policy's concepts."""
    own = [row("IsA", name, "gift") for name in ("bracelet", "boat", "vase")]
    strange = [row("IsA", f"x{place}", "thing") for place in range(9)]
    asked = []
    for rows in (own, own + strange[:3], own + strange):
        build_index([write(tmp_path / "rows.csv", rows)], tmp_path / f"{len(rows)}.duckdb")
        with ConceptNetIndex.open(tmp_path / f"{len(rows)}.duckdb") as index:
            asked.append(enrich(POLICY, index, embed=embed).least_relevance)
    assert asked == [0.0, 0.21, 0.315]


NOUNS = {"contract": "document", "person": "party", "medicine": "asset", "woman": "party"}
KINDS = [
    # a verb phrase by its use, whatever brought it
    ("buy_product", [("HasSubevent", False, "asset", 1.0)], [edge("HasSubevent", "buy_product", f"x{n}") for n in range(5)], "action"),
    # a known noun, though something else was called a kind of it
    ("woman", [("IsA", False, "quality", 1.0)], [], "party"),
    # a word of no list takes what it is said to be
    ("painkiller", [("IsA", False, "asset", 2.0)], [], "asset"),
    ("insurance", [("IsA", False, "quality", 1.0)], [edge("IsA", "insurance", "contract", 3.0)], "document"),
    # an unlisted word that can do something is a party, one that is much described is not
    ("lobbyist", [("CapableOf", False, "action", 1.0)], [], "party"),
    ("fire", [("CapableOf", False, "action", 1.0)], [edge("HasProperty", "fire", f"x{n}") for n in range(5)], "thing"),
    # what is done with a thing is an act when it says so
    ("keeping_record", [("UsedFor", True, "asset", 1.0)], [], "action"),
    ("necessary", [("IsA", True, "information", 1.0)], [edge("HasProperty", f"x{n}", "necessary") for n in range(5)], "quality"),
    ("policeman", [("AtLocation", False, "body", 1.0)], [edge("IsA", "policeman", "job")], "party"),
    ("memory", [("UsedFor", True, "asset", 1.0)], [], "thing"),
    ("influence", [("MannerOf", True, "money", 2.0)], [], "action"),
]  # fmt: skip


@pytest.mark.parametrize(("term", "brought", "about", "kind"), KINDS)
def test_the_kind_is_told_by_use_head_noun_and_votes(
    term: str, brought: list[tuple[str, bool, str, float]], about: list[Assertion], kind: str
) -> None:
    """In this order, and a relation alone decides only where nothing else speaks."""
    label = term.replace("_", " ")
    assert settled_kind(f"/c/en/{term}", label, brought, about, lambda _, head: NOUNS.get(head, "thing")) == kind


def test_few_assertions_make_no_verb() -> None:
    """Four assertions prove no verb phrase, five do; a word needs a greater share than a phrase."""
    acts = [edge("HasSubevent", "talk", f"x{n}") for n in range(5)]
    assert (is_act("/c/en/talk", acts), is_act("/c/en/talk", acts[:4])) == (True, False)
    mixed = [*acts, *(edge("IsA", "talk", f"y{n}") for n in range(5))]
    assert not is_act("/c/en/talk", mixed)
    phrase = [dataclasses.replace(one, start=one.start.replace("talk", "talk_much")) for one in mixed]
    assert is_act("/c/en/talk_much", phrase)


def test_a_term_has_one_place() -> None:
    """A place is made for each label once, with all that it would be joined to."""
    (place,) = joined([("vase", "k:gift", "gift"), ("vase", "k:meal", "meal")])
    assert place.anchors == {"k:gift": "gift", "k:meal": "meal"}
