"""What a budget is spent on: rules first, then what covers the most, within the shares of the forms and the splits."""

from collections import Counter
from dataclasses import replace

import pytest

from generation.filters import NearDuplicates
from generation.options import DEFAULT_MIX, SCENARIO, GenerationOptions
from generation.pipeline import Generated, generate, select
from generation.planning_pool import write_pool
from generation.splits import Splits
from kg.coverage import Weighting, measure, verify_links
from kg.model import Concept, Conflict, Ontology, Relation, RuleConcept, Split, Verdict
from tests.generation.fixtures import FakeRetriever, policy

THINGS = (
    "watch", "hamper", "voucher", "ticket", "book", "calendar", "pen", "bottle", "basket", "umbrella", "wallet", "scarf",
    "camera", "lamp", "painting", "bicycle", "necklace", "carpet", "teapot", "mirror", "guitar", "telescope", "globe",
    "drum",
)  # fmt: skip


def wide_policy() -> Ontology:
    """The policy with two dozen kinds of gift around it, a rule's concepts, a conflict and a concept out of reach."""
    plain = policy()
    made = tuple(Concept(f"k:{name}", name, "thing", weight=0.3) for name in (*THINGS, "gift", "supplier", "unheard"))
    kinds = tuple(Relation(f"r:{name}", f"k:{name}", "IsA", "k:gift") for name in THINGS)
    loop = Relation("r:loop", "k:supplier", "RelatedTo", "k:supplier")
    first, second = plain.rules[0], plain.rules[1]
    return replace(
        plain,
        concepts=made,
        relations=(*kinds, loop),
        rule_concepts=(RuleConcept(first.id, "k:gift", "object"), RuleConcept(first.id, "k:supplier", "object")),
        conflicts=(Conflict("x:1", first.id, second.id, "conflicts", "one allows what the other forbids", ""),),
    )


ONTOLOGY = wide_policy()
RULES = 3 * len(ONTOLOGY.rules)


def run(samples: int, ontology: Ontology = ONTOLOGY, **options: object) -> Generated:
    made = GenerationOptions(samples=samples, **options)  # type: ignore[arg-type]
    return generate(ontology, FakeRetriever(ontology), made)


@pytest.fixture(scope="module")
def chosen() -> Generated:
    return run(120, validation_share=0.1)


def test_what_no_case_can_hold_is_written_in_another_form(chosen: Generated) -> None:
    """Coverage decides which paragraphs are written, and the cases keep their share of the mix."""
    covered = chosen.coverage_after.by_kind
    assert covered["rule"].ratio == 1.0
    assert covered["concept"].covered == covered["concept"].total - 1
    assert covered["relation"].covered == covered["relation"].total - 1
    assert covered["conflict"].ratio == 1.0
    kinds = Counter(sample.kind for sample in chosen.samples)
    assert kinds[SCENARIO] >= int(DEFAULT_MIX[SCENARIO] * 120)
    verdicts = Counter(sample.verdict for sample in chosen.samples if sample.kind == SCENARIO)
    assert max(verdicts.values()) - min(verdicts.values()) <= 12


def test_more_is_covered_than_by_shares_alone() -> None:
    """With every form at its share whatever it covers, the same budget covers less."""
    free, bound = (select(ONTOLOGY, GenerationOptions(samples=48, least_of_form=part)) for part in (0.0, 1.0))
    assert free.coverage.by_kind["relation"].covered > bound.coverage.by_kind["relation"].covered


def test_the_ledger_is_what_the_finished_samples_prove(chosen: Generated) -> None:
    """Links found while drafts were chosen are those that the samples give when they are read again."""
    links = verify_links(ONTOLOGY, chosen.samples)
    assert {(one.sample_id, one.element_id) for one in links} == {
        (one.sample_id, one.element_id) for one in chosen.exercises
    }
    again = measure(ONTOLOGY, chosen.samples, links)
    assert again.by_kind == chosen.coverage_after.by_kind
    assert again.counts == chosen.coverage_after.counts


def test_a_selection_foretells_the_dataset(chosen: Generated) -> None:
    """The dry run is the same choice without retrieval."""
    found = select(ONTOLOGY, GenerationOptions(samples=120, validation_share=0.1))
    assert found.coverage.by_kind == chosen.coverage_after.by_kind
    assert found.by_kind == dict(Counter(sample.kind for sample in chosen.samples).most_common())


