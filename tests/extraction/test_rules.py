"""Rules: the grammar on invented sentences, and the rules of a whole small policy."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.rules import load_scorer, predictions
from extraction.nlp import Analyser
from extraction.rules import extract_frames, extract_rules, references
from extraction.rules_text import lead_ins, sentences
from extraction.rules_thresholds import thresholds
from kg.errors import UserError
from kg.model import ClauseKind, Modality, Rule
from tests.extraction.policy_text import policy

GOLD = Path("../shared/data/gold/rules-dev.jsonl")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Staff may not lend badges.", [("prohibition", "Staff", "lend", "badges")]),
        ("Volunteers need not wear a uniform.", [("permission", "Volunteers", "not wear", "uniform")]),
        ("No employee may accept gifts.", [("prohibition", "employee", "accept", "gifts")]),
        ("Employees may accept no gifts.", [("prohibition", "Employees", "accept", "gifts")]),
        ("Under no circumstances may you share your password.", [("prohibition", "you", "share", "your password")]),
        (
            "Managers should not ask for medical details.",
            [("recommendation", "Managers", "not ask for", "medical details")],
        ),
        ("You are not required to give a reason.", [("permission", "You", "not give", "reason")]),
        ("Employees do not have to attend.", [("permission", "Employees", "not attend", "")]),
        ("It is forbidden to copy keys.", [("prohibition", "", "copy", "keys")]),
        ("The Code prohibits employees from lending badges.", [("prohibition", "employees", "lend", "badges")]),
        ("Managers are responsible for training their teams.", [("obligation", "Managers", "train", "their teams")]),
        ("Employees have no right to private use.", [("prohibition", "Employees", "have", "right to private use")]),
        ("We do not tolerate harassment of any kind.", [("prohibition", "", "tolerate", "harassment of any kind")]),
        ("Never share the door code.", [("prohibition", "", "share", "door code")]),
        ("Please send the form.", [("recommendation", "", "send", "form")]),
        (
            "Employees must not only report the breach but also preserve evidence.",
            [("obligation", "Employees", "report", "breach"), ("obligation", "Employees", "preserve", "evidence")],
        ),
        (
            "A host may use or disclose the guest list.",
            [("permission", "host", "use", "guest list"), ("permission", "host", "disclose", "guest list")],
        ),
    ],
)
def test_modality_and_polarity(sentence: str, expected: list[tuple[str, str, str, str]], analyser: Analyser) -> None:
    """Each way of binding, allowing or forbidding is read with its actor, action and object."""
    found = [(str(f.modality), f.actor, f.action, f.object) for f in extract_frames(sentence, "", analyser)]
    assert found == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Gifts may create an impression of bias, and this section explains why.",
        "May I keep a pen?",
        "The office opened in 1999.",
        "This section shall not apply to contractors.",
        "Nothing in this policy prohibits employees from reporting to a regulator.",
        "Not all gifts may be accepted.",
        "The company shall not be liable to partners.",
        'The word "must" states a duty.',
        "A customer asks us to beat the offer of a rival.",
    ],
)
def test_descriptions_state_no_rule(sentence: str, analyser: Analyser) -> None:
    """Guesses, questions, facts, legal effects and words spoken of are not rules."""
    assert extract_frames(sentence, "", analyser) == ()


def test_conditions_exceptions_and_authority(analyser: Analyser) -> None:
    """Circumstances go to their own fields, the approver to the authority."""
    (frame,) = extract_frames("Staff may not lend badges to visitors unless the duty officer agrees.", "", analyser)
    assert (frame.condition, frame.exception, frame.authority) == (
        "to visitors",
        "unless the duty officer agrees",
        "duty officer",
    )
    (only,) = extract_frames("Lab keys may be issued only if the manager has signed the form.", "", analyser)
    assert (only.modality, only.condition) == (Modality.PERMISSION, "only if the manager has signed the form")


def test_restrictive_clause_and_pronoun(analyser: Analyser) -> None:
    """A who-clause is a condition, and "it" takes its noun from there."""
    (frame,) = extract_frames("An employee who finds a badge must return it.", "", analyser)
    assert (frame.actor, frame.action, frame.object, frame.condition) == (
        "employee",
        "return",
        "badge",
        "who finds a badge",
    )


@pytest.mark.parametrize(
    ("context", "item", "expected"),
    [
        (
            "The report must contain:",
            "the date of the incident;",
            ("obligation", "report", "contain", "date of the incident"),
        ),
        ("The host must:", "lock the door;", ("obligation", "host", "lock", "door")),
        ("Drivers are prohibited from carrying:", "passengers;", ("prohibition", "Drivers", "carry", "passengers")),
    ],
)
def test_items_inherit_their_lead_in(
    context: str, item: str, expected: tuple[str, str, str, str], analyser: Analyser
) -> None:
    """An item takes modality, actor and verb from its lead-in."""
    (frame,) = extract_frames(item, context, analyser)
    assert (str(frame.modality), frame.actor, frame.action, frame.object) == expected


def test_item_fills_an_open_condition(analyser: Analyser) -> None:
    """Where the lead-in ends in "if", the item is the condition."""
    (frame,) = extract_frames("the manager is present.", "A guest may enter the vault if:", analyser)
    assert frame.condition == "if: the manager is present"


def test_thresholds_compare() -> None:
    """Comparators, currencies and units are read in words and signs."""
    found = thresholds(
        "gifts worth more than USD 1,500 or up to $20 within 5 business days, at least 10% below 3 weeks"
    )
    assert [(t.comparator, t.value, t.unit) for t in found] == [
        (">", 1500.0, "USD"),
        ("<=", 20.0, "USD"),
        ("<=", 5.0, "business day"),
        (">=", 10.0, "percent"),
        ("<", 3.0, "week"),
    ]


def test_sentences_and_lead_ins() -> None:
    """Abbreviations do not end a sentence; a chain of lead-ins falls apart at its colons."""
    text = "Ask e.g. Legal first. Then act (see no. 4)! Done"
    assert [text[a:b] for a, b in sentences(text)] == ["Ask e.g. Legal first.", "Then act (see no. 4)!", "Done"]
    assert lead_ins("The host must: Lock, if:") == ("The host must", "Lock, if")


def test_rules_of_a_policy(analyser: Analyser) -> None:
    """Every rule points at its very words, knows its clause's state, and reads alone."""
    ontology = policy()
    rules, _ = extract_rules(ontology, analyser)
    text = ontology.documents[0].text
    assert len({rule.id for rule in rules}) == len(rules)
    assert all(text[rule.span.start : rule.span.end] in rule.text for rule in rules)
    by_action = {(rule.action, rule.object): rule for rule in rules}
    gift = by_action["accept", "gift worth more than USD 100"]
    assert (gift.modality, gift.authority) == (Modality.PROHIBITION, "line manager")
    assert [(t.comparator, t.value, t.unit) for t in gift.thresholds] == [(">", 100.0, "USD")]
    assert by_action["contain", "date of the incident"].text == "The report must contain: the date of the incident;"
    assert by_action["not register", "meals"].superseded
    assert by_action["mean", "anything of value, such as goods and vouchers"].modality is Modality.DEFINITION


