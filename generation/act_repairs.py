"""What an act lost when it was cut out of its sentence, put back: whose value, larger than what, which request.

An act stands alone in a case. A word that leans on the rest of the sentence, or on the sentence before, is told with what it
leans on; each repair follows a form of the language and leaves every other act as it is.
"""

import re
from collections.abc import Callable

from generation.grammar import is_participle, one_of, readings, singular, verb_form, with_article
from kg.model import Modality, Ontology, Rule

Repair = Callable[[str, Rule], str]


def repaired(act: str, rule: Rule, ontology: Ontology) -> str:
    """``act``, led by a base verb, with what it needs to be understood alone."""
    act = re.sub(r"\bsuch (?!as\b)(?=[A-Za-z]+s\b)", "", act)
    act = _answered(_owned(act, rule, ontology), rule, ontology)
    for repair in _REPAIRS:
        act = repair(act, rule)
    return re.sub(r"\s+", " ", _shares(_as_one(_joined(act)))).strip()


def _owned(act: str, rule: Rule, ontology: Ontology) -> str:
    """Told alone, "understate their value" beside "describe goods wrongly" is "understate the value of goods"."""
    found = re.search(r"\b(?:their|its) (\w+)$", act)
    if found is None or rule.actor.lower() not in {"employee", "employees", "they", ""}:
        return act
    beside = [
        other.object
        for other in ontology.rules_of_clause.get(rule.clause_id, ())
        if other.text == rule.text and other.id != rule.id and other.object
    ]
    owners = [
        owner
        for owner in beside
        if len(owner.split()) <= 3 and f"{found.group(0)}" not in owner and not owner[:1].isupper()
    ]
    return f"{act[: found.start()]}the {found.group(1)} of {owners[0]}" if owners else act


_MORE = {"larger", "bigger", "higher", "greater", "longer", "heavier"}
_LESS = {"smaller", "lower", "shorter", "lesser", "lighter"}


def _compared(act: str, rule: Rule) -> str:
    """Told alone, "a smaller spill" after "a spill of more than 5 litres" is "a spill of 5 litres or less"."""
    found = re.search(r"\b(?:an?|any) (\w+er) (\w+)\b", act)
    if found is None or found.group(1).lower() not in _MORE | _LESS | {"stricter", "looser", "shorter", "tighter"}:
        return act
    word, noun = found.group(1).lower(), found.group(2)
    before = rule.text[: rule.text.find(found.group(1))]
    figure = re.search(r"(?:USD |EUR |\$|€|£)?\d[\d,.]*\d?(?: (?:percent|%|\w+))?", before)
    if word in _MORE | _LESS and figure and noun in before:
        limit = figure.group(0).strip()
        told = f"{with_article(noun)} of " + (f"more than {limit}" if word in _MORE else f"{limit} or less")
        return f"{act[: found.start()]}{told}{act[found.end() :]}"
    if noun in _NORMS and act.endswith(found.group(0)):
        return f"{act} than the policy sets"
    return act


_NORMS = frozenset({"limit", "rule", "clause", "standard", "requirement", "threshold", "deadline"})


def _answered(act: str, rule: Rule, ontology: Ontology) -> str:
    """Told alone, "answer" after "Any employee may propose a change" is "answer the proposal"; "decide within 15 days whether" keeps it."""
    verb = act.strip().lower()
    if verb not in _OPEN:
        return act
    behind = re.search(
        rf"\b{verb} within [^,.;]*?\b(?:hours?|days?|weeks?|months?) ((?:whether|on|about|how) [^,.;]+)", rule.text
    )
    if behind:
        return f"{act} {behind.group(1)}"
    clause = ontology.clause_by_id.get(rule.clause_id)
    text = clause.text if clause else ""
    at = text.find(rule.text[:40])
    beside = " ".join(
        other.text for other in ontology.rules_of_clause.get(rule.clause_id, ()) if other.text != rule.text
    )
    before = f"{text[:at] if at >= 0 else beside} {rule.text[: rule.text.lower().rfind(verb)]}"
    before = re.sub(r"\bask(?:s|ed|ing)? (?:what|whether|how|why|about|if)\b", "question", before)
    before = re.sub(r"\bask(?:s|ed|ing)? for\b", "request", before)
    words = re.findall(r"[a-z]+", before.lower())
    noun = next((name for word in reversed(words) if (name := _thing_said(word))), "")
    return f"{act} {_OPEN[verb]}the {noun}" if noun else act


