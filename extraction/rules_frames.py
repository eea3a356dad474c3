"""From the cues and segments of one parsed text to deontic frames.

A frame's fields follow LegalRuleML and ODRL (actor, action, target, constraint), with exception and authority. The
main clause is read around each cue; coordinated verbs become one frame each and share what stands before and after.
"""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extraction.lexicon import ALLOW_VERBS, EMBEDDING_VERBS
from extraction.rules_authority import authority
from extraction.rules_cues import OBL, PER, PRO, REC, Cue, find_cues, is_party
from extraction.rules_anaphora import resolve
from extraction.rules_fields import (
    action_parts,
    actor_span,
    clean,
    noun_end,
    object_span,
    lemma,
    slice_text,
    strip_determiners,
    subject_restriction,
    with_quantity,
)
from extraction.rules_spans import SUBJECT_DEPS, Segment, clause_end, overlaps, segments
from kg.model import Modality

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Frame:
    """One deontic statement as strings; empty where the sentence says nothing.

    ``open_slot`` names the field that runs to the end of a lead-in, which its list item goes on with; ``group`` numbers
    the cue, ``extent`` is the stretch of the sentence from the verb to the end of its clause.
    """

    modality: Modality
    actor: str
    action: str
    object: str = ""
    condition: str = ""
    exception: str = ""
    authority: str = ""
    label: str = ""
    passive: bool = False
    open_slot: str = ""
    group: int = 0
    extent: str = ""


@dataclass(frozen=True, slots=True)
class _Clause:
    """The reach of one cue: tokens ``[start, end)`` and the segments that bear on it."""

    cue: Cue
    verbs: "tuple[Token, ...]"
    end: int
    found: tuple[Segment, ...]
    scope: tuple[Segment, ...]


def frames_of(doc: "Doc", start: int = 0, end: int | None = None) -> tuple[Frame, ...]:
    """All frames that the main clauses of ``doc[start:end]`` state, in the order of their verbs."""
    limit = len(doc) if end is None else end
    if is_question(doc, start, limit):
        return ()
    found = segments(doc, start, limit)
    cues = [cue for cue in find_cues(doc, start, limit) if _is_main(cue, found)]
    frames: list[Frame] = []
    taken: set[int] = set()
    for number, cue in enumerate(cues):
        if cue.verb.i in taken or _inside_object(cue, frames, doc):
            continue
        clause = _clause(doc, cue, cues[number + 1 :], found, start, limit)
        taken.update(verb.i for verb in clause.verbs)
        frames.extend(_frames(doc, clause, number))
    return _without_carriers(frames)


def _without_carriers(frames: list[Frame]) -> tuple[Frame, ...]:
    """ "A contract must provide that X will V" is X's duty: the verb that only carries it gives way."""
    kept = [
        frame
        for position, frame in enumerate(frames)
        if not (frame.action in EMBEDDING_VERBS and not frame.object and position + 1 < len(frames))
    ]
    return tuple(kept)


def is_question(doc: "Doc", start: int, end: int) -> bool:
    """A question states no rule."""
    return end > start and doc[end - 1].text == "?"


# --- which cues speak for the sentence -------------------------------------------------------------------------


def _is_main(cue: Cue, found: tuple[Segment, ...]) -> bool:
    doc = cue.verb.doc
    if overlaps(cue.anchor, found) is not None or overlaps(cue.verb.i, found) is not None or _mentioned(doc, cue):
        return False
    anchor = doc[cue.anchor]
    clause = anchor.head if anchor.dep_ in {"aux", "auxpass", "neg"} else anchor
    return not _embedded(clause, cue)


def _mentioned(doc: "Doc", cue: Cue) -> bool:
    """Words spoken of, not spoken: "must" in quotation marks."""
    before = doc[max(0, cue.anchor - 2) : cue.anchor]
    after = doc[cue.anchor + 1 : cue.anchor + 4]
    own_words = any(token.text in {'"', "“"} for token in before) and any(token.text in {'"', "”"} for token in after)
    return own_words and cue.label != "define"


