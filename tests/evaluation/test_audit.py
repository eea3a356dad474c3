"""The audit counts what happened, hides no region, and says how sure it is."""

import json

import pytest

from evaluation.answers import Answer, Contexts
from evaluation.audit import AuditOptions, audit
from evaluation.compare import pick_examples, rows
from evaluation.metrics import VERDICTS
from evaluation.probes import Probe
from evaluation.statistics import wilson
from evaluation.weakness import Standing, in_words, rank_key, standing
from kg.errors import PlumblineError, UserError
from kg.model import Ontology

Answers = tuple[Answer, ...]
Probes = tuple[Probe, ...]


def test_the_figures_are_those_of_the_cases(
    probes: Probes, unaligned: Answers, aligned: Answers, ontology: Ontology, found: Contexts
) -> None:
    """Nine cases: always-permitted has 3 right, the other 7 of 8 with one unscored."""
    result = audit(probes, unaligned, aligned, ontology, contexts=found)
    assert (result.n, result.families) == (9, 3)
    assert result.unaligned.accuracy is not None
    assert result.unaligned.accuracy.value == pytest.approx(3 / 9)
    assert result.unaligned.macro_f1 is not None
    assert result.unaligned.macro_f1.value == pytest.approx(0.5 / 3)
    assert (result.aligned.confusion.n, result.aligned.confusion.correct) == (8, 7)
    assert result.aligned.unscored == (("h09", "out of memory"),)
    assert result.lift is not None
    assert result.lift.n == 8
    assert result.lift.low < result.lift.value < result.lift.high
    assert (result.change.fixed, result.change.broken) == (4, 0)
    assert result.context_recall is not None
    assert result.context_recall.value == pytest.approx(6 / 9)
    shown, hidden = result.by_context
    assert (shown.shown, shown.aligned and shown.aligned.n, shown.aligned and shown.aligned.value) == (True, 6, 1.0)
    assert (hidden.shown, hidden.aligned and hidden.aligned.n, hidden.aligned and hidden.aligned.value) == (
        False,
        2,
        0.5,
    )
    assert result.aligned.citation is not None
    assert result.aligned.citation.value == pytest.approx(7 / 8)


def test_f1_by_verdict_and_macro_f1_by_region_have_their_intervals(
    probes: Probes, unaligned: Answers, aligned: Answers, ontology: Ontology
) -> None:
    """The same resamples give each verdict's F1; a region of nine cases says its macro-F1 where that is allowed."""
    result = audit(probes, unaligned, aligned, ontology, AuditOptions(macro_from=3))
    for place, verdict in enumerate(VERDICTS):
        interval = result.aligned.f1[place]
        assert interval is not None
        assert interval.value == pytest.approx(result.aligned.confusion.f1(verdict))
        assert interval.low <= interval.value <= interval.high
    plain = json.loads(json.dumps(result.to_dict()))
    assert plain["aligned"]["by_verdict"]["permitted"]["f1"]["n"] == 8
    gifts = next(region for region in result.regions if region.name == "1 Gifts")
    assert gifts.aligned_macro_f1 is not None
    assert (gifts.aligned_macro_f1.value, gifts.aligned_macro_f1.n) == (1.0, 6)


def test_regions_come_weakest_first_and_an_untested_one_is_listed(
    probes: Probes, unaligned: Answers, aligned: Answers, ontology: Ontology
) -> None:
    """Travel has 1 of 2 right, gifts 6 of 6; records were never asked about and come last, by name."""
    result = audit(probes, unaligned, aligned, ontology)
    assert [region.name for region in result.regions] == ["2 Travel", "1 Gifts", "3 Records"]
    travel, gifts, records = result.regions
    assert travel.errors == ("h08",)
    assert (travel.n, travel.aligned and travel.aligned.n) == (3, 2)
    assert gifts.words == "n = 6: too few to tell"
    assert (records.standing, records.words, records.n) == (Standing.UNTESTED, "no case: untested", 0)


def test_rules_with_errors_come_first_then_what_was_never_asked(
    probes: Probes, unaligned: Answers, aligned: Answers, ontology: Ontology
) -> None:
    """The failed clause leads; a rule that nobody asked about inherits its region's weakness."""
    needs = audit(probes, unaligned, aligned, ontology).needs
    assert (needs[0].rule_id, needs[0].wrong, needs[0].asked) == ("r2.1", 1, 2)
    weights = {need.rule_id: need.weight for need in needs}
    assert weights["r2.2"] == pytest.approx(0.5)
    assert weights["r3.1"] == pytest.approx(0.5)
    assert "r1.1" not in weights


def test_the_same_input_gives_the_same_plain_values(
    probes: Probes, unaligned: Answers, aligned: Answers, ontology: Ontology
) -> None:
    """Deterministic under its seed, and JSON all the way down."""
    one = json.dumps(audit(probes, unaligned, aligned, ontology).to_dict())
    assert one == json.dumps(audit(probes, unaligned, aligned, ontology).to_dict())


def test_a_probe_that_was_not_asked_is_unscored(probes: Probes, unaligned: Answers, ontology: Ontology) -> None:
    """A lost answer is counted, not taken for a wrong one."""
    result = audit(probes, unaligned, unaligned[:-1], ontology)
    assert result.aligned.unscored == (("h09", "the model was not asked"),)


def test_nothing_to_audit_and_contradictions_are_errors(ontology: Ontology) -> None:
    """No case, and a target that no accuracy can have."""
    with pytest.raises(PlumblineError, match="no case to audit"):
        audit((), (), (), ontology)
    with pytest.raises(UserError):
        AuditOptions(target=1.5)


def test_a_surely_weak_region_ranks_before_one_with_few_cases() -> None:
    """20 of 60 right is worse news than 0 of 1."""
    few, many, good = wilson(0, 1), wilson(20, 60), wilson(58, 60)
    order = sorted([(few, "few"), (None, "untested"), (good, "good"), (many, "many")], key=lambda pair: rank_key(*pair))
    assert [name for _, name in order] == ["many", "few", "good", "untested"]
    assert standing(many, 0.8, 12) is Standing.WEAK
    assert standing(good, 0.8, 12) is Standing.STRONG
    assert standing(wilson(17, 20), 0.8, 12) is Standing.OPEN
    assert in_words(wilson(9, 11), 0.8, 12) == "n = 11: too few to tell"


def test_examples_show_every_outcome_and_no_more_than_asked(
    probes: Probes, unaligned: Answers, aligned: Answers, found: Contexts
) -> None:
    """Mended, kept right, kept wrong and unscored cases are all shown, in the order of the cases."""
    table = rows(probes, found, unaligned, aligned)
    assert [row.outcome for row in table].count("mended") == 4
    chosen = pick_examples(table, 5)
    assert {row.outcome for row in chosen} == {row.outcome for row in table}
    assert len(chosen) == 5
    assert [row.probe_id for row in chosen] == sorted(row.probe_id for row in chosen)
    assert len(pick_examples(table, 50)) == 9
    shown = table[0].retrieved[0]
    assert (shown.citation, shown.gold) == ("1.1", True)
