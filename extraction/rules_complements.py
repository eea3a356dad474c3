"""Infinitives that complete an object: "allow X to V", "take measures to V", "nobody may be forced to V"."""

from typing import TYPE_CHECKING

from extraction.lexicon import word_set
from extraction.rules_phrases import lemma, trim

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONTROLS = word_set(
    "allow permit require enable ask help cause encourage direct instruct appoint invite force urge oblige want expect authorize authorise order command"
)
_COMPLETED = word_set(
    "measure step effort right ability opportunity authority time mean way attempt duty obligation permission request "
    "decision plan action procedure process capacity need chance provision power security failure agreement statement"
)


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


def infinitive_tail(verb: "Token", end: int, stop: int) -> int:
    """As in "allow X to V", "take measures to V", "make efforts to V": the infinitive completes the object."""
    doc = verb.doc
    if end < stop and doc[end].tag_ == "TO" and end + 1 < stop and doc[end + 1].tag_ in {"VB", "VBP"}:
        if lemma(verb) not in _CONTROLS and doc[end - 1].lemma_.lower() not in _COMPLETED:
            return end
        inner = doc[end + 1]
        return min(stop, max(int(inner.right_edge.i) + 1, end + 2)) if inner.right_edge.i < stop else stop
    return end