def _embedded(clause: "Token", cue: Cue) -> bool:
    """Whether the clause only qualifies a noun or completes a verb that does not pass a rule on."""
    token = clause
    while token.dep_ != "ROOT" and token.head.i != token.i:
        marked = any(c.dep_ == "mark" and c.lower_ in {"that", "whether", "if", "how"} for c in token.lefts)
        if token.dep_ in {"relcl", "acl"} and token.i > token.head.i:
            relative = any(c.tag_ in {"WDT", "WP", "WP$", "WRB"} for c in token.subtree if c.i < token.i) or marked
            if relative or token.dep_ == "acl" or (cue.subject is not None and cue.subject.i > token.head.i):
                return cue.label != "imperative"
        if token.dep_ in {"csubj", "csubjpass", "pcomp"}:
            return token.dep_ == "pcomp"
        if token.dep_ == "ccomp" and marked and token.i > token.head.i:
            return token.head.lemma_.lower() not in EMBEDDING_VERBS
        if (
            token.dep_ == "ccomp"
            and token.i > token.head.i
            and any(c.tag_ in {"WRB", "WP", "WDT"} for c in token.lefts)
        ):
            return True
        if token.dep_ == "advcl" and marked:
            return True
        if token.dep_ == "ccomp" and token.i > token.head.i and not marked:
            return token.head.lemma_.lower() in _OPINION
        token = token.head
    return False


_OPINION = frozenset("believe think feel hope know understand expect suspect consider find say".split())


def _inside_object(cue: Cue, frames: list[Frame], doc: "Doc") -> bool:
    """A cue whose words a previous frame's object or condition already holds ("ensure that they do not ...")."""
    if not frames or cue.label == "imperative":
        return False
    begin = cue.subject.left_edge.i if cue.subject is not None and cue.subject.i < cue.anchor else cue.anchor
    if cue.label == "define" and cue.verb.lemma_.lower() in {"include", "exclude", "cover"}:
        return False
    words = clean(doc.text[doc[begin].idx : doc[cue.verb.i].idx + len(doc[cue.verb.i])])
    last = frames[-1]
    return bool(words) and any(words in part for part in (last.object, last.condition, last.exception))


def _clause(doc: "Doc", cue: Cue, later: list[Cue], found: tuple[Segment, ...], start: int, limit: int) -> _Clause:
    stop = clause_end(doc, cue.verb.i, limit)
    for other in later:
        edge = _clause_start(other)
        if edge <= cue.verb.i:
            edge = other.anchor
        if cue.verb.i < edge < stop and overlaps(edge, found) is None and _independent(other, cue):
            stop = _before_conjunction(doc, edge, cue.verb.i)
            break
    verbs = _coordinated(cue, stop, found)
    begin = _boundary_before(doc, cue.anchor, start)
    final_stop = clause_end(doc, cue.verb.i, limit)
    shared = _shares_tail(later, cue, stop, final_stop)
    scope = tuple(
        segment
        for segment in found
        if begin <= segment.start < final_stop
        and (segment.start < stop or (shared and doc[segment.start - 1].text == ","))
        and not (segment.start < cue.anchor and _belongs_to_earlier(doc, segment, cue, begin))
    )
    return _Clause(cue, verbs, stop, found, scope)


def _clause_start(cue: Cue) -> int:
    if cue.subject is not None and cue.subject.i < cue.anchor:
        return min(int(cue.subject.left_edge.i), cue.anchor)
    return cue.anchor


def _independent(other: Cue, cue: Cue) -> bool:
    return other.subject is None or cue.subject is None or other.subject.i > cue.verb.i or other.anchor > cue.verb.i


def _before_conjunction(doc: "Doc", edge: int, floor: int) -> int:
    while edge - 1 > floor and (
        doc[edge - 1].pos_ in {"CCONJ", "PUNCT", "ADV", "SCONJ"} or doc[edge - 1].lower_ in {"then", "that"}
    ):
        edge -= 1
    return edge


