"""Questions asked of parsed tokens: subjects, voice, negation, complements.

The parser errs most in long sentences, so each answer has a second way by word order.
"""

from typing import TYPE_CHECKING

from extraction.lexicon import PARTY_NOUNS, PARTY_PRONOUNS
from extraction.parsed import noun_phrases
from extraction.rules_dictionary import can_be_verb_form
from extraction.rules_phrases import clock_end

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_passive(verb: "Token") -> bool:
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ == "acomp" and verb.head.lemma_ == "be" and any(child.dep_ == "agent" for child in verb.rights):
        return True
    return any(child.dep_ in {"auxpass", "nsubjpass"} or child.lemma_ == "be" for child in verb.lefts) or (
        verb.dep_ == "conj" and is_passive(verb.head)
    )


def _beyond_reference(subject: "Token") -> "Token":
    """As in "data referred to in paragraph 1 may": the parser takes the reference for the subject; the noun is before it."""
    doc = subject.doc
    if (subject.norm_ != "section" and not subject.like_num) or subject.lower_ == "one":
        return subject
    floor = max(0, subject.i - 7)
    for position in range(subject.i - 1, floor, -1):
        if doc[position].lower_ in {
            "referred",
            "described",
            "required",
            "permitted",
            "mentioned",
            "specified",
            "set",
            "as",
            "listed",
            "under",
            "in",
            "of",
        }:
            noun = next((c.root for c in reversed(noun_phrases(doc)) if c.end <= position), None)
            if noun is not None and noun.i >= position - 3 and noun.norm_ != "section":
                while noun.dep_ in {"pobj", "conj"} and noun.head.i < noun.i and noun.head.pos_ in {"ADP", "NOUN"}:
                    if doc[noun.left_edge.i - 1].text == "," and noun.dep_ == "conj":
                        break  # "Without prejudice to A, the B referred to in C may": the comma closes what is before
                    noun = noun.head if noun.head.pos_ != "ADP" else noun.head.head
                return noun if noun.pos_ in {"NOUN", "PROPN"} else subject
    return subject


def find_subject(verb: "Token", before: "Token") -> "Token | None":
    """The head of the subject of ``verb``, whose cue begins at ``before``; None when the clause has none."""
    outer = swallowed(verb)
    if outer is not None and outer.i < before.i:
        return outer
    if verb.dep_ == "ccomp" and verb.head.dep_ == "relcl" and verb.head.head.dep_ == "ROOT" and verb.head.i < before.i:
        return verb.head.head
    # "Employees who hold it must not trade": the parser begins a clause at "it".
    unmarked = not any(child.dep_ == "mark" for child in verb.lefts)
    if verb.dep_ == "ccomp" and unmarked and verb.head.dep_ == "relcl" and verb.head.head.i < verb.head.i < before.i:
        return verb.head.head
    found = _parsed_subject(verb, before)
    return _beyond_reference(found) if found is not None else None


def swallowed(verb: "Token") -> "Token | None":
    """As in "an owner that has a boat may not lend it": the parser hung "lend" on the boat; it is the owner's verb.

    A clause with a modal but neither subject nor relative pronoun cannot stand on a noun.
    """
    if verb.dep_ not in {"acl", "relcl"} or not any(c.tag_ == "MD" for c in verb.lefts):
        return None
    if any(c.dep_ in SUBJECT_DEPS or c.tag_ in {"WDT", "WP", "WRB"} for c in verb.lefts):
        return None
    outer = next(
        (a for a in verb.ancestors if a.dep_ == "relcl" and any(c.tag_ in {"WDT", "WP"} for c in a.lefts)), None
    )
    return outer.head if outer is not None else None


def _parsed_subject(verb: "Token", before: "Token") -> "Token | None":
    """The head of the subject: of the verb, of a verb it is coordinated with, or the noun phrase before the cue."""
    current: Token | None = verb
    while current is not None:
        own = [c for c in current.lefts if c.dep_ in SUBJECT_DEPS and c.i < before.i and c.dep_ != "expl"]
        if len(own) > 1 and own[0].lower_ == "that" and own[1].i == own[0].i + 1 and own[1].pos_ == "NOUN":
            return own[1]  # "that right should not be used"
        if own:  # "Short version: a person must sign": what stands before the colon is no subject
            return own[-1] if any(t.text in {";", ":"} for t in current.doc[own[0].i : own[-1].i]) else own[0]
        for child in current.rights:
            if child.dep_ in SUBJECT_DEPS and child.i < before.i:
                return child
        main = resumed(current)
        if main is not None:
            current = main
            continue
        current = current.head if current.dep_ in {"conj", "xcomp"} and current.head.i != current.i else None
    reduced = reduced_relative(verb)
    return _nearest_noun(before) if reduced is None else reduced[0]


