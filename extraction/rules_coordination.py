"""Verbs that share a cue: coordinated, in a series, or hung elsewhere by the parser."""

import re
from typing import TYPE_CHECKING

from extraction.lexicon import MODALS, RIGHT_NOUNS, word_set
from extraction.rules_complements import bare_series, complement_series, gerund_series
from extraction.rules_cue import Cue
from extraction.rules_dictionary import can_be_verb
from extraction.rules_imperatives import own_mood
from extraction.rules_looks import in_quotation
from extraction.rules_phrases import is_cross_reference
from extraction.rules_spans import Segment, overlaps
from extraction.rules_tokens import SUBJECT_DEPS

if TYPE_CHECKING:
    from spacy.tokens import Token


def coordinated(cue: Cue, stop: int, found: tuple[Segment, ...]) -> "tuple[Token, ...]":
    """The cue's verb and the verbs coordinated with it under the same auxiliary."""
    verbs = {cue.verb.i: cue.verb}
    queue = [cue.verb]
    while queue:
        verb = queue.pop(0)
        inner = [c for c in verb.rights if c.dep_ == "xcomp" and (c.i == verb.i + 2 or _resumed_behind(verb, c))]
        for child in [*verb.rights, *(c for x in inner for c in x.rights)]:
            if child.dep_ != "conj" or child.i >= stop or overlaps(child.i, found) is not None or child.i in verbs:
                continue
            if cue.label == "imperative" and own_mood(child):
                continue
            if child.tag_ == "VBG" and child.nbor(-1).pos_ in {"NOUN", "PROPN"}:
                continue  # "selling tickets or goods bearing the sign"
            if child.tag_ in {"VBD", "VBZ"} and cue.verb.tag_ == "VB" and cue.label in MODALS and not _joined(child):
                continue  # "may disclose (to X) protected data": no verb of its own
            if _same_form(cue.verb, child) and _free(child) and not _behind_relative(cue, child):
                verbs[child.i] = child
                queue.append(child)
    twin = _mistaken_twin(cue.verb, stop)
    if twin is not None:
        verbs.setdefault(twin.i, twin)
    for token in cue.verb.doc[cue.verb.i + 1 : stop]:
        listed = token.i not in verbs and overlaps(token.i, found) is None
        if listed and (
            _listed(cue.verb, token, verbs)
            or _behind_aside(cue.verb, token, found)
            or _beyond_insertion(token, found, max(verbs))
        ):
            verbs[token.i] = token
    for token in (
        *bare_series(cue.verb, stop),
        *gerund_series(cue.verb, stop),
        *_infinitives(cue, stop, found),
        *_gerunds(cue, stop, found),
    ):
        verbs.setdefault(token.i, token)
    told = {token.i for token in complement_series(cue.verb, stop)}
    kept = (verbs[key] for key in sorted(verbs) if key not in told and not in_quotation(cue.verb, verbs[key]))
    return tuple(verb for verb in kept if verb == cue.verb or not (_refers(verb) or _ends_purpose(cue.verb, verb)))


def _ends_purpose(first: "Token", verb: "Token") -> bool:
    """As in "may use the data to run, test, and mend the tool": the last of what it is used for, where verbs alone stand between."""
    return _PURPOSES.search(verb.doc[first.i + 1 : verb.i].text) is not None


_PURPOSES = re.compile(r"\bto [a-z]+(?:, [a-z]+)+,? (?:and|or)$")


def _resumed_behind(verb: "Token", gerund: "Token") -> bool:
    """As in "must stop using the tool and return it": the parser hangs the second bare verb on the gerund."""
    return (
        verb.tag_ == "VB" and gerund.tag_ == "VBG" and any(c.dep_ == "conj" and c.tag_ == "VB" for c in gerund.rights)
    )


def _joined(verb: "Token") -> bool:
    """Whether a conjunction or a comma stands before the verb, adverbs aside."""
    position = verb.i - 1
    while position > 0 and verb.doc[position].pos_ == "ADV":
        position -= 1
    return bool(verb.doc[position].pos_ == "CCONJ" or verb.doc[position].text == ",")


def _refers(verb: "Token") -> bool:
    """As in "to the Board referred to in Article 68": a participle on a noun, which the parser took for a second verb."""
    return verb.tag_ in {"VBD", "VBN"} and is_cross_reference(verb.doc, verb.i) and verb.nbor(-1).pos_ != "CCONJ"


def _mistaken_twin(verb: "Token", stop: int) -> "Token | None":
    """As in "must not bypass or circumvent controls": a verb right behind "or" that the tagger took for an adjective."""
    doc = verb.doc
    if verb.tag_ not in {"VB", "NN"} or verb.i + 3 >= stop or doc[verb.i + 1].lower_ not in {"or", "and"}:
        return None
    twin, follows = doc[verb.i + 2], doc[verb.i + 3]
    hung = twin.dep_ == "conj" or (verb.tag_ == "NN" and twin.dep_ == "compound")
    mistaken = twin.pos_ in {"ADJ", "NOUN"} and hung and can_be_verb(twin)
    mistaken = mistaken or (verb.tag_ == "NN" and twin.tag_ == "VB" and twin.dep_ == "conj")
    return twin if mistaken and follows.pos_ in {"NOUN", "PROPN", "DET", "PRON"} else None