def _shares_tail(later: list[Cue], cue: Cue, stop: int, final_stop: int) -> bool:
    """ "may V and may W, if C": the condition at the end holds for both when they share the subject."""
    nearest = next((other for other in later if stop <= other.anchor < final_stop), None)
    return nearest is not None and nearest.subject is not None and nearest.subject == cue.subject


def _boundary_before(doc: "Doc", index: int, start: int) -> int:
    depth = 0
    for position in range(index - 1, start - 1, -1):
        token = doc[position]
        if token.text in {")", "]"}:
            depth += 1
        elif token.text in {"(", "["}:
            if depth == 0:
                return position + 1
            depth -= 1
        elif depth == 0 and (token.text in {";", "?", "!"} or (token.text == "." and token.whitespace_)):
            return position + 1
    return start


def _belongs_to_earlier(doc: "Doc", segment: Segment, cue: Cue, begin: int) -> bool:
    """A segment that closed an earlier clause of the sentence ("X must V after Y and Z must W")."""
    subject = cue.subject
    if subject is None or subject.i > cue.anchor:
        return False
    between = doc[begin : segment.start]
    has_verb = any(token.tag_ == "MD" or token.dep_ == "ROOT" for token in between)
    return has_verb and int(subject.left_edge.i) > segment.start


def _coordinated(cue: Cue, stop: int, found: tuple[Segment, ...]) -> "tuple[Token, ...]":
    """The cue's verb and the verbs coordinated with it under the same auxiliary."""
    verbs = {cue.verb.i: cue.verb}
    queue = [cue.verb]
    while queue:
        verb = queue.pop(0)
        inner = [c for c in verb.rights if c.dep_ == "xcomp" and c.i == verb.i + 2]
        for child in [*verb.rights, *(c for x in inner for c in x.rights)]:
            if child.dep_ != "conj" or child.i >= stop or overlaps(child.i, found) is not None or child.i in verbs:
                continue
            if _same_form(cue.verb, child) and _free(child) and not _behind_relative(cue, child):
                verbs[child.i] = child
                queue.append(child)
    for token in cue.verb.doc[cue.verb.i + 1 : stop]:
        if token.i not in verbs and overlaps(token.i, found) is None and _listed(cue.verb, token, verbs):
            verbs[token.i] = token
    return tuple(verbs[key] for key in sorted(verbs))


def _free(verb: "Token") -> bool:
    """Without a subject, a modal or a finite auxiliary of its own."""
    return not any(
        c.dep_ in SUBJECT_DEPS or c.tag_ == "MD" or (c.dep_ in {"aux", "auxpass"} and c.tag_ in {"VBP", "VBZ", "VBD"})
        for c in verb.lefts
    )


def _behind_relative(cue: Cue, verb: "Token") -> bool:
    """For a cue without a modal: a verb inside a relative clause agrees with the noun, not with the cue's subject."""
    if cue.verb.tag_ in {"VB", "VBN"} and cue.label != "":
        return False
    return any(token.tag_ in {"WDT", "WP"} for token in verb.doc[cue.verb.i : verb.i])


def _listed(first: "Token", token: "Token", verbs: "dict[int, Token]") -> bool:
    """A verb of the same form that the parser hung elsewhere: right after its sibling, or bare after "and (then)"."""
    if (
        token.tag_ != first.tag_
        or token.pos_ not in {"VERB", "AUX"}
        or token.dep_ in {"aux", "auxpass", "amod", "compound"}
    ):
        return False
    before = token.i - 1
    while before > first.i and (token.doc[before].pos_ in {"ADV"} or token.doc[before].text == ","):
        before -= 1
    previous = token.doc[before]
    adjacent = before in verbs or (token.doc[before].pos_ == "ADP" and before - 1 in verbs)
    if adjacent and before < token.i - 1:
        return True
    if previous.pos_ != "CCONJ" or previous.i == token.i:
        return False
    if first.tag_ == "VBG" or token.i - 1 == previous.i and previous.i - 1 in verbs:
        return first.tag_ != "VBG" or any(index in verbs for index in range(previous.i - 4, previous.i))
    if first.tag_ != "VB" or not _free(token) or any(c.tag_ == "TO" for c in token.lefts):
        return False
    head = token.head
    return (
        token.dep_ == "conj"
        and head.pos_ in {"VERB", "AUX"}
        and (head.tag_ in {"VBZ", "VBD", "VBN"} or head.i in verbs)
    )


