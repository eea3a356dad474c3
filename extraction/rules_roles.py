"""Who acts and what is acted on, in active and passive clauses."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.lexicon import ALLOW_VERBS, FORBID_VERBS, REQUIRE_VERBS, word_set
from extraction.parsed import noun_phrases, text_of
from extraction.rules_cue import DEF, OBL, PER, PRO, REC, Cue
from extraction.rules_fields import actor_span
from extraction.rules_objects import noun_end
from extraction.rules_phrases import slice_text, strip_determiners, with_quantity
from extraction.rules_spans import Segment, overlaps
from extraction.rules_tokens import is_party
from kg.model import Modality

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def negative_object(
    verb: "Token", modality: Modality, negated: bool, begin: int, after: int, target: str
) -> tuple[Modality, bool, str]:
    """As in "may have no more than one X" forbids more than one; "must accept no gifts" forbids gifts; "needs no permit" frees from one."""
    doc = verb.doc
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
    if (
        verb.lemma_.lower() in {"need", "require"}
        and not any(child.tag_ == "MD" for child in verb.lefts)
        and not negated
    ):
        return PER, True, target
    if modality in {OBL, PER} and not negated:
        return PRO, False, target
    return (modality, True, target) if modality is REC and not negated else (modality, negated, target)


def with_own_subject(cue: Cue, found: "tuple[Segment, ...]") -> Cue:
    """As in "When the wife of a patient calls, reception may tell": a subject that the parser took from the condition.

    Behind the condition stands the real one, or, where it follows its noun ("use after 9 pm is forbidden"), before it.
    """
    inside = overlaps(cue.subject.i, found) if cue.subject is not None and cue.subject.i < cue.anchor else None
    if inside is None or cue.subject is None or inside.end > cue.anchor:
        return cue
    doc = cue.subject.doc
    if inside.kind == "aside":
        return _beside_account(cue, inside)
    behind = next((c.root for c in noun_phrases(doc) if inside.end <= c.start and c.end <= cue.anchor), None)
    last = doc[cue.anchor - 1]
    if behind is None and last.i >= inside.end and last.pos_ in {"NOUN", "PROPN", "PRON"}:
        behind = last
    follows = all(t.pos_ == "AUX" for t in doc[inside.end : cue.anchor])
    before = [c.root for c in noun_phrases(doc) if c.end == inside.start] if follows else []
    subject = behind if behind is not None else before[0] if before else None
    if (
        subject is None
        and inside.end == cue.anchor
        and inside.start > 0
        and doc[inside.start - 1].pos_ in {"NOUN", "PROPN"}
    ):
        subject = doc[inside.start - 1]
    while subject is not None and before and subject.dep_ == "pobj" and subject.head.head.i < subject.i:
        subject = subject.head.head
    return cue if subject is None else replace(cue, subject=subject)


def _beside_account(cue: Cue, inside: Segment) -> Cue:
    """As in "Taking into account the cost of X, the owner shall", "the owner, taking account of the cost, shall"."""
    doc = cue.verb.doc
    if doc[inside.start].lower_ != "taking":
        return cue
    behind = next((c.root for c in noun_phrases(doc) if inside.end <= c.start and c.end <= cue.anchor), None)
    before = next((c.root for c in noun_phrases(doc) if c.end == inside.start - 1), None)
    subject = behind if behind is not None else before
    return replace(cue, subject=subject) if subject is not None else cue


def actor_of(doc: "Doc", cue: Cue) -> str:
    if cue.label == "imperative":
        return "you" if re.search(r"\byou\b", text_of(doc), re.IGNORECASE) else ""
    if cue.subject is None or cue.hide_actor:
        return ""
    if cue.subject.lower_ in {"it", "there"} and cue.subject.dep_ == "expl":
        return ""
    if cue.subject.lower_ in {"who", "which", "that"}:
        return ""
    stop = cue.anchor if cue.subject.i < cue.anchor else cue.verb.i
    text = slice_text(doc, *actor_span(cue.subject, stop))
    if re.match(r"(?:nobody|none|no one|no-one)(?: (?:other|but|except)\b.*)?$", text, re.IGNORECASE):
        return "anyone"
    if cue.modality is DEF:
        if text.lower() in {"term", "terms", "word", "phrase", "expression"}:
            quoted = re.match(r"\W*([\"“‘'][^\"“”‘’']+[\"”’'])", doc[cue.subject.i + 1 : cue.verb.i].text)
            return quoted.group(1) if quoted else text
        text = re.sub(r"^(?:term|word|expression|phrase)s? (?=[\"“‘'])", "", text, flags=re.IGNORECASE)
    text = re.sub(r"^(?:none|neither) of (?:the )?", "", text, flags=re.IGNORECASE)
    return re.sub(r"['’]s?$", "", text) if cue.label == "policy" else text.replace(" nor ", " or ")


def patient_of(doc: "Doc", cue: Cue) -> str:
    """The subject of a passive is what the action is done to; one restrictive modifier stays."""
    subject = cue.subject
    if subject is None or subject.lower_ in {"who", "which", "that"}:
        return ""
    stop = cue.anchor if subject.i < cue.anchor else cue.verb.i
    start = strip_determiners(doc, int(subject.left_edge.i), stop)
    if subject.left_edge.i > 0 and "than" in {t.lower_ for t in doc[subject.left_edge.i - 1 : subject.i]}:
        # The parser stopped inside "knives with a blade shorter than 8 centimetres": all before the modal is the noun.
        opener = next((t.i + 1 for t in reversed(doc[: subject.i]) if t.text in {",", ";", ":", "."}), 0)
        return slice_text(doc, strip_determiners(doc, opener, stop), stop)
    if doc[start].lower_ in {"only", "not"}:
        start = strip_determiners(doc, start + 1, stop)
    if subject.lower_ in {"nobody", "none", "one"}:
        return "anyone"
    if start > 0 and doc[start].lower_ in {"most", "least"} and doc[start - 1].lower_ == "at":
        start -= 1
    end = with_quantity(doc, noun_end(subject, cue.verb, stop), stop)
    referring = next((t.i for t in doc[start:end] if t.lower_ in {"referred", "mentioned"}), end)
    end = referring if referring >= end - 2 and referring > start else end
    text = slice_text(doc, start, end)
    return text[8:].replace(" nor ", " or ") if text.lower().startswith("neither ") else text


_NORMING = FORBID_VERBS | ALLOW_VERBS | REQUIRE_VERBS
_LAWS = word_set(
    "act law regulation statute directive code legislation ordinance treaty constitution rule policy section article "
    "january february march april may june july august september october november december"
)


def _second_agent(doc: "Doc", verb: "Token", end: int, limit: int) -> str:
    """As in "by the porter or by the guard": " or the guard"."""
    if end + 2 >= limit or doc[end].pos_ != "CCONJ" or doc[end + 1].lower_ != "by":
        return ""
    noun = next((child for child in doc[end + 1].rights if child.dep_ == "pobj"), None)
    named = noun is not None and is_party(noun)
    return (
        f" {doc[end].text} {slice_text(doc, end + 2, noun_end(noun, verb, limit))}"
        if noun is not None and named
        else ""
    )


def _restricts(child: "Token") -> bool:
    """Whether the child is a clause like "who has passed the test" that narrows the noun down."""
    opens = child.left_edge
    return child.dep_ == "relcl" and opens.tag_ in {"WP", "WDT"} and opens.nbor(-1).text != ","


def _alone(by: "Token") -> bool:
    """As in "may be driven only by somebody who holds a licence": what limits the act is the whole phrase."""
    return by.i > 0 and by.nbor(-1).lower_ in {"only", "solely", "exclusively"}


def agent_restriction(verb: "Token", limit: int) -> tuple[int, int] | None:
    """Tokens of the clause that narrows down who does what a passive verb says; None where there is none."""
    for by in (c for c in verb.rights if c.lower_ == "by" and c.i < limit and not _alone(c)):
        noun = next((c for c in by.rights if c.dep_ == "pobj"), None)
        clause = next((c for c in noun.rights if _restricts(c)), None) if noun is not None and is_party(noun) else None
        if clause is not None and clause.left_edge.i < limit:
            return int(clause.left_edge.i), min(limit, int(clause.right_edge.i) + 1)
    return None


def agent_span(verb: "Token", limit: int) -> tuple[int, int] | None:
    """Tokens of "by X", where X is somebody who does what a passive verb says."""
    for by in (c for c in verb.rights if c.lower_ == "by" and c.i < limit):
        noun = next((c for c in by.rights if c.dep_ == "pobj"), None)
        if noun is not None and is_party(noun):
            return int(by.i), noun_end(noun, verb, limit)
    return None


def agent_of(doc: "Doc", verb: "Token", limit: int) -> str:
    """Who does what a passive verb says; who forbids, allows or requires it is not the one it binds, and no law acts."""
    if verb.lemma_.lower() in _NORMING:
        return ""
    for child in verb.rights:
        if child.lower_ == "by" and child.i < limit:
            noun = next((c for c in child.rights if c.dep_ == "pobj"), None)
            if (
                noun is not None
                and noun.pos_ in {"NOUN", "PROPN", "PRON"}
                and is_party(noun)
                and noun.lemma_.lower() not in _LAWS
            ):
                start = strip_determiners(doc, int(noun.left_edge.i), limit)
                aside = (
                    int(c.left_edge.i)
                    for c in noun.rights
                    if (c.dep_ == "prep" and c.lower_ in {"on", "at", "within", "through", "via"})
                    or (_restricts(c) and not _alone(child))
                )
                end = noun_end(noun, verb, min(limit, next(aside, limit)))
                return f"{slice_text(doc, start, end)}{_second_agent(doc, verb, end, limit)}"
    return ""
