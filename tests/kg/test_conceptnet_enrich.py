"""ConceptNet: what is linked, what comes into an ontology, and what waits for a person."""

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.conceptnet import (
    ConceptNetIndex,
    ConceptNetOptions,
    build_index,
    decided_links,
    enrich,
    link_questions,
)
from kg.errors import UserError
from kg.model import Ontology
from kg.retrieval import Embed
from kg.review import Status
from tests.kg.conceptnet_rows import ROWS, row, write
from tests.kg.gift_policy import POLICY, concept


@pytest.fixture
def index(tmp_path: Path) -> Iterator[ConceptNetIndex]:
    build_index([write(tmp_path / "rows.csv", ROWS)], tmp_path / "index.duckdb")
    with ConceptNetIndex.open(tmp_path / "index.duckdb") as opened:
        yield opened


def test_enrichment_imports_the_neighbourhood_with_its_sources(index: ConceptNetIndex) -> None:
    """Policy concepts are linked, neighbours come with URI and licence, what is left out is counted."""
    found = enrich(POLICY, index)
    by_label = {concept.label: concept for concept in found.ontology.concepts}
    assert by_label["gift"].conceptnet.startswith("/c/en/gift")
    bracelet = by_label["bracelet"]
    assert (bracelet.weight, bracelet.kind) == (0.0, "asset")
    assert bracelet.provenance[0].licence == "cc:by/4.0"
    assert bracelet.provenance[0].ref == "/c/en/bracelet"
    relations = {(relation.type, relation.target_id): relation for relation in found.ontology.relations}
    assert relations["NotDesires", by_label["bribe"].id].polarity == -1
    assert relations["NotDesires", by_label["bribe"].id].provenance[0].ref.startswith("/a/[/r/NotDesires/")
    assert "nonsense" not in by_label  # the noun sense of a concept that is an action
    assert "cheap gift" not in by_label
    assert {"weight too low", "another sense", "label not readable"} <= set(found.cut)
    assert found.imported_concepts == len(found.ontology.concepts) - len(POLICY.concepts)
    assert found.imported_relations == len(found.ontology.relations) - len(POLICY.relations)


def test_enriching_twice_changes_nothing(index: ConceptNetIndex) -> None:
    """The import is idempotent, and other options leave no rest of the first run."""
    once = enrich(POLICY, index).ontology
    assert enrich(once, index).ontology == once
    assert len(enrich(once, index, ConceptNetOptions(max_concepts=0)).ontology.concepts) == len(POLICY.concepts)


OPTIONS = [
    (ConceptNetOptions(max_concepts=1), "over the cap in all"),
    (ConceptNetOptions(per_concept=1), "over the cap per concept"),
    (ConceptNetOptions(relations=("IsA",)), "relation not allowed"),
    (ConceptNetOptions(min_relevance=0.9, trust_extract=False), "not relevant"),
    (ConceptNetOptions(min_weight=2.9), "weight too low"),
    (ConceptNetOptions(max_words=1), "label not readable"),
    (ConceptNetOptions(blocked=("bracelet",)), "label not readable"),
    (ConceptNetOptions(read=1), "lighter than the heaviest that are read of a term"),
]


@pytest.mark.parametrize(("options", "reason"), OPTIONS)
def test_each_option_cuts_and_says_how_much(index: ConceptNetIndex, options: ConceptNetOptions, reason: str) -> None:
    """Less comes in than by the defaults, and the reason counts more."""
    usual, found = enrich(POLICY, index), enrich(POLICY, index, options)
    assert found.cut.get(reason, 0) > usual.cut.get(reason, 0)
    assert found.imported_relations < usual.imported_relations


def test_an_option_that_lets_more_in(index: ConceptNetIndex) -> None:
    """A lower weight brings the lighter assertions."""
    assert (
        enrich(POLICY, index, ConceptNetOptions(min_weight=0.1)).imported_concepts
        > enrich(POLICY, index).imported_concepts
    )


def test_the_language_of_the_policy_is_linked(tmp_path: Path) -> None:
    """With another language only its terms are linked and imported."""
    rows = (row("IsA", "/c/fr/gift", "/c/fr/objet"), *ROWS)
    build_index([write(tmp_path / "rows.csv", rows)], tmp_path / "i.duckdb", languages=("en", "fr"))
    with ConceptNetIndex.open(tmp_path / "i.duckdb") as index:
        found = enrich(POLICY, index, ConceptNetOptions(language="fr"))
    assert [link.uri for link in found.links] == ["/c/fr/gift"]
    assert [concept.conceptnet for concept in found.ontology.concepts if concept.conceptnet] == [
        "/c/fr/gift", "/c/fr/objet",
    ]  # fmt: skip


def test_two_hops_reach_further(tmp_path: Path) -> None:
    """The second hop starts at what the first imported."""
    rows = (row("IsA", "bracelet", "gift"), row("IsA", "bangle", "bracelet"))
    build_index([write(tmp_path / "rows.csv", rows)], tmp_path / "i.duckdb")
    with ConceptNetIndex.open(tmp_path / "i.duckdb") as index:
        labels = [
            {concept.label for concept in enrich(POLICY, index, ConceptNetOptions(hops=hops)).ontology.concepts}
            for hops in (1, 2)
        ]
    assert "bangle" in labels[1] - labels[0]


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """Money on one axis, rivers on the other."""
    marks = np.array([["money" in text, "river" in text, 0.1] for text in texts], dtype=np.float32)
    unit: NDArray[np.float32] = marks / np.linalg.norm(marks, axis=1, keepdims=True)
    return unit