def test_rules_are_stable(analyser: Analyser, parser: Path) -> None:
    """The same clauses give the same rules; equal wording in two clauses shares a family."""
    line = "Employees must wear a badge in the production hall.\n"
    rules, _ = extract_rules(policy(line + line), analyser)
    assert extract_rules(policy(line + line), Analyser(parser))[0] == rules
    assert len(rules) == 2
    assert len({rule.family for rule in rules}) == 1


def test_fields_are_clean(analyser: Analyser) -> None:
    """No field keeps markup, stray punctuation or a hanging conjunction."""
    text = "**Employees** must, if asked, `lock` the *door*, and never prop it open.\nStaff may keep pens and;\n"
    rules, _ = extract_rules(policy(text), analyser)
    fields = [getattr(rule, name) for rule in rules for name in ("actor", "action", "object", "condition", "exception")]
    assert rules
    assert not [f for f in fields if f.endswith((",", ";", ":", " and", " or")) or "*" in f or "`" in f]


@settings(max_examples=40, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("must may not if unless, ;:()\"'—the gift employee accept or and 1$§"), max_size=80
    )
)
def test_no_text_breaks_the_grammar(analyser: Analyser, text: str) -> None:
    """Nonsense gives frames or none, never an error."""
    for frame in extract_frames(text, "", analyser):
        assert isinstance(frame.modality, Modality)


def test_table_rows(analyser: Analyser) -> None:
    """A header with a modal and its value make one rule each."""
    base = policy("Benefit: Gift; Line manager must approve: above USD 75; Board must approve: none\n")
    row = replace(base.clauses[0], kind=ClauseKind.TABLE_ROW)
    (rule,) = extract_rules(replace(base, clauses=(row,)), analyser)[0]
    assert (rule.actor, rule.action, rule.object) == ("Line manager", "approve", "gift")
    assert rule.condition == "if the value is above USD 75"


def test_references() -> None:
    """Numbers of other clauses are listed once each."""
    assert references("See section 3.2, Article 5 and § 164.502(a); section 3.2 applies.") == ("3.2", "5", "164.502(a)")


def test_unknown_model() -> None:
    """A model that is not there is the user's error, with a remedy."""
    with pytest.raises(UserError) as error:
        Analyser("no_such_model")
    assert error.value.hint


@pytest.mark.skipif(not GOLD.is_file(), reason="the shared gold set is not here")
def test_gold_bars(analyser: Analyser) -> None:
    """The bars of the project on its gold set hold, and no polarity is ever turned round."""
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines() if line.strip()]
    score = load_scorer(GOLD).score(rows, predictions(rows, analyser))
    assert score["polarity_errors"] == 0
    assert score["detection"]["f1"] >= 0.85
    assert score["detection_strict"]["f1"] >= 0.80
    assert score["modality_accuracy"] >= 0.95
    bars = {"actor": 0.85, "action": 0.85, "object": 0.75, "condition": 0.75}
    assert not {name: score["fields"][name] for name, bar in bars.items() if score["fields"][name]["token_f1"] < bar}
    assert score["no_rule_rows"]["accuracy"] >= 0.90


def test_rule_type(analyser: Analyser) -> None:
    """Rules come as the shared record."""
    assert all(isinstance(rule, Rule) for rule in extract_rules(policy(), analyser)[0])
