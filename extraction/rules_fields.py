"""Who a deontic frame binds: the tokens of its actor, and the clause that narrows it down."""

from typing import TYPE_CHECKING

from extraction.lexicon import word_set
from extraction.parsed import chunks
from extraction.rules_phrases import clock_end, is_cross_reference, strip_determiners, with_quantity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def actor_span(subject: "Token", stop: int) -> tuple[int, int]:
    """Tokens ``[start, end)`` of the subject's noun phrase before token ``stop``, without clauses on it."""
    doc = subject.doc
    start = int(subject.left_edge.i)
    start = _with_first(doc, start)
    start = (
        clock_end(doc, start - 1, subject.i) if start > 0 and clock_end(doc, start - 1, subject.i) >= start else start
    )
    end = _series_end(doc, with_quantity(doc, _actor_end(subject, stop), stop), stop)
    closing = ("other than", "warrants that", "undertakes that", "covenants that", "certifies that", "agrees that")
    end = next((t.i for t in doc[start + 1 : end] if t.lower_ == "referred" or _two(t) in closing), end)
    if doc[start].lower_ == "only":
        start += 1
    if doc[start].lower_ in {"not", "neither", "either", "both"} and start + 1 < end:
        start += 1
    if doc[start].lower_ == "all" and start + 1 < end and doc[start + 1].lower_ == "of":
        start += 2
    start = strip_determiners(doc, start, end)
    if doc[start].lower_ in {"that", "those", "its"} and start + 1 < end and doc[start].dep_ in {"det", "poss"}:
        start += 1
    if start > 0 and doc[start - 1].text in {"“", '"', "‘"}:
        start -= 1
    if end < stop and doc[end].text in {"”", '"', "’"}:
        end += 1
    return start, max(end, start + 1)


def _two(word: "Token") -> str:
    return str(word.doc[word.i : word.i + 2].text.lower())


_HEDGES = frozenset({"where applicable", "if applicable", "where appropriate", "where relevant", "if any"})


def _with_first(doc: "Doc", start: int) -> int:
    """As in "the owner and, where applicable, the agent shall": the parser takes the second alone for the subject."""
    if start < 6 or doc[start - 1].text != "," or doc[start - 3 : start - 1].text.lower() not in _HEDGES:
        return start
    joined = doc[start - 4].text == "," and doc[start - 5].pos_ == "CCONJ" and doc[start - 6].pos_ in {"NOUN", "PROPN"}
    return int(doc[start - 6].left_edge.i) if joined else start


def _series_end(doc: "Doc", end: int, stop: int) -> int:
    """``stop`` where ", the X, the Y and the Z" fills all that is left before it, of which the parser lost the rest."""
    phrases, position, joined = chunks(doc), end, False
    while position < stop and (doc[position].text == "," or doc[position].pos_ == "CCONJ"):
        joined = joined or doc[position].pos_ == "CCONJ"
        position = phrases.get(position + 1, position + 1)
    return stop if joined and position == stop > end else end


def _actor_end(noun: "Token", stop: int) -> int:
    end = int(noun.i) + 1
    modified = False
    for child in noun.rights:
        if child.i >= stop:
            break
        if child.dep_ == "acl" and child.lower_ in {"concerned", "involved", "affected"} and child.i == end:
            alone = child.i == child.right_edge.i
            end += alone
            if alone:
                continue
        if completes_noun(child):
            end = min(stop, int(child.right_edge.i) + 1)
            continue
        if child.dep_ in {"relcl", "acl"} or (child.dep_ == "appos" and child.i > end):
            break
        if child.dep_ == "prep":
            if child.lower_ == "by" and noun.lemma_.lower() in _DONE:
                end = min(stop, max(end, _actor_end(pobj, stop) if (pobj := _object_of(child)) is not None else end))
                continue
            if child.lower_ in {"between", "under", "with", "including", "such", "per", "within", "by", "as"} or (
                modified and child.lower_ != "of"
            ):
                break
            if is_cross_reference(child.doc, child.i):
                break
            modified = modified or child.lower_ != "of"
            pobj = _object_of(child)
            end = min(stop, _actor_end(pobj, stop) if pobj is not None else int(child.right_edge.i) + 1)
        elif child.dep_ == "conj":
            end = min(stop, _actor_end(child, stop))
        elif child.dep_ in {"case", "nummod", "punct", "cc", "advmod", "pobj"}:
            if child.dep_ == "case":
                end = child.i + 1
        else:
            end = min(stop, int(child.right_edge.i) + 1)
    return end


_DONE = word_set(
    "exercise failure refusal use act omission breach violation processing disclosure attempt decision access delay misuse"
)


def completes_noun(child: "Token") -> bool:
    """As in "failure to pay", "the decision to sell": an infinitive without which the noun says nothing."""
    noun = child.head.lemma_.lower()
    return (
        child.dep_ == "acl"
        and any(c.tag_ == "TO" for c in child.lefts)
        and noun in _DONE | {"right", "ability", "duty"}
    )


def _object_of(preposition: "Token") -> "Token | None":
    return next((c for c in preposition.rights if c.dep_ in {"pobj", "pcomp"}), None)


def subject_restriction(subject: "Token", stop: int) -> tuple[int, int] | None:
    """Tokens of the restrictive who/that-clause or participle on the actor, or None."""
    main = subject.head
    if is_cross_reference(subject.doc, int(main.i)):
        main = subject
    if (
        main.i == subject.i + 1
        and main.tag_ in {"VBD", "VBN"}
        and main.i + 1 < stop
        and subject.dep_ in {"nsubj", "nsubjpass"}
    ):
        return int(main.i), stop
    nouns = [subject, *(c for c in subject.rights if c.dep_ == "conj")]
    for noun in nouns:
        for child in noun.rights:
            if child.i >= stop or child.dep_ not in {"relcl", "acl"} or completes_noun(child):
                continue
            start = int(child.left_edge.i)
            if noun.doc[start - 1].text == "," or is_cross_reference(noun.doc, start):
                continue
            end = min(stop, int(child.right_edge.i) + 1)
            modal = next((t.i for t in noun.doc[child.i + 1 : end] if t.tag_ == "MD" and t.head.dep_ == "ccomp"), end)
            end = modal if not any(t.dep_ == "mark" for t in noun.doc[child.i + 1 : modal]) else end
            if end < stop and all(t.pos_ in {"DET", "ADJ", "NOUN", "PROPN", "ADP"} for t in noun.doc[end:stop]):
                end = stop
            if end - start >= 2:
                return start, end
    return None