def _same_form(first: "Token", second: "Token") -> bool:
    bare = {"VB", "VBP", "VBZ"}
    if first.tag_ in bare:
        return second.tag_ in bare or (second.tag_ in {"NN", "VBD"} and second.pos_ == "VERB")
    if first.tag_ == "VBN":
        return second.tag_ in {"VBN", "VBD"}
    return second.tag_ == first.tag_


# --- one clause to frames --------------------------------------------------------------------------------------


def _frames(doc: "Doc", clause: _Clause, group: int) -> list[Frame]:
    cue = clause.cue
    if cue.label in {"define", "deemed", "adjective", "responsible", "have right", "compliance"}:
        return _special(doc, clause, group)
    frames: list[Frame] = []
    for position, verb in enumerate(clause.verbs):
        following = clause.verbs[position + 1] if position + 1 < len(clause.verbs) else None
        limit = _verb_limit(doc, following, clause.end, verb)
        frames.append(_frame(doc, clause, verb, limit, group))
    return _share_objects(doc, clause, frames)


def _verb_limit(doc: "Doc", following: "Token | None", end: int, verb: "Token") -> int:
    if following is None:
        return end
    edge = int(following.i)
    while edge - 1 > verb.i and (
        doc[edge - 1].pos_ in {"CCONJ", "PUNCT", "ADV", "AUX"}
        or doc[edge - 1].tag_ in {"TO"}
        or doc[edge - 1].lower_ in {"not"}
    ):
        edge -= 1
    return edge


def _frame(doc: "Doc", clause: _Clause, verb: "Token", limit: int, group: int) -> Frame:
    cue = clause.cue
    passive = cue.passive and verb.tag_ in {"VBN", "VBD"}
    action, after = action_parts(verb, limit, passive)
    if cue.label == "right to be":
        action, after = action_parts(verb, limit, passive=False)
        action = f"be {verb.lower_}{action.removeprefix(lemma(verb))}"
    actor = _actor(doc, cue)
    modality, negated = cue.modality, cue.negated
    if passive:
        target, reach = (_patient(doc, cue), after)
        agent = _agent(doc, verb, clause.end)
        actor = agent
    else:
        narrow = modality in {PER, PRO} and not cue.hide_actor
        begin, reach = object_span(verb, after, limit, clause.found, narrow=narrow)
        if cue.hide_actor and reach > begin and lemma(verb) in ALLOW_VERBS:
            reach = next((s.start for s in clause.found if s.start > reach), limit)
        target = slice_text(doc, begin, reach) if reach > begin else ""
        modality, negated, target = _negative_object(doc, modality, negated, begin, after, target)
        if reach <= begin:
            reach = after
    condition, exception, last = _circumstances(doc, clause, verb, reach, limit, modality)
    if last >= 0 and _at_end(doc, last):
        slot = "exception" if clause.scope and clause.scope[-1].kind == "exception" else "condition"
    else:
        slot = "object" if _at_end(doc, reach) else ""
    actor, target = resolve(doc, clause.scope, actor, target, cue)
    frame = Frame(
        modality, actor, ("not " if negated else "") + action, target, condition, exception,
        label=cue.label, passive=passive, open_slot=slot, group=group, extent=slice_text(doc, verb.i, max(limit, verb.i + 1)),
    )  # fmt: skip
    return replace(frame, authority=authority(doc.text, frame.condition, frame.exception, frame.actor, action))


