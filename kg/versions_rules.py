"""The rules of a clause paired with those of its successor, with the fields that differ."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Final

from kg.model import Modality, Rule
from kg.versions_changes import Change, FieldChange, RuleChange, dice, matched, rest, words

SAME_RULE: Final = 0.4


_FIELDS: Final = ("modality", "actor", "action", "object", "condition", "exception", "authority")


def rule_fields(rule: Rule) -> dict[str, str]:
    """What a rule says, by field, as texts."""
    limits = "; ".join(f"{limit.comparator} {limit.value:g} {limit.unit}".strip() for limit in rule.thresholds)
    named = {name: str(getattr(rule, name)) for name in _FIELDS}
    return {**named, "threshold": limits, "superseded": "yes" if rule.superseded else ""}


def rule_key(rule: Rule) -> tuple[str, ...]:
    """What a rule says, to recognise it under another id."""
    return (*rule_fields(rule).values(), rule.text)


def pair_rules(old: Sequence[Rule], new: Sequence[Rule], clause: Change) -> Iterator[RuleChange]:
    """Rules of one clause and of its successor."""
    pairs: dict[str, Rule] = {}
    left, right = list(old), list(new)
    exact: tuple[Callable[[Rule], Hashable], ...] = (rule_key, lambda rule: tuple(rule_fields(rule).values()))
    for key in exact:
        pairs.update((after.id, before) for before, after in matched(left, right, key))
        left, right = rest(left, right, pairs)
    scored = ((_alike(before, after), before, after) for before in left for after in right)
    for score, before, after in sorted(scored, key=lambda found: -found[0]):
        if score >= SAME_RULE and after.id not in pairs and before not in pairs.values():
            pairs[after.id] = before
    kept = {rule.id for rule in pairs.values()}
    for rule in new:
        earlier = pairs.get(rule.id)
        yield RuleChange(Change.ADDED, None, rule) if earlier is None else _changed(earlier, rule, clause)
    yield from (RuleChange(Change.REMOVED, rule, None) for rule in old if rule.id not in kept)


def _changed(old: Rule, new: Rule, clause: Change) -> RuleChange:
    before, after = rule_fields(old), rule_fields(new)
    fields = tuple(FieldChange(name, before[name], after[name]) for name in before if before[name] != after[name])
    if not fields and old.text != new.text:
        fields = (FieldChange("text", old.text, new.text),)
    if fields:
        return RuleChange(Change.CHANGED, old, new, fields)
    return RuleChange(clause if clause in {Change.RENUMBERED, Change.MOVED} else Change.UNCHANGED, old, new)


def _alike(old: Rule, new: Rule) -> float:
    shared = dice(words(" ".join(rule_fields(old).values())), words(" ".join(rule_fields(new).values())))
    same_act = 0.1 * (old.action == new.action) + 0.1 * (old.actor == new.actor)
    return shared + same_act + (0.1 if Modality(old.modality) is Modality(new.modality) else 0.0)


def crossed(rules: Sequence[RuleChange]) -> Iterator[RuleChange]:
    """Rules that left one clause and stand, word for word, in another are moved, not removed and added."""
    gone: dict[tuple[str, ...], list[Rule]] = defaultdict(list)
    for one in rules:
        if one.change is Change.REMOVED and one.old is not None:
            gone[rule_key(one.old)].append(one.old)
    moved: set[str] = set()
    found: list[RuleChange] = []
    for one in rules:
        if one.change is Change.ADDED and one.new is not None and gone[rule_key(one.new)]:
            old = gone[rule_key(one.new)].pop(0)
            moved.add(old.id)
            found.append(RuleChange(Change.MOVED, old, one.new))
        else:
            found.append(one)
    yield from (one for one in found if one.change is not Change.REMOVED or one.old is None or one.old.id not in moved)
