"""Lead-ins whose items name things: "This includes:", "Members are prohibited from:"."""

import re

from extraction.rules_cue import DEF, OBL, PER, PRO
from extraction.rules_frame import Frame
from extraction.rules_phrases import clean
from extraction.rules_slots import Parse, noun_item

_NAMES = re.compile(
    r"^(?:for example, )?(?P<term>this|that|these|those|such [\w’'-]+(?: [\w’'-]+){0,2}) (?:may |might )?(?:also )?includes?"
    r"(?: doing)?(?: (?:all|any|one or more)? ?of the following)?(?P<case> (?:in|with|by|for|on) .+)?(?:,? but (?:is|are) not limited to)?$",
    re.IGNORECASE,
)
_BARRED = re.compile(
    r"^(?:(?P<who>.+) (?:is|are|must be|shall be) )?(?:strictly )?(?:prohibited|barred|banned|forbidden) from$",
    re.IGNORECASE,
)


def named_in(lead: str, item: str) -> tuple[Frame, ...]:
    """The definition of an item under "This includes:", "Such purposes include:"; none under other lead-ins."""
    match = _NAMES.match(lead.strip())
    if match is None:
        return ()
    return (Frame(DEF, match["term"], "include", clean(item), (match["case"] or "").strip(), label="define"),)


def barred_from(lead: str, item: str, parse: Parse) -> tuple[Frame, ...]:
    """The ban of a thing under "Members are prohibited from:"; an act (a gerund) is read with its lead-in as one sentence."""
    match = _BARRED.match(lead.strip())
    opening = parse(item)[:2]
    acts = opening[0].lower_.endswith("ing") or (opening[0].pos_ == "ADV" and opening[-1].tag_ == "VBG")
    if match is None or acts or opening[0].pos_ in {"ADP", "SCONJ", "VERB"}:
        return ()
    who = re.sub(r"^(?:the|an?|each|any|all) ", "", (match["who"] or "").rpartition(", ")[2], flags=re.IGNORECASE)
    return (Frame(PRO, who, "", noun_item(item, parse)[0], label="list"),)


_TAKEN = re.compile(
    r"^(?:the )?(?:\w+ )?(?:actions?|measures?|steps?|sanctions?) (?:that )?(?P<who>we|you|they|the [\w-]+|[A-Z]\w+) (?P<modal>may|can|must|shall|will) take"
    r"(?P<case> .+?)? (?:may )?include(?:s|,? but (?:is|are) not limited to)?$",
    re.IGNORECASE,
)


def taken_in(lead: str, item: str, parse: Parse) -> tuple[Frame, ...]:
    """The rule of an item that names an action under "Actions we may take in response to X include:"; an act is none."""
    match = _TAKEN.match(lead.strip(" ,"))
    if match is None or parse(item)[0].tag_ in {"VBG", "VB"}:
        return ()
    modality = PER if match["modal"].lower() in {"may", "can"} else OBL
    who = re.sub(r"^the ", "", match["who"], flags=re.IGNORECASE)
    return (Frame(modality, who, "take", noun_item(item, parse)[0], (match["case"] or "").strip(), label="list"),)