def _at_end(doc: "Doc", index: int) -> bool:
    return all(token.is_punct or token.is_space for token in doc[index:])


def _negative_object(
    doc: "Doc", modality: Modality, negated: bool, begin: int, after: int, target: str
) -> tuple[Modality, bool, str]:
    """ "may have no more than one X" forbids more than one; "must accept no gifts" forbids gifts."""
    opening = [token.lower_ for token in doc[after : begin + 3]][:4]
    if not opening or opening[0] not in {"no", "nothing", "none", "neither"}:
        return modality, negated, target
    if (
        opening[:3] in (["no", "more", "than"], ["no", "longer", "than"], ["no", "later", "than"])
        and modality is not PER
    ):
        return modality, negated, target
    if opening[:3] in (["no", "later", "than"], ["no", "longer", "than"]):
        return modality, negated, target
    target = re.sub(r"^no ", "", target)
    if modality in {OBL, PER} and not negated:
        return PRO, False, target
    return (modality, True, target) if modality is REC and not negated else (modality, negated, target)


def _actor(doc: "Doc", cue: Cue) -> str:
    if cue.label == "imperative":
        return "you" if re.search(r"\byou\b", doc.text, re.IGNORECASE) else ""
    if cue.subject is None or cue.hide_actor:
        return ""
    if cue.subject.lower_ in {"it", "there"} and cue.subject.dep_ == "expl":
        return ""
    if cue.subject.lower_ in {"who", "which", "that"}:
        return ""
    stop = cue.anchor if cue.subject.i < cue.anchor else cue.verb.i
    text = slice_text(doc, *actor_span(cue.subject, stop))
    if text.lower() in {"nobody", "none", "no one", "no-one"}:
        return "anyone"
    return re.sub(r"^(?:none|neither) of (?:the )?", "", text, flags=re.IGNORECASE)


def _patient(doc: "Doc", cue: Cue) -> str:
    """The subject of a passive is what the action is done to; one restrictive modifier stays."""
    subject = cue.subject
    if subject is None or subject.lower_ in {"who", "which", "that"}:
        return ""
    stop = cue.anchor if subject.i < cue.anchor else cue.verb.i
    start = strip_determiners(doc, int(subject.left_edge.i), stop)
    if doc[start].lower_ in {"only", "not"}:
        start = strip_determiners(doc, start + 1, stop)
    if subject.lower_ in {"nobody", "none", "one"}:
        return "anyone"
    return slice_text(doc, start, with_quantity(doc, noun_end(subject, cue.verb, stop), stop))


def _agent(doc: "Doc", verb: "Token", limit: int) -> str:
    for child in verb.rights:
        if child.lower_ == "by" and child.i < limit:
            noun = next((c for c in child.rights if c.dep_ == "pobj"), None)
            if noun is not None and noun.pos_ in {"NOUN", "PROPN", "PRON"} and is_party(noun) and noun.lower_ != "law":
                start = strip_determiners(doc, int(noun.left_edge.i), limit)
                return slice_text(doc, start, noun_end(noun, verb, limit))
    return ""


