"""Rules that oppose each other, with the reason and which of them prevails.

Two rules conflict when they can speak of one case (:mod:`kg.conflicts_scope`) and what they say of its act does not go
together (:mod:`kg.conflicts_clash`): forbidden against permitted, required or advised; required against excused; one
limit set to two values; to keep for longer than the other lets; a leave that only one party has, given to another. A
pair that the text itself orders ("notwithstanding 3.2", "superseded by 5.6") is an exception or a supersession, no open
conflict. Which rule prevails is decided in :mod:`kg.conflicts_precedence`; where nothing decides, a person does.

Candidates come from blocks by act and head of the object, so that ten thousand rules take seconds; within a block only
norms that could oppose are paired.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.conflicts_acts import ANY, BARE, ENTER, HANDLING
from kg.conflicts_alike import Entail, Likely, likely, told
from kg.conflicts_clash import OPPOSED, Clash, clash
from kg.conflicts_kinds import Kinds, kinds_of
from kg.conflicts_needs import HAVING, norms
from kg.conflicts_norms import Norm, Stance
from kg.conflicts_precedence import EXPLICIT, SPECIALIS, Precedence, Ruling, decide, outranks, precedence
from kg.conflicts_scope import ALONE, PLACING, Meeting, meet
from kg.conflicts_stated import Links, StatedPair, stated_pairs
from kg.conflicts_terms import SILENT, act_of, vague
from kg.conflicts_wording import statements
from kg.model import Conflict, Ontology, Rule, stable_id
from kg.retrieval import Embed
from kg.words import content

LEAST = 0.7
"""The least confidence of a conflict that is reported."""
BARE_ACT = 0.2
"""What a rule loses for its missing object, which is no loss where its act needs none: "may fish without a ticket"."""


def find_conflicts(
    ontology: Ontology, least: float = LEAST, embed: Embed | None = None, entail: Entail | None = None
) -> tuple[Conflict, ...]:
    """The conflicts among the rules of ``ontology`` with a confidence of at least ``least``, surest first.

    With ``embed``, also those between documents that their likeness shows (:mod:`kg.conflicts_alike`): their confidence is
    below any ``least`` in use, none of their rules prevails until a person says so, and ``entail`` may check them.

    Kinds: ``contradiction`` (two rules cannot both be followed or relied on), ``limit`` (one limit set twice),
    ``exception`` (the text makes one rule give way to the other) and ``supersedes`` (it replaces it). ``rule_a`` of the
    last two is the rule that prevails.
    """
    said = statements(ontology)
    listed = [_in_title(norm, ontology) for rule in ontology.rules for norm in norms(rule)]
    kinds, order = kinds_of(ontology), precedence(ontology)
    found: dict[str, Conflict] = {}
    for pair in stated_pairs(said, listed, kinds):
        conflict = _said(ontology, order, pair)
        found.setdefault(conflict.id, conflict)
    links = Links.of(said)
    for first, second in _candidates(listed, kinds):
        if _same_place(ontology, first.rule, second.rule) or links.tie(first.rule.id, second.rule.id):
            continue
        if (opposed := _opposed(first, second, kinds)) is None:
            continue
        conflict = _conflict(ontology, order, first, second, *opposed)
        known = found.get(conflict.id)
        if conflict.confidence >= least and (known is None or known.confidence < conflict.confidence):
            found[conflict.id] = conflict
    exact = tuple(_one_per_sentence(ontology, found.values()))
    if embed is None:
        return exact
    alike = (
        _likely(ontology, order, one)
        for one in likely(ontology, embed, entail=entail)
        if not (
            _same_place(ontology, one.first.rule, one.second.rule) or links.tie(one.first.rule.id, one.second.rule.id)
        )
    )
    return tuple(_one_per_sentence(ontology, (*exact, *alike)))


def _in_title(norm: Norm, ontology: Ontology) -> Norm:
    """A norm without a case that is its whole document's, "during the trip" in the rules for school trips; such a place is marked."""
    document = ontology.document_by_id.get(norm.rule.document_id)
    title = frozenset(content(document.title)) if document is not None else frozenset[str]()
    if norm.act not in PLACING and norm.slots.get("place", frozenset(["?"])) <= title:
        norm = replace(norm, at_home=True)
    if not norm.slots.get("case") or not norm.slots["case"] <= title:
        return norm
    return replace(norm, slots={slot: words for slot, words in norm.slots.items() if slot != "case"})


def _one_per_sentence(ontology: Ontology, found: Iterable[Conflict]) -> Iterator[Conflict]:
    """The surest conflict of each two sentences, surest first: "use or disclose" gives two rules and one conflict."""
    seen: set[frozenset[str]] = set()
    for conflict in sorted(found, key=lambda one: (-one.confidence, one.rule_a, one.rule_b)):
        rules = (ontology.rule_by_id[conflict.rule_a], ontology.rule_by_id[conflict.rule_b])
        sentences = frozenset(f"{rule.clause_id} {rule.text}" for rule in rules)
        if sentences not in seen:
            seen.add(sentences)
            yield conflict


