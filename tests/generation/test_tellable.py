"""Which rules are told as stories, which in their own words, and what a case about a permission or a definition is about."""

import random
import re
from dataclasses import replace

import pytest

from generation.definitions import sound_instances
from generation.framing import frame_of
from generation.plainness import plain
from generation.quoting import quote_of
from generation.recasting import recast
from generation.scenarios import write_triple
from generation.situations import Pivot, choose_pivot, pivots
from kg.model import Modality, Ontology, Rule, Threshold, Verdict
from tests.generation.fixtures import policy

ONTOLOGY = policy()
M = Modality


def _rule(modality: Modality, actor: str, action: str, object_: str, text: str, condition: str = "") -> Rule:
    return replace(
        ONTOLOGY.rules[1], id=f"rule:{text}", modality=modality, actor=actor, action=action, object=object_,
        condition=condition, text=text,
    )  # fmt: skip


def _with(rule: Rule) -> Ontology:
    return replace(ONTOLOGY, rules=(*ONTOLOGY.rules, rule))


@pytest.mark.parametrize(
    ("rule", "quoted"),
    [
        (_rule(M.PROHIBITION, "", "allow", "spam", "We do not allow spam."), True),
        (_rule(M.PROHIBITION, "Supervisors", "allow", "visitors in the plant", "Supervisors must not allow visitors in the plant."), False),
        (_rule(M.OBLIGATION, "you", "provide", "us", "You must provide us with a proof."), True),
        (_rule(M.OBLIGATION, "We", "bill", "you", "We will bill you each month."), True),
        (_rule(M.PERMISSION, "Travel", "impact", "account status", "Travel may impact account status."), True),
        (_rule(M.PROHIBITION, "Employees", "share", "passwords", "Employees must not share passwords."), False),
        (_rule(M.OBLIGATION, "Users", "post", "texts of their own", "Users must only post texts of their own."), True),
    ],
    ids=lambda value: value.text if isinstance(value, Rule) else "",
)  # fmt: skip
def test_what_makes_no_story_is_quoted(rule: Rule, quoted: bool) -> None:
    """The policy's own act, a mere receiver, words to the reader, what merely happens, and an "only" of a duty."""
    frame = frame_of(rule, _with(rule))
    assert bool(frame.quote) == quoted, frame.act
    if quoted and not recast(frame, random.Random(0)):
        told = write_triple(frame, 0, random.Random(1))
        assert all(f"“{frame.quote}”" in case.question for case in told.values())


def test_a_recommendation_turns_on_a_good_reason() -> None:
    """What is merely recommended is prohibited to leave undone only where no good reason speaks against it."""
    rule = next(rule for rule in ONTOLOGY.rules if rule.modality == M.RECOMMENDATION)
    frame = frame_of(rule, ONTOLOGY)
    assert frame.facts[0].body == "there is a good reason not to do it"
    assert Pivot.ACT not in {pivot for pivot, _ in pivots(frame)}
    told = write_triple(frame, 0, random.Random(0))
    assert "no good reason" in told[Verdict.PROHIBITED].question
    assert re.search(
        r"unless there is a good reason not to do it, which was not the case, but .+ did not do so\.$",
        told[Verdict.PROHIBITED].reason,
    )


def test_a_bare_permission_is_told_as_an_act_against_it() -> None:
    """A manager forbids what an employee may do; a body is prevented from what it may do; who goes beyond a restricted one breaks it."""
    bare = _rule(M.PERMISSION, "Employees", "use", "social media", "Employees may use social media.")
    only = _rule(M.PERMISSION, "Employees", "use", "social media", "Employees may use social media at lunch only.")
    body = _rule(M.PERMISSION, "The Board", "change", "the rules", "The Board may change the rules.")
    acts = []
    for rule in (bare, only, body):
        turned = recast(frame_of(rule, _with(rule)), random.Random(0))
        assert turned is not None
        acts.append(turned.act)
    assert acts[0] == "forbid an employee to use social media"
    assert acts[2] == "prevent the Board from changing the rules"
    beyond = write_triple(frame_of(only, _with(only)), 0, random.Random(0))[Verdict.PROHIBITED]
    assert re.search(
        r"“Employees may use social media at lunch only”\.? .*requires this", f"{beyond.question} {beyond.reason}"
    )
    told = write_triple(frame_of(bare, _with(bare)), 0, random.Random(0))
    assert told[Verdict.PROHIBITED].reason.endswith(" forbade it.")


