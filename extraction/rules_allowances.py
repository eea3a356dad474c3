"""Cues that allow or bar a thing as such: "is allowed", "are welcome", "is off limits", "is reserved for", "No dogs."

Such a rule names no act: its action is *allow*, its object the thing, and whom it is for stands in its condition.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.lexicon import word_set
from extraction.rules_cue import PER, PRO, Cue
from extraction.rules_tokens import gerund_after, infinitive, is_free_standing, is_party

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OPEN = frozenset({"allow", "permit", "admit"})
_KEPT = {"reserve": "for", "restrict": "to", "limit": "to"}
_FINE = frozenset({"welcome", "acceptable", "permissible", "allowed", "permitted", "ok", "okay", "fine", "allowable"})
_FREE = frozenset({"optional", "voluntary"})
_TO_HAND = frozenset({"open", "available", "accessible", "closed"})
_SPAN = frozenset({"on", "between", "from", "during", "at", "after", "before", "until", "in"})
"""What says when a place is closed."""
# "No problem.", "No exceptions." bar nothing that anybody does.
_NO_THING = word_set(
    "problem doubt need exception matter wonder reason thing one comment question worry chance obligation result data information access "
    "change limit restriction evidence idea"
)
_BOUNDS = {"off": "limit", "out": "bound"}
# "Your comments are welcome" thanks; it permits nothing.
_SPOKEN = word_set(
    "comment suggestion feedback question enquiry inquiry contribution idea view opinion input proposal donation application "
    "everyone everybody you help interest criticism correction submission response advice"
)
_UNSAID = frozenset({"it", "this", "that", "these", "those", "which", "what", "who", "all", "they", "there"})
_GIVEN = frozenset({"by", "under", "pursuant", "as"})


def allowed_cue(verb: "Token", cue: Cue) -> Cue | None:
    """N is (only) allowed | permitted, without an act behind it; "as permitted by law" tells where leave comes from."""
    if verb.lemma_.lower() not in _OPEN or cue.label not in {"", "shall", "will"} or not _says_what(cue):
        return None
    if not is_free_standing(verb) or any(child.lower_ in _GIVEN for child in verb.rights):
        return None
    only = any(child.lower_ == "only" and child.i < verb.i for child in verb.children)
    return replace(cue, modality=PER, negated=False, passive=True, only=cue.only or only)


def kept_cue(verb: "Token", cue: Cue) -> Cue | None:
    """N is reserved for | restricted to X: allowed to X alone. "N is closed to X": not allowed to X."""
    lemma = verb.lemma_.lower()
    if cue.label or cue.negated or not _says_what(cue) or not is_free_standing(verb):
        return None
    word = "to" if lemma == "close" else _KEPT.get(lemma, "")
    if lemma == "close" and _closed_at_times(verb, cue):
        return _thing(cue, verb, closed=True)
    words = {word, "to"} if lemma == "reserve" else {word}
    using = lemma in {"limit", "restrict"} and cue.subject is not None and _of_use(cue.subject)
    if not word or not any(
        c.lower_ in words and (c.lower_ == "for" or using or (_of_party(c) and (lemma != "limit" or not _of_name(c))))
        for c in verb.rights
    ):
        return None
    return _thing(cue, verb, closed=lemma == "close", only=lemma != "close")


def _of_use(subject: "Token") -> bool:
    """Whether the subject names an act ("parking", "contacting users", "use of the hall"), which a bound allows alone."""
    return subject.tag_ == "VBG" or subject.lemma_.lower() in _ACTS


_ACTS = word_set("use access entry admission parking contact disclosure processing attendance")


def entitled_cue(verb: "Token", cue: Cue) -> Cue | None:
    """X is entitled to N, where N is a thing and no act."""
    target = next((c for c in verb.rights if c.lower_ == "to" and c.dep_ == "prep" and c.i <= verb.i + 2), None)
    if (
        verb.lemma_.lower() != "entitle"
        or target is None
        or cue.subject is None
        or cue.label not in {"", "shall", "will"}
    ):
        return None
    return replace(cue, verb=verb, modality=PRO if cue.negated else PER, negated=False, passive=False, label="entitled")


def welcome_cue(adjective: "Token", cue: Cue) -> Cue | None:
    """N is (not) welcome | acceptable | fine | optional, without an act behind it."""
    word = adjective.lower_
    if word in _TO_HAND:
        return _to_hand(adjective, cue)
    if not (word in _FINE or word in _FREE) or cue.label or not _says_what(cue) or infinitive(adjective) is not None:
        return None
    if cue.subject is None or cue.subject.lemma_.lower() in _SPOKEN or gerund_after(adjective, "for") is not None:
        return None
    if word in _FREE:
        free = not cue.negated and not is_party(cue.subject)
        return None if not free else replace(_thing(cue, adjective, closed=False), negated=True)
    if word in {"fine", "ok", "okay"} and (
        cue.negated or any(c.dep_ == "prep" and c.lower_ == "with" for c in adjective.rights)
    ):
        return None
    return _thing(cue, adjective, closed=cue.negated)


def _to_hand(adjective: "Token", cue: Cue) -> Cue | None:
    """N is (not) open | available | accessible to X; N is closed on Mondays."""
    if cue.label or not _says_what(cue) or cue.subject is None or is_party(cue.subject):
        return None
    if adjective.lower_ == "closed":
        return _thing(cue, adjective, closed=True) if not cue.negated and _closed_at_times(adjective, cue) else None
    whole = any(t.lower_ == "only" for t in adjective.doc[adjective.i - 2 : adjective.i + 2])
    if adjective.lower_ == "available" and not (cue.negated or whole):
        return None  # "is available to developers" tells what there is
    for_whom = (child for child in adjective.rights if child.lower_ in {"to", "for"})
    return _thing(cue, adjective, closed=cue.negated) if any(_of_party(child) for child in for_whom) else None


def _closed_at_times(predicate: "Token", cue: Cue) -> bool:
    """As in "the pool is closed on Mondays": of a thing, and a time is named."""
    if cue.subject is None or is_party(cue.subject):
        return False
    nouns = (c for p in predicate.rights if p.lower_ in _SPAN for c in p.rights if c.dep_ == "pobj")
    return any(noun.lemma_.lower().rstrip("s") in _DAYS or noun.lower_ in {"am", "pm"} for noun in nouns)


_DAYS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday weekend weekday holiday night winter summer morning afternoon evening"
)


def ban_cue(doc: "Doc", start: int, limit: int) -> Cue | None:
    """As in "No dogs in the shower block.", "No eating or drinking.": a whole sentence without a verb that bars a thing; no title."""
    words = [token for token in doc[start:limit] if not token.is_space]
    if len(words) < 3 or words[0].text not in {"No", "NO"} or words[-1].text not in {".", "!"}:
        return None
    head = words[0].head
    noun = next((t for t in words if t == head or t.dep_ == "ROOT"), None) if head != words[0] else None
    if noun is None or noun.text.istitle() or noun.i > words[0].i + 4 or noun.lemma_.lower() in _NO_THING:
        return None
    if not (noun.pos_ in {"NOUN", "PROPN"} or noun.tag_ == "VBG") or any(_is_finite(token) for token in words):
        return None
    last = noun
    while (joined := next((c for c in last.rights if c.dep_ == "conj"), None)) is not None and joined.i <= last.i + 4:
        last = joined
    return Cue(last, PRO, last.i + 1, noun, passive=True, label="adjective", subject_is_object=True)


def _is_finite(token: "Token") -> bool:
    """Whether a verb makes the words a clause; one in "who are under ten" does not."""
    inside = any(up.dep_ in {"relcl", "advcl", "acl"} for up in (token, *token.ancestors))
    return (token.tag_ in {"VBZ", "VBP", "VBD", "MD"} or token.dep_ in {"nsubj", "nsubjpass"}) and not inside


def bounds_cue(verb: "Token", cue: Cue) -> Cue | None:
    """N is off limits | out of bounds (to X)."""
    doc = verb.doc
    for token in doc[verb.i + 1 : verb.i + 4]:
        wanted = _BOUNDS.get(token.lower_)
        end = next((t for t in doc[token.i + 1 : token.i + 3] if t.lower_.startswith(wanted or "?")), None)
        if wanted and end is not None and _says_what(cue):
            return None if cue.negated else _thing(cue, end, closed=True)
        if token.pos_ not in {"ADV", "PRON"}:
            return None
    return None


def _thing(cue: Cue, end: "Token", *, closed: bool, only: bool = False) -> Cue:
    """The thing that is the subject is allowed or not; ``end`` closes the predicate."""
    return replace(
        cue, verb=end, modality=PRO if closed else PER, negated=False, passive=True, only=only, label="adjective", subject_is_object=True
    )  # fmt: skip


def _says_what(cue: Cue) -> bool:
    return cue.subject is not None and cue.subject.lower_ not in _UNSAID


def _of_name(preposition: "Token") -> bool:
    """As in "limited to London": a name may be a place."""
    return any(child.pos_ == "PROPN" for child in preposition.rights if child.dep_ == "pobj")


def _of_party(preposition: "Token") -> bool:
    noun = next((child for child in preposition.rights if child.dep_ == "pobj"), None)
    return noun is not None and (is_party(noun) or noun.lower_ == "public")
