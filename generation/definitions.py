"""Cases about a definition: the term applied rightly, applied wrongly, or to something too vague to say."""

import random
import re

from generation.cast import person
from generation.frames import Frame, is_person
from generation.grammar import (
    ARTICLES,
    MASS_NOUNS,
    head_position,
    is_gerund,
    is_participle,
    one_of,
    readings,
    with_article,
)
from generation.reasons import cite
from kg.model import Verdict

_CLAIMS = (
    "{A} treats {x} as {term}, and {b} does not", "{A} counted {x} as {term}, and {b} did not",
    "{A} says that {x} counts as {term}, and {b} denies it",
    "{A} took {x} for {term}, unlike {b}",
)  # fmt: skip
_BESIDE = (
    "It is not the only thing on which they differ",
    "They asked me to look it up",
    "They talked about it for an hour",
    "Each of them has told others",
)
_UNSAID = ("They did not tell me what it is", "I have not been told what it is", "Nobody has described it to me")
_UNSAID_PERSON = ("They did not tell me who it is", "I have not been told who it is", "Nobody has told me more")
_ASKED = ("My question is about {z}.", "I ask about {z}.", "Is {z} right?", "Is {z} in line with the policy?")


def definition_case(frame: Frame, rng: random.Random) -> dict[Verdict, tuple[str, str]]:
    """Question and reason for each verdict; empty where the definition names nothing that a sentence can take.

    Two people differ on whether a thing falls under the term, and the question is about one of them; in the open twin
    the thing is not named.
    """
    agent, other = person(rng), person(rng)
    while other.short == agent.short:
        other = person(rng)
    term = term_of(frame)
    things = sound_instances(frame)
    things = [thing for thing in things if thing.split()[0] in ARTICLES] or things
    named = is_person(_bare(frame).split()[-1].lower())
    if not things and frame.negative:
        return {}
    thing = rng.choice(things or [f"{'somebody who' if named else 'something that'} fits the definition"])
    claim, asked = rng.choice(_CLAIMS), rng.choice(_ASKED)
    beside = rng.choice(_BESIDE)
    unsaid = rng.choice(_UNSAID_PERSON if named else _UNSAID)
    right, wrong = (other, agent) if frame.negative else (agent, other)
    told = {}
    for verdict, one in (
        (Verdict.PERMITTED, right), (Verdict.PROHIBITED, wrong), (Verdict.NEEDS_INFORMATION, rng.choice((right, wrong)))
    ):  # fmt: skip
        is_open = verdict == Verdict.NEEDS_INFORMATION
        x = ("somebody" if named else "something") if is_open else thing
        text = f"{claim.format(A=agent.intro, x=x, b=other.short, term=term)}. {unsaid if is_open else beside}. {asked.format(z=one.short)}"
        told[verdict] = (_finish(text), _reason(frame, term, thing, verdict))
    return told


def _reason(frame: Frame, term: str, thing: str, verdict: Verdict) -> str:
    if verdict == Verdict.NEEDS_INFORMATION:
        return f"{cite(frame)} defines {term}; what this was is not said."
    return f"{cite(frame)} {'does not count' if frame.negative else 'counts'} {thing} as {term}."


def _bare(frame: Frame) -> str:
    return re.sub(r"[\"“”'‘’*{}]", "", frame.rule.actor).strip() or "the term"


def _finish(text: str) -> str:
    text = re.sub(r",\s*([.,])", r"\1", re.sub(r"\s+", " ", text)).strip()
    text = re.sub(r"(?<=[.?!] )([a-z])", lambda found: found.group(1).upper(), text)
    return text[0].upper() + text[1:]


def term_of(frame: Frame) -> str:
    """The defined term as a sentence takes it: "a gift", "hospitality"."""
    term = re.sub(r"[\"“”'‘’*{}]", "", frame.rule.actor).strip() or "the term"
    lowered = term if re.search(r"[A-Z]", term[1:]) else term.lower()
    return one_of(with_article(lowered)) if _countable(lowered) else lowered


def _countable(term: str) -> bool:
    return not re.search(
        r"(^the .*|information|data|hospitality|conduct|content|ing|s|team|management|property)$", term
    )


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
    items = items or ([with_article(first.group(1))] if first else [])
    whole = re.split(r",? (?:including|such as)\b|[;]", text)[0].strip(" ,.")
    shared = re.match(r"(.+? \w+s (?:for|with|to|in|of|at)), (?:and|or) [^,]+, (an? [^,]+),", whole)
    whole = f"{shared.group(1)} {shared.group(2)}" if shared else whole  # "works for, or acts for, a bank, a fund or"
    return items or [one_of(whole) if len(whole.split()) <= 24 else " ".join(whole.split()[:20])]
