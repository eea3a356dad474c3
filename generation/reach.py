"""Why a target stays uncovered: the budget went elsewhere, or no writer can exercise it, and for what reason."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generation.proving import Proved
from kg.coverage import Coverage, Key, Target
from kg.model import Ontology
from kg.words import tokens

BUDGET = "within reach, the budget went to what covers more"
REFUSED = "every draft that exercises it was refused by the filters"


@dataclass(frozen=True, slots=True)
class Unreached:
    """A target that no kept sample exercises. ``within_reach``: some draft that was written does exercise it."""

    key: Key
    within_reach: bool
    why: str

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        kind, element, verdict = self.key
        return {
            "kind": kind, "element": element, "verdict": verdict or None, "within_reach": self.within_reach,
            "why": self.why,
        }  # fmt: skip


def unreached(
    ontology: Ontology, coverage: Coverage, written: Iterable[Proved], refused: frozenset[str]
) -> tuple[Unreached, ...]:
    """The targets that ``coverage`` lacks, in its order; ``written`` is everything that the writers had to offer.

    ``refused`` are the questions that the filters turned away.
    """
    records = list(written)
    forms: dict[Key, Counter[str]] = defaultdict(Counter)
    for one in records:
        for key in one.keys - coverage.covered:
            forms[key]["" if one.draft.question in refused else one.draft.kind] += 1
    missing = [target for target in coverage.targets if target.key not in coverage.covered]
    why = _Reasons(ontology, records, missing)
    return tuple(
        _within(target.key, forms[target.key])
        if target.key in forms
        else Unreached(target.key, within_reach=False, why=why.of(target))
        for target in missing
    )


def _within(key: Key, forms: Mapping[str, int]) -> Unreached:
    kinds = sorted(set(forms) - {""})
    return Unreached(key, bool(kinds), f"{BUDGET} (as {', '.join(kinds)})" if kinds else REFUSED)


class _Reasons:
    """What is known of the targets that no draft exercises."""

    def __init__(self, ontology: Ontology, records: Iterable[Proved], missing: Iterable[Target]) -> None:
        self._ontology = ontology
        self._mentioned = {link.element_id for one in records for link in one.links if link.kind == "concept"}
        labels = {target.element_id: tokens(target.label) for target in missing if target.kind == "concept"}
        wanted = {tuple(words) for words in labels.values() if words}
        self._spoken: set[tuple[str, ...]] = set()
        widths = sorted({len(words) for words in wanted})
        for text in dict.fromkeys(f"{one.draft.question} {one.draft.answer}" for one in records if wanted):
            words = tokens(text)
            runs = {tuple(words[at : at + width]) for width in widths for at in range(len(words) - width + 1)}
            self._spoken |= wanted & runs
        self._of_rule = {link.concept_id for link in ontology.rule_concepts}
        self._relations = {relation.id: relation for relation in ontology.relations}

    def of(self, target: Target) -> str:
        """The reason in words."""
        if target.kind == "concept":
            return self._concept(target)
        if target.kind == "relation":
            return self._relation(target)
        return {
            "rule": "no case of this verdict is proved to speak of the rule",
            "relation_type": "no relation of this type is within reach",
            "exception": "no draft about the rule speaks of its exception in the rule's words",
            "conflict": "no draft speaks of both rules in their words",
            "tuple": "no draft about such a rule speaks of all of these in the rule's words",
        }[target.kind]

    def _concept(self, target: Target) -> str:
        if tuple(tokens(target.label)) in self._spoken:
            return "its name stands in drafts only as a part of a longer name or as another part of speech"
        if target.element_id in self._of_rule:
            return "the cases and paragraphs about its rules use other words"
        if self._ontology.relations_of_concept.get(target.element_id):
            return "no paragraph names it beside its neighbours"
        return "no rule, relation or clause speaks of it"

    def _relation(self, target: Target) -> str:
        relation = self._relations[target.element_id]
        if relation.source_id == relation.target_id:
            return "a loop: one mention cannot prove it"
        if {relation.source_id, relation.target_id} - self._mentioned:
            return "one of its ends is mentioned by no draft"
        if relation.rule_ids:
            return "no draft proved for a rule that states it names both ends in one sentence"
        return "no draft names both ends in one sentence"