def _circumstances(
    doc: "Doc", clause: _Clause, verb: "Token", reach: int, limit: int, modality: Modality
) -> tuple[str, str, int]:
    """Conditions and exceptions as joined text, and the token where the last of them ends (-1: none)."""
    cue, conditions, exceptions = clause.cue, [], []
    last = -1
    only = cue.only
    if cue.subject is not None and not cue.passive:
        stop = cue.anchor if cue.subject.i < cue.anchor else cue.verb.i
        restriction = subject_restriction(cue.subject, stop)
        if restriction is not None:
            conditions.append((restriction[0], slice_text(doc, *restriction)))
        if cue.subject.left_edge.lower_ == "only":
            only = False
            end = actor_span(cue.subject, stop)[1]
            conditions.append((0, slice_text(doc, int(cue.subject.left_edge.i), end)))
    tail = _limiting_phrase(doc, clause, reach, max(limit, reach), modality)
    if tail is not None:
        words = slice_text(doc, *tail)
        conditions.append((tail[0], f"only {words}" if only and not words.lower().startswith("only") else words))
        last, only = tail[1], False
    for segment in clause.scope:
        if verb.i < segment.start < reach:
            continue
        text = slice_text(doc, segment.start, segment.end)
        if segment.kind == "condition":
            if only and segment.start > verb.i and not text.lower().startswith("only"):
                text, only = f"only {text}", False
            conditions.append((segment.start, text))
        elif segment.kind == "exception":
            exceptions.append((segment.start, text))
        elif (modality in {PER, PRO} and doc[segment.start : segment.start + 2].text.lower() == "in order") or (
            modality is PRO and segment.start > verb.i and doc[segment.start].lower_ == "because"
        ):
            conditions.append((segment.start, text))
        if segment.kind != "aside" and segment.start > verb.i:
            last = max(last, segment.end)
    joined = [" ; ".join(text for _, text in sorted(part) if text) for part in (conditions, exceptions)]
    return joined[0], joined[1], last


_LIMITING = frozenset(
    {"to", "for", "in", "on", "at", "through", "into", "as", "solely", "only", "outside", "with", "from", "exclusively"}
)
_UNLIMITING = re.compile(
    r"^(?:from time to time|from any|at any time|in writing|in good faith|in advance|in particular|for example|in full|"
    r"with (?!(?:the |your |a )?(?:\w+ )?(?:consent|approval|permission|authori[sz]ation))|"
    r"to anyone|from anyone|as soon|as follows|as well|in its|in their|in the following|as (?:described|provided|permitted|required|set))",
    re.IGNORECASE,
)


def _limiting_phrase(doc: "Doc", clause: _Clause, reach: int, limit: int, modality: Modality) -> tuple[int, int] | None:
    """For permissions and prohibitions: the purpose, recipient or channel that follows the object."""
    if modality not in {PER, PRO}:
        return None
    start = reach
    while start < limit and (
        doc[start].text == ","
        or (doc[start].pos_ == "ADV" and doc[start].lower_ not in {"only", "solely", "exclusively"})
    ):
        start += 1
    stop = min([limit, clause.end, *(segment.start for segment in clause.found if segment.start >= start)])
    stop = next((i for i in range(start, stop) if doc[i].text == "," and _finite_clause(doc, i + 1, stop)), stop)
    if start >= stop or doc[start].lower_ not in _LIMITING:
        return None
    words = doc[start:stop].text
    if (
        doc[start].lower_ == "as"
        and lemma(doc[reach - 1]) not in {"use", "serve", "act"}
        and clause.cue.verb.lemma_ != "use"
    ):
        return None
    if _UNLIMITING.match(words):
        return None
    return start, stop


def _finite_clause(doc: "Doc", position: int, stop: int) -> bool:
    """Whether "and any larger discount requires ..." opens at ``position``."""
    if position >= stop or doc[position].pos_ != "CCONJ":
        return False
    chunk = next((c for c in doc[position + 1 : stop].noun_chunks if c.start == position + 1), None)
    return chunk is not None and chunk.end < stop and doc[chunk.end].tag_ in {"VBZ", "VBP", "MD"}


_INTRANSITIVE = frozenset(
    "object stop act work vote reply cooperate comply sleep wait remain resign proceed apologise speak".split()
)


def _share_objects(doc: "Doc", clause: _Clause, frames: list[Frame]) -> list[Frame]:
    """ "use or disclose X": a verb directly before its sibling takes the sibling's object; circumstances are shared."""
    shared = list(frames)
    for position in range(len(shared) - 2, -1, -1):
        frame, nearest = shared[position], shared[position + 1]
        if not frame.object and not frame.passive and nearest.object and frame.action not in _INTRANSITIVE:
            bare = clause.verbs[position].pos_ == "VERB" and frame.action.split()[-1] != "be"
            shared[position] = replace(frame, object=nearest.object if bare else frame.object)
        if nearest.condition and (not frame.condition or not frames[position].object):
            shared[position] = replace(shared[position], condition=nearest.condition, authority=nearest.authority)
        if nearest.open_slot and not shared[position].open_slot:
            shared[position] = replace(shared[position], open_slot=nearest.open_slot)
    return shared


