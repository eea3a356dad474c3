"""The parts of a rule's sentence: what belongs to the rule, and which words say when, where, to whom, from whom, what for, how.

The circumstances are read from the sentence, since a frame's condition leaves out what a limit or a place says. They are
cut into phrases by the word that opens them; a phrase's *slot* says what it is about: a time before or after, a case, a place,
whom it goes to, where it comes from, what for, by what, without what.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from kg.conflicts_limits import DATE, Limit, limits
from kg.model import Rule
from kg.words import STOP_WORDS, content, scan, verb_key

SLOTS: Mapping[str, str] = {
    **dict.fromkeys(("before", "until", "till", "prior"), "before"),
    **dict.fromkeys(("after", "once", "following", "since"), "after"),
    **dict.fromkeys(
        ("during", "while", "when", "whenever", "if", "where", "wherever", "provided", "upon", "as long"), "case"
    ),
    **dict.fromkeys(("outside", "beyond"), "outside"),
    **dict.fromkeys(
        (
            "at",
            "in",
            "on",
            "inside",
            "into",
            "onto",
            "near",
            "within",
            "under",
            "beside",
            "behind",
            "around",
            "along",
            "across",
            "opposite",
            "beneath",
            "underneath",
            "above",
            "below",
            "throughout",
            "over",
        ),
        "place",
    ),
    **dict.fromkeys(("to", "towards"), "to"),
    **dict.fromkeys(("from",), "from"),
    **dict.fromkeys(("for",), "for"),
    **dict.fromkeys(("with", "by", "using", "via", "through"), "with"),
    **dict.fromkeys(("without",), "without"),
    **dict.fromkeys(("unless", "except", "save"), "except"),
    **dict.fromkeys(("who", "whose", "whom", "which", "that"), "who"),
    **dict.fromkeys(("because", "so", "as"), "why"),
}
CLAUSES = frozenset({"before", "after", "case", "except", "who", "why"})
"""Slots that a subordinate clause fills: prepositions within it open no phrase of their own."""
ANYHOW = re.compile(
    r",?\s*(?:\b(?:whatever|regardless of|irrespective of|no matter|even (?:if|when|where|though|after)|whether)\b[^,;.]*|"
    r"\b(?:under (?:no|any) circumstances|in (?:any|no) case|at any time|at all times|always|never|in any form|anywhere|everywhere|in (?:all|any|every) (?:areas?|parts?|rooms?|places?|departments?)(?: of the \\w+)?|around the clock|day and night|"
    r"seven days a week|(?:on )?(?:any|every) day(?: of the (?:week|year))?)\b)",
    re.IGNORECASE,
)
_NORMATIVE = (
    r"(?:must|may|shall|should|need not|can|cannot|will|(?:is|are) (?:not |only |strictly )?(?:required|allowed|permitted|forbidden|"
    r"prohibited|banned|welcome|off limits|free to|entitled))\b"
)
NORMATIVE = re.compile(rf"\b{_NORMATIVE}", re.IGNORECASE)
MODAL = re.compile(
    rf"(?:;|,?\s+(?:and|but|or)(?!\s+(?:over|under|above|older|younger|more|below)\b)(?=\s+(?:[\w'-]+\s+){{0,6}}?{_NORMATIVE}))",
    re.IGNORECASE,
)
"""Where another norm of the sentence begins."""
_SAID = r"(?:permitted|required|provided|allowed|authori[sz]ed|stated|agreed|specified|set (?:out|forth)|described|directed|noted|indicated)\b"
_OF_NUMBER = r"(?!\s+(?:by|in|under|for)\s+(?:sections?|clauses?|articles?|paragraphs?|§|\d))"
BLANKET = re.compile(
    r"\b(?:except|unless|other than|save|as)\s+(?:as|where|when|to the extent|if)?\s*(?:is |are |it is )?"
    rf"(?:otherwise |expressly |specifically |explicitly )+{_SAID}|"
    rf"\b(?:except|unless|save)\s+(?:as|where|when|to the extent|if)?\s*(?:is |are |it is )?{_SAID}{_OF_NUMBER}|\bunless otherwise\b|"
    r"\b(?:in (?:violation|breach|contravention) of|contrary to|inconsistent with)\b",
    re.IGNORECASE,
)
"""What makes a rule give way to whatever says otherwise."""
BOUND = re.compile(
    r"\b(?:as permitted by|in (?:compliance|accordance) with|consistent with|pursuant to|subject to)\s+"
    r"(?:and (?:in compliance with|as limited by)\s+)?(?:the\s+)?(?:applicable\s+|relevant\s+)?"
    r"(?:requirements?|provisions?|terms|conditions|this|these|our|sections?|§|articles?|paragraphs?|law|a valid)\b"
    r"|\b(?:if|where|when|(?:to|only to) the extent)\b[^.;:]{0,60}?\b(?:prohibited|forbidden|permitted|allowed|required|authori[sz]ed)\s+(?:or \w+\s+)?by\s+"
    r"(?:an?\s+|the\s+|any\s+)?(?:applicable\s+|other\s+)?(?:provisions?|laws?|statutes?|regulations?|rules?|sections?|§|articles?|paragraphs?)\b"
    r"|\b(?:if|where|when)\s+(?:the|a|an|this|that)\s+(?:prohibition|requirement|exception|restriction|exemption)\b[^.;:]{0,90}?\bappl(?:y|ies)\b",
    re.IGNORECASE,
)
"""What makes a rule hold only as far as the others of its document let."""
REASON = re.compile(
    r"\b(?:for (?:reasons?|the sake) of|on (?:the )?grounds? of|so that|because|in order (?:to|that)|owing to|due to)\b[^;.]*"
    r"|\((?:though|although|albeit)\b[^()]*\)",
    re.IGNORECASE,
)
"""Why a rule is there, and what is conceded in brackets, which narrow nothing."""
MARKERS = tuple(
    (re.compile(rf"\b{words}\b", re.IGNORECASE), marker)
    for words, marker in (
        ("(?:as|so) long as", "while"), ("as soon as", "after"), ("prior to", "before"), ("(?:in the event|in case) (?:of|that)?", "if"),
        ("in an emergency", "if an emergency"), ("provided that|on condition that", "if"), ("at the end of", "after"), ("with effect from", "from"),
        ("in the course of", "during"), ("on behalf of", "for"), ("with regard to|with respect to|in respect of", "about"),
    )
)  # fmt: skip
"""Markers of several words, each with one word of the same slot."""
_TIMES = (
    "monday tuesday wednesday thursday friday saturday sunday weekend weekday holiday january february march april may june july august "
    "september october november december spring summer autumn winter night day morning noon afternoon evening midnight christmas easter"
)
TIMES = frozenset(map(verb_key, _TIMES.split()))
"""Words that say when, though they follow "at", "in" or "on" as a place does."""
_GENERAL = (
    "purpose reason case accordance respect basis extent way manner time order event part place use regard connection course "
    "circumstance matter aspect form kind type described following applicable referred otherwise necessary appropriate strictly generally normally "
    "always only ever once time later date moment stage"
)
GENERAL = frozenset(map(verb_key, _GENERAL.split()))
"""Words that say nothing about which case is meant."""


@lru_cache(maxsize=50_000)
def slots_of(text: str, known: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """The words of ``text`` by slot, without those in ``known``; words before any marker go to ``rest``."""
    found: dict[str, set[str]] = defaultdict(set)
    slot, last = "rest", 0
    for token in scan(text):
        gap = text[last : token.start]
        last = token.end
        if ("," in gap or ";" in gap) and slot in CLAUSES:
            slot = "rest"
        opened = SLOTS.get(token.word)
        if opened and (slot not in CLAUSES or opened in CLAUSES - {"who", "why"}):
            slot = opened
            continue
        if token.word in STOP_WORDS:
            if token.word in {"not", "no"} and slot in CLAUSES:
                found[slot].add("not")
            continue
        key = verb_key(token.word)
        if key not in known and key not in GENERAL:
            found["time" if slot == "place" and key in TIMES else slot].add(key)
    return {name: frozenset(words) for name, words in sorted(found.items()) if name != "why" and words - {"not"}}


def limits_of_act(rule: Rule, text: str) -> tuple[Limit, ...]:
    """The limits of a norm without the times that its condition names: "if suspended for more than 90 days"."""
    cases = [
        part.lower()
        for part in rule.condition.split(" ; ")
        if SLOTS.get((part.lower().split() or [""])[0]) in {"case", "who"}
    ]
    return tuple(
        limit
        for limit, _, _ in limits(text)
        if limit.role == "size" or not any(limit.text.lower() in case for case in cases)
    )


@lru_cache(maxsize=50_000)
def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in MODAL.split(text) if part and part.strip())


def own_part(rule: Rule) -> str:
    """The part of the rule's sentence that states it, with its condition: the one that has most of its words."""
    parts = _parts(rule.text)
    if not parts:
        return f"{rule.object}, {rule.condition}"
    if len(parts) == 1:
        return rule.text
    wanted = frozenset(content(f"{rule.action} {rule.object}"))
    first = frozenset(content(rule.action)[:1])
    actor = frozenset(content(rule.actor))

    def shared(part: str) -> tuple[int, int, bool, int]:
        words = frozenset(content(part))
        return len(first & words), len(wanted & words), NORMATIVE.search(part) is not None, len(actor & words)

    chosen = max(parts, key=shared)
    said = frozenset(content(chosen))
    extra = [part for part in (*rule.condition.split(" ; "), rule.object) if not frozenset(content(part)) <= said]
    return ", ".join([chosen.strip(), *extra])