def _infinitives(cue: Cue, stop: int, found: tuple[Segment, ...]) -> "list[Token]":
    """As in "are free to vote, to belong to a party and to stand for office": infinitives that repeat their "to"."""
    doc = cue.verb.doc
    if cue.verb.i == 0 or doc[cue.verb.i - 1].tag_ != "TO" or doc[cue.anchor].tag_ == "MD":
        return []
    later = [
        doc[index + 1]
        for index in range(cue.verb.i + 1, stop - 1)
        if doc[index].tag_ == "TO"
        and doc[index + 1].tag_ == "VB"
        and (doc[index - 1].text == "," or doc[index - 1].pos_ == "CCONJ" or _names_again(cue, doc[index - 1]))
        and overlaps(index, found) is None
    ]
    return later if any(doc[_opening(token) - 1].pos_ == "CCONJ" for token in later) else []


def _names_again(cue: Cue, noun: "Token") -> bool:
    """As in "the right to speak and the right to vote": the noun before the infinitive, said a second time."""
    if cue.label != "right" or noun.lemma_.lower() not in RIGHT_NOUNS or noun.i < cue.verb.i:
        return False
    before = noun.doc[noun.left_edge.i - 1]
    return bool(noun.left_edge.i > cue.verb.i and (before.text == "," or before.pos_ == "CCONJ"))


def _opening(verb: "Token") -> int:
    """Where an infinitive begins, with the noun that it hangs on if that is said again."""
    doc, to = verb.doc, verb.i - 1
    noun = doc[to - 1]
    return int(noun.left_edge.i) if noun.lemma_.lower() in RIGHT_NOUNS else to


def _gerunds(cue: Cue, stop: int, found: tuple[Segment, ...]) -> "list[Token]":
    """As in "is responsible for ordering food, storing it and for keeping a list": gerunds that go on with the first.

    Each opens behind a comma or a conjunction, with or without the preposition; commas alone make no series.
    """
    doc, first = cue.verb.doc, cue.verb
    led = first.tag_ == "VBG" and first.i > 0 and doc[first.i - 1].lower_ in {"for", "to", "from"}
    if not led or doc[cue.anchor].tag_ == "MD":
        return []
    later = [
        token
        for token in doc[first.i + 1 : stop]
        if token.tag_ == "VBG" and overlaps(token.i, found) is None and _goes_on(token, doc[first.i - 1])
    ]
    return later if any(_before(token, doc[first.i - 1]).pos_ == "CCONJ" for token in later) else []


def _before(gerund: "Token", preposition: "Token") -> "Token":
    """What stands before the gerund, a repeated preposition and adverbs aside."""
    position = gerund.i - 1
    while gerund.doc[position].lower_ == preposition.lower_ or gerund.doc[position].tag_ == "RB":
        position -= 1
    return gerund.doc[position]


def _goes_on(gerund: "Token", preposition: "Token") -> bool:
    """Whether a comma or conjunction stands before the gerund, and the gerund neither modifies a noun nor is one's example."""
    opener = _before(gerund, preposition)
    of = gerund.i + 1 < len(gerund.doc) and gerund.nbor().lower_ == "of"  # "the smuggling of goods" names a deed
    if gerund.dep_ not in {"conj", "pcomp", "pobj", "advcl"} or gerund.lower_ in _ASIDES or of:
        return False
    hung = gerund.dep_ == "conj" and gerund.head.dep_ in {"acl", "relcl"}  # "clubs receiving and spending grants"
    return opener.text == "," or (opener.pos_ == "CCONJ" and not hung)


_ASIDES = word_set(
    "using including excluding taking following depending according regarding concerning provided considering"
)
"""Gerunds behind a comma that tell how, or give an example."""


def _free(verb: "Token") -> bool:
    """Without a subject, a modal or a finite auxiliary of its own."""
    return not any(
        c.dep_ in SUBJECT_DEPS or c.tag_ == "MD" or (c.dep_ in {"aux", "auxpass"} and c.tag_ in {"VBP", "VBZ", "VBD"})
        for c in verb.lefts
    )


def _behind_relative(cue: Cue, verb: "Token") -> bool:
    """For a cue without a modal: a verb inside a relative clause agrees with the noun, not with the cue's subject."""
    before = verb.nbor(-2) if verb.i > cue.verb.i + 2 else cue.verb
    own = before.dep_ == "relcl" and before.tag_ == verb.tag_ and any(c.dep_ in SUBJECT_DEPS for c in before.lefts)
    if own and verb.nbor(-1).pos_ == "CCONJ":
        return True  # "the data that you own or lease", whose second verb the parser hung on the main one
    if cue.verb.tag_ in {"VB", "VBN"} and cue.label != "":
        return False
    return any(token.tag_ in {"WDT", "WP"} for token in verb.doc[cue.verb.i : verb.i])


