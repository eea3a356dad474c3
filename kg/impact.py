"""What a new version of a policy means: what changed in it, and which samples and verdicts no longer stand.

A sample is stale when it exercises a rule that the new version changed or dropped; a verdict of an audit when a clause that
decided its case did. Both are recognised by what the rule or clause says, and by id, so that it does not matter under which
file name the version at hand was read.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from kg.model import Clause, Concept, Document, Exercise, Judgement, Ontology, Rule, Sample
from kg.versions import Comparison, compare, content_key
from kg.versions_changes import Change, ClauseChange, ConceptChange, RuleChange
from kg.versions_rules import rule_fields, rule_key

LOST: Final = (Change.CHANGED, Change.REMOVED)
CONTEXT_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class StaleSample:
    """A sample and the rules it exercises that stand no more, with what became of each."""

    sample_id: str
    question: str
    rules: tuple[tuple[str, Change], ...]


@dataclass(frozen=True, slots=True)
class StaleVerdict:
    """A verdict of an audit and the deciding clauses that stand no more, by number."""

    run_id: str
    probe_id: str
    model: str
    question: str
    expected: str
    given: str
    clauses: tuple[tuple[str, Change], ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """The whole answer; ``recognised`` rules of the workspace's dataset, of ``known``, stand in the old version."""

    comparison: Comparison
    samples: tuple[StaleSample, ...] = ()
    verdicts: tuple[StaleVerdict, ...] = ()
    known: int = 0
    recognised: int = 0

    def counts(self) -> dict[str, dict[str, int]]:
        """How many of what, by kind and change; unchanged ones are counted too."""
        compared = self.comparison
        parts: dict[str, Iterable[ClauseChange | RuleChange | ConceptChange]] = {
            "clauses": compared.clauses,
            "rules": compared.rules,
            "concepts": compared.concepts,
        }
        found = {name: Counter(str(one.change) for one in changes) for name, changes in parts.items()}
        return {name: {str(change): tally[str(change)] for change in Change} for name, tally in found.items()}

    def to_dict(self) -> dict[str, Any]:
        """Plain values: what changed, not what stayed."""
        compared = self.comparison
        return {
            "documents": [{"old": _document(old), "new": _document(new)} for old, new in compared.documents],
            "counts": self.counts(),
            "clauses": [_clause(one) for one in compared.clauses if one.change is not Change.UNCHANGED],
            "rules": [_rule(one) for one in compared.rules if one.change is not Change.UNCHANGED],
            "concepts": [_concept(one) for one in compared.concepts if one.change is not Change.UNCHANGED],
            "stale_samples": [
                {"id": one.sample_id, "question": one.question, "rules": _named(one.rules)} for one in self.samples
            ],
            "stale_verdicts": [
                {
                    "run": one.run_id,
                    "probe": one.probe_id,
                    "model": one.model,
                    "question": one.question,
                    "expected": one.expected,
                    "given": one.given,
                    "clauses": _named(one.clauses),
                }
                for one in self.verdicts
            ],
            "dataset_rules": {"known": self.known, "in_old_version": self.recognised},
        }


def impact(old: Ontology, new: Ontology) -> Impact:
    """What changed from one version to the other."""
    return Impact(compare(old, new))


def stale_samples(
    compared: Comparison, read: Ontology, samples: Iterable[Sample], exercises: Iterable[Exercise]
) -> tuple[StaleSample, ...]:
    """The samples, in their order, that exercise a rule which stands no more. ``read`` is the ontology that they were
    written from.
    """
    lost = _lost_rules(compared, read)
    hit: dict[str, dict[str, Change]] = {}
    for link in exercises:
        if link.kind == "rule" and link.element_id in lost:
            rule = read.rule_by_id.get(link.element_id)
            hit.setdefault(link.sample_id, {})[rule.text if rule else link.element_id] = lost[link.element_id]
    return tuple(
        StaleSample(sample.id, sample.question, tuple(hit[sample.id].items())) for sample in samples if sample.id in hit
    )


