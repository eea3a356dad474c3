"""Two rules put together along a path of the graph, and paragraphs in short."""

import random
import re
from dataclasses import replace
from itertools import combinations

from generation.compositions import compositions, linked_rules
from generation.framing import frame_of
from generation.prompting import VERDICT_PHRASES
from generation.summaries import summaries
from kg.model import Ontology, RuleConcept, Verdict
from tests.generation.fixtures import policy

_POLICY = policy()
_THING = _POLICY.concepts[0].id
_ABOUT_IT = [_POLICY.rules[at].id for at in (0, 2, 4)]
ONTOLOGY = replace(_POLICY, rule_concepts=tuple(RuleConcept(id_, _THING, "object") for id_ in _ABOUT_IT))
FRAMES = {rule.id: frame_of(rule, ONTOLOGY) for rule in ONTOLOGY.rules}


def test_two_rules_are_linked_by_a_thing_of_which_both_speak() -> None:
    """The path rule - concept - rule: both have the concept for their object, and they stand in two clauses."""
    objects = {(link.rule_id, link.concept_id) for link in ONTOLOGY.rule_concepts if link.role == "object"}
    found = list(linked_rules(ONTOLOGY, FRAMES))
    assert {frozenset((pair.one.id, pair.other.id)) for pair in found} == set(
        map(frozenset, combinations(_ABOUT_IT, 2))
    )
    for pair in found:
        assert {(pair.one.id, pair.concept_id), (pair.other.id, pair.concept_id)} <= objects
        assert pair.one.clause_id != pair.other.clause_id


def test_a_composed_case_is_judged_by_both_rules() -> None:
    """Both clauses are cited, both acts told of one person, and the verdict is that of the stricter answer."""
    drafts = list(compositions(ONTOLOGY, FRAMES, random.Random(0)))
    assert drafts
    for draft in drafts:
        assert len(set(draft.rule_ids)) == len(set(draft.clause_ids)) == 2
        assert draft.verdict is not None
        assert draft.answer.startswith(f"{VERDICT_PHRASES[draft.verdict]}. ")
        assert len(re.findall(r"\b(?:Clause [\d.]+|The rule in )", draft.answer)) == 2
        assert draft.question.count("?") == 1
    assert {draft.verdict for draft in drafts} <= set(Verdict)


def _clause(text: str) -> Ontology:
    """The fixture's ontology with ``text`` for the clause of its first rule."""
    rule = ONTOLOGY.rules[0]
    clause = ONTOLOGY.clause_by_id[rule.clause_id]
    told = replace(clause, text=text, number="4.1")
    clauses = tuple(told if one.id == clause.id else one for one in ONTOLOGY.clauses)
    rules = tuple(one for one in ONTOLOGY.rules if one.id == rule.id or one.clause_id != clause.id)
    return replace(ONTOLOGY, clauses=clauses, rules=rules)


def test_a_summary_keeps_the_rules_and_what_binds_beside_them() -> None:
    """A sentence of mood and an aside go; a rule, its conditions, and a sentence with a figure stay."""
    own = ONTOLOGY.rules[0].text.rstrip(".")
    text = f"The river is old and so are our habits beside it. {own}, however small it seems to be. The period ends after 12 months."
    (draft,) = [one for one in summaries(_clause(text), random.Random(0)) if one.rule_ids[0] == ONTOLOGY.rules[0].id]
    assert own in draft.answer
    assert "ends after 12 months" in draft.answer
    assert "river" not in draft.answer
    assert "however small" not in draft.answer
    assert "river" in draft.question


def test_a_paragraph_of_which_nothing_can_be_left_out_gets_no_summary() -> None:
    own = ONTOLOGY.rules[0].text.rstrip(".")
    text = f"{own}. The period ends after 12 months. It must be renewed in writing by all who ask for it in time."
    assert not [one for one in summaries(_clause(text), random.Random(0)) if one.rule_ids[0] == ONTOLOGY.rules[0].id]


def test_two_paragraphs_that_follow_one_another_are_summed_up_together() -> None:
    """Both keep what binds; one that cannot be shortened stays whole beside the other."""
    first, second = (
        ONTOLOGY.rules[0],
        next(one for one in ONTOLOGY.rules if one.clause_id != ONTOLOGY.rules[0].clause_id),
    )
    texts = {
        first.clause_id: f"The river is old and so are our habits beside it. {first.text}",
        second.clause_id: second.text,
    }
    clauses = tuple(
        replace(ONTOLOGY.clause_by_id[id_], text=text, number=f"4.{number}")
        for number, (id_, text) in enumerate(texts.items(), start=1)
    )
    ontology = replace(ONTOLOGY, clauses=clauses, rules=(first, second))
    found = [one for one in summaries(ontology, random.Random(0)) if len(one.clause_ids) == 2]
    assert len(found) == 1
    assert "4.1 and 4.2" in found[0].answer
    assert first.text.rstrip(".") in found[0].answer
    assert second.text.rstrip(".") in found[0].answer
    assert "river" not in found[0].answer