def _said(ontology: Ontology, order: Precedence, pair: StatedPair) -> Conflict:
    """What the text orders; a document of lower authority cannot make one of higher authority give way."""
    places = f"{cite(ontology, pair.winner)} {pair.what} {cite(ontology, pair.loser)}; the text says: “{pair.text}”"
    if outranks(order, pair.loser, pair.winner):
        reason = f"{places}, but the document of {cite(ontology, pair.loser)} has the higher authority"
        return _record(pair.winner, pair.loser, "contradiction", reason, Ruling("", "", ""), pair.confidence)
    return _record(
        pair.winner, pair.loser, pair.wording.value, places, Ruling(pair.winner.id, EXPLICIT, ""), pair.confidence
    )


def _same_place(ontology: Ontology, first: Rule, second: Rule) -> bool:
    """Whether two rules are one sentence, or one of them has been replaced by a clause that is known."""
    old = (ontology.clause_by_id.get(rule.clause_id) for rule in (first, second))
    replaced = any(clause is not None and clause.superseded_by for clause in old)
    return bool(first.text and first.text == second.text) or replaced


def _likely(ontology: Ontology, order: Precedence, one: Likely) -> Conflict:
    """A conflict by likeness as a question: what would decide it is said, and nothing decided."""
    first, second = one.first.rule, one.second.rule
    ruling = decide(order, first, second, Meeting(1.0, (), ()))
    end = ruling.why
    if ruling.prevails:
        end = f"if they conflict, {cite(ontology, ontology.rule_by_id[ruling.prevails])} prevails, as {ruling.why}"
    reason = f"{told(one, cite(ontology, first), cite(ontology, second))}; {end}"
    return _record(first, second, one.kind, reason, Ruling("", "", ""), one.confidence)


def _candidates(listed: Sequence[Norm], kinds: Kinds) -> Iterator[tuple[Norm, Norm]]:
    """Pairs of norms that share a block and could oppose each other; a pair may come more than once."""
    blocks: dict[tuple[str, frozenset[str]], list[Norm]] = defaultdict(list)
    alone = ALONE | {norm.act for norm in listed if norm.whole}
    for norm in listed:
        for mark in _marks(norm, kinds, alone):
            blocks[mark].append(norm)
    for mark in sorted(blocks, key=lambda one: (one[0], sorted(one[1]))):
        yield from _within(blocks[mark])


def _marks(norm: Norm, kinds: Kinds, alone: frozenset[str]) -> frozenset[tuple[str, frozenset[str]]]:
    """The blocks of a norm: its act, with its object's head, whole name, and names above it."""
    names = {
        name
        for thing in norm.things
        for name in (
            {frozenset({thing.head}), thing.words} | kinds.above(thing.words) | kinds.above(frozenset({thing.head}))
        )
    }
    marks = {(norm.act, name) for name in names or {frozenset[str]()}}
    if norm.act in alone:
        marks.add((norm.act, frozenset()))
    if norm.act in HANDLING and norm.stance is Stance.MAY:
        marks |= {(BARE, name) for name in names}
    if any(limit.role == "size" for limit in norm.limits):
        marks |= {(ANY, name) for name in names}
    return frozenset(marks)


def _within(block: Sequence[Norm]) -> Iterator[tuple[Norm, Norm]]:
    groups: dict[object, list[Norm]] = defaultdict(list)
    for norm in block:
        groups[norm.stance].append(norm)
    stances = list(groups)
    for place, one in enumerate(stances):
        for other in stances[place + 1 :]:
            placing = {one, other} == {Stance.MUST, Stance.MAY} and any(norm.act in PLACING for norm in groups[one])
            exclusive = any(norm.only == "actor" for norm in (*groups[one], *groups[other]))
            bounded = {one, other} == {Stance.MUST, Stance.MAY} and all(
                any(norm.limits for norm in groups[side]) for side in (one, other)
            )
            if placing or exclusive or bounded or frozenset((one, other)) in OPPOSED:
                yield from ((a, b) for a in groups[one] for b in groups[other] if a.rule.id != b.rule.id)
        members = [norm for norm in groups[one] if norm.limits or norm.only or norm.anyhow]
        alone = [norm for norm in groups[one] if norm.only]
        yield from ((a, b) for i, a in enumerate(members) for b in members[i + 1 :] if a.rule.id != b.rule.id)
        yield from ((a, b) for a in alone for b in groups[one] if a.rule.id != b.rule.id and b not in members)


