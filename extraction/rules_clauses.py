"""The reach of a cue: whether it speaks for the sentence, which verbs share it, where its clause ends."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extraction.lexicon import EMBEDDING_VERBS, MODALS, word_set
from extraction.rules_bounds import clause_end
from extraction.rules_coordination import coordinated
from extraction.rules_cue import Cue
from extraction.rules_pledges import voucher
from extraction.rules_spans import Segment, overlaps
from extraction.rules_tokens import SUBJECT_DEPS, antecedent, resumed, swallowed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Clause:
    """The reach of one cue: tokens ``[start, end)`` and the segments that bear on it."""

    cue: Cue
    verbs: "tuple[Token, ...]"
    end: int
    found: tuple[Segment, ...]
    scope: tuple[Segment, ...]


def is_main(cue: Cue, found: tuple[Segment, ...]) -> bool:
    doc = cue.verb.doc
    anchored = cue.anchor <= cue.verb.i and overlaps(cue.anchor, found) is not None
    if anchored or overlaps(cue.verb.i, found) is not None or _mentioned(doc, cue):
        return False
    begin = _clause_start(cue)
    asked = [t for t in doc[max(0, begin - 1) : cue.anchor] if t.lower_ in {"how", "whether", "why"} and t.i > 0]
    if doc[max(0, begin - 3) : begin].text.lower() == "to what extent":
        return False
    if any(t.i < begin or doc[t.i - 1].pos_ in {"ADP", "SCONJ", "PART"} for t in asked):
        return False
    anchor = doc[cue.anchor]
    clause = anchor.head if anchor.dep_ in {"aux", "auxpass", "neg"} else anchor
    return not (_embedded(clause, cue) or _in_series_of_that(doc, cue))


def _in_series_of_that(doc: "Doc", cue: Cue) -> bool:
    """As in "does not warrant that A will V; that B will be Y": the later "that" hangs on the verb before the first."""
    begin = _clause_start(cue)
    if begin < 2 or doc[begin - 1].lower_ != "that" or not (doc[begin - 2].is_punct or doc[begin - 2].pos_ == "CCONJ"):
        return False
    first = next((t for t in doc[1 : begin - 1] if t.lower_ == "that" and doc[t.i - 1].pos_ == "VERB"), None)
    if first is None:
        return False
    carrier = doc[first.i - 1]
    return carrier.lemma_.lower() not in EMBEDDING_VERBS or _denied(carrier)


def _mentioned(doc: "Doc", cue: Cue) -> bool:
    """Words spoken of, not spoken: "must" in quotation marks."""
    before = doc[max(0, cue.anchor - 2) : cue.anchor]
    after = doc[cue.anchor + 1 : cue.anchor + 4]
    own_words = any(token.text in {'"', "“"} for token in before) and any(token.text in {'"', "”"} for token in after)
    return own_words and cue.label != "define"


def _embedded(clause: "Token", cue: Cue) -> bool:
    """Whether the clause only qualifies a noun or completes a verb that does not pass a rule on."""
    token = clause
    if _in_which_case(cue):
        return False
    while token.dep_ != "ROOT" and token.head.i != token.i:
        if resumed(token) is not None or (token == clause and swallowed(token) is not None):
            return False
        marked = any(c.dep_ == "mark" and c.lower_ in _MARKS and not _points(c) for c in token.lefts)
        if token == clause and token.dep_ == "relcl" and cue.subject == antecedent(token) and cue.label in MODALS:
            return _embedded(token.head, cue)  # ", which must": see rules_modals
        if token == clause and _vouched(token) and cue.label in MODALS:
            return False
        if token.dep_ in {"relcl", "acl"} and token.i > token.head.i:
            relative = any(c.tag_ in {"WDT", "WP", "WP$", "WRB"} for c in token.subtree if c.i < token.i) or marked
            if relative or token.dep_ == "acl" or (cue.subject is not None and cue.subject.i > token.head.i):
                return cue.label != "imperative"
        if token.dep_ in {"csubj", "csubjpass", "pcomp"}:
            # "Except when A, the owner may V": the parser hangs the main verb on the word of the exception
            excepted = token.head.lower_ in {"except", "save"} and cue.label in MODALS
            return str(token.dep_) == "pcomp" and not (excepted and any(c.dep_ in SUBJECT_DEPS for c in token.lefts))
        if token.dep_ == "ccomp" and marked and token.i > token.head.i:
            return token.head.lemma_.lower() not in EMBEDDING_VERBS or _denied(token.head)
        if (
            token.dep_ == "ccomp"
            and token.i > token.head.i
            and any(c.tag_ in {"WRB", "WP", "WDT"} for c in token.lefts)
        ):
            return True
        if token.dep_ == "advcl" and marked:
            return True
        if token.dep_ == "ccomp" and token.i > token.head.i and not marked:
            return token.head.lemma_.lower() in _OPINION or _denied(token.head)
        token = token.head
    return False


def _vouched(verb: "Token") -> bool:
    """As in "Seller warrants that it will", which the parser takes for a relative clause."""
    return any(voucher(child) is not None for child in verb.lefts if child.dep_ in SUBJECT_DEPS)


def _in_which_case(cue: Cue) -> bool:
    """As in "..., in which case the owner must reply": what opens behind the comma is a clause of its own."""
    begin = _clause_start(cue)
    before = cue.verb.doc[max(0, begin - 5) : begin].text.lower().rstrip(' ,“"')
    return bool(before.endswith("in which case"))


_MARKS = frozenset({"that", "whether", "if", "how"})


def _points(word: "Token") -> bool:
    """As in "Where X, that owner shall": the parser took the pointing word for a conjunction."""
    return bool(word.tag_ == "DT" and word.i > 0 and word.nbor(-1).text == ",")


def _denied(verb: "Token") -> bool:
    """As in "we do not warrant that X will": what is denied binds nobody."""
    return any(child.dep_ == "neg" for child in verb.children)


_OPINION = word_set("believe think feel hope know understand expect suspect consider find say")


def clause_of(doc: "Doc", cue: Cue, later: list[Cue], found: tuple[Segment, ...], start: int, limit: int) -> Clause:
    stop = clause_end(doc, cue.verb.i, limit)
    for other in later:
        edge = _clause_start(other)
        if edge <= cue.verb.i:
            edge = other.anchor
        if cue.verb.i < edge < stop and overlaps(edge, found) is None and _independent(other, cue):
            stop = before_conjunction(doc, _before_case(doc, edge, cue.verb.i, found), cue.verb.i)
            break
    verbs = coordinated(cue, stop, found)
    begin = _boundary_before(doc, cue.anchor, start)
    final_stop = clause_end(doc, cue.verb.i, limit)
    nearest = _shares_tail(later, cue, stop, final_stop)
    scope = tuple(
        segment
        for segment in found
        if begin <= segment.start < final_stop
        and (
            segment.start < stop
            or (nearest is not None and segment.start > nearest.verb.i and doc[segment.start - 1].text == ",")
        )
        and not (segment.start < cue.anchor and _belongs_to_earlier(doc, segment, cue, begin))
    )
    return Clause(cue, verbs, stop, found, scope)


def _before_case(doc: "Doc", edge: int, floor: int, found: tuple[Segment, ...]) -> int:
    """As in "X will V, but in an emergency, Y will W": what stands between conjunction and subject is of the second clause."""
    case = next((s for s in found if floor < s.start < s.end <= edge <= s.end + 1), None)
    return case.start if case is not None and behind_conjunction(doc, case) else edge


def behind_conjunction(doc: "Doc", segment: Segment) -> bool:
    """Whether the segment opens right behind a conjunction ("and if", "and, where possible,")."""
    before = segment.start - 1 - (doc[segment.start - 1].text == ",")
    closed = segment.end < len(doc) and doc[segment.end].pos_ != "CCONJ"
    return before >= 0 and closed and bool(doc[before].pos_ == "CCONJ")


def _clause_start(cue: Cue) -> int:
    if cue.verb.dep_ == "relcl" and cue.subject == antecedent(
        cue.verb
    ):  # ", which must": the noun is the clause's before it
        return next((int(c.i) for c in cue.verb.lefts if c.lower_ == "which"), cue.anchor)
    if cue.subject is not None and cue.subject.i < cue.anchor:
        return min(int(cue.subject.left_edge.i), cue.anchor)
    return cue.anchor


def _independent(other: Cue, cue: Cue) -> bool:
    return other.subject is None or cue.subject is None or other.subject.i > cue.verb.i or other.anchor > cue.verb.i


def before_conjunction(doc: "Doc", edge: int, floor: int) -> int:
    # What stands before the conjunction belongs to the first clause: "staying overnight, but ...".
    joined = edge < len(doc) and (doc[edge].pos_ == "CCONJ" or doc[edge].text in {",", ";"})
    while (
        edge - 1 > floor
        and doc[edge - 1].dep_ != "prt"
        and not (joined and doc[edge - 1].pos_ == "ADV")
        and (
            doc[edge - 1].pos_ in {"CCONJ", "PUNCT", "ADV", "SCONJ"}
            or doc[edge - 1].lower_ in {"then", "that", "does", "do", "not"}
        )
    ):
        edge -= 1
        joined = joined or doc[edge].pos_ == "CCONJ" or doc[edge].text in {",", ";"}
    return edge


def _shares_tail(later: list[Cue], cue: Cue, stop: int, final_stop: int) -> Cue | None:
    """As in "may V and may W, if C": the next cue, where the condition behind it holds for both (one subject)."""
    nearest = next((other for other in later if stop <= other.anchor < final_stop), None)
    shared = nearest is not None and nearest.subject is not None and nearest.subject == cue.subject
    return nearest if shared else None


def _boundary_before(doc: "Doc", index: int, start: int) -> int:
    depth = 0
    for position in range(index - 1, start - 1, -1):
        token = doc[position]
        if token.text in {")", "]"}:
            depth += 1
        elif token.text in {"(", "["}:
            if depth == 0:
                return position + 1
            depth -= 1
        elif depth == 0 and (token.text in {";", "?", "!"} or (token.text == "." and token.whitespace_)):
            return position + 1
    return start


def _belongs_to_earlier(doc: "Doc", segment: Segment, cue: Cue, begin: int) -> bool:
    """A segment that closed an earlier clause of the sentence ("X must V after Y and Z must W")."""
    subject = cue.subject
    if subject is None or subject.i > cue.anchor:
        return False
    between = doc[begin : segment.start]
    has_verb = any(token.tag_ == "MD" or token.dep_ == "ROOT" for token in between)
    if has_verb and int(subject.left_edge.i) > segment.start:
        return not (behind_conjunction(doc, segment) and segment.end <= subject.left_edge.i <= segment.end + 1)
    # "may collect data only for X and may keep it": the subject is shared, what stands before the conjunction is not.
    shared = doc[subject.i : segment.start]
    joined = doc[cue.anchor - 1].pos_ == "CCONJ" and doc[segment.start - 1].text != ","
    return joined and any(
        (token.tag_ == "MD" or token.lower_ == "need") and token.head.dep_ not in {"relcl", "acl"} for token in shared
    )
