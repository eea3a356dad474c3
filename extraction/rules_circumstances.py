"""Conditions and exceptions of one clause as text, with the phrases that limit a permission or prohibition."""

import re
from typing import TYPE_CHECKING

from extraction.lexicon import word_set
from extraction.parsed import text_of
from extraction.rules_bounds import finite_clause, modal_next
from extraction.rules_clauses import Clause
from extraction.rules_cue import DEF, PER, PRO, Cue
from extraction.rules_ends import words_are_fixed
from extraction.rules_fields import actor_span, subject_restriction
from extraction.rules_fronted import inserted_end
from extraction.rules_markers import CONSENT
from extraction.rules_objects import noun_end
from extraction.rules_phrases import lemma, slice_text
from extraction.rules_roles import agent_restriction, agent_span
from extraction.rules_spans import Segment
from extraction.rules_tokens import is_party
from kg.model import Modality

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def circumstances_of(
    doc: "Doc", clause: Clause, verb: "Token", limit: int, modality: Modality, span: tuple[int, int]
) -> tuple[str, str, int]:
    """Conditions and exceptions as joined text, and the token where the last of them ends (-1: none).

    ``span`` holds the tokens of the verb's object, ``limit`` is where the next verb's part begins.
    """
    begin, reach = span
    cue, conditions, exceptions = clause.cue, [], []
    last, only = -1, cue.only
    if cue.subject is not None and (not cue.passive or modality is DEF):
        stop = cue.anchor if cue.subject.i < cue.anchor else cue.verb.i
        restriction = subject_restriction(cue.subject, stop)
        if restriction is not None:
            conditions.append((restriction[0], slice_text(doc, *restriction)))
        opens = int(cue.subject.left_edge.i)
        opens -= opens > 0 and doc[opens - 1].lower_ == "only"  # "and only he may"
        if doc[opens].lower_ == "only":
            only = False
            end = actor_span(cue.subject, stop)[1]
            conditions.append((0, slice_text(doc, opens, end)))
    if only and cue.passive and cue.subject is not None and cue.subject.left_edge.lower_ == "only":
        only = False
        conditions.append((0, slice_text(doc, int(cue.subject.left_edge.i), noun_end(cue.subject, verb, cue.anchor))))
    narrowed = agent_restriction(verb, clause.end) if cue.passive and verb.tag_ == "VBN" else None
    if narrowed is not None:
        conditions.append((narrowed[0], slice_text(doc, *narrowed)))
        begin, reach = min(begin, narrowed[0]), max(reach, narrowed[1])
    tail = _limiting_phrase(doc, clause, reach, max(limit, reach), modality)
    if tail is None and only and cue.passive and (alone := agent_span(verb, clause.end)) is not None:
        conditions.append((alone[0], f"only {slice_text(doc, *alone)}"))  # "may only be opened by the owner"
        only = False
    if tail is not None:
        words = slice_text(doc, *tail)
        conditions.append((tail[0], f"only {words}" if only and not words.lower().startswith("only") else words))
        last, only = tail[1], False
    conditions.extend(_fronted_receiver(doc, verb, begin) if modality in {PER, PRO} else [])
    following = next((one for one in clause.verbs if one.i > verb.i), None)
    for segment in clause.scope:
        if following is not None and verb.i < segment.start < following.i and _behind_conjunction(doc, segment):
            continue  # "must V and, where possible, W": the case of the next verb
        if begin <= segment.start < reach or _set_aside(doc, segment, cue, modality):
            continue
        text = slice_text(doc, segment.start, segment.end)
        if segment.kind == "condition":
            if only and segment.start > verb.i and not text.lower().startswith("only"):
                text, only = f"only {text}", False
            conditions.append((segment.start, text))
        elif segment.kind == "exception":
            # "may be given without approval" frees from the approval; it does not except anything.
            lacking = doc[segment.start].lower_ == "without" and (modality is PER and not cue.negated)
            if not (lacking or (modality is not PRO and lacks_thing(doc, segment))):
                exceptions.append((segment.start, text))
        elif (modality in {PER, PRO} and _tells_purpose(doc, segment)) or (
            modality is PRO and segment.start > verb.i and doc[segment.start].lower_ == "because"
        ):
            conditions.append((segment.start, text))
        if segment.kind != "aside" and segment.start > verb.i:
            last = max(last, segment.end)
    joined = [" ; ".join(text for _, text in sorted(part) if text) for part in (conditions, exceptions)]
    return joined[0], joined[1], last


