"""Frames of predicates that are no plain verb: definitions, "is not acceptable", "is responsible for N", "has a right to N"."""

from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.parsed import text_of
from extraction.rules_authority import authority
from extraction.rules_circumstances import circumstances_of
from extraction.rules_clauses import Clause, before_conjunction
from extraction.rules_cue import OBL, PER
from extraction.rules_frame import Frame
from extraction.rules_listing import before_examples
from extraction.rules_objects import noun_end, object_span
from extraction.rules_phrases import lemma, slice_text, strip_determiners
from extraction.rules_roles import actor_of, patient_of
from extraction.rules_spans import overlaps

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


SPECIAL = frozenset(
    {"define", "deemed", "adjective", "responsible", "have right", "compliance", "entitled", "changeable"}
)
"""The labels of cues whose predicate is no plain verb."""


def at_end(doc: "Doc", index: int) -> bool:
    return all(token.is_punct or token.is_space for token in doc[index:])


def special_frames(doc: "Doc", clause: Clause, group: int) -> list[Frame]:
    """Definitions, "is not acceptable", "is responsible for N", "has a right to N"."""
    cue = clause.cue
    label, action, target = cue.label, cue.verb.lemma_.lower(), ""
    actor, reach = actor_of(doc, cue), cue.verb.i + 1
    modality = cue.modality
    if label == "adjective":
        actor, target = "", patient_of(doc, cue)
        needed = cue.verb.lower_ in {"necessary", "unnecessary", "needless"}
        action = (
            f"be {cue.verb.lower_}"
            if modality is OBL and not needed
            else "require"
            if needed
            else "require"
            if cue.negated
            else "allow"
        )
        if (
            modality is PER
            and cue.subject is not None
            and cue.subject.lower_.endswith("ing")
            and target == cue.subject.text
        ):
            action, target = lemma(cue.subject), ""  # "processing shall be lawful only if ..." permits to process
    elif label in {"responsible", "entitled"}:
        preposition = next(child for child in cue.verb.children if child.lower_ in {"for", "to", "from"})
        begin, reach = object_span(cue.verb, preposition.i + 1, clause.end, clause.found)
        action, target = f"be {cue.verb.lower_} {preposition.lower_}", slice_text(doc, begin, reach)
    elif label == "changeable":
        actor, action, target, reach = "", "change", patient_of(doc, cue), cue.verb.i + 3
    elif label == "compliance":
        start = next(t.i for t in doc[cue.verb.i :] if t.lower_ == "with") + 1
        begin, reach = object_span(cue.verb, start, clause.end, clause.found)
        action, target = "be in compliance with", slice_text(doc, begin, reach)
    elif label == "have right":
        noun = next(child for child in cue.verb.rights if child.dep_ in {"dobj", "attr", "appos"})
        if noun.pos_ in {"DET", "PRON"}:
            noun = next((c for of in noun.rights if of.lower_ == "of" for c in of.rights if c.dep_ == "pobj"), noun)
        begin = strip_determiners(doc, int(noun.left_edge.i), clause.end)
        cut = (s.start for s in clause.found if s.start > noun.i)
        end = noun_end(noun, cue.verb, min([clause.end, *cut]))
        named = next((root for root in ("reserve", "retain") if cue.verb.lower_.startswith(root)), "have")
        begin += named != "have" and doc[begin].lower_ in {"its", "their", "our"}
        action, target = named, slice_text(doc, begin, end)
    else:
        begin, reach = _definiens(doc, clause)
        action = {"refer": "refer to"}.get(action, action)
        behind = doc[cue.verb.i + 1].lower_ if cue.verb.i + 1 < clause.end else ""
        action += " as" * (behind == "as" and action in {"treat", "regard", "construe", "define"})
        target = slice_text(doc, begin, reach)
    condition, exception, last = circumstances_of(doc, clause, cue.verb, clause.end, modality, (cue.verb.i + 1, reach))
    slot = "condition" if last > reach and at_end(doc, last) else "object" if at_end(doc, max(reach, last)) else ""
    frame = Frame(
        modality, actor, ("not " if cue.negated else "") + action, target, condition, exception,
        label=label, passive=cue.passive, open_slot=slot, group=group,
    )  # fmt: skip
    return [replace(frame, authority=authority(text_of(doc), condition, exception, actor))]


def _follows_conjunction(token: "Token") -> bool:
    """As in "... and excludes", "... but does not include": a second defining verb."""
    position = token.i - 1
    while token.doc[position].lower_ in {"does", "not", "also"}:
        position -= 1
    return str(token.doc[position].pos_) == "CCONJ"


def _is_last_bracket(doc: "Doc", index: int) -> bool:
    """As in "(including discounts)" at the end: examples in brackets."""
    if doc[index - 1].text != "(" or doc[index].lower_ not in {"including", "such", "e.g."}:
        return False
    closing = next((i for i in range(index, len(doc)) if doc[i].text == ")"), len(doc))
    return all(t.is_punct for t in doc[closing:])


def _listed_end(doc: "Doc", start: int, end: int) -> int:
    """As in "N means any of the following: A; B; and C": the list runs on to the end of the text; else ``end``."""
    words = doc[start:end].text.lower()
    colon = words.find(":")
    listed = end < len(doc) and doc[end].text == ";" and colon > 0 and "following" in words[:colon]
    return len(doc) if listed else end


def _definiens(doc: "Doc", clause: Clause) -> tuple[int, int]:
    """What a term means: to the end of the clause, or to a coordinated defining verb, without asides."""
    verb = clause.cue.verb
    start = verb.i + 1
    while start < clause.end and (
        (doc[start].dep_ == "neg" and (clause.cue.negated or clause.cue.label != "deemed"))
        or doc[start].text in {",", ":"}
        or doc[start].lower_ in {"to", "as", "that"}
        or (doc[start].lower_ == "be" and doc[start - 1].lower_ == "to")
    ):
        start += 1
    segment = overlaps(start, clause.found)
    if segment is not None and doc[start].lower_ not in {"where", "when"}:
        start = segment.end + (segment.end < clause.end and doc[segment.end].text == ",")
    siblings = [
        c.i
        for c in verb.rights
        if c.dep_ == "conj" and c.lemma_ in {"mean", "include", "exclude", "cover"} and c.i > start
    ]
    whole = _listed_end(doc, start, clause.end)
    if whole > clause.end:
        return strip_determiners(doc, start, whole), whole
    stop = min([clause.end, *siblings])
    loose = clause.cue.label == "deemed"
    stops = [
        s.start
        for s in clause.found
        if s.start > start
        and (s.kind != "aside" or doc[s.start].lower_ in {"as", "i.e."})
        and (loose or doc[s.start - 1].text == ",")
    ]
    stops += [s.start - 1 for s in clause.found if s.start > start + 1 and _is_last_bracket(doc, s.start)]
    siblings = [
        t.i
        for t in doc[start:stop]
        if (t.lower_ in {"includes", "excludes"} or (t.lemma_ == "include" and t.tag_ == "VB"))
        and _follows_conjunction(t)
    ]
    stops += siblings
    stop = before_examples(doc, start, min([stop, *stops]), clause.found)
    return strip_determiners(doc, start, stop), stop if stop == clause.end else before_conjunction(doc, stop, start)
