"""What makes two sentences each other's counterpart and no contradiction: contrary cases and contrary marks of one thing.

"While an embargo applies" and "when the embargo has expired" part two rules for good, and so do "countries on the list" and
"countries that are not on the list": the writer of the second knew the first. Read from the words of the sentences, as all that
is compared by likeness.
"""

import re

from kg.words import STOP_WORDS, content

_MODAL = r"(?:must|may|shall|should|can|cannot|will|need|needs|has to|have to|(?:is|are) (?:allowed|permitted|forbidden|prohibited|required|subject))\b"
LACKS = re.compile(
    rf"\b(?:who|that|which)\s+(?:(?!not\b)[\w'’-]+\s+){{0,3}}?(?:(?:is|are|was|were|has|have|had|do|does|did)\s+)(?:not|never|no)\s+(?P<plain>(?:(?!{_MODAL})[^,;.])+)"
    r"|\b(?:non-|not (?=[\w-]+(?:al|ed|ive|ic|ous|able|ible|ary) \w+s\b))(?P<word>[\w-]+)"
    r"|\boutside (?:of )?(?!of\b)(?P<out>[^,;.]+)"
    rf"|\b(?:if|when|where|as long as|provided(?: that)?|in case)\s+[^,;.]*?(?:n['’]t|\b(?:not|no|no longer))\s+(?P<case>(?:(?!{_MODAL})[^,;.])+)",
    re.IGNORECASE,
)
"""What a thing, a person or a case is said not to be."""
NON = re.compile(r"\bnon-\w+", re.IGNORECASE)
"""A name that both share denies nothing: a non-disclosure agreement."""
WITHOUT = re.compile(r"\bwithout\b[^,;.]*", re.IGNORECASE)
_OVER = (
    r"expired|ended|passed|elapsed|lapsed|finished|completed|closed|concluded|stopped|ceased|been (?:signed|lifted|paid|published|released|approved|completed|"
    r"concluded|settled|decided|closed|repaired|cleared|withdrawn)|left|taken place|been given"
)
PHASES = (
    ("after", re.compile(rf"\b(?:after|once|following|upon)\b|\b(?:when|if|where|as soon as|since)\b[^,;.]*\b(?:has|have|is|are)\b[^,;.]*\b(?:{_OVER}|over)\b", re.IGNORECASE)),
    ("while", re.compile(r"\b(?:while|whilst|during|as long as|so long as|throughout|pending|being \w+ed)\b", re.IGNORECASE)),
    ("before", re.compile(r"\b(?:before|until|till|prior to|ahead of)\b", re.IGNORECASE)),
)  # fmt: skip
"""When a case is with respect to what it names, the first that is said."""
SHARED = 0.4
"""The least share of the fewer words of two cases that they must have in common to speak of one course of events."""


def phase(case: str) -> str:
    """``before``, ``while`` or ``after`` what a case names; empty where it says none."""
    return next((name for name, form in PHASES if form.search(case)), "")


def other_phase(one: str, other: str) -> bool:
    """Whether two cases name different stretches of one course of events: "while it is negotiated", "after it is signed"."""
    phases = phase(one), phase(other)
    if not all(phases) or phases[0] == phases[1]:
        return False
    words = _stems(one), _stems(other)
    fewer = min(map(len, words))
    return bool(fewer) and len(words[0] & words[1]) >= SHARED * fewer


def lacking(one: str, other: str) -> bool:
    """Whether either sentence is of that only which is not what the other is of: "files that are not secret", "secret files"."""
    return any(_lacks(here, there) for here, there in ((one, other), (other, one)))


def _lacks(one: str, other: str) -> bool:
    for shared in {match.lower() for match in NON.findall(one)} & {match.lower() for match in NON.findall(other)}:
        one, other = (re.sub(shared, shared.replace("-", ""), text, flags=re.IGNORECASE) for text in (one, other))
    there = _stems(WITHOUT.sub(" ", LACKS.sub(" ", other)))
    for match in LACKS.finditer(one):
        said = _stems(next(filter(None, match.groups()), ""))
        again = _stems(LACKS.sub(" ", one))
        if said and said <= there and not said <= again:
            return True
    return False


def _stems(text: str) -> frozenset[str]:
    """The content words of a text without inflection."""
    return frozenset(word for word in content(text) if word not in STOP_WORDS)