def _fronted_receiver(doc: "Doc", verb: "Token", begin: int) -> list[tuple[int, str]]:
    """As in "may disclose to the insurer the yearly figures": to whom, where the thing stands behind it."""
    receiver = doc[verb.i + 1 : begin]
    if len(receiver) < 2 or receiver[0].lower_ != "to" or receiver[0].tag_ == "TO":
        return []
    told = slice_text(doc, verb.i + 1, begin - (doc[begin - 1].pos_ == "DET"))
    return [(verb.i + 1, told)] if "," not in told else []


def shared_tail(doc: "Doc", clause: Clause, reach: int, modality: Modality) -> str:
    """As in "may lend X, or sell Y, for safety's sake": a phrase that a comma sets off behind the last verb holds for all.

    ``reach`` is where the object of the last verb ends; empty where no such phrase follows.
    """
    tail = _limiting_phrase(doc, clause, reach, max(clause.end, reach), modality)
    return slice_text(doc, *tail) if tail is not None and doc[tail[0] - 1].text == "," else ""


def _tells_purpose(doc: "Doc", segment: Segment) -> bool:
    """Whether the aside is "in order to V" or ", for N," before an object."""
    opens = doc[segment.start : segment.start + 2].text.lower()
    return opens == "in order" or inserted_end(doc, segment.start, segment.end + 2) > 0


def _behind_conjunction(doc: "Doc", segment: Segment) -> bool:
    return bool(doc[segment.start - 1].text == "," and doc[segment.start - 2].pos_ == "CCONJ")


def lacks_thing(doc: "Doc", segment: Segment) -> bool:
    """Whether the segment is "without a permit" and no consent: it lets an act through where one is forbidden."""
    words = text_of(doc)[doc[segment.start].idx :]
    return doc[segment.start].lower_ == "without" and CONSENT.match(words) is None


_SCOPE = re.compile(r"for (?:the )?purposes? of (?:this\b|(?:paragraph|section|article|part|chapter|§))", re.IGNORECASE)


def _set_aside(doc: "Doc", segment: Segment, cue: Cue, modality: Modality) -> bool:
    """Circumstances that limit something else: "X and, where applicable, Y shall"; "for purposes of section 2, N means"."""
    if modality is DEF and _SCOPE.match(doc[segment.start : segment.end].text):
        return True
    if segment.start > 1 and doc[segment.start - 1].text == "," and doc[segment.start - 2].lower_ == "including":
        return True  # "by other means, including, where possible, by post"
    if segment.kind != "condition" or segment.start >= cue.anchor or segment.start < 2:
        return False
    inside = cue.subject is not None and actor_span(cue.subject, cue.anchor)[0] < segment.start
    joined = "CCONJ" in {doc[segment.start - 1].pos_, doc[segment.start - 2].pos_}
    return inside and joined and words_are_fixed(doc, segment.start, segment.end - segment.start)


_LIMITING = frozenset(
    {
        "to",
        "for",
        "in",
        "on",
        "at",
        "through",
        "into",
        "as",
        "solely",
        "only",
        "outside",
        "with",
        "from",
        "exclusively",
        "using",
    }
)


_UNLIMITING = re.compile(
    r"^(?:from time to time|in the future|from any|from \w+ing\b|at any time|in writing|in good faith|in advance|in particular|for example|in full|by (?:way|virtue|reason) of|"
    r"with (?!(?:[\w’'-]+ ){0,5}?(?:consent|approval|permission|authori[sz]ation|agreement|clearance))|"
    r"to anyone|from anyone|as soon|as follows|as well|in its|in their|in the following|as (?:described|provided|permitted|required|set))",
    re.IGNORECASE,
)


