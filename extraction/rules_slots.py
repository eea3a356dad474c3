"""Which slot of its lead-in's rule a list item fills: object, condition, exception or actor."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.rules_authority import authority
from extraction.rules_frame import Frame
from extraction.rules_phrases import clean, slice_text, strip_determiners
from extraction.rules_spans import segments
from extraction.rules_tokens import is_party

if TYPE_CHECKING:
    from spacy.tokens import Doc

Parse = Callable[[str], "Doc"]

_PREPOSITION_TAIL = re.compile(
    r"\b(to|for|from|by|with|in|on|of|about|as|at|through|under|against|between)$", re.IGNORECASE
)


CONDITION_TAIL = re.compile(
    r"\b(only if|if|when|where|unless|until|provided that|provided|in the case of|in the event of|on condition that|to the extent|"
    r"to the extent that|except(?: for| if| when| where| that)?|other than|following applies|conditions (?:is|are) met|following (?:conditions )?"
    r"(?:are|is) (?:met|true|satisfied)|of the following (?:applies|apply|conditions))$",
    re.IGNORECASE,
)


_MEANS_TAIL = re.compile(
    r"\b(?:through|by|in|under|for|via|on|from)\s+(?:(?:one|any|all|each|either) (?:or more )?of )?the following(?: \w+){0,3}$",
    re.IGNORECASE,
)


_NAMING_TAIL = re.compile(
    r"\b(?:including|such as)(?:,? (?:but not|without) limit(?:ed|ation)(?: to)?)?$", re.IGNORECASE
)
_NAMING_OBJECT = re.compile(r"\b(?:including|such as)(?:,? but not limited)?$", re.IGNORECASE)


_LISTED = re.compile(
    r"(?:(?:at least|all|any|one|each|either|some|both)(?: or more)?(?: of)? )*(?:the )?(?:[\w-]+ )?following\b",
    re.IGNORECASE,
)
_LISTING = re.compile(r"\bthe following [\w-]+$", re.IGNORECASE)
_GETTING = frozenset(
    {"obtain", "receive", "provide", "give", "include", "contain", "send", "submit", "access", "request"}
)
_DEEP = re.compile(
    r".*\b(?:to|which|that|who)\b .*\b(?:of|about|by|in|with|to) (?:(?:all|any|each|one) (?:or more )?of )?the following$",
    re.IGNORECASE,
)
"""What is listed hangs on a clause inside the object ("statements adequate to inform the person of the following:")."""
_STATED = re.compile(
    r"(?:a|an|the|any) [\w’'-]+ (?:that|of whether|showing that|confirming that) .*\bfollowing [\w’'-]+: ",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:an?|the|any) ", re.IGNORECASE)
"""What is listed completes a statement ("A statement that the board has found the following points:")."""
_LIMITED = re.compile(r"\bfollowing\b.*?\b((?:to the extent|if|where|when|provided)\b.*)$", re.IGNORECASE)


_HEDGED = re.compile(
    r", (?:to the (?:(?:greatest|maximum|fullest) )?extent (?:\w+ )?(?:possible|practicable|feasible|applicable|available|known|reasonable)|"
    r"(?:where|if|as|when) (?:applicable|possible|appropriate|relevant|necessary|known|available))$",
    re.IGNORECASE,
)
"""A hedge set off by a comma behind the verb: the object is still to come ("shall include, to the extent possible:")."""


_PASSIVE_BY = re.compile(r"\bby$", re.IGNORECASE)


_FOLLOWING = re.compile(r"(?:(?:all|each|any) of )?(?:the )?following\b", re.IGNORECASE)


def attach(part: str, governing: tuple[Frame, ...], rest: str, sentence: str, parse: Parse) -> tuple[Frame, ...]:
    filled = governing
    if governing[-1].open_slot in {"object", ""} and not CONDITION_TAIL.search(part):
        last = governing[-1].object
        listed = tuple(frame for frame in governing if _FOLLOWING.match(frame.object))
        if listed and not _FOLLOWING.search(last):  # "must list the following and keep the list": the items are listed
            return tuple(_fill(part, frame, rest, sentence, parse) for frame in listed)
        filled = tuple(frame for frame in governing if not frame.object or frame.object == last or frame.passive)
    return tuple(_fill(part, frame, rest, sentence, parse) for frame in filled or governing)


def _fill(part: str, frame: Frame, rest: str, sentence: str, parse: Parse) -> Frame:
    rest = clean(rest)
    cased = _cased_thing(part, frame, sentence, parse)
    if cased is not None:
        return replace(frame, object=cased[0], condition=_joined(frame.condition, cased[1]))
    if _HEDGED.search(part) and not frame.object and not frame.passive:
        phrase, condition = noun_item(sentence, parse)
        return replace(frame, object=phrase, condition=_joined(frame.condition, condition))
    if _CASE.match(sentence) and (listing := _CASES_TAIL.search(part)):
        target = _CASES_TAIL.sub("", frame.object).strip()
        return replace(frame, object=target, condition=_joined(_before_cases(frame), f"{listing.group()}: {rest}"))
    if _CASE.match(sentence) and _CASE.match(part) and re.search(r"\b(?:and|or)$", part):
        return replace(frame, condition=_joined(frame.condition, f"{part}: {rest}"))
    if (
        frame.object
        and not frame.passive
        and rest != clean(sentence)
        and _NESTED.match(rest)
        and part.endswith(frame.object[-12:])
    ):
        return _authorised(replace(frame, condition=_joined(frame.condition, rest)))
    last = frame.condition.rsplit(" ; ", maxsplit=1)[-1]
    if _LISTING.search(last) and ", " in last and not CONDITION_TAIL.search(part) and frame.action in _GETTING:
        frame = replace(frame, condition=frame.condition[: len(frame.condition) - len(last)] + last.split(", ")[0])
        return replace(frame, object=noun_item(sentence, parse)[0])
    listed = _LISTED.match(frame.object) is not None and "following" not in f"{last} {frame.exception}".lower()
    if listed and not CONDITION_TAIL.search(part) and frame.open_slot in {"condition", "exception"}:
        phrase, condition = noun_item(sentence, parse)
        return replace(frame, object=phrase, condition=_joined(frame.condition, condition))
    if frame.open_slot == "exception" and frame.exception:
        return _authorised(replace(frame, exception=_extended(part, frame.exception, rest)))
    if (frame.open_slot == "condition" and frame.condition) or CONDITION_TAIL.search(part):
        words, exception = _without_exception(sentence, rest, parse)
        frame = replace(frame, exception=_joined(frame.exception, exception))
        return _authorised(_filled_condition(part, frame, words))
    if _PASSIVE_BY.search(part) and frame.passive and not _names_somebody(sentence, parse):
        return replace(frame, condition=_joined(frame.condition, f"by: {rest}"))
    if _PASSIVE_BY.search(part) and frame.passive:
        actor, _, limit = re.sub(
            r"\s((?:to|by|for|in) which|who|that|which)\s", r"|\1 ", noun_item(sentence, parse)[0], count=1
        ).partition("|")
        return replace(frame, actor=actor, condition=_joined(frame.condition, limit))
    if _NAMING_TAIL.search(part) and _NAMING_OBJECT.search(frame.object):
        return replace(frame, object=noun_item(sentence, parse)[0])
    tail = _PREPOSITION_TAIL.search(part)
    if tail and tail.group(1).lower() == "with" and frame.action == "provide":
        return replace(frame, object=noun_item(sentence, parse)[0])
    if tail and frame.open_slot != "object":
        return replace(frame, condition=_joined(frame.condition, f"{tail.group(1)}: {rest}"))
    if _MEANS_TAIL.search(part) and frame.object and "following" not in frame.object:
        return replace(frame, condition=_joined(frame.condition, rest))
    if _wants_object(part, frame):
        phrase, condition = noun_item(sentence, parse)
        if _STATED.match(rest) and rest != clean(sentence):
            return replace(frame, object=_ARTICLE.sub("", rest), condition=frame.condition)
        deep = _DEEP.match(frame.object) is not None and not _LISTED.match(frame.object)
        bound = _LIMITED.search(frame.object)
        condition = _joined(bound.group(1) if bound else "", condition)
        target = f"{frame.object}: {rest}" if deep else phrase
        return replace(frame, object=target, condition=_joined(frame.condition, condition))
    if frame.open_slot == "object" and frame.object and _starts_with_preposition(rest, parse):
        return replace(frame, condition=_joined(frame.condition, rest))
    if frame.open_slot == "object" and frame.object:
        return replace(frame, object=f"{frame.object}: {rest}" if part.endswith(frame.object[-12:]) else frame.object)
    return replace(frame, condition=_joined(frame.condition, rest))


def _names_somebody(sentence: str, parse: Parse) -> bool:
    """Whether an item is the one who acts ("the head nurse"), rather than the means ("binding rules")."""
    doc = parse(sentence)
    head = next((token for token in doc if token.dep_ == "ROOT"), doc[0])
    return head.pos_ not in {"NOUN", "PROPN"} or is_party(head) or head.ent_type_ in {"PERSON", "ORG"}


_NESTED = re.compile(r"(?:to|for|from|if|when|where|to the extent)\b[^:]*: ", re.IGNORECASE)
"""What an item between lead-in and item adds ("to the insurer: if the patient agrees")."""
_CASE = re.compile(r"(?:if|where|when|to the extent)\b", re.IGNORECASE)
_CASES_TAIL = re.compile(
    r"\b(?:in|under|on) (?:(?:any|all|one|each) (?:or more )?of )?the following (?:\w+ )?(?:cases|circumstances|conditions|situations|events|instances)$",
    re.IGNORECASE,
)
"""A lead-in whose items are cases ("in the following cases:" "where the lift is out of order")."""


def _before_cases(frame: Frame) -> str:
    return " ; ".join(part for part in frame.condition.split(" ; ") if part and not _CASES_TAIL.search(part))


def _cased_thing(part: str, frame: Frame, sentence: str, parse: Parse) -> tuple[str, str] | None:
    """As in "Notice shall be given in the following form:" "If X moves, written notice by post": the thing and its case."""
    listed = _FORM_TAIL.search(part) is not None and frame.passive and bool(frame.object)
    found = segments(parse(sentence)) if listed else ()
    if not found or found[0].start > 0 or found[0].kind != "condition":
        return None
    phrase, condition = noun_item(sentence, parse)
    return (phrase, condition) if frame.object.split()[-1].lower() in phrase.lower().split() else None


_FORM_TAIL = re.compile(r"\bthe following (?:forms?|ways?|manner|methods?|means)$", re.IGNORECASE)


def _starts_with_preposition(sentence: str, parse: Parse) -> bool:
    first = parse(sentence)[0]
    return bool(first.pos_ in {"ADP", "SCONJ"} and first.tag_ == "IN")


def _wants_object(part: str, frame: Frame) -> bool:
    if not frame.object or re.search(r"\bfollowing\b", frame.object, re.IGNORECASE):
        return True
    return bool(
        re.search(
            r"\bfollowing\b|\bwhich (?:may |must |can |will |should )?includes?$|\binclud(?:es?|ing)(?:,? but (?:(?:is|are) )?not limited to)?$|\b(?:include|contain|including|with|least)$|\bincluding\b[\w ,]*$|for each \w+$",
            part,
            re.IGNORECASE,
        )
    )


def _without_exception(sentence: str, rest: str, parse: Parse) -> tuple[str, str]:
    """An item's own "except ..." leaves the condition that the item fills."""
    doc = parse(sentence)
    for segment in segments(doc):
        text = slice_text(doc, segment.start, segment.end)
        if segment.kind == "exception" and segment.start > 0 and rest.endswith(text):
            return clean(rest[: -len(text)]), text
    return rest, ""


