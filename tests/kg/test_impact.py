"""What a new version makes stale: samples by the rules they exercise, verdicts by the clauses that decided them."""

from dataclasses import replace

from kg.impact import difference, impact, recognised, stale_samples, stale_verdicts
from kg.model import Exercise, Judgement, Sample, Verdict
from tests.kg.test_versions import BREACH, GIFT, MEAL, policy

OLD = policy(("1", GIFT), ("2", MEAL), ("3", BREACH))
NEW = policy(("1", GIFT.replace("100", "50")), ("2", BREACH), version="2", name="code-2.md")


def sample(key: str) -> Sample:
    return Sample(key, "scenario", "test", "f", f"{key}?", "", None, (), ())


def test_samples_of_changed_rules_are_stale() -> None:
    """A changed and a dropped rule make their samples stale; a renumbered one does not."""
    samples = [sample("gift"), sample("meal"), sample("breach"), sample("none")]
    exercises = [
        Exercise("gift", "rule", OLD.rules[0].id, "span", 1.0),
        Exercise("meal", "rule", OLD.rules[1].id, "span", 1.0),
        Exercise("breach", "rule", OLD.rules[2].id, "span", 1.0),
        Exercise("none", "concept", "k:gift", "span", 1.0),
    ]
    compared = impact(OLD, NEW).comparison
    stale = stale_samples(compared, OLD, samples, exercises)
    assert [(one.sample_id, [str(change) for _, change in one.rules]) for one in stale] == [
        ("gift", ["changed"]), ("meal", ["removed"]),
    ]  # fmt: skip
    assert stale_samples(impact(OLD, OLD).comparison, OLD, samples, exercises) == ()


def test_rules_are_recognised_under_another_file_name() -> None:
    """A dataset written from the same policy in another file is stale all the same."""
    read = policy(("1", GIFT), ("2", MEAL), ("3", BREACH), name="renamed.md")
    compared = impact(OLD, NEW).comparison
    assert recognised(compared, read) == 3
    exercises = [Exercise("gift", "rule", read.rules[0].id, "span", 1.0)]
    assert [one.sample_id for one in stale_samples(compared, read, [sample("gift")], exercises)] == ["gift"]


def test_verdicts_of_changed_clauses_are_stale() -> None:
    """A verdict falls with a clause that decided its case, for both models."""
    rows = [
        Judgement("run", f"p{place}", model, "May I?", Verdict.PROHIBITED, None, clause_ids=(OLD.clauses[place].id,))
        for place in range(3)
        for model in ("unaligned", "aligned")
    ]
    stale = stale_verdicts(impact(OLD, NEW).comparison, OLD, rows)
    assert [(one.probe_id, one.model, one.clauses[0][0]) for one in stale] == [
        ("p0", "unaligned", "1"), ("p0", "aligned", "1"), ("p1", "unaligned", "2"), ("p1", "aligned", "2"),
    ]  # fmt: skip


def test_plain_values_hold_all_changes() -> None:
    """The JSON lists what changed, counts also what stayed, and names the changed field."""
    told = impact(OLD, NEW).to_dict()
    assert {key: value for key, value in told["counts"]["clauses"].items() if value} == {
        "changed": 1, "removed": 1, "renumbered": 1,
    }  # fmt: skip
    assert [row["change"] for row in told["clauses"]] == ["changed", "removed", "renumbered"]
    fields = [item["field"] for row in told["rules"] for item in row["fields"]]
    assert "threshold" in fields
    same = impact(OLD, replace(OLD)).to_dict()
    assert same["clauses"] == same["rules"] == same["concepts"] == []


def test_a_difference_shows_the_words_that_changed() -> None:
    """Long equal parts are cut to a few words around the change."""
    shown = difference(
        "one two three four five six seven eight nine worth 75 dollars",
        "one two three four five six seven eight nine worth 50 dollars",
    )
    assert shown == "... seven eight nine worth [75 > 50] dollars"
