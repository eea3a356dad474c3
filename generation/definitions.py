"""Cases about a definition: the term applied rightly, applied wrongly, or to something too vague to say."""

import random
import re
from collections.abc import Mapping
from types import MappingProxyType

from generation.cast import person
from generation.frames import Frame, is_person
from generation.grammar import one_of, with_article
from generation.reasons import cite
from generation.substitutes import countable
from kg.model import Verdict

_SOMEBODY = ("somebody from {unit}", "somebody whom {colleague} had named", "a person on a list")
_VAGUE = (
    "something from {unit}",
    "something that {colleague} had brought up",
    "an item on a list",
    "a case from last week",
)
# (told when it counts, told when it does not)
_CLAIMS = (
    ("{A} treated {x} as {term}", "{A} did not treat {x} as {term}"),
    ("{A} counted {x} as {term}", "{A} did not count {x} as {term}"),
    ("{A} says that {x} is {term}", "{A} says that {x} is not {term}"),
    ("{A} handled {x} under the rules for {term}", "{A} did not apply the rules for {term} to {x}"),
)
_CLOSING = ("", "", "Is that right?", "Is that in line with the policy?", "Was that correct?")


def definition_case(
    frame: Frame, rng: random.Random, known: Mapping[str, tuple[str, ...]] = MappingProxyType({})
) -> dict[Verdict, tuple[str, str]]:
    """Question and reason for each verdict; ``known`` gives further kinds of the defined thing."""
    agent = person(rng)
    term = _term(frame)
    kinds = [with_article(kind) if countable(kind) else kind for kind in known.get(_bare(frame).lower(), ())]
    thing = rng.choice(_instances(frame) + ([] if frame.negative else kinds))
    counted, left = rng.choice(_CLAIMS)
    vague = rng.choice(_SOMEBODY if is_person(_bare(frame).split()[-1].lower()) else _VAGUE).format(
        unit="the sales team", colleague=person(rng).short
    )
    closing = rng.choice(_CLOSING)
    right, wrong = (left, counted) if frame.negative else (counted, left)
    told = {}
    for verdict, claim, x in (
        (Verdict.PERMITTED, right, thing), (Verdict.PROHIBITED, wrong, thing),
        (Verdict.NEEDS_INFORMATION, rng.choice((counted, left)), vague),
    ):  # fmt: skip
        text = f"{claim.format(A=agent.intro, x=x, term=term)}. {closing}"
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
