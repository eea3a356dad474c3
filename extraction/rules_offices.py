"""What an office does, said in the plain present: who approves, who bears a cost, what is paid back, what is answered in time.

"Orders are approved by the treasurer" has no deontic word, and still tells everybody whom to ask. It is read in few forms, each
of which only a rule has: an approval by somebody named, a cost with who bears it, a refund given or refused, an answer
with its deadline.
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.lexicon import word_set
from extraction.rules_cue import OBL, PER, PRO, Cue
from extraction.rules_effects import only_so
from extraction.rules_tokens import is_free_standing, is_party, is_relative

if TYPE_CHECKING:
    from spacy.tokens import Token

LABEL = "office"
_APPROVING = word_set("approve authorise authorize countersign ratify")
_BEARING = word_set("meet bear cover pay carry defray settle fund")
_REFUNDING = word_set("reimburse refund repay")
_DEEDS = {
    **dict.fromkeys(("take", "make"), word_set("decision exception appointment award nomination")),
    **dict.fromkeys(("grant",), word_set("exception leave loan permission")),
    **dict.fromkeys(("decide", "hear"), word_set("application appeal complaint request claim case")),
}
"""What an office does by its verb: a decision is taken, an appeal is heard."""
_COSTS = word_set(
    "cost fee expense expenditure charge bill fare price premium postage insurance deposit tax duty salary wage allowance meal "
    "accommodation ticket travel toll rent"
)
_ANSWERING = word_set(
    "answer reply respond acknowledge process review decide pay repay refund reimburse notify inform confirm investigate return issue "
    "resolve forward settle"
)
_SPAN = r"(?:minutes?|hours?|days?|weeks?|months?|years?)"
_IN_TIME = re.compile(rf"\bwithin (?:[\w-]+ ){{1,4}}?{_SPAN}\b|\bwithin an hour\b", re.IGNORECASE)


def office_passive(verb: "Token", cue: Cue) -> Cue | None:
    """N is approved by X; the cost of N is met by X; N is (not) refunded."""
    if cue.label or not _in_present(verb) or cue.subject is None or is_relative(cue.subject):
        return None
    lemma, named = verb.lemma_.lower(), any(is_party(agent) for agent in _agents(verb))
    told = replace(cue, modality=OBL, passive=True, label=LABEL)
    if lemma in _REFUNDING:
        return _refunded(
            replace(told, only=any(child.lower_ == "only" and child.i < verb.i for child in verb.children))
        )
    if cue.negated or not named:
        return None
    borne = lemma in _BEARING and cue.subject.lemma_.lower() in _COSTS
    done = cue.subject.lemma_.lower() in _DEEDS.get(lemma, ())
    return told if lemma in _APPROVING or borne or done else None


def _refunded(cue: Cue) -> Cue:
    """A refund promised, refused, or given only in a case."""
    if cue.negated:
        return replace(cue, modality=PRO, negated=False)
    return replace(cue, modality=PER) if cue.only or only_so(cue) else cue


def office_active(verb: "Token", cue: Cue) -> Cue | None:
    """X bears the cost of N; X replies to N within ten days."""
    subject = cue.subject
    if cue.negated or cue.label or subject is None or not _acts(subject) or verb.tag_ not in {"VBZ", "VBP"}:
        return None
    if any(child.dep_ == "aux" for child in verb.lefts):
        return None
    lemma = verb.lemma_.lower()
    things = (child for child in verb.rights if child.dep_ == "dobj")
    bears = lemma in _BEARING and any(_is_cost(thing) for thing in things)
    answers = lemma in _ANSWERING and _IN_TIME.search(_clause_behind(verb))
    return replace(cue, modality=OBL, label=LABEL) if bears or answers else None


def _is_cost(thing: "Token") -> bool:
    """As in "the fee", "half of the fee"."""
    whole = (c for of in thing.rights if of.lower_ == "of" for c in of.rights if thing.lemma_.lower() in _SHARES)
    return thing.lemma_.lower() in _COSTS or any(noun.lemma_.lower() in _COSTS for noun in whole)


_SHARES = word_set("half third quarter part share rest remainder percent %")


def _acts(subject: "Token") -> bool:
    """Whether the subject is "we" or one definite role; "some customers pay the fee" only tells."""
    if subject.lower_ == "we":
        return True
    opens = subject.left_edge.lower_
    return (
        is_party(subject)
        and subject.pos_ in {"NOUN", "PROPN"}
        and opens not in {"some", "many", "most", "other", "our"}
    )


def _clause_behind(verb: "Token") -> str:
    end = next((t.i for t in verb.doc[verb.i :] if t.text in {";", ":"}), len(verb.doc))
    return str(verb.doc[verb.i : end].text)


def _in_present(verb: "Token") -> bool:
    """As in "are approved": neither "were approved" nor "have been approved", and no clause that only qualifies."""
    present = any(c.dep_ == "auxpass" and c.lower_ in {"is", "are"} for c in verb.lefts)
    joined = verb.dep_ == "conj" and any(c.lower_ in {"is", "are"} for c in verb.head.lefts if c.dep_ == "auxpass")
    return (present or joined) and not any(c.dep_ == "aux" for c in verb.lefts) and is_free_standing(verb)


def _agents(verb: "Token") -> "list[Token]":
    return [c for by in verb.rights if by.lower_ == "by" for c in by.rights if c.dep_ == "pobj"]
