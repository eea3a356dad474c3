"""Where phrases of a circumstance end that no clause closes: consent, insertions, enumerations, openings without a comma."""

from typing import TYPE_CHECKING

from extraction.parsed import text_of
from extraction.rules_bounds import after_subject, coordinated_clause
from extraction.rules_markers import CONSENT, marker_at
from extraction.rules_phrases import is_cross_reference
from extraction.rules_tokens import SUBJECT_DEPS

if TYPE_CHECKING:
    from spacy.tokens import Doc


def consent_end(doc: "Doc", index: int, width: int) -> int:
    """As in "without the owner's prior, written consent": behind the word of consent, commas before it close nothing."""
    match = CONSENT.match(text_of(doc), doc[index].idx)
    behind = (t.i for t in doc[index:] if match is not None and t.idx >= match.end())
    return max(index + width, next(behind, index + width))


def behind_modal_end(doc: "Doc", index: int, width: int, stop: int) -> int:
    """As in "shall in the performance of his tasks have regard to": a phrase right behind the modal ends at its verb.

    Behind a comma ("means, with respect to a plan, the ...") it ends at the next one. 0 where it is no such phrase.
    """
    if doc[index].pos_ not in {"ADP", "VERB"} or (width < 2 and doc[index].lower_ != "following"):
        return 0
    before = doc[index - 1] if index else None
    if (
        before is not None
        and before.tag_ == "MD"
        and index + width < before.head.i < stop
        and before.head.pos_ in {"VERB", "AUX"}
    ):
        inside = doc[index + width : before.head.i]
        if not any(t.text == "," or t.tag_ in {"VBZ", "VBP", "VBD"} for t in inside):
            return int(before.head.i)
    if before is not None and before.tag_ == "MD":
        verb = next((t for t in doc[index + width : stop] if t.tag_ in {"VB", "VBP"} or t.text == ","), None)
        return int(verb.i) if verb is not None and verb.text != "," else 0
    asked = doc[index : index + 3].text.lower() == "at the request"
    if before is None or before.text != "," or index < 2 or not (asked or doc[index - 2].pos_ in {"VERB", "AUX"}):
        return 0
    comma = next((i for i in range(index + width, stop) if doc[i].text in {",", ":"}), 0)
    return comma if comma and comma + 1 < stop and doc[comma + 1].pos_ != "CCONJ" else 0


def subject_phrase_end(doc: "Doc", index: int) -> int:
    """As in "swimming after dark is forbidden": a phrase on the subject ends with it; 0 where there is no such."""
    head = doc[index].head
    on_verb = head.pos_ in {"VERB", "AUX"} and index < head.i and doc[index - 1].text != ","
    if doc[index].dep_ == "prep" and on_verb and any(c.dep_ in SUBJECT_DEPS and c.i < index for c in head.lefts):
        end = int(doc[index].right_edge.i) + 1  # "use after the last day constitutes"
        return end if end <= head.i else 0
    if doc[index].dep_ != "prep" or head.i >= index or head.dep_ not in {"nsubj", "nsubjpass", "csubj", "csubjpass"}:
        return 0
    end = int(doc[index].right_edge.i) + 1
    return end if index < head.head.i and end <= head.head.i else 0


def list_end(doc: "Doc", start: int, stop: int) -> int:
    """The end of "including A, B and C": the comma behind which the clause around it goes on."""
    for position in range(start, stop):
        if doc[position].text != "," or position + 1 >= stop:
            continue
        follows = doc[position + 1]
        if is_cross_reference(doc, position + 1):
            continue
        if follows.tag_ in {"TO", "MD", "VBZ", "VBP", "VB", "VBN"} or coordinated_clause(doc, position + 1, stop):
            return position
        if marker_at(doc, position + 1, stop) is not None and follows.lower_ not in {"including", "such"}:
            return position
        after = after_subject(doc, position + 1, stop)
        if after < stop and doc[after].tag_ == "MD":
            return position
    return stop


def bare_end(doc: "Doc", index: int, comma: int) -> int:
    """As in "During the night a nurse may wash": a phrase that no comma closes ends before the subject; 0 where it is none."""
    if doc[index].dep_ != "prep":
        return 0
    end = int(doc[index].right_edge.i) + 1
    modal = next((t for t in doc[end:comma] if t.tag_ == "MD"), None)
    subjects = [c for c in modal.head.lefts if c.dep_ in SUBJECT_DEPS] if modal is not None else []
    return end if any(c.left_edge.i == end for c in subjects) else 0