def stale_verdicts(compared: Comparison, read: Ontology, rows: Iterable[Judgement]) -> tuple[StaleVerdict, ...]:
    """The verdicts of which a deciding clause stands no more, in their order."""
    gone = [one for one in compared.clauses if one.change in LOST and one.old is not None]
    by_id = {one.old.id: one.change for one in gone if one.old is not None}
    by_content = {(one.old.number, content_key(one.old)): one.change for one in gone if one.old is not None}
    lost = {
        clause.id: change
        for clause in read.clauses
        if (change := by_id.get(clause.id) or by_content.get((clause.number, content_key(clause))))
    }
    found = []
    for row in rows:
        clauses = {_place(read.clause_by_id[key]): lost[key] for key in row.clause_ids if key in lost}
        if clauses:
            given = row.given.value if row.given else ""
            found.append(
                StaleVerdict(
                    row.run_id, row.probe_id, row.model, row.question, row.expected.value, given, tuple(clauses.items())
                )
            )
    return tuple(found)


def recognised(compared: Comparison, read: Ontology) -> int:
    """How many rules of ``read`` stand in the old version."""
    old = {rule_key(one.old) for one in compared.rules if one.old is not None}
    return sum(rule_key(rule) in old for rule in read.rules)


def difference(old: str, new: str) -> str:
    """The words that differ with a few around them: ``... worth more than [75 > 50] may be ...``."""
    left, right = old.split(), new.split()
    parts: list[str] = []
    for tag, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag != "equal":
            parts.append(f"[{' '.join(left[i:j])} > {' '.join(right[k:m])}]")
        elif j - i <= 2 * CONTEXT_WORDS:
            parts.append(" ".join(left[i:j]))
        else:
            before = left[i : i + CONTEXT_WORDS] if i else []
            after = left[j - CONTEXT_WORDS : j] if j < len(left) or m < len(right) else []
            parts.append(" ".join([*before, "...", *after]))
    return " ".join(parts)


def _lost_rules(compared: Comparison, read: Ontology) -> dict[str, Change]:
    gone = [one for one in compared.rules if one.change in LOST and one.old is not None]
    by_id = {one.old.id: one.change for one in gone if one.old is not None}
    by_content = {rule_key(one.old): one.change for one in gone if one.old is not None}
    return {rule.id: change for rule in read.rules if (change := by_id.get(rule.id) or by_content.get(rule_key(rule)))}


def _named(pairs: Sequence[tuple[str, Change]]) -> list[dict[str, str]]:
    return [{"what": what, "change": str(change)} for what, change in pairs]


def _place(clause: Clause) -> str:
    return clause.number or clause.text[:60]


def _document(document: Document | None) -> dict[str, str] | None:
    if document is None:
        return None
    names = ("title", "path", "version", "effective_from", "effective_to", "sha256")
    return {name: str(getattr(document, name)) for name in names}


def _clause(one: ClauseChange) -> dict[str, Any]:
    return {
        "change": str(one.change),
        "number": one.new.number if one.new else None,
        "old_number": one.old.number if one.old else None,
        "old": one.old.text if one.old else None,
        "new": one.new.text if one.new else None,
    }


def _rule(one: RuleChange) -> dict[str, Any]:
    def told(rule: Rule | None) -> dict[str, str] | None:
        return {"id": rule.id, "text": rule.text, **rule_fields(rule)} if rule is not None else None

    fields = [{"field": item.field, "old": item.old, "new": item.new} for item in one.fields]
    return {"change": str(one.change), "fields": fields, "old": told(one.old), "new": told(one.new)}


def _concept(one: ConceptChange) -> dict[str, Any]:
    concept: Concept | None = one.new or one.old
    fields = [{"field": item.field, "old": item.old, "new": item.new} for item in one.fields]
    label, kind = (concept.label, concept.kind) if concept else ("", "")
    return {"change": str(one.change), "label": label, "kind": kind, "fields": fields}
