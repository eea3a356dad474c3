"""From the cues and segments of one parsed text to deontic frames.

A frame's fields follow LegalRuleML and ODRL (actor, action, target, constraint), with exception and authority. The
main clause is read around each cue; coordinated verbs become one frame each and share what stands before and after.
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.lexicon import ALLOW_VERBS, EMBEDDING_VERBS, RIGHT_NOUNS
from extraction.parsed import text_of
from extraction.rules_actions import action_parts
from extraction.rules_anaphora import resolve
from extraction.rules_authority import authority
from extraction.rules_circumstances import circumstances_of, shared_tail
from extraction.rules_clauses import Clause, clause_of, is_main
from extraction.rules_complements import forced_to
from extraction.rules_completed import is_all, made, same_act, undergone, with_state
from extraction.rules_cue import OBL, PER, PRO, Cue
from extraction.rules_cues import find_cues
from extraction.rules_fields import actor_span
from extraction.rules_frame import Frame
from extraction.rules_habits import habit_cues
from extraction.rules_impersonal import account_given, told_clause
from extraction.rules_markers import CONSENT
from extraction.rules_objects import object_span
from extraction.rules_phrases import clean, lemma, slice_text
from extraction.rules_polarity import own_cue
from extraction.rules_roles import actor_of, agent_of, negative_object, patient_of, with_own_subject
from extraction.rules_series import share_objects, with_shared
from extraction.rules_spans import Segment, segments
from extraction.rules_special import SPECIAL, at_end, special_frames
from extraction.rules_tokens import named

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def frames_of(doc: "Doc", start: int = 0, end: int | None = None) -> tuple[Frame, ...]:
    """All frames that the main clauses of ``doc[start:end]`` state, in the order of their verbs.

    Those of a whole text are kept with it: every item of a list asks for the frames of its lead-ins again.
    """
    whole = start == 0 and end is None
    known: tuple[Frame, ...] | None = doc.user_data.get("rule_frames") if whole else None
    if known is None:
        known = _frames_between(doc, start, end)
        if whole:
            doc.user_data["rule_frames"] = known
    return known


def _frames_between(doc: "Doc", start: int, end: int | None) -> tuple[Frame, ...]:
    limit = len(doc) if end is None else end
    if is_question(doc, start, limit) or _REASON.match(text_of(doc)):
        return ()
    found = segments(doc, start, limit)
    cues = [with_own_subject(cue, found) for cue in find_cues(doc, start, limit) if is_main(cue, found)]
    return _frames_of_cues(doc, cues, found, start, limit)


def habits_of(doc: "Doc") -> tuple[Frame, ...]:
    """What a text without a deontic word lays down in the plain present tense; see :mod:`extraction.rules_habits`."""
    if is_question(doc, 0, len(doc)):
        return ()
    found = segments(doc)
    cues = [with_own_subject(cue, found) for cue in habit_cues(doc) if is_main(cue, found)]
    return _frames_of_cues(doc, cues, found, 0, len(doc))


_REASON = re.compile(r"(?:this|that|it) (?:is|was) (?:simply |mainly |only )?because\b", re.IGNORECASE)
"""A sentence that gives the reason of another states no rule."""


def _frames_of_cues(
    doc: "Doc", cues: list[Cue], found: tuple[Segment, ...], start: int, limit: int
) -> tuple[Frame, ...]:
    frames: list[Frame] = []
    taken: set[int] = set()
    for number, cue in enumerate(cues):
        if _inside_definiens(doc, cue, cues[:number]):
            continue
        if cue.verb.i in taken or _inside_object(cue, frames, doc):
            continue
        later = [other for other in cues[number + 1 :] if not _inside_definiens(doc, other, cues[: number + 1])]
        clause = clause_of(doc, cue, later, found, start, limit)
        taken.update(verb.i for verb in clause.verbs)
        frames.extend(_frames(doc, clause, number))
    return _without_carriers(frames)


def _without_carriers(frames: list[Frame]) -> tuple[Frame, ...]:
    """As in "A contract must provide that X will V" is X's duty: the verb that only carries it gives way."""
    kept = [
        frame
        for position, frame in enumerate(frames)
        if not (frame.action in EMBEDDING_VERBS and not frame.object and position + 1 < len(frames))
    ]
    return tuple(kept)