def test_what_nobody_need_do_is_demanded_and_what_speaks_of_its_actor_is_stopped() -> None:
    """Who need not have proof is told to have it; words for the actor would mean the one who forbids it."""
    spared = _rule(M.PERMISSION, "Anyone", "not have", "proof", "Anyone who reports need not have proof.")
    own = _rule(M.PERMISSION, "The Board", "change", "its own rules", "The Board may change its own rules.")
    acts = [turned.act for rule in (spared, own) if (turned := recast(frame_of(rule, _with(rule)), random.Random(0)))]
    assert acts == ["require everybody to have proof", "stop a colleague who went by this rule"]


def test_who_goes_beyond_what_may_only_be_done_breaks_the_rule() -> None:
    """A quoted "may ... only" is kept or broken: nobody has to stop somebody else for a breach of it."""
    rule = _rule(M.PERMISSION, "They", "do", "so", "They may do so only where the Board has said so to them.")
    frame = replace(frame_of(rule, _with(rule)), quote=rule.text)
    told = write_triple(frame, 0, random.Random(0))
    assert re.search(r"requires this, but \w+ did not keep to it\.$", told[Verdict.PROHIBITED].reason)


def test_nobody_bans_what_is_suffered() -> None:
    """To work "without being mocked" is a right, and no act that somebody could ban."""
    right = _rule(M.PERMISSION, "Everyone", "work", "without being mocked", "Everyone may work without being mocked.")
    turned = recast(frame_of(right, _with(right)), random.Random(0))
    assert turned is not None
    assert not turned.act.startswith("ban ")


def test_no_thing_keeps_to_a_rule() -> None:
    """Of a rule that begins with the name of a thing a person is said to keep to it, or to break it."""
    rule = _rule(M.PROHIBITION, "Water", "need", "an approval", "Water, tea and coffee need no approval.")
    frame = frame_of(rule, _with(rule))
    assert frame.quote
    assert not any(
        "Water broke" in case.question or "Water kept" in case.question or "Water went" in case.question
        for seed in range(9)
        for case in write_triple(frame, 0, random.Random(seed)).values()
    )


def test_a_quotation_that_points_back_is_quoted_with_what_it_points_to() -> None:
    """What such a card is, the sentence before tells."""
    text = "Visitors get a card at the desk. A visitor who holds such a card must return it."
    rule = replace(
        _rule(M.OBLIGATION, "visitor who holds such a card", "return", "it", "A visitor who holds such a card must return it."),
        clause_id=ONTOLOGY.clauses[0].id,
    )  # fmt: skip
    clause = replace(ONTOLOGY.clauses[0], text=text)
    frame = replace(frame_of(rule, replace(ONTOLOGY, rules=(rule,), clauses=(clause,))), quote=rule.text.rstrip("."))
    assert frame.lead == "Visitors get a card at the desk."
    case = write_triple(frame, 0, random.Random(0))[Verdict.PROHIBITED]
    assert "“Visitors get a card at the desk. A visitor who holds such a card must return it”" in case.question


def test_a_thing_that_needs_no_approval_goes_without_nothing() -> None:
    """Tea that needs no approval frees whoever serves it: it is quoted, and not told of the tea."""
    rule = _rule(M.PERMISSION, "Tea", "not need", "approval", "Tea and coffee need no approval.")
    assert frame_of(rule, _with(rule)).quote


