"""The verb of a deontic frame as it is told: with its particle, its preposition, its adjective, its second verb."""

from typing import TYPE_CHECKING

from extraction.lexicon import word_set
from extraction.rules_phrases import lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def action_parts(verb: "Token", limit: int, passive: bool) -> tuple[str, int]:
    """The verb's lemma with its particle, and the token after which its complement begins."""
    doc, words, after = verb.doc, [lemma(verb)], int(verb.i) + 1
    for child in verb.rights:
        bound = doc[child.i : child.i + 2].text.lower() == "up to"  # "buy up to three" buys nothing up
        away = child.dep_ == "advmod" and child.i == verb.i + 1 and child.lower_ in {"away", "aside", "back"}
        leads = child.i + 1 < len(doc) and child.i > verb.i + 1 and child.nbor().tag_ in {"VBG", "RB"}
        if (child.dep_ == "prt" or away) and child.i < limit and not (bound or leads):  # "use X in showing it"
            words.append(child.lower_)
            after = max(after, child.i + 1) if child.i == verb.i + 1 else after
    if words == ["keep"] and after + 1 < limit and doc[after].pos_ == "ADJ" and doc[after + 1].pos_ in {"DET", "PRON"}:
        return f"keep {doc[after].lower_}", after + 1  # "keep secret any code"
    if words == ["make"] and after < limit and doc[after].lower_ in {"available", "sure", "public"}:
        return f"make {doc[after].lower_}", after + 1
    if (
        words == ["take"]
        and after + 1 < limit
        and doc[after].lower_ == "into"
        and doc[after + 1].lower_ in {"account", "consideration"}
    ):
        return f"take into {doc[after + 1].lower_}", after + 2
    if words == ["take"] and after < limit and doc[after].lower_ in {"place", "effect"} and verb.nbor() == doc[after]:
        return f"take {doc[after].lower_}", after + 1
    if words == ["take"] and doc[after : min(after + 2, limit)].text.lower() == "account of":
        return "take account of", after + 2
    if words == ["take"] and after < limit and doc[after].lower_ == "part":
        follows = after + 1 < limit and doc[after + 1].lower_ == "in"
        return ("take part in", after + 2) if follows else ("take part", after + 1)
    if words == ["be"] and after < limit and doc[after].lower_ == "aware":
        return "be aware", after + 1
    if words == ["be"] and after + 2 < limit and _relates(doc[after], doc[after + 1]):
        return f"be {doc[after].lower_} {doc[after + 1].lower_}", after + 2
    if passive:
        if after + 1 < limit and _stranded(doc[after]):
            return " ".join([*words, doc[after].lower_]), after + 1
        return " ".join(words), after
    chained = _chained(verb, after, limit)
    if chained is not None:
        return chained
    if f"{words[0]} {doc[after : after + 2].text.lower()}" in _PHRASAL and after + 2 < limit:
        return f"{words[0]} {doc[after : after + 2].text.lower()}", after + 2
    if words == ["reverse"] and after < limit and doc[after].lower_ == "engineer":
        return "reverse engineer", after + 1
    if after < limit and _is_particle(verb, doc[after]):
        return " ".join([*words, doc[after].lower_]), after + 1
    if len(words) > 1 and after + 1 < limit and _completes_phrasal(verb, doc[after]):
        return " ".join([*words, doc[after].lower_]), after + 1
    following = _skip_adverbs(doc, after, limit)
    if following + 1 < limit and doc[following].text == ",":
        closing = next((t.i for t in doc[following + 1 : limit] if t.text == ","), limit)
        if closing + 1 < limit and _governs(verb, doc[closing + 1]):
            following = closing + 1
    if following < limit and _governs(verb, doc[following]) and words[0] != "be":
        return " ".join([*words, doc[following].lower_]), following + 1
    return " ".join(words), after


def _stranded(preposition: "Token") -> bool:
    """As in "may be adhered to by X", "may be dealt with, if need be,": it leads to no noun but the subject."""
    follows = preposition.nbor()
    alone = follows.lower_ == "by" or follows.text == ","
    return preposition.pos_ == "ADP" and preposition.lower_ in {"to", "for", "with", "on", "upon", "of", "at"} and alone


_RELATING = word_set(
    "subject competent consistent inconsistent compatible incompatible responsible accountable liable eligible answerable proportionate "
    "commensurate independent capable incapable compliant familiar conversant equal equivalent similar identical exempt contrary "
    "comparable proficient worthy representative respectful mindful party privy adjacent"
)
"""Adjectives that say nothing without what their preposition leads to."""


def _relates(adjective: "Token", preposition: "Token") -> bool:
    """As in "be competent for the task", "be consistent with the plan": the adjective is a part of the verb."""
    if preposition.tag_ == "TO" and adjective.lower_ != "subject":
        return False
    return adjective.lower_ in _RELATING and preposition.lower_ in {"to", "for", "with", "of", "from"}


