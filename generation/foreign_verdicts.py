"""The verdict that a foreign row gives: from a column that names it, or from how its answer opens or ends."""

import re
from collections.abc import Mapping
from typing import Any

from generation.prompting import VERDICT_PHRASES
from kg.model import Verdict

VERDICT_CUE = "\nVerdict:"
"""What some datasets put between a reason and the verdict after it."""

COLUMNS = ("verdict", "label", "decision", "ruling")
NAMES: Mapping[str, Verdict] = {
    **{verdict.value.replace("_", " "): verdict for verdict in Verdict},
    **{phrase.lower(): verdict for verdict, phrase in VERDICT_PHRASES.items()},
    "permit": Verdict.PERMITTED, "allowed": Verdict.PERMITTED, "compliant": Verdict.PERMITTED, "yes": Verdict.PERMITTED,
    "forbid": Verdict.PROHIBITED, "forbidden": Verdict.PROHIBITED, "violation": Verdict.PROHIBITED,
    "non-compliant": Verdict.PROHIBITED, "not allowed": Verdict.PROHIBITED, "no": Verdict.PROHIBITED,
    "needs information": Verdict.NEEDS_INFORMATION, "unclear": Verdict.NEEDS_INFORMATION,
    "insufficient information": Verdict.NEEDS_INFORMATION,
}  # fmt: skip

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_MISSING = re.compile(
    r"\b(?:needs? (?:more )?(?:information|details)|need to know|more information (?:is|would be) needed|"
    r"(?:it|that|this) depends|cannot (?:say|judge|decide|tell)|can't (?:say|judge|decide|tell)|not enough information|"
    r"insufficient information)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"^no\b|\b(?:(?:is|are|was|were|be|it's|that's) (?:strictly |clearly )?(?:prohibited|forbidden|banned)|"
    r"not (?:be )?(?:allowed|permitted|acceptable|in line|ok|okay|fine)|isn't (?:allowed|permitted|acceptable)|"
    r"aren't (?:allowed|permitted)|against the (?:policy|rules|code|law)|(?:violates|breaches|breaks) )",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"^yes\b|\b(?:(?:is|are|was|were|be|it's|that's) (?:clearly |generally )?(?:allowed|permitted|acceptable|in line|"
    r"fine|okay|ok)|may do (?:so|this|that)|complies with)\b",
    re.IGNORECASE,
)


def verdict_of(row: Mapping[str, Any], answer: str) -> Verdict | None:
    """The verdict of ``row``, None where it gives none or more than one. Conservative: an unclear answer has none."""
    for column in COLUMNS:
        value = row.get(column)
        if isinstance(value, str) and (named := NAMES.get(value.strip().lower().replace("_", " "))) is not None:
            return named
    if VERDICT_CUE in answer:
        said = answer.rpartition(VERDICT_CUE)[2].strip().rstrip(".").lower()
        return NAMES.get(said)
    sentences = [part.strip() for part in _SENTENCE.split(answer) if part.strip()]
    for sentence in dict.fromkeys((*sentences[:1], *sentences[-1:])):
        found = NAMES.get(sentence.rstrip(".!").lower()) or _stated(sentence)
        if found is not None:
            return found
    return None


def _stated(sentence: str) -> Verdict | None:
    if _MISSING.search(sentence):
        return Verdict.NEEDS_INFORMATION
    against = _AGAINST.search(sentence)
    favour = _FOR.search(_AGAINST.sub(" ", sentence))
    if against and favour:
        return None
    return Verdict.PROHIBITED if against else Verdict.PERMITTED if favour else None