def is_question(doc: "Doc", start: int, end: int) -> bool:
    """A question states no rule."""
    return end > start and doc[end - 1].text == "?"


def _inside_definiens(doc: "Doc", cue: Cue, before: list[Cue]) -> bool:
    """As in "X means the services that we list and a firm will perform": what a term means runs on to a clause of its own."""
    if cue.label in {"define", "imperative"} or not any(
        c.label == "define" and c.verb.lemma_ == "mean" for c in before
    ):
        return False
    begin = cue.subject.left_edge.i if cue.subject is not None and cue.subject.i < cue.anchor else cue.anchor
    return begin > 0 and doc[begin - 1].pos_ != "CCONJ" and doc[begin - 1].text not in {";", ".", ":", "—", "–"}


def _inside_object(cue: Cue, frames: list[Frame], doc: "Doc") -> bool:
    """A cue whose words a previous frame's object or condition already holds ("ensure that they do not ...")."""
    if not frames or cue.label == "imperative":
        return False
    begin = cue.subject.left_edge.i if cue.subject is not None and cue.subject.i < cue.anchor else cue.anchor
    if cue.label == "define" and cue.verb.lemma_.lower() in {"include", "exclude", "cover"}:
        return False
    words = clean(text_of(doc)[doc[begin].idx : doc[cue.verb.i].idx + len(doc[cue.verb.i])])
    last = frames[-1]
    return bool(words) and any(words in part for part in (last.object, last.condition, last.exception))


def _frames(doc: "Doc", clause: Clause, group: int) -> list[Frame]:
    cue = clause.cue
    if cue.label in SPECIAL:
        return special_frames(doc, clause, group)
    frames: list[Frame] = []
    verbs: list[Token] = []
    for position, verb in enumerate(clause.verbs):
        following = clause.verbs[position + 1] if position + 1 < len(clause.verbs) else None
        limit = _verb_limit(doc, following, clause, verb)
        own = own_cue(cue, verb)
        if own is not None:
            if verb != cue.verb and cue.verb.lemma_ == "be" and verb.tag_ in {"VBN", "VBD"} and not cue.passive:
                own = replace(own, passive=True)  # "must be in writing and served on the clerk"
            verbs.append(verb)
            frames.append(_frame(doc, replace(clause, cue=own), verb, limit, group))
    if len(frames) > 1 and not cue.passive:
        _, after = action_parts(verbs[-1], clause.end, passive=False)
        reach = object_span(verbs[-1], after, clause.end, clause.found, narrow=cue.modality in {PER, PRO})[1]
        frames = with_shared(frames, shared_tail(doc, clause, reach, cue.modality))
    return share_objects(replace(clause, verbs=tuple(verbs)), frames)


def _verb_limit(doc: "Doc", following: "Token | None", clause: Clause, verb: "Token") -> int:
    if following is None:
        return clause.end
    edge = int(following.i)
    case = next((s for s in clause.found if s.end == edge - 1 and s.start > verb.i + 1), None)
    if case is not None and doc[case.start - 2].pos_ == "CCONJ":
        edge = case.start  # "check it and, where needed, mend it"
    if clause.cue.label == "right" and doc[edge - 1].tag_ == "TO" and doc[edge - 2].lemma_.lower() in RIGHT_NOUNS:
        edge = max(int(doc[edge - 2].left_edge.i), verb.i + 1)  # "to speak and the right to vote"
    while edge - 1 > verb.i and (
        doc[edge - 1].pos_ in {"CCONJ", "PUNCT", "ADV", "AUX"}
        or doc[edge - 1].tag_ == "TO"
        or doc[edge - 1].lower_ in {"not", "never", "neither", "nor"}
        or (doc[edge - 1].lower_ in {"for", "from"} and doc[edge - 2].pos_ == "CCONJ")
    ):
        edge -= 1
    return edge


