"""What completes an object: "allow X to V", "take measures to V", "nobody may be forced to V", "keep X accurate"."""

from typing import TYPE_CHECKING

from extraction.lexicon import word_set
from extraction.rules_dictionary import can_be_verb, can_be_verb_form
from extraction.rules_phrases import lemma, trim

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONTROLS = word_set(
    "allow permit require enable ask help cause encourage direct instruct appoint invite force urge oblige want expect authorize authorise order command "
    "assist persuade induce compel train remind advise request motivate prompt tempt entitle license prepare equip empower pressure"
)
_COMPLETED = word_set(
    "measure step effort right ability opportunity authority time mean way attempt duty obligation permission request "
    "decision plan action procedure process capacity need chance provision power security failure agreement statement"
)
_MEANS = word_set("mechanism method system control safeguard tool policy programme program arrangement")
_BUILDING = word_set(
    "implement establish maintain adopt provide have develop create design introduce employ apply institute build install use"
)
"""As in "implement mechanisms to detect smoke": what is made is made for something."""


def forced_to(verb: "Token", after: int, limit: int) -> int:
    """As in "nobody may be forced to work": where the infinitive behind a passive verb of control ends."""
    if (
        lemma(verb) not in {"force", "compel", "ask", "invite", "cause", "press", "pressure", "coerce"}
        or after + 1 >= limit
    ):
        return after
    if verb.doc[after].tag_ != "TO" or verb.doc[after + 1].tag_ != "VB":
        return after
    return min(limit, trim(verb.doc, after, int(verb.doc[after + 1].right_edge.i) + 1))


_JOINING = frozenset({"or", "and", "and/or"})


def bare_series(verb: "Token", stop: int) -> "list[Token]":
    """As in "offer, promise, give or accept X": single words between commas, each of which can be a verb."""
    doc, position = verb.doc, verb.i + 1
    series: list[Token] = []
    if verb.tag_ != "VB":
        return []
    while position + 1 < stop and (doc[position].text == "," or doc[position].lower_ in _JOINING):
        last = doc[position].text != "," or doc[position + 1].lower_ in _JOINING
        position += 1 + (doc[position].text == "," and last)
        position += position + 1 < stop and doc[position].pos_ == "ADV"
        if position >= stop or not can_be_verb(doc[position]):
            return []
        series.append(doc[position])
        position += 1
        leads = position + 1 < stop and doc[position].pos_ == "ADP" and not last
        position += leads and doc[position + 1].text == ","  # "discriminate against, or harm X"
        if last:
            return series if len(series) > 1 else []
    return []


def gerund_series(verb: "Token", stop: int) -> "list[Token]":
    """As in "barred from renting, selling or sharing X": gerunds behind the first, whatever their tags."""
    doc, position = verb.doc, verb.i + 1
    series: list[Token] = []
    if not verb.lower_.endswith("ing"):
        return []
    while position + 1 < stop and (doc[position].text == "," or doc[position].lower_ in _JOINING):
        last = doc[position].text != "," or doc[position + 1].lower_ in _JOINING
        position += 1 + (doc[position].text == "," and last)
        position += position + 1 < stop and doc[position].pos_ == "ADV"
        if position >= stop or not doc[position].lower_.endswith("ing") or not can_be_verb_form(doc[position]):
            return []
        series.append(doc[position])
        position += 1
        leads = position + 1 < stop and doc[position].pos_ == "ADP" and not last
        position += leads and doc[position + 1].text == ","  # "linking to, or passing on X"
        joined = position + 1 < stop and doc[position].lower_ in _JOINING
        if last and not (joined and doc[position + 1].lower_.endswith("ing")):
            return series
    return []


def complement_series(verb: "Token", stop: int) -> "list[Token]":
    """As in "permit a courier to collect, carry or deliver X": what the courier may do, not what the permitting one may."""
    doc = verb.doc
    if lemma(verb) not in _CONTROLS:
        return []
    opens = (
        i for i in range(verb.i + 2, stop - 1) if doc[i].tag_ == "TO" and doc[i - 1].pos_ in {"NOUN", "PROPN", "PRON"}
    )
    after = next((i for i in opens if doc[i + 1].tag_ == "VB"), stop)
    if after >= stop:
        return []
    return bare_series(doc[after + 1], stop)


def series_end(verb: "Token", stop: int) -> int:
    """Where the last verb of :func:`complement_series` ends with its object; 0 where there is no such series."""
    series = complement_series(verb, stop)
    return min(stop, int(series[-1].right_edge.i) + 1) if series else 0


