"""The coverage ledger and the verification of its links."""

import time

from hypothesis import given
from hypothesis import strategies as st

from kg.coverage import KINDS, Mentions, covered_keys, measure, mentioned, targets, verify_links
from kg.model import Exercise, Verdict
from tests.kg.gift_policy import POLICY, concept, sample


def test_targets_are_complete() -> None:
    """Each rule has three targets, each concept, relation and relation type one; exceptions, conflicts and tuples."""
    asked = targets(POLICY)
    counts = {kind: sum(target.kind == kind for target in asked) for kind in KINDS}
    # r1 to r3 have 3 filled factors (3 pairs, 9 with a verdict), r4 has 4 (6 pairs, 12); 1 + 3 + 3 pairs of r4 are r3's
    tuples = 3 * (3 + 9) + (6 + 12) - (3 + 9) - (1 + 3) - 0
    assert counts == {
        "rule": 12, "concept": 8, "relation": 4, "relation_type": 3, "exception": 0, "conflict": 0, "tuple": counts["tuple"],
    }  # fmt: skip
    assert len({target.key for target in asked}) == len(asked)
    assert tuples


def test_a_concept_that_no_rule_mentions_takes_its_neighbours_region() -> None:
    """An imported concept belongs to the region of the concept that it hangs on."""
    regions = {target.label: target.region for target in targets(POLICY) if target.kind == "concept"}
    assert regions["watch"] == regions["gift"] != regions["trade secret"]


def test_mentions_are_whole_words_up_to_inflection() -> None:
    """Plural, verb form and alias count; part of a word does not."""
    gift, accept = concept("gift", aliases=("present",)), concept("accept", "action")
    assert mentioned(gift, "Two GIFTS arrived.")
    assert mentioned(gift, "A present for you")
    assert not mentioned(gift, "She is gifted")
    assert mentioned(accept, "Having accepted it")
    assert not mentioned(accept, "acceptable")


def test_the_words_of_an_action_may_stand_apart() -> None:
    """Verb and object with what stands between them, in the active and in the passive."""
    act = concept("accept gift", "action")
    assert mentioned(act, "You may accept a small gift.")
    assert mentioned(act, "Gifts must not be accepted.")
    assert not mentioned(
        act, "He accepted. " + "Much later, after many other things had come to pass, there was a gift."
    )


def test_only_the_head_of_a_longer_match_counts() -> None:
    """A gift card is no mention of a gift, a business gift is one of both."""
    mentions = Mentions((concept("gift"), concept("gift card"), concept("business gift")))
    assert mentions.find("He took a gift card.") == ("k:gift card",)
    assert mentions.find("He took a business gift.") == ("k:gift", "k:business gift")


def test_links_are_verified() -> None:
    """Concepts by mention, relations by both ends, a rule by its words or what stands for them."""
    good = sample("May I accept a watch from a supplier?", "Prohibited.", ("r1",), Verdict.PROHIBITED, "a")
    off = sample("What is the weather?", "Sunny.", ("r1",), Verdict.PROHIBITED, "b")
    links = verify_links(POLICY, (good, off))
    assert {(link.kind, link.element_id) for link in links} == {
        ("concept", "k:accept"), ("concept", "k:watch"), ("concept", "k:supplier"), ("rule", "r1"),
    }  # fmt: skip
    assert {link.sample_id for link in links} == {"a"}
    both = verify_links(POLICY, (sample("Is a watch a gift?"),))
    assert ("relation", "r:watch-IsA-gift") in {(link.kind, link.element_id) for link in both}


def test_measure_counts_rule_by_verdict() -> None:
    """A verdict of a rule is covered by a verified sample of that verdict only."""
    samples = (
        sample("May I accept a gift from a supplier?", "", ("r1",), Verdict.PROHIBITED, "a"),
        sample("May I accept a gift from someone?", "", ("r1",), Verdict.NEEDS_INFORMATION, "b"),
    )
    coverage = measure(POLICY, samples, verify_links(POLICY, samples))
    assert coverage.by_kind["rule"].covered == 2
    assert coverage.by_kind["relation_type"].covered == 1
    assert coverage.by_region["s1"].to_dict() == {"total": 6, "covered": 2, "ratio": 0.3333}
    gap = next(gap for gap in coverage.gaps("rule") if gap.target.element_id == "r1")
    assert gap.target.verdict is Verdict.PERMITTED
    assert gap.why == "its samples have other verdicts, none is permitted"
    listed = coverage.to_dict(gaps=3)["gaps"]
    assert isinstance(listed, list)
    assert len(listed) == 3


def test_links_to_what_is_gone_do_not_count() -> None:
    """A stale link covers nothing."""
    stale = Exercise("x", "rule", "r99", "test", 1.0)
    orphan = Exercise("nobody", "rule", "r1", "test", 1.0)
    assert not covered_keys(POLICY, (sample("q", verdict=Verdict.PERMITTED),), (stale, orphan))


@given(st.lists(st.sampled_from([concept.label for concept in POLICY.concepts]), max_size=6))
def test_more_text_never_covers_less(labels: list[str]) -> None:
    """Adding a sample never lowers coverage, and the ratio stays in [0, 1]."""
    samples = tuple(sample(f"about {label}.", id_=str(place)) for place, label in enumerate(labels))
    links = verify_links(POLICY, samples)
    fewer = measure(POLICY, samples[:-1], links)
    more = measure(POLICY, samples, links)
    assert all(0 <= fewer.ratio(kind) <= more.ratio(kind) <= 1 for kind in KINDS)


def test_an_empty_ontology_is_measured() -> None:
    """Nothing to cover counts as covered."""
    assert measure(type(POLICY)(), (), ()).by_kind["rule"].ratio == 1.0


def test_ten_thousand_samples_are_verified_in_seconds() -> None:
    """Verification is linear in the text."""
    text = "May an employee accept a watch, a gift card or a meal from a supplier who knows the trade secret? " * 3
    samples = [sample(text, "Prohibited.", ("r1", "r3"), Verdict.PROHIBITED, str(place)) for place in range(2_000)]
    start = time.perf_counter()
    assert verify_links(POLICY, samples)
    assert time.perf_counter() - start < 4