BANK = (
    row("IsA", "/c/en/bank/n/wn/object", "/c/en/slope/n"), row("RelatedTo", "/c/en/bank/n/wn/object", "river"),
    row("IsA", "/c/en/bank/n/wn/group", "institution"), row("RelatedTo", "/c/en/bank/n/wn/group", "money"),
)  # fmt: skip


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[ConceptNetIndex]:
    build_index([write(tmp_path / "bank.csv", BANK)], tmp_path / "bank.duckdb")
    with ConceptNetIndex.open(tmp_path / "bank.duckdb") as opened:
        yield opened


def policy_of(definition: str) -> Ontology:
    one = dataclasses.replace(concept("bank"), definition=definition)
    return dataclasses.replace(POLICY, concepts=(one,), relations=())


@pytest.mark.parametrize("embedding", [None, embed])
def test_the_sense_is_chosen_by_context(bank: ConceptNetIndex, embedding: Embed | None) -> None:
    """Of two senses the one nearer to the policy wins, and the other's neighbours stay out."""
    found = enrich(policy_of("an institution that keeps money"), bank, embed=embedding)
    assert [(link.sense, found.pending) for link in found.links] == [("n/wn/group", ())]
    assert 0.9 <= found.links[0].score <= 1
    assert "by context" in found.links[0].reason
    assert "river" not in {one.label for one in found.ontology.concepts}
    assert found.cut["another sense"] == 2
    proof = found.ontology.concepts[0].provenance[-1]
    assert (proof.ref, "score 1.00" in proof.method) == ("/c/en/bank/n/wn/group", True)


@pytest.mark.parametrize(
    ("definition", "embedding"), [("a place", None), ("by the money and the river", embed), ("money, river", None)]
)
def test_an_ambiguous_link_waits_for_a_person(bank: ConceptNetIndex, definition: str, embedding: Embed | None) -> None:
    """Nothing is linked or imported for it; the question names the candidates, and the answer is applied."""
    policy = policy_of(definition)
    found = enrich(policy, bank, embed=embedding)
    assert (found.links, found.imported_concepts) == ((), 0)
    (pending,) = found.pending
    assert [link.sense for link in pending.candidates] == ["n/wn/group", "n/wn/object", ""]
    (item,) = link_questions(found.pending)
    assert (item.kind, item.subject, item.status) == ("conceptnet_link", "k:bank", Status.PENDING)
    assert len(item.evidence) == len(item.candidates) == 3

    river = dataclasses.replace(item, status=Status.ACCEPTED, choice="/c/en/bank/n/wn/object", decided_at="2026-01-01")
    found = enrich(policy, bank, embed=embedding, decisions=decided_links([river]))
    assert (found.pending, found.links[0].uri) == ((), "/c/en/bank/n/wn/object")
    labels = {one.label for one in found.ontology.concepts}
    assert "slope" in labels
    assert "institution" not in labels

    no = dataclasses.replace(river, status=Status.REJECTED, choice="", decided_at="2026-01-02")
    found = enrich(found.ontology, bank, embed=embedding, decisions=decided_links([no, river]))
    assert (found.links, found.pending, found.ontology.concepts) == ((), (), policy.concepts)


def test_the_margin_decides_who_is_asked(bank: ConceptNetIndex) -> None:
    """A wide margin sends a clear case to a person, none takes the nearest."""
    policy = policy_of("money, money, and one river")
    assert enrich(policy, bank, ConceptNetOptions(link_margin=1.0)).pending
    clear = policy_of("an institution that keeps money")
    assert not enrich(clear, bank, ConceptNetOptions(link_margin=0.1)).pending
    assert enrich(clear, bank, ConceptNetOptions(link_margin=1.0)).pending


def test_an_inflected_form_leads_to_its_lemma(tmp_path: Path) -> None:
    """ConceptNet's own FormOf is followed where a term is little else."""
    rows = (row("FormOf", "/c/en/geese", "/c/en/goose/n"), row("IsA", "goose", "bird"))
    build_index([write(tmp_path / "rows.csv", rows)], tmp_path / "i.duckdb")
    with ConceptNetIndex.open(tmp_path / "i.duckdb") as index:
        found = enrich(dataclasses.replace(POLICY, concepts=(concept("geese"),), relations=()), index)
    assert [(link.uri, link.score) for link in found.links] == [("/c/en/goose", 0.97)]
    assert "bird" in {one.label for one in found.ontology.concepts}


def test_of_an_assertion_and_its_denial_the_heavier_counts(tmp_path: Path) -> None:
    """A symmetric relation comes once, from whichever end."""
    rows = (
        row("Desires", "employee", "bribe", 1.0), row("NotDesires", "employee", "bribe", 3.0),
        row("Antonym", "gift", "loan"), row("Antonym", "loan", "gift"),
        row("Desires", "employee", "rest", 1.0), row("NotDesires", "employee", "rest", 1.0),
    )  # fmt: skip
    build_index([write(tmp_path / "rows.csv", rows)], tmp_path / "i.duckdb")
    with ConceptNetIndex.open(tmp_path / "i.duckdb") as index:
        found = enrich(POLICY, index)
    new = [one for one in found.ontology.relations if one not in POLICY.relations]
    assert sorted((one.type, one.polarity) for one in new) == [("Antonym", 1), ("NotDesires", -1)]
    assert found.cut == {"denied by an assertion as heavy": 3, "known already": 1}


@pytest.mark.parametrize("options", [{"hops": 4}, {"link_margin": 2}, {"read": 0}, {"relations": ("Isa",)}])
def test_contradictory_options_are_refused(options: dict[str, Any]) -> None:
    """Four hops would be the planet; a relation that is misspelt would cut everything."""
    with pytest.raises(UserError):
        ConceptNetOptions(**options)
