"""Rules that oppose each other, with the reason and which of them prevails.

Two rules oppose when the same act, by actors and upon objects that overlap, is forbidden by one and allowed, required
or advised by the other; when one requires what the other excuses; or when both set the same limit differently. Of two
opposing rules the later one prevails (*lex posterior*, as far as a clause says that it is superseded), then the more
specific (*lex specialis*: it has a condition, a narrower object or a narrower actor that the other has not). Where
neither holds ``prevails`` stays empty: a person decides. Candidates come from an index by action and object word, not
from all pairs.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from kg.model import Conflict, Modality, Ontology, Rule, stable_id
from kg.words import content

ANYONE = frozenset(content("you we everyone anyone staff employee person people individual team member colleague user"))
"""Actor words that take in all others."""
POSITIVE = frozenset({Modality.OBLIGATION, Modality.PERMISSION, Modality.RECOMMENDATION})
OVERLAP = 0.6
"""The least share of the shorter object's words that both objects name."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """A rule as sets of words. ``stance`` is +1 where the act may be done, -1 where not, 0 for a definition."""

    rule: Rule
    stance: int
    excused: bool
    actor: frozenset[str]
    action: tuple[str, ...]
    object: frozenset[str]
    condition: frozenset[str]


def find_conflicts(ontology: Ontology, least: float = 0.65) -> tuple[Conflict, ...]:
    """The conflicts among the rules of ``ontology`` with a confidence of at least ``least``, surest first.

    Kinds: ``supersedes`` (an older clause and what replaced it), ``exception`` (a specific rule against a general one:
    it prevails), ``contradiction`` (neither is more specific) and ``limit`` (one limit set twice).
    """
    wider = _wider(ontology)
    frames = [
        _frame(rule)
        for rule in ontology.rules
        # A pronoun that was not resolved may mean anything.
        if rule.modality is not Modality.DEFINITION and not (rule.object and not content(rule.object))
    ]
    found: dict[str, Conflict] = {}
    for first, second in _candidates(frames, wider):
        if (conflict := _oppose(ontology, first, second, wider)) and conflict.confidence >= least:
            found[conflict.id] = conflict
    return tuple(sorted(found.values(), key=lambda one: (-one.confidence, one.rule_a, one.rule_b)))


def _frame(rule: Rule) -> _Frame:
    negated = rule.action.startswith("not ")
    stance = 1 if rule.modality in POSITIVE else -1
    return _Frame(
        rule,
        -stance if negated else stance,
        negated and rule.modality is Modality.PERMISSION,
        frozenset(content(rule.actor)),
        tuple(content(rule.action.removeprefix("not "))),
        frozenset(content(rule.object)),
        frozenset(content(f"{rule.condition} {' '.join(limit.text for limit in rule.thresholds)}")),
    )


def _wider(ontology: Ontology) -> Mapping[str, frozenset[str]]:
    """Word -> words of what it is a kind of or the same as, by the policy's one-word concepts."""
    word = {concept.id: content(concept.label) for concept in ontology.concepts}
    found: dict[str, set[str]] = defaultdict(set)
    for relation in ontology.relations:
        ends = word.get(relation.source_id, []), word.get(relation.target_id, [])
        # What only ConceptNet says is too loose to found a conflict on.
        sourced = not relation.provenance or any(one.source != "conceptnet" for one in relation.provenance)
        if relation.type in {"IsA", "Synonym"} and relation.polarity > 0 and sourced and all(map(len, ends)):
            found[ends[0][-1]].add(ends[1][-1])
            if relation.type == "Synonym":
                found[ends[1][-1]].add(ends[0][-1])
    return {key: frozenset(values) for key, values in found.items()}


def _candidates(frames: Iterable[_Frame], wider: Mapping[str, frozenset[str]]) -> Iterator[tuple[_Frame, _Frame]]:
    """Pairs with one action and a word of the object in common (or neither has an object), each once."""
    blocks: dict[tuple[str, str], list[_Frame]] = defaultdict(list)
    for frame in frames:
        actions = set(frame.action[:1])
        objects = {wide for word in frame.object for wide in (word, *wider.get(word, ()))} or {""}
        for mark in product(sorted(actions), sorted(objects)):
            blocks[mark].append(frame)
    seen: set[tuple[str, str]] = set()
    for block in blocks.values():
        for first, second in combinations(block, 2):
            pair = (first.rule.id, second.rule.id)
            if pair not in seen and first.rule.id != second.rule.id:
                seen.add(pair)
                yield first, second