_RELATED = frozenset(
    {"comply", "cooperate", "consult", "participate", "coordinate", "agree", "refrain", "interfere", "communicate"}
)
"""Verbs that are not nouns as well and lead on by a preposition."""


def _taken_for_noun(first: "Token", token: "Token", verbs: "dict[int, Token]") -> bool:
    """As in "must act with care, refrain from smoking and pay": hung as a clause on the first, and yet tagged a noun."""
    doc = token.doc
    hung = token.tag_ == "NN" and token.dep_ in {"advcl", "conj"} and token.head.i in verbs and first.tag_ == "VB"
    if not hung or doc[token.i - 1].text != "," or token.i + 1 >= len(doc) or not can_be_verb(token):
        return False
    return doc[token.i + 1].pos_ in {"ADP", "DET", "PRON"} and not any(child.pos_ != "PUNCT" for child in token.lefts)


def _listed(first: "Token", token: "Token", verbs: "dict[int, Token]") -> bool:
    """A verb of the same form that the parser hung elsewhere: right after its sibling, or bare after "and (then)"."""
    if _taken_for_noun(first, token, verbs):
        return True
    if (
        token.tag_ != first.tag_
        or not token.is_alpha
        or token.nbor(-1).text == "-"
        or token.pos_ not in {"VERB", "AUX"}
        or token.dep_ in {"aux", "auxpass", "amod", "compound"}
    ):
        return False
    before = token.i - 1
    while before > first.i and (token.doc[before].pos_ == "ADV" or token.doc[before].text == ","):
        before -= 1
    previous = token.doc[before]
    adjacent = before in verbs or (token.doc[before].pos_ == "ADP" and before - 1 in verbs)
    if adjacent and before < token.i - 1:
        return True
    if previous.pos_ != "CCONJ" or previous.i == token.i:
        return False
    if first.tag_ == "VBG" or (token.i - 1 == previous.i and previous.i - 1 in verbs):
        return first.tag_ != "VBG" or any(index in verbs for index in range(previous.i - 4, previous.i))
    if first.tag_ != "VB" or not _free(token) or any(c.tag_ == "TO" for c in token.lefts):
        return False
    head = token.head
    if _in_noun_series(token):
        return False
    behind = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    if head.dep_ == "dobj" and head.head.i in verbs and behind.text == "," and token.lemma_.lower() in _RELATED:
        return True  # "must use locks and comply, where needed, with the plan"
    return (
        token.dep_ == "conj"
        and head.pos_ in {"VERB", "AUX"}
        and (head.tag_ in {"VBZ", "VBD", "VBN"} or head.i in verbs)
    )


def _behind_aside(first: "Token", token: "Token", found: tuple[Segment, ...]) -> bool:
    """As in "must notify X, as the case may be and inform Y": the parser hung the second verb inside what stands between."""
    inside = overlaps(token.head.i, found) if token.dep_ == "conj" and token.tag_ == first.tag_ == "VB" else None
    return inside is not None and inside.end == token.i - 1 and _free(token) and token.nbor(-1).pos_ == "CCONJ"


def _beyond_insertion(token: "Token", found: tuple[Segment, ...], last: int) -> bool:
    """As in "must check and, where needed, mend it": a bare verb behind a conjunction and a case between commas."""
    doc = token.doc
    case = next((s for s in found if s.end == token.i - 1 and s.start - 2 >= last + 1), None)
    if case is None or token.tag_ not in {"VB", "VBP"} or not _free(token) or doc[token.i - 1].text != ",":
        return False
    joined = doc[case.start - 1].text == "," and doc[case.start - 2].pos_ == "CCONJ"
    joined = joined or doc[case.start - 1].pos_ == "CCONJ"  # "check it, and if needed, mend it"
    return joined and not any(t.tag_ == "TO" or _acts_itself(t) for t in doc[last : case.start])


def _acts_itself(word: "Token") -> bool:
    """Whether the word is the subject of a clause of its own, not of one that only completes or qualifies."""
    return word.dep_ in SUBJECT_DEPS and word.head.dep_ not in {"ccomp", "relcl", "advcl", "acl"}


def _in_noun_series(token: "Token") -> bool:
    """As in "any copy or replication": the word after the conjunction is a noun, and so is this one."""
    rest = token.doc[token.i + 1 : token.i + 3]
    return len(rest) == 2 and rest[0].pos_ == "CCONJ" and rest[1].pos_ == "NOUN"


def _same_form(first: "Token", second: "Token") -> bool:
    bare = {"VB", "VBP", "VBZ"}
    if first.tag_ in bare:
        whole = second.lower_ == second.lemma_.lower() or first.lemma_ == "be"  # "put"; "be in writing and served"
        same = second.tag_ == "NN" or (second.tag_ == "VBD" and whole)
        return second.tag_ in bare or (same and second.pos_ == "VERB")
    if first.tag_ == "VBN":
        return second.tag_ in {"VBN", "VBD"}
    return bool(second.tag_ == first.tag_)
