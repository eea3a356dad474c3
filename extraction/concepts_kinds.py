"""The kind of a concept: read from its head noun, and for names also from what the rules make of them.

Kinds follow the semantic fields of WordNet's noun files (Fellbaum, 1998): person and group, act, communication,
possession, location, time, artifact, attribute. The lists are of general English; suffixes decide where a word is in none.
"""

import re

from extraction.concepts_kind_words import COMPOUNDS, HEADS, NOT_AGENTS
from extraction.lexicon import DEPARTMENTS, PARTY_NOUNS

_KIND_OF_HEAD = {word: kind for kind, words in HEADS.items() for word in words}
_KIND_OF_NAME = {"commission": "body", "state": "body", "order": "document", "report": "document", "chair": "party"}
_PLAIN = frozenset(
    {"circumstance", "constituency", "element", "fragment", "increment", "instance", "mechanism", "opportunity", "option", "paragraph", "perimeter", "diameter",
     "portion", "position", "segment", "situation", "version"}
)  # fmt: skip
"""Endings that deceive: what an "element" or a "portion" is, no act and no quality."""
_UNNAMED = frozenset({"action", "quality", "event", "place"})
_AGENT = ("er", "or", "ist", "ian", "ant")
_PEOPLE_ENDINGS = ("holder", "officer", "worker", "maker", "keeper", "owner", "man", "woman", "person", "people")
_PAYEES = frozenset(
    {"addressee", "appointee", "assignee", "attendee", "designee", "donee", "employee", "franchisee", "grantee",
     "interviewee", "invitee", "lessee", "licensee", "mortgagee", "nominee", "payee", "promisee", "referee", "refugee",
     "retiree", "returnee", "trainee", "transferee", "trustee"}
)  # fmt: skip
_ACTS = ("ing", "tion", "sion", "ment", "isal", "oval", "osal", "rsal", "ysis")
_INSTRUMENTS = ("meter", "scope", "graph")  # "spectrometer", "microscope"; no "-er" of somebody who acts
_STATES = ("ness", "ity", "ence", "ance", "ship", "ency", "ancy", "acy", "ism", "hood", "dom")


def kind_of(label: str, head: str, *, proper: bool = False, acts: bool = False) -> str:
    """The kind of the concept ``label`` whose head noun has the lemma ``head``; ``thing`` when nothing tells.

    ``proper``: the label is a name; ``acts``: rules bind it, or are approved by it or reported to it. A name that acts
    and is neither a party nor anything else by its head is a body ("Finance Control", "Site Security").
    """
    head = re.split(r"[- ]", head.lower())[-1]
    kind = (_KIND_OF_NAME.get(head) if proper else None) or _of_compound(label, head) or _of_head(head)
    if proper and kind == "thing" and head.endswith("s"):
        kind = _of_head(head[:-1])  # a name keeps its plural: "External Users"
    if proper and acts and kind in {*_UNNAMED, "thing"} and (" " in label or label.lower() in DEPARTMENTS):
        return "body"
    if proper and kind in {"action", "quality"}:
        return "thing"  # "Copilot Business", "Dependabot Security": what a name names is not what its last word means
    return kind


def _of_compound(label: str, head: str) -> str:
    words = label.lower().split()
    return COMPOUNDS.get(head, {}).get(words[-2], "") if len(words) > 1 else ""


def _of_head(head: str) -> str:
    kind = _KIND_OF_HEAD.get(head)
    if kind is not None:
        return kind
    if head in _PLAIN:
        return "thing"
    if head in PARTY_NOUNS or head in _PAYEES or head.endswith(_PEOPLE_ENDINGS):
        return "party"
    if head.endswith(_INSTRUMENTS) and len(head) > 7:
        return "asset"
    if head.endswith(_ACTS) and len(head) > 5:
        return "action"
    if head.endswith(_STATES) and len(head) > 5:
        return "quality"
    if head.endswith(_AGENT) and len(head) > 4 and head not in NOT_AGENTS:
        return "party"
    return "thing"
