"""House rules in the plain present tense: "Records are deleted after eight years", "The head nurse decides on overtime".

Such a sentence has no deontic word; whether it rules or tells is known only from what stands around it. So it is read in
documents of house rules alone (:func:`is_house`), in few forms, and marked by a lower confidence: a passive of handling
with a time, a frequency, an amount or somebody who does it; a role that decides, signs or pays; "no N leaves without M".
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extraction.lexicon import EFFECT_VERBS, word_set
from extraction.rules_cue import OBL, PRO, Cue
from extraction.rules_frame import Frame
from extraction.rules_tokens import SUBJECT_DEPS, is_party, is_passive
from kg.model import Modality

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LABEL = "habit"
_HANDLING = word_set("""
    archive back bill book call carry change charge check clean clear close collect count deduct delete deliver destroy
    disinfect display distribute draw empty enter erase file fill forward give hand hang heat hold inspect invoice issue
    keep label lay leave let lock lower maintain measure mow note open order pay place play post prepare put raise read
    record refund register reimburse renew repair replace report return review roll rotate send serve service set
    shred sign store submit sweep switch take test throw tidy transfer turn unload unlock update wash water wear weigh wipe write
    """)
_DECIDING = word_set(
    "approve authorise authorize bear check clean close collect count countersign decide empty ensure grant hand inform inspect "
    "keep lock maintain notify open pay prepare record release replace report return review sign supervise switch take tidy unlock "
    "wash wear confirm report send submit bring leave"
)
_DOING = _HANDLING | word_set(
    "phone ring greet escort accompany guide show plan restock refill purge copy merge deploy test back walk knock report register attend "
    "change hang carry rinse iron mop brief call alert warn contact consult ask obtain"
)
"""What a role does at a time or on an event."""
_FREE = word_set("approve bear countersign decide grant pay sign")
"""What a role does by its office; no time or amount need be named."""
_MEASURED = re.compile(
    r"\b(?:once|twice|(?:one|two|three|four|five|six|ten|twelve|\d+) times|every|each|daily|weekly|monthly|quarterly|annually|yearly|hourly|"
    r"immediately|overnight|in writing|(?:on|at) (?:the )?\w+days?\b|at weekends|at night|"
    r"(?:at|from|until|till|by|before|after) (?:noon|midnight|\d{1,2}(?:[.:]\d\d)?(?: ?[ap]\.?m\.?| o'clock)?)|"
    r"(?:at|by) the (?:end|beginning|start) of|(?:\d[\d.,]*|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|"
    r"twenty|thirty|sixty|ninety) (?:\w+ )?(?:minutes?|hours?|days?|weeks?|months?|years?|euros?|dollars?|pounds?|francs?|percent|per cent|"
    r"metres?|litres?|degrees?)|(?:usd|eur|gbp|chf|[$€£]) ?\d|after (?:use|each|every)|before (?:use|each|every|closing|leaving))\b",
    re.IGNORECASE,
)
_LACKING = re.compile(r"\b(?:without|before|until|unless|after)\b", re.IGNORECASE)
_TELLING = re.compile(
    r"\b(?:usually|often|typically|normally|sometimes|generally|currently|traditionally|already|may|might|can|could)\b",
    re.IGNORECASE,
)


def is_house(frames: Sequence[tuple[Frame, ...]]) -> bool:
    """Whether a document whose sentences gave ``frames`` is one of house rules, in which the present tense rules as well.

    A third of its sentences state a rule, few of them what "we" do or "you" may; a handbook may speak to "you" where most
    of its rules name roles and none what "we" do, as terms of service would.
    """
    told = [frame for found in frames for frame in found if frame.modality is not Modality.DEFINITION]
    stating = sum(bool(found) for found in frames)
    if len(told) < _LEAST or stating < len(frames) * _SHARE:
        return False
    spoken = [frame.actor.lower() for frame in told if frame.actor]
    addressed = sum(actor in {"we", "you"} for actor in spoken)
    roles = len(spoken) - addressed
    return addressed < len(told) * _ADDRESSED or (roles > addressed and "we" not in spoken)


_LEAST, _SHARE, _ADDRESSED = 6, 0.33, 0.25


_STATES = EFFECT_VERBS | word_set(
    "exist be have need know like want seem follow arise get live arrive come begin start end earn love enjoy feel hear think believe "
    "hope learn find suffer receive include contain come consist speak care number employ serve offer sell produce own hold run cover "
    "work range vary differ depend become remain stay grow rise fall die meet gather celebrate spend welcome appear occur happen"
)


def habit_cues(doc: "Doc") -> Iterator[Cue]:
    """The cues of the main clauses of ``doc`` that lay something down in the present tense."""
    if _TELLING.search(doc.text):
        return
    for token in doc:
        cue = _cue(token)
        if cue is not None:
            yield cue


def _cue(verb: "Token") -> Cue | None:
    if verb.dep_ not in {"ROOT", "conj"} or verb.pos_ != "VERB":
        return None
    subject = next((c for c in verb.lefts if c.dep_ in SUBJECT_DEPS), None)
    if subject is None or subject.dep_ == "expl" or subject.pos_ not in {"NOUN", "PROPN"} or _denied(verb):
        return None
    opens = subject.left_edge
    if opens.lower_ == "no" and verb.tag_ in {"VBP", "VBZ"} and not is_passive(verb):
        bound = _LACKING.search(verb.doc[verb.i :].text) and verb.lemma_.lower() not in _STATES
        return Cue(verb, PRO, verb.i, subject, label=LABEL) if bound else None
    if opens.lower_ in {"no", "this", "these", "neither", "some", "most", "many"} or subject.lower_ in {"most", "some"}:
        return None
    lemma = verb.lemma_.lower()
    if is_passive(verb):
        present = any(c.dep_ == "auxpass" and c.lower_ in {"is", "are"} for c in verb.lefts)
        timely = _is_measured(verb) or _by_party(verb)
        handled = present and not any(c.dep_ == "aux" for c in verb.lefts)
        handled = handled and ((lemma in _HANDLING and timely) or _has_its_way(verb, subject))
        return Cue(verb, OBL, _first(verb), subject, passive=True, label=LABEL) if handled else None
    return Cue(verb, OBL, verb.i, subject, label=LABEL) if _decides(verb, subject, lemma) else None


def _has_its_way(verb: "Token", subject: "Token") -> bool:
    """As in "Claims are made on the blue form", "Bookings are made through the desk": a deed, and the way it is done."""
    deed = verb.lemma_.lower() in {"make", "submit", "book", "lodge", "file"} and subject.lemma_.lower() in _DEEDS
    return deed and any(c.dep_ == "prep" and c.lower_ in _WAYS for c in verb.rights)


_DEEDS = word_set(
    "claim booking journey trip application complaint appeal reservation request report order purchase payment enquiry appointment"
)
_WAYS = word_set("on through via by in with using at to")


def _decides(verb: "Token", subject: "Token", lemma: str) -> bool:
    """As in "The dean decides on exceptions", "Each employee takes the uniform home": a role and what it does."""
    if verb.tag_ not in {"VBZ", "VBP"} or not is_party(subject) or subject.pos_ != "NOUN" or lemma in _STATES:
        return False
    opens = subject.left_edge.lower_
    if any(c.dep_ == "aux" for c in verb.children) or opens in {"our", "your"}:
        return False
    if lemma not in _DECIDING:
        return lemma in _DOING and _is_occasion(verb) and not any(c.dep_ in {"ccomp", "xcomp"} for c in verb.rights)
    if opens in {"a", "an"}:
        return False
    leads = any(c.dep_ in {"dobj", "prt"} or (lemma == "decide" and c.lower_ == "on") for c in verb.rights)
    return leads and (lemma in _FREE or opens in {"each", "every", "all"} or _is_occasion(verb))


def _is_occasion(verb: "Token") -> bool:
    """Whether it is said when the role acts: how often, by when, at what hour, or on which event."""
    return _is_measured(verb) or bool(_EVENT.search(verb.doc.text))


_EVENT = re.compile(
    r"(?:^|[,;] )(?:if|when|whenever|before|after|once|as soon as|at (?:the )?(?:weekends?|night)|on arrival|in an emergency)\b|"
    r"\b(?:straight away|at once|immediately|at all times|on arrival|at reception)\b",
    re.IGNORECASE,
)


def _is_measured(verb: "Token") -> bool:
    """Whether a time, a frequency or an amount stands in the clause of ``verb``, no further than a colon or semicolon."""
    doc = verb.doc
    begin = next((t.i + 1 for t in reversed(doc[: verb.i]) if t.text in {";", ":"}), 0)
    end = next((t.i for t in doc[verb.i :] if t.text in {";", ":", "—", "–"}), len(doc))
    return bool(_MEASURED.search(doc[begin:end].text))


def _first(verb: "Token") -> int:
    return min(int(c.i) for c in verb.lefts if c.dep_ == "auxpass")


def _by_party(verb: "Token") -> bool:
    agents = (c for by in verb.rights if by.lower_ == "by" for c in by.rights if c.dep_ == "pobj")
    return any(is_party(agent) and agent.pos_ == "NOUN" for agent in agents)


def _denied(verb: "Token") -> bool:
    return any(c.dep_ == "neg" or c.tag_ == "MD" for c in verb.children)