_OPEN = {"decide": "on ", "answer": "", "reply": "to ", "respond": "to "}
_SAID = {
    "propose": "proposal", "appeal": "appeal", "request": "request", "apply": "application", "complain": "complaint",
    "report": "report", "object": "objection", "claim": "claim", "application": "application", "complaint": "complaint",
    "question": "question", "proposal": "proposal", "objection": "objection", "inquiry": "inquiry", "notice": "notice", "petition": "petition",
}  # fmt: skip


def _thing_said(word: str) -> str:
    return _SAID.get(word) or _SAID.get(singular(word) or "") or _SAID.get(readings(word).get("VERB", ""), "")


_PARTICLES = frozenset({"through", "out", "off", "down", "back", "away", "up"})


def _joined(act: str) -> str:
    """Told alone, "strike an error in a notebook through" is "strike through an error in a notebook"."""
    words = act.split()
    if len(words) < 5 or words[-1] not in _PARTICLES or f"{words[0]}" == words[-1]:
        return act
    return " ".join([words[0], words[-1], *words[1:-1]])


def _one(act: str, rule: Rule) -> str:
    """Told alone, "by a more convenient one" names the thing; "or to reward one" is left out, being one of two."""
    act = re.sub(r" or to \w+ one$", "", act)
    found = re.search(r"\b(?:by|with|for|of|than|to) an? (?:more |less )?\w+ (one)$", act)
    if found is None or not rule.object:
        return act
    noun = rule.object.split()[-1]
    return f"{act[: found.start(1)]}{singular(noun) or noun}"


def _as_one(act: str) -> str:
    """Told of one thing, "carry a knife as tools" is "as a tool"."""
    found = re.search(r" as (\w+s)$", act)
    if found is None or not re.search(r"\ban? ", act[: found.start()]):
        return act
    return f"{act[: found.start()]} as {one_of(found.group(1))}"


def _relative(act: str, rule: Rule) -> str:
    """Told alone, "in the period" of "in the period to which it belongs" keeps what tells the period."""
    last = " ".join(act.split()[-2:])
    found = re.search(rf"\b{re.escape(last)} ((?:(?:to|in|at|for|on|from|of) which|where) [^,.;]+)", rule.text)
    if found is None or len(found.group(1).split()) > 9 or len(act.split()) < 3:
        return act
    return f"{act} {found.group(1)}"


def _only_object(act: str, rule: Rule) -> str:
    """Told as an act, "only software from the catalogue may be installed on computers" is about installing something there."""
    verb = act.split(maxsplit=1)[0]
    if rule.modality != Modality.PERMISSION or rule.object or not re.match(r"Only ", rule.text):
        return act
    passive = re.search(rf"\bmay be {re.escape(verb_form(verb, 'pp'))}\b", rule.text)
    return f"{verb} something{act[len(verb) :]}" if passive and is_participle(verb_form(verb, "pp")) else act


def _shares(act: str) -> str:
    """Told of one holding, "own a share in listed companies" is "own shares in a listed company"."""
    return re.sub(
        r"\b(?:an? )?(share|bond|stake) in ((?:\w+ )?\w+s)$", lambda found: f"{found[1]}s in {one_of(found[2])}", act
    )


_SPOKEN_OF = re.compile(
    r"(?<!of )\bthe (requests?|decision|complaint|instruction|matter|finding|hold|proposal|application|acknowledgement|link|entry|"
    r"document|file|message|record|contract|purchase|payment|invoice|instrument|device|incident|mistake|error)"
    r"(?=$| (?:within|after|before|in writing|to|at once|through|from|covers|by)\b)"
)


_TOLD_FIRST = re.compile(r"(?:if|when|whenever|who|that) ", re.IGNORECASE)


def _introduced(act: str, rule: Rule) -> str:
    """Told alone, "reply to the request" is "reply to a request": no case spoke of one."""
    if _TOLD_FIRST.match(rule.condition) or (rule.actor and f"the {rule.actor.lower()}" in act):
        return act  # a condition, which is told before it, speaks of one
    return _SPOKEN_OF.sub(lambda found: one_of(f"any {found[1]}"), act)


_REPAIRS: tuple[Repair, ...] = (_compared, _one, _relative, _only_object, _introduced)
