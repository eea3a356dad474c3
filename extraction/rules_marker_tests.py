"""Whether a word that can open a condition, an exception or an aside opens one where it stands."""

from typing import TYPE_CHECKING

from extraction.lexicon import APPROVAL_NOUNS, word_set
from extraction.parsed import words_of
from extraction.rules_polarity import negative_adverbial

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


_DURATIONS = word_set("day hour week month year minute")


def opens_time(doc: "Doc", index: int, limit: int) -> bool:
    """As in "shall, following the discovery of a leak, notify": the preposition at the head of a phrase between commas."""
    opens = is_initial(doc, index, 0) or doc[index - 1].text == ","
    follows = doc[index + 1] if index + 1 < limit else None
    return (
        opens and follows is not None and follows.pos_ in {"DET", "NOUN", "ADJ", "PROPN"} and doc[index].dep_ != "amod"
    )


def needs_consent(doc: "Doc", index: int, limit: int) -> bool:
    """As in "subject to the treasurer's approval", where "subject to this section" only points."""
    end = next((i for i in range(index, limit) if doc[i].is_punct), limit)
    bound = index > 0 and doc[index - 1].lower_ in {"not", "be", "is", "are"}  # "who is not subject to an agreement"
    nouns = APPROVAL_NOUNS - {"agreement", "waiver"}
    return not bound and any(token.lemma_.lower() in nouns for token in doc[index + 2 : min(end, index + 8)])


_RELATIONS = (("with", "respect", "to"), ("with", "regard", "to"), ("in", "relation", "to"))


def concerns(doc: "Doc", index: int) -> bool:
    """As in "With respect to X, ...", "means, with respect to X, the ...": it says of what the rule holds."""
    if words_of(doc)[index : index + 3] not in _RELATIONS:
        return False
    before = doc[index - 2] if index > 1 and doc[index - 1].text == "," else None
    verbal = before is not None and (before.tag_ == "MD" or before.pos_ in {"VERB", "AUX"})
    return verbal or index == 0


_NOT_LACKED = word_set(
    "undue delay limit limitation limitations prejudice notice charge regard liability exception reservation further hesitation cost "
    "warranty any doubt help interruption cause reason restriction discrimination penalty recourse loss risk compensation end question"
)


def lacks_thing(doc: "Doc", index: int, limit: int) -> bool:
    """As in "without a permit", "without a search warrant": a thing that must be there, not how something is done."""
    follows = doc[index + 1] if index + 1 < limit else None
    if doc[index].dep_ == "prep" and doc[index].head.dep_ in {"nsubj", "nsubjpass"}:
        return False  # "skippers without a licence"
    if follows is None or follows.pos_ not in {"DET", "NOUN", "ADJ", "PROPN"} or follows.lower_ in _NOT_LACKED:
        return False
    end = next((i for i in range(index + 1, limit) if doc[i].is_punct), limit)
    phrase = doc[index + 1 : end]
    return len(phrase) > 0 and not any(t.tag_ == "VBG" or t.lower_ in _NOT_LACKED for t in phrase[:4])


_MEASURED = word_set("long soon well far much many if though necessary needed")


def is_remark(doc: "Doc", index: int, limit: int) -> bool:
    """As in ", as such fees are listed in the order": a clause with "as" behind a comma, which tells and does not limit."""
    if index == 0 or doc[index - 1].text != "," or index + 2 >= limit or doc[index].dep_ != "mark":
        return False
    if words_of(doc)[index + 1 : index + 3] == ("the", "case"):
        return False
    fixed = doc[index + 1].lower_ in _MEASURED
    return not fixed and doc[index + 1].tag_ != "VBN"


def concedes(doc: "Doc", index: int, limit: int) -> bool:
    """As in "While gifts may be customary, we must ...": a contrast, where "while a tender runs" tells the time."""
    comma = next((i for i in range(index, limit) if doc[i].text == ","), index)
    return is_initial(doc, index, 0) and any(token.tag_ == "MD" for token in doc[index:comma])


def commits(doc: "Doc", index: int, limit: int) -> bool:
    """As in "While every care will be taken, we ...": the contrast is a rule of its own."""
    comma = next((i for i in range(index, limit) if doc[i].text == ","), index)
    return is_initial(doc, index, 0) and any(t.lower_ in {"will", "shall", "must"} for t in doc[index:comma])


def is_inverted(doc: "Doc", index: int) -> bool:
    """As in "Should the need arise, ...": the modal before its subject says "if"."""
    if is_initial(doc, index, 0):
        nominal = index + 1 < len(doc) and doc[index + 1].pos_ in {"PROPN", "NOUN", "PRON", "DET", "ADJ"}
        return nominal and any(token.text == "," for token in doc[index:])
    verb = doc[index].head
    opens = not negative_adverbial(doc[index])
    subject = next((c for c in verb.lefts if c.dep_ in {"nsubj", "nsubjpass", "expl"}), None)
    return opens and subject is not None and subject.left_edge.i == index + 1 and doc[index].tag_ == "MD"


