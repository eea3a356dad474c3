"""Which acts a rule is about, where its verb does not name them: "dogs are forbidden", "must be left open", "the sale of".

A ban of a bare thing bans what people usually do with it; a noun may name an act ("photographs of patients"); a verb of leaving
or keeping with a state names the act that brings the state about.
"""

import re
from collections.abc import Iterator

from kg.conflicts_limits import limits
from kg.conflicts_terms import CORE_END, Thing, act_of, things
from kg.model import Rule
from kg.words import verb_key

Act = tuple[str, bool, tuple[Thing, ...]]
"""The act, whether the verb names its opposite, and its things."""

GERUND = re.compile(r"(?:the\s+)?(\w{2,}ing)\b(?:\s+of)?\s*(.*)$", re.IGNORECASE)
ANY = "*"
"""The act of a norm that limits a thing whatever is done with it: "a meal must not cost more than USD 90"."""
MEASURES = frozenset(verb_key(word) for word in ["cost", "exceed", "last", "weigh", "amount", "be"])
"""Verbs that limit their subject."""
HANDLED = ("bring", "take", "carry", "make")
"""What people do with a bare thing besides using it: who forbids dogs forbids bringing one."""
_NAMED = (
    "use use, disclosure disclose, destruction destroy, sale sell, purchase buy, storage store, removal remove, photograph photograph, copy copy, "
    "transfer transfer, installation install, possession have, consumption consume, loan lend, export export, import import, deletion delete, "
    "publication publish, delivery deliver, repair repair, alteration alter, distribution distribute, collection collect"
)
NAMED = {verb_key(noun): verb for noun, verb in (pair.split() for pair in _NAMED.split(", "))}
"""Nouns that name an act."""
STATES = {
    "open": ("open", "unlock"), "closed": ("close",), "shut": ("close",), "locked": ("lock",), "unlocked": ("unlock",),
}  # fmt: skip
"""The acts that bring a state about; what stands open is not locked either."""
HOLDING = frozenset(map(verb_key, ("leave", "keep", "stay", "remain")))
"""Verbs that keep a state up."""


def acts(rule: Rule) -> Iterator[Act]:
    """The acts of a rule, the plainest first; none where its object is not known."""
    verb = rule.action.removeprefix("not ")
    act, flipped = act_of(verb)
    found, gerund = things(rule.object), GERUND.match(rule.object)
    if act == "allow" and not rule.actor:
        yield from _of_bare(rule.object, found, gerund)
    elif (rule.object and not found and not gerund) or not act:  # a pronoun that was not resolved may mean anything
        return
    elif verb_key(verb.split()[0]) in MEASURES and rule.actor and limits(rule.object):
        yield ANY, False, things(rule.actor)
    elif verb_key(verb) in HOLDING and (held := _held(rule.object)):
        yield from held
    else:
        yield act, flipped, found


def _of_bare(text: str, found: tuple[Thing, ...], gerund: re.Match[str] | None) -> Iterator[Act]:
    """What is forbidden or allowed: "smoking is prohibited" names the act, so does "the sale of beer"; "knives are forbidden" means what is done with them."""
    if gerund:
        yield act_of(gerund.group(1))[0], False, things(gerund.group(2))
        return
    yield act_of("use")[0], False, found
    head, of, rest = text.partition(" of ")
    named = NAMED.get(verb_key(head.split()[-1].lower().removesuffix("s"))) if of else None
    if named:
        act, flipped = act_of(named)
        yield act, flipped, things(rest)
    if not named or verb_key(named) in {verb_key("photograph"), verb_key("copy")}:
        yield from ((act_of(verb)[0], False, found) for verb in HANDLED)


def _held(text: str) -> list[Act]:
    """The acts that the last word stands for, and on what: "the windows open", "the medicine room unlocked"."""
    core = text[: end.start()] if (end := CORE_END.search(text)) and end.start() else text
    rest, _, state = core.strip().rpartition(" ")
    if not rest or state.lower() not in STATES:
        return []
    return [(*act_of(verb), things(rest)) for verb in STATES[state.lower()]]