def infinitive_tail(verb: "Token", end: int, stop: int) -> int:
    """As in "allow X to V", "take measures to V", "make efforts to V": the infinitive completes the object."""
    doc = verb.doc
    first = end + 1
    while first < stop and doc[first].pos_ == "ADV":
        first += 1  # "rules to further specify X"
    if end < stop and doc[end].tag_ == "TO" and first < stop and doc[first].tag_ in {"VB", "VBP"}:
        built = lemma(verb) in _BUILDING and doc[end - 1].lemma_.lower() in _MEANS
        if lemma(verb) not in _CONTROLS and doc[end - 1].lemma_.lower() not in _COMPLETED and not built:
            return end
        if doc[end - 1].tag_ == "NNS" and doc[end - 1].lemma_.lower() in {
            "agreement",
            "statement",
            "request",
            "permission",
        }:
            return end  # "review the agreements to see": what for
        inner = doc[first]
        reach = min(stop, max(int(inner.right_edge.i) + 1, end + 2)) if inner.right_edge.i < stop else stop
        reach = _before_done(inner, reach)
        return next((t.i for t in doc[first + 1 : reach] if t.lower_ == "for" and _lasts(t)), reach)
    return end


def _before_done(verb: "Token", reach: int) -> int:
    """As in "permit X to use the data held by Y": whose the thing is narrows it no further; that it is there suffices."""
    things = (child for child in verb.rights if child.dep_ == "dobj")
    done = (
        part
        for thing in things
        for part in thing.rights
        if part.dep_ == "acl" and part.tag_ == "VBN" and any(c.dep_ == "agent" for c in part.rights)
    )
    return min((int(part.left_edge.i) for part in done if part.left_edge.i > verb.i), default=reach)


_SPANS = word_set("day week month year hour minute period")


def _lasts(preposition: "Token") -> bool:
    """As in "to keep it for up to five days": how long is no part of what is done."""
    span = next((child for child in preposition.rights if child.dep_ == "pobj"), None)
    return span is not None and span.lemma_.lower() in _SPANS


STATING = word_set("keep make render hold leave consider deem declare find maintain store")
_NAMING = word_set("treat regard designate classify mark label handle recognise recognize")
"""Verbs that say what something is to be taken for."""
_LEADING_ON = frozenset({"of", "from", "to", "for"})


def state_end(verb: "Token", start: int, stop: int, *, role: bool = True) -> int:
    """As in "keep data accurate and up to date": where the adjectives end that say in what state the object is to be.

    They begin at ``start``, right behind the object; ``start`` where there are none. With ``role`` "as N" counts as well.
    """
    doc, first = verb.doc, start
    if role and start < stop and lemma(verb) in _NAMING and doc[start].lower_ == "as" and doc[start].dep_ == "prep":
        return min(stop, trim(doc, start, int(doc[start].right_edge.i) + 1))  # "treat the data as confidential"
    if lemma(verb) not in STATING or start >= stop:
        return start
    while first < stop and doc[first].pos_ == "ADV" and doc[first].head.i > first:
        first += 1
    end = _state(verb, first, stop)
    while first < end < stop and (doc[end].text == "," or doc[end].pos_ == "CCONJ"):
        following = end + 1 + (end + 1 < stop and doc[end + 1].pos_ == "CCONJ")
        reach = _state(verb, following, stop)
        if reach == following:
            break
        end = reach
    if end == first:
        return start
    phrase = doc[end] if end < stop else None
    if phrase is not None and phrase.lower_ in _LEADING_ON and phrase.head.i == end - 1:
        return min(stop, trim(doc, end, int(phrase.right_edge.i) + 1))
    return end


def _state(verb: "Token", first: int, stop: int) -> int:
    """The end of one adjective, participle or "up to date" at ``first``; ``first`` where there is none."""
    doc = verb.doc
    if first >= stop:
        return first
    if doc[first : first + 3].text.lower() == "up to date":
        return min(stop, first + 3)
    token = doc[first]
    before_noun = token.head.i > first and token.head.pos_ in {"NOUN", "PROPN"} and token.head.i < stop
    if before_noun or token.lower_ in {"such", "due", "possible", "necessary"}:
        return first
    closes = first + 1 >= stop or doc[first + 1].is_punct or doc[first + 1].pos_ == "CCONJ"
    participle = token.tag_ == "VBN" and (closes or token.dep_ in {"oprd", "acomp", "xcomp"})
    return first + 1 if token.pos_ == "ADJ" or participle else first


def adjectives_end(first: "Token", stop: int) -> int:
    """As in "be adequate, relevant and limited to what is needed": where the last of the adjectives ends that begin here."""
    doc, end = first.doc, int(first.right_edge.i) + 1
    if first.pos_ != "ADJ" or first.head.lemma_ != "be":
        return 0
    while end + 1 < stop and (doc[end].text == "," or doc[end].pos_ == "CCONJ"):
        following = end + 1 + (doc[end].text == "," and doc[end + 1].pos_ == "CCONJ")
        if following >= stop or not (doc[following].pos_ == "ADJ" or doc[following].tag_ == "VBN"):
            break
        if doc[following].head.pos_ in {"NOUN", "PROPN"} and doc[following].head.i > following:
            break
        reach = int(doc[following].right_edge.i) + 1
        if doc[following].tag_ == "VBN" and reach > stop:
            break
        end = reach
    return min(end, stop)