def _oppose(ontology: Ontology, first: _Frame, second: _Frame, wider: Mapping[str, frozenset[str]]) -> Conflict | None:
    actors = _actors(first.actor, second.actor)
    objects = _objects(first.object, second.object, wider)
    if actors == 0 or objects < OVERLAP or first.action != second.action:
        return None
    confidence = round(objects * actors * min(first.rule.confidence, second.rule.confidence), 3)
    limits = _limits(first, second)
    opposed = first.stance != second.stance
    if not opposed and not limits:
        return None
    newer = _newer(ontology, first.rule, second.rule)
    if newer:
        return _conflict(first, second, "supersedes", "one clause is replaced by another", newer, confidence)
    if not opposed:
        return _conflict(first, second, "limit", f"both set a limit to the same act: {limits}", "", confidence)
    if first.condition and second.condition and not _same_case(first, second):
        # Two conditions that say different things part the cases between the rules.
        return None
    special, reason = _special(first, second)
    kind = "exception" if special else "contradiction"
    return _conflict(first, second, kind, f"{_clash(first, second)}; {reason}", special, confidence)


def _conflict(first: _Frame, second: _Frame, kind: str, reason: str, prevails: str, confidence: float) -> Conflict:
    one, other = first.rule.id, second.rule.id
    return Conflict(stable_id("conflict", *sorted((one, other))), one, other, kind, reason, prevails, confidence)


def _actors(first: frozenset[str], second: frozenset[str]) -> float:
    """1 when the same, 0.9 when one takes in the other, 0 when apart."""
    if first == second:
        return 1.0
    if not first or not second or first <= ANYONE or second <= ANYONE or first <= second or second <= first:
        return 0.9
    return 0.0


def _objects(first: frozenset[str], second: frozenset[str], wider: Mapping[str, frozenset[str]]) -> float:
    """The share of the smaller object's words that the larger names too, itself or by a wider word."""
    if not first or not second:
        # Neither names an object: the act alone is a weak sign that they speak of the same.
        return OVERLAP if first == second else 0.0
    small, large = sorted((first, second), key=lambda words: (len(words), sorted(words)))
    reach = large.union(*(wider.get(word, frozenset()) for word in large))
    return sum(word in reach or not reach.isdisjoint(wider.get(word, ())) for word in small) / len(small)


def _same_case(first: _Frame, second: _Frame) -> bool:
    small, large = sorted((first.condition, second.condition), key=len)
    return len(small & large) >= OVERLAP * len(small)


def _limits(first: _Frame, second: _Frame) -> str:
    """The two limits in words when the rules set one quantity differently, else empty."""
    # Steps of one ladder (above 75 the manager, above 250 the board) name different authorities.
    apart = first.rule.authority != second.rule.authority or first.rule.clause_id == second.rule.clause_id
    if apart or first.object != second.object or first.rule.modality is not second.rule.modality:
        return ""
    for one, other in product(first.rule.thresholds, second.rule.thresholds):
        alike = one.unit == other.unit and one.comparator == other.comparator
        shared = {limit.value for limit in first.rule.thresholds} & {limit.value for limit in second.rule.thresholds}
        if alike and not shared:
            return f"{one.text} and {other.text}"
    return ""


def _clash(first: _Frame, second: _Frame) -> str:
    if first.excused or second.excused:
        return f"{first.rule.modality.value} against an excuse from the same act"
    return f"{first.rule.modality.value} against {second.rule.modality.value} of the same act"


def _newer(ontology: Ontology, first: Rule, second: Rule) -> str:
    clauses = ontology.clause_by_id
    for old, new in ((first, second), (second, first)):
        replaced = clauses[old.clause_id].superseded_by if old.clause_id in clauses else ""
        if (old.superseded or replaced) and not new.superseded and replaced in {"", new.clause_id}:
            return new.id
    return ""


def _special(first: _Frame, second: _Frame) -> tuple[str, str]:
    """The id of the more specific rule and why, or an empty id."""
    for one, other in ((first, second), (second, first)):
        if other.object < one.object:
            return one.rule.id, "its object is the narrower one"
        if other.rule.exception and frozenset(content(other.rule.exception)) & (one.object | one.condition):
            return one.rule.id, "the other rule's exception names its case"
    for one, other in ((first, second), (second, first)):
        if one.condition and not other.condition:
            return one.rule.id, "the rule with the condition is the more specific one"
        if not one.actor <= ANYONE and other.actor <= ANYONE and one.actor != other.actor:
            return one.rule.id, "its actor is the narrower one"
    return "", "neither rule is more specific"
