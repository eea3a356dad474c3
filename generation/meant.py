"""Whom and what a rule means that its sentence does not say: "Records must be deleted" is for the employees to do.

One plain sentence for each relation of a rule that its own words do not show. It never says more than the rule: where the
rule holds on terms, a permission is told on these terms, and a duty is told as whose it is.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from generation.concept_names import deed, is_act, is_plural, name_of, plural_name
from generation.grammar import sentence, verb_form
from generation.quotations import stated
from kg.coverage_links import Reader
from kg.model import Concept, Modality, Ontology, Relation, Rule
from kg.words import content

_TO, _MOST = "DirectedTo", 2
_NORMS = frozenset({"Must", "MustNot", "May", "NeedNot", "Should", "ShouldNot"})
_WITH = frozenset({"share", "discuss"})
_DIRECTED = {Modality.PERMISSION: "may be", Modality.PROHIBITION: "must not be"}
_GIVEN = re.compile(r"^(?:give|grant) (?:approval|consent|permission)")
"""An act of whoever approves, whom the sentence seldom names: it is not told as everybody's."""


class Meant:
    """The relations that no sentence of their rules shows, by rule."""

    def __init__(self, ontology: Ontology) -> None:
        reader = Reader(ontology)
        self._concepts, self._rules = ontology.concept_by_id, ontology.rule_by_id
        self._of_rule: dict[str, list[Relation]] = defaultdict(list)
        said = {rule.id: frozenset(reader.read(stated(rule))[1]) for rule in ontology.rules}
        for relation in ontology.relations:
            rules = [id_ for id_ in relation.rule_ids if id_ in said]
            unsaid = bool(rules) and not any(relation.id in said[id_] for id_ in rules)
            named = relation.type == _TO and self._label(relation.target_id) in self._label(relation.source_id)
            given = _GIVEN.search(self._label(relation.target_id))  # "approval must be given" binds whoever asks for it
            if unsaid and relation.type in _NORMS | {_TO} and not named and not given:
                for id_ in rules:
                    self._of_rule[id_].append(relation)

    def _label(self, concept_id: str) -> str:
        found = self._concepts.get(concept_id)
        return found.label.lower() if found else ""

    def of(self, concept: Concept, rules: Sequence[Rule]) -> list[str]:
        """Sentences such as "So employees must delete records.", of what the rules make of ``concept`` alone."""
        found = {one.id: one for rule in rules for one in self._of_rule[rule.id]}.values()
        own = [one for one in found if self._concerns(one, concept)]
        norms = {one.target_id for one in own if one.type in _NORMS and is_act(self._concepts[one.target_id])}
        told = [one for one in own if one.type != _TO or one.source_id not in norms]
        return [self._told(one, own, bounded=self._bounded(one, rules)) for one in told[:_MOST]]

    def _concerns(self, relation: Relation, concept: Concept) -> bool:
        """Whether ``concept`` is an end of ``relation``, or what its act is done to: "spill" in "report spill"."""
        acted = f" {self._label(relation.target_id)} ".partition(" ")[2]
        return concept.id in {relation.source_id, relation.target_id} or f" {concept.label.lower()} " in f" {acted}"

    def _bounded(self, relation: Relation, rules: Sequence[Rule]) -> bool:
        """Whether what was quoted holds on terms, or of some things only: not every instruction is one "that breaks the Code"."""
        label = set(content(self._label(relation.target_id)))
        own = [rule for rule in rules if rule.id in relation.rule_ids]
        return any(rule.condition or rule.exception or not set(content(rule.object)) <= label for rule in own)

    def _told(self, relation: Relation, own: Sequence[Relation], *, bounded: bool) -> str:
        """``bounded``: the rule that was quoted holds on terms, which the sentence must not drop."""
        source, target = self._concepts[relation.source_id], self._concepts[relation.target_id]
        if relation.type == _TO:
            return self._directed(relation, source, target)
        to = next((one.target_id for one in own if one.type == _TO and one.source_id == target.id), "")
        whom = f" {_by(target)} {name_of(self._concepts[to])}" if to else ""
        return bound(relation.type, source, target, whom, bounded=bounded)

    def _directed(self, relation: Relation, act: Concept, to: Concept) -> str:
        """To whom the act of a rule is directed: "A spill is reported to Health and Safety."."""
        verb, *rest = act.label.split()
        modality = next((self._rules[id_].modality for id_ in relation.rule_ids if id_ in self._rules), None)
        thing = deed(f"take {' '.join(rest)}", "base").removeprefix("take ")
        plain = Concept(act.id, " ".join(rest), "thing", (), "", 1.0, "", ())
        force = _DIRECTED.get(modality, "are" if is_plural(plain) else "is") if modality else "is"
        terms = "on these terms " if modality == Modality.PERMISSION else ""
        return sentence(f"{terms}{thing} {force} {verb_form(verb, 'pp')} {_by(act)} {name_of(to)}")


def _by(act: Concept) -> str:
    return "with" if act.label.split()[0] in _WITH else "to"


def bound(type_: str, source: Concept, target: Concept, whom: str = "", *, bounded: bool) -> str:
    """What the one whom a rule binds must, may or need not do; ``whom``: to whom."""
    who, terms = _those(source), "on these terms " if bounded else ""
    if not is_act(target):
        return sentence(f"The rule on {name_of(target)} is meant for {who}")
    act = f"{deed(target.label, 'base', several=True)}{whom}"
    if type_ == "Must":
        return sentence(f"So {who} must {act}")
    if type_ == "MustNot" and bounded:
        return sentence(f"This ban on {deed(target.label, 'ing', several=True)}{whom} is meant for {who}")
    if type_ == "MustNot":
        one = f"no {source.label}" if who != name_of(source) else who
        return sentence(f"{one} may {'not ' if one == who else ''}{act}")
    if type_ in {"Should", "ShouldNot"}:
        return sentence(f"So {who} should {'not ' if type_ == 'ShouldNot' else ''}{act}")
    return sentence(f"{terms}{who} {_VERBS[type_]} {act}")


_VERBS = {"May": "may", "NeedNot": "need not"}


def _those(concept: Concept) -> str:
    """Whom a rule binds: "employees", "the Ethics Office"."""
    return plural_name(concept) if concept.label.islower() and concept.kind == "party" else name_of(concept)
