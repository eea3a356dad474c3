"""What a definition names: its term and its examples, as a sentence takes them."""

import re

from generation.frames import Frame
from generation.grammar import (
    MASS_NOUNS,
    head_position,
    is_gerund,
    is_participle,
    one_of,
    readings,
    with_article,
)


def term_of(frame: Frame) -> str:
    """The defined term as a sentence takes it: "a gift", "hospitality"."""
    term = re.sub(r"[\"“”'‘’*{}]", "", frame.rule.actor).strip() or "the term"
    lowered = term if re.search(r"[A-Z]", term[1:]) else term.lower()
    return one_of(with_article(lowered)) if _countable(lowered) else lowered


def _countable(term: str) -> bool:
    return not re.search(r"(^the .*|information|data|hospitality|conduct|content|ing|s|management|property)$", term)


def sound_instances(frame: Frame) -> list[str]:
    """The examples that a sentence can take: "a voucher", not "earlier of the date"; empty where there are none."""
    return [thing for found in _instances(frame) if (thing := _told(found))]


def _told(thing: str) -> str:
    """``thing`` with an article where it lacks one, or nothing where no noun phrase can be seen in it."""
    words = re.sub(r"^(?:any|every|each) (?=\w+(?:s)? )", "", thing).split()
    if (
        not words
        or len(words) > 16
        or re.search(r"\b(?:of|in|on|to|for|with|and|or|at|by|the|a|an|that|which|who)$", thing)
    ):
        return ""
    opening = words[0].lower()
    if opening in {"a", "an", "the", "somebody", "someone", "anybody", "anyone", "anything", "something", "one"}:
        return " ".join(words)
    head = head_position(words)
    noun = words[head].lower().rstrip(",")
    found = readings(noun)
    if (
        head > 3
        or "NOUN" not in found
        or is_gerund(opening)
        or ("VERB" in readings(opening) and "NOUN" not in readings(opening))
    ):
        return ""
    if any(not {"NOUN", "ADJ"} & set(readings(word.rstrip(","))) and not is_participle(word) for word in words[:head]):
        return ""
    lone = found["NOUN"] == noun and noun not in MASS_NOUNS
    if lone and readings(opening).get("ADJ", opening) != opening:  # a comparative: "earlier of the date"
        return ""
    return with_article(" ".join(words)) if lone else " ".join(words)


def _instances(frame: Frame) -> list[str]:
    """What the definition names: its examples, else the whole of it."""
    text = re.sub(r"[\"“”{}]", "", frame.rule.object or frame.rule.text)
    found = re.search(r"\b(?:including|such as|for example|for instance)\s+(.*)", text)
    listed = found.group(1) if found else ""
    items = [
        item.strip(" .;,") for item in re.split(r",\s*(?:and |or )?|\s+(?:and|or)\s+", listed) if item.strip(" .;,")
    ]
    items = [one_of(item) for item in items if len(item.split()) <= 6]
    first = re.match(r"(?:(?:an?|any) )?(\w+)(?: or \w+)?, [^,]+, ", text)
    items = items or ([with_article(f"{first.group(1)}{_restricted(text[first.end() :])}")] if first else [])
    whole = re.split(r",? (?:including|such as)\b|[;]", text)[0].strip(" ,.")
    shared = re.match(r"(.+? \w+s (?:for|with|to|in|of|at)), (?:and|or) [^,]+, (an? [^,]+),", whole)
    whole = f"{shared.group(1)} {shared.group(2)}" if shared else whole  # "works for, or acts for, a bank, a fund or"
    return items or [one_of(whole) if len(whole.split()) <= 24 else " ".join(whole.split()[:20])]


_RESTRICTION = re.compile(
    r"(?<!\banyone)(?<!\banything)(?<!\beverything) ((?:(?:at|with|in|to|for|from|of) which|that|which|who) .+?)(?= (?:or|and) |,|$)"
)


def _restricted(rest: str) -> str:
    """What the end of a list says of each of its things, with a space before it: not every document is a record, but one is
    "that shows what we promised".
    """
    found = _RESTRICTION.search(rest)
    return f" {found[1].rstrip(' .;')}" if found else ""
