"""The reach of a cue: whether it speaks for the sentence, which verbs share it, where its clause ends."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extraction.lexicon import EMBEDDING_VERBS, word_set
from extraction.rules_bounds import clause_end
from extraction.rules_cue import Cue
from extraction.rules_imperatives import own_mood
from extraction.rules_spans import Segment, overlaps
from extraction.rules_tokens import SUBJECT_DEPS, can_be_verb, in_quotation, resumed

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
    while token.dep_ != "ROOT" and token.head.i != token.i:
        if resumed(token) is not None:
            return False
        marked = any(c.dep_ == "mark" and c.lower_ in {"that", "whether", "if", "how"} for c in token.lefts)
        if token.dep_ in {"relcl", "acl"} and token.i > token.head.i:
            relative = any(c.tag_ in {"WDT", "WP", "WP$", "WRB"} for c in token.subtree if c.i < token.i) or marked
            if relative or token.dep_ == "acl" or (cue.subject is not None and cue.subject.i > token.head.i):
                return cue.label != "imperative"
        if token.dep_ in {"csubj", "csubjpass", "pcomp"}:
            return str(token.dep_) == "pcomp"
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
            stop = before_conjunction(doc, edge, cue.verb.i)
            break
    verbs = _coordinated(cue, stop, found)
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


def _clause_start(cue: Cue) -> int:
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
        return True
    # "may collect data only for X and may keep it": the subject is shared, what stands before the conjunction is not.
    shared = doc[subject.i : segment.start]
    joined = doc[cue.anchor - 1].pos_ == "CCONJ" and doc[segment.start - 1].text != ","
    return joined and any(
        (token.tag_ == "MD" or token.lower_ == "need") and token.head.dep_ not in {"relcl", "acl"} for token in shared
    )


def _coordinated(cue: Cue, stop: int, found: tuple[Segment, ...]) -> "tuple[Token, ...]":
    """The cue's verb and the verbs coordinated with it under the same auxiliary."""
    verbs = {cue.verb.i: cue.verb}
    queue = [cue.verb]
    while queue:
        verb = queue.pop(0)
        inner = [c for c in verb.rights if c.dep_ == "xcomp" and c.i == verb.i + 2]
        for child in [*verb.rights, *(c for x in inner for c in x.rights)]:
            if child.dep_ != "conj" or child.i >= stop or overlaps(child.i, found) is not None or child.i in verbs:
                continue
            if cue.label == "imperative" and own_mood(child):
                continue
            if _same_form(cue.verb, child) and _free(child) and not _behind_relative(cue, child):
                verbs[child.i] = child
                queue.append(child)
    twin = _mistaken_twin(cue.verb, stop)
    if twin is not None:
        verbs.setdefault(twin.i, twin)
    for token in cue.verb.doc[cue.verb.i + 1 : stop]:
        if token.i not in verbs and overlaps(token.i, found) is None and _listed(cue.verb, token, verbs):
            verbs[token.i] = token
    for token in (*_bare_series(cue.verb, stop), *_infinitives(cue, stop, found)):
        verbs.setdefault(token.i, token)
    return tuple(verbs[key] for key in sorted(verbs) if not in_quotation(cue.verb, verbs[key]))


def _mistaken_twin(verb: "Token", stop: int) -> "Token | None":
    """As in "must not bypass or circumvent controls": a verb right behind "or" that the tagger took for an adjective."""
    doc = verb.doc
    if verb.tag_ != "VB" or verb.i + 3 >= stop or doc[verb.i + 1].lower_ not in {"or", "and"}:
        return None
    twin, follows = doc[verb.i + 2], doc[verb.i + 3]
    mistaken = twin.pos_ in {"ADJ", "NOUN"} and twin.dep_ == "conj" and can_be_verb(twin)
    return twin if mistaken and follows.pos_ in {"NOUN", "PROPN", "DET", "PRON"} else None


def _bare_series(verb: "Token", stop: int) -> "list[Token]":
    """As in "offer, promise, give or accept X": single words between commas, each of which can be a verb."""
    doc, position = verb.doc, verb.i + 1
    series: list[Token] = []
    if verb.tag_ != "VB":
        return []
    while position + 1 < stop and (doc[position].text == "," or doc[position].lower_ in {"or", "and"}):
        last = doc[position].text != "," or doc[position + 1].lower_ in {"or", "and"}
        position += 1 + (doc[position].text == "," and last)
        position += position + 1 < stop and doc[position].lower_ in {"otherwise", "also", "further", "then"}
        if position >= stop or not can_be_verb(doc[position]):
            return []
        series.append(doc[position])
        position += 1
        if last:
            return series if len(series) > 1 else []
    return []


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
        and (doc[index - 1].text == "," or doc[index - 1].pos_ == "CCONJ")
        and overlaps(index, found) is None
    ]
    return later if any(doc[token.i - 2].pos_ == "CCONJ" for token in later) else []


def _free(verb: "Token") -> bool:
    """Without a subject, a modal or a finite auxiliary of its own."""
    return not any(
        c.dep_ in SUBJECT_DEPS or c.tag_ == "MD" or (c.dep_ in {"aux", "auxpass"} and c.tag_ in {"VBP", "VBZ", "VBD"})
        for c in verb.lefts
    )


def _behind_relative(cue: Cue, verb: "Token") -> bool:
    """For a cue without a modal: a verb inside a relative clause agrees with the noun, not with the cue's subject."""
    if cue.verb.tag_ in {"VB", "VBN"} and cue.label != "":
        return False
    return any(token.tag_ in {"WDT", "WP"} for token in verb.doc[cue.verb.i : verb.i])


def _listed(first: "Token", token: "Token", verbs: "dict[int, Token]") -> bool:
    """A verb of the same form that the parser hung elsewhere: right after its sibling, or bare after "and (then)"."""
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
    return (
        token.dep_ == "conj"
        and head.pos_ in {"VERB", "AUX"}
        and (head.tag_ in {"VBZ", "VBD", "VBN"} or head.i in verbs)
    )


def _in_noun_series(token: "Token") -> bool:
    """As in "any copy or replication": the word after the conjunction is a noun, and so is this one."""
    rest = token.doc[token.i + 1 : token.i + 3]
    return len(rest) == 2 and rest[0].pos_ == "CCONJ" and rest[1].pos_ == "NOUN"


def _same_form(first: "Token", second: "Token") -> bool:
    bare = {"VB", "VBP", "VBZ"}
    if first.tag_ in bare:
        return second.tag_ in bare or (second.tag_ in {"NN", "VBD"} and second.pos_ == "VERB")
    if first.tag_ == "VBN":
        return second.tag_ in {"VBN", "VBD"}
    return bool(second.tag_ == first.tag_)
