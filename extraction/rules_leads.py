"""Lead-ins whose items name things: "This includes:", "Members are prohibited from:"."""

import re

from extraction.rules_cue import DEF, PRO
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