ASKING = word_set("see ask determine decide check verify assess")  # "determine if X holds" says what


def is_bare_choice(doc: "Doc", index: int, limit: int) -> bool:
    """As in ", whether paid or not": without a verb of its own, unlike "determine, within a week, whether to deny it"."""
    comma = next((i for i in range(index, limit) if doc[i].text in {",", ";"}), limit)
    return not any(t.tag_ in {"VB", "VBZ", "VBP", "VBD", "MD", "TO"} for t in doc[index:comma])


_SAVING = word_set("as where that for in with when if to by under on pursuant")
_ALL_OR_NONE = word_set("one nobody none nothing anyone anybody anything everyone everybody everything all")


def opens_exception(doc: "Doc", index: int, words: tuple[str, ...], following: "Token | None") -> bool:
    """Sorts "save where", "no one but the owner" and "but not to X" from the verb "save" and the plain "but"."""
    previous = doc[index - 1] if index else None
    if words[0] in {"except", "excepting"}:
        return True
    if following is None:
        return False
    if words == ("but", "not"):
        phrase = following.pos_ in {"ADP", "DET"} or (following.lower_ == "to" and following.dep_ == "prep")
        return phrase and following.lower_ not in {"limited", "necessarily", "only"}
    if words[0] == "but":
        return (
            previous is not None
            and previous.lower_ in _ALL_OR_NONE
            and following.pos_ in {"DET", "NOUN", "PROPN", "PRON", "ADJ"}
        )
    if words[0] == "barring":
        return is_initial(doc, index, 0) or (
            previous is not None and (previous.text == "," or previous.pos_ == "CCONJ")
        )
    if following.lower_ not in _SAVING:
        return False
    if is_initial(doc, index, 0):
        return any(t.text == "," for t in doc[index:])
    return previous is not None and previous.text in {",", "(", "—", "–"}


def is_purpose_clause(doc: "Doc", index: int, limit: int) -> bool:
    """As in "For a disclosure to be permitted, the record must ...": for-to before the main clause."""
    if index and not is_initial(doc, index, 0):
        return False
    comma = next((i for i in range(index, limit) if doc[i].text == ","), index)
    return any(
        token.tag_ == "TO" and token.nbor().tag_ == "VB"
        for token in doc[index : max(comma, index)]
        if token.i + 1 < limit
    )


def is_deadline(doc: "Doc", index: int) -> bool:
    """Whether "after" or "before" closes a deadline ("no later than 60 days after receipt")."""
    counted = doc[max(0, index - 1) : index]
    lasting = any(
        token.lower_ == "for" for token in doc[max(0, index - 5) : index]
    )  # "keep it for a year upon request"
    return not lasting and any(token.lemma_.lower() in _DURATIONS for token in counted)


LEANING = word_set(
    "base rely depend call impose agree confer act insist improve build decide bestow place put focus reflect"
)
_FORA = word_set(
    "court tribunal judge arbitrator magistrate board commission committee council panel authority parliament jury"
)


def is_forum(doc: "Doc", index: int, limit: int) -> bool:
    """As in "bring the action before the courts": before whom, not before what; no verb makes it a clause."""
    end = next((i for i in range(index, limit) if doc[i].is_punct or doc[i].lower_ in {"of", "in", "where"}), limit)
    phrase = doc[index + 1 : min(end, index + 6)]
    clause = any(t.tag_ in {"VBZ", "VBP", "VBD", "VBG", "MD"} for t in phrase)
    return not clause and any(t.lemma_.lower() in _FORA for t in phrase)


def is_proviso(doc: "Doc", index: int) -> bool:
    """As in "...; provided that ...", "...; and provided, however, that ...": behind a semicolon it limits what is before."""
    word, before = doc[index].lower_, index - 1
    while before >= 0 and doc[before].pos_ == "CCONJ":
        before -= 1
    if before < 0 or doc[before].text != ";":
        return False
    return word in {"except", "unless"} or (
        word in {"provided", "providing"}
        and doc[index + 1 : index + 2].text.lower() in {"that", ",", "however", "always"}
    )


def is_dash(token: "Token") -> bool:
    return token.text in {"—", "–", "--"} or (token.text == "-" and bool(token.whitespace_))


def is_initial(doc: "Doc", index: int, start: int) -> bool:
    """Whether nothing but connectives stands between the clause's beginning and ``index``."""
    for position in range(index - 1, start - 1, -1):
        token = doc[position]
        if is_dash(token):
            return not any(is_dash(t) for t in doc[start:position])  # behind a second dash the first clause goes on
        if token.text in {";", ".", ":", "?", "!"}:
            return True
        if token.is_punct or token.dep_ in {"cc", "advmod"} or token.pos_ in {"ADV", "CCONJ", "INTJ"}:
            continue
        return False
    return True
