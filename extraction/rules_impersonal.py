"""Passives whose subject is no thing acted on: "it should be checked whether X", "account shall be taken of X"."""

from typing import TYPE_CHECKING

from extraction.rules_objects import noun_end
from extraction.rules_phrases import lemma, strip_determiners, trim

if TYPE_CHECKING:
    from spacy.tokens import Token

_GIVEN = {"account": "take", "regard": "give", "consideration": "give", "attention": "pay"}
"""Nouns that say together with their verb what is done to what they lead on to."""
_LEADING = frozenset({"of", "to"})


def told_clause(verb: "Token", subject: "Token | None", limit: int) -> tuple[int, int] | None:
    """Tokens of the clause that "it" stands for in "it should be checked whether X"; None in other passives."""
    if subject is None or subject.lower_ != "it" or subject.i > verb.i:
        return None
    clause = next((c for c in verb.rights if c.dep_ in {"ccomp", "csubj"} and c.left_edge.i == verb.i + 1), None)
    opens = verb.doc[verb.i + 1] if verb.i + 1 < limit else None
    if clause is None or opens is None or opens.lower_ not in {"that", "whether", "how", "if"}:
        return None
    start = opens.i + (opens.lower_ == "that")
    return int(start), trim(verb.doc, start, min(limit, int(clause.right_edge.i) + 1))


def account_given(verb: "Token", subject: "Token | None", limit: int) -> tuple[str, tuple[int, int]] | None:
    """The action and the tokens of its object in "due regard shall be given to X"; None in other passives."""
    if subject is None or _GIVEN.get(subject.lower_) not in {lemma(verb), "give"} or lemma(verb) not in _GIVEN.values():
        return None
    leading = next((c for c in verb.rights if c.lower_ in _LEADING and c.dep_ in {"prep", "dative"}), None)
    noun = next((c for c in leading.rights if c.dep_ in {"pobj", "pcomp"}), None) if leading is not None else None
    if leading is None or leading.i >= limit:
        return None
    first = strip_determiners(verb.doc, int(subject.left_edge.i), subject.i + 1)
    action = " ".join([lemma(verb), *(t.lower_ for t in verb.doc[first : subject.i + 1]), leading.lower_])
    start = strip_determiners(verb.doc, leading.i + 1, limit) if leading.i + 1 < limit else limit
    if noun is None or noun.i >= limit:
        return action, (start, start)
    end = noun_end(noun, verb, limit) if noun.dep_ == "pobj" else min(limit, int(noun.right_edge.i) + 1)
    return action, (start, max(start, end))