def _frame(doc: "Doc", clause: Clause, verb: "Token", limit: int, group: int) -> Frame:
    cue = clause.cue
    passive = cue.passive and verb.tag_ in {"VBN", "VBD"}
    action, after = undergone(verb, limit) if cue.label == "right to be" else action_parts(verb, limit, passive)
    actor = actor_of(doc, cue)
    modality, negated = cue.modality, cue.negated
    if passive:
        action, target, (begin, reach) = _undergoing(doc, clause, verb, action, (after, limit))
        reach, state = with_state(doc, clause, verb, (reach, max(limit, reach)))
        agent = agent_of(doc, verb, min([clause.end, *(s.start for s in clause.found if s.start > verb.i)]))
        actor = agent
    else:
        narrow = modality in {PER, PRO} and not cue.hide_actor
        begin, reach = object_span(verb, after, limit, clause.found, narrow=narrow)
        if cue.hide_actor and reach > begin and lemma(verb) in ALLOW_VERBS:
            reach = next((s.start for s in clause.found if s.start > reach), limit)
        target = slice_text(doc, begin, reach) if reach > begin else ""
        if reach > begin and doc[begin].lower_ == "that" and named(doc[begin]) != doc[begin]:
            target = f"{named(doc[begin]).text} {slice_text(doc, begin + 1, reach)}"
        modality, negated, target = negative_object(verb, modality, negated, begin, after, target)
        if reach <= begin:
            begin = reach = after
            state = ""
        else:
            reach, state = with_state(doc, clause, verb, (reach, limit))
    condition, exception, last = circumstances_of(doc, clause, verb, limit, modality, (begin, reach))
    limited = all(lemma(one) in _LIMITED for one in clause.verbs)
    if modality is OBL and not passive and cue.label in {"must", "shall", "will"} and limited:
        modality = PER if _ONLY.match(condition) else modality  # "shall use X only for Y" does not ask to use it
    if last >= 0 and at_end(doc, last):
        ending = [segment.kind for segment in clause.scope if segment.start > verb.i]
        slot = "exception" if ending and ending[-1] == "exception" else "condition"
    else:
        slot = "object" if at_end(doc, reach) else ""
    only = cue.only or (begin > after and doc[after].lower_ == "only")
    if only and not passive and modality is OBL and is_all(doc, reach, target, f"{condition} {exception}"):
        target = f"only {target}"  # "must only collect what is needed" does not demand to collect
    if action == "make":
        action, target, state = made(target, state)
    if action == "do" and (verb.i + 1 < limit and verb.nbor().lower_ == "so"):
        action, target = same_act(doc, clause, verb) or ("do so", target)
    actor, target = resolve(doc, clause.scope, actor, target, cue, verb)
    target = f"{target} {state}".strip()
    frame = Frame(
        modality, actor, ("not " if negated else "") + action, target, condition, exception,
        label=cue.label, passive=passive, open_slot=slot, group=group, extent=slice_text(doc, verb.i, max(limit, verb.i + 1)),
    )  # fmt: skip
    if cue.grantor is not None:
        return replace(frame, authority=slice_text(doc, *actor_span(cue.grantor, cue.anchor)))
    begin = cue.anchor if cue.label == "right" and cue.anchor < verb.i else verb.i
    extent = slice_text(doc, begin, max(limit, verb.i + 1))
    told = f"{frame.object}. {extent}" if passive or frame.object not in extent else extent
    told = CONSENT.sub("", told) if frame.modality is PER and not negated else told  # "may act without X's consent"
    return replace(frame, authority=authority(told, frame.condition, frame.exception, frame.actor))


def _undergoing(
    doc: "Doc", clause: Clause, verb: "Token", action: str, span: tuple[int, int]
) -> tuple[str, str, tuple[int, int]]:
    """Action and object of a passive, with the tokens behind the verb that belong to the object; ``span``: where they may lie."""
    after, limit = span
    if (given := account_given(verb, clause.cue.subject, clause.end)) is not None:
        return given[0], slice_text(doc, *given[1]), given[1]
    told = told_clause(verb, clause.cue.subject, clause.end)
    begin, reach = told if told is not None else (after, forced_to(verb, after, limit))
    thing = patient_of(doc, clause.cue) if told is None else ""
    return action, f"{thing} {slice_text(doc, begin, reach)}".strip(), (begin, reach)


_LIMITED = frozenset(
    {"use", "disclose", "process", "access", "share", "transfer", "collect", "retain", "store", "enter"}
)
_ONLY = re.compile(
    r"(?:only|solely|exclusively) (?:for|to|in|with|at|on|by|if|when|where|as|through|via|under)\b", re.IGNORECASE
)
