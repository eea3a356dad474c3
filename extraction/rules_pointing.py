"""Conditions that point back: "If they do, ...", "If so, ...", "In that case, ..." with the case of the sentence before."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.lexicon import RIGHT_NOUNS
from extraction.parsed import words_of
from extraction.rules_bounds import clause_end
from extraction.rules_frame import Frame
from extraction.rules_phrases import slice_text
from extraction.rules_spans import segments
from extraction.rules_tokens import infinitive
from kg.model import Modality

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ACTS = re.compile(
    r"^(?P<word>if|when|where|once) (?P<who>they|you|he or she|he|she|it|we|this|that) (?P<verb>do|does|did)"
    r"(?P<denied> not|n[’']t)?(?: so| this| that)?$",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"^(?:(?P<word>if|when|where) (?:so|(?:this|that|it) (?:happens|occurs|is the case|is so))|in (?:that|this|such(?: an?)?|these|those) (?:case|event|situation|circumstance)s?)$",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(r"^(?:only )?(?:if|when|where|whenever|wherever|once|in the event|in case)\b", re.IGNORECASE)
_LONGEST = 24  # words; a longer case is not repeated


def with_case(frame: Frame, before: "Doc | None", told: Sequence[Frame]) -> Frame:
    """``frame`` with the conditions that point to the sentence ``before`` it, whose frames are ``told``, in full words.

    What cannot be told for certain stays as it is.
    """
    if before is None or not frame.condition:
        return frame
    pieces = [_resolved(piece, before, told) for piece in frame.condition.split(" ; ")]
    return replace(frame, condition=" ; ".join(pieces))


def _resolved(piece: str, before: "Doc", told: Sequence[Frame]) -> str:
    acts = _ACTS.match(piece)
    if acts is not None:
        who, act = _statement(before)
        if not act or not _same(acts["who"].lower(), who):
            return piece
        helper = "did" if acts["verb"].lower() == "did" else "do" if _plural(who) else "does"
        helper += " not" if acts["denied"] else ""
        return f"{acts['word'].lower()} {who} {helper} {act}"
    if not _CASE.match(piece):
        return piece
    conditions = {one for frame in told for one in frame.condition.split(" ; ") if _CONDITIONAL.match(one)}
    if len(conditions) == 1:
        return conditions.pop()
    who, act = _statement(before) if not conditions else ("", "")
    if not act or any(frame.modality is not Modality.PERMISSION for frame in told):
        return piece
    return f"if {who} {'do' if _plural(who) else 'does'} {act}"


def _same(pronoun: str, who: str) -> bool:
    """Whether the pronoun can stand for the subject of the sentence before; "you" speaks of nobody else."""
    first = who.lower()
    if pronoun in {"you", "we"} or first in {"you", "we", "i"}:
        return pronoun == first
    return pronoun in {"this", "that"} or pronoun == "they" or not _plural(who)


def _plural(who: str) -> bool:
    last = who.lower().split(" of ")[0].split()[-1] if who else ""
    return last in {"you", "we", "they", "people"} or (last.endswith("s") and not last.endswith("ss"))


def _statement(doc: "Doc") -> tuple[str, str]:
    """Who does what in the main clause: its subject and its verb phrase in the base form; empty where that is not plain.

    A passive, a denial and a question have no act that "they do" could repeat.
    """
    root = next((token for token in doc if token.dep_ == "ROOT"), None)
    if root is None or root.pos_ != "VERB" or root.tag_ not in {"VB", "VBP", "VBZ"}:
        return "", ""
    subject = next((child for child in root.lefts if child.dep_ == "nsubj"), None)
    helpers = [child for child in root.children if child.dep_ in {"aux", "auxpass", "neg"}]
    if subject is None or any(child.dep_ != "aux" for child in helpers) or words_of(doc)[-1] == "?":
        return "", ""
    who = slice_text(doc, int(subject.left_edge.i), int(subject.i) + 1)
    verb = _verb(root)
    if verb is None or who.lower() in {"this", "that", "it", "there", "which", "who"}:
        return "", ""
    act = slice_text(doc, verb.i, _act_end(verb)).split(" ", 1)
    if len(act) < 2 or len(act[1].split()) >= _LONGEST:
        return "", ""
    return who if _is_name(subject) else who[:1].lower() + who[1:], f"{verb.lemma_} {act[1]}"


_LIGHT = frozenset({"have", "need", "want", "wish", "decide", "choose", "be"})


def _verb(root: "Token") -> "Token | None":
    """The verb that says what is done: behind "has the right to", "wants to"; None where there is none."""
    if root.lemma_.lower() not in _LIGHT:
        return root
    named = [child for child in root.rights if child.dep_ == "dobj" and child.lemma_.lower() in RIGHT_NOUNS]
    target = infinitive(named[0]) if named else infinitive(root)
    return target[0] if target is not None and not target[1] else None


def _act_end(verb: "Token") -> int:
    """Where the verb phrase ends: at its clause's end, or at a condition or a remark set off by a comma."""
    doc = verb.doc
    stop = clause_end(doc, verb.i, len(doc))
    cut = (s.start for s in segments(doc) if s.start > verb.i and doc[s.start - 1].text == ",")
    return min([stop, *cut])


def _is_name(subject: "Token") -> bool:
    first = subject.left_edge
    return bool(first.pos_ == "PROPN" or first.text.isupper())
