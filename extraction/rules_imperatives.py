"""The imperative mood: a bare verb that opens its clause ("Lock the door", "please ...", "do not ...")."""

from typing import TYPE_CHECKING

from extraction.lexicon import READER_VERBS, word_set
from extraction.rules_cue import OBL, PER, PRO, REC, Cue
from extraction.rules_dictionary import can_be_verb
from extraction.rules_looks import is_titled
from extraction.rules_marker_tests import is_dash
from extraction.rules_tokens import SUBJECT_DEPS, infinitive

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_POLITE = frozenset({"please", "kindly"})
_OPENERS = word_set(
    "please kindly always never not n't n’t do also immediately promptly then instead only simply and so just or at "
    "least but therefore first next finally"
)
_NEGATORS = frozenset({"not", "n't", "n’t", "never"})
_CLOSERS = frozenset({",", ".", ":", ";", "—", "–", "-", "!", "?", ")", "“", "”", '"'})


def imperative_cue(token: "Token", start: int) -> Cue | None:
    """The command that ``token`` heads in the clause from ``start``; None where it is no bare verb in first place."""
    if not _can_command(token, start):
        return None
    doc = token.doc
    first, words = _opening(token, start)
    joined = token.dep_ == "conj" and token.head.i >= start
    if token.tag_ in {"VB", "VBP"} and _is_participle(token):
        return None
    asked = bool(words & _POLITE) and _adverbial_before(doc, start)  # "For more information please see the list"
    if first > start and doc[first - 1].text not in _CLOSERS and not (joined or asked):
        return None
    if (
        first > start
        and doc[first - 1].text == ","
        and not (joined or words & _POLITE)
        and not _adverbial_before(doc, start)
    ):
        return None
    if _is_heading(doc, token, start) or _goes_on(doc, first, start) or _resumes_modal(doc, first, start):
        return None
    negated = bool(words & _NEGATORS)
    offered = _offered(token, first)
    if offered is not None:
        return offered if not negated else None
    if token.lemma_ == "be" and token.i + 1 < len(doc) and token.nbor().lower_ in {"aware", "advised", "assured", "it"}:
        return None
    polite = bool(words & _POLITE) or any(t.lower_ in _POLITE for t in doc[start:first])
    if negated:
        return Cue(token, REC if polite else PRO, first, None, negated=polite, label="imperative")
    soft = polite or token.lemma_.lower() in {"be", "try", "strive", "aim", "endeavour", "endeavor"}
    return Cue(token, REC if soft else OBL, first, None, label="imperative")


def _resumes_modal(doc: "Doc", first: int, start: int) -> bool:
    """As in "may ask whether it fits and, if so, take it": behind the case the verb of the modal goes on."""
    if first - 1 <= start or doc[first - 1].text != ",":
        return False
    opener = next((i for i in range(first - 2, start, -1) if doc[i].text == ","), start)
    joined = opener > start and doc[opener - 1].pos_ == "CCONJ"
    return joined and any(t.tag_ == "MD" for t in doc[start:opener])


def _goes_on(doc: "Doc", first: int, start: int) -> bool:
    """As in "it includes the right to copy it; show it to others": behind the semicolon an infinitive goes on."""
    if first <= start or doc[first - 1].text != ";":
        return False
    begin = next((t.i + 1 for t in reversed(doc[start : first - 1]) if t.text == "."), start)
    before = doc[begin : first - 1]
    stated = any(
        t.dep_ == "nsubj" and t.head.tag_ in {"VBZ", "VBP"} and t.head.dep_ in {"ROOT", "ccomp"} for t in before
    )
    return stated and any(t.tag_ == "TO" for t in before)


def _can_command(token: "Token", start: int) -> bool:
    """Whether the word is a base form at the head of its clause, without subject, modal or "to"."""
    opens = token.tag_ == "VB" and _opening(token, start)[0] == start
    if _asked(token, start):
        return True
    if token.tag_ not in {"VB", "VBP"} or not (opens or token.dep_ in {"ROOT", "conj", "ccomp", "parataxis", "advcl"}):
        return False
    if token.dep_ in SUBJECT_DEPS or token.lemma_.lower() in READER_VERBS or _is_support(token):
        return False
    if any(c.dep_ in SUBJECT_DEPS and c.dep_ != "expl" for c in token.lefts):
        return False
    lefts = [child for child in token.lefts if child.dep_ != "punct"]
    if any(child.tag_ in {"MD", "TO"} for child in lefts) or (token.dep_ == "advcl" and not opens):
        return False
    return token.dep_ != "conj" or token.head.i < start or own_mood(token) or _behind_click(token)


