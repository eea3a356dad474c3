"""Cases about a definition: the term applied rightly, applied wrongly, or facts too thin to say.

The thing stands beside a vague mention in all three, and somebody agrees or disagrees with a claim or its denial, so
that neither "not" nor vagueness gives the answer away.
"""

import random
import re

from generation.cast import person
from generation.frames import Frame
from generation.grammar import one_of, with_article
from generation.reasons import cite
from kg.model import Verdict

_VAGUE = (
    "a matter from {unit}",
    "a case from last week",
    "what {colleague} described",
    "an item on the list",
    "something in the files",
)
# (claim, whether it is affirmative, agreement, disagreement)
_CLAIMS = (
    ("{colleague} counted {x} as {term}", True, "{A} went along with that", "{A} crossed that out"),
    ("{colleague} did not count {x} as {term}", False, "{A} went along with that", "{A} crossed that out"),
    ("According to {colleague}, {x} is {term}", True, "{A} decided the same", "{A} decided the opposite"),
    ("According to {colleague}, {x} is not {term}", False, "{A} decided the same", "{A} decided the opposite"),
    ("{A} had to say whether {x} is {term}", True, "{A} said yes", "{A} said no"),
    ("{A} had to say whether {x} falls outside {term}", False, "{A} said yes", "{A} said no"),
    ("{colleague} handled {x} under the rules for {term}", True, "{A} saw no reason to change it", "{A} reversed it"),
    ("{colleague} left {x} out of {term}", False, "{A} saw no reason to change it", "{A} reversed it"),
)  # fmt: skip
_CLOSING = (
    "",
    "",
    "Is that right?",
    "Is that in line with the policy?",
    "Was that correct?",
    "Does that fit the policy?",
)


def definition_case(frame: Frame, rng: random.Random) -> dict[Verdict, tuple[str, str]]:
    """Question and reason for each verdict."""
    agent, other = person(rng), person(rng)
    term, thing = _term(frame), rng.choice(_instances(frame))
    claim, affirmative, agree, disagree = rng.choice(_CLAIMS)
    vague = rng.choice(_VAGUE).format(unit="the sales team", colleague=person(rng).short)
    closing = rng.choice(_CLOSING)
    right = affirmative != frame.negative
    ends = {
        Verdict.PERMITTED: agree if right else disagree,
        Verdict.PROHIBITED: disagree if right else agree,
        Verdict.NEEDS_INFORMATION: rng.choice((agree, disagree)),
    }
    told = {}
    for verdict, end in ends.items():
        x = vague if verdict == Verdict.NEEDS_INFORMATION else f"{vague}, namely {thing},"
        later = end.format(A=agent.short) if "{A}" in claim else end.format(A=agent.intro.rstrip(","))
        text = f"{claim.format(colleague=other.short, A=agent.intro, x=x, term=term)}. {later}. {closing}"
        told[verdict] = (_finish(text), _reason(frame, term, thing, verdict))
    return told


def _reason(frame: Frame, term: str, thing: str, verdict: Verdict) -> str:
    clause = cite(frame)
    relation = "does not mean" if frame.negative else "means"
    if verdict == Verdict.NEEDS_INFORMATION:
        return f"Under {clause[0].lower()}{clause[1:]}, {term} {relation} {thing}; what exactly this was is not stated."
    return f"{clause} says that {term} {relation} {thing}, so this is {'right' if verdict == Verdict.PERMITTED else 'wrong'}."


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