def _special(doc: "Doc", clause: _Clause, group: int) -> list[Frame]:
    """Definitions, "is not acceptable", "is responsible for N", "has a right to N"."""
    cue = clause.cue
    label, action, target = cue.label, cue.verb.lemma_.lower(), ""
    actor, reach = _actor(doc, cue), cue.verb.i + 1
    modality = cue.modality
    if label == "adjective":
        actor, target = "", _patient(doc, cue)
        action = f"be {cue.verb.lower_}" if modality is OBL else "allow"
    elif label == "responsible":
        preposition = next(child for child in cue.verb.children if child.lower_ == "for")
        begin, reach = object_span(cue.verb, preposition.i + 1, clause.end, clause.found)
        action, target = f"be {cue.verb.lower_} for", slice_text(doc, begin, reach)
    elif label == "compliance":
        start = next(t.i for t in doc[cue.verb.i :] if t.lower_ == "with") + 1
        begin, reach = object_span(cue.verb, start, clause.end, clause.found)
        action, target = "be in compliance with", slice_text(doc, begin, reach)
    elif label == "have right":
        noun = next(child for child in cue.verb.rights if child.dep_ in {"dobj", "attr"})
        begin = strip_determiners(doc, int(noun.left_edge.i), clause.end)
        action, target = "have", slice_text(doc, begin, noun_end(noun, cue.verb, clause.end))
    else:
        begin, reach = _definiens(doc, clause)
        action = {"refer": "refer to"}.get(action, action)
        target = slice_text(doc, begin, reach)
    condition, exception, last = _circumstances(doc, clause, cue.verb, reach, clause.end, modality)
    reached = max(reach, last)
    frame = Frame(
        modality, actor, ("not " if cue.negated else "") + action, target, condition, exception,
        label=label, passive=cue.passive, open_slot="object" if _at_end(doc, reached) else "", group=group,
    )  # fmt: skip
    return [replace(frame, authority=authority(doc.text, condition, exception, actor, action))]


def _follows_conjunction(token: "Token") -> bool:
    """ "... and excludes", "... but does not include": a second defining verb."""
    position = token.i - 1
    while token.doc[position].lower_ in {"does", "not", "also"}:
        position -= 1
    return token.doc[position].pos_ == "CCONJ"


def _definiens(doc: "Doc", clause: _Clause) -> tuple[int, int]:
    """What a term means: to the end of the clause, or to a coordinated defining verb, without asides."""
    verb = clause.cue.verb
    start = verb.i + 1
    while start < clause.end and (
        doc[start].dep_ == "neg" or doc[start].text in {",", ":"} or doc[start].lower_ in {"to", "as", "that"}
    ):
        start += 1
    segment = overlaps(start, clause.found)
    if segment is not None and doc[start].lower_ not in {"where", "when"}:
        start = segment.end + (segment.end < clause.end and doc[segment.end].text == ",")
    siblings = [c.i for c in verb.rights if c.dep_ == "conj" and c.pos_ == "VERB" and c.i > start]
    stop = min([clause.end, *siblings])
    stops = [s.start for s in clause.found if s.start > start and s.kind != "aside" and doc[s.start - 1].text == ","]
    siblings = [
        t.i
        for t in doc[start:stop]
        if t.lemma_ in {"include", "exclude"} and t.tag_ == "VBZ" and _follows_conjunction(t)
    ]
    stops += siblings
    stop = min([stop, *stops])
    return strip_determiners(doc, start, stop), _before_conjunction(doc, stop, start)