def _behind_click(token: "Token") -> bool:
    """As in "Click Save, and provide the details": the verb before only leads the reader there."""
    head = token.head
    leads = head.tag_ == "VB" and head.dep_ == "ROOT" and head.lemma_.lower() in {"click", "go", "visit", "see"}
    return leads and not any(c.dep_ in SUBJECT_DEPS or c.tag_ in {"MD", "TO"} for c in head.lefts)


def _is_participle(token: "Token") -> bool:
    """As in "Put together by the manager": nobody is told to."""
    behind = next((t for t in token.doc[token.i + 1 : token.i + 4] if t.pos_ != "ADV" and t.dep_ != "prt"), None)
    return behind is not None and behind.lower_ == "by" and token.lower_ in {"put", "set", "cut", "let", "read", "run"}


def _asked(token: "Token", start: int) -> bool:
    """As in "please contact the desk", "..., so please keep it tidy": what follows "please" is a verb, whatever its tag."""
    if token.i <= start or token.nbor(-1).lower_ not in _POLITE or not can_be_verb(token) or _is_support(token):
        return False
    known = token.lemma_.lower() not in READER_VERBS or (token.lower_ in {"see", "visit"} and _names_thing(token))
    return known and not any(c.dep_ in SUBJECT_DEPS for c in token.lefts)


def _names_thing(verb: "Token") -> bool:
    """Whether a noun follows, as in "see our limits for downloads", whatever the parser makes of it."""
    follows = verb.nbor() if verb.i + 1 < len(verb.doc) else verb
    opens = follows.pos_ in {"DET", "NOUN", "PROPN", "ADJ"} or follows.tag_ == "PRP$"
    return opens or any(c.dep_ == "dobj" and c.pos_ != "PRON" for c in verb.rights)


def _is_support(token: "Token") -> bool:
    """The "do" of "do not enter"."""
    return token.lower_ == "do" and token.i + 1 < len(token.doc) and token.nbor().lower_ in _NEGATORS


def own_mood(verb: "Token") -> bool:
    """A coordinated verb that begins a command of its own: "leave, and do not ...", "don't accept it — or at least ..."."""
    first, words = _opening(verb, 0)
    commanding = verb.head.tag_ == "VB" and not any(c.tag_ in {"MD", "TO"} for c in verb.head.lefts)
    return commanding and ("do" in words or "always" in words or (first > 0 and is_dash(verb.doc[first - 1])))


def _opening(token: "Token", start: int) -> "tuple[int, set[str]]":
    """Where the adverbs and particles before the verb begin, and which they are."""
    doc, first = token.doc, token.i
    words: set[str] = set()
    while first > start and doc[first - 1].lower_ in _OPENERS:
        first -= 1
        words.add(doc[first].lower_)
    return first, words


def _offered(token: "Token", first: int) -> Cue | None:
    """As in "feel free to use the kitchen": a permission in the form of a command."""
    adjective = next((c for c in token.rights if c.lower_ in {"free", "welcome"}), None)
    if token.lemma_.lower() not in {"feel", "be"} or adjective is None:
        return None
    target = infinitive(adjective)
    return Cue(target[0], PER, first, None, negated=target[1], label="imperative") if target is not None else None


def _is_heading(doc: "Doc", token: "Token", start: int) -> bool:
    """A title in capitals ("Protect a Vital Interest"), or a word that is no verb in any dictionary."""
    words = [t for t in doc[start:] if t.is_alpha and len(t) > 3]
    titled = (
        len(words) > 2 and all(t.is_title or t.is_upper for t in words) and doc[len(doc) - 1].text not in {".", "!"}
    )
    titled = titled or (len(words) > 2 and is_titled(doc[start:]))
    return titled or (token.is_alpha and not can_be_verb(token))


def _adverbial_before(doc: "Doc", start: int) -> bool:
    """Whether what stands before the comma can open a sentence before an imperative."""
    opener = doc[start]
    return opener.pos_ in {"SCONJ", "ADP", "ADV", "CCONJ", "INTJ", "PART"} or opener.lower_ in {
        "if",
        "when",
        "so",
        "once",
        "to",
        "no",
        "yes",
        "should",
    }
