"""How a term of ConceptNet is named in an ontology, of which kind it is, and which names are one."""

import re

from kg.conceptnet_reader import Assertion, term_of
from kg.words import STOP_WORDS, singular, tokens

BRACKETS = re.compile(r"\[\[(.+?)\]\]")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LEADING = frozenset({"a", "an", "the", "your", "some", "my", "our", "his"})
SAME_KIND = frozenset({"IsA", "Synonym", "SimilarTo", "InstanceOf", "MannerOf", "Antonym", "DistinctFrom"})
KINDS = {
    "AtLocation": "place", "HasProperty": "quality", "NotHasProperty": "quality", "UsedFor": "action",
    "CapableOf": "action", "NotCapableOf": "action", "ReceivesAction": "action", "HasSubevent": "action",
    "HasPrerequisite": "action", "MotivatedByGoal": "action", "Causes": "event", "CausesDesire": "action",
}  # fmt: skip
"""Kind of what a relation leads to."""


def name_key(label: str) -> str:
    """What two labels of one thing share: lower case, singular words."""
    return " ".join(singular(word) for word in tokens(label))


def words_of(uri: str) -> str:
    """``/c/en/trade_secret/n`` -> ``trade secret``."""
    return term_of(uri).rsplit("/", 1)[-1].replace("_", " ")


def label_of(assertion: Assertion, uri: str) -> str:
    """How people wrote the term in the surface text where that is near its URI, else the URI's words.

    The older versions store stems ("wrap_paper"); their surface text still says "wrapping paper".
    """
    words = words_of(uri)
    for found in BRACKETS.findall(assertion.surface_text):
        spoken = [word for word in tokens(found) if word not in LEADING]
        stems = words.split()
        if len(spoken) == len(stems) and all(
            word[: max(3, min(4, len(stem)))] == stem[: max(3, min(4, len(stem)))]
            for word, stem in zip(spoken, stems, strict=True)
        ):
            return " ".join([*spoken[:-1], singular(spoken[-1])])
    return words


def readable(label: str, max_words: int, blocked: tuple[str, ...]) -> bool:
    """Whether a label can stand in an ontology: a few words, no digits, none of ``blocked``, no stray small words."""
    words = label.split()
    return (
        0 < len(words) <= max_words
        and all(WORD.fullmatch(word) for word in words)
        and len(label) > 2
        and words[0] != "of" != words[-1]
        and all(word == "of" or word not in STOP_WORDS for word in words)
        and not any(singular(word) in blocked for word in words)
    )
