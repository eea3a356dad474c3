"""From what a rule says in general to what one case tells: one thing of a list, "something" for "anything", "did not" for
"went without".
"""

import random
import re

from generation.grammar import is_mass, readings, verb_form, with_article
from kg.model import Modality, Rule

_PREPOSITION = re.compile(r"\b(?:of|in|on|at|to|for|from|with|by|about|into|through|because|as|against|between)\b")
_ITEM = r"(?:[\w'’-]+ ){0,3}[\w'’-]+"
_LIST = re.compile(rf"(?P<first>{_ITEM})(?P<more>(?:, {_ITEM})*),? or (?P<last>{_ITEM})")


def one_of_list(act: str, verbs: int, rng: random.Random) -> str:
    """``act`` with one item of a list in it: "bypass a guard, an interlock or an alarm" becomes "bypass an alarm"."""
    words = act.split()
    lead, rest = " ".join(words[:verbs]), " ".join(words[verbs:])
    found = _LIST.search(rest)
    if found is None:
        return act
    behind = re.search(r" (?:that|which|who) ", found.group("last"))
    if behind:  # "a date or approval that nobody can show": the clause speaks of each
        end = found.start("last") + behind.start()
        found = _LIST.fullmatch(rest[found.start() : end])
        if found is None:
            return act
        rest, told_of = rest[:end], rest[end:]
    else:
        told_of = ""
    if re.search(r"\b(?:that|which|who|whose|whether|and|his or her)\b", rest[: found.end()]):
        return act
    first, last = found.group("first"), found.group("last")
    places = [match.end() for match in _PREPOSITION.finditer(first)]
    front = first[: places[-1]] + " " if places else ""
    tail = _PREPOSITION.search(last)
    back = f" {last[tail.start() :]}" if tail else ""
    items = [
        first[len(front) :],
        *(item for item in found.group("more").split(", ") if item),
        last[: tail.start()].strip() if tail else last,
    ]
    items = [re.sub(r"^(?:other|similar) ", "", item.strip()) for item in items]
    if not all(item and _noun(item.rsplit(maxsplit=1)[-1]) for item in items):
        return act
    if re.match(r"an? ", items[0]):  # "a telephone or tablet": each takes the article
        items = [
            item if re.match(r"(?:an?|the|any|its|their) ", item) or is_mass(item) else with_article(item)
            for item in items
        ]
    told = f"{rest[: found.start()]}{front}{rng.choice(items)}{back}{rest[found.end() :]}"
    return re.sub(r"\s+", " ", f"{lead} {told}{told_of}").strip()


_AND = re.compile(
    rf"(?P<first>{_ITEM})(?P<more>(?:, {_ITEM})*),? and (?P<last>{_ITEM})(?P<rest> (?:that|which|who|about|of|to|in|at|on) .*)?$"
)
_VERBS = re.compile(r"(?P<first>\w+)(?P<more>(?:, \w+)*) or (?P<last>\w+)")
_PLACES = re.compile(r"\b(?P<lead>to|from|in|on|at|for|with|by|about) (?P<one>[^,]+?) or (?P=lead) [^,]+$")


def one_of_all(act: str, verbs: int, rule: Rule) -> str:
    """One act of those that a rule lists: one verb of "accept or offer", one place of "to A or to B", one of the things that
    a permission or a prohibition joins with "and"; a duty asks for all of those.
    """
    told = one_of_list(act, verbs, random.Random(rule.id))
    act = told if all(limit.text in told for limit in rule.thresholds if limit.text in act) else act
    act = _VERBS.sub(_first_verb, act) if not rule.object or rule.object in act else act
    act = _PLACES.sub(lambda found: f"{found['lead']} {found['one']}", act)
    act = re.sub(r"\b(\w+ed) or (\w+ed) (?=\w+$|\w+ (?:to|in|at|on|for) )", r"\2 ", act)  # "lost or damaged equipment"
    if rule.modality not in {Modality.PERMISSION, Modality.PROHIBITION} or " or " in act:
        return act
    words = act.split()
    lead, rest = " ".join(words[:verbs]), " ".join(words[verbs:])
    found = _AND.match(rest)
    if found is None or _PREPOSITION.search(found["first"]) or not _thing(found["first"]):
        return act
    if not all(map(_thing, [*[item for item in found["more"].split(", ") if item], found["last"]])):
        return act
    tail = found["rest"] or ""
    other = re.match(r"(?:other|similar) ", found["last"])
    joint = tail if re.match(r" (?:at|on|in)\b", tail) or (other and re.match(r" (?:that|which|who)\b", tail)) else ""
    return f"{lead} {found['first']}{joint}"


def _first_verb(found: re.Match[str]) -> str:
    verbs = [found["first"], *[word for word in found["more"].split(", ") if word], found["last"]]
    sure = all(readings(word).get("VERB") == word for word in verbs) and any(
        "NOUN" not in readings(word) for word in verbs
    )
    return found["first"] if sure else found.group()


def _thing(item: str) -> bool:
    return bool(item) and _noun(item.rsplit(maxsplit=1)[-1])


def _noun(word: str) -> bool:
    found = readings(word.lower())  # a word that the dictionary does not know names a thing: "cryptocurrency"
    return "NOUN" in found or not found


def affirmed(act: str) -> str:
    """``act`` as a thing that was done: "accepted something", not "accepted anything"."""
    told = re.sub(r"\bany(thing|body)\b", r"some\1", re.sub(r"\banyone\b", "somebody", act))
    told = re.sub(r"(?<!\bin )(?<!\bat )\bany (\w+(?: \w+)?)$", lambda found: _one(found.group(1)), told)
    return re.sub(r"\b(to|from|for|with|into) any (\w+)(?= (?:without|for|in|on|at|to|with|or) )", _single, told)


def _single(found: re.Match[str]) -> str:
    return f"{found.group(1)} {_one(found.group(2))}"


def _one(noun: str) -> str:
    last = noun.rsplit(maxsplit=1)[-1].lower()
    return with_article(noun) if readings(last).get("NOUN") == last else noun


def _base(gerund: str) -> str:
    return readings(gerund).get("VERB", gerund)


def without_going_without(text: str) -> str:
    """``text`` with "went without disclosing it" as people say it: "did not disclose it"."""
    if " without " not in text:
        return text

    def put(pattern: str, told: str, form: str = "base") -> None:
        nonlocal text
        text = re.sub(pattern + r" without (\w+ing)\b", lambda found: _said(found, told, form), text)

    text = re.sub(r"\bdid not go without (\w+ing)\b", lambda found: verb_form(_base(found.group(1)), "past"), text)
    text = re.sub(
        r"\basks (?:whether|if) (?:he|she) (?:may|can) go without (\w+ing)\b",
        lambda found: f"does not want to {_base(found.group(1))}",
        text,
    )
    put(r"\b(has|have|had) gone", "{0} not", "pp")
    put(r"\bwent", "did not")
    put(r"\b(is|am|are) going to go", "{0} not going to")
    put(r"\b(is|am|are) about to go", "{0} not going to")
    put(r"\b(?:would like) to go", "would rather not")
    put(r"\b(wants|plans) to go", "does not {0} to")
    put(r"\b(want|plan) to go", "do not {0} to")
    put(r"\bto go", "not to")
    put(r"\bwill go", "will not")
    put(r"\bwould go", "would not")
    return text


def _said(found: re.Match[str], told: str, form: str) -> str:
    *before, gerund = found.groups()
    lead = [word.removesuffix("s") if told.startswith("does") else word for word in before]
    verb = _base(gerund)
    return f"{told.format(*lead)} {verb_form(verb, form)}"