def test_what_we_promise_is_kept_by_the_company() -> None:
    """A rule that is quoted and binds "us" is kept or broken by the company, not by whoever works there."""
    rule = _rule(
        M.OBLIGATION, "we", "ensure", "", "We will ensure that we follow the law, as and to the extent set out below."
    )
    frame = replace(frame_of(rule, _with(rule)), quote=rule.text)
    for seed in range(9):
        case = write_triple(frame, 0, random.Random(seed))[Verdict.PROHIBITED]
        assert re.search(r"\bthe company (?:kept|followed|broke|went)", case.question)
        assert case.reason.endswith("but the company did not keep to it.")


def test_a_definition_is_misapplied_by_an_act() -> None:
    """Somebody refuses to count a thing as what the definition counts it as."""
    rule = next(rule for rule in ONTOLOGY.rules if rule.modality == M.DEFINITION)
    turned = recast(frame_of(rule, ONTOLOGY), random.Random(0))
    assert turned is not None
    assert re.fullmatch(r"refuse to count an? \w+ as a gift", turned.act)
    assert turned.turned is not None
    assert turned.turned.form == "refused"


@pytest.mark.parametrize(
    ("means", "told"),
    [
        ("letter, note or entry, on paper or in a file, that shows what we promised or did", "a letter that shows what we promised"),
        ("snack, song, trip or stay at which the host is present", "a snack at which the host is present"),
        ("aunt, uncle, or cousin, and anyone who shares the flat", "an aunt"),
    ],
)  # fmt: skip
def test_what_a_list_says_of_its_things_is_told_of_the_one(means: str, told: str) -> None:
    """Not every letter is a record."""
    rule = _rule(M.DEFINITION, '"Record"', "", means, f'"Record" means any {means}.')
    assert sound_instances(frame_of(rule, ONTOLOGY)) == [told]


@pytest.mark.parametrize(
    ("rule", "well"),
    [
        (_rule(M.PROHIBITION, "Employees", "share", "passwords", "Employees must not share passwords."), True),
        (_rule(M.OBLIGATION, "Employees", "report", "accidents", "Employees must report accidents to the line manager."), True),
        (_rule(M.PROHIBITION, "Employees", "offer", "anything of value", "Employees must not offer anything of value."), True),
        (_rule(M.OBLIGATION, "Employees", "answer", "the request", "Employees must answer the request."), True),
        (_rule(M.OBLIGATION, "Employees", "settle", "such cases likewise", "Employees must settle such cases likewise."), False),
        (_rule(M.PROHIBITION, "Employees", "sign", "only one of two copies", "Employees must not sign only one of two copies."), False),
        (_rule(M.OBLIGATION, "Panels", "have", "at least two members", "Panels must have at least two members."), False),
        (_rule(M.OBLIGATION, "Employees", "check", "facts, figures and quotations", "Employees must check facts, figures and quotations."), True),
    ],
    ids=lambda value: value.text if isinstance(value, Rule) else "",
)  # fmt: skip
def test_only_an_act_that_introduces_what_it_speaks_of_is_told(rule: Rule, well: bool) -> None:
    """Words that lean on another sentence and many who act are left to the rule's own words; "the request" becomes "a request"."""
    frame = frame_of(rule, _with(rule))
    assert plain(frame) == well, frame.act
    told = write_triple(frame, 0, random.Random(1))
    assert all(("“" in case.question) != well for case in told.values())


def test_a_definition_is_quoted_without_what_leads_in_to_it() -> None:
    """The sentence that opens a list of terms is no part of the term that the case is about."""
    text = 'In these pages: "Gift" means anything of value that is given.'
    assert quote_of(_rule(M.DEFINITION, '"Gift"', "mean", "anything of value", text)).startswith("Gift means")


def test_a_long_rule_is_quoted_by_the_part_that_says_it() -> None:
    """The part with action and object is kept, and an ellipsis stands where words are left out."""
    text = "In the course of the many journeys that our people make each year, by road and by rail and by air, and whatever the weather, drivers must wear a seat belt, which saves lives."
    found = quote_of(_rule(M.OBLIGATION, "drivers", "wear", "seat belt", text), 14)
    assert "drivers must wear a seat belt" in found
    assert found.startswith("… ")
    assert len(found.split()) <= 16