def plain(text: str) -> tuple[str, bool]:
    """``text`` without the words that leave no case out, and whether there were any."""
    cut = ANYHOW.sub(" ", text)
    anyhow, cut = cut != text, REASON.sub(" ", cut)
    for pattern, marker in MARKERS:
        cut = pattern.sub(marker, cut)
    return cut, anyhow


def without_quantities(text: str) -> str:
    """``text`` without its quantities and dates: limits are compared as numbers, not as words."""
    for _, start, end in reversed(limits(text)):
        text = f"{text[:start]} , {text[end:]}" if text[end:].lstrip()[:1].isalpha() else f"{text[:start]} {text[end:]}"
    # A month without a year comes every year: "before 1 March" says when, and no more than "in May" is it a date to compare.
    return DATE.sub(lambda date: " " if date["year"] else f" {date['mark'] or 'on'} {date['month']} ", text)


DENIED = re.compile(r"\b(?:do|does|did|has|have|is|are) not (?P<verb>\w+)", re.IGNORECASE)


def other_parties(one: str, other: str) -> bool:
    """Whether two sentences are about parties of which one does what the other does not: "a plan that (does not) create records"."""
    heads = [text[: found.start()] if (found := NORMATIVE.search(text)) else "" for text in (one, other)]
    denied = [frozenset(verb_key(match["verb"].lower()) for match in DENIED.finditer(head)) for head in heads]
    said = [frozenset(content(DENIED.sub(" ", head))) for head in heads]
    return bool((denied[0] - denied[1]) & said[1] or (denied[1] - denied[0]) & said[0])
