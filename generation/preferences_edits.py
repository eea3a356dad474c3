"""Answers spoiled in one value: the sample's own answer, changed in as little as the value allows.

Each edit draws from a ``random.Random`` alone and returns the spoiled text, or an empty one where the answer has nothing
to spoil. Whether it spoils just that value is for the checks to say.
"""

import random
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from generation.points import Told, retold, told_points
from generation.preferences_reading import POINT, Reading
from generation.prompting import DEONTIC, VERDICT_PHRASES
from kg.grounding import Outcome
from kg.model import Modality, Verdict

Edit = Callable[[Reading, random.Random], str]
_DECIDED = (Verdict.PERMITTED, Verdict.PROHIBITED)


def _correct(reading: Reading, _rng: random.Random) -> str:
    other = Verdict.PROHIBITED if reading.verdict == Verdict.PERMITTED else Verdict.PERMITTED
    return _with_verdict(reading, VERDICT_PHRASES[other])


def _with_verdict(reading: Reading, phrase: str) -> str:
    verdict = reading.verdict
    return phrase + reading.answer[len(VERDICT_PHRASES[verdict]) :] if verdict else ""


def _asks_back(reading: Reading, rng: random.Random) -> str:
    """A verdict where the case leaves it open."""
    phrase = VERDICT_PHRASES[rng.choice(_DECIDED)]
    if reading.verdict:
        return _with_verdict(reading, phrase)
    asked = re.match(r"I need to know (.+?), because (.+)$", reading.answer, re.DOTALL)
    if asked:
        return f"{phrase}. I can tell this without knowing {asked.group(1)}, although {asked.group(2)}"
    put = re.match(r"(?P<question>[^?]+)\? (?P<ground>[^?]+)$", reading.answer)
    return f"{phrase}. Never mind “{put['question']}”. {put['ground']}" if put else ""


_OPPOSITE: Mapping[str, str] = MappingProxyType(
    {
        "must not": "may", "must never": "may", "may not": "may", "must": "need not", "may": "must not", "need not": "must",
        "shall not": "may", "shall": "need not", "should not": "must", "should": "need not", "cannot": "can",
        "are prohibited": "are permitted", "is prohibited": "is permitted", "are not permitted": "are permitted",
        "is not permitted": "is permitted", "are not allowed": "are allowed", "is not allowed": "is allowed",
        "are forbidden": "are allowed", "is forbidden": "is allowed", "is required": "is not required",
        "are required": "are not required", "are permitted": "are forbidden", "is permitted": "is forbidden",
        "are allowed": "are forbidden", "is allowed": "is forbidden",
    }
)  # fmt: skip
_FORCE = re.compile("|".join(rf"\b{phrase}\b" for phrase in sorted(_OPPOSITE, key=len, reverse=True)), re.IGNORECASE)
_DOES: Mapping[str, str] = MappingProxyType(
    {
        DEONTIC[one.value]: DEONTIC[other.value]
        for one, other in (
            (Modality.PROHIBITION, Modality.PERMISSION),
            (Modality.PERMISSION, Modality.PROHIBITION),
            (Modality.OBLIGATION, Modality.PROHIBITION),
            (Modality.RECOMMENDATION, Modality.PROHIBITION),
        )
    }
)
"""A clause's force, and the one that is put in its place."""


def _faithful(reading: Reading, rng: random.Random) -> str:
    """A figure of the policy changed, or the force of the rule turned round."""
    made = [text for text in (_figure_changed(reading), _force_changed(reading)) if text]
    return rng.choice(made) if made else ""


def _figure_changed(reading: Reading) -> str:
    cited = [(start, end) for start, end, _ in reading.citations.places(reading.answer)]
    known = reading.figures(f"{reading.policy} {reading.case} {reading.answer}")
    stated = reading.figures(reading.policy)
    for found in re.finditer(r"\d[\d,]*(?![\d.]*\d)", reading.answer):
        figure = found.group().rstrip(",")
        if figure not in stated or any(start <= found.start() < end for start, end in cited):
            continue
        value = int(figure.replace(",", ""))
        for changed in (value * 2, value * 3, value * 5, value + 1):
            told = f"{changed:,}" if "," in figure else str(changed)
            if told not in known:
                return reading.answer[: found.start()] + told + reading.answer[found.start() + len(figure) :]
    return ""


def _force_changed(reading: Reading) -> str:
    text = reading.answer
    said = reading.deontic(text)
    for verb in sorted(said & set(_DOES)):
        return re.sub(rf"\b{verb}\b", _DOES[verb], text, count=1)
    found = _FORCE.search(text)
    if found is None or re.match(r"\s+only\b", text[found.end() :]):
        return ""
    return text[: found.start()] + _OPPOSITE[found.group().lower()] + text[found.end() :]


def _grounded(reading: Reading, rng: random.Random) -> str:
    """A point of the case taken for the contrary of what it tells, or for told where it is not."""
    told = _told(reading)
    if told:
        return retold(reading.answer, told[-1], _other(told[-1].outcome, rng))
    found = list(POINT.finditer(reading.answer))
    if not found:
        return ""
    point = found[-1]
    other = _other(Outcome(point["outcome"]), rng)
    return reading.answer[: point.start("outcome")] + other.value + reading.answer[point.end("outcome") :]