def _opposed(first: Norm, second: Norm, kinds: Kinds) -> tuple[Meeting, Clash] | None:
    measured = ANY in {first.act, second.act}
    if first.act != second.act and not (measured or _handled(first, second) or _handled(second, first)):
        return None
    if first.act == ENTER and all(act_of(norm.rule.action)[0] == "allow" for norm in (first, second)):
        return None  # neither says that anybody enters
    if first.act == ENTER and any(
        norm.only == "actor" and act_of(other.rule.action)[0] == "allow"
        for norm, other in ((first, second), (second, first))
    ):
        return None  # a thing that is let in is nobody whom "only staff" shuts out
    if first.rule.document_id != second.rule.document_id and (
        first.local or second.local or vague(first.things, second.things)
    ):
        return None
    if first.act in SILENT and {thing.words for thing in first.things}.isdisjoint(
        thing.words for thing in second.things
    ):
        return None
    if _bound(first, second) or (found := clash(first, second, kinds)) is None:
        return None
    exclusive = "actor" in {first.only, second.only}
    bare = [
        replace(norm, rule=replace(norm.rule, actor="")) if exclusive or measured else norm for norm in (first, second)
    ]
    if first.rule.document_id == second.rule.document_id and all(n.at_home or "place" not in n.slots for n in bare):
        bare = [
            replace(norm, slots={slot: words for slot, words in norm.slots.items() if slot != "place"})
            if norm.at_home
            else norm
            for norm in bare
        ]
    if first.stance is second.stance and "case" in {first.only, second.only}:
        bare = [replace(norm, slots=_without_case(norm)) for norm in bare]
    meeting = meet(bare[0], bare[1], kinds)
    if meeting is None or _mere_manner(first, second, meeting):
        return None
    return meeting, found


def _without_case(norm: Norm) -> Mapping[str, frozenset[str]]:
    """The circumstances of leave without the case that it is limited to, or that it is free of."""
    return {slot: words for slot, words in norm.slots.items() if slot not in {"with", "without", "time"}}


def _handled(ban: Norm, other: Norm) -> bool:
    """Whether a bare thing is banned and the other lets something be done with it: no music, and "music may be played"."""
    return ban.act == BARE and ban.stance is Stance.MUST_NOT and other.act in HANDLING and other.stance is Stance.MAY


def _bound(first: Norm, second: Norm) -> bool:
    """Whether one of two rules of a document only holds as far as its others let: "in accordance with this policy"."""
    return first.rule.document_id == second.rule.document_id and (first.bound or second.bound)


def _mere_manner(first: Norm, second: Norm, meeting: Meeting) -> bool:
    """Whether one only forbids a manner of what the other lets, or lets it only under a condition that the other adds to."""
    banned = {Stance.MUST_NOT, Stance.SHOULD_NOT}
    for norm, other, side in ((first, second, -1), (second, first, 1)):
        if norm.stance in banned and not norm.flipped and other.stance not in banned:
            negative = "not" in norm.slots.get("case", frozenset())
            limited = other.only == "case" and (meeting.first if side < 0 else meeting.second)
            return meeting.manner == side or negative or bool(limited)
    return False


def _conflict(
    ontology: Ontology, order: Precedence, first: Norm, second: Norm, meeting: Meeting, found: Clash
) -> Conflict:
    one, other = first.rule, second.rule
    ruling = decide(order, one, other, meeting)
    if one.superseded != other.superseded:
        ruling = Ruling((other if one.superseded else one).id, EXPLICIT, "the other one has been superseded")
    kind = found.kind
    if one.superseded != other.superseded:
        kind = "supersedes"
    aware = one.clause_id in other.references or other.clause_id in one.references
    if (
        kind == "contradiction"
        and ruling.prevails
        and (aware or (ruling.principle == SPECIALIS and one.document_id == other.document_id))
    ):
        kind = "exception"  # within one document the special rule is meant as the general one's exception
    if ruling.prevails == other.id:
        first, second = second, first
    said = f"{cite(ontology, first.rule)} {_says(first)} and {cite(ontology, second.rule)} {_says(second)}"
    end = f"the former prevails, as {ruling.why}" if ruling.prevails else ruling.why
    read = min(one.confidence, other.confidence) + (BARE_ACT if first.act == HAVING else 0.0)
    confidence = meeting.score * min(read, 1.0)
    return _record(first.rule, second.rule, kind, f"{said}: they {found.why}; {end}", ruling, confidence)


def _says(norm: Norm) -> str:
    action = norm.rule.action.removeprefix("not ")
    return f"{norm.said.value} “{action} {norm.rule.object}”".replace(" ”", "”")


def _record(first: Rule, second: Rule, kind: str, reason: str, ruling: Ruling, confidence: float) -> Conflict:
    id_ = stable_id("conflict", *sorted((first.id, second.id)))
    return Conflict(id_, first.id, second.id, kind, reason, ruling.prevails, round(confidence, 3), ruling.principle)


def cite(ontology: Ontology, rule: Rule) -> str:
    """Where a rule stands: its clause's number, with the document's title when there are several documents."""
    clause, section = ontology.clause_by_id.get(rule.clause_id), ontology.section_by_id.get(rule.section_id)
    number = (clause.number if clause else "") or (section.number or section.title if section else "") or rule.id
    if len(ontology.documents) < 2 or rule.document_id not in ontology.document_by_id:
        return number
    return f"{ontology.document_by_id[rule.document_id].title}, {number}"