_PHRASAL = frozenset(
    {"sign up for", "sign up to", "log in to", "log on to", "opt in to", "opt out of", "put up with", "come up with", "keep up with",
     "get rid of", "follow up on", "follow up with", "check in with", "live up to", "give up on", "back out of", "carry on with",
     "make up for", "log out of", "sign out of", "catch up on", "drop out of", "look out for", "stand up for", "fall back on", "cut down on", "check out of"}
)  # fmt: skip


def _completes_phrasal(verb: "Token", preposition: "Token") -> bool:
    """As in "sign up for a plan", "opt out of e-mails": a verb of three words."""
    return f"{lemma(verb)} {preposition.nbor(-1).lower_} {preposition.lower_}" in _PHRASAL


def _is_particle(verb: "Token", word: "Token") -> bool:
    """As in "must step in and report it": a preposition of the verb that leads to no noun."""
    leads = any(child.i > word.i for child in word.children)
    return word.pos_ == "ADP" and word.lower_ in _PARTICLES and word.head == verb and word.dep_ == "prep" and not leads


_PARTICLES = word_set("in up out off down back away over on")


def _chained(verb: "Token", after: int, limit: int) -> tuple[str, int] | None:
    """As in "offer to pay", "attempt to hide": the second verb carries the meaning, so both stay."""
    doc = verb.doc
    if lemma(verb) in {"use", "have", "be", "need", "agree", "elect", "choose"}:
        return None
    if after + 1 < limit and doc[after].tag_ == "TO" and doc[after + 1].tag_ in {"VB", "VBP"}:
        inner, end = action_parts(doc[after + 1], limit, passive=False)
        if doc[after + 1].lemma_ != "be":
            return f"{lemma(verb)} to {inner}", end
    return None


def _skip_adverbs(doc: "Doc", start: int, limit: int) -> int:
    start += 2 * (start + 2 < limit and doc[start : start + 2].text.lower() == "by law")
    while start < limit and doc[start].pos_ == "ADV" and doc[start].dep_ == "advmod":
        start += 1
    return start


_GOVERNED = word_set("with on to in for about against from of upon at over between into by around after through")


_ADVERBIAL = word_set(
    "behalf advance full writing cash person turn time sunday monday tuesday wednesday thursday friday saturday weekends night"
)
_FREE_PREPOSITIONS = word_set("in at by from after through upon during for on between into")


_GOVERNING = word_set("""engage participate act rely focus depend respond consent object adhere refer contribute participate appeal care ask
    apply pay look deal interact compete serve report invest work differentiate distinguish choose discriminate
    retaliate trade gossip insist speak account opt provide allow plan prepare watch wait search benefit refrain abstain
    withdraw suffer result consult cooperate communicate conflict interfere tamper meddle comply agree subscribe
    commit decide vote lobby bid enter travel attend gamble log dispose approve talk think know stand complain belong listen instruct advocate strive campaign abide believe concentrate confide deviate dwell elaborate embark encroach impinge infringe
    intervene intrude persist profit qualify recover resign reflect comment specialise specialize succeed trespass volunteer vouch""")


_HANDED = word_set("disclose provide give send transfer release grant offer deliver distribute communicate")


def _concerned(preposition: "Token") -> bool:
    """Whether "to the bodies concerned" opens, behind which the thing itself is still to come."""
    words = preposition.doc[preposition.i + 1 : preposition.i + 7]
    return any(t.lower_ in {"concerned", "involved", "affected"} for t in words)


def _governs(verb: "Token", preposition: "Token") -> bool:
    """Whether the preposition right after an intransitive verb belongs to the action ("comply with")."""
    rest = preposition.doc[preposition.i + 1 : preposition.i + 3]
    if preposition.lower_ in {"in", "on", "at"} and any(
        t.lower_ in _ADVERBIAL or t.lower_.endswith("days") for t in rest[:1]
    ):
        return False
    if preposition.lower_ not in _GOVERNED or preposition.pos_ not in {"ADP", "SCONJ", "PART"}:
        return False
    stranded = rest[:1].text == ","  # "rely upon, any provision": the object stands behind both verbs
    if preposition.lower_ == "to" and lemma(verb) in _HANDED and not stranded:
        return False  # "disclose to you": to whom, not what
    if preposition.lower_ == "to" and lemma(verb) == "submit" and _concerned(preposition):
        return False  # "submit to the bodies concerned a draft"
    if not stranded and any(c.dep_ in {"dobj", "attr", "dative"} and c.pos_ != "ADP" for c in verb.rights):
        return False
    if preposition.lower_ not in _FREE_PREPOSITIONS:
        return True
    return lemma(verb) in _GOVERNING
