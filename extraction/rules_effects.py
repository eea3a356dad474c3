"""What holds in law or in a text, rather than what anybody does: states, effects, stipulations."""

from typing import TYPE_CHECKING

from extraction.lexicon import STIPULATED_PASSIVES, word_set
from extraction.rules_cue import Cue
from extraction.rules_dictionary import is_verb_form
from extraction.rules_norms import NEEDED
from extraction.rules_tokens import is_party

if TYPE_CHECKING:
    from spacy.tokens import Token

# "shall not be liable": what holds in law, not what anyone does.
STATES = word_set(
    "liable effective valid void binding final enforceable applicable exempt deemed null subject unaffected"
)


# "Shall be subject to this section" says how far a text reaches.
_TEXT_PARTS = word_set(
    "section article paragraph clause chapter part provision term condition law regulation directive agreement"
)


def is_subjected(verb: "Token") -> bool:
    """As in "infringements shall be subject to fines": to a burden, not to a text."""
    word = next((c for c in verb.rights if c.lower_ == "subject"), None)
    burdens = (
        (c for p in word.rights if p.lower_ == "to" for c in p.rights if c.dep_ == "pobj") if word is not None else ()
    )
    return any(burden.lemma_.lower() not in _TEXT_PARTS and burden.norm_ != "section" for burden in burdens)


def frees(verb: "Token") -> bool:
    """As in "such a move shall not require any approval": what a thing does not need is waived, not forbidden."""
    things = (child for child in verb.rights if child.dep_ == "dobj")
    return any(thing.lemma_.lower() in NEEDED for thing in things)


_READ = word_set("understand construe interpret misunderstand")
_OFTEN = word_set("occasionally sometimes often typically usually")
_SOME = word_set("some many several")


def guesses(cue: Cue) -> bool:
    """As in "may have been lost", "should have been told", "some of these may be kept by others", "should not be understood as"."""
    doc, verb = cue.verb.doc, cue.verb
    told = doc[cue.anchor + 1 : verb.i]
    past = verb.tag_ in {"VBN", "VBD"} and any(token.lower_ == "have" for token in told)
    some = cue.subject is not None and cue.subject.left_edge.lower_ in _SOME and cue.label == "may"
    opens = doc[cue.anchor - 1].lower_ if cue.anchor > 0 else ""
    either = (
        cue.negated and opens == "or" and any(t.lower_ == "may" for t in doc[: cue.anchor])
    )  # "or may not be ready"
    defers = cue.anchor > 0 and doc[cue.anchor - 1].lower_ == "as" and cue.label == "may"
    read = cue.passive and cue.negated and verb.lemma_.lower() in _READ
    denied = cue.negated and cue.label == "may" and not cue.passive  # "none of them may have taken part"
    now_and_then = cue.label == "may" and not cue.negated and any(t.lower_ in _OFTEN for t in doc[: verb.i])
    return (
        now_and_then
        or (past and not denied)
        or (some and not cue.negated)
        or defers
        or read
        or (either and cue.label == "may")
    )


def disclaims(cue: Cue) -> bool:
    """As in "shall not be responsible for", "will have no liability": what is disclaimed forbids nothing."""
    lemma = cue.verb.lemma_.lower()
    if lemma == "be" and cue.negated and not cue.passive:
        return any(c.lower_ in {"responsible", "accountable"} for c in cue.verb.rights)
    things = (c for c in cue.verb.rights if c.dep_ == "dobj" and c.lemma_.lower() == "liability")
    return lemma == "have" and any(cue.negated or any(d.lower_ == "no" for d in c.lefts) for c in things)


def stipulates(cue: Cue, lemma: str) -> bool:
    """As in "this agreement will be governed by the laws of X": of a thing, and nobody is named who does it."""
    behind = [token.lower_ for token in cue.verb.doc[cue.verb.i + 1 : cue.verb.i + 6]]
    if lemma == "refer" and behind[:1] == ["to"] and "as" in behind:
        return True  # "shall be referred to as" names
    if is_party(cue.subject) and cue.subject is not None and cue.subject.pos_ != "PROPN":
        return False
    agents = (c for by in cue.verb.rights if by.lower_ == "by" for c in by.rights if c.dep_ == "pobj")
    if any(is_party(agent) and not is_text(agent) for agent in agents):
        return False
    if cue.negated and lemma == "base":
        return False  # "decisions shall not be based on a guess" forbids
    return lemma in STIPULATED_PASSIVES or not is_verb_form(cue.verb)


def is_text(noun: "Token") -> bool:
    return noun.lemma_.lower().rstrip("s") in _TEXTS


_TEXTS = word_set(
    "agreement term policy program programme overview notice statement service product addendum form license licence software website "
    "site platform code plan annex appendix schedule act regulation directive"
)


def is_law(subject: "Token | None") -> bool:
    return subject is not None and subject.lemma_.lower() in {
        "law",
        "act",
        "regulation",
        "statute",
        "policy",
        "legislation",
    }


def only_so(cue: Cue) -> bool:
    """As in "shall be disclosed only to X", "must only be used for Y": it need not be done, and not otherwise."""
    doc, verb = cue.verb.doc, cue.verb
    follows = doc[verb.i + 1 : verb.i + 3]
    behind = len(follows) > 1 and follows[0].lower_ in _ONLY and _leads(follows[1])
    within = cue.only and len(follows) > 0 and _leads(follows[0])
    return behind or within


_ONLY = frozenset({"only", "solely", "exclusively"})


def _leads(word: "Token") -> bool:
    """Whether a phrase or a clause opens at ``word`` that can limit an act; one of time says when it must be done."""
    return word.pos_ in {"ADP", "SCONJ"} or word.lower_ in {"if", "when", "where", "to"}
