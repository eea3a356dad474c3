"""The coverage ledger and the verification of its links."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.coverage import KINDS, Mentions, Weighting, covered_keys, measure, mentioned, targets, verify_links
from kg.coverage_attention import LEAST, MOST, Tried, attention
from kg.model import Concept, Conflict, Exercise, Ontology, Verdict
from tests.kg.gift_policy import POLICY, concept, relation, sample


def test_targets_are_complete() -> None:
    """Each rule has three targets, each concept, relation and relation type one; exceptions, conflicts and tuples."""
    asked = targets(POLICY)
    counts = {kind: sum(target.kind == kind for target in asked) for kind in KINDS}
    assert counts == {
        "rule": 12, "concept": 8, "relation": 4, "relation_type": 3, "exception": 0, "conflict": 0, "tuple": 36,
    }  # fmt: skip
    assert len({target.key for target in asked}) == len(asked)


def test_tuples_are_the_values_of_one_rule() -> None:
    """r1 alone states 3 pairs and 3 x 3 with a verdict; no pair joins fields of different rules; t sets the size."""
    one = replace(POLICY, rules=POLICY.rules[:1], rule_concepts=())
    sizes = {t: sum(target.kind == "tuple" for target in targets(one, t)) for t in range(6)}
    assert sizes == {0: 0, 1: 3 + 3, 2: 3 + 9, 3: 1 + 9, 4: 3, 5: 0}
    pairs = {target.element_id for target in targets(POLICY) if target.kind == "tuple"}
    assert "action: accept | object: gift from supplier" in pairs
    assert "action: accept | object: meal" not in pairs


def test_exceptions_conflicts_and_tuples_are_covered_by_proof() -> None:
    """An exception by its words, a conflict by a sample of both rules, a tuple by the fields that occur."""
    excepted = replace(POLICY.rules[1], exception="except meals below ten dollars")
    policy = replace(
        POLICY, rules=(POLICY.rules[0], excepted, *POLICY.rules[2:]), conflicts=(Conflict("x", "r3", "r4", "k", "why"),)
    )

    def covered(text: str, rules: tuple[str, ...], verdict: Verdict | None = None) -> set[tuple[str, str, str]]:
        one = sample(text, "", rules, verdict)
        return {key for key in covered_keys(policy, (one,), verify_links(policy, (one,))) if key[0] != "concept"}

    assert ("exception", "r2", "") not in covered("An employee records a meal.", ("r2",))
    assert ("exception", "r2", "") in covered("An employee records a meal below ten dollars.", ("r2",))
    told = "An employee disclosed a trade secret. The law requires it."
    assert ("conflict", "x", "") not in covered(told, ("r3",))
    assert ("conflict", "x", "") in covered(told, ("r3", "r4"))
    assert ("tuple", "action: disclose", "permitted") in covered(told, ("r4",), Verdict.PERMITTED)
    assert ("tuple", "action: disclose", "permitted") not in covered(told, ("r4",), Verdict.PROHIBITED)
    assert ("tuple", "action: disclose | condition: if the law requires it", "") in covered(told, ("r4",))
    assert ("tuple", "action: disclose | condition: if the law requires it", "") not in covered(
        "An employee disclosed a trade secret.", ("r4",)
    )


def test_a_claim_without_actor_action_or_object_is_no_link() -> None:
    """Each of the three is needed; anybody may play the employee, only it itself the Ethics Office."""
    office = replace(POLICY.rules[0], id="r9", actor="Ethics Office", action="keep", object="register")
    policy = replace(POLICY, rules=(*POLICY.rules, office))

    def linked(text: str, rule: str) -> bool:
        return any(link.kind == "rule" for link in verify_links(policy, (sample(text, "", (rule,)),)))

    assert linked("Jamal accepted a gift from a supplier.", "r1")
    assert not linked("Jamal met a supplier who had a gift.", "r1")
    assert not linked("Jamal accepted the offer.", "r1")
    assert not linked("Gifts from suppliers were accepted.", "r1")
    assert linked("The Ethics Office keeps a register.", "r9")
    assert not linked("Jamal keeps a register.", "r9")


def test_a_relation_that_a_rule_states_needs_the_rule() -> None:
    """That a sentence names both ends does not yet say what the rule says."""
    stated = replace(POLICY.relations[2], rule_ids=("r1",))
    policy = replace(POLICY, relations=(stated,))

    def linked(rules: tuple[str, ...]) -> bool:
        one = sample("An employee accepted a gift from a supplier.", "", rules)
        return any(link.kind == "relation" for link in verify_links(policy, (one,)))

    assert linked(("r1",))
    assert not linked(())


def test_what_looks_like_a_mention_and_is_none() -> None:
    """Part of a name, a verb for a noun, a noun for a verb, an idiom, the line with the verdict."""
    assert not mentioned(concept("compliance"), "He told Trade Compliance.")
    assert not mentioned(concept("judge", "party"), "I cannot judge it.")
    assert mentioned(concept("judge", "party"), "He asked the judge.")
    assert not mentioned(concept("file", "document"), "Lena files the claim.")
    assert not mentioned(concept("recording", "action"), "The records show it.")
    assert not mentioned(concept("order"), "Was that in order?")
    assert not mentioned(concept("law"), "A sister-in-law came.")
    assert not mentioned(concept("accept gift", "action"), "He accepted a letter from people who give a gift.")
    one = sample("Is it so?", "It is.\nVerdict: Needs information.")
    policy = replace(POLICY, concepts=(*POLICY.concepts, concept("information")))
    assert not verify_links(policy, (one,))
    assert not verify_links(policy, (replace(one, answer="Needs information. It is not said."),))


def test_weights_multiply_severity_weakness_and_the_users_own() -> None:
    """Case does not matter; the heaviest gap comes first."""
    weighting = Weighting(severity=True, weakness={"s2": 0.5}, own={"2.1": 2.0, "Gift": 10.0})
    ledger = measure(POLICY, (), (), weighting=weighting)
    weight = {target.key: target.weight for target in ledger.targets}
    assert weight["rule", "r1", "permitted"] == 1.5
    assert weight["rule", "r3", "permitted"] == 1.5 * 1.5 * 2
    assert weight["concept", "k:gift", ""] == 10
    assert ledger.gaps()[0].target.label == "gift"


def test_attention_follows_what_an_audit_is_sure_of() -> None:
    """Many wrong cases move a region more than one; what may be as good as the whole keeps its share."""
    tried = (
        Tried("many", "Many", 30, 60), Tried("one", "One", 1, 1), Tried("fine", "Fine", 0, 60, 0.06),
        Tried("open", "Open", 0, 2, 0.66),
    )  # fmt: skip
    found = {one.region: one.factor for one in attention(tried)}
    assert found["many"] > 1.5
    assert 1.0 < found["one"] < 1.25
    assert found["open"] == 1.0
    assert LEAST <= found["fine"] < 0.5
    assert [one.region for one in attention(tried)] == ["many", "one", "open", "fine"]
    assert {one.factor for one in attention(tried, 0.0)} == {1.0}
    assert max(one.factor for one in attention(tried, 3.0)) <= MOST
    assert attention(()) == ()
    widths = {one.region: one.high - one.low for one in attention(tried)}
    assert widths["many"] < widths["one"]
    assert all(0 <= one.low < one.expected < one.high <= 1 for one in attention(tried))
    assert attention(tried)[0].to_dict()["ci"] == [
        round(attention(tried)[0].low, 4),
        round(attention(tried)[0].high, 4),
    ]
    assert {one.factor for one in attention([Tried("a", "A", 0, 10, 0.28), Tried("b", "B", 0, 0)])} == {1.0}


def test_attention_multiplies_the_weight_of_a_regions_targets() -> None:
    """So that the planner's gain speaks for it as well."""
    weight = {
        one.key: one.weight for one in measure(POLICY, (), (), weighting=Weighting(attention={"s2": 2.0})).targets
    }
    assert weight["rule", "r3", "permitted"] == 2.0
    assert weight["rule", "r1", "permitted"] == 1.0