def test_what_calls_for_an_act_is_told_before_it() -> None:
    """A manager who saw nothing is not asked whether she reported it: the occasion comes first, and the act decides."""
    text = "A manager who notices a leak must report it to the fire brigade."
    rule = _rule(M.OBLIGATION, "manager", "report", "leak to the fire brigade", text, condition="who notices a leak")
    frame = frame_of(rule, _with(rule))
    assert [fact.style for fact in frame.facts] == ["clause"], frame
    assert choose_pivot(frame, 0, random.Random(0))[0] == Pivot.ACT
    for case in write_triple(frame, 0, random.Random(0)).values():
        assert re.search(r"noticed a leak\..* report", case.question), case.question


def test_a_duty_that_a_sentence_first_spares_is_quoted() -> None:
    """Of "need not be finished by May but must be by June" the act that is told is the one that nobody asks for."""
    text = "A trainee need not finish a course during a leave but must finish it within 30 days."
    rule = _rule(M.OBLIGATION, "trainee", "finish", "a course during a leave", text)
    assert frame_of(rule, _with(rule)).quote


def test_a_quotation_says_whom_it_means() -> None:
    """A sentence that begins with a pronoun is quoted with the one whom its record names."""
    rule = _rule(M.OBLIGATION, "Drivers", "check", "the tyres", "They must check the tyres.")
    assert quote_of(rule) == "Drivers must check the tyres"


def test_a_gift_that_needs_approval_is_given_where_the_clause_is_on_giving() -> None:
    """Without a word on giving a gift is accepted."""
    text = "A gift above USD 75 requires the approval of the Board."
    rule = replace(
        _rule(M.OBLIGATION, "gift above USD 75", "require", "approval of the Board", text),
        thresholds=(Threshold(">", 75, "USD", "above USD 75"),),
    )
    giving = replace(_rule(M.PERMISSION, "Employees", "give", "a gift", "Employees may give a gift."), id="rule:give")
    alone, beside = replace(ONTOLOGY, rules=(rule,)), replace(ONTOLOGY, rules=(rule, giving))
    assert frame_of(rule, alone).act.startswith("accept a gift")
    assert frame_of(rule, beside).act.startswith("give a gift")


def test_who_needs_two_approvals_has_both() -> None:
    """Above the higher of two limits "as well" asks for what the lower one asks for, too."""
    text = "A trip above USD 120 requires the approval of the head of sales, and a trip above USD 400 requires the approval of the Board as well."
    low = replace(
        _rule(M.OBLIGATION, "trip above USD 120", "require", "approval of the head of sales", text),
        id="rule:low", thresholds=(Threshold(">", 120, "USD", "above USD 120"),),
    )  # fmt: skip
    high = replace(
        low, id="rule:high", actor="trip above USD 400", object="approval of the Board",
        thresholds=(Threshold(">", 400, "USD", "above USD 400"),),
    )  # fmt: skip
    ontology = replace(ONTOLOGY, rules=(low, high))
    assert frame_of(low, ontology).facts[0].authority == "the head of sales"
    assert frame_of(high, ontology).facts[0].authority == "the head of sales and the Board"
    told = write_triple(frame_of(high, ontology), 0, random.Random(0))
    assert "the approval of the head of sales and the Board" in told[Verdict.PERMITTED].reason
    unsaid = [replace(rule, text=text.replace(" as well", "")) for rule in (low, high)]
    assert (
        frame_of(unsaid[1], replace(ontology, rules=tuple(unsaid))).facts[0].authority
        == "the head of sales and the Board"
    )
    ended = replace(unsaid[0], thresholds=(*low.thresholds, Threshold("<=", 400, "USD", "up to USD 400")))
    assert frame_of(unsaid[1], replace(ontology, rules=(ended, unsaid[1]))).facts[0].authority == "the Board"