def reduced_relative(verb: "Token") -> "tuple[Token, Token] | None":
    """As in "an individual enrolled in a plan has a right": the parser takes the participle for the main verb.

    Returns the noun and the participle.
    """
    head = verb.head
    if verb.dep_ not in {"advcl", "ccomp", "conj"} or head.tag_ not in {"VBD", "VBN"} or head.i > verb.i:
        return None
    if any(c.dep_ in {"mark", "cc", "aux", "auxpass"} or c.dep_ in SUBJECT_DEPS for c in verb.lefts if c.tag_ != "MD"):
        return None
    if any(c.dep_ in {"aux", "auxpass", "mark"} for c in head.lefts) or verb.doc[verb.i - 1].pos_ == "CCONJ":
        return None
    noun = next((c for c in head.lefts if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if head.lower_ in {"referred", "mentioned", "listed", "described", "specified"}:
        return None
    return (noun, head) if noun is not None and noun.pos_ in {"NOUN", "PROPN"} and noun.i + 1 == head.i else None


def _nearest_noun(before: "Token") -> "Token | None":
    for chunk in reversed(noun_phrases(before.doc)):
        if chunk.end <= before.i:
            gap = before.doc[chunk.end : before.i]
            if all(t.pos_ in {"ADV", "PUNCT", "AUX", "PART"} for t in gap):
                root: Token = chunk.root
                while (
                    root.dep_ in {"pobj", "conj", "prep"}
                    and root.head.i < root.i
                    and root.head.pos_ in {"ADP", "NOUN", "PROPN"}
                ):
                    root = root.head
                return root if root.pos_ in {"NOUN", "PROPN", "PRON"} else chunk.root
            return None
    return None


def inverted_subject(modal: "Token", verb: "Token") -> "Token | None":
    """The subject that follows its modal ("may you"); None where there is none."""
    chunk = next((c for c in noun_phrases(modal.doc) if modal.i < c.start and c.end <= verb.i), None)
    return chunk.root if chunk is not None else None


def is_party(token: "Token | None") -> bool:
    """Whether the noun names someone who can be bound: a pronoun, a role, a body or a proper name."""
    if token is None or token.norm_ == "section":
        return False
    words = [
        token.lemma_.lower().rsplit(" ", 1)[-1],
        *(child.lemma_.lower() for child in token.children if child.dep_ == "conj"),
    ]
    return (
        token.lower_ in PARTY_PRONOUNS
        or any(word in PARTY_NOUNS for word in words)
        or token.pos_ == "PROPN"
        or (token.lemma_.lower().endswith(("holder", "officer", "manager", "owner", "team", "worker", "maker")))
    )


def infinitive(token: "Token", reach: int = 8) -> "tuple[Token, bool] | None":
    """The verb of "(not) to VERB" that complements ``token``, and whether it is negated."""
    negated = False
    for candidate in token.doc[token.i + 1 : token.i + 1 + reach]:
        if candidate.lower_ in {"not", "never"}:
            negated = True
        elif candidate.tag_ == "TO":
            after = candidate.i + 1
            while after < len(token.doc) and (
                token.doc[after].pos_ == "ADV" or token.doc[after].lower_ in {"not", "never"}
            ):
                negated = negated or token.doc[after].lower_ in {"not", "never"}
                after += 1
            if after < len(token.doc) and token.doc[after].tag_ in {"VB", "VBP"}:
                verb = token.doc[after]
                if verb.lemma_ == "be":
                    full = next((t for t in token.doc[after + 1 : after + 4] if t.tag_ == "VBN"), None)
                    return (full or verb), negated
                return verb, negated
            return None
        elif candidate.pos_ not in {"ADV", "PUNCT"} and candidate.dep_ not in {"advmod", "neg"}:
            return None
    return None


def for_whom(token: "Token") -> "tuple[Token, Token] | None":
    """As in "unlawful for a driver to use": the noun and the verb of "for X to V" right after ``token``."""
    doc = token.doc
    if token.i + 2 >= len(doc) or doc[token.i + 1].lower_ != "for":
        return None
    chunk = next((c for c in noun_phrases(doc) if c.start == token.i + 2), None)
    if chunk is None or chunk.end + 1 >= len(doc) or doc[chunk.end].tag_ != "TO":
        return None
    verb = doc[chunk.end + 1]
    return (chunk.root, verb) if verb.tag_ in {"VB", "VBP"} else None


def be_before(token: "Token") -> bool:
    doc = token.doc
    return token.i > 0 and any(t.lemma_ == "be" for t in doc[max(0, token.i - 2) : token.i])


def complement_adjective(verb: "Token") -> "Token | None":
    return next(
        (child for child in verb.rights if child.pos_ == "ADJ" and child.dep_ in {"acomp", "attr", "oprd"}), None
    )


def resumed(verb: "Token") -> "Token | None":
    """The main verb that a modal goes back to in "may stop a task that appears unsafe and must then report"."""
    head = verb.head
    if verb.dep_ != "conj" or head.dep_ not in {"relcl", "advcl"} or not any(c.tag_ == "MD" for c in verb.lefts):
        return None
    main = head.head.head if head.dep_ == "relcl" else head.head
    if main.pos_ != "VERB" and head.dep_ == "relcl":  # "before the courts where it sits and should be heard"
        main = next((t for t in main.ancestors if t.pos_ == "VERB"), main)
    main = _helped(main)
    own = any(c.tag_ == "MD" for c in head.lefts)
    return (
        main
        if not own and (main.pos_ == "VERB" or main.tag_ == "VB") and any(c.tag_ == "MD" for c in main.lefts)
        else None
    )


def _helped(participle: "Token") -> "Token":
    """The verb of "may disclose protected data" where the parser takes it for an auxiliary of the participle."""
    if participle.tag_ not in {"VBN", "VBD"}:
        return participle
    verbs = (c for c in participle.lefts if c.dep_ == "aux" and c.tag_ == "VB")
    return next((c for c in verbs if any(left.tag_ == "MD" for left in c.lefts)), participle)


def named(token: "Token") -> "Token":
    """The noun that "that" stands for in "requires that of the Board": the object of the clause it is coordinated with."""
    verb = token.head
    if token.lower_ != "that" or verb.dep_ != "conj" or not any(child.lower_ == "of" for child in token.rights):
        return token
    return next((child for child in verb.head.rights if child.dep_ == "dobj"), token)


def is_relative(token: "Token") -> bool:
    return token.lower_ in {"which", "that", "who", "what", "whom"}


def antecedent(verb: "Token") -> "Token":
    """The noun that a relative clause speaks of: of "the date of sale, which" the date."""
    noun = verb.head
    while noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head.head
    return noun


def is_free_standing(verb: "Token") -> bool:
    if verb.dep_ == "advcl":  # "use after 9 pm is prohibited": the parser takes the time for a clause
        return any(c.dep_ == "mark" and clock_end(verb.doc, c.i, verb.i) > c.i for c in verb.lefts)
    return verb.dep_ in {"ROOT", "conj", "ccomp", "parataxis"}


def gerund_after(token: "Token", preposition: str) -> "Token | None":
    for candidate in token.doc[token.i + 1 : token.i + 5]:
        acts = candidate.lower_.endswith("ing") and candidate.nbor(-1).lower_ == preposition
        if candidate.tag_ == "VBG" or (acts and can_be_verb_form(candidate)):
            return candidate
        if candidate.lower_ != preposition and candidate.pos_ not in {"ADV", "PUNCT"}:
            return None
    return None


def later_infinitive(noun: "Token") -> "tuple[Token, bool] | None":
    doc = noun.doc
    for index in range(noun.i + 1, min(noun.i + 14, len(doc) - 1)):
        if doc[index].tag_ == "TO" and doc[index + 1].tag_ == "VB" and doc[index - 1].text == ",":
            return doc[index + 1], False
        if doc[index].text in {";", "."} or doc[index].tag_ == "MD":
            break
    for child in noun.subtree:
        if (
            child.i > noun.i
            and child.tag_ == "VB"
            and any(c.tag_ == "TO" for c in child.lefts)
            and child.i - noun.i < 24
        ):
            return child, False
    return None


SUBJECT_DEPS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