_SHARING = word_set(
    "share combine discuss exchange associate merge link replace compare swap trade mix integrate connect communicate correspond"
)
"""Verbs whose "with" names a recipient or the other part."""


def _means(doc: "Doc", clause: Clause, start: int) -> bool:
    """Whether "by ordinary e-mail", "by an AI tool alone" says how a passive act is done; by whom is the actor."""
    if doc[start].lower_ != "by":
        return False
    noun = next((child for child in doc[start].rights if child.dep_ == "pobj"), None)
    if noun is None or is_party(noun):
        return False
    return clause.cue.passive or (noun.pos_ == "NOUN" and not any(c.dep_ == "det" or c.like_num for c in noun.lefts))


def _beyond_adverbs(doc: "Doc", start: int, limit: int) -> int:
    if start < limit and doc[start].text == "(":
        start = next((t.i + 1 for t in doc[start:limit] if t.text == ")"), start)
    while start < limit and (
        doc[start].text == ","
        or (doc[start].pos_ == "ADV" and doc[start].lower_ not in {"only", "solely", "exclusively"})
    ):
        start += 1
    return start


_DURATION = re.compile(
    r"for (?!up to|at most|no more|not more)(?:(?!of\b)[\w-]+ ){0,4}?(?:periods?|days?|weeks?|months?|years?|hours?|minutes?)(?: (?:an?|per|each) \w+)?(?= |$|[,.;])",
    re.IGNORECASE,
)


def _beyond_duration(doc: "Doc", start: int, limit: int) -> int:
    """As "for up to 3 days a week" bounds the time, which is no condition; what follows it may be one."""
    match = _DURATION.match(doc[start:limit].text) if start < limit else None
    if match is None:
        return start
    end = doc[start].idx + match.end()
    return next((token.i for token in doc[start:limit] if token.idx >= end), limit)


def _limiting_phrase(doc: "Doc", clause: Clause, reach: int, limit: int, modality: Modality) -> tuple[int, int] | None:
    """For permissions and prohibitions: the purpose, recipient or channel that follows the object."""
    only = reach < limit and doc[reach].lower_ in {"only", "solely", "exclusively"}  # "shall be used only for X"
    if modality not in {PER, PRO} and clause.cue.verb.lemma_ != "require" and not only:
        return None
    start = _beyond_duration(doc, _beyond_adverbs(doc, reach, limit), limit)
    if start + 2 < limit and doc[start + 1 : start + 3].text.lower() == "which case":
        return None  # a clause of its own
    start += 2 * (start + 2 < limit and doc[start].lower_ == "in" and doc[start + 1].norm_ == "section")  # which text
    stop = min([limit, clause.end, *(segment.start for segment in clause.found if segment.start >= reach)])
    stop = next((i for i in range(start, stop) if doc[i].text == "," and finite_clause(doc, i + 1, stop)), stop)
    joined = next((i for i in range(start, stop) if doc[i].pos_ == "CCONJ" and modal_next(doc, i + 1, stop)), stop)
    stop = (
        stop if any(token.tag_ == "MD" for token in doc[start:joined]) else joined
    )  # "who may be ill or may become so"
    if start >= stop or (doc[start].lower_ not in _LIMITING and not _means(doc, clause, start)):
        return None
    words = doc[start:stop].text
    if (
        doc[start].lower_ == "as"
        and lemma(doc[reach - 1]) not in {"use", "serve", "act"}
        and clause.cue.verb.lemma_ != "use"
    ):
        return None
    if stop == start + 1:
        return None
    shared = doc[start].lower_ == "with" and any(lemma(one) in _SHARING for one in clause.verbs)
    if _UNLIMITING.match(words) and clause.cue.label != "adjective" and not shared:
        return None  # whom a thing is closed to narrows it
    return start, stop
