"""Cases about a definition: the term applied rightly, applied wrongly, or to something too vague to say."""

import random
import re

from generation.cast import person
from generation.frames import Frame, is_person
from generation.grammar import MASS_NOUNS, head_position, is_gerund, is_participle, one_of, readings, with_article
from generation.reasons import cite
from kg.model import Verdict

_SOMEBODY = (
    "There was somebody on a list",
    "Somebody from {unit} came up",
    "{colleague} brought somebody up",
    "There was somebody in a case from {unit}",
)
_VAGUE = (
    "Something from {unit} came up",
    "{colleague} brought something up",
    "There was something on a list",
    "There was something in a case from {unit}",
)
# (told when it counts, told when it does not)
_CLAIMS = (
    ("{A} treated {x} as {term}", "{A} did not treat {x} as {term}"),
    ("{A} counted {x} as {term}", "{A} did not count {x} as {term}"),
    ("{A} says that {x} is {term}", "{A} says that {x} is not {term}"),
    ("{A} took {x} for {term}", "{A} did not take {x} for {term}"),
)
_CLOSING = ("", "", "Is that right?", "Is that in line with the policy?", "Was that correct?")


def definition_case(frame: Frame, rng: random.Random) -> dict[Verdict, tuple[str, str]]:
    """Question and reason for each verdict; empty where the definition names nothing that a sentence can take."""
    agent = person(rng)
    term = _term(frame)
    things = sound_instances(frame)
    if not things:
        return {}
    thing = rng.choice(things)
    counted, left = rng.choice(_CLAIMS)
    named = is_person(_bare(frame).split()[-1].lower())
    lead = rng.choice(_SOMEBODY if named else _VAGUE).format(unit="the sales team", colleague=person(rng).short)
    x = "that person" if named else "it"
    closing = rng.choice(_CLOSING)
    right, wrong = (left, counted) if frame.negative else (counted, left)
    told = {}
    for verdict, claim, told_thing in (
        (Verdict.PERMITTED, right, thing), (Verdict.PROHIBITED, wrong, thing),
        (Verdict.NEEDS_INFORMATION, rng.choice((counted, left)), ""),
    ):  # fmt: skip
        scene = f"{lead}, and it was {told_thing}" if told_thing else lead
        text = f"{scene}. {claim.format(A=agent.intro, x=x, term=term)}. {closing}"
        told[verdict] = (_finish(text), _reason(frame, term, thing, verdict))
    return told


def _reason(frame: Frame, term: str, thing: str, verdict: Verdict) -> str:
    relation = "does not mean" if frame.negative else "means"
    whole = " ".join(
        re.split(r",? (?:including|such as|who|which|that|whose)\b|[;:]", re.sub(r"[\"“”{}]", "", frame.rule.object))[
            0
        ].split()[:14]
    ).rstrip(" ,")
    says = f"{cite(frame)} says that {term} {relation} {whole}"
    if verdict == Verdict.NEEDS_INFORMATION:
        return f"{says}; what this was is not said."
    counts = "falls outside" if frame.negative else "falls under"
    return f"{says}; {thing} {counts} that." if thing not in whole else f"{says}."


def _bare(frame: Frame) -> str:
    return re.sub(r"[\"“”'‘’*{}]", "", frame.rule.actor).strip() or "the term"


def _finish(text: str) -> str:
    text = re.sub(r",\s*([.,])", r"\1", re.sub(r"\s+", " ", text)).strip()
    text = re.sub(r"(?<=[.?!] )([a-z])", lambda found: found.group(1).upper(), text)
    return text[0].upper() + text[1:]


def _term(frame: Frame) -> str:
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
    whole = re.split(r",? (?:including|such as)\b|[;]", text)[0].strip(" ,.")
    return items or [one_of(whole) if len(whole.split()) <= 24 else " ".join(whole.split()[:20])]