def test_gaps_below_k_count_samples() -> None:
    """A target with one sample is a gap below two, and says so."""
    one = sample("An employee accepted a gift from a supplier.", "", ("r1",), Verdict.PROHIBITED)
    ledger = measure(POLICY, (one,), verify_links(POLICY, (one,)))
    gap = next(gap for gap in ledger.gaps("rule", below=2, verdict=Verdict.PROHIBITED) if gap.target.element_id == "r1")
    assert (gap.samples, gap.why) == (1, "1 sample only")
    assert all(gap.target.element_id != "r1" for gap in ledger.gaps("rule", verdict=Verdict.PROHIBITED))


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


def test_a_thing_is_no_act_of_the_same_name() -> None:
    """Where there are concepts of both, "an anonymous report" mentions the document and "she reported it" the act."""
    act = Concept("k:report", "report", "action", weight=0.5)
    thing = Concept("k:document", "report", "document", weight=0.5)
    both = Mentions((act, thing))
    assert both.find("an anonymous report says so") == ("k:document",)
    assert "k:report" in both.find("She reported it at noon.")
    assert "k:report" in both.find("This must report it.")
    assert Mentions((act,)).find("the report is true") == ("k:report",)


def test_a_word_before_a_thing_says_of_what_kind_it_is() -> None:
    """Nobody trades at "a trade fair", and "the trade in shares" is trading."""
    trade = concept("trade", "action")
    assert not mentioned(trade, "She spoke at a trade fair.")
    assert mentioned(trade, "Employees report the trade in shares.")
    assert mentioned(trade, "They trade in shares.")