def test_the_size_of_the_tuples_and_the_weights_are_obeyed() -> None:
    """The ledger is that of the asked t; a concept that matters a hundredfold is covered by the first sample left."""
    found = generate(ONTOLOGY, FakeRetriever(ONTOLOGY), GenerationOptions(samples=60), t=3)
    assert all(one.element_id.count(" | ") >= 1 for one in found.coverage_after.targets if one.kind == "tuple")
    none = generate(ONTOLOGY, FakeRetriever(ONTOLOGY), GenerationOptions(samples=60), t=0)
    assert none.coverage_after.by_kind["tuple"].total == 0
    options = GenerationOptions(samples=RULES + 1, mix={SCENARIO: 0.9, "topic": 0.1}, least_of_form=0.0)
    for name in ("drum", "telescope"):
        heavy = select(ONTOLOGY, options, weighting=Weighting(own={name: 100.0}))
        assert ("concept", f"k:{name}", "") in heavy.coverage.covered


def test_regions_that_an_audit_found_weak_get_more_cases() -> None:
    """Of the cases beyond the required ones; every rule keeps its three, and without an audit nothing changes."""
    options = GenerationOptions(samples=RULES + 80, mix={SCENARIO: 1.0})
    part = {rule.id: rule.section_id for rule in ONTOLOGY.rules}

    def cases(weighting: Weighting | None) -> Counter[str]:
        found = select(ONTOLOGY, options, weighting=weighting)
        assert found.coverage.by_kind["rule"].ratio == 1.0
        return Counter(part[one.draft.rule_ids[0]] for one in found.proved)

    usual, weak = cases(Weighting()), cases(Weighting(attention={"sec:1": 3.0}))
    required = RULES // 2
    assert abs(usual["sec:1"] - usual["sec:2"]) <= 20
    assert weak["sec:1"] - required >= 2 * (weak["sec:2"] - required) > 0
    assert sum(weak.values()) == sum(usual.values())


def test_what_stays_open_says_why(chosen: Generated) -> None:
    """A name that nothing speaks of, a loop; and under a small budget what it could not buy."""
    why = {one.key[1]: one for one in chosen.unreached}
    assert not why["k:unheard"].within_reach
    assert why["k:unheard"].why == "no rule, relation or clause speaks of it"
    assert "loop" in why["r:loop"].why
    small = {one.key[:2]: one for one in run(RULES).unreached}
    assert small["relation", "r:watch"].within_reach
    assert "as topic" in small["relation", "r:watch"].why
    assert {one.key for one in chosen.unreached} == {gap.target.key for gap in chosen.coverage_after.gaps()}


def test_splits_share_nothing_and_that_is_measured() -> None:
    """No family and no near-duplicate in two splits; rules of the test split are unseen in training."""
    found = run(140, validation_share=0.1, test_share=0.2)
    told = found.splits.to_dict()
    assert told["shared_families"] == told["near_duplicates"] == 0
    assert set(told["near_duplicates_between"]) == {"train/validation", "train/test", "validation/test"}
    assert told["rules_unseen_in_training"] >= told["test"]["rules"] + told["validation"]["rules"] > 0
    assert sum(told[split.value]["samples"] for split in Split) == 140
    families = {rule.id: rule.family for rule in ONTOLOGY.rules}
    for sample in found.samples:
        assert len({families[id_] for id_ in sample.rule_ids}) < 2 or sample.split is Split.TRAIN


def test_what_lies_between_two_splits_is_not_written() -> None:
    """Two rules side by side, one of them kept out of training: in no split."""
    splits = Splits(ONTOLOGY, frozenset({"family:0"}), frozenset({"family:2"}))
    pair = next(draft for draft in write_pool(ONTOLOGY).drafts if len(draft.rule_ids) == 2)
    assert splits.split(pair) is None
    assert splits.split(replace(pair, rule_ids=pair.rule_ids[:1], clause_ids=())) is Split.TEST
    assert splits.split(replace(pair, rule_ids=(), clause_ids=(), family="")) is Split.TRAIN


def test_every_near_duplicate_is_seen() -> None:
    """A text that is like one of its own family and like one of another is near both."""
    index = NearDuplicates(0.6)
    for text, key in (
        ("Ana took a watch from a supplier in Lyon today", "a"),
        ("Bo took a watch from a supplier in Lyon today", "b"),
    ):
        index.remember(index.look(text), key)
    assert index.look("Cy took a watch from a supplier in Lyon today").keys == {"a", "b"}
    assert not index.look("Nobody said anything about the weather in Oslo").keys


def test_the_first_cases_of_a_rule_are_twins(chosen: Generated) -> None:
    """The three verdicts of a rule come from one telling: they are alike but for the fact that decides."""
    first = chosen.samples[:3]
    assert [sample.verdict for sample in first] == list(Verdict)
    assert len({sample.rule_ids for sample in first}) == 1
    words = [set(sample.question.lower().split()) for sample in first]
    assert all(len(one & other) / len(one | other) > 0.4 for one in words for other in words)