def _told(reading: Reading) -> tuple[Told, ...]:
    return told_points(reading.answer) if reading.verdict is not None else ()


def _other(outcome: Outcome, rng: random.Random) -> Outcome:
    contrary = {Outcome.YES: Outcome.NO, Outcome.NO: Outcome.YES}
    return contrary.get(outcome) or rng.choice((Outcome.YES, Outcome.NO))


def _complete(reading: Reading, rng: random.Random) -> str:
    """A point, a condition or an exception left out."""
    found = [(point.start(), point.end()) for point in POINT.finditer(reading.answer)]
    found += [(told.start, told.end) for told in _told(reading)]
    if found:
        start, end = rng.choice(found)
        return _tidy(f"{reading.answer[:start]}{reading.answer[end:]}")
    stated = [part for part in reading.conditions() if len(part) > 8 and part in reading.answer]
    if not stated:
        return ""
    part = rng.choice(stated)
    before, _, after = reading.answer.partition(part)
    if part[0].isupper():
        after = after.lstrip(" ,;")
        after = after[:1].upper() + after[1:]
        before += "" if not before or before.endswith(" ") else " "
    return _tidy(before + after)


def _tidy(text: str) -> str:
    """``text`` without the punctuation that a part left behind, its sentences begun with capitals."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+([,.;:])", r"\1", text)
    text = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", text)
    text = re.sub(r"[,;:](?=\.)|(?<=[.:])\s*[,;.]+(?=\s|$)|(?<=[.])\s*\.", "", text)
    text = re.sub(r"([.] )([a-z])", lambda found: found.group(1) + found.group(2).upper(), text.strip())
    return text if text.endswith((".", "!", "?")) else f"{text.rstrip(',;: ')}."


def _cites(reading: Reading, _rng: random.Random) -> str:
    """The same answer with the clause left out."""
    if len(reading.citations.found(reading.answer)) != 1:
        return ""  # which of two clauses prevails cannot be told without naming them
    text = reading.answer
    for start, end, _ in reversed(reading.citations.places(text)):
        before, after = text[:start], text[end:]
        if before.endswith("(") and after.startswith(")"):
            text = before[:-1].rstrip() + after[1:]
        elif not before and after.startswith(": "):
            text = after[2:]
        else:
            text = before + ("The policy" if text[start].isupper() else "the policy") + after
    return text


def _sourced(reading: Reading, rng: random.Random) -> str:
    """Another clause cited: one that was retrieved with it, else a neighbour."""
    cited = [place for place in reading.citations.places(reading.answer) if place[2] in reading.own]
    others = [name for name in reading.others if name not in reading.citations.found(reading.policy + reading.answer)]
    if not cited or not others:
        return ""
    text, name, put = reading.answer, cited[0][2], others[0] if len(others) == 1 else rng.choice(others[:2])
    for _, end, found in reversed(cited):
        if found == name:
            text = text[: end - len(name)] + put + text[end:]
    return text


_OPENERS = (
    "Thank you for raising this, as questions of this kind come up again and again in everyday work.",
    "This is an important question, and it is good that it is asked before anything else happens.",
    "There is a lot that could be said about this, and it deserves a careful look from all sides.",
    "Before I come to the point, let me say that rules of this kind are there for everybody.",
)
_CLOSERS = (
    "To say it once more in other words, what has been said above is the whole of the matter as it stands.",
    "I hope that this overview is of help to you, and that it answers what you had in mind when you wrote.",
    "As so often, it all comes down to what was said above, and it is worth while to read that again.",
    "In summary, and taking everything into account that was said here, the answer is the one given above.",
)


def _concise(reading: Reading, rng: random.Random) -> str:
    """The same answer with a sentence before its reason and one or two after it that bring nothing."""
    opener, closers = rng.choice(_OPENERS), rng.sample(_CLOSERS, 2)
    longer = closers if len(reading.answer.split()) > 25 else closers[:1]
    verdict = reading.verdict
    if verdict:
        phrase = VERDICT_PHRASES[verdict]
        told = f"{phrase}. {opener} {reading.answer[len(phrase) :].lstrip('. ')}"
    else:
        told = f"{opener} {reading.answer}"
    return " ".join([told, *longer])


def _helpful(reading: Reading, _rng: random.Random) -> str:
    return _with_verdict(reading, "I cannot help with this")


def _in_scope(reading: Reading, rng: random.Random) -> str:
    """A verdict with a clause that has nothing to do with the question."""
    if not reading.citations.names:
        return ""
    name = rng.choice(reading.citations.names)
    cited = f"Clause {name}" if name[0].isdigit() else f"The rule in {name}"
    verdict = rng.choice(_DECIDED)
    does = DEONTIC[(Modality.PERMISSION if verdict == Verdict.PERMITTED else Modality.PROHIBITION).value]
    return f"{VERDICT_PHRASES[verdict]}. {cited} {does} this."


EDITS: Mapping[str, Edit] = MappingProxyType(
    {
        "correct": _correct, "asks_back": _asks_back, "faithful": _faithful, "grounded": _grounded, "complete": _complete,
        "cites": _cites, "sourced": _sourced, "concise": _concise, "helpful": _helpful, "in_scope": _in_scope,
    }
)  # fmt: skip
"""How an answer is spoiled, by value."""