def test_the_second_of_two_verbs_is_no_thing() -> None:
    """To sign the review is no sign; the signs at the door are signs."""
    sign = concept("sign", "thing")
    assert not mentioned(sign, "The manager sets the goals and signs the review.")
    assert mentioned(sign, "The signs at the door and the sign on the wall.")


def test_a_name_of_one_word_is_not_the_end_of_a_longer_name() -> None:
    """The Supplier Code is another document than the Code."""
    code = concept("Code", "document")
    assert mentioned(code, "The Code applies to everybody.")
    assert not mentioned(code, "She sent the Supplier Code to its owner.")
    assert not mentioned(code, "The device has a code of six digits.")
    assert mentioned(code, "What does our code say?")


def test_amounts_per_person_speak_of_no_person() -> None:
    """An idiom's words are not words of their own."""
    assert not mentioned(concept("person"), "The dinner cost USD 80 per person.")
    assert mentioned(concept("person"), "A person asked.")
    assert not mentioned(concept("name"), "The receipt is in the authority's own name.")
    assert not mentioned(concept("team"), "In the team chat Ana wrote of it.")


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("allow", "Permitted. Clause 2.8 allows accepting a pen."),
        ("forbid", "Clause 4.7 does not forbid it."),
        ("say", "Clauses 2.1 and 7.6 each say something."),
        ("follow", "Victor claims that Hannah followed this rule."),
        ("breach", "She took it home. Is that a breach?"),
        ("breach", "Was anything about that a breach?"),
        ("say", "Whether it was in time is not said."),
        ("leave", "The inquiry left open whether it rained."),
        ("leave", "Where does that leave us?"),
        ("hear", "I heard from Olga that it rained."),
        ("claim", "Ivan claims that it rained."),
        ("say", "Going by the files, it was as Olga says."),
        ("policy", "The policy says: “Nobody may smoke”."),
    ],
)
def test_what_is_said_of_rules_mentions_nothing(label: str, text: str) -> None:
    """What a clause does and what is asked of it stands in every sample and tells of no allowing and no breach."""
    policy = Ontology(concepts=(concept(label, "action"),))
    assert not verify_links(policy, (sample(text, "", ()),))
    told = sample(f"My manager asked what we {label} and why.", "", ())
    assert [link.element_id for link in verify_links(policy, (told,))] == [policy.concepts[0].id]


def test_what_a_list_names_is_related_to_what_the_list_is_of() -> None:
    """Of "Related terms for X are A and B" the pair of A and B is not told."""
    date, contract, document = concept("date"), concept("contract"), concept("document")
    pairs = (relation("date", "RelatedTo", "contract"), relation("contract", "IsA", "document"))
    policy = Ontology(concepts=(date, contract, document), relations=pairs)
    listed = verify_links(policy, (sample("", "Related terms for “date” are “contract” and “document”."),))
    assert {link.element_id for link in listed if link.kind == "relation"} == {pairs[0].id}
    told = verify_links(policy, (sample("", "A contract is a document."),))
    assert {link.element_id for link in told if link.kind == "relation"} == {pairs[1].id}


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
    nothing = measure(type(POLICY)(), (), ()).by_kind["rule"]
    assert (nothing.ratio, nothing.shown) == (1.0, None)
    assert nothing.to_dict() == {"total": 0, "covered": 0, "ratio": None}


def test_ten_thousand_samples_are_verified_in_seconds() -> None:
    """Verification is linear in the text."""
    text = "May an employee accept a watch, a gift card or a meal from a supplier who knows the trade secret? " * 3
    samples = [sample(text, "Prohibited.", ("r1", "r3"), Verdict.PROHIBITED, str(place)) for place in range(2_000)]
    start = time.process_time()
    assert verify_links(POLICY, samples)
    assert time.process_time() - start < 4