def _filled_condition(part: str, frame: Frame, rest: str) -> Frame:
    if frame.open_slot == "condition" and frame.condition:
        return replace(frame, condition=_extended(part, frame.condition, rest))
    tail = CONDITION_TAIL.search(part)
    words = tail.group(1) if tail else ""
    if words.lower().startswith(("except", "unless", "other")):
        return replace(frame, exception=_joined(frame.exception, f"{words}: {rest}"))
    return replace(frame, condition=_joined(frame.condition, f"{words}: {rest}"))


def _extended(part: str, field: str, rest: str) -> str:
    """The field's last span with the item after it, the lead-in's last words restored where cleaning cut them."""
    last = field.rsplit(" ; ", maxsplit=1)[-1]
    found = part.rfind(last)
    full = clean_tail(part[found:]) if found >= 0 else last
    return " ; ".join([*field.split(" ; ")[:-1], f"{full}: {rest}"])


def clean_tail(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ,;:")


def _authorised(frame: Frame) -> Frame:
    return replace(frame, authority=authority("", frame.condition, frame.exception, frame.actor) or frame.authority)


def _joined(first: str, second: str) -> str:
    return " ; ".join(text for text in (first, second) if text)


_STATEMENT = re.compile(
    r"(?:an? |the )?(?:[\w-]+ )?(?:statement|notice|assurance|confirmation|certification|declaration|warning|explanation) that\b",
    re.IGNORECASE,
)
"""An item whose clause is what is said ("A statement that, if X, the owner may ..."): its cases belong to it."""


def noun_item(sentence: str, parse: Parse) -> tuple[str, str]:
    """A noun-phrase item as an object, and the condition that it adds."""
    doc = parse(sentence)
    found = segments(doc) if not _STATEMENT.match(sentence) else ()
    start, end, conditions = 0, len(doc), []
    for segment in found:
        if segment.kind == "condition":
            conditions.append(slice_text(doc, segment.start, segment.end))
        if segment.start <= start:
            start = segment.end
        elif segment.kind != "aside" or segment.end >= len(doc) - 1:
            end = min(end, segment.start)
    while start < end and doc[start].text == ",":
        start += 1
    return slice_text(doc, strip_determiners(doc, start, end), end), " ; ".join(conditions)
